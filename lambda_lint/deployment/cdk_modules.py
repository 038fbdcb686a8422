"""Constants of a CDK program that other modules of it hold: the root of the project, a runtime."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambda_lint.deployment.cdk_expressions import MODULE, Call, Items, Literal, Name, Opaque, Pairs
from lambda_lint.deployment.cdk_folders import import_folders, modules_of

if TYPE_CHECKING:
    from collections.abc import Callable, Container

    from lambda_lint.deployment.cdk_expressions import Expression
    from lambda_lint.deployment.cdk_program import Program

_DEPTH = 20


class Modules:
    """What names stand for that a program imports from others of the project."""

    def __init__(self, path: str, home: str, files: Container[str], read: Callable[[str], Program]) -> None:
        self._path, self._home, self._files = path, home, files
        self._read = read
        self._taken: dict[str, tuple[str, str]] = {}
        """Where a name of the program comes from: a file, and its name there; empty for all of the module."""
        self._programs: dict[str, Program] = {}

    def take(self, level: int, module: str, name: str, alias: str) -> None:
        """Note `from module import name as alias`."""
        inside = self._file(level, f"{module}.{name}")
        whole = self._file(level, module)
        if inside is not None and (whole is None or whole.endswith("__init__.py")):
            self._taken[alias] = (inside, "")
        elif whole is not None:
            self._taken[alias] = (whole, name)

    def __call__(self, name: Name) -> Expression | None:
        """What a name stands for, as if it were written in its place."""
        head, _, rest = name.dotted.partition(".")
        if head not in self._taken:
            return None
        path, inner = self._taken[head]
        if path not in self._programs:
            self._programs[path] = self._read(path)
        dotted = ".".join(part for part in (inner, rest) if part)
        return _moved(self._programs[path], Name(name.span, dotted, MODULE), name, 0)

    def _file(self, level: int, module: str) -> str | None:
        """The file of a module: the one beside the program that is run, or the only one."""
        folders = import_folders(self._path, level)
        for likely in [folders] if level else [[self._home], folders]:
            found = [each for each in modules_of(likely, module) if each in self._files]
            if len(found) == 1:
                return found[0]
        return None


def _moved(program: Program, expression: Expression, at: Name, depth: int) -> Expression | None:
    """An expression of another file, in words that need nothing of it."""
    if depth > _DEPTH:
        return None
    text = program.text(expression)
    if text is not None:
        return Literal(at.span, text)

    def inner(each: Expression) -> Expression:
        return _moved(program, each, at, depth + 1) or Opaque(at.span)

    match program.meant(expression):
        case Name() as name:
            known = program.known_as(name)
            return Name(at.span, known, MODULE) if known != name.dotted else None
        case Items(items=items):
            return Items(at.span, tuple(map(inner, items)))
        case Pairs(entries=entries, is_complete=is_complete):
            return Pairs(
                at.span, tuple((name, at.span, inner(value)) for name, _, value in entries), is_complete
            )
        case Call() as call:
            named = {name: (at.span, inner(value)) for name, (_, value) in call.named.items()}
            return Call(
                at.span,
                program.called(call),
                None,
                tuple(map(inner, call.arguments)),
                named,
                MODULE,
                call.is_complete and not call.spread,
            )
    return None
