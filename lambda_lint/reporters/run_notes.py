"""What the user should know about a run, whatever it found: which handlers, and what was left out."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from lambda_lint.model.labels import Origin
from lambda_lint.reporters.summary import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from lambda_lint.model.finding import Result

ORIGIN_WORDS: Mapping[Origin, str] = {
    Origin.TEMPLATE: "by template",
    Origin.DECORATOR: "by decorator",
    Origin.ADAPTER: "by adapter",
    Origin.CONFIGURED: "by configuration",
    Origin.CONVENTION: "by convention",
}


def run_notes(
    result: Result,
    *,
    has_python: bool,
    skipped_vendored: Sequence[str],
    is_whole: bool = True,
    unread: Sequence[str] = (),
) -> Iterator[str]:
    """A sentence for each thing to know; of a run on some files of a project, handlers may be elsewhere.

    `unread` are files of Terraform that need the extra.
    """
    if result.handlers:
        yield f"{counted(len(result.handlers), 'handler')} found: {_by_origin(result)}"
    elif not has_python:
        yield "no Python file to analyze"
    elif is_whole:
        yield (
            "no handler found, so the rules about what a handler does have nothing to look at; "
            "name handlers with `handlers` in the configuration"
        )
    if unread:
        more = f" and {len(unread) - 1} more" if len(unread) > 1 else ""
        yield (
            f"functions of Terraform are not read ({unread[0]}{more}): "
            "install `lambda-lint[terraform]` to have them read"
        )
    if skipped_vendored:
        what = counted(len(skipped_vendored), "package of others", "packages of others")
        yield f"{what} left out (`--verbose` lists {'it' if len(skipped_vendored) == 1 else 'them'})"


def _by_origin(result: Result) -> str:
    """By what each handler is known best, such as `2 by template, 1 by convention`."""
    best = Counter(handler.origins[0] for handler in result.handlers)
    return ", ".join(f"{best[origin]} {words}" for origin, words in ORIGIN_WORDS.items() if best[origin])
