"""What policies allow that templates only name: those of AWS, and the policy templates of SAM.

The tables `iam_managed.json` and `iam_templates.json` are written by `tests/generate_iam_tables.py`.

Source: the AWS Managed Policy Reference
(https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html) and SAM's list of policy
templates
(https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/serverless-policy-template-list.html);
as of 2026-11.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lambda_lint.knowledge.tables import part_of

if TYPE_CHECKING:
    from collections.abc import Mapping

AS_OF = "2026-11"
SOURCE = "https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html"

BASIC = "AWSLambdaBasicExecutionRole"
TRACING = "AWSXrayWriteOnlyAccess"
NETWORK = "AWSLambdaVPCAccessExecutionRole"
DURABLE = "AWSLambdaBasicDurableExecutionRolePolicy"

_WHOLE = re.compile(r"AdministratorAccess.*|PowerUserAccess|.*_?FullAccess(?:_?[vV]\d+)?")
_ARN = re.compile(r"arn:[^:]*:iam::aws:policy/(.+)")
_PLACEHOLDER = re.compile(r"\$\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Allowed:
    """What one statement allows."""

    actions: tuple[str, ...]
    resources: tuple[str, ...]
    is_conditional: bool


def managed(name: str) -> tuple[Allowed, ...] | None:
    """What a policy of AWS allows; None if that is not known. `service-role/…` and an ARN are names, too."""
    return _allowed("iam_managed", bare_name(name))


def bare_name(policy: str) -> str:
    """`AWSLambdaRole` of `arn:aws:iam::aws:policy/service-role/AWSLambdaRole`."""
    whole = _ARN.fullmatch(policy)
    return (whole[1] if whole else policy).rpartition("/")[2]


def is_full_access(policy: str) -> bool:
    """Whether a policy of AWS allows all that a service, or all services, can do; their names tell."""
    is_foreign = policy.startswith("arn:") and _ARN.fullmatch(policy) is None
    return not is_foreign and _WHOLE.fullmatch(bare_name(policy)) is not None


def template(name: str, parameters: Mapping[str, str]) -> tuple[Allowed, ...] | None:
    """What a policy template of SAM allows with these parameters; None if there is none of that name."""
    found = _allowed("iam_templates", name)
    if found is None:
        return None
    return tuple(
        Allowed(
            each.actions, tuple(_filled(text, parameters) for text in each.resources), each.is_conditional
        )
        for each in found
    )


def _filled(text: str, parameters: Mapping[str, str]) -> str:
    return _PLACEHOLDER.sub(lambda match: parameters.get(match[1], "${}"), text)


def _allowed(table: str, name: str) -> tuple[Allowed, ...] | None:
    found = part_of(table, name)
    if not found or isinstance(found, str):
        return None
    return tuple(
        Allowed(tuple(actions.split()), tuple(resources.split()), bool(condition))
        for actions, resources, *condition in found
    )
