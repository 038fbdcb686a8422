"""What a deployed function may do: its role, and the policies that the template gives it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lambda_lint.deployment.fact import NOT_LISTED, UNKNOWN, Fact, Listed

if TYPE_CHECKING:
    from lambda_lint.deployment.fact import Place


@dataclass(frozen=True, slots=True)
class Named:
    """A resource, as far as the value that names it tells which."""

    id: str | None
    """Its logical id, if it is in the same template."""
    name: str | None = None
    """Its name, if the template says it literally."""
    service: str | None = None
    """The service in its ARN or its type, such as `sqs`."""
    text: str = ""
    """The value: `${…}` stands for what only the deployment knows, `${Orders.Arn}` for an attribute of a
    resource."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement of a policy."""

    place: Place
    effect: str | None
    """`Allow` or `Deny`."""
    actions: Listed[str]
    """Such as `s3:GetObject`, `dynamodb:*`, `*`, as written."""
    resources: Listed[str]
    """ARNs or `*`, in the form of `Named.text`."""
    not_actions: bool = False
    """Whether `actions` are those to which the statement does not apply."""
    not_resources: bool = False
    """The same of `resources`."""
    is_conditional: bool = False
    is_lent: bool = False
    """Whether others may do it too: another role has the policy, or others than functions take the role."""


@dataclass(frozen=True, slots=True)
class ManagedPolicy:
    """A policy of AWS or of the account, named: `AmazonS3FullAccess`, `service-role/…`, or all of its ARN."""

    name: str
    place: Place


@dataclass(frozen=True, slots=True)
class PolicyTemplate:
    """A policy template of SAM, such as `DynamoDBCrudPolicy`."""

    name: str
    parameters: tuple[tuple[str, str], ...]
    """In the form of `Named.text`."""
    place: Place


@dataclass(frozen=True, slots=True)
class Access:
    """What the function's role may do. By default nothing is known of it."""

    role: Fact[Named] = UNKNOWN
    """The role that the function names; absent if the framework makes one."""
    statements: Listed[Statement] = NOT_LISTED
    """Incomplete if the role is elsewhere or policies of it are not known; a policy that is only named
    (`managed`, `templates`) does not make it so."""
    managed: tuple[ManagedPolicy, ...] = ()
    templates: tuple[PolicyTemplate, ...] = ()
