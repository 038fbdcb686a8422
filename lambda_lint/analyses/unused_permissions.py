"""What a deployed function may do and never does, as far as its code is known."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lambda_lint.analyses.needs import also_needed, needs_of
from lambda_lint.analyses.role_needs import role_needs
from lambda_lint.analyses.sdk_calls import calls_of
from lambda_lint.knowledge import iam_actions, iam_silence
from lambda_lint.model.labels import SourceKind
from lambda_lint.semantics.facts import Attr
from lambda_lint.semantics.linking import STANDARD_LIBRARY
from lambda_lint.semantics.values import UNKNOWN, SdkMethod

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lambda_lint.analyses.sdk_calls import SdkCalls
    from lambda_lint.deployment.access import Statement
    from lambda_lint.deployment.function import DeployedFunction
    from lambda_lint.semantics.deployments import Deployment

DYNAMIC = frozenset({"getattr", "operator.methodcaller", "importlib.import_module", "builtins.getattr"})
BROKERS = frozenset({SourceKind.DOCUMENTDB, SourceKind.KAFKA, SourceKind.MQ})
_CAPITAL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


@dataclass(frozen=True, slots=True)
class Unused:
    """Actions of a statement that the function never needs."""

    statement: Statement
    actions: tuple[str, ...]


def unused_permissions(deployment: Deployment) -> Iterator[Unused]:
    """The statements with actions that nothing in the function's code needs.

    Nothing is told of a function of whose code not all is known, of policies that several functions or others
    have, and of what Lambda does in the function's name.
    """
    calls = calls_of(deployment)
    if not deployment.handlers or not is_all_known(deployment, calls) or _is_stand_in(deployment, calls):
        return
    used = _used(calls)
    if used is None or _is_lent(calls):
        return
    services = {action.partition(":")[0] for action in used}
    own = _of_platform(deployment.function)
    names = _names(deployment)
    for statement in deployment.function.access.statements.items:
        if statement.effect != "Allow" or statement.not_actions or statement.is_lent:
            continue
        if _is_shared(statement, deployment):
            continue
        found = tuple(
            action
            for action in statement.actions.items
            if not _is_needed(action, used, own, services) and _operation(action) not in names
        )
        if found:
            yield Unused(statement, found)


def is_all_known(deployment: Deployment, calls: SdkCalls) -> bool:
    """Whether there can be no other calls of AWS than those that were found."""
    return not calls.unclear and not any(_is_dynamic(deployment)) and _are_harmless(deployment)


def _is_stand_in(deployment: Deployment, calls: SdkCalls) -> bool:
    """Whether its code is likely to stand there only until a pipeline puts the real one in its place."""
    return deployment.function.inline is not None and not calls.calls


def _is_lent(calls: SdkCalls) -> bool:
    """Whether it lets a service do anything with its permissions."""
    own = (need.action.lower() for call in calls.calls if call.is_own for need in needs_of(call) or ())
    return not iam_silence.AS_CALLER.isdisjoint(own)


def _is_dynamic(deployment: Deployment) -> Iterator[bool]:
    for call in deployment.calls:
        yield any(getattr(value, "name", None) in DYNAMIC for value in call.callee)


def _are_harmless(deployment: Deployment) -> bool:
    """Whether all that the code imports is its own, or is known to call nothing of AWS."""
    project = deployment.project
    for module in {module for module, _ in deployment.reached}:
        for imported in project.modules[module].imports:
            name = imported.module if imported.name is None else f"{imported.module}.{imported.name}"
            if imported.level or project.linker.resolve(module, imported.module, 0) is not None:
                continue
            package = name.partition(".")[0]
            known = package in STANDARD_LIBRARY or package in iam_silence.WITHOUT_AWS
            if not known or name.startswith(iam_silence.WITH_AWS):
                return False
    return True


def _used(calls: SdkCalls) -> frozenset[str] | None:
    """The actions that the calls need; None if that is not known of one of them."""
    found: set[str] = set()
    for call in calls.calls:
        needs = needs_of(call)
        if needs is None:
            return None
        found.update(need.action for need in (*needs, *also_needed(call)))
    return frozenset(found)


def _is_needed(action: str, used: frozenset[str], own: tuple[str, ...], services: set[str]) -> bool:
    lower = action.lower()
    prefix = lower.partition(":")[0]
    return (
        "${" in action
        or iam_actions.is_whole_service(action)
        or iam_actions.takes_resource(action) is None
        or iam_actions.is_only(action, (*own, *iam_actions.OF_PLATFORM, *iam_silence.NEVER_CALLED))
        or (
            prefix in services
            and (lower in iam_silence.BESIDE or iam_actions.matches(iam_silence.TAGS, lower))
        )
        or (prefix in iam_silence.READ_ON_BEHALF and not services.isdisjoint(iam_silence.ON_BEHALF))
        or any(iam_actions.is_only(action, iam_silence.NEEDED_WITH.get(each.lower(), ())) for each in used)
        or any(iam_actions.matches(action, each) for each in used)
    )


def _of_platform(function: DeployedFunction) -> tuple[str, ...]:
    """What Lambda itself does for the sources and destinations of the function."""
    found = [need.action.lower() for need in role_needs(function)]
    for source in function.sources:
        found += iam_silence.FOR_BROKERS if source.kind in BROKERS else ()
        found += iam_silence.FOR_QUEUES if source.kind is SourceKind.SQS else ()
    delivery = function.delivery
    ends = [delivery.dead_letter, delivery.on_failure, delivery.on_success]
    ends += [source.polling.failure_destination for source in function.sources if source.polling]
    if not function.sources_known or not all(end.is_absent for end in ends):
        found += iam_silence.FOR_DELIVERY
    return tuple(found)


def _is_shared(statement: Statement, deployment: Deployment) -> bool:
    holders = [
        function
        for function in deployment.together
        if any(each.place == statement.place for each in function.access.statements.items)
    ]
    return len(holders) > 1


def _operation(action: str) -> str:
    """How code would call the operation of that name: `put_item` of `dynamodb:PutItem`."""
    return _CAPITAL.sub("_", action.partition(":")[2]).lower()


def _names(deployment: Deployment) -> frozenset[str]:
    """The names of all methods that are called on something that is not known."""
    return frozenset(
        call.call.func.name
        for call in deployment.calls
        if isinstance(call.call.func, Attr) and (UNKNOWN in call.callee or not _is_sdk(call.callee))
    )


def _is_sdk(callee: tuple[object, ...]) -> bool:
    return any(isinstance(each, SdkMethod) for each in callee)
