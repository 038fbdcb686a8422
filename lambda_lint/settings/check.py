"""Judge what a configuration file says about rules, now that they are known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambda_lint.settings.problem import Problem
from lambda_lint.settings.suggest import did_you_mean
from lambda_lint.settings.tables import problems_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lambda_lint.settings.load import ConfigFile
    from lambda_lint.settings.options import Options, RuleTable
    from lambda_lint.settings.vocabulary import Vocabulary


def check(file: ConfigFile, vocabulary: Vocabulary) -> None:
    """Raise one ConfigurationError, with file and lines, if rules, options or formats are not known."""
    if problems := list(problems_with(file.options, vocabulary)):
        raise file.error(problems)


def problems_with(options: Options, vocabulary: Vocabulary) -> Iterator[Problem]:
    """What is wrong with the rules, options and formats that `options` names."""
    for choices in options.choices:
        for key in ("select", "ignore", "extend_select", "extend_ignore"):
            for selector in getattr(choices, key) or ():
                name = key.replace("_", "-")
                yield from _selector((name,), f"`{name}`", selector, vocabulary)
    for pattern, selectors in options.per_file_ignores:
        for selector in selectors:
            yield from _selector(("per-file-ignores", pattern), "`per-file-ignores`", selector, vocabulary)
    for selector, _ in options.severity:
        yield from _selector(("severity", selector), "`severity`", selector, vocabulary, needle=False)
    for table in options.rules:
        yield from _rule_options(table, vocabulary)
    for wanted in options.output_format or ():
        name = wanted.partition(":")[0]
        if vocabulary.formats and name not in vocabulary.formats:
            message = f"there is no output format `{name}`{did_you_mean(name, vocabulary.formats)}"
            yield Problem(("output-format",), message, wanted)


def _selector(
    path: tuple[str, ...], where: str, selector: str, vocabulary: Vocabulary, *, needle: bool = True
) -> Iterator[Problem]:
    if message := vocabulary.problem(selector):
        yield Problem(path, f"{message} (in {where})", selector if needle else None)


def _rule_options(table: RuleTable, vocabulary: Vocabulary) -> Iterator[Problem]:
    known = vocabulary.rule(table.rule)
    if known is None:
        names = [candidate.name for candidate in vocabulary.rules]
        message = f"there is no rule `{table.rule}`{did_you_mean(table.rule, names)}"
        yield Problem(("rules", table.rule), message)
        return
    for key, message in problems_in(known.options, dict(table.options)):
        yield Problem(("rules", table.rule, key), f"the rule `{known.name}` {message}")
