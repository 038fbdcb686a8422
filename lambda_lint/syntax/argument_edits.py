"""Arguments put into calls and taken out of them, as they are laid out there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

from lambda_lint.model.fix import Edit
from lambda_lint.model.location import Span

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lambda_lint.syntax.lines import Lines


class ArgumentEdits:
    """Makes edits of the calls of one module. Where there can be none, the answer is a text that says why."""

    def __init__(self, lines: Lines, spans: Mapping[cst.CSTNode, Span], text: str) -> None:
        self._lines, self._spans, self._text = lines, spans, text

    def added(self, call: cst.Call, text: str) -> Edit | str:
        """One more argument, behind the others."""
        keyword = text.partition("=")[0].strip()
        if any(arg.star == "**" or (arg.keyword and arg.keyword.value == keyword) for arg in call.args):
            return f"the argument `{keyword}` may be there already"
        if not call.args:
            end = self._spans[call].end - 1
            return Edit(Span(end, end), text)
        last = call.args[-1]
        if isinstance(last.value, cst.GeneratorExp) and not last.value.lpar:
            return "a generator without parentheses must be the only argument"
        return self._after(last, text)

    def _after(self, last: cst.Arg, text: str) -> Edit:
        span = self._spans[last]
        has_comma = isinstance(last.comma, cst.Comma)
        if not self._lines.is_first(span.start):
            return Edit(Span(span.end, span.end), f", {text}")
        line_end = self._lines.end(span.end)
        comma = self._text.find(",", span.end, line_end) if has_comma else span.end
        if comma == -1 or self._lines.code_end(span.end) > comma + has_comma:
            # A comma on a later line, or a bracket on this one.
            return Edit(Span(span.end, span.end), f", {text}")
        new_line = f"\n{self._lines.indentation(span.start)}{text},"
        if has_comma:
            return Edit(Span(line_end, line_end), new_line)
        rest = self._text[span.end : line_end]
        return Edit(Span(span.end, line_end), f",{rest}{new_line}")

    def without(self, call: cst.Call, arg: cst.Arg) -> Edit | str:
        """The call without an argument."""
        index = next(number for number, each in enumerate(call.args) if each is arg)
        following = call.args[index + 1 :]
        if arg.keyword is None and any(each.keyword is None and each.star != "**" for each in following):
            return "the arguments behind it would move"
        span = self._spans[arg]
        end = self._end_with_comma(arg)
        if end is not None and self._lines.is_first(span.start) and self._lines.code_end(end) == end:
            return Edit(Span(self._lines.start(span.start), self._lines.next(end)), "")
        if following:
            return Edit(Span(span.start, self._spans[following[0]].start), "")
        if index:
            return Edit(Span(self._spans[call.args[index - 1]].end, span.end), "")
        if end is None:
            return "its comma is on another line"
        return Edit(Span(span.start, end), "")

    def _end_with_comma(self, arg: cst.Arg) -> int | None:
        """Where an argument ends with its comma, if it has one; None if that is on a later line."""
        end = self._spans[arg].end
        if not isinstance(arg.comma, cst.Comma):
            return end
        comma = self._text.find(",", end, self._lines.code_end(end))
        return None if comma == -1 else comma + 1
