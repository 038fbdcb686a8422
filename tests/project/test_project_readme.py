"""What the README says is so."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from lambda_lint.cli import cli
from lambda_lint.registry import load_registry
from lambda_lint.reporters import FORMATS
from lambda_lint.settings.check import check
from lambda_lint.settings.load import load

if TYPE_CHECKING:
    from click import Command

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
REGISTRY = load_registry()
RULES = [entry.info for entry in REGISTRY.entries if entry.rule_type is not None]
LEFT_OUT = "[...]"
FAILING_FIRST = ("pip install . && lambda-lint tests/examples/orders", "pip install -e '.[dev]' && .ci/run")


def blocks(language: str) -> list[str]:
    """The fenced blocks of a language."""
    return re.findall(rf"^```{language}\n(.*?)^```", README, re.MULTILINE | re.DOTALL)


def test_the_excerpt_is_real() -> None:
    (excerpt,) = blocks("text")
    output = (ROOT / "tests" / "golden" / "orders" / "full.txt").read_text(encoding="utf-8")
    parts = [part.strip("\n") for part in excerpt.split(LEFT_OUT)]
    assert len(parts) > 1
    places = [output.find(part) for part in parts]
    assert -1 not in places
    assert places == sorted(places)


def test_the_first_two_commands_are_the_whole_set_up() -> None:
    first, second, *_ = blocks("sh")
    assert first.strip().endswith(FAILING_FIRST[0])
    assert second.strip() == FAILING_FIRST[1]


def test_the_table_has_the_rules() -> None:
    rows = re.findall(
        r"^\| (LL\d+) \| \[([\w-]+)\]\((rules/\S+\.md)\) \| (\w+) \| \S.* \|$", README, re.MULTILINE
    )
    assert rows == [
        (
            rule.code,
            rule.name,
            f"rules/{rule.category.value}/{rule.name.replace('-', '_')}.md",
            rule.severity.label,
        )
        for rule in RULES
    ]


def test_links_lead_somewhere() -> None:
    targets = re.findall(r"\]\((?!https://)([^)#]+)\)", README)
    assert targets
    assert not [target for target in targets if not (ROOT / target).exists()]


def test_the_formats_are_all() -> None:
    table = README.partition("## Output formats")[2].partition("\n## ")[0]
    first_column = "".join(re.findall(r"^\|([^|]+)\|", table, re.MULTILINE))
    assert re.findall(r"`([\w-]+)`", first_column) == list(FORMATS)


def test_the_configuration_is_accepted(tmp_path: Path) -> None:
    (example,) = (block for block in blocks("toml") if block.startswith("[tool.lambda-lint]"))
    (tmp_path / "pyproject.toml").write_text(example, encoding="utf-8")
    file = load((), tmp_path)
    assert file is not None
    check(file, REGISTRY.vocabulary_with(FORMATS))


@pytest.mark.parametrize("block", blocks("toml"))
def test_other_tables_are_toml(block: str) -> None:
    assert tomllib.loads(block)


def test_commands_and_options_exist() -> None:
    text = README.partition("## Contributing")[0]
    known = {name for command in everything(cli) for parameter in command.params for name in parameter.opts}
    known |= {"--help", "--version"}
    assert not set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", text)) - known
    words = re.findall(r"^lambda-lint ([a-z][a-z-]+)(?= |$)", "\n".join(blocks("sh")), re.MULTILINE)
    assert words
    assert not set(words) - cli.commands.keys()


def everything(command: Command) -> list[Command]:
    return [command, *(sub for sub in getattr(command, "commands", {}).values())]


def test_the_changelog_names_the_rules() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert not [rule.name for rule in RULES if f"`{rule.name}` ({rule.code})" not in changelog]
