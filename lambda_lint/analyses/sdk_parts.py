"""Which part of which response of the SDK an expression is: `client.head_object(…)["LastModified"]`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lambda_lint.analyses.bound_values import bound_to
from lambda_lint.knowledge.sdk_responses import where_in_response
from lambda_lint.semantics.arguments import argument_at
from lambda_lint.semantics.facts import Attr, CallRef, Const, Element, Item, Ref
from lambda_lint.semantics.values import SdkKind, SdkMethod, Where, agreed

if TYPE_CHECKING:
    from lambda_lint.semantics.evaluate import Evaluator
    from lambda_lint.semantics.facts import Call, Expr, Scope

MOST_STEPS = 20

ITEM = "[]"
"""Stands for the items of a list, as in the tables of `sdk_responses`."""


@dataclass(frozen=True, slots=True)
class ResponsePart:
    """A part of what an operation returned; with an empty path all of it."""

    service: str
    name: str
    path: tuple[str, ...]
    names: tuple[tuple[Where, Scope, str], ...]
    """The names by way of which it comes: from where, in which scope."""

    @property
    def operation(self) -> str:
        return f"{self.service}.{self.name}"

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(part for part in self.path if part != ITEM)

    def below(self, kind: str) -> tuple[str, ...] | None:
        """The keys that lead on to the date, or the stream, that is in it for sure; None if there is none."""
        told = where_in_response(kind, self.service, self.name)
        parts = () if told is None else tuple(told.split("."))
        if told is None or parts[: len(self.path)] != self.path:
            return None
        return tuple(part for part in parts[len(self.path) :] if part != ITEM)


def part_of_response(ev: Evaluator, where: Where, expr: Expr) -> ResponsePart | None:
    """The part that an expression is, if that is certain."""
    path: list[str] = []
    names: list[tuple[Where, Scope, str]] = []
    for _ in range(MOST_STEPS):
        match expr:
            case Item(base, Const(str(key))):
                path.insert(0, key)
                expr = base
            case Item(base, Const(int())) | Element(base):
                path.insert(0, ITEM)
                expr = base
            case CallRef(site):
                call = ev.modules[where.module].calls[site]
                where = Where(where.module, call.scope, call.order, where.frame)
                asked = argument_at(call, 0, "key")
                if not (isinstance(call.func, Attr) and call.func.name == "get" and isinstance(asked, Const)):
                    operation = _operation(ev, where, call)
                    return operation and ResponsePart(*operation, tuple(path), tuple(names))
                path.insert(0, str(asked.value))
                expr = call.func.base
            case Ref(name):
                scope, at = ev.names.binding_scope(where.module, where.scope, name, where.at)
                bound = None if scope is None else bound_to(ev, where, scope, name, at)
                if scope is None or bound is None or len(bound) != 1:
                    return None
                names.append((where, scope, name))
                where, expr = bound[0]
            case _:
                break
    return None


def _operation(ev: Evaluator, where: Where, call: Call) -> tuple[str, str] | None:
    match agreed(ev.values(where, call.func)):
        case SdkMethod(owner, name) if owner.kind is SdkKind.CLIENT and owner.service is not None:
            return owner.service, name
    return None
