"""Mutations that put functions into other blocks: `try`, `with`, `if`, a decorator."""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

from lambda_lint.testing.sources import functions_of, if_changed, looks_like_handler, statement, with_import

if TYPE_CHECKING:
    from lambda_lint.testing.sources import Modules, Sources, Statement

# libcst finds the methods of transformers by their names.
# ruff: noqa: N802

HANDED_ON = """\
def {name}(function):
    @{functools}.wraps(function)
    def wrapped(*args, **kwargs):
        return function(*args, **kwargs)
    return wrapped
"""


def wrap_in_try(sources: Sources) -> Modules | None:
    """The body of every function stands in `try: … finally: pass`."""
    return _wrap(sources, "try:\n    pass\nfinally:\n    pass\n")


def wrap_in_with(sources: Sources) -> Modules | None:
    """The body of every function stands in a context that does nothing."""
    name = sources.fresh("no_context")
    return _wrap(sources, f"with {name}():\n    pass\n", f"from contextlib import nullcontext as {name}\n")


def wrap_in_if(sources: Sources) -> Modules | None:
    """The body of every function stands in `if True:`, which guards nothing."""
    return _wrap(sources, "if True:\n    pass\n")


def decorate_handler(sources: Sources) -> Modules | None:
    """Handlers are wrapped by a decorator that passes everything through."""
    name = sources.fresh("passed_through")
    functools = sources.fresh("functools_of_wraps")
    changed = dict(sources.modules)
    for path, module in sources.modules.items():
        handlers = [function for function in functions_of(module) if looks_like_handler(function)]
        body: list[Statement] = []
        for node in module.body:
            if isinstance(node, cst.FunctionDef) and node in handlers:
                if node is handlers[0]:
                    body.append(statement(HANDED_ON.format(name=name, functools=functools)))
                decorators = [*node.decorators, cst.Decorator(cst.Name(name))]
                body.append(node.with_changes(decorators=decorators))
            else:
                body.append(node)
        if handlers:
            changed[path] = with_import(module.with_changes(body=body), f"import functools as {functools}\n")
    return if_changed(sources, changed)


def _wrap(sources: Sources, code: str, imported: str | None = None) -> Modules | None:
    changed = dict(sources.modules)
    for path, module in sources.modules.items():
        wrapper = _Wrapper(statement(code))
        result = module.visit(wrapper)
        if wrapper.applied:
            changed[path] = with_import(result, imported) if imported else result
    return if_changed(sources, changed)


class _Wrapper(cst.CSTTransformer):
    """Puts the statements of each function into the block of a compound statement."""

    def __init__(self, block: Statement) -> None:
        super().__init__()
        self.block = block
        self.applied = False

    def leave_FunctionDef(
        self, original_node: cst.FunctionDef, updated_node: cst.FunctionDef
    ) -> cst.FunctionDef:
        del original_node
        body = updated_node.body
        if not isinstance(body, cst.IndentedBlock):
            return updated_node
        statements = list(body.body)
        start = 1 if _is_docstring(statements[0]) else 0
        rest = statements[start:]
        if not rest:
            return updated_node
        self.applied = True
        wrapped = self.block.with_changes(body=cst.IndentedBlock(rest, footer=body.footer))
        return updated_node.with_changes(
            body=body.with_changes(body=[*statements[:start], wrapped], footer=())
        )


def _is_docstring(node: cst.CSTNode) -> bool:
    match node:
        case cst.SimpleStatementLine(body=[cst.Expr(value=cst.SimpleString())]):
            return True
        case _:
            return False
