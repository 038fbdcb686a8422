"""What calls return."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambda_lint.knowledge import sdk, wrappers
from lambda_lint.semantics import contents, members, passing
from lambda_lint.semantics.arguments import Absent, argument_at
from lambda_lint.semantics.facts import Attr, CallRef, Imported, Items, Pairs, ScopeKind
from lambda_lint.semantics.values import (
    UNKNOWN,
    ClassValue,
    Constant,
    Display,
    Environment,
    External,
    Frame,
    FromContext,
    FunctionKey,
    FunctionValue,
    Instance,
    Method,
    Partial,
    Returned,
    Sdk,
    SdkKind,
    SdkMethod,
    Super,
    Value,
    Values,
    Where,
)

if TYPE_CHECKING:
    from lambda_lint.semantics.evaluate import Evaluator
    from lambda_lint.semantics.facts import Call, Expr, Scope

MAX_FRAMES = 4
CONTEXT_MANAGERS = frozenset({"contextlib.contextmanager", "contextlib.asynccontextmanager"})
ENVIRONMENT_READS = frozenset({"os.environ.get", "os.getenv", "os.environ().get"})


def call_values(ev: Evaluator, where: Where, site: int) -> Values:
    """What the call number `site` of the module returns, seen in the frame of `where`."""
    call = ev.modules[where.module].calls[site]
    seen = Where(where.module, call.scope, call.order, where.frame)
    if isinstance(call.func, Attr) and call.func.name == "get" and call.args:
        looked_up = _looked_up(ev, seen, call, call.func.base)
        if looked_up:
            return looked_up
    found = ev.union(result_of(ev, seen, site, call, callee) for callee in ev.values(seen, call.func))
    if call.decorates is not None and (not found or UNKNOWN in found):
        # Whatever a decorator makes of it: as far as we are concerned, it is what it was.
        return ev.union((tuple(v for v in found if v != UNKNOWN), _wrapped(ev, seen, call)))
    return found


def _looked_up(ev: Evaluator, where: Where, call: Call, base: Expr) -> Values:
    """`ACTIONS.get(key, default)` of a dict that is written out; empty for any other object."""
    owners = ev.values(where, base)
    written = [owner.expr for owner in owners if isinstance(owner, Display)]
    if not any(isinstance(display, Pairs) for display in written):
        return ()
    key, default = argument_at(call, 0, "key"), argument_at(call, 1, "default")
    keys = (UNKNOWN,) if isinstance(key, Absent) else ev.values(where, key)
    only = keys[0] if len(keys) == 1 else UNKNOWN
    otherwise = (Constant(None),) if isinstance(default, Absent) else ev.values(where, default)
    found = contents.entries(ev, where, base, only)
    return ev.union((found, otherwise)) if found or any(display != Pairs(()) for display in written) else ()


def result_of(
    ev: Evaluator, where: Where, site: int, call: Call, callee: Value, before: Partial | None = None
) -> Values:
    """What calling `callee` there returns; `before` gives it its first arguments."""
    here = (where.module, site)
    match callee:
        case External(name):
            return _external(ev, where, here, call, name, before)
        case SdkMethod(owner, name):
            return _sdk_method(ev, where, here, call, owner, name, before)
        case FunctionValue(key, closure):
            return _project(ev, Frame(key, here, where.frame, None, closure, before))
        case Method(key, owner):
            return _project(ev, Frame(key, here, where.frame, owner, None, before))
        case ClassValue(key):
            if call.decorates is not None and not members.has(ev, key, "__call__"):
                return _wrapped(ev, where, call)
            return (Instance(key, here, where.frame if _depth(where.frame) <= 1 else None),)
        case Instance():
            called = members.member(ev, where, callee, "__call__")
            return ev.union(result_of(ev, where, site, call, value) for value in called if value != callee)
        case Returned(name):
            return _external(ev, where, here, call, f"{name}().__call__", before)
        case FromContext(str(attribute)):
            return (FromContext(f"{attribute}()"),)
        case Partial(target):
            return result_of(ev, where, site, call, target, before or callee)
    return (UNKNOWN,)


def returned(ev: Evaluator, key: FunctionKey, frame: Frame | None) -> Values:
    """What a project function returns, seen in a frame."""
    scope = ev.scope(key)
    if scope.yields:
        return (UNKNOWN,)
    found = [ev.values(Where(key[0], key[1], order, frame), value) for value, order in scope.returns]
    return ev.union(found) if found else (Constant(None),)


def _project(ev: Evaluator, frame: Frame) -> Values:
    if frame.depth > MAX_FRAMES or frame.is_recursive:
        return (UNKNOWN,)
    return returned(ev, frame.function, frame)


def _depth(frame: Frame | None) -> int:
    return 0 if frame is None else frame.depth


def _wrapped(ev: Evaluator, where: Where, call: Call) -> Values:
    """What a decorator from outside the project hands back: as far as we are concerned, what it was given."""
    return ev.values(where, call.args[0].value)


def _external(
    ev: Evaluator, where: Where, here: tuple[int, int], call: Call, name: str, before: Partial | None
) -> Values:
    if call.decorates is not None:
        return _wrapped(ev, where, call)
    kind = sdk.FACTORIES.get(name)
    if kind is not None:
        is_async = name.partition(".")[0] in sdk.ASYNC_PACKAGES
        return (_sdk_object(ev, where, here, call, kind, before, is_async=is_async),)
    if name in ENVIRONMENT_READS:
        return _environment(ev, where, call)
    if name in wrappers.HAND_ON:
        passed = argument_at(call, wrappers.HAND_ON[name], None)
        return (UNKNOWN,) if isinstance(passed, Absent) else ev.values(where, passed)
    if name in wrappers.ENTERS and call.args:
        given = call.args[0].value
        return ev.union(entered(ev, where, given, value) for value in ev.values(where, given))
    if name == "builtins.type" and len(call.args) == 1:
        return ev.union(members.class_of(value) for value in ev.values(where, call.args[0].value))
    if name == "functools.partial" and call.args and not call.args[0].star:
        return _partials(ev, where, here, call)
    if name == "functools.wraps().__call__" and call.args:
        return ev.values(where, call.args[0].value)
    if name == "asyncio.gather" and not any(arg.star for arg in call.args):
        results = Items(tuple(arg.value for arg in call.args if arg.keyword is None))
        return (Display(where.module, where.scope, where.at or 0, results, where.frame),)
    if name in wrappers.IMPORTERS:
        return _imported(ev, where, here, call, name)
    if name == "builtins.super":
        return _super(ev, where)
    if name == "builtins.getattr" and len(call.args) >= 2:
        return _getattr(ev, where, call)
    return (Returned(name, here),)


def _partials(ev: Evaluator, where: Where, here: tuple[int, int], call: Call) -> Values:
    frame = where.frame if _depth(where.frame) <= 1 else None
    return tuple(Partial(value, here, frame) for value in ev.values(where, call.args[0].value))


def _imported(ev: Evaluator, where: Where, here: tuple[int, int], call: Call, name: str) -> Values:
    passed = argument_at(call, 0, "name")
    found = () if isinstance(passed, Absent) else ev.values(where, passed)
    match found:
        case (Constant(str(module)),) if not module.startswith("."):
            dotted = module if wrappers.IMPORTERS[name] else module.partition(".")[0]
            return ev.values(where, Imported(dotted, None, 0))
    return (Returned(name, here),)


def _environment(ev: Evaluator, where: Where, call: Call) -> Values:
    passed = argument_at(call, 0, "key")
    names = () if isinstance(passed, Absent) else ev.values(where, passed)
    return tuple(
        Environment(value.value) if isinstance(value, Constant) and isinstance(value.value, str) else UNKNOWN
        for value in names
    ) or (UNKNOWN,)


def _super(ev: Evaluator, where: Where) -> Values:
    facts = ev.modules[where.module]
    scope: Scope | None = facts.scopes[where.scope]
    while scope is not None and scope.parent is not None:
        parent = facts.scopes[scope.parent]
        if parent.kind is ScopeKind.CLASS and scope.params:
            cls = (where.module, parent.index)
            bound = ev.parameter(where.module, scope, scope.params[0].name, where.frame)
            return tuple(Super(cls, owner) for owner in bound)
        scope = parent
    return (UNKNOWN,)


def _getattr(ev: Evaluator, where: Where, call: Call) -> Values:
    names = ev.values(where, call.args[1].value)
    only = names[0] if len(names) == 1 else UNKNOWN
    if not isinstance(only, Constant) or not isinstance(only.value, str):
        return (UNKNOWN,)
    name = only.value
    return ev.union(members.member(ev, where, owner, name) for owner in ev.values(where, call.args[0].value))


def _sdk_object(
    ev: Evaluator,
    where: Where,
    here: tuple[int, int],
    call: Call,
    kind: str,
    before: Partial | None,
    *,
    is_async: bool,
) -> Sdk:
    found = SdkKind(kind)
    is_session = found in {SdkKind.SESSION, SdkKind.BOTOCORE_SESSION}
    service = None if is_session else _service(ev, where, call, sdk.SERVICE_PARAMETER, before)
    return Sdk(found, service, is_async=is_async, made=here)


def _service(ev: Evaluator, where: Where, call: Call, name: str, before: Partial | None = None) -> str | None:
    given = (*passing.bound_by(ev, before), (where, call.args))
    passed = passing.argument_behind(ev, given, 0, name)
    if isinstance(passed, Absent):
        return None
    found = ev.values(*passed)
    only = found[0] if len(found) == 1 else UNKNOWN
    return only.value if isinstance(only, Constant) and isinstance(only.value, str) else None


def _sdk_method(
    ev: Evaluator,
    where: Where,
    here: tuple[int, int],
    call: Call,
    owner: Sdk,
    name: str,
    before: Partial | None,
) -> Values:
    made = sdk.SESSION_FACTORIES.get((owner.kind.value, name))
    if made is not None:
        return (_sdk_object(ev, where, here, call, made, before, is_async=owner.is_async),)
    if owner.kind is SdkKind.CLIENT and name == "get_paginator":
        return (Sdk(SdkKind.PAGINATOR, owner.service, _service(ev, where, call, "operation_name")),)
    if owner.kind is SdkKind.CLIENT and name == "get_waiter":
        return (Sdk(SdkKind.WAITER, owner.service, _service(ev, where, call, "waiter_name")),)
    if owner.kind in {SdkKind.RESOURCE, SdkKind.PART} and name[:1].isupper():
        return (Sdk(SdkKind.PART, owner.service, name),)
    if owner.kind is SdkKind.PART and name == "batch_writer":
        return (Sdk(SdkKind.PART, owner.service, "BatchWriter"),)
    described = f"{owner.service or '?'}.{name}"
    return (Returned(f"sdk:{described}", here),)


def entered(ev: Evaluator, where: Where, base: Expr, value: Value) -> Values:
    """What `with` binds for a context manager: itself, unless it is known to give something else."""
    if isinstance(value, Instance):
        found = members.member(ev, where, value, "__enter__")
        methods = [each for each in found if isinstance(each, Method)]
        if methods:
            return ev.union(
                returned(ev, each.key, Frame(each.key, None, None, each.owner)) for each in methods
            )
        return (UNKNOWN,)
    if isinstance(base, CallRef):
        given = yielded(ev, where, base)
        if given is not None:
            return given
    return (value,)


def yielded(ev: Evaluator, where: Where, base: CallRef, *, iterated: bool = False) -> Values | None:
    """What the project function that is called yields to a `with`, or to a loop; None if it does not."""
    call = ev.modules[where.module].calls[base.site]
    seen = Where(where.module, call.scope, call.order, where.frame)
    for callee in ev.values(seen, call.func):
        key = callee.key if isinstance(callee, (FunctionValue, Method)) else None
        if key is None or not ev.scope(key).yields:
            continue
        if bool(ev.decorator_names(key) & CONTEXT_MANAGERS) == iterated:
            continue
        owner = callee.owner if isinstance(callee, Method) else None
        frame = Frame(key, (where.module, base.site), where.frame, owner)
        return ev.union(
            ev.values(Where(key[0], key[1], order, frame), value) for value, order in ev.scope(key).yields
        )
    return None
