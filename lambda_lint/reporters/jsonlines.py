"""One JSON object on each line, as `line` in `schema.json` describes it; `type` says what it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lambda_lint.reporters.encode import encode
from lambda_lint.reporters.json import VERSION, Converter, handler_data, summary_data

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TextIO

    from lambda_lint.model.finding import Result
    from lambda_lint.reporters.style import Style


def report(result: Result, stream: TextIO, style: Style) -> None:
    """Write findings, suppressed ones if asked, notes, handlers, and last the summary."""
    lines = _lines(result, style)
    stream.writelines(encode({"version": VERSION, "type": kind, **line}) + "\n" for kind, line in lines)


def _lines(result: Result, style: Style) -> Iterator[tuple[str, dict[str, Any]]]:
    convert = Converter(result)
    for finding in result.findings:
        yield "finding", convert.finding(finding)
    if style.show_suppressed:
        for silenced in result.suppressed:
            yield "suppressed", convert.suppressed(silenced)
    for note in result.notes:
        yield "note", {"text": note}
    for handler in result.handlers:
        yield "handler", handler_data(handler)
    yield "summary", summary_data(result)
