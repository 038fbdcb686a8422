"""Code that stands in a CDK program, as a text or in parts."""

from __future__ import annotations

import inspect
import textwrap
from typing import TYPE_CHECKING

from lambda_lint.deployment import made_values
from lambda_lint.deployment.cdk_expressions import Call, Items, Joined, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lambda_lint.deployment.cdk_expressions import Expression
    from lambda_lint.deployment.cdk_program import Program
    from lambda_lint.deployment.document import Value

MAX_DEPTH = 80
_CHANGING = frozenset(
    {"decode", "lstrip", "replace", "replaceAll", "rstrip", "strip", "toString", "trim"},
)
"""Methods after which what was read is still, but for little, what stands in the file."""
_CHANGES = {
    "inspect.cleandoc": inspect.cleandoc,
    "textwrap.dedent": textwrap.dedent,
}
_METHODS = {"lstrip": str.lstrip, "rstrip": str.rstrip, "strip": str.strip, "trim": str.strip}


def code_text(program: Program, code: Expression) -> Value:
    """The code as a value; what is put into it is not known."""
    meant = program.meant(code)
    if isinstance(meant, Call) and meant.function.rpartition(".")[2] == "join" and meant.receiver is not None:
        return _lines(program, meant)
    parts = [_value(program, part) for part in _parts(program, meant, 0)]
    return parts[0] if len(parts) == 1 else made_values.joined(meant.span, parts)


def _lines(program: Program, join: Call) -> Value:
    """What joins lines: a method of the text between them, or in TypeScript of the list."""
    ends = [program.meant(each) for each in (join.receiver, *join.arguments) if each is not None]
    delimiter = next((each.text for each in ends if isinstance(each, Literal)), None)
    items = next((each.items for each in ends if isinstance(each, Items)), None)
    if delimiter is None or items is None:
        return made_values.unknown(join.span)
    return made_values.joined(join.span, [_value(program, item) for item in items], delimiter)


def _value(program: Program, part: Expression) -> Value:
    literal = _literal(program, part, 0)
    return made_values.unknown(part.span) if literal is None else made_values.quoted(*literal)


def _parts(program: Program, code: Expression, depth: int) -> Iterator[Expression]:
    """Yield the parts of a text."""
    meant = program.meant(code)
    if isinstance(meant, Joined) and not meant.is_path and depth < MAX_DEPTH:
        for part in meant.parts:
            yield from _parts(program, part, depth + 1)
    else:
        yield meant


def _literal(program: Program, code: Expression, depth: int) -> Literal | None:
    """The text that an expression comes to, and where it stands before it is changed."""
    meant = program.meant(code)
    if isinstance(meant, Call) and depth < MAX_DEPTH:
        change = _CHANGES.get(program.called(meant))
        origin: Expression | None = meant.arguments[0] if change and len(meant.arguments) == 1 else None
        if change is None and not meant.arguments:
            change, origin = _METHODS.get(meant.function.rpartition(".")[2]), meant.receiver
        if change is not None and origin is not None:
            inner = _literal(program, origin, depth + 1)
            return None if inner is None else Literal(inner.span, change(inner.text))
    text = program.text(meant)
    return None if text is None else Literal(meant.span, text)


def file_read(program: Program, expression: Expression) -> str | None:
    """The path of the file whose content an expression is."""
    content = program.meant(expression)
    for _ in range(MAX_DEPTH):
        if not isinstance(content, Call):
            return None
        method = content.function.rpartition(".")[2]
        if content.receiver is not None and method in _CHANGING:
            content = program.meant(content.receiver)
        elif program.called(content) == "textwrap.dedent" and content.arguments:
            content = program.meant(content.arguments[0])
        else:
            break
    else:
        return None
    if method == "read" and content.receiver is not None:
        opened = program.meant(content.receiver)
        return _first(program, opened) if isinstance(opened, Call) and opened.function == "open" else None
    if method == "read_text" and content.receiver is not None:
        return program.text(content.receiver)
    return _first(program, content) if method == "readFileSync" else None


def _first(program: Program, call: Call) -> str | None:
    return program.text(call.arguments[0]) if call.arguments else None
