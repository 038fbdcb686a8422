"""Bytes to text, and offsets in the text to lines and columns.

The text is what the bytes decode to and nothing else: line ends, form feeds and tabs stay as they are, so
that an offset names the same character in the file. Only a byte order mark is taken off and remembered.
"""

from __future__ import annotations

import re
import warnings
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property, lru_cache

from lambda_lint.errors import SourceError
from lambda_lint.model.location import Location, Position, Span

KEPT_TEXTS = 8
"""Texts of which is kept where their lines begin: a template is in a part for each of its functions."""
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
LINE_END = re.compile(r"\r\n|\r|\n")
_BYTES_LINE_END = re.compile(rb"\r\n|\r|\n")
_COOKIE = re.compile(rb"^[ \t\f]*#[^\r\n]*?coding[:=][ \t]*([-\w.]+)")
_BLANK = re.compile(rb"^[ \t\f]*(?:#[^\r\n]*)?$")


@dataclass(frozen=True, slots=True)
class Host:
    """The template in which a piece of code stands."""

    text: str
    line_starts: tuple[int, ...] | None
    """The template's offset for the start of each line of the code; None when lines do not map."""
    anchor: Span
    """Where the code stands as a whole."""


# No slots: the line table is computed once, and only for a file in which something is reported.
@dataclass(frozen=True, eq=False)
class Source:
    """A decoded file, or a piece of code in one."""

    path: str
    """What the user sees."""
    text: str
    encoding: str = "utf-8"
    has_bom: bool = False
    host: Host | None = None

    @classmethod
    def from_bytes(cls, path: str, data: bytes) -> Source:
        """Decode as Python would: byte order mark, PEP 263 cookie, UTF-8."""
        has_bom = data.startswith(BYTE_ORDER_MARK)
        if has_bom:
            data = data[len(BYTE_ORDER_MARK) :]
        declared = _declared_encoding(data)
        if has_bom and declared not in (None, "utf-8"):
            message = f"the file starts with a UTF-8 byte order mark but declares the encoding `{declared}`"
            raise SourceError(message)
        encoding = declared or "utf-8"
        return cls(path, _decode(data, encoding), encoding, has_bom)

    @classmethod
    def embedded(
        cls, path: str, host_text: str, code: str, line_starts: tuple[int, ...] | None, anchor: Span
    ) -> Source:
        """Code written in a template: `location` then speaks of the template."""
        return cls(path, code, host=Host(host_text, line_starts, anchor))

    @property
    def file_text(self) -> str:
        """The text of the whole file at `path`, to which the spans of `location` belong."""
        return self.host.text if self.host else self.text

    @cached_property
    def line_starts(self) -> tuple[int, ...]:
        r"""The offset of each line's first character; a line ends at `\n`, `\r\n` or `\r` only."""
        return line_starts(self.text)

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """The lines without their ends; after a final line end stands one more, empty line."""
        return tuple(LINE_END.split(self.text))

    def line_of(self, offset: int) -> int:
        """The number of the line that holds `offset`, from 1, in the source's own text."""
        return bisect_right(self.line_starts, offset)

    def position(self, offset: int) -> Position:
        """Line and columns of an offset in the source's own text."""
        return _position(self.text, self.line_starts, offset)

    def offset(self, line: int, column: int) -> int:
        """The offset of a line and a column, both from 1; what lies outside is brought inside."""
        if line > len(self.line_starts):
            return len(self.text)
        start = self.line_starts[max(line, 1) - 1]
        end = start + len(self.lines[max(line, 1) - 1])
        return min(start + max(column, 1) - 1, end)

    def location(self, span: Span) -> Location:
        """The place in the file: for code in a template, in the template."""
        if self.host is None:
            return Location(self.path, span, self.position(span.start), self.position(span.end))
        text, starts, placed = self.host.text, self._host_line_starts, self._in_host(span)
        return Location(
            self.path, placed, _position(text, starts, placed.start), _position(text, starts, placed.end)
        )

    @cached_property
    def _host_line_starts(self) -> tuple[int, ...]:
        return line_starts(self.file_text)

    def _in_host(self, span: Span) -> Span:
        host = self.host
        if host is None or not host.line_starts:
            anchor = host.anchor if host else span
            first_line_end = LINE_END.search(self.file_text, anchor.start, anchor.end)
            return Span(anchor.start, first_line_end.start() if first_line_end else anchor.end)
        start = self._host_offset(host, host.line_starts, span.start)
        return Span(start, max(start, self._host_offset(host, host.line_starts, span.end)))

    def _host_offset(self, host: Host, mapped: tuple[int, ...], offset: int) -> int:
        line = self.line_of(offset) - 1
        column = offset - self.line_starts[line]
        if line >= len(mapped):
            # The position after the last line end: it has no line of its own in the template.
            line, column = len(mapped) - 1, len(self.lines[len(mapped) - 1])
        return min(mapped[line] + column, len(host.text))


@lru_cache(maxsize=KEPT_TEXTS)
def line_starts(text: str) -> tuple[int, ...]:
    """The offset of each line's first character."""
    return (0, *(match.end() for match in LINE_END.finditer(text)))


def location(path: str, text: str, span: Span) -> Location:
    """The place of a span in any text, such as a template's."""
    return Source(path, text).location(span)


def _position(text: str, starts: tuple[int, ...], offset: int) -> Position:
    line = bisect_right(starts, offset)
    before = text[starts[line - 1] : offset]
    wide = 0 if before.isascii() else sum(character > "\uffff" for character in before)
    return Position(line, len(before) + 1, len(before) + wide + 1)


def _declared_encoding(data: bytes) -> str | None:
    """The encoding named in the first or second line, normalized as CPython does it."""
    start = 0
    for _ in range(2):
        line_end = _BYTES_LINE_END.search(data, start)
        line = data[start : line_end.start()] if line_end else data[start:]
        cookie = _COOKIE.match(line)
        if cookie:
            return _normalized(cookie[1].decode("ascii"))
        if line_end is None or not _BLANK.match(line):
            return None
        start = line_end.end()
    return None


def _normalized(name: str) -> str:
    plain = name[:12].lower().replace("_", "-")
    if plain == "utf-8" or plain.startswith("utf-8-"):
        return "utf-8"
    if plain in ("latin-1", "iso-8859-1", "iso-latin-1") or plain.startswith(
        ("latin-1-", "iso-8859-1-", "iso-latin-1-")
    ):
        return "iso-8859-1"
    return name


def _decode(data: bytes, encoding: str) -> str:
    try:
        with warnings.catch_warnings():
            # The codec `unicode_escape` warns of escapes that it does not know.
            warnings.simplefilter("ignore")
            return data.decode(encoding)
    except LookupError as error:
        # Raised both for unknown names and for codecs such as `rot13` that do not make text of bytes.
        raise SourceError(f"unknown encoding `{encoding}`") from error
    except UnicodeDecodeError as error:
        line = len(_BYTES_LINE_END.findall(data, 0, error.start)) + 1
        byte = data[error.start] if error.start < len(data) else 0
        raise SourceError(f"line {line} is not `{encoding}`: byte 0x{byte:02x}") from error
    except (UnicodeError, ValueError) as error:
        raise SourceError(f"the file is not `{encoding}`") from error
