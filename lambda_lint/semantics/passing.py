"""Which arguments reach a function: through a call, a `functools.partial`, or a pool that calls it later."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from lambda_lint.knowledge import wrappers
from lambda_lint.semantics.arguments import DEFAULT, UNCLEAR, Absent, position_of
from lambda_lint.semantics.facts import Arg, Const, Element, Expr, Items, Pairs, ParamKind, Ref
from lambda_lint.semantics.values import Frame, Incoming, Partial, Where

if TYPE_CHECKING:
    from lambda_lint.semantics.evaluate import Evaluator
    from lambda_lint.semantics.facts import Call, Scope
    from lambda_lint.semantics.values import FunctionKey

Given: TypeAlias = "tuple[tuple[Where, tuple[Arg, ...]], ...]"
"""Arguments, by the place from which they are seen; those that come first stand first."""


def followed(frame: Frame | None, function: FunctionKey) -> tuple[Incoming, Frame | None] | None:
    """The call through which a function was come into, and the frame of its caller, if one is followed."""
    while frame is not None and frame.function != function:
        frame = frame.outer
    if frame is None or frame.call is None:
        return None
    return Incoming(*frame.call, frame.receiver is not None, before=frame.before), frame.caller


def given_by(ev: Evaluator, incoming: Incoming, frame: Frame | None) -> Given:
    """The arguments that a call passes on, seen in the frame of its caller; none if it is not known."""
    if incoming.call is None:
        return ()
    call = ev.call((incoming.module, incoming.call))
    args = call.args if incoming.args is None else incoming.args
    where = Where(incoming.module, call.scope, call.order, frame)
    return (*bound_by(ev, incoming.before), (where, args))


def bound_by(ev: Evaluator, before: Partial | None) -> Given:
    """What `functools.partial` was given, the innermost first."""
    parts: list[tuple[Where, tuple[Arg, ...]]] = []
    while before is not None:
        call = ev.call(before.call)
        parts.append((Where(before.call[0], call.scope, call.order, before.frame), call.args[1:]))
        before = before.target if isinstance(before.target, Partial) else None
    return tuple(reversed(parts))


def passed(
    ev: Evaluator, given: Given, function: Scope, name: str, *, bound: bool
) -> tuple[Where, Expr] | Absent:
    """What reaches the parameter `name`; `bound` when the first parameter is the receiver."""
    position = position_of(function, name, bound=bound)
    return UNCLEAR if isinstance(position, Absent) else argument_behind(ev, given, position, name)


def default_of(module: int, function: Scope, name: str) -> tuple[Where, Expr] | None:
    """The default of the parameter `name`, as seen from where the function is defined."""
    default = next((param.default for param in function.params if param.name == name), None)
    return None if default is None else (Where(module, function.parent or 0, function.order), default)


def argument(given: Given, index: int | None, name: str | None) -> tuple[Where, Expr] | Absent:
    """The argument at position `index` (None: by keyword only), or the last with keyword `name`."""
    unclear = spread = False
    positional: list[tuple[Where, Expr]] = []
    named: tuple[Where, Expr] | None = None
    for where, args in given:
        for arg in args:
            if arg.star:
                unclear = True
                spread = spread or arg.star == "*"
            elif arg.keyword is not None:
                named = (where, arg.value) if arg.keyword == name else named
            elif not spread:
                positional.append((where, arg.value))
    if named is not None:
        return named
    if index is not None and 0 <= index < len(positional):
        return positional[index]
    return UNCLEAR if unclear else DEFAULT


def argument_behind(
    ev: Evaluator, given: Given, index: int | None, name: str | None
) -> tuple[Where, Expr] | Absent:
    """As `argument`, also by way of `def client(*a, **k): return boto3.client(*a, **k)`."""
    found = argument(given, index, name)
    position = 0
    for where, arg in ((where, arg) for where, args in given for arg in args if found is UNCLEAR):
        frame = _gatherer(ev, where.frame, arg)
        if frame is not None and frame.call is not None:
            function, bound = ev.scope(frame.function), frame.receiver is not None
            above = given_by(ev, Incoming(*frame.call, bound, before=frame.before), frame.caller)
            plain = [param.name for param in function.params if param.kind is ParamKind.PLAIN]
            behind: tuple[Where, Expr] | Absent = UNCLEAR
            if arg.star == "**" and name not in plain:
                behind = argument_behind(ev, above, None, name)
            elif arg.star == "*" and index is not None:
                behind = argument_behind(ev, above, index - position + len(plain) - bound, None)
            if not isinstance(behind, Absent):
                return behind
        position += not arg.star and arg.keyword is None
    return found


def _gatherer(ev: Evaluator, frame: Frame | None, arg: Arg) -> Frame | None:
    """The call whose arguments are gathered in what `*arg` or `**arg` hands on."""
    kind = {"*": ParamKind.STAR, "**": ParamKind.DOUBLE_STAR}.get(arg.star)
    while frame is not None:
        for param in ev.scope(frame.function).params:
            if param.kind is kind and arg.value == Ref(param.name):
                return frame
        frame = frame.outer
    return None


def gathers(function: Scope, name: str) -> bool:
    """Whether a parameter is the function's `*name` or `**name`."""
    kinds = {param.name: param.kind for param in function.params}
    return kinds[name] in {ParamKind.STAR, ParamKind.DOUBLE_STAR}


def gathered(given: Given, function: Scope, name: str, *, bound: bool) -> list[tuple[Where, Expr]]:
    """What calls without stars pass for the function's `*name` or `**name`."""
    kinds = {param.name: param.kind for param in function.params}
    every = [(where, arg) for where, args in given for arg in args]
    if kinds[name] is ParamKind.STAR:
        plain = sum(kind is ParamKind.PLAIN for kind in kinds.values()) - bound
        return [(where, arg.value) for where, arg in every if arg.keyword is None][plain:]
    return [(w, arg.value) for w, arg in every if arg.keyword is not None and arg.keyword not in kinds]


def handed_on(call: Call, callee: str, position: int) -> tuple[Arg, ...] | None:
    """What a call out of the project passes to the function at `position` among its arguments."""
    following = call.args[position + 1 :]
    if wrappers.PASSES_REST.get(callee) == position:
        return following
    if callee in wrappers.PASSES_ELEMENTS and all(not arg.star for arg in call.args):
        others = (arg for each, arg in enumerate(call.args) if each != position and arg.keyword is None)
        return tuple(Arg(Element(arg.value), None, "") for arg in others)
    if callee in wrappers.STARTS:
        return _started(call)
    return None


def _started(call: Call) -> tuple[Arg, ...] | None:
    """`Thread(target=run, args=(1, 2), kwargs={"a": 3})`."""
    found: list[Arg] = []
    for arg in call.args:
        match arg:
            case Arg(Items(items), "args"):
                found.extend(Arg(item, None, "") for item in items)
            case Arg(Pairs(pairs), "kwargs"):
                for key, value in pairs:
                    if not isinstance(key, Const) or not isinstance(key.value, str):
                        return None
                    found.append(Arg(value, key.value, ""))
            case Arg(_, "args" | "kwargs"):
                return None
    return tuple(found)
