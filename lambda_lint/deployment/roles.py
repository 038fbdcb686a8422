"""What the functions of a stack may do: statements of their roles' policies, and policies by name."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from lambda_lint.deployment import facts
from lambda_lint.deployment.access import Access, ManagedPolicy, PolicyTemplate, Statement
from lambda_lint.deployment.document import Mapping, Scalar, Value
from lambda_lint.deployment.fact import Fact, Listed
from lambda_lint.deployment.intrinsics import call_of
from lambda_lint.deployment.stack import written

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lambda_lint.deployment.access import Named
    from lambda_lint.deployment.stack import Resource, Stack

_POLICIES = frozenset({"AWS::IAM::ManagedPolicy", "AWS::IAM::Policy", "AWS::IAM::RolePolicy"})
_AWS_MANAGED = ":policy/"
_LAMBDA = ("edgelambda.", "lambda.")
"""How the principals begin that run functions."""
CONNECTOR = "AWS::Serverless::Connector"
"""The name under which a connector is a policy template; its parameters are `Id` and `Permissions`."""


@dataclass(slots=True)
class _Collected:
    statements: list[Statement] = field(default_factory=list)
    managed: list[ManagedPolicy] = field(default_factory=list)
    templates: list[PolicyTemplate] = field(default_factory=list)
    is_complete: bool = True


class Roles:
    """The roles of a stack with all policies that the template attaches to them."""

    def __init__(self, stack: Stack) -> None:
        self._stack = stack
        self._attached: defaultdict[str, list[Resource]] = defaultdict(list)
        """Policies by the logical id of the role."""
        self._connected: defaultdict[str, list[tuple[Value, str, Value | None]]] = defaultdict(list)
        """By the logical id of a function: where a connector stands, its destination, its permissions."""
        self._holders: Counter[str] = Counter()
        """How many have a policy, by its logical id."""
        for resource in stack.resources.values():
            if resource.type in _POLICIES:
                self._attach(resource)
            elif resource.type == "AWS::IAM::Role":
                arns, _ = facts.items(stack, resource.get("ManagedPolicyArns"))
                self._holders.update(filter(None, (stack.target(arn).id for arn in arns)))
            elif resource.type == CONNECTOR:
                self._connect(stack.evaluator.literal(resource.get("Source", "Id")), resource.key, resource)
            for name, entry in facts.parts(stack, resource.body.get("Connectors")):
                del name
                self._connect(resource.id, entry, entry)

    def access(self, function: str, role: Value | None, policies: Value | None = None) -> Access:
        """What a function may do. Without a role, SAM makes one with `policies`."""
        found = _Collected()
        named: Fact[Named] = facts.named(self._stack, role)
        if named.is_absent:
            self._inline(policies, found)
            self._policies_of(f"{function}Role", found)
        else:
            self._role(named.value.id if named.value else None, found)
        for at, destination, permissions in self._connected[function]:
            parameters = (("Id", destination), ("Permissions", ",".join(self._texts(permissions).items)))
            found.templates.append(PolicyTemplate(CONNECTOR, parameters, self._stack.place(at)))
        return Access(
            role=named,
            statements=Listed(tuple(found.statements), is_complete=found.is_complete),
            managed=tuple(found.managed),
            templates=tuple(found.templates),
        )

    def _attach(self, policy: Resource) -> None:
        roles, _ = facts.items(self._stack, policy.get("Roles"))
        single = policy.get("RoleName")
        for role in (*roles, *((single,) if single else ())):
            id_ = self._stack.target(role).id
            if id_ is None and (reference := self._stack.evaluator.text(role).references):
                # The role that SAM makes is not among the resources.
                id_ = reference[0].name
            if id_ is not None:
                self._attached[id_].append(policy)
        others = (
            *facts.items(self._stack, policy.get("Groups"))[0],
            *facts.items(self._stack, policy.get("Users"))[0],
        )
        self._holders[policy.id] += len(roles) + len(others)

    def _connect(self, source: str | None, at: Value, connector: Resource | Value) -> None:
        body = connector.body if not isinstance(connector, Value) else connector
        properties = body.get("Properties")
        destination = properties.get("Destination") if properties else None
        if source is None or destination is None:
            return
        ends, _ = facts.items(self._stack, destination)
        for end in ends:
            id_ = self._stack.evaluator.text(end.get("Id"))
            self._connected[source].append((at, written(id_), properties and properties.get("Permissions")))

    def _role(self, id_: str | None, found: _Collected) -> None:
        role = self._stack.resources.get(id_ or "")
        if role is None or role.type != "AWS::IAM::Role":
            found.is_complete = False
            return
        policies, all_there = facts.items(self._stack, role.get("Policies"))
        found.is_complete &= all_there
        for policy in policies:
            self._document(policy.get("PolicyDocument"), found)
        arns, all_there = facts.items(self._stack, role.get("ManagedPolicyArns"))
        found.is_complete &= all_there
        for arn in arns:
            self._managed(arn, found)
        self._policies_of(role.id, found)
        if self._is_for_others(role):
            found.statements = [replace(statement, is_lent=True) for statement in found.statements]

    def _is_for_others(self, role: Resource) -> bool:
        """Whether more than functions may act in a role, as far as its trust policy says."""
        trusted, _ = facts.items(self._stack, role.get("AssumeRolePolicyDocument", "Statement"))
        return any(
            kind != "Service" or not all(name.startswith(_LAMBDA) for name in names.items)
            for statement in trusted
            for kind, names in self._principals(statement.get("Principal"))
        )

    def _principals(self, value: Value | None) -> Iterator[tuple[str, Listed[str]]]:
        """The kinds of principals with their names, in the form of CloudFormation or in that of Terraform."""
        told = dict(facts.parts(self._stack, value))
        if "Identifiers" in told:
            yield self._stack.evaluator.literal(told.get("Type")) or "", self._texts(told["Identifiers"])
        else:
            yield from ((kind, self._texts(names)) for kind, names in told.items())

    def _policies_of(self, role: str, found: _Collected) -> None:
        for policy in self._attached[role]:
            self._document(policy.get("PolicyDocument"), found, is_lent=self._holders[policy.id] > 1)

    def _managed(self, value: Value, found: _Collected) -> None:
        own = self._stack.resources.get(self._stack.target(value).id or "")
        if own is not None and own.type == "AWS::IAM::ManagedPolicy":
            self._document(own.get("PolicyDocument"), found, is_lent=self._holders[own.id] > 1)
            return
        name = written(self._stack.evaluator.text(value)).rpartition(_AWS_MANAGED)[2]
        if "${" in name:
            found.is_complete = False
        else:
            found.managed.append(ManagedPolicy(name, self._stack.place(value)))

    def _inline(self, policies: Value | None, found: _Collected) -> None:
        listed, all_there = facts.items(self._stack, policies)
        found.is_complete &= all_there
        for policy in listed:
            if isinstance(policy, Mapping) and call_of(policy) is None:
                if policy.get("Statement") is not None:
                    self._document(policy, found)
                else:
                    self._templates(policy, found)
            else:
                self._managed(policy, found)

    def _templates(self, policy: Mapping, found: _Collected) -> None:
        for name, entry in policy.entries.items():
            parameters = tuple(
                (key, written(self._stack.evaluator.text(value)))
                for key, value in facts.parts(self._stack, entry.value)
            )
            found.templates.append(PolicyTemplate(name, parameters, self._stack.place(entry.key)))

    def _document(self, document: Value | None, found: _Collected, *, is_lent: bool = False) -> None:
        statements = statements_of(self._stack, document.get("Statement") if document else None)
        found.statements.extend(
            replace(statement, is_lent=True) if is_lent else statement for statement in statements.items
        )
        found.is_complete &= statements.is_complete

    def _texts(self, value: Value | None) -> Listed[str]:
        return facts.listed(self._stack, value)


def statements_of(stack: Stack, value: Value | None) -> Listed[Statement]:
    """The statements in a list of a policy document."""
    listed, all_there = facts.items(stack, value)
    found = [
        _statement(stack, item) for item in listed if isinstance(item, Mapping) and call_of(item) is None
    ]
    return Listed(tuple(found), is_complete=all_there and value is not None and len(found) == len(listed))


def _statement(stack: Stack, item: Mapping) -> Statement:
    names = {name.lower(): entry for name, entry in item.entries.items()}

    def value(name: str) -> Value | None:
        return names[name].value if name in names else None

    action, resource = value("action"), value("resource")
    first = next(iter(item.entries.values()), None)
    at = first.key if first else Scalar(item.span, "", None, "")
    return Statement(
        place=stack.place(at),
        effect=stack.evaluator.literal(value("effect")),
        actions=facts.listed(stack, action if action is not None else value("notaction")),
        resources=facts.listed(stack, resource if resource is not None else value("notresource")),
        not_actions="notaction" in names,
        not_resources="notresource" in names,
        is_conditional="condition" in names,
    )
