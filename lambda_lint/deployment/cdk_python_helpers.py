"""Functions and methods of a CDK program that are read where they are called, with what they are given."""

from __future__ import annotations

import ast
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from lambda_lint.deployment.cdk_expressions import Items, Opaque, Pairs
from lambda_lint.deployment.cdk_python_expressions import dotted_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lambda_lint.deployment.cdk_expressions import Call, Expression
    from lambda_lint.deployment.cdk_python_expressions import Expressions

MAX_COPIES = 500
"""How often bodies of functions and loops are read once more."""
MAX_COPIED_NODES = 300_000
"""Nodes in these bodies, each as often as it is read."""
MAX_ITEMS = 50
"""Of a list that is gone through."""
_Function: TypeAlias = "ast.FunctionDef | ast.AsyncFunctionDef"
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_SELF = frozenset({"cls", "self"})
_CONSTRUCT = "Construct"
"""Ends the name of what a class derives from that may be made several times in a stack."""


class Copies:
    """Counts bodies of functions and loops that are read once more, so that there is an end to it."""

    def __init__(self) -> None:
        self._number = self._nodes = 0
        self._sizes: dict[ast.AST, int] = {}

    def allow(self, body: list[ast.AST], times: int = 1) -> bool:
        """Whether a body can be read so often; if so, that is counted."""
        if times > MAX_ITEMS or self._number + times > MAX_COPIES:
            return False
        nodes = times * sum(map(self._size, body))
        if self._nodes + nodes > MAX_COPIED_NODES:
            return False
        self._number += times
        self._nodes += nodes
        return True

    def _size(self, node: ast.AST) -> int:
        if node not in self._sizes:
            self._sizes[node] = sum(1 for _ in ast.walk(node))
        return self._sizes[node]


class Helper(NamedTuple):
    """A function of the program."""

    node: _Function
    owner: str
    """Its class; empty for one of the module."""
    result: ast.expr | None
    """What it returns, if that is said once."""

    def bound(self, call: Call, expressions: Expressions, home: int) -> Iterator[tuple[str, Expression]]:
        """Yield each parameter with what a call gives for it; defaults belong to the scope `home`."""
        given = self.node.args
        plain = [*given.posonlyargs, *given.args]
        if self._takes_first(call):
            plain = plain[1:]
        defaults: dict[str, ast.expr] = {}
        for parameter, default in zip(reversed(plain), reversed(given.defaults), strict=False):
            defaults[parameter.arg] = default
        for parameter, stated in zip(given.kwonlyargs, given.kw_defaults, strict=True):
            if stated is not None:
                defaults[parameter.arg] = stated
        named = dict(call.named)
        unknown = Opaque(call.span)
        for number, parameter in enumerate((*plain, *given.kwonlyargs)):
            name = parameter.arg
            if name in named:
                yield name, named.pop(name)[1]
            elif number < min(len(call.arguments), len(plain)):
                yield name, call.arguments[number]
            elif call.is_complete and not call.spread and name in defaults:
                yield name, expressions.expression(defaults[name], home)
            else:
                yield name, unknown
        if given.vararg is not None:
            more = Items(call.span, call.arguments[len(plain) :])
            yield given.vararg.arg, more if call.is_complete else unknown
        if given.kwarg is not None:
            entries = tuple((name, place, value) for name, (place, value) in named.items())
            yield given.kwarg.arg, Pairs(call.span, entries, call.is_complete and not call.spread)

    def _takes_first(self, call: Call) -> bool:
        """Whether the first parameter is not among what the call gives."""
        marks = {dotted_name(each) for each in self.node.decorator_list}
        if not self.owner or "staticmethod" in marks:
            return False
        head, dot, _ = call.function.partition(".")
        return not dot or head in _SELF or "classmethod" in marks


class Helpers:
    """The functions of a module, and the methods of its classes."""

    def __init__(self, tree: ast.Module) -> None:
        self._known: dict[tuple[str, str], Helper] = {}
        self._classes: dict[str, ast.ClassDef] = {}
        self._calls: Counter[str] = Counter()
        """How often each name is called, in the module, and below in each class and by each function."""
        self._called_in: dict[str, Counter[str]] = {}
        self._called_by: dict[ast.AST, Counter[str]] = {}
        self._read: set[ast.AST] = set()
        self._alone: set[ast.AST] = set()
        for node in tree.body:
            if isinstance(node, ast.ClassDef):
                self._classes[node.name] = node
                inside = self._called_in[node.name] = Counter()
                for each in ast.iter_child_nodes(node):
                    inside.update(self._add(each, node.name))
                self._calls.update(inside)
            else:
                self._calls.update(self._add(node, ""))
        self._where_called = {
            helper.node for helper in self._known.values() if self._is_called_from_elsewhere(helper)
        }

    def is_read_where_called(self, node: _Function) -> bool:
        """Whether the function is read with its callers, and so not on its own."""
        return node in self._where_called and node not in self._alone

    def unread(self) -> Iterator[Helper]:
        """Yield those that no caller was read of."""
        for helper in self._known.values():
            if helper.node in self._where_called - self._read:
                self._alone.add(helper.node)
                yield helper

    def note(self, helper: Helper) -> None:
        """Note that a function was read."""
        self._read.add(helper.node)

    def called(self, function: str, owner: str) -> Helper | None:
        """What a call within a method of a class calls, if it is one of these."""
        helper = self._found(function, owner)
        return helper if helper is not None and helper.node in self._where_called else None

    def _found(self, function: str, owner: str) -> Helper | None:
        head, dot, name = function.partition(".")
        if dot:
            of = owner if head in _SELF else head
            return self._known.get((of, name)) if of else None
        return self._known.get(("", head)) or self._known.get((head, "__init__"))

    def _add(self, node: ast.AST, owner: str) -> Counter[str]:
        """Note a function; return what a part of the program calls."""
        called = _calls(node)
        if isinstance(node, _FUNCTIONS):
            self._known[owner, node.name] = Helper(node, owner, _result(node))
            self._called_by[node] = called
        return called

    def _is_called_from_elsewhere(self, helper: Helper) -> bool:
        own = self._called_by[helper.node]
        name = helper.node.name
        if helper.owner and name == "__init__":
            count = self._calls[helper.owner] - own[helper.owner]
            is_construct = any(
                (dotted_name(base) or "").endswith(_CONSTRUCT) for base in self._classes[helper.owner].bases
            )
            return count == 1 or (count > 1 and is_construct)
        if not helper.owner:
            return self._calls[name] > own[name]
        inside = self._called_in[helper.owner]
        forms = [f"{each}.{name}" for each in _SELF]
        direct = f"{helper.owner}.{name}"
        return any(inside[form] > own[form] for form in forms) or self._calls[direct] > own[direct]


def _calls(tree: ast.AST) -> Counter[str]:
    """How often each name is called."""
    called = (dotted_name(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call))
    return Counter(name for name in called if name is not None)


def _result(function: _Function) -> ast.expr | None:
    """What a function returns, if that is said in one place."""
    found: list[ast.expr | None] = []
    pending: list[ast.AST] = [*function.body]
    while pending:
        node = pending.pop()
        if isinstance(node, ast.Return):
            found.append(node.value)
        elif not isinstance(node, (*_FUNCTIONS, ast.ClassDef, ast.Lambda)):
            pending.extend(ast.iter_child_nodes(node))
    return found[0] if len(found) == 1 else None
