"""Where a thing stands that is made anew, and whether it could be kept instead."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import libcst as cst

from lambda_lint.api import NoEditError, Safety

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lambda_lint.api import Context

ENDING = frozenset({"close", "destroy", "disconnect", "dispose", "quit", "shutdown", "stop", "terminate"})
"""Methods after which a thing is of no use to the next invocation."""

GATHERING = frozenset({"append", "extend", "register", "register_first", "register_last"})
"""Methods of a part of a thing that would add the same again at each invocation."""

CLOSERS = frozenset({"contextlib.aclosing", "contextlib.closing"})
ENTERING = frozenset({"enter_async_context", "enter_context", "push", "push_async_exit"})
"""Methods of exit stacks, which end what they are given."""

SETTERS = frozenset({"os.environ.setdefault", "os.environ.update", "os.putenv"})
THREADS = frozenset({"concurrent", "concurrent.futures", "multiprocessing.pool", "threading"})
UNBOUND = frozenset({"eval", "exec", "locals", "vars"})
"""Functions that see variables as no analysis does."""


@dataclass(frozen=True, slots=True)
class Made:
    """What is made, and how it is to be kept."""

    call: cst.Call
    wanted: str
    """A name for it, where it has none that can be kept."""
    safety: Safety
    cached: bool
    may_be_shown: bool = False
    """Whether others than the function may get hold of it: those who do never end or change it."""
    may_be_shared: bool = False
    """Whether threads may use it at the same time."""


def refuse_lookers(function: cst.CSTNode, ctx: Context) -> None:
    if any(function in ctx.module.tree.ancestors(call) for call in ctx.once(_lookers)):
        raise NoEditError("the function looks at its variables by name")


def _lookers(ctx: Context) -> list[cst.Call]:
    return [
        call
        for call in ctx.module.tree.of_type(cst.Call)
        if isinstance(call.func, cst.Name) and call.func.value in UNBOUND
    ]


def refuse_changes_of_environment(ctx: Context) -> None:
    """A function that sets variables of the environment may do so for the sake of what is made next."""
    if ctx.once(_changes_environment):
        raise NoEditError("the environment changes")


def _changes_environment(ctx: Context) -> bool:
    tree = ctx.module.tree
    places = (each.target for each in tree.of_type(cst.AssignTarget))
    changes: list[cst.CSTNode] = [
        *(
            place
            for place in places
            if isinstance(place, cst.Subscript) and ctx.name_of(place.value) == "os.environ"
        ),
        *(call for call in tree.of_type(cst.Call) if ctx.name_of(call.func) in SETTERS),
    ]
    return any(ctx.function_around(each) is not None for each in changes)


def has_threads(call: cst.Call, ctx: Context) -> bool:
    """Whether a module on the way to the call knows of threads."""
    modules = {ctx.module.number, *(step.module for step in ctx.path_to(call))}
    imported = {each.module for number in modules for each in ctx.project.modules[number].imports}
    return not THREADS.isdisjoint(imported)


def _names(ctx: Context) -> dict[str, list[cst.Name]]:
    found: dict[str, list[cst.Name]] = {}
    for node in ctx.module.tree.of_type(cst.Name):
        found.setdefault(node.value, []).append(node)
    return found


def _is_within(node: cst.CSTNode, around: cst.CSTNode, ctx: Context) -> bool:
    order, end = ctx.module.tree.order, ctx.module.lowered.layout.end
    return order[around] <= order[node] <= end[order[around]]


class Place:
    """Where the call stands: on the right of `name = …`, in `with … as name`, or in an expression."""

    def __init__(self, made: Made, function: cst.CSTNode, ctx: Context) -> None:
        self.name: str | None = None
        self.assign: cst.Assign | None = None
        self.item: cst.WithItem | None = None
        parent = ctx.parent(made.call)
        match parent:
            case cst.Assign(targets=[cst.AssignTarget(target=cst.Name(value=name))]):
                self.name, self.assign = name, parent
            case cst.WithItem(asname=cst.AsName(name=cst.Name(value=name))):
                self.name, self.item = name, parent
            case cst.WithItem():
                raise NoEditError("it ends with its block")
        if self.name is None:
            _refuse(_end_of(made.call, ctx, may_be_shown=made.may_be_shown))
            return
        target = self.assign.targets[0].target if self.assign else None
        if self.item is not None and self.item.asname is not None:
            target = self.item.asname.name
        ends = ctx.once_for(_ends_in, (self.name, function, made.may_be_shown))
        _refuse(next((why for node, why in ends if node is not target), None))


def _refuse(why: str | None) -> None:
    if why is not None:
        raise NoEditError(why)


def _ends_in(place: tuple[str, cst.CSTNode, bool], ctx: Context) -> list[tuple[cst.Name, str]]:
    """The uses of a name in a function that speak against keeping what it stands for, and why they do."""
    name, function, may_be_shown = place
    uses = (node for node in ctx.once(_names).get(name, ()) if _is_within(node, function, ctx))
    found = ((use, _end_of(use, ctx, may_be_shown=may_be_shown)) for use in uses if _is_use(use, ctx))
    return [(use, why) for use, why in found if why is not None]


def _is_use(node: cst.Name, ctx: Context) -> bool:
    parent = ctx.parent(node)
    is_word = isinstance(parent, cst.Attribute) and parent.attr is node
    return not is_word and not (isinstance(parent, cst.Arg) and parent.keyword is node)


def _end_of(node: cst.BaseExpression, ctx: Context, *, may_be_shown: bool) -> str | None:
    """What would end the thing, change it a little more each time, or hand it to who may do so."""
    parent = ctx.parent(node)
    if isinstance(parent, cst.WithItem):
        return "it ends with a block"
    if isinstance(parent, cst.Arg) and _hands_over(parent, ctx):
        return "it ends with what it is handed to"
    is_base = isinstance(parent, cst.Attribute) and parent.value is node
    if not is_base and not may_be_shown:
        return "others get hold of it"
    methods = list(_chain(node, ctx))
    is_ended = ENDING.intersection(methods) or GATHERING.intersection(methods[1:])
    return "it is ended, or gathers something" if is_ended else None


def _hands_over(arg: cst.Arg, ctx: Context) -> bool:
    """Whether it is an argument of what closes it sooner or later, such as `contextlib.closing`."""
    match ctx.parent(arg):
        case cst.Call(func=cst.Attribute(attr=cst.Name(value=name)) | cst.Name(value=name)) as call:
            return name in ENTERING or ctx.name_of(call.func) in CLOSERS
    return False


def _chain(node: cst.CSTNode, ctx: Context) -> Iterator[str]:
    parent = ctx.parent(node)
    while isinstance(parent, cst.Attribute) and parent.value is node:
        yield parent.attr.value
        node, parent = parent, ctx.parent(parent)
