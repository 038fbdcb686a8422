"""Rule packs: found through their entry points, and refused with a clear word when something is wrong."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

import fakepacks
import libcst as cst
import pytest

from lambda_lint.errors import PluginError, UsageError
from lambda_lint.model.labels import Category, Severity
from lambda_lint.own import OWN
from lambda_lint.packs import BUILT_IN, summary_of
from lambda_lint.registry import Registry, RuleEntry, load_registry, own_entries
from lambda_lint.rule import EVERY_PHASE, Reach
from lambda_lint.settings.tables import option_fields

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

OPTIONS = """
from dataclasses import dataclass
@dataclass(frozen=True)
class Options:
    max_depth: int = 3
    names: tuple[str, ...] = ()
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder whose packs are the only ones installed."""
    fakepacks.see_only(tmp_path, monkeypatch)
    return tmp_path


def loaded(folder: Path, files: Mapping[str, str]) -> Registry:
    fakepacks.install(folder, files)
    return load_registry()


def loaded_rule(folder: Path, more: str) -> RuleEntry:
    return loaded(folder, fakepacks.rules(("cost", "some-rule", "ACME001", more))).get("some-rule")


def refusal(folder: Path, files: Mapping[str, str]) -> str:
    """The message for a pack, with the names of this test's pack and folder replaced."""
    package = fakepacks.install(folder, files)
    with pytest.raises(PluginError) as raised:
        load_registry()
    return str(raised.value).replace(f"{folder}/", "").replace(package, "PACK")


def refusal_of_rule(folder: Path, source: str) -> str:
    files = fakepacks.rules(("cost", "some-rule", "ACME001", ""))
    return refusal(folder, {**files, "cost/some_rule.py": source})


# What is found


def test_a_rule_is_described_by_where_it_stands(folder: Path) -> None:
    files = fakepacks.rules(
        ("security", "leaky-thing", "ACME002", "cwe = 798\nsecurity_severity = 7.5\non_by_default = False"),
        ("cost", "slow-thing", "ACME001", "in_tests = True"),
    )
    files["__init__.py"] = "PAGES_URL = 'https://acme.example/rules/'"
    registry = loaded(folder, files)
    slow, leaky = registry.entries[:2]

    assert (slow.info.code, slow.info.name, slow.info.category) == ("ACME001", "slow-thing", Category.COST)
    assert (slow.info.severity, slow.info.on_by_default, slow.in_tests) == (Severity.WARNING, True, True)
    assert slow.info.summary == "Reports slow-thing."
    assert slow.info.page == fakepacks.page("slow-thing", "ACME001")
    assert slow.info.url == "https://acme.example/rules/cost/slow_thing.md"
    assert slow.subjects == (cst.Call,)
    assert (slow.reach, slow.phases, slow.may_fire("")) == (Reach.ANYWHERE, EVERY_PHASE, True)
    assert (leaky.info.cwe, leaky.info.security_severity) == (798, 7.5)
    assert (leaky.info.on_by_default, leaky.in_tests) == (False, False)


def test_rules_are_sorted_by_code_over_all_packs(folder: Path) -> None:
    fakepacks.install(folder, fakepacks.rules(("cost", "one", "ZED001", "")), pack="a")
    fakepacks.install(folder, fakepacks.rules(("cost", "two", "ACME001", "")), pack="b")
    codes = [info.code for info in load_registry().infos]
    assert codes == ["ACME001", *(own.code for own in OWN), "ZED001"]


def test_a_pack_that_is_announced_twice_is_loaded_once(folder: Path) -> None:
    package = fakepacks.install(folder, fakepacks.rules(("cost", "one", "ACME001", "")))
    again = folder / "other-1.0.dist-info"
    again.mkdir()
    (again / "METADATA").write_text("Metadata-Version: 2.1\nName: other\nVersion: 1.0\n")
    (again / "entry_points.txt").write_text(f"[lambda_lint.rules]\nagain = {package}\n")
    assert len(load_registry().entries) == 1 + len(OWN)


def test_helpers_and_abstract_rules_are_no_rules(folder: Path) -> None:
    files = fakepacks.rules(("cost", "some-rule", "ACME001", ""))
    files["cost/_base.py"] = (
        "from lambda_lint.rule import Rule\nimport libcst as cst\nclass Base(Rule[cst.Call]):\n    pass\n"
    )
    files["cost/some_rule.py"] = files["cost/some_rule.py"].replace(
        "class TheRule(Rule[cst.Call])", "from fake_base import Base\nclass TheRule(Base)"
    )
    files["helpers/__init__.py"] = ""
    files["helpers/words.py"] = "Words = tuple[str, ...]\nWORDS: Words = ()"
    files["loose.py"] = ""
    (folder / "fake_base.py").write_text(files["cost/_base.py"])
    registry = loaded(folder, files)
    assert len(registry.entries) == 1 + len(OWN)
    assert registry.get("some-rule").subjects == (cst.Call,)


def test_a_pack_without_a_place_on_the_web(folder: Path) -> None:
    assert loaded_rule(folder, "").info.url == ""


@pytest.mark.parametrize(
    ("bases", "subjects"),
    [
        ("Rule[cst.Call]", (cst.Call,)),
        ("Rule[cst.Call | cst.With]", (cst.Call, cst.With)),
        ("Rule[Union[cst.Call, cst.With]]", (cst.Call, cst.With)),
        ("Base[cst.Name]", (cst.Name,)),
        ("Middle", (cst.Name,)),
    ],
)
def test_subjects(folder: Path, bases: str, subjects: tuple[type, ...]) -> None:
    source = (
        "from typing import Generic, TypeVar, Union\nT = TypeVar('T', contravariant=True)\n"
        + fakepacks.rule("ACME001")
        .replace("class TheRule(Rule[cst.Call])", f"class TheRule({bases})")
        .replace(
            "class TheRule",
            "class Base(Rule[T], Generic[T]): pass\nclass Middle(Base[cst.Name]): pass\nclass TheRule",
        )
    )
    files = fakepacks.rules(("cost", "some-rule", "ACME001", ""))
    registry = loaded(folder, {**files, "cost/some_rule.py": source})
    assert registry.get("ACME001").subjects == subjects


def test_a_subject_of_the_model(folder: Path) -> None:
    source = (
        fakepacks.rule("ACME001")
        .replace("import libcst as cst", "from lambda_lint.deployment.function import DeployedFunction")
        .replace("cst.Call", "DeployedFunction")
    )
    files = fakepacks.rules(("cost", "some-rule", "ACME001", ""))
    registry = loaded(folder, {**files, "cost/some_rule.py": source})
    assert [subject.__name__ for subject in registry.get("ACME001").subjects] == ["DeployedFunction"]


# Asking the registry


def test_finding_by_name_or_code(folder: Path) -> None:
    registry = loaded(folder, fakepacks.rules(("cost", "some-rule", "ACME001", "")))
    entry = registry.entries[0]
    assert registry.find("some-rule") is registry.find("ACME001") is registry.find("acme001") is entry
    assert registry.find("other-rule") is None
    assert registry.get("LL900").info.name == "syntax-error"
    with pytest.raises(UsageError, match=r"^there is no rule `some-rul`; did you mean `some-rule`\?$"):
        registry.get("some-rul")


def test_the_vocabulary_knows_rules_options_and_formats(folder: Path) -> None:
    registry = loaded(folder, fakepacks.rules(("cost", "some-rule", "ACME001", OPTIONS)))
    vocabulary = registry.vocabulary_with(["full"])
    known = vocabulary.rule("ACME001")
    assert known is not None
    assert (known.name, known.summary) == ("some-rule", "Reports some-rule.")
    assert known.options is not None
    assert [option.key for option in option_fields(known.options)] == ["max-depth", "names"]
    assert known.options == option_fields(registry.get("ACME001").options_type or ())
    assert vocabulary.formats == ("full",)
    assert registry.vocabulary.formats == ()


def test_instances_have_their_options(folder: Path) -> None:
    registry = loaded(folder, fakepacks.rules(("cost", "some-rule", "ACME001", OPTIONS)))
    entry = registry.get("some-rule")
    assert registry.instantiate(entry, {}).options.max_depth == 3
    rule = registry.instantiate(entry, {"max-depth": 5, "names": ["a"]})
    assert (rule.options.max_depth, rule.options.names) == (5, ("a",))


def test_wrong_options_are_refused(folder: Path) -> None:
    registry = loaded(folder, fakepacks.rules(("cost", "some-rule", "ACME001", OPTIONS)))
    entry = registry.get("some-rule")
    message = "the rule `some-rule` has no option `max-dept`; did you mean `max-depth`?"
    with pytest.raises(UsageError, match=f"^{re.escape(message)}$"):
        registry.instantiate(entry, {"max-dept": 5})
    with pytest.raises(UsageError, match=r"wants a whole number as `max-depth`, not a string$"):
        registry.instantiate(entry, {"max-depth": "5"})


def test_a_rule_without_options(folder: Path) -> None:
    registry = loaded(folder, fakepacks.rules(("cost", "some-rule", "ACME001", "")))
    entry = registry.get("some-rule")
    assert registry.instantiate(entry, {}).options is None
    with pytest.raises(UsageError, match=r"^the rule `some-rule` has no options, and so no `a`$"):
        registry.instantiate(entry, {"a": 1})


# The tool's own findings


def test_own_findings_have_no_class() -> None:
    registry = Registry(own_entries())
    entry = registry.get("rule-crashed")
    assert (entry.rule_type, entry.options_type, entry.subjects, entry.in_tests) == (None, None, (), True)
    assert (entry.reach, entry.phases, entry.may_fire("")) == (Reach.ANYWHERE, EVERY_PHASE, False)
    with pytest.raises(UsageError, match=r"^`rule-crashed` is a finding of the tool itself, not a rule"):
        registry.instantiate(entry, {})


def test_a_rule_that_fails_to_say_where_it_may_fire(folder: Path) -> None:
    source = fakepacks.rule("ACME001").replace(
        "def check", "@staticmethod\n    def may_fire(code):\n        return code[0] == 'x'\n    def check"
    )
    fakepacks.install(
        folder, fakepacks.rules(("cost", "some-rule", "ACME001", "")) | {"cost/some_rule.py": source}
    )
    entry = load_registry().get("ACME001")
    assert [entry.may_fire(code) for code in ("xy", "y", "")] == [True, False, True]


@pytest.mark.parametrize("entry", own_entries(), ids=lambda entry: entry.info.name)
def test_own_pages(entry: RuleEntry) -> None:
    info = entry.info
    prose = re.sub(r"^```.*?^```", "", info.page, flags=re.MULTILINE | re.DOTALL)
    headings = re.findall(r"^#+ .*$", prose, re.MULTILINE)
    expected = [f"# {info.name} ({info.code})", "## What it does", "## Why it matters", "## What to do"]
    assert headings in (expected, [*expected, "## References"])
    assert info.summary.startswith("Reports ")
    assert info.category is Category.TOOL
    assert info.url.endswith(f"/lambda_lint/own/{info.name.replace('-', '_')}.md")


def test_own_findings_of_what_was_not_analyzed_stay_on() -> None:
    entries = own_entries()
    assert [entry.info.code for entry in entries if entry.always] == ["LL900", "LL901", "LL904", "LL905"]
    assert [entry.info.code for entry in entries if not entry.ignorable] == ["LL901"]


# What is refused


def test_no_pack_at_all(folder: Path) -> None:
    assert folder.exists()
    with pytest.raises(PluginError, match=r"^no rule pack is installed: nothing is announced"):
        load_registry()


def test_a_pack_must_be_a_package(folder: Path) -> None:
    fakepacks.install(folder, {}, package="fake_missing_package")
    (folder / "fake_missing_package/__init__.py").unlink()
    (folder / "fake_missing_package").rmdir()
    with pytest.raises(PluginError) as raised:
        load_registry()
    assert str(raised.value) == (
        "rule pack `fake`: `fake_missing_package` cannot be imported: "
        "ModuleNotFoundError: No module named 'fake_missing_package'"
    )
    (folder / "fake_missing_package.py").write_text("")
    with pytest.raises(
        PluginError, match=r"^rule pack `fake`: `fake_missing_package` is a module, not a package$"
    ):
        load_registry()


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("x = 1\nraise RuntimeError('no')", "RuntimeError: no (PACK/cost/some_rule.py:2)"),
        ("import sys\nsys.exit(3)", "SystemExit: 3 (PACK/cost/some_rule.py:2)"),
        ("x = 1\nimport nowhere_to_be_found", "(PACK/cost/some_rule.py:2)"),
        ("x = (", "(PACK/cost/some_rule.py:1)"),
    ],
)
def test_a_module_that_cannot_be_imported(folder: Path, source: str, message: str) -> None:
    told = refusal_of_rule(folder, source)
    assert told.startswith("rule pack `fake`: `PACK.cost.some_rule` cannot be imported: ")
    assert told.endswith(message)


@pytest.mark.parametrize(
    ("find", "replace", "message"),
    [
        ('"ACME001"', '"ACME01"', "has the code 'ACME01', which is not two or more capitals"),
        ('"ACME001"', '"A001"', "has the code 'A001', which is not two or more capitals"),
        ('"ACME001"', '"LL501"', "has the code 'LL501', which is not two or more capitals (not `LL`)"),
        ('code = "ACME001"', "", "has the code None, which is not"),
        ("Severity.WARNING", '"warning"', "has no `severity`"),
        ('"`{call}` is wrong"', '""', "has no `message`"),
        ('"`{call}` is wrong"', '"{call is wrong"', "has a message that is no format string: "),
        ('"`{call}` is wrong"', '"The call is wrong"', "has a message that starts with a capital"),
        ('"`{call}` is wrong"', '"call is wrong."', "has a message that ends with a full stop"),
        ("def check", "security_severity = 11\n    def check", "has the security severity 11, which is not"),
        ("def check", "Options = int\n    def check", "`Options` is not a frozen dataclass"),
        ("def check", "reach = 'handlers'\n    def check", "has the reach 'handlers', which is no `Reach`"),
        ("def check", "phases = ()\n    def check", "has `phases` that are not a set of one `Phase` or more"),
        ("def check", "phases = {'init'}\n    def check", "has `phases` that are not a set of one `Phase`"),
        ("def check", "may_fire = str\n    def check", "has a `may_fire` that is neither a class method nor"),
        (
            "def check",
            "def may_fire(self, code): ...\n    def check",
            "has a `may_fire` that is neither a class method nor a static one",
        ),
        ("Rule[cst.Call]", "Rule", "does not say what it looks at: derive it from `Rule[…]`"),
        ("Rule[cst.Call]", "Rule['cst.Call']", "names what it looks at in quotes, `cst.Call`: import it"),
        ("Rule[cst.Call]", "Rule[int]", "looks at `int`, which is no concrete node type and nothing of"),
        ("Rule[cst.Call]", "Rule[cst.BaseExpression]", "looks at `BaseExpression`, which is no concrete"),
        ("Rule[cst.Call]", "Rule[cst.Call | None]", "looks at `NoneType`, which is no concrete"),
    ],
)
def test_a_rule_that_is_declared_wrongly(folder: Path, find: str, replace: str, message: str) -> None:
    source = fakepacks.rule("ACME001")
    assert find in source
    told = refusal_of_rule(folder, source.replace(find, replace))
    assert told.startswith(f"rule pack `fake`: PACK/cost/some_rule.py:6: `TheRule` {message}")


def test_a_rule_must_fill_the_parameter_of_its_base(folder: Path) -> None:
    generic = "T = TypeVar('T')\nclass Base(Rule[T], Generic[T]): pass\nclass TheRule(Base)"
    source = fakepacks.rule("ACME001").replace("class TheRule(Rule[cst.Call])", generic)
    assert refusal_of_rule(folder, f"from typing import Generic, TypeVar\n{source}").endswith(
        "`TheRule` does not say what it looks at: derive it from `Rule[…]`"
    )


def test_acronyms_may_start_a_message(folder: Path) -> None:
    assert loaded_rule(folder, "message = 'AWS does not wait'").info.name == "some-rule"


def test_two_rules_in_one_module(folder: Path) -> None:
    source = fakepacks.rule("ACME001") + fakepacks.rule("ACME002").replace("TheRule", "Second")
    assert refusal_of_rule(folder, source).endswith(
        "`Second` is the second rule of its module; each has a module of its own"
    )


def test_a_module_without_a_rule(folder: Path) -> None:
    assert refusal_of_rule(folder, "x = 1") == (
        "rule pack `fake`: PACK/cost/some_rule.py:1: `PACK.cost.some_rule` "
        "defines no rule; a helper's name starts with an underscore"
    )


def test_a_class_without_source_is_named_by_its_module(folder: Path) -> None:
    # From Python 3.13 on a class knows its line; this one is beyond the end of the file.
    source = "exec('\\n' * 999 + '''" + fakepacks.rule("acme001") + "''')"
    told = refusal_of_rule(folder, source)
    assert told.startswith("rule pack `fake`: PACK.cost.some_rule: `TheRule` has the code 'acme001'")


def test_a_folder_that_is_no_category(folder: Path) -> None:
    told = refusal(folder, fakepacks.rules(("costs", "some-rule", "ACME001", "")))
    assert "`TheRule` stands in `costs`, which is none of the categories performance, cost, " in told
    assert "tool" not in told.partition("categories")[2]


def test_a_folder_without_init(folder: Path) -> None:
    files = fakepacks.rules(("cost", "some-rule", "ACME001", ""))
    del files["cost/__init__.py"]
    assert refusal(folder, files) == "rule pack `fake`: the folder PACK/cost has no `__init__.py`"


def test_a_rule_without_page(folder: Path) -> None:
    files = fakepacks.rules(("cost", "some-rule", "ACME001", ""))
    del files["cost/some_rule.md"]
    assert refusal(folder, files).endswith("`TheRule` has no page: `some_rule.md` is missing beside it")


def test_a_page_that_says_nothing(folder: Path) -> None:
    files = fakepacks.rules(("cost", "some-rule", "ACME001", ""))
    files["cost/some_rule.md"] = "# some-rule (ACME001)\n\n## What it does\n\n## Why it matters\n\nBecause.\n"
    assert refusal(folder, files).endswith(
        "`TheRule` has a page without text under `## What it does`: `some_rule.md`"
    )


@pytest.mark.parametrize(
    ("second", "word", "taken_by"),
    [
        (("cost", "other", "ACME001"), "ACME001", "`some-rule` of the rule pack `a`"),
        (("design", "some-rule", "ACME002"), "some-rule", "`some-rule` of the rule pack `a`"),
        (("design", "syntax-error", "ACME002"), "syntax-error", "the tool itself"),
    ],
)
def test_duplicates(folder: Path, second: tuple[str, str, str], word: str, taken_by: str) -> None:
    fakepacks.install(folder, fakepacks.rules(("cost", "some-rule", "ACME001", "")), pack="a")
    fakepacks.install(folder, fakepacks.rules((*second, "")), pack="b")
    with pytest.raises(PluginError) as raised:
        load_registry()
    assert str(raised.value) == f"`{second[1]}` of the rule pack `b`: `{word}` is taken by {taken_by}"


@pytest.fixture
def without_built_in(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The same, with the real built-in pack out of the way, so that its name is free."""
    finders = [finder for finder in sys.meta_path if "__editable__" not in getattr(finder, "__module__", "")]
    monkeypatch.setattr(sys, "meta_path", finders)
    hidden = {name: sys.modules.pop(name) for name in list(sys.modules) if name.startswith(BUILT_IN)}
    yield folder
    for name in [name for name in sys.modules if name.startswith(BUILT_IN)]:
        del sys.modules[name]
    sys.modules.update(hidden)


def test_the_built_in_pack_has_codes_of_its_own(without_built_in: Path) -> None:
    files = fakepacks.rules(("cost", "some-rule", "LL001", ""), ("cost", "other", "ACME001", ""))
    fakepacks.install(without_built_in, files, pack="builtin", package=BUILT_IN)
    with pytest.raises(
        PluginError, match=r"other\.py:6: `TheRule` has the code 'ACME001', which is not `LL` and"
    ):
        load_registry()
    (without_built_in / BUILT_IN / "cost/other.py").unlink()
    for name in [name for name in sys.modules if name.startswith(BUILT_IN)]:
        del sys.modules[name]
    assert load_registry().get("LL001").info.name == "some-rule"


# Summaries


@pytest.mark.parametrize(
    ("text", "summary"),
    [
        ("Reports one\nthing. And more.", "Reports one thing."),
        ("Reports `boto3.client`, e.g. in a loop! Then.", "Reports `boto3.client`, e.g. in a loop!"),
        ("Reports *any* **bold** [link](https://a.example/x).\n\nMore.", "Reports any bold link."),
        ("Reports `*args` and `**kwargs`.", "Reports `*args` and `**kwargs`."),
        ("Reports a, b etc. and c. More.", "Reports a, b etc. and c."),
        ("Reports without a stop", "Reports without a stop"),
        ("", None),
    ],
)
def test_summary(text: str, summary: str | None) -> None:
    assert summary_of(f"# x\n\n## What it does\n\n{text}\n\n## Why it matters\n\nIt does.\n") == summary
    assert summary_of(f"# x\n\n## What it does\n{text}\n## Why it matters\nIt does.\n") == summary


def test_a_page_without_the_section_has_no_summary() -> None:
    assert summary_of("# x\n\n## Why it matters\n\nIt does.") is None
