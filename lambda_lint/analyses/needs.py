"""Which IAM actions the calls of a deployed function need, and on what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lambda_lint.knowledge import iam_actions, iam_operations, iam_resources
from lambda_lint.semantics.facts import Items, Pairs
from lambda_lint.semantics.values import Constant, Display, agreed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lambda_lint.analyses.allowed import Wanted
    from lambda_lint.analyses.sdk_calls import SdkCall
    from lambda_lint.semantics.evaluate import Evaluator
    from lambda_lint.semantics.keywords import Keywords

COPIES = frozenset({"copy", "copy_object", "upload_part_copy"})
READS = "s3:GetObject"


@dataclass(frozen=True, slots=True)
class Need:
    """An action that a call needs."""

    action: str
    wanted: Wanted | None
    """The resource that it is needed on; None if that is not known, or if the action takes none."""
    takes_resource: bool | None
    """Whether it can be allowed for some resources only; None if that is not known."""


def needs_of(call: SdkCall) -> tuple[Need, ...] | None:
    """What a call needs for certain; None if that is not known."""
    actions = _actions(call)
    return None if actions is None else tuple(_need(call, action) for action in actions)


def also_needed(call: SdkCall) -> Iterator[Need]:
    """What a call needs besides, because of an argument that it is given."""
    for (service, operation, argument), action in iam_resources.ALSO.items():
        if (service, operation) == (call.service, call.operation):
            given = "" if not argument or call.keywords is None else call.keywords.get(argument)
            if given is not None and (given != "" or not argument):
                same = action.startswith(f"{iam_operations.prefix_of(service)}:")
                yield Need(action, call.wanted if same else None, takes_resource=True)


def _need(call: SdkCall, action: str) -> Need:
    is_source = call.operation in COPIES and action == READS
    is_named = not is_source and iam_actions.takes_resource(action) is not False
    return Need(action, call.wanted if is_named else None, iam_actions.takes_resource(action))


def _actions(call: SdkCall) -> tuple[str, ...] | None:
    key = (call.service, call.operation)
    if key in iam_operations.DEPENDS:
        return _asked(call)
    versioned = iam_resources.WITH_VERSION.get(key)
    if versioned is not None and (
        call.keywords is None or call.keywords.get(iam_resources.VERSION) is not None
    ):
        return None
    return iam_operations.actions_of(*key)


def _asked(call: SdkCall) -> tuple[str, ...] | None:
    """What an operation needs that does what its request says."""
    if call.service == "s3":
        return iam_operations.actions_by_hand(call.service, call.operation)
    if call.keywords is None:
        return None
    ev = call.keywords.ev
    if call.operation == "transact_write_items":
        return _of_transaction(ev, call.keywords)
    if call.operation == "execute_statement":
        match agreed(call.keywords.get("Statement") or ()):
            case Constant(str(statement)):
                verb = iam_operations.PARTIQL.get(statement.strip().partition(" ")[0].lower())
                return None if verb is None else (f"dynamodb:{verb}",)
    return None


def _of_transaction(ev: Evaluator, keywords: Keywords) -> tuple[str, ...] | None:
    """The actions of the parts of a transaction, if all are written out."""
    found: dict[str, None] = {}
    match agreed(keywords.get("TransactItems") or ()):
        case Display(expr=Items(items)) as shown:
            for item in items:
                match agreed(ev.values(ev.inside(shown), item)):
                    case Display(expr=Pairs(((key, _),))) as part if key is not None:
                        name = agreed(ev.values(ev.inside(part), key))
                        verb = name.value if isinstance(name, Constant) else None
                        action = iam_operations.TRANSACTION.get(str(verb))
                        if action is None:
                            return None
                        found[f"dynamodb:{action}"] = None
                    case _:
                        return None
            return tuple(found)
    return None
