"""The smallest policy that a deployed function needs, as far as it can be known.

The question is put to the engine as a rule puts it, so that parts, layers and templates are what they are for
every other rule; the answer comes back in the message of a finding.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from lambda_lint.analyses.allowed import types_of
from lambda_lint.analyses.needs import also_needed, needs_of
from lambda_lint.analyses.role_needs import role_needs, unknown_role_needs
from lambda_lint.analyses.sdk_calls import calls_of
from lambda_lint.analyses.unused_permissions import is_all_known
from lambda_lint.engine.lint import lint
from lambda_lint.knowledge import iam_actions, iam_resources
from lambda_lint.model.finding import RuleInfo
from lambda_lint.model.labels import Category, Severity
from lambda_lint.registry import Registry, own_entries
from lambda_lint.rule import Rule
from lambda_lint.rule_entry import RuleEntry
from lambda_lint.semantics.deployments import Deployment
from lambda_lint.settings.options import DEFAULT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lambda_lint.analyses.allowed import Wanted
    from lambda_lint.analyses.needs import Need
    from lambda_lint.analyses.role_needs import RoleNeed
    from lambda_lint.engine.inputs import Inputs
    from lambda_lint.rule import Violation
    from lambda_lint.semantics.context import Context
    from lambda_lint.settings.options import Settings

VERSION = "2012-10-17"
ANY = "*"
PARTITION = "${AWS::Partition}"
_PSEUDO = re.compile(r"\$\{AWS::\w+\}")
_ATTRIBUTE = re.compile(rf"({'|'.join(set(map(re.escape, iam_resources.NAME_ATTRIBUTES.values())))})$")
_REFERENCE = re.compile(r"\$\{([^{}]+)\}")
UNKNOWN_LIBRARY = "some of the code, or of what it imports, is not known: it may need more"
NO_CODE = "its code was not found"


@dataclass(frozen=True, slots=True)
class FunctionPolicy:
    """What one function needs."""

    name: str
    """Its logical id."""
    template: str
    deployed_name: str | None
    handler: str | None
    needs: tuple[tuple[str, str], ...]
    """Actions, and the resource that each is needed on, as a template writes it."""
    notes: tuple[str, ...]
    """What is not known."""

    def is_called(self, name: str) -> bool:
        """Whether users may call it by this name."""
        return name in {self.name, self.deployed_name, self.handler, f"{self.template}:{self.name}"}

    def document(self, *, in_template: bool = False) -> dict[str, Any]:
        """The policy, with one statement for each service and each group of resources.

        In a template of CloudFormation, resources are referred to; elsewhere `*` stands for what only the
        deployment knows.
        """
        by_action: dict[str, list[str]] = {}
        for action, resource in self.needs:
            by_action.setdefault(action, []).append(resource if in_template else _plain(resource))
        groups: dict[tuple[str, tuple[str, ...]], list[str]] = {}
        for action, resources in by_action.items():
            kept = (ANY,) if ANY in resources else tuple(sorted(set(resources)))
            groups.setdefault((action.partition(":")[0], kept), []).append(action)
        statements = [
            {"Effect": "Allow", "Action": sorted(actions), "Resource": list(map(_written, resources))}
            for (_, resources), actions in sorted(groups.items())
        ]
        return {"Version": VERSION, "Statement": statements}

    @property
    def generated(self) -> tuple[str, ...]:
        """The resources whose names are made when they are deployed."""
        found = (_REFERENCE.findall(_PSEUDO.sub("", resource)) for _, resource in self.needs)
        return tuple(sorted({_ATTRIBUTE.sub("", name) for names in found for name in names}))


def policies_of(inputs: Inputs, settings: Settings) -> tuple[FunctionPolicy, ...]:
    """What each deployed function of a project needs."""
    info = RuleInfo(
        code=_Question.code,
        name="policy",
        category=Category.DEPLOYMENT,
        severity=Severity.INFO,
        on_by_default=True,
        summary="What does the function need?",
        page="",
        url="",
    )
    registry = Registry([*own_entries(), RuleEntry(info, _Question)])
    asked = replace(
        DEFAULT,
        src=settings.src,
        handlers=settings.handlers,
        test_paths=settings.test_paths,
        max_file_size=settings.max_file_size,
    )
    result = lint(inputs, asked, registry)
    answers = (json.loads(each.message) for each in result.findings if each.code == _Question.code)
    found = {
        FunctionPolicy(**{key: _frozen(value) for key, value in answer.items()}): None for answer in answers
    }
    return tuple(found)


class _Question(Rule[Deployment]):
    """What does the function need?"""

    code = "LL999"
    severity = Severity.INFO
    message = "{answer}"

    def check(self, subject: Deployment, ctx: Context, /) -> Iterator[Violation]:  # noqa: ARG002 - there is none
        needs, notes = _answer(subject)
        answer = {
            "name": subject.function.name,
            "template": subject.template.path,
            "deployed_name": subject.function.deployed_name,
            "handler": subject.function.handler,
            "needs": needs,
            "notes": notes,
        }
        yield self.violation(subject.function.place, answer=json.dumps(answer))


def _answer(subject: Deployment) -> tuple[list[tuple[str, str]], list[str]]:
    calls = calls_of(subject)
    notes = [] if subject.handlers else [NO_CODE]
    if subject.handlers and not is_all_known(subject, calls):
        notes.append(UNKNOWN_LIBRARY)
    notes += unknown_role_needs(subject.function)
    types = types_of(subject.template)
    needs = [(each.action, _of_role(each, types)) for each in role_needs(subject.function)]
    for call in calls.calls:
        where = _where(subject, call.at.module)
        told = f"{call.service}.{call.operation} ({where})"
        if not call.is_own:
            notes.append(f"{told} may be called with other credentials: left out")
            continue
        found = needs_of(call)
        if found is None:
            notes.append(f"it is not known what {told} needs: left out")
        for need in (*(found or ()), *also_needed(call)):
            if need.wanted is not None and need.wanted.is_known:
                needs.append((need.action, _resource(need, need.wanted, types)))
                continue
            needs.append((need.action, ANY))
            if need.takes_resource is not False:
                notes.append(f"the resource of {told} is not known: `{need.action}` is allowed on `*`")
    return sorted(set(needs)), list(dict.fromkeys(notes))


def _where(subject: Deployment, module: int) -> str:
    return subject.project.paths[module]


def _resource(need: Need, wanted: Wanted, types: dict[str, str]) -> str:
    """The ARN on which an action is needed."""
    name = _reference(wanted, types)
    return f"{_arn(wanted.prefix, wanted.tail.format(name))}{_ending(need, wanted)}"


def _of_role(need: RoleNeed, types: dict[str, str]) -> str:
    tail = need.tail(types)
    return ANY if tail is None else _arn(need.action.partition(":")[0], tail)


def _arn(prefix: str, tail: str) -> str:
    place = ":::" if prefix in iam_resources.GLOBAL else ":${AWS::Region}:${AWS::AccountId}:"
    return f"arn:{PARTITION}:{prefix}{place}{tail}"


def _reference(wanted: Wanted, types: dict[str, str]) -> str:
    """How a template of CloudFormation calls the resource by its name."""
    if wanted.id is None:
        return wanted.name or ""
    return f"${{{wanted.id}{iam_resources.NAME_ATTRIBUTES.get(types[wanted.id], '')}}}"


def _ending(need: Need, wanted: Wanted) -> str:
    if wanted.index is not None:
        return f"/index/{wanted.index}"
    is_object = wanted.prefix == "s3" and need.action.partition(":")[2] in iam_actions.ON_OBJECTS
    return "/*" if is_object else "-*" if wanted.prefix == "secretsmanager" and wanted.name else ""


def _plain(resource: str) -> str:
    """An ARN that is valid in a policy by itself."""
    return _REFERENCE.sub("*", _PSEUDO.sub("*", resource.replace(PARTITION, "aws")))


def _written(resource: str) -> object:
    return {"Fn::Sub": resource} if "${" in resource else resource


def _frozen(value: Any) -> Any:
    return tuple(map(_frozen, value)) if isinstance(value, list) else value
