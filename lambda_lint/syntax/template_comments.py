"""Comments of templates that speak to lambda-lint, and the lines that each of them covers.

A comment at the end of a line speaks of that line, and one on a line of its own of the next line that holds
more than comments. It speaks of no more than that: what covers a whole resource is not written as a comment.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, NamedTuple

from lambda_lint.model.location import Span
from lambda_lint.syntax.comments import Directive, Kind, Parsed, directive_of, parsed_in
from lambda_lint.syntax.source import LINE_END, Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_MENTION = re.compile(r"lambda-lint\s*:|noqa\s*:", re.IGNORECASE)
_NUMBER_SIGN = re.compile(r"(?<![^\s])#[^\r\n]*")
_LIST_ENDINGS = (".in", ".lock", ".toml", ".txt", "Pipfile")
"""Lists of requirements, whose comments are told by their sign alone."""
_LINE = re.compile(r"[^\r\n]+")
_BLOCK_LINE = re.compile(r"(?:/\*)?[ \t*]*(?=lambda-lint\s*:|noqa\s*:)", re.IGNORECASE)


class Language(NamedTuple):
    """How code of a language hides what looks like a comment, and how it writes one."""

    mark: str
    """Begins a comment that ends with the line."""
    outside: re.Pattern[str]
    inside: dict[str, re.Pattern[str]]
    """What matters within texts, by the quote that opens one."""


_BLOCK = r"/\*.*?(?:\*/|\Z)"
_BRACES = r"(?P<opening>\{)|(?P<closing>\})"

HCL = Language(
    "#",
    re.compile(
        rf"""(?P<comment>(?:\#|//)[^\r\n]*|{_BLOCK})|{_BRACES}|(?P<quote>")"""
        r"""|<<-?[ \t]*(?P<heredoc>[^\W\d][\w-]*)[ \t]*\r?\n""",
        re.DOTALL,
    ),
    {'"': re.compile(r'\\.|\$\$\{|%%\{|(?P<opening>[$%]\{)|(?P<closing>"|\r|\n)', re.DOTALL)},
)
TYPESCRIPT = Language(
    "//",
    re.compile(rf"""(?P<comment>//[^\r\n]*|{_BLOCK})|{_BRACES}|(?P<quote>["'`])""", re.DOTALL),
    {
        '"': re.compile(r'\\.|(?P<closing>"|\r|\n)', re.DOTALL),
        "'": re.compile(r"\\.|(?P<closing>'|\r|\n)", re.DOTALL),
        "`": re.compile(r"\\.|(?P<opening>\$\{)|(?P<closing>`)", re.DOTALL),
    },
)
_LANGUAGES = {".tf": HCL, ".ts": TYPESCRIPT}


def language_of(path: str) -> Language | None:
    """The language of a template that is not YAML."""
    return _LANGUAGES.get(path[-3:])


def template_directives(path: str, text: str) -> tuple[Directive, ...]:
    """The directives in the comments of a template.

    Comments in code that a template holds as a text are not among them: they are that code's own.
    """
    if _MENTION.search(text) is None:
        return ()
    language = language_of(path)
    comments = _all_comments(path, text, language)
    written = text if language is None else _with_number_signs(text, comments)
    source = Source(path, text)
    lines = [line for comment in comments for line in _lines(written, comment)]
    parsed = [directive for line in lines for directive in parsed_in(written, line)]
    if not parsed:
        return ()
    blank = _without(text, comments)
    content = [number for number, line in enumerate(LINE_END.split(blank), 1) if line.strip(" \t-")]
    return tuple(_placed(directive, source, content) for directive in parsed)


def _all_comments(path: str, text: str, language: Language | None) -> list[Span]:
    if language is not None:
        return list(_comments(text, language))
    if path.endswith(_LIST_ENDINGS):
        return [Span(*match.span()) for match in _NUMBER_SIGN.finditer(text)]
    return _yaml_comments(text)


def _placed(parsed: Parsed, source: Source, content: list[int]) -> Directive:
    """`content` are the numbers of the lines that hold more than comments, and than the dashes of YAML."""
    first = source.line_of(parsed.span.start)
    following = bisect_left(content, first)
    last = content[following] if following < len(content) else first
    problem = parsed.problem
    if parsed.kind is Kind.IGNORE_FILE and following:
        problem = "`ignore-file` must stand before the first line that is no comment"
    elif parsed.kind is Kind.HANDLER:
        problem = "`handler` marks a Python function, and this is a template"
    return directive_of(parsed, source, (first, last), problem)


def _lines(text: str, comment: Span) -> Iterator[Span]:
    for match in _LINE.finditer(text, comment.start, comment.end):
        yield Span(*match.span())


def _without(text: str, comments: Iterable[Span]) -> str:
    """The text with its comments blanked."""
    parts, done = [], 0
    for comment in comments:
        parts += [text[done : comment.start], re.sub(r"[^\r\n]", " ", text[comment.start : comment.end])]
        done = comment.end
    return "".join([*parts, text[done:]])


def _with_number_signs(text: str, comments: Iterable[Span]) -> str:
    """The text with its comments, or lines of them, written as in Python, at the same offsets."""
    parts, done = [], 0
    for comment in comments:
        parts += [text[done : comment.start], _python_comment(text[comment.start : comment.end])]
        done = comment.end
    return "".join([*parts, text[done:]])


def _python_comment(comment: str) -> str:
    if comment.startswith("//"):
        return f"##{comment[2:]}"
    if not comment.startswith("/*"):
        return comment
    body = f"{comment[:-2]}  " if comment.endswith("*/") else comment
    return _LINE.sub(_python_line, body)


def _python_line(match: re.Match[str]) -> str:
    """A line of a block comment; the sign takes the place of what stands before a directive."""
    line = match[0]
    lead = _BLOCK_LINE.match(line)
    return f"{' ' * (lead.end() - 1)}#{line[lead.end() :]}" if lead and lead.end() else line


def _comments(text: str, language: Language) -> Iterator[Span]:
    """The comments of code: what stands in a text is none, unless code is interpolated there."""
    opened: list[str] = []
    """The quotes and braces around."""
    position = 0
    while True:
        around = opened[-1] if opened else "{"
        pattern = language.inside.get(around, language.outside)
        match = pattern.search(text, position)
        if match is None:
            return
        position = match.end()
        kind = match.lastgroup
        if kind == "comment":
            yield Span(*match.span())
        elif kind == "quote":
            opened.append(match[0])
        elif kind == "opening":
            opened.append("{")
        elif kind == "closing" and opened:
            opened.pop()
        elif kind == "heredoc":
            end = re.compile(rf"^[ \t]*{match[kind]}\b", re.MULTILINE).search(text, position)
            position = len(text) if end is None else end.end()


def _yaml_comments(text: str) -> list[Span]:
    import yaml  # noqa: PLC0415 - only for the few templates with directives

    try:
        scanned = list(yaml.scan(text, Loader=yaml.SafeLoader))
    except yaml.YAMLError:
        return []
    scalars = [
        (token.start_mark.index, token.end_mark.index)
        for token in scanned
        if isinstance(token, yaml.ScalarToken)
    ]
    starts = [start for start, _ in scalars]
    found = []
    for match in _NUMBER_SIGN.finditer(text):
        index = bisect_right(starts, match.start()) - 1
        if index < 0 or scalars[index][1] <= match.start():
            found.append(Span(*match.span()))
    return found
