"""Mutations that put code into other functions: a method, a closure, a partial."""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

from lambda_lint.testing.sources import functions_of, if_changed, says, statement, with_import
from lambda_lint.testing.uses import uses_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from lambda_lint.testing.sources import Modules, Sources, Statement

# libcst finds the methods of transformers by their names.
# ruff: noqa: N802


def turn_into_method(sources: Sources) -> Modules | None:
    """The body of a function becomes a method of an object, which the function calls."""
    kind, one = sources.fresh("Worker"), sources.fresh("worker")

    def build(function: cst.FunctionDef) -> list[Statement] | None:
        if "self" in uses_of(cst.Module([function])).mentioned or "self" in _parameters(function):
            return None
        name = function.name.value
        method = function.with_changes(
            decorators=[],
            leading_lines=[],
            lines_after_decorators=[],
            params=_with_self(function.params),
        )
        holder = cst.ClassDef(cst.Name(f"{kind}_{name}"), cst.IndentedBlock([method]))
        call = statement(f"return {one}_{name}.{name}({_pass_on(function)})\n")
        wrapper = function.with_changes(body=function.body.with_changes(body=[call], footer=()))
        return [holder, statement(f"{one}_{name} = {kind}_{name}()\n"), wrapper]

    return _replace_functions(sources, build)


def turn_into_closure(sources: Sources) -> Modules | None:
    """The body of a function becomes a nested function, which is called."""
    name = sources.fresh("inner")

    def build(function: cst.FunctionDef) -> list[Statement] | None:
        nested = cst.FunctionDef(cst.Name(name), cst.Parameters(), function.body)
        uses = uses_of(cst.Module([nested]))
        if set(uses.bound) & set(_parameters(function)) or {"super", "__class__"} & uses.mentioned:
            return None
        block = function.body.with_changes(body=[nested, statement(f"return {name}()\n")], footer=())
        return [function.with_changes(body=block)]

    return _replace_functions(sources, build)


def call_through_partial(sources: Sources) -> Modules | None:
    """`helper(x)` becomes `functools.partial(helper, x)()`."""
    name = sources.fresh("bound_to")
    changed = dict(sources.modules)
    for path, module in sources.modules.items():
        uses = uses_of(module)
        helpers = {
            function.name.value
            for function in functions_of(module)
            if uses.bound[function.name.value] == {"module"} and not function.decorators
        }
        caller = _CallThroughPartial(helpers, name)
        result = module.visit(caller)
        if caller.applied:
            changed[path] = with_import(result, f"from functools import partial as {name}\n")
    return if_changed(sources, changed)


def _replace_functions(
    sources: Sources, build: Callable[[cst.FunctionDef], list[Statement] | None]
) -> Modules | None:
    """Replace functions of modules, handlers included, that are plain: no generator, no coroutine."""
    changed = dict(sources.modules)
    for path, module in sources.modules.items():
        body: list[Statement] = []
        applied = False
        for node in module.body:
            built = build(node) if isinstance(node, cst.FunctionDef) and _is_plain(node) else None
            applied = applied or built is not None
            body.extend([node] if built is None else built)
        if applied and not uses_of(module).reads_scopes:
            changed[path] = module.with_changes(body=body)
    return if_changed(sources, changed)


def _is_plain(function: cst.FunctionDef) -> bool:
    return (
        function.asynchronous is None
        and isinstance(function.body, cst.IndentedBlock)
        and function.type_parameters is None
        and not says(function, cst.Yield, cst.Await, cst.Nonlocal)
    )


def _with_self(params: cst.Parameters) -> cst.Parameters:
    this = cst.Param(cst.Name("self"))
    if params.posonly_params:
        return params.with_changes(posonly_params=[this, *params.posonly_params])
    return params.with_changes(params=[this, *params.params])


def _parameters(function: cst.FunctionDef) -> list[str]:
    params = function.params
    found = [*params.posonly_params, *params.params, *params.kwonly_params]
    found += [param for param in (params.star_arg, params.star_kwarg) if isinstance(param, cst.Param)]
    return [param.name.value for param in found]


def _pass_on(function: cst.FunctionDef) -> str:
    """The arguments of a call that hands on everything that the function was given."""
    params = function.params
    parts = [param.name.value for param in (*params.posonly_params, *params.params)]
    if isinstance(params.star_arg, cst.Param):
        parts.append(f"*{params.star_arg.name.value}")
    parts += [f"{param.name.value}={param.name.value}" for param in params.kwonly_params]
    if params.star_kwarg is not None:
        parts.append(f"**{params.star_kwarg.name.value}")
    return ", ".join(parts)


class _CallThroughPartial(cst.CSTTransformer):
    """Only calls in functions: at import, a name may not be bound yet where the helper is."""

    def __init__(self, helpers: set[str], name: str) -> None:
        super().__init__()
        self.helpers = helpers
        self.name = name
        self.applied = False
        self.depth = 0

    def visit_FunctionDef(self, node: cst.FunctionDef) -> None:
        del node
        self.depth += 1

    def leave_FunctionDef(
        self, original_node: cst.FunctionDef, updated_node: cst.FunctionDef
    ) -> cst.FunctionDef:
        self.depth -= 1
        # What stands outside the body (decorators, defaults) runs at definition, as before.
        return updated_node.with_changes(decorators=original_node.decorators, params=original_node.params)

    def leave_Call(self, original_node: cst.Call, updated_node: cst.Call) -> cst.Call:
        function = original_node.func
        if not self.depth or not isinstance(function, cst.Name) or function.value not in self.helpers:
            return updated_node
        self.applied = True
        made = cst.Call(cst.Name(self.name), [cst.Arg(function), *updated_node.args])
        return cst.Call(made, (), lpar=updated_node.lpar, rpar=updated_node.rpar)
