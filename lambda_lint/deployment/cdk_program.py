"""What a program says that makes a CDK stack: calls, and what names stand for; the same for each language."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lambda_lint.deployment.cdk_expressions import (
    ITEM,
    MODULE,
    Call,
    Items,
    Joined,
    Literal,
    Name,
    Opaque,
    Pairs,
    snake,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from lambda_lint.deployment.cdk_expressions import Expression
    from lambda_lint.model.location import Span

MAX_STEPS = 200_000
"""How often one may ask of one file what an expression stands for; then nothing is known any more."""
MAX_TEXT = 100_000
"""Characters of a text that is put together; more is not known. Thirty lines could make gigabytes."""
_DEPTH = 40


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
    results: dict[tuple[Span, int], Expression] = field(default_factory=dict)
    """What calls of the file's own functions return, by their keys."""
    copies: set[int] = field(default_factory=set)
    """The scopes of what is read where it is called, or for each item of a list."""
    changed: dict[str, set[int]] = field(default_factory=dict)
    """Mappings that are not what they were when they were made: names, and the scopes that change them."""
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
            following = self._next(expression)
            if following is None:
                break
            expression = following
        return expression

    def _next(self, expression: Expression) -> Expression | None:
        """What an expression stands for, a step further."""
        if isinstance(expression, Name):
            values = self._values(expression)
            return values[0] if len(values) == 1 else None
        if not isinstance(expression, Call):
            return None
        if expression.key in self.results:
            return self.results[expression.key]
        is_item = expression.function == ITEM or expression.function.endswith(".get")
        return self._item(expression) if is_item and expression.arguments else None

    def _item(self, call: Call) -> Expression | None:
        """What stands in a mapping or a list under a name or a number."""
        if call.receiver is None or self._is_changed(call.receiver):
            return None
        held, key = self.meant(call.receiver), self.meant(call.arguments[0])
        if not isinstance(key, Literal):
            return None
        if isinstance(held, Pairs):
            default = call.arguments[1] if len(call.arguments) > 1 else None
            found = (value for name, _, value in reversed(held.entries) if name == key.text)
            return next(found, default) if held.is_complete else None
        is_there = isinstance(held, Items) and key.text.isdecimal() and int(key.text) < len(held.items)
        return held.items[int(key.text)] if isinstance(held, Items) and is_there else None

    def items(self, expression: Expression) -> tuple[Expression, ...] | None:
        """What a loop goes through: a list, or the entries of a mapping."""
        meant = self.meant(expression)
        if isinstance(meant, Items):
            return meant.items
        method = meant.function.rpartition(".")[2] if isinstance(meant, Call) else ""
        is_call = isinstance(meant, Call) and method in {"items", "values"} and meant.receiver is not None
        origin = meant.receiver if isinstance(meant, Call) and is_call else expression
        held = None if origin is None or self._is_changed(origin) else self.meant(origin)
        if not isinstance(held, Pairs) or not held.is_complete:
            return None
        if method == "values":
            return tuple(value for _, _, value in held.entries)
        names = [Literal(place, name) for name, place, _ in held.entries]
        if method != "items":
            return tuple(names)
        values = (value for _, _, value in held.entries)
        return tuple(Items(name.span, (name, value)) for name, value in zip(names, values, strict=True))

    def said(self, name: Expression) -> Literal | None:
        """A text as it is written in its place, or given there to what is read for that."""
        around = name.scope if isinstance(name, (Call, Name)) else None
        while around is not None and around not in self.copies:
            around = self.parents.get(around)
        meant = name if around is None else self.meant(name)
        return meant if isinstance(meant, Literal) else None

    def _is_changed(self, expression: Expression) -> bool:
        """Whether what a name stands for may have been changed since."""
        if not isinstance(expression, Name):
            return False
        scopes = self.changed.get(expression.dotted, set())
        home = self._home(expression.dotted, expression.scope)
        return any(self._home(expression.dotted, scope) == home for scope in scopes)

    def _home(self, dotted: str, scope: int) -> int | None:
        """The scope in which something is assigned to a name."""
        if dotted.startswith(("self.", "this.")):
            return MODULE
        around: int | None = scope
        while around is not None and (around, dotted) not in self.assigned:
            around = self.parents.get(around)
        return around

    def whole(self, call: Call) -> Call:
        """A call with the named arguments that it takes from elsewhere in the file."""
        if not call.spread:
            return call
        found: dict[str, tuple[Span, Expression]] = {}
        is_complete = call.is_complete
        for given in call.spread:
            options = Opaque(given.span) if self._is_changed(given) else self.meant(given)
            if isinstance(options, Pairs):
                found.update((snake(name), (span, value)) for name, span, value in options.entries)
            is_complete = is_complete and isinstance(options, Pairs) and options.is_complete
        return call._replace(named={**found, **call.named}, is_complete=is_complete, spread=())

    def _values(self, name: Name) -> list[Expression]:
        home = self._home(name.dotted, name.scope)
        if home is not None and (home, name.dotted) in self.assigned:
            return self.assigned[home, name.dotted]
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

    def _above(self, dotted: str, expression: Expression, depth: int) -> str | None:
        scope = expression.scope if isinstance(expression, Name) else MODULE
        below = self.text(Name(expression.span, dotted, scope), depth + 1)
        return None if below is None else above(below)

    def _together(self, parts: list[str | None], is_path: bool) -> str | None:
        known = [part for part in parts if part is not None]
        if len(known) < len(parts) or sum(map(len, known)) > MAX_TEXT:
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
        if method in {"lower", "upper"} and not given:
            return origin.lower() if method == "lower" else origin.upper()
        return self._together([origin, *given], is_path=True) if method == "joinpath" else None


def above(path: str) -> str:
    """The folder above a path, which may be above the folder that paths are relative to."""
    path = posixpath.normpath(path)
    is_outside = path == "." or posixpath.basename(path) == ".."
    return posixpath.join(path, "..").removeprefix("./") if is_outside else posixpath.dirname(path) or "."
