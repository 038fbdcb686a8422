"""What Terraform declares on its own and CloudFormation inside something else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambda_lint.deployment import made_values
from lambda_lint.deployment.document import Scalar, Sequence, Value
from lambda_lint.deployment.terraform_names import shifted
from lambda_lint.deployment.terraform_shapes import ATTACHMENTS, EVENT_TARGET

if TYPE_CHECKING:
    from lambda_lint.deployment.terraform_names import Instance
    from lambda_lint.deployment.terraform_values import Expressions
    from lambda_lint.model.location import Span

    Entries = dict[str, tuple[Span, str, Value]]


def linked(entries: Entries, instances: list[Instance], expressions: Expressions) -> Entries:
    """The resources with targets in their rules, and with attached policies in their roles."""
    links = _Links(dict(entries), expressions)
    for instance in instances:
        for (type_, name), declared in instance.folder.resources.items():
            if type_ == EVENT_TARGET or type_ in ATTACHMENTS:
                made = expressions.block(declared.block, declared.base, instance, {}, frozenset())
                key = shifted(declared.block.key, declared.base)
                if type_ in ATTACHMENTS:
                    links.attach(made)
                else:
                    links.aim(f"{instance.prefix}{type_}.{name}", key, made)
    links.give_policies()
    links.close()
    return links.entries


class _Links:
    def __init__(self, entries: Entries, expressions: Expressions) -> None:
        self.entries = entries
        self._expressions = expressions
        self._open: Span | None = None
        """Where a policy is given to a role that is not known: it could be any."""

    def aim(self, address: str, key: Span, target: Value) -> None:
        """Put a target into its rule, or into a rule of its own if that is elsewhere."""
        rule = self._resource(target.get("Rule"), "AWS::Events::Rule", "Name") or address
        self.entries.setdefault(rule, (key, "AWS::Events::Rule", made_values.mapping(key, ())))
        self._append(rule, "Targets", target)

    def attach(self, attachment: Value) -> None:
        policy = attachment.get("PolicyArn")
        if policy is None:
            return
        roles = attachment.get("Roles")
        named = roles.items if isinstance(roles, Sequence) else (attachment.get("Role"),)
        for value in named:
            self._grant(value, policy)

    def give_policies(self) -> None:
        """Turn the role of a policy into the list of roles, as a policy of CloudFormation has it."""
        for address, (key, type_, properties) in list(self.entries.items()):
            role = properties.get("Role")
            if type_ == "AWS::IAM::Policy" and role is not None:
                if self._resource(role, "AWS::IAM::Role", "RoleName") is None:
                    self._grant(role, made_values.unknown(role.span))
                made = made_values.with_entry(
                    properties, key, "Roles", made_values.sequence(role.span, [role])
                )
                self.entries[address] = (key, type_, made)

    def _grant(self, role: Value | None, policy: Value) -> None:
        """Give a role a policy."""
        address = self._resource(role, "AWS::IAM::Role", "RoleName")
        if address is not None:
            self._append(address, "ManagedPolicyArns", policy)
            return
        self._open = self._open or policy.span

    def close(self) -> None:
        """Give each role what any role may have."""
        for address, (_, type_, _) in list(self.entries.items()):
            if self._open is not None and type_ == "AWS::IAM::Role":
                self._append(address, "ManagedPolicyArns", made_values.unknown(self._open))

    def _append(self, address: str, name: str, item: Value) -> None:
        key, type_, properties = self.entries[address]
        listed = made_values.with_item(properties.get(name), item)
        self.entries[address] = (key, type_, made_values.with_entry(properties, key, name, listed))

    def _resource(self, value: Value | None, type_: str, name_property: str) -> str | None:
        """The address of the resource that a value names, by reference or by its literal name."""
        match value.get("Fn::GetAtt") if value is not None else None:
            case Sequence(items=(Scalar(text=str(address)), _)) if address in self.entries:
                return address if self.entries[address][1] == type_ else None
        evaluator = self._expressions.evaluator
        literal = evaluator.literal(value)
        named = (
            address
            for address, (_, known, properties) in self.entries.items()
            if known == type_ and evaluator.literal(properties.get(name_property)) == literal
        )
        return None if literal is None else next(named, None)
