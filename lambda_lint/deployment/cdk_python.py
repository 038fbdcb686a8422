"""CDK apps in Python, read as far as functions are declared in the plain way.

With the standard library's parser: it tells places, takes a fifth of the time of the one that rules need, and
what it cannot read is no loss.
"""

from __future__ import annotations

import ast
import posixpath
import warnings
from typing import TYPE_CHECKING

from lambda_lint.deployment import cdk_stack
from lambda_lint.deployment.cdk_expressions import MODULE, Call, Items, Name, Opaque
from lambda_lint.deployment.cdk_modules import Modules
from lambda_lint.deployment.cdk_program import Program
from lambda_lint.deployment.cdk_python_expressions import Expressions, dotted_name
from lambda_lint.deployment.cdk_python_helpers import Copies, Helpers
from lambda_lint.deployment.function import Template

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lambda_lint.deployment.cdk_expressions import Expression
    from lambda_lint.deployment.files import Files

_SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef)
_COMPREHENSIONS = (ast.DictComp, ast.GeneratorExp, ast.ListComp, ast.SetComp)
_CHANGES = frozenset({"clear", "pop", "popitem", "setdefault", "update"})
_TAKEN = frozenset(
    {
        ast.AnnAssign,
        ast.Assign,
        ast.AugAssign,
        ast.Call,
        ast.Delete,
        ast.For,
        ast.Import,
        ast.ImportFrom,
        ast.NamedExpr,
        ast.withitem,
    }
)
_LEAVES = frozenset({ast.Constant, ast.Name})


def read(path: str, text: str, beside: Files) -> Template:
    """The functions that one file declares; none if it is broken, which is told of it as a module."""
    tree = _parsed(text)
    if tree is None:
        return Template(path, text, ())

    def made(home: str) -> Program:
        def read_module(other: str) -> Program:
            text = beside[other].decode("utf-8", "replace")
            program = Program(posixpath.relpath(other, home or "."))
            tree = _parsed(text)
            return program if tree is None else _Reader(text, program).program(tree)

        modules = Modules(path, home, beside, read_module)
        program = Program(posixpath.relpath(path, home or "."), elsewhere=modules)
        return _Reader(text, program, modules).program(tree)

    return cdk_stack.template_of(made, path, text, beside)


def _parsed(text: str) -> ast.Module | None:
    try:
        with warnings.catch_warnings():
            # Such as those of invalid escapes.
            warnings.simplefilter("ignore")
            return ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


class _Around:
    """What a part of the program stands in."""

    def __init__(self, scope: int, owner: str = "", within: frozenset[ast.AST] = frozenset()) -> None:
        self.scope = scope
        self.owner = owner
        """The class whose method it is in."""
        self.within = within
        """The functions that are read where they are called."""


class _Reader:
    def __init__(self, text: str, program: Program, modules: Modules | None = None) -> None:
        self._expressions = Expressions(text)
        self._program = program
        self._modules = modules
        self._scopes = MODULE
        self._copies = Copies()
        self._pending: list[tuple[ast.AST, _Around]] = []

    def program(self, tree: ast.Module) -> Program:
        helpers = self._helpers = Helpers(tree)
        self._read(tree, _Around(MODULE))
        for helper in helpers.unread():
            # Such as those that only call each other.
            self._read(helper.node, _Around(MODULE, helper.owner, frozenset({helper.node})))
        return self._program

    def _read(self, node: ast.AST, around: _Around) -> None:
        self._pending.append((node, around))
        while self._pending:
            self._visit(*self._pending.pop())

    def _visit(self, node: ast.AST, around: _Around) -> None:
        if isinstance(node, _SCOPES):
            if self._helpers.is_read_where_called(node):
                return
            around = _Around(self._scope(around.scope), around.owner, around.within)
        elif isinstance(node, ast.ClassDef):
            around = _Around(around.scope, node.name, around.within)
        elif isinstance(node, ast.For) and self._repeat(node.target, node.iter, node.body, around):
            for each in (node.target, *node.body):
                self._forget(each, around.scope)
            self._push([node.iter, *node.orelse], around)
            return
        elif isinstance(node, _COMPREHENSIONS) and self._comprehend(node, around):
            return
        if type(node) in _TAKEN:
            self._take(node, around)
        self._push(ast.iter_child_nodes(node), around)

    def _push(self, nodes: Iterable[ast.AST], around: _Around) -> None:
        kept = [(node, around) for node in nodes if type(node) not in _LEAVES]
        self._pending.extend(reversed(kept))

    def _scope(self, parent: int) -> int:
        self._scopes += 1
        self._program.parents[self._scopes] = parent
        return self._scopes

    # -- what is read several times

    def _repeat(self, target: ast.expr, source: ast.expr, body: Iterable[ast.AST], around: _Around) -> bool:
        """Read the body of a loop for each item, if these are known."""
        items = self._program.items(self._expressions.expression(source, around.scope))
        body = list(body)
        if items is None or not self._copies.allow(body, len(items)):
            return False
        for item in reversed(items):
            inside = _Around(self._scope(around.scope), around.owner, around.within)
            self._program.copies.add(inside.scope)
            self._bind(target, item, inside.scope)
            self._push(body, inside)
        return True

    def _comprehend(
        self, node: ast.DictComp | ast.GeneratorExp | ast.ListComp | ast.SetComp, around: _Around
    ) -> bool:
        made = [node.key, node.value] if isinstance(node, ast.DictComp) else [node.elt]
        (first, *more) = node.generators
        return not more and not first.ifs and self._repeat(first.target, first.iter, made, around)

    def _call(self, node: ast.Call, around: _Around) -> None:
        call = self._expressions.call(node, around.scope)
        if not isinstance(call, Call):
            return
        self._program.calls.append(call)
        method = call.function.rpartition(".")[2]
        if method in _CHANGES and isinstance(call.receiver, Name):
            self._program.changed.setdefault(call.receiver.dotted, set()).add(call.receiver.scope)
        helper = self._helpers.called(call.function, around.owner)
        if helper is not None and helper.node not in around.within and self._copies.allow([helper.node]):
            scope = self._scope(MODULE)
            self._program.copies.add(scope)
            for name, value in helper.bound(call, self._expressions, MODULE):
                self._program.assigned.setdefault((scope, name), []).append(value)
            if helper.result is not None:
                self._program.results[call.key] = self._expressions.expression(helper.result, scope)
            inside = _Around(scope, helper.owner, around.within | {helper.node})
            self._helpers.note(helper)
            self._push(helper.node.body, inside)

    # -- what names stand for

    def _take(self, node: ast.AST, around: _Around) -> None:
        scope = around.scope
        match node:
            case ast.Import(names=names):
                for alias in names:
                    self._program.imports[alias.asname or alias.name.partition(".")[0]] = (
                        alias.name if alias.asname else alias.name.partition(".")[0]
                    )
            case ast.ImportFrom(module=module, names=names, level=level):
                for alias in names:
                    self._import(module or "", alias, level)
            case ast.Assign(targets=targets, value=value):
                for target in targets:
                    self._bind(target, self._expressions.expression(value, scope), scope)
            case ast.AnnAssign(target=target, value=ast.expr() as value):
                self._bind(target, self._expressions.expression(value, scope), scope)
            case ast.withitem(context_expr=value, optional_vars=ast.Name() as target):
                self._bind(target, self._expressions.expression(value, scope), scope)
            case ast.AugAssign(target=target) | ast.For(target=target) | ast.NamedExpr(target=target):
                self._bind(target, None, scope)
            case ast.Delete(targets=targets):
                for target in targets:
                    if isinstance(target, ast.Subscript):
                        self._bind(target, None, scope)
            case ast.Call():
                self._call(node, around)

    def _import(self, module: str, alias: ast.alias, level: int) -> None:
        local = alias.asname or alias.name
        if not level:
            self._program.imports[local] = f"{module}.{alias.name}".removeprefix("aws_cdk.")
        if self._modules is not None and not module.startswith("aws_cdk"):
            self._modules.take(level, module, alias.name, local)

    def _forget(self, node: ast.AST, scope: int) -> None:
        """What a loop assigns is not known after it."""
        for inner in ast.walk(node):
            if isinstance(inner, ast.Name) and isinstance(inner.ctx, ast.Store):
                self._bind(inner, None, scope)

    def _bind(self, target: ast.expr, value: Expression | None, scope: int) -> None:
        """Note what a target of an assignment stands for; None if that is not known."""
        dotted = dotted_name(target)
        if dotted is not None:
            home = MODULE if dotted.startswith("self.") else scope
            made = Opaque(self._expressions.span(target)) if value is None else value
            self._program.assigned.setdefault((home, dotted), []).append(made)
        elif isinstance(target, ast.Subscript):
            changed = dotted_name(target.value)
            if changed is not None:
                self._program.changed.setdefault(changed, set()).add(scope)
        elif isinstance(target, (ast.Tuple, ast.List)):
            items = value.items if isinstance(value, Items) else ()
            is_plain = len(items) == len(target.elts)
            for number, each in enumerate(target.elts):
                self._bind(each, items[number] if is_plain else None, scope)
        elif isinstance(target, ast.Starred):
            self._bind(target.value, None, scope)
