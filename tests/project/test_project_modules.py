"""What every module, folder and table must have."""

from __future__ import annotations

import ast
import re
import sys
from pathlib import Path

import pytest

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

ROOT = Path(__file__).parents[2]
PACKAGES = {"lambda_lint": ROOT / "lambda_lint", "lambda_lint_rules": ROOT / "rules"}
MODULES = sorted(path for folder in PACKAGES.values() for path in folder.rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))
MOST_LINES = 250

LONG_MODULES = {
    "lambda_lint/api.py": "names only: what rule packs may import, and where it is",
    "lambda_lint/deployment/evaluation.py": "one evaluation, with a case for each function of CloudFormation",
    "lambda_lint/deployment/terraform_values.py": "one evaluation, with a case for each kind of expression",
    "lambda_lint/knowledge/iam_operations.py": "exceptions by hand, a line each, and questions to them",
    "lambda_lint/edits.py": "the edits that a fix may ask for, each a few lines: an index to what makes them",
    "lambda_lint/semantics/callees.py": "one question, with a case for each kind of callable",
    "lambda_lint/semantics/context.py": "the questions of a rule, each a few lines: an index to the model",
    "lambda_lint/semantics/dependence.py": "one recursive question, with a case for each kind of expression",
    "lambda_lint/analyses/encoding.py": "one recursive question, with a case for each kind of expression",
    "lambda_lint/semantics/evaluate.py": "one evaluation, with a case for each kind of expression",
    "lambda_lint/semantics/facts.py": "the vocabulary of the facts: declarations with their meaning",
    "lambda_lint/analyses/flows_search.py": "one search, with a case for each kind of expression",
    "lambda_lint/semantics/handlers.py": "the ways in which a handler is known, in the order of trust",
    "lambda_lint/semantics/members.py": "one question, with a case for each kind of owner",
    "lambda_lint/analyses/origins.py": "one question, with a case for each kind of expression",
    "lambda_lint/semantics/results.py": "one question, with a case for each kind of callable",
    "lambda_lint/analyses/item_loops.py": "one question, with a case for each kind of loop",
    "lambda_lint/analyses/uses.py": "one question, with a case for each place where a value may stand",
    "lambda_lint/semantics/values.py": "the vocabulary of the values: declarations with their meaning",
}
"""Modules of more than 250 lines, and why each is better in one piece."""

NO_COUNTERPART = {
    "benchmarks": "measures, and fails nothing",
    "corpus": "runs over real projects",
    "examples": "applications that are linted",
    "fixes": "runs code before and after fixing",
    "golden": "expected outputs",
    "project": "is about the project",
    "properties": "is about everything",
    "rules": "further cases of rules, Markdown",
}
"""Folders of tests that mirror nothing, and what they are."""

each_module = pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_every_package_is_packaged() -> None:
    """setuptools is given the list by hand: a folder that is not in it would be missing from the wheel."""
    listed = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"][
        "packages"
    ]
    found = {
        ".".join([name, *init.parent.relative_to(folder).parts])
        for name, folder in PACKAGES.items()
        for init in folder.rglob("__init__.py")
    }
    assert sorted(listed) == sorted(found)
    assert listed == sorted(listed)


def test_every_folder_with_modules_is_a_package() -> None:
    assert not [name_of(path) for path in MODULES if not (path.parent / "__init__.py").exists()]


def test_modules_are_short_or_argued() -> None:
    long = {name_of(path) for path in MODULES if path.read_text(encoding="utf-8").count("\n") > MOST_LINES}
    assert not long - LONG_MODULES.keys(), "split the module, or say why it is better in one piece"
    assert not LONG_MODULES.keys() - long, "no longer long"
    assert all(len(reason.split()) >= 3 for reason in LONG_MODULES.values())


@each_module
def test_no_loose_ends(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"\b(TODO|FIXME|XXX)\b", text)
    assert not re.search(r"#\s*type: ignore(?!\[)", text), "`type: ignore` without a code"
    assert not re.search(r"#\s*pragma: no (cover|branch)\s*$", text, re.MULTILINE), "no reason"
    assert "utils" not in path.stem


@pytest.mark.parametrize("path", TESTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_tests_tie_up_their_ends(path: Path) -> None:
    if path == Path(__file__):
        return
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"#\s*(TODO|FIXME|XXX)\b", text)


@pytest.mark.parametrize(
    "path",
    [path for path in MODULES if path.parent.name == "knowledge" and path.stem != "__init__"],
    ids=lambda path: path.stem,
)
def test_tables_of_facts_have_a_source_and_a_date(path: Path) -> None:
    """Facts about platforms and packages age: who doubts one must find where it is from, and of when."""
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text)
    tables = [
        name
        for node in tree.body
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None
        for name in _names(node)
        if name.isupper() and not name.startswith("_") and _size(node.value) >= 3
    ]
    if not tables:
        return
    assert re.search(r"\b20\d\d-\d\d\b", text), f"{tables} have no date"
    docstring = ast.get_docstring(tree) or ""
    assert re.search(r"https://|\b[Ss]ources?\b|\b[Rr]ead 20", docstring), f"{tables} have no source"


def _names(node: ast.Assign | ast.AnnAssign) -> list[str]:
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    return [target.id for target in targets if isinstance(target, ast.Name)]


def _size(value: ast.expr) -> int:
    """How many entries a literal table has."""
    match value:
        case ast.Dict(keys=keys):
            return len(keys)
        case ast.Set(elts=elements) | ast.Tuple(elts=elements) | ast.List(elts=elements):
            return len(elements)
        case ast.Call(args=[inner, *_]):
            return _size(inner)
        case ast.BinOp(left=left, right=right):
            return _size(left) + _size(right)
        case _:
            return 0


def test_folders_of_tests_mirror_the_source() -> None:
    places = [path.relative_to(ROOT / "tests").parts for path in TESTS]
    folders = {parts[0] for parts in places if len(parts) > 1}
    sources = (ROOT / "lambda_lint").iterdir()
    mirrored = {path.stem for path in sources if path.suffix == ".py" or path.is_dir()}
    assert not folders - mirrored - NO_COUNTERPART.keys()


def test_nothing_names_this_machine() -> None:
    here = re.compile(r"/(?:work|root|home/\w+)/[\w./-]+")
    texts = [*MODULES, *(ROOT / "rules").rglob("*.md"), *(ROOT / "lambda_lint").rglob("*.md")]
    found = {
        f"{name_of(path)}: {match[0]}"
        for path in texts
        for match in here.finditer(path.read_text(encoding="utf-8"))
    }
    assert not found


def test_rules_import_only_the_public_module() -> None:
    """Built-in rules have no private door."""
    wrong = []
    for path in (ROOT / "rules").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            modules = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            modules += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            wrong += [
                f"{name_of(path)}: {module}"
                for module in modules
                if module.split(".")[0] == "lambda_lint" and module != "lambda_lint.api"
            ]
    assert not wrong


def test_the_engine_does_not_know_the_rules() -> None:
    assert not importing(r"(?:lambda_lint_rules|rules)\b", ROOT / "lambda_lint")


def test_the_slow_parts_of_libcst_are_not_used() -> None:
    """Its names and positions cost ten times the parse, and its visitors and matchers recurse."""
    slow = r"(?:libcst\.(?:metadata|matchers|codemod|helpers)\b|libcst import .*(?:matchers|[Mm]etadata))"
    assert not importing(slow, *PACKAGES.values())


def importing(pattern: str, *folders: Path) -> list[str]:
    """The modules with an import of this kind."""
    statement = re.compile(rf"^\s*(?:from|import) {pattern}", re.MULTILINE)
    paths = [path for folder in folders for path in sorted(folder.rglob("*.py"))]
    return [name_of(path) for path in paths if statement.search(path.read_text(encoding="utf-8"))]
