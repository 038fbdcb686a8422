"""What a function writes into the event for its own next round, and looks for when that round begins.

`invoke(FunctionName=own_name, Payload=json.dumps({"async": True, …}))` with `if event.get("async"): … return`
in the handler comes back once and no more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambda_lint.knowledge import invoking
from lambda_lint.semantics.dependence import Dependence
from lambda_lint.semantics.facts import NOTHING, Attr, Pairs
from lambda_lint.semantics.values import Constant, Display, Returned, Value, Where, agreed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lambda_lint.semantics.callgraph import CallGraph
    from lambda_lint.semantics.dependence import Dependences
    from lambda_lint.semantics.evaluate import Evaluator
    from lambda_lint.semantics.facts import Expr
    from lambda_lint.semantics.keywords import Keywords
    from lambda_lint.semantics.values import FunctionKey


def mark_of(
    graph: CallGraph, dependences: Dependences, keywords: Keywords, reached: set[FunctionKey]
) -> str | None:
    """A key that the payload gives a constant, and that a reached function reads from the event."""
    written = set(_constant_keys(graph.ev, keywords))
    for module in sorted({function[0] for function in reached}) if written else ():
        for scope, base, key, order in _reads(graph.ev, module):
            if key in written and graph.function_of(module, scope) in reached:
                found = dependences.of(Where(module, scope, order), base)
                if found & Dependence.EVENT:
                    return key
    return None


def _constant_keys(ev: Evaluator, keywords: Keywords) -> Iterator[str]:
    payload: Value | None = None
    for argument in invoking.PAYLOADS:
        payload = payload or agreed(keywords.get(argument) or ())
    seen: set[tuple[int, int]] = set()
    while (
        isinstance(payload, Returned) and payload.callee in invoking.SERIALIZERS and payload.call not in seen
    ):
        seen.add(payload.call)
        call = ev.call(payload.call)
        where = Where(payload.call[0], call.scope, call.order)
        given = call.args[0].value if call.args else NOTHING
        if payload.callee.endswith(".encode") and isinstance(call.func, Attr):
            given = call.func.base
        payload = agreed(ev.values(where, given))
    match payload:
        case Display(expr=Pairs(pairs)):
            inside = ev.inside(payload)
            for key, value in pairs:
                name = None if key is None else agreed(ev.values(inside, key))
                match name, agreed(ev.values(inside, value)):
                    case Constant(str(word)), Constant(said) if said is not None:
                        yield word


def _reads(ev: Evaluator, module: int) -> Iterator[tuple[int, Expr, str, int]]:
    """Scope, base, key and place of each read of a key, also of a key that is a named constant."""
    facts = ev.modules[module]
    for read in facts.key_reads:
        yield read.scope, read.base, read.key, read.order
    for call in facts.calls:
        if isinstance(call.func, Attr) and call.func.name == "get" and call.args:
            key = agreed(ev.values(Where(module, call.scope, call.order), call.args[0].value))
            if isinstance(key, Constant) and isinstance(key.value, str):
                yield call.scope, call.func.base, key.value, call.order
