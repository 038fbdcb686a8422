"""Calls and responses that make something of text: where they take it, and what they make."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import libcst as cst

from lambda_lint.api import CONNECTIONS, Constant, SdkKind, flow_sinks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lambda_lint.api import Context, Flow


@dataclass(frozen=True, slots=True)
class Danger:
    """An expression whose text becomes something else."""

    at: cst.BaseExpression
    kind: flow_sinks.SinkKind
    takes: Callable[[Flow], bool]
    """Whether the flow is in the part of it that counts."""


def dangers_of_call(call: cst.Call, ctx: Context) -> Iterator[Danger]:
    """The arguments of the call that become something else."""
    name = ctx.name_of(call.func)
    if name is None:
        yield from _of_operation(call, ctx)
    elif name in flow_sinks.CALLABLES:
        sink = flow_sinks.CALLABLES[name]
        yield from _at(call, sink.kind, sink.position, sink.keyword)
    elif name in flow_sinks.PROCESSES:
        yield from _of_process(call, ctx)
    elif name in flow_sinks.YAML_LOAD:
        loader = argument(call, 1, "Loader")
        if loader is not None and ctx.name_of(loader) not in flow_sinks.SAFE_LOADERS:
            yield from _at(call, flow_sinks.OBJECTS, 0, "stream")
    elif name in flow_sinks.TWO_PATHS:
        yield from _at(call, flow_sinks.PATH, 0, "src")
        yield from _at(call, flow_sinks.PATH, 1, "dst")
    else:
        yield from _of_method(call, name)


def argument(call: cst.Call, position: int | None, keyword: str | None) -> cst.BaseExpression | None:
    """What the call gives by keyword, or else at the position."""
    for index, arg in enumerate(call.args):
        if arg.star:
            return None
        if arg.keyword.value == keyword if arg.keyword else index == position:
            return arg.value
    return None


def _at(
    call: cst.Call, kind: flow_sinks.SinkKind, position: int | None, keyword: str | None
) -> Iterator[Danger]:
    found = argument(call, position, keyword)
    if found is not None:
        yield Danger(found, kind, _anywhere)


def _anywhere(flow: Flow) -> bool:  # noqa: ARG001 - for dangers that take all of an expression
    return True


def _of_method(call: cst.Call, name: str) -> Iterator[Danger]:
    """`connection.cursor().execute(text)`, `Path(name).read_text()`."""
    method = name.rpartition("().")[2]
    made_by = name.partition("()")[0]
    if method in flow_sinks.EXECUTE and flow_sinks.DATABASE in getattr(CONNECTIONS.get(made_by), "label", ""):
        yield from _at(call, flow_sinks.SQL, 0, None)
    elif made_by in flow_sinks.PATH_OBJECTS and method in flow_sinks.PATH_METHODS:
        path = cst.ensure_type(call.func, cst.Attribute).value
        yield Danger(path, flow_sinks.PATH, _anywhere)


def _of_operation(call: cst.Call, ctx: Context) -> Iterator[Danger]:
    operation = ctx.operation_of(call)
    if operation is None or operation.owner.service is None:
        return
    service, kind = operation.owner.service, operation.owner.kind
    sink = flow_sinks.OPERATIONS.get((service, operation.name)) if kind is SdkKind.CLIENT else None
    if sink is not None:
        yield from _at(call, sink.kind, sink.position, sink.keyword)
    if service == "dynamodb":
        for arg in call.args:
            if arg.keyword is not None and arg.keyword.value in flow_sinks.EXPRESSIONS:
                yield Danger(arg.value, flow_sinks.EXPRESSION, _anywhere)


def _of_process(call: cst.Call, ctx: Context) -> Iterator[Danger]:
    """`subprocess.run` takes text for a shell, or a list that begins with the program."""
    command, shell = argument(call, 0, "args"), argument(call, None, "shell")
    if command is None or any(arg.star for arg in call.args):
        return
    if shell is not None:
        if ctx.value_of(shell) == Constant(value=True):
            yield Danger(command, flow_sinks.SHELL, _anywhere)
        return
    script = _script(command, ctx)
    if script is not None:
        yield Danger(command, flow_sinks.SHELL, lambda flow: flow.held[-1:] == (script,))
    else:
        yield Danger(command, flow_sinks.PROGRAM, _is_program)


def _script(command: cst.BaseExpression, ctx: Context) -> int | None:
    """The position of the text in `["sh", "-c", text]`."""
    if isinstance(command, (cst.List, cst.Tuple)):
        for position, element in enumerate(command.elements[:-1]):
            value = ctx.value_of(element.value)
            if isinstance(value, Constant) and value.value in flow_sinks.SHELLS:
                return position + 1
    return None


def _is_program(flow: Flow) -> bool:
    """Whether it is the first word of a list, or all that is given, and no text with other words."""
    if flow.held:
        return flow.held == (0,) and "text" not in flow.through
    return not flow.through or {"text", *flow_sinks.DIVIDED}.isdisjoint(flow.through)


# -- responses


def html_bodies(response: cst.Dict, ctx: Context) -> Iterator[Danger]:
    """The body of `{"headers": {"Content-Type": "text/html"}, "body": …}`."""
    entries = {
        key: element.value
        for element in response.elements
        if isinstance(element, cst.DictElement) and (key := _text(element.key, ctx)) is not None
    }
    if "body" in entries and "headers" in entries and _is_html(entries["headers"], ctx):
        yield Danger(entries["body"], flow_sinks.HTML, _anywhere)


def _is_html(headers: cst.BaseExpression, ctx: Context) -> bool:
    elements = headers.elements if isinstance(headers, cst.Dict) else ()
    for element in elements:
        if isinstance(element, cst.DictElement) and (_text(element.key, ctx) or "").lower() == "content-type":
            return (_text(element.value, ctx) or "").lower().startswith(flow_sinks.HTML_TYPE)
    return False


def _text(node: cst.BaseExpression, ctx: Context) -> str | None:
    value = ctx.value_of(node)
    return value.value if isinstance(value, Constant) and isinstance(value.value, str) else None
