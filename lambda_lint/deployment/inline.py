"""Code written in a template, with the template offset of each of its lines where that is exact."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lambda_lint.deployment.document import Scalar, Sequence, Value
from lambda_lint.deployment.function import STAND_IN, InlineCode, Place
from lambda_lint.deployment.intrinsics import PLACEHOLDER, call_of
from lambda_lint.deployment.made_values import QUOTES

_BLOCK_OPENING = re.compile(r"(?:[!&]\S*\s+)*\|[^\r\n]*(?:\r\n|[\r\n]|\Z)")
_FLOW_OPENING = re.compile(r"(?:[!&]\S*\s+)*[\"']?")
_QUOTES = re.compile(r"""[A-Za-z]{0,2}(?:\"{3}|'{3}|["'`])(?:\\(?:\r\n|[\r\n]))?""")
_BLANK_LINES = re.compile(r"(?:[ \t]*\\?(?:\r\n|[\r\n]))*")
_SPACES = re.compile(r"[ \t]*")
_LINE_END = re.compile(r"\r\n|[\r\n\x85]|\Z")


@dataclass(frozen=True, slots=True)
class _Piece:
    """A part of the code; the fields are as in `InlineCode`."""

    text: str
    line_starts: tuple[int, ...] | None = None


def inline_code(template: str, value: Value, place: Place) -> InlineCode | None:
    """The code that `value` comes to; None if it is not known enough to be read."""
    match call_of(value):
        case ("Fn::Join", Sequence(items=(Scalar(plain=str(delimiter)), Sequence(items=items)))):
            pieces = [_piece(template, item) or _unknown(item) for item in items]
            piece: _Piece | None = _joined(delimiter, pieces)
        case _:
            piece = _piece(template, value)
    return InlineCode(piece.text, place, piece.line_starts) if piece else None


def _piece(template: str, value: Value) -> _Piece | None:
    match call_of(value):
        case None if isinstance(value, Scalar) and value.text is not None:
            return _Piece(value.text, _line_starts(template, value))
        case ("Fn::Sub", Scalar(text=str(text)) as scalar):
            pass
        case ("Fn::Sub", Sequence(items=(Scalar(plain=str(text)) as scalar, *_))):
            pass
        case _:
            return None
    return _Piece(PLACEHOLDER.sub(_stand_in, text), _line_starts(template, scalar))


def _stand_in(placeholder: re.Match[str]) -> str:
    """Something of the same length that Python reads in the same way wherever it stands."""
    name = placeholder[1]
    # `${!name}` loses its `!` and is `${name}` then, perhaps in an f-string.
    return f"${{ {name[1:]}}}" if name.startswith("!") else _identifier(name)


def _identifier(name: str) -> str:
    return STAND_IN + "_" + re.sub(r"[^A-Za-z0-9_]", "_", name) + "_"


def _unknown(value: Value) -> _Piece:
    _, argument = call_of(value) or ("", value)
    return _Piece(_identifier(argument.text or "") if isinstance(argument, Scalar) else _identifier("value"))


def _joined(delimiter: str, pieces: list[_Piece]) -> _Piece:
    starts = [start for piece in pieces for start in piece.line_starts or ()]
    is_mapped = delimiter == "\n" and all(piece.line_starts for piece in pieces)
    text = delimiter.join(piece.text for piece in pieces)
    return _Piece(text, tuple(starts) if is_mapped else None)


def _line_starts(template: str, scalar: Scalar) -> tuple[int, ...] | None:
    text = scalar.text or ""
    if scalar.style == QUOTES:
        return _quoted_line_starts(template, scalar.span.start, text)
    if scalar.style == "|":
        block = _BLOCK_OPENING.match(template, scalar.span.start)
        return block and _block_line_starts(template, block.end(), text)
    opening = _FLOW_OPENING.match(template, scalar.span.start)
    if opening is None or scalar.style == ">" or "\n" in text or not template.startswith(text, opening.end()):
        return None
    return (opening.end(),)


def _quoted_line_starts(template: str, start: int, text: str) -> tuple[int, ...] | None:
    """Match the lines of `text` with those of a literal, of which indentation may have been taken away."""
    opening = _QUOTES.match(template, start)
    if opening is None:
        return None
    position = opening.end()
    if not text.startswith("\n") and (blank := _BLANK_LINES.match(template, position)):
        position = blank.end()
    starts: list[int] = []
    for line in text.split("\n"):
        before = _SPACES.match(template, position)
        own = _SPACES.match(line)
        skipped = len(before[0]) - len(own[0]) if before and own else 0
        starts.append(position + max(skipped, 0))
        if not template.startswith(line, starts[-1]):
            return None
        end = _LINE_END.match(template, starts[-1] + len(line))
        # Only after the last line is there none.
        position = end.end() if end else len(template)
    return tuple(starts)


def _block_line_starts(template: str, start: int, text: str) -> tuple[int, ...] | None:
    """Match the lines of `text`, which have lost their indentation, with those that begin at `start`."""
    if "\u2028" in text or "\u2029" in text:
        # YAML takes the indentation away after these too, in the midst of what is a line for Python.
        return None
    starts: list[int] = []
    lines = text.split("\n")
    for line, end in zip(lines, _LINE_END.finditer(template, start), strict=False):
        starts.append(end.start() - len(line))
    is_exact = len(starts) == len(lines) and all(map(template.startswith, lines, starts))
    return tuple(starts) if is_exact else None
