"""What a program says that makes a CDK stack: calls, and what names stand for; the same for each language."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable

    from lambda_lint.model.location import Span

MODULE = 0
"""The scope of a file."""
MAX_STEPS = 200_000
"""How often one may ask of one file what an expression stands for; then nothing is known any more."""
_DEPTH = 40
_CHANGING = frozenset(
    {"decode", "lstrip", "replace", "replaceAll", "rstrip", "strip", "toString", "trim"},
)
"""Methods after which what was read is still, but for little, what stands in the file."""
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


class Opaque(NamedTuple):
    """Something that is not looked into."""

    span: Span


class Literal(NamedTuple):
    """A text; a number, true or false as they are written."""

    span: Span
    text: str


class Name(NamedTuple):
    """A name with attributes: `self.queue`, `Runtime.PYTHON_3_13`."""

    span: Span
    dotted: str
    scope: int


class Joined(NamedTuple):
    """A text in parts, or parts of a path."""

    span: Span
    parts: tuple[Expression, ...]
    is_path: bool = False


class Items(NamedTuple):
    span: Span
    items: tuple[Expression, ...]


class Pairs(NamedTuple):
    span: Span
    entries: tuple[tuple[str, Span, Expression], ...]
    is_complete: bool = True


class Call(NamedTuple):
    """`function(…)` or `new Class(…)`; what TypeScript gives as an object of properties is in `named`."""

    span: Span
    function: str
    """Dotted; after another call only what follows it, with a dot before: `.parent`."""
    receiver: Expression | None
    """What a method is called on."""
    arguments: tuple[Expression, ...]
    named: dict[str, tuple[Span, Expression]]
    """By names in Python's writing."""
    scope: int
    is_complete: bool = True
    """False if there may be more arguments, as in `*options`."""
    spread: tuple[Expression, ...] = ()
    """What further named arguments are taken from, as in `**options`."""


Expression: TypeAlias = "Call | Items | Joined | Literal | Name | Opaque | Pairs"


@dataclass(slots=True)
class Program:
    """One file."""

    path: str
    """Relative to the folder that the CDK is run in."""
    calls: list[Call] = field(default_factory=list)
    imports: dict[str, str] = field(default_factory=dict)
    """What imported names stand for, such as `aws_lambda.Function`."""
    parents: dict[int, int] = field(default_factory=dict)
    """The scope around each scope."""
    assigned: dict[tuple[int, str], list[Expression]] = field(default_factory=dict)
    """What is assigned to a name, or to an attribute of the instance, in a scope."""
    elsewhere: Callable[[Name], Expression | None] | None = None
    """Tells what a name stands for that the file imports."""
    _steps: int = 0

    def called(self, call: Call) -> str:
        """What a call calls, by the name that the CDK has for it, such as `aws_lambda.Function`."""
        return self.known_as(Name(call.span, call.function, call.scope))

    def known_as(self, name: Name) -> str:
        """A name as the CDK has it, also if what begins it is called otherwise by an assignment."""
        head, _, rest = name.dotted.partition(".")
        meant = self.meant(name._replace(dotted=head))
        head = meant.dotted if isinstance(meant, Name) else head
        head, _, more = head.partition(".")
        rest = ".".join(part for part in (more, rest) if part)
        known = self.imports.get(head, head)
        return (f"{known}.{rest}" if rest else known).removeprefix("aws_cdk.")

    def meant(self, expression: Expression) -> Expression:
        """What a name stands for, if that is one thing."""
        self._steps += 1
        if self._steps > MAX_STEPS:
            return Opaque(expression.span)
        for _ in range(_DEPTH):
            if not isinstance(expression, Name):
                break
            values = self._values(expression)
            if len(values) != 1:
                break
            expression = values[0]
        return expression

    def whole(self, call: Call) -> Call:
        """A call with the named arguments that it takes from elsewhere in the file."""
        if not call.spread:
            return call
        found: dict[str, tuple[Span, Expression]] = {}
        is_complete = call.is_complete
        for options in map(self.meant, call.spread):
            if isinstance(options, Pairs):
                found.update((snake(name), (span, value)) for name, span, value in options.entries)
            is_complete = is_complete and isinstance(options, Pairs) and options.is_complete
        return call._replace(named={**found, **call.named}, is_complete=is_complete, spread=())

    def _values(self, name: Name) -> list[Expression]:
        if name.dotted.startswith(("self.", "this.")):
            return self.assigned.get((MODULE, name.dotted), [])
        scope: int | None = name.scope
        while scope is not None:
            if (scope, name.dotted) in self.assigned:
                return self.assigned[scope, name.dotted]
            scope = self.parents.get(scope)
        found = self.elsewhere(name) if self.elsewhere is not None else None
        return [] if found is None else [found]

    def text(self, expression: Expression, depth: int = 0) -> str | None:
        """The text, or path, that an expression comes to; None if that is not known."""
        if depth > _DEPTH:
            return None
        match self.meant(expression):
            case Literal(text=text):
                return text
            case Name(dotted="__file__"):
                return self.path
            case Name(dotted="__dirname"):
                return above(self.path)
            case Name(dotted=dotted) if dotted.endswith(".parent"):
                return self._above(dotted.removesuffix(".parent"), expression, depth)
            case Joined(parts=parts, is_path=is_path):
                return self._together([self.text(part, depth + 1) for part in parts], is_path)
            case Call() as call:
                return self._path(call, depth)
        return None

    def file_read(self, expression: Expression) -> str | None:
        """The path of the file whose content an expression is."""
        content = self.meant(expression)
        for _ in range(_DEPTH):
            if not isinstance(content, Call):
                return None
            method = content.function.rpartition(".")[2]
            if content.receiver is not None and method in _CHANGING:
                content = self.meant(content.receiver)
            elif self.called(content) == "textwrap.dedent" and content.arguments:
                content = self.meant(content.arguments[0])
            else:
                break
        else:
            return None
        if method == "read" and content.receiver is not None:
            opened = self.meant(content.receiver)
            return self._first(opened) if isinstance(opened, Call) and opened.function == "open" else None
        if method == "read_text" and content.receiver is not None:
            return self.text(content.receiver)
        return self._first(content) if method == "readFileSync" else None

    def _first(self, call: Call) -> str | None:
        return self.text(call.arguments[0]) if call.arguments else None

    def _above(self, dotted: str, expression: Expression, depth: int) -> str | None:
        scope = expression.scope if isinstance(expression, Name) else MODULE
        below = self.text(Name(expression.span, dotted, scope), depth + 1)
        return None if below is None else above(below)

    def _together(self, parts: list[str | None], is_path: bool) -> str | None:
        known = [part for part in parts if part is not None]
        if len(known) < len(parts):
            return None
        return posixpath.normpath(posixpath.join("", *known)) if is_path else "".join(known)

    def _path(self, call: Call, depth: int) -> str | None:
        name = self.called(call)
        method = call.function.rpartition(".")[2]
        if name in {"os.getcwd", "process.cwd", "pathlib.Path.cwd"}:
            return "."
        given = [self.text(argument, depth + 1) for argument in call.arguments]
        if name in {"os.path.join", "path.join", "path.resolve"}:
            return self._together(given, is_path=True)
        if name in {"pathlib.Path", "pathlib.PurePath"}:
            return self._together(given, is_path=True)
        if name in {"os.path.abspath", "os.path.realpath", "os.path.normpath", "str", "os.fspath"}:
            return given[0] if given else None
        if name in {"os.path.dirname", "path.dirname"}:
            return above(given[0]) if given and given[0] is not None else None
        if call.receiver is None:
            return None
        origin = self.text(call.receiver, depth + 1)
        if origin is None:
            return None
        if method in {"resolve", "absolute", "as_posix"} and not given:
            return origin
        if method == "parent":
            return above(origin)
        if method == "parents" and given and given[0] is not None and given[0].isdecimal():
            return posixpath.normpath(posixpath.join(origin, *[".."] * (int(given[0][:2]) + 1)))
        return self._together([origin, *given], is_path=True) if method == "joinpath" else None


def snake(name: str) -> str:
    """The name of a property as Python writes it."""
    return _HUMP.sub("_", name).lower()


def above(path: str) -> str:
    """The folder above a path, which may be above the folder that paths are relative to."""
    path = posixpath.normpath(path)
    is_outside = path == "." or posixpath.basename(path) == ".."
    return posixpath.join(path, "..").removeprefix("./") if is_outside else posixpath.dirname(path) or "."
