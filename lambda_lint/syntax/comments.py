"""Comments that speak to lambda-lint: suppressions and handler marks, and the lines that each of them covers.

client = boto3.client("s3")  # lambda-lint: ignore[client-in-handler] created once per tenant
# lambda-lint: ignore-file[LL001, security] generated
# noqa: LL001
def main(event, context):  # lambda-lint: handler
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from lambda_lint.errors import SourceError
from lambda_lint.model.location import Location, Span
from lambda_lint.syntax import lexer

if TYPE_CHECKING:
    from collections.abc import Iterator

    import libcst as cst

    from lambda_lint.syntax.source import Source
    from lambda_lint.syntax.statements import Statements
    from lambda_lint.syntax.tree import Tree


class Kind(str, Enum):
    """What a directive does."""

    IGNORE = "ignore"
    IGNORE_FILE = "ignore-file"
    NOQA = "noqa"
    HANDLER = "handler"
    MALFORMED = "malformed"


@dataclass(frozen=True, slots=True)
class Named:
    """A rule's name or code, or a category, as a directive says it."""

    text: str
    location: Location


@dataclass(frozen=True, slots=True)
class Directive:
    """One directive. Lines and locations are those of the file, also for code in a template.

    It speaks of what stands on the lines from `first_line` to `last_line`, or begins in its `extents`;
    `ignore-file` of all.
    """

    kind: Kind
    location: Location
    """From its `#` to its end, the reason included."""
    first_line: int
    last_line: int
    names: tuple[Named, ...] = ()
    reason: str | None = None
    problem: str | None = None
    """What is wrong with a malformed directive: a message."""
    extents: tuple[Span, ...] = ()
    """Ranges of the file's text, instead of lines."""


_MENTION = re.compile(r"#\s*(?:lambda-lint\s*:|noqa\s*:)", re.IGNORECASE)
_START = re.compile(r"(?<!#)#+\s*(?:(?P<own>lambda-lint\s*:\s*)|noqa\s*:\s*(?=[A-Z]+[0-9]))", re.IGNORECASE)
_VERB = re.compile(r"(?P<verb>[\w-]*)(?:\s*\[(?P<names>[^\]#]*)(?P<closed>\])?)?")
_NAME = re.compile(r"[^\s,]+")
_CODES = re.compile(r"[A-Z]+[0-9]+(?!\w)(?:[,\s]+[A-Z]+[0-9]+(?!\w))*", re.IGNORECASE)
_REASON_END = re.compile(r"\s#\s")
_REASON_EDGES = " \t-:\N{EM DASH}\N{EN DASH}"


@dataclass(frozen=True, slots=True)
class Parsed:
    """A directive by its place in the text."""

    kind: Kind
    span: Span
    names: tuple[Span, ...] = ()
    reason: str | None = None
    problem: str | None = None


def may_direct(text: str) -> bool:
    """Whether a text may hold directives: a cheap test, without a tree."""
    return _MENTION.search(text) is not None


def directives(source: Source, tree: Tree | None) -> tuple[Directive, ...]:
    """The directives of Python code, in order. Without a tree each one covers only its own line."""
    parsed = _parse_all(source.text)
    if not parsed:
        return ()
    statements = _statements(source, tree)
    return tuple(_placed(directive, source, statements) for directive in parsed)


def marked_handlers(source: Source, tree: Tree) -> tuple[cst.FunctionDef, ...]:
    """The functions that a comment `# lambda-lint: handler` marks, in source order."""
    marks = [directive for directive in _parse_all(source.text) if directive.kind is Kind.HANDLER]
    if not marks:
        return ()
    statements = _statements(source, tree)
    functions = (statements.function_for(mark.span.start) for mark in marks)
    return tuple(dict.fromkeys(function for function in functions if function is not None))


def parsed_in(text: str, comment: Span) -> Iterator[Parsed]:
    """What a comment that begins with `#` says to us."""
    starts = list(_START.finditer(text, comment.start, comment.end))
    for index, start in enumerate(starts):
        end = starts[index + 1].start() if index + 1 < len(starts) else comment.end
        other = _REASON_END.search(text, start.end(), end)
        end = other.start() if other else end
        end -= len(text[start.end() : end]) - len(text[start.end() : end].rstrip())
        yield (_parse_own if start["own"] else _parse_noqa)(text, start, end)


def _statements(source: Source, tree: Tree | None) -> Statements:
    from lambda_lint.syntax.statements import Statements  # noqa: PLC0415 - it needs libcst

    try:
        return Statements(source, tree)
    except SourceError:
        # Where statements stand cannot be found: then a comment speaks of its own line, as without a tree.
        return Statements(source, None)


def _parse_all(text: str) -> list[Parsed]:
    if not may_direct(text):
        return []
    return [directive for comment in lexer.comments(text) for directive in parsed_in(text, comment)]


def _parse_own(text: str, start: re.Match[str], end: int) -> Parsed:
    verb = _VERB.match(text, start.end(), end)
    if verb is None:  # pragma: no cover - the pattern also matches nothing at all
        raise AssertionError
    span, word = Span(start.start(), end), verb["verb"].lower()
    reason = _reason(text, verb.end(), end)
    if word == Kind.HANDLER.value:
        return Parsed(Kind.HANDLER, span, reason=reason)
    if word not in (Kind.IGNORE.value, Kind.IGNORE_FILE.value):
        problem = (
            f"`{verb['verb']}` is no directive: there are `ignore[...]`, `ignore-file[...]` and `handler`"
        )
        return Parsed(Kind.MALFORMED, span, problem=problem)
    names = _spans(_NAME, text, verb.span("names")) if verb["closed"] else ()
    if not names:
        problem = f"`{word}` must name rules in brackets, such as `{word}[client-in-handler]`"
        return Parsed(Kind.MALFORMED, span, problem=problem)
    return Parsed(Kind(word), span, names, reason)


def _parse_noqa(text: str, start: re.Match[str], end: int) -> Parsed:
    codes = _CODES.match(text, start.end(), end)
    after = codes.end() if codes else start.end()
    names = _spans(_NAME, text, (start.end(), after))
    return Parsed(Kind.NOQA, Span(start.start(), end), names, _reason(text, after, end))


def _spans(pattern: re.Pattern[str], text: str, within: tuple[int, int]) -> tuple[Span, ...]:
    return tuple(Span(*match.span()) for match in pattern.finditer(text, *within))


def _reason(text: str, start: int, end: int) -> str | None:
    return text[start:end].strip(_REASON_EDGES) or None


def _placed(parsed: Parsed, source: Source, statements: Statements) -> Directive:
    offset = parsed.span.start
    first, last = statements.lines_for(offset)
    problem = parsed.problem
    if parsed.kind is Kind.IGNORE_FILE and offset > statements.first_statement:
        problem = "`ignore-file` must stand before the first statement"
    elif parsed.kind is Kind.HANDLER and statements.function_for(offset) is None:
        problem = "`handler` marks a function, and here is none"
    return directive_of(parsed, source, (_file_line(source, first), _file_line(source, last)), problem)


def directive_of(parsed: Parsed, source: Source, lines: tuple[int, int], problem: str | None) -> Directive:
    """What was parsed, with the lines of which it speaks, and what is wrong with it."""
    names = tuple(Named(source.text[span.start : span.end], source.location(span)) for span in parsed.names)
    kind = Kind.MALFORMED if problem else parsed.kind
    return Directive(kind, source.location(parsed.span), *lines, names, parsed.reason, problem)


def _file_line(source: Source, line: int) -> int:
    start = source.line_starts[line - 1]
    return source.location(Span(start, start)).start.line
