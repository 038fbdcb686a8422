"""Which files belong together."""

from __future__ import annotations

from textwrap import dedent

import pytest
from running import run

from lambda_lint.deployment.reader import read_template
from lambda_lint.engine.plan import Part, parts_of


def planned(
    files: dict[str, str],
    templates: dict[str, str] | None = None,
    *,
    tests: frozenset[str] = frozenset(),
    whole: bool = False,
) -> list[Part]:
    read = [read_template(path, dedent(text).encode()) for path, text in (templates or {}).items()]
    return parts_of(files, read, (".", "src"), tests, whole=whole)


def groups(
    files: dict[str, str], templates: dict[str, str] | None = None, tests: frozenset[str] = frozenset()
) -> list[str]:
    return [" ".join(part.files) for part in planned(files, templates, tests=tests) if part.files]


def template(**functions: str) -> str:
    lines = ["Resources:"]
    for name, properties in functions.items():
        lines += [f"  {name}:", "    Type: AWS::Serverless::Function", "    Properties:"]
        lines += [f"      {line}" for line in properties.splitlines()]
    return "\n".join(lines) + "\n"


def test_files_without_imports_stand_alone() -> None:
    assert groups({"a.py": "", "b.py": "import json"}) == ["a.py", "b.py"]


def test_what_is_imported_is_analyzed_with_those_who_import_it() -> None:
    files = {"a.py": "import b", "b.py": "import e", "c.py": "from b import x", "d.py": "", "e.py": ""}
    assert groups(files) == ["a.py b.py e.py", "b.py c.py e.py", "d.py"]


def test_what_is_shared_and_large_is_analyzed_once_with_all_who_import_it() -> None:
    files = {"a.py": "import b", "b.py": "x = 1\n" * 1000, "c.py": "import b", "d.py": "import b"}
    assert groups(files) == ["a.py b.py", "b.py c.py", "b.py d.py"]
    files |= {f"f{number}.py": "import b" for number in range(9)}
    assert groups(files) == [" ".join(sorted(files))]


def test_files_that_import_each_other_are_one_part() -> None:
    assert groups({"a.py": "import b", "b.py": "import a", "c.py": "import a"}) == ["a.py b.py c.py"]
    assert groups({"a.py": "import b", "b.py": "import a"}) == ["a.py b.py"]


def test_names_mean_the_file_beside() -> None:
    files = {"x/app.py": "import shared", "x/shared.py": "", "y/app.py": "import shared", "y/shared.py": ""}
    assert groups(files) == ["x/app.py x/shared.py", "y/app.py y/shared.py"]


def test_tests_stand_alone_whatever_they_import() -> None:
    files = {"a.py": "", "b.py": "", "tests/test_a.py": "import a, b"}
    assert groups(files, tests=frozenset({"tests/test_a.py"})) == ["a.py", "b.py", "tests/test_a.py"]


def test_a_file_goes_with_the_templates_that_deploy_it() -> None:
    parts = planned(
        {"one.py": "", "two.py": ""},
        {
            "template.yaml": template(
                One="Handler: one.handler\nCodeUri: .", Two="Handler: two.handler\nCodeUri: ."
            )
        },
    )
    assert parts == [
        Part(("one.py",), ("template.yaml",), functions=(("template.yaml", "One"),)),
        Part(("two.py",), ("template.yaml",), functions=(("template.yaml", "Two"),)),
    ]


def test_functions_without_code_are_checked_once_too() -> None:
    parts = planned({}, {"template.yaml": template(Far="Handler: far.handler\nCodeUri: s3://bucket/key")})
    assert parts == [Part((), ("template.yaml",), functions=(("template.yaml", "Far"),))]


def test_every_file_that_may_be_the_handlers_is_in_one_part() -> None:
    files = {"a/app.py": "def run(): ...", "b/app.py": "run = 1", "c/app.py": "", "other.py": ""}
    found = groups(files, {"template.yaml": template(Built="Handler: app.run\nCodeUri: built/")})
    assert found == ["a/app.py b/app.py", "c/app.py", "other.py"]


def test_a_function_that_is_told_the_name_of_another_is_connected_with_it() -> None:
    environment = "Environment:\n  Variables:\n    OTHER: !Ref Two"
    functions = template(
        One=f"Handler: one.handler\nCodeUri: .\n{environment}", Two="Handler: two.handler\nCodeUri: ."
    )
    assert groups({"one.py": "", "two.py": ""}, {"template.yaml": functions}) == ["one.py two.py"]


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("client.invoke(FunctionName='orders')", ["one.py two.py"]),
        ("client.invoke_model(modelId='orders')", ["one.py", "two.py"]),
        ("client.invoke(FunctionName='others')", ["one.py", "two.py"]),
    ],
)
def test_who_invokes_by_name_is_connected_with_the_code_of_that_name(code: str, found: list[str]) -> None:
    functions = template(Two="FunctionName: orders\nHandler: two.handler\nCodeUri: .")
    assert groups({"one.py": code, "two.py": ""}, {"template.yaml": functions}) == found


def test_inline_code_is_code() -> None:
    inline = "Handler: index.handler\nInlineCode: |\n  import shared\n  def handler(event, context): ..."
    (part,) = planned({"shared.py": ""}, {"template.yaml": template(Inline=inline)})
    assert part == Part(
        ("shared.py",),
        ("template.yaml",),
        inline=(("template.yaml", "Inline"),),
        functions=(("template.yaml", "Inline"),),
    )


def test_a_layer_is_connected_with_those_who_import_from_it() -> None:
    functions = template(Orders="Handler: app.handler\nCodeUri: orders/\nLayers: [!Ref Shared]")
    layer = "  Shared:\n    Type: AWS::Serverless::LayerVersion\n    Properties:\n      ContentUri: shared/\n"
    files = {"orders/app.py": "import common", "shared/python/common.py": "", "shared/python/more.py": ""}
    assert groups(files, {"template.yaml": functions + layer}) == [
        "orders/app.py shared/python/common.py",
        "shared/python/more.py",
    ]


def test_the_whole_project_can_be_one_part() -> None:
    far = template(Far="Handler: far.handler\nCodeUri: s3://bucket/key")
    assert planned({"a.py": "", "b.py": ""}, {"t.yaml": far}, whole=True) == [
        Part(("a.py", "b.py"), ("t.yaml",), functions=(("t.yaml", "Far"),))
    ]
    assert planned({}, {"t.yaml": far}, whole=True) == [Part((), ("t.yaml",), functions=(("t.yaml", "Far"),))]
    assert planned({}, whole=True) == [Part(())]


def test_the_handler_of_a_function_is_looked_for_in_its_own_part() -> None:
    handler = "def handler(event, context):\n    return None\n"
    functions = template(
        One="Handler: index.handler\nCodeUri: one/", Two="Handler: index.handler\nCodeUri: two/"
    )
    result = run(
        {"one/index.py": handler, "two/index.py": handler, "three/index.py": handler},
        templates={"template.yaml": functions},
    )
    assert [(each.name, each.function) for each in result.handlers] == [
        ("one/index.py:handler", "One"),
        ("three/index.py:handler", None),
        ("two/index.py:handler", "Two"),
    ]


UPLOADED = "CodeUri: s3://bucket/key"


def test_code_that_a_build_uploads_goes_with_its_function() -> None:
    files = {"src/pay.py": "def run(): ...", "lib/pay.py": "", "other.py": ""}
    parts = planned(files, {"infra/template.yaml": template(Pay=f"Handler: pay.run\n{UPLOADED}")})
    key = ("infra/template.yaml", "Pay")
    assert parts == [
        Part(("lib/pay.py",)),
        Part(("other.py",)),
        Part(("src/pay.py",), ("infra/template.yaml",), functions=(key,)),
    ]


def test_a_name_that_any_file_may_have_is_only_looked_for_below_the_template() -> None:
    text = template(Pay=f"Handler: app.run\n{UPLOADED}")
    files = {"a/app.py": "run = 1", "infra/app.py": "run = 1", "infra/x/app.py": "run = 1"}
    assert groups(files, {"infra/template.yaml": text}) == ["a/app.py", "infra/app.py infra/x/app.py"]


@pytest.mark.parametrize("handler", ["pay.run", "app.run", "src/pay.run", "src.pay.run", "gone.run"])
@pytest.mark.parametrize("place", [UPLOADED, "CodeUri: .", "CodeUri: src/", "CodeUri: build/", ""])
@pytest.mark.parametrize("folder", ["", "infra/", "src/"])
def test_parts_have_the_handlers_of_the_whole_project(handler: str, place: str, folder: str) -> None:
    body = "def run(first, second):\n    return 1\n"
    files = dict.fromkeys(("src/pay.py", "src/app.py", "infra/app.py", "tests/pay.py"), body)
    files |= {"lib/pay.py": "run: int", "infra/x/app.py": "walk = 1"}
    templates = {f"{folder}template.yaml": template(Pay=f"Handler: {handler}\n{place}")}
    parts = run(files, templates=templates).handlers
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("lambda_lint.engine.lint._Run._is_whole", True)
        assert run(files, templates=templates).handlers == parts


def test_an_image_has_no_handler_to_look_for() -> None:
    parts = planned({"app.py": ""}, {"template.yaml": template(Image="PackageType: Image\nImageUri: x")})
    assert parts == [
        Part(("app.py",)),
        Part((), ("template.yaml",), functions=(("template.yaml", "Image"),)),
    ]
