"""What the lists of requirements beside deployed functions say."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from lambda_lint.deployment.fact import ABSENT, UNKNOWN
from lambda_lint.deployment.manifests import is_list, is_manifest, named_lists
from lambda_lint.deployment.packages import packaged
from lambda_lint.deployment.reader import read_template
from lambda_lint.deployment.serverless_functions import PLUGIN

if TYPE_CHECKING:
    from lambda_lint.deployment.function import DeployedFunction, Template
    from lambda_lint.deployment.requirements import Requirement, Requirements

SAM = """\
Transform: AWS::Serverless-2016-10-31
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: src/
      Handler: app.handler
      Runtime: python3.13
"""


def deployed(
    files: dict[str, str | bytes], template: str = SAM, path: str = "template.yaml"
) -> DeployedFunction:
    """The first function of a template, beside these files."""
    return joined(files, template, path).functions[0]


def joined(files: dict[str, str | bytes], template: str = SAM, path: str = "template.yaml") -> Template:
    data = {name: text if isinstance(text, bytes) else text.encode() for name, text in files.items()}
    read = read_template(path, template.encode(), {path: template.encode()})
    return packaged([read], data)[0]


def listed(text: str, **beside: str) -> Requirements:
    others = {f"src/{name.replace('_', '.')}": content for name, content in beside.items()}
    found = deployed({"src/requirements.txt": text, **others}).requirements.value
    assert found is not None
    return found


def only(text: str, **beside: str) -> Requirement:
    (requirement,) = listed(text, **beside).listed.items
    return requirement


def shown(requirement: Requirement, text: str) -> str:
    return text[requirement.place.span.start : requirement.place.span.end]


# -- pip's lists


@pytest.mark.parametrize(
    ("line", "name", "specifier", "said"),
    [
        ("boto3", "boto3", "", "boto3"),
        ("  Boto3 == 1.40.1  # why", "boto3", "==1.40.1", "Boto3 == 1.40.1"),
        ("aws_lambda.powertools[all, tracer] >= 3, < 4", "aws-lambda-powertools", ">=3,<4", None),
        ("requests (>=2.31)", "requests", ">=2.31", "requests (>=2.31)"),
        ('pytest ~= 8.0 ; python_version < "3.12"', "pytest", "~=8.0", "pytest ~= 8.0"),
        ("numpy==2.*", "numpy", "==2.*", "numpy==2.*"),
        ("ujson===5.10", "ujson", "===5.10", "ujson===5.10"),
        ("attrs[tests]", "attrs", "", "attrs[tests]"),
        ("pyyaml==6.0.2 \\\n    --hash=sha256:aa \\\n    --hash=sha256:bb", "pyyaml", "==6.0.2", None),
        ("lxml==5.0 --config-settings=a=b", "lxml", "==5.0", "lxml==5.0"),
        ("urllib3 \\\n  <2", "urllib3", "<2", None),
    ],
)
def test_a_requirement(line: str, name: str, specifier: str, said: str | None) -> None:
    requirement = only(line)
    assert (requirement.name, requirement.specifier) == (name, specifier)
    assert requirement.url is None
    if said is not None:
        assert shown(requirement, line) == said


@pytest.mark.parametrize(
    ("line", "name", "url"),
    [
        (
            "shop @ https://example.com/shop-1.0.zip",
            "shop",
            "https://example.com/shop-1.0.zip",
        ),
        (
            'shop[aws] @ git+https://example.com/shop@v1 ; python_version > "3.9"',
            "shop",
            "git+https://example.com/shop@v1",
        ),
        (
            "git+https://example.com/shop#egg=shop[aws]",
            "shop",
            "git+https://example.com/shop#egg=shop[aws]",
        ),
        (
            "https://example.com/dist/order_shop-1.0-py3-none-any.whl",
            "order-shop",
            "https://example.com/dist/order_shop-1.0-py3-none-any.whl",
        ),
        (
            "order_shop-1.0-py3-none-any.whl",
            "order-shop",
            "order_shop-1.0-py3-none-any.whl",
        ),
    ],
)
def test_a_requirement_from_a_place(line: str, name: str, url: str) -> None:
    requirement = only(line)
    assert (requirement.name, requirement.url, requirement.is_pinned) == (name, url, True)


@pytest.mark.parametrize("line", [".", "./lib", "lib/shared", "https://example.com/shop.tar.gz", "-e .", "?"])
def test_what_has_no_name_may_be_anything(line: str) -> None:
    assert not listed(f"{line}\n").listed.is_complete
    assert not listed(f"{line}\n").listed.items


def test_what_is_editable_may_bring_others() -> None:
    found = listed("-e git+https://example.com/shop#egg=shop\n").listed
    assert [each.name for each in found.items] == ["shop"]
    assert not found.is_complete


@pytest.mark.parametrize(
    ("specifier", "is_pinned", "is_held"),
    [
        ("==1.40.1", True, True),
        ("===1.40", True, True),
        (">=1.40,==1.40.2", True, True),
        ("==1.40.*", False, True),
        ("~=1.40.0", False, True),
        ("==1.*", False, False),
        ("~=1.40", False, False),
        (">=1.40,<2", False, False),
        ("", False, False),
    ],
)
def test_what_is_pinned(specifier: str, *, is_pinned: bool, is_held: bool) -> None:
    requirement = only(f"boto3{specifier}")
    assert (requirement.is_pinned, requirement.is_held) == (is_pinned, is_held)


@pytest.mark.parametrize(
    ("marker", "is_conditional"),
    [
        ('python_version >= "3.9" and python_version < "4"', False),
        ('python_full_version == "3.13.1"', False),
        ('sys_platform == "win32"', True),
        ('python_version > "3.9" and platform_system != "Linux"', True),
        ("extra == 'dev'", True),
    ],
)
def test_markers(marker: str, *, is_conditional: bool) -> None:
    requirement = only(f"boto3 ; {marker}")
    assert (requirement.marker, requirement.is_conditional) == (marker, is_conditional)


def test_what_else_stands_in_a_list() -> None:
    text = "# boto3 \\\n\n--index-url https://x.org\n-i x\n--no-binary :all:\n-\nboto3==1 --hash=sha256:a\n"
    requirement = only(text)
    assert (requirement.name, requirement.is_hashed) == ("boto3", True)
    assert not only("boto3==1 --global-option=x").is_hashed


def test_included_lists() -> None:
    found = listed(
        "-r base.txt\n--requirement=other.txt\n-r base.txt\nboto3\n",
        base_txt="-r requirements.txt\nrequests==2\n",
        other_txt="numpy\n",
    )
    assert [(each.name, each.place.path) for each in found.listed.items] == [
        ("boto3", "src/requirements.txt"),
        ("requests", "src/base.txt"),
        ("numpy", "src/other.txt"),
    ]
    assert found.listed.is_complete


def test_a_list_that_is_not_there() -> None:
    assert not listed("-r base.txt\n").listed.is_complete
    assert not listed("-r https://example.com/base.txt\n").listed.is_complete
    assert listed("-c base.txt\n-c https://example.com/c.txt\n").listed.is_complete


def test_constraints() -> None:
    found = listed(
        "-c limits.txt\nboto3>=1\nshop @ https://example.com/shop.zip\nnumpy\n",
        limits_txt="-r more.txt\nboto3==1.40.1\nshop==1\nrequests\n./lib\n-e git+https://x.org/a#egg=a\n",
        more_txt="boto3==1.2.3\n",
    )
    assert {each.name: each.specifier for each in found.listed.items} == {
        "boto3": ">=1,==1.40.1",
        "shop": "",
        "numpy": "",
    }
    assert found.listed.is_complete


def test_many_lines_and_many_files() -> None:
    assert not listed("boto3\n" * 20_001).listed.is_complete
    chain = {f"l{n}_txt": f"-r l{n + 1}.txt\n" for n in range(150)}
    assert not listed("-r l0.txt\n", **chain).listed.is_complete


# -- projects

PYPROJECT = """\
[project]
name = "orders"
dependencies = [
    "boto3>=1.40",
    'requests',
    "./strange",
    5,
]

[tool.poetry.dependencies]
python = "^3.12"
numpy = "^2.0"
httpx = { version = "0.28", extras = ["http2"], optional = true }
shop = { git = "https://example.com/shop" }
any = "*"

[dependency-groups]
dev = ["pytest"]
"""
POETRY = """\
[[package]]
name = "boto3"
version = "1.40.1"

[package.dependencies]
botocore = ">=1.40"

[[package]]
name = "botocore"
version = "1.40.2"

[[package]]
name = "pytest"
version = "8.0"

[[package]]
name = "requests"
version = "2.32.0"
[[package]]
name = "numpy"
[[package]]
name = "httpx"
[[package]]
name = "shop"
[[package]]
name = "any"
"""


def test_a_project_of_poetry() -> None:
    found = deployed({"src/pyproject.toml": PYPROJECT, "src/poetry.lock": POETRY}).requirements.value
    assert found is not None
    assert found.path == "src/pyproject.toml"
    told = {
        each.name: (shown(each, PYPROJECT), each.specifier, each.is_conditional)
        for each in found.listed.items
    }
    assert told == {
        "boto3": ("boto3>=1.40", ">=1.40,==1.40.1", False),
        "requests": ("requests", "==2.32.0", False),
        "numpy": ("numpy", "^2.0", False),
        "httpx": ("httpx", "==0.28", True),
        "shop": ("shop", "", False),
        "any": ("any", "", False),
    }
    assert (found.installs("botocore"), found.installs("boto3"), found.installs("pytest")) == (
        True,
        True,
        False,
    )


def test_a_project_of_uv() -> None:
    lock = """\
[[package]]
name = "boto3"
version = "1.40.1"
dependencies = [{ name = "botocore" }]

[[package]]
name = "botocore"

dependencies = [{ name = "six" }]

[[package]]
name = "requests"
dependencies = [{ name = "six" }]
"""
    project = '[project]\nname = "x"\ndependencies = ["boto3", "requests"]\n'
    found = deployed({"src/pyproject.toml": project, "src/uv.lock": lock}).requirements.value
    assert found is not None
    assert found.locked.is_complete
    assert set(found.locked.items) == {"boto3", "botocore", "requests", "six"}


def test_a_project_without_a_lock() -> None:
    for lock in ("", "package = 1", "[["):
        files: dict[str, str | bytes] = {"src/pyproject.toml": PYPROJECT, "src/uv.lock": lock}
        found = deployed(files).requirements.value
        assert found is not None
        assert found.installs("boto3")
        assert found.installs("botocore") is None
    project = '[project]\ndynamic = ["dependencies"]\n'
    found = deployed({"src/pyproject.toml": project}).requirements.value
    assert found is not None
    assert not found.listed.is_complete


PIPFILE = """\
[dev-packages]
boto3 = "*"

[packages]
boto3 = "*"
requests = {version = ">=2", markers = "sys_platform == 'win32'"}
"""


def test_a_project_of_pipenv() -> None:
    lock = '{"default": {"boto3": {"version": "==1.40.1"}, "six": {"version": ">1"}, "x": {}}, "develop": {}}'
    found = deployed({"src/Pipfile": PIPFILE, "src/Pipfile.lock": lock}).requirements.value
    assert found is not None
    assert found.locked.items == ("boto3", "six", "x")
    boto3, requests = found.listed.items
    assert (boto3.specifier, boto3.place.span.start) == ("==1.40.1", PIPFILE.rindex("boto3"))
    assert (requests.specifier, requests.is_conditional) == (">=2", True)


@pytest.mark.parametrize("lock", [None, "{", "[]", '{"default": 1}'])
def test_a_project_of_pipenv_without_a_lock(lock: str | None) -> None:
    files: dict[str, str | bytes] = {"src/Pipfile": PIPFILE}
    found = deployed(files if lock is None else {**files, "src/Pipfile.lock": lock}).requirements.value
    assert found is not None
    assert found.of("boto3") == replace(found.listed.items[0], specifier="")
    assert found.installs("six") is None


@pytest.mark.parametrize(
    "text",
    ["[packages", 'packages = 1\n[project]\ndependencies = "x"', '"packages" = {"\\u0062oto3" = "*"}'],
)
def test_strange_project_files(text: str) -> None:
    for name in ("Pipfile", "pyproject.toml"):
        requirements = deployed({f"src/{name}": text}).requirements
        assert requirements.value is None or not requirements.value.listed.items
        assert requirements.place is not None


# -- which of them counts


def test_without_a_list() -> None:
    assert deployed({"requirements.txt": "boto3"}).requirements == ABSENT
    assert deployed({}).requirements == UNKNOWN


def test_a_list_that_cannot_be_read() -> None:
    for data in (b"a\xe9", b"#" * 4_000_001):
        requirements = deployed({"src/requirements.txt": data}).requirements.value
        assert requirements is not None
        assert not requirements.listed.is_complete


def test_pips_list_comes_first() -> None:
    files: dict[str, str | bytes] = {"src/requirements.txt": "boto3", "src/Pipfile": PIPFILE}
    found = deployed(files).requirements.value
    assert found is not None
    assert found.path == "src/requirements.txt"


@pytest.mark.parametrize(
    ("metadata", "path"),
    [
        ("{BuildMethod: python3.13}", "src/requirements.txt"),
        ("{BuildMethod: python-uv}", "src/pyproject.toml"),
        ("{Other: 1}", "src/requirements.txt"),
        ("{BuildMethod: makefile}", None),
        ("{BuildMethod: !Ref Unknown}", None),
        ("{SkipBuild: true}", None),
        ("{aws:asset:path: src}", None),
    ],
)
def test_build_methods(metadata: str, path: str | None) -> None:
    files: dict[str, str | bytes] = {"src/requirements.txt": "boto3", "src/pyproject.toml": PYPROJECT}
    found = deployed(files, f"{SAM}    Metadata: {metadata}\n").requirements
    if path is None:
        assert found == UNKNOWN
    else:
        assert found.value is not None
        assert found.value.path == path


def test_functions_of_one_folder_share_a_list() -> None:
    second = SAM.partition("Resources:\n")[2].replace("Orders", "Stock")
    functions = joined({"src/requirements.txt": "boto3"}, SAM + second).functions
    assert len(functions) == 2
    assert functions[0].requirements == functions[1].requirements
    assert functions[0].requirements.value is not None


def test_lists_that_include_the_same() -> None:
    second = SAM.partition("Resources:\n")[2].replace("Orders", "Stock").replace("src/", "lib/")
    files: dict[str, str | bytes] = {
        "src/requirements.txt": "-r ../base.txt",
        "lib/requirements.txt": "-r ../base.txt",
        "base.txt": "boto3",
    }
    template = joined(files, SAM + second)
    found = [each.requirements.value for each in template.functions]
    assert [[one.place.path for one in each.listed.items] for each in found if each] == [["base.txt"]] * 2
    assert list(template.also_in) == [
        "base.txt",
        "lib/requirements.txt",
        "src/requirements.txt",
    ]


def test_images_and_inline_code_have_no_list() -> None:
    files: dict[str, str | bytes] = {"src/requirements.txt": "boto3", "requirements.txt": "boto3"}
    image = SAM + "      PackageType: Image\n    Metadata:\n      DockerContext: src\n"
    inline = SAM.replace("CodeUri: src/", "InlineCode: pass")
    assert deployed(files, image).requirements == UNKNOWN
    assert deployed(files, inline).requirements == UNKNOWN


def test_layers() -> None:
    template = (
        SAM
        + """\
      Layers:
        - !Ref Shared
        - !Ref Other
        - arn:aws:lambda:eu-west-1:123456789012:layer:shop:1
  Shared:
    Type: AWS::Serverless::LayerVersion
    Properties:
      ContentUri: layers/shared
    Metadata:
      BuildMethod: python3.13
  Other:
    Type: AWS::Serverless::LayerVersion
    Properties:
      ContentUri: layers/other
"""
    )
    files: dict[str, str | bytes] = {"layers/shared/python/requirements.txt": "boto3==1"}
    shared, other, shop = deployed(files, template).attached.items
    assert shared.requirements.value is not None
    assert shared.requirements.value.of("boto3") is not None
    assert other.requirements == UNKNOWN
    assert shop.requirements == UNKNOWN


def test_python_functions_of_the_cdk_prefer_locks() -> None:
    program = """\
from aws_cdk import Stack, aws_lambda, aws_lambda_python_alpha as python


class Shop(Stack):
    def __init__(self, scope):
        super().__init__(scope, "Shop")
        python.PythonFunction(self, "Orders", entry="src", runtime=aws_lambda.Runtime.PYTHON_3_13)
        aws_lambda.Function(
            self,
            "Stock",
            code=aws_lambda.Code.from_asset("src"),
            handler="index.handler",
            runtime=aws_lambda.Runtime.PYTHON_3_13,
        )
        aws_lambda.Function(
            self,
            "Bills",
            code=aws_lambda.InlineCode(open("src/bills.py").read()),
            handler="index.handler",
            runtime=aws_lambda.Runtime.PYTHON_3_13,
        )
"""
    files: dict[str, str | bytes] = {"src/requirements.txt": "boto3", "src/Pipfile": PIPFILE}
    template = joined(files, program, "app.py")
    paths = {each.name: each.requirements.value for each in template.functions}
    assert {name: each and each.path for name, each in paths.items()} == {
        "Orders": "src/Pipfile",
        "Stock": "src/requirements.txt",
        "Bills": None,
    }
    assert list(template.also_in) == ["src/Pipfile", "src/requirements.txt"]


SERVICE = """\
service: shop
provider: {name: aws, runtime: python3.13}
functions:
  orders: {handler: app.handler}
"""


@pytest.mark.parametrize(
    ("more", "is_known"),
    [
        ("plugins: [serverless-python-requirements]\n", True),
        ("plugins: {modules: [serverless-python-requirements]}\n", True),
        ("plugins: ${file(plugins.yml)}\n", True),
        ("", False),
        ("plugins: [serverless-offline]\n", False),
        (
            "plugins: [serverless-python-requirements]\ncustom: {pythonRequirements: {fileName: a.txt}}\n",
            False,
        ),
        (
            f"plugins: [{PLUGIN}]\ncustom: {{pythonRequirements: {{noDeploy: '${{ssm:/x}}'}}}}\n",
            False,
        ),
    ],
)
def test_services_need_a_plug_in(more: str, *, is_known: bool) -> None:
    found = deployed({"requirements.txt": "boto3"}, SERVICE + more, "serverless.yml").requirements
    assert (found.value is not None) == is_known


def test_what_a_plug_in_leaves_out_may_come_from_elsewhere() -> None:
    more = "plugins: [serverless-python-requirements]\ncustom: {pythonRequirements: {noDeploy: [Boto3]}}\n"
    found = deployed(
        {"requirements.txt": "boto3\nattrs"}, SERVICE + more, "serverless.yml"
    ).requirements.value
    assert found is not None
    assert [each.name for each in found.listed.items] == ["attrs"]
    assert (found.installs("attrs"), found.installs("boto3")) == (True, None)
    assert not found.listed.is_complete


# -- which files are lists


def test_names_of_lists() -> None:
    assert is_manifest("src/requirements-dev.txt")
    assert not is_manifest("src/notes.txt")
    assert is_list("src/base.txt")
    assert is_list("uv.lock")
    assert not is_list("template.yaml")


def test_lists_that_a_list_includes() -> None:
    data = b" -r base.txt\n--constraint=../c.txt # x\n-r https://x.org/a.txt\n-r base.txt\n-e .\n-r lib\n"
    assert named_lists("src/requirements.txt", data) == ("src/base.txt", "c.txt")
    assert named_lists("src/requirements.txt", b"boto3") == ()
    assert named_lists("src/Pipfile", data) == ()
