"""What roles and functions of a CDK program are allowed, as far as statements are written out.

Grants and policies from elsewhere are not looked into: nobody knows all that a function may do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambda_lint.deployment import made_values
from lambda_lint.deployment.cdk_expressions import Call, Items, Pairs
from lambda_lint.deployment.made_values import put

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lambda_lint.deployment.cdk_expressions import Expression
    from lambda_lint.deployment.cdk_program import Program
    from lambda_lint.deployment.cdk_values import Values
    from lambda_lint.deployment.document import Value
    from lambda_lint.model.location import Span

ROLE = "aws_iam.Role"
_ADDING = frozenset({"addToPolicy", "addToRolePolicy", "add_to_policy", "add_to_role_policy"})
_NAMES = {
    "actions": "Action",
    "conditions": "Condition",
    "not_actions": "NotAction",
    "not_resources": "NotResource",
    "resources": "Resource",
}


class Policies:
    def __init__(self, program: Program, values: Values, found: dict[str, tuple[Span, str, Value]]) -> None:
        self._program = program
        self._values = values
        self._found = found
        """Place, type and properties by id; what is found here is added."""
        self._changed = {
            receiver.key
            for call in program.calls
            if call.receiver is not None
            and call.function.rpartition(".")[2].startswith("add")
            and isinstance(receiver := program.meant(call.receiver), Call)
        }
        """What is added to after it was made."""

    def of_function(self, call: Call, id_: str, key: Span) -> Value | None:
        """The role of a function, None for the one that the CDK makes; with what the function is given."""
        if "initial_policy" in call.named:
            self._attach(f"{id_}Role", call.named["initial_policy"][1], key)
        if "role" not in call.named:
            return None if call.is_complete else made_values.unknown(key)
        place, role = call.named["role"]
        made = self._role_of(role)
        return made_values.unknown(place) if made is None else made_values.attribute(role.span, made, "Arn")

    def role(self, call: Call, id_: str, key: Span) -> None:
        """Add a role, with the policies that it is made with."""
        properties: Value = made_values.mapping(key, ())
        if "managed_policies" in call.named:
            listed = self._program.meant(call.named["managed_policies"][1])
            named = [self._managed(each) for each in listed.items] if isinstance(listed, Items) else []
            properties = put(properties, ["ManagedPolicyArns"], key, made_values.sequence(key, named))
        self._found[id_] = (key, "AWS::IAM::Role", properties)
        inline = (
            self._program.meant(call.named["inline_policies"][1]) if "inline_policies" in call.named else None
        )
        for _, _, document in inline.entries if isinstance(inline, Pairs) else ():
            made = self._program.meant(document)
            if isinstance(made, Call) and "statements" in made.named:
                self._attach(id_, made.named["statements"][1], key)

    def use(self, call: Call) -> None:
        """Take a statement that is added to the role of a function, or to a role."""
        if call.receiver is None or call.function.rpartition(".")[2] not in _ADDING:
            return
        receiver = self._program.meant(call.receiver)
        id_ = self._values.ids.get(receiver.key) if isinstance(receiver, Call) else None
        if id_ is None or not isinstance(receiver, Call):
            return
        if self._found[id_][1] == "AWS::Lambda::Function":
            # A role that is given to the function gets what is added to the function.
            given = receiver.named.get("role")
            id_ = f"{id_}Role" if given is None else self._role_of(given[1])
        if id_ is not None:
            for statement in (*call.arguments[:1], *(value for _, value in call.named.values())):
                self._add(id_, [statement], call.span)

    def _role_of(self, role: Expression) -> str | None:
        made = self._program.meant(role)
        is_known = isinstance(made, Call) and self._program.called(made) == ROLE
        return self._values.ids.get(made.key) if isinstance(made, Call) and is_known else None

    def _managed(self, policy: Expression) -> Value:
        made = self._program.meant(policy)
        is_named = isinstance(made, Call) and self._program.called(made) in {
            "aws_iam.ManagedPolicy.from_aws_managed_policy_name",
            "aws_iam.ManagedPolicy.fromAwsManagedPolicyName",
        }
        name = (
            self._program.text(made.arguments[0])
            if isinstance(made, Call) and is_named and made.arguments
            else None
        )
        if name is None:
            return made_values.unknown(policy.span)
        return made_values.text(policy.span, f"arn:aws:iam::aws:policy/{name}")

    def _attach(self, role: str, statements: Expression, key: Span) -> None:
        listed = self._program.meant(statements)
        if isinstance(listed, Items):
            self._add(role, listed.items, key)

    def _add(self, role: str, statements: Iterable[Expression], key: Span) -> None:
        made = [each for statement in statements for each in self._statement(statement)]
        document = made_values.mapping(key, [("Statement", key, made_values.sequence(key, made))])
        roles = made_values.sequence(key, [made_values.attribute(key, role)])
        properties = made_values.mapping(key, [("PolicyDocument", key, document), ("Roles", key, roles)])
        type_ = "AWS::IAM::Policy"
        self._found[f"{type_}-{len(self._found)}"] = (key, type_, properties)

    def _statement(self, expression: Expression) -> Iterator[Value]:
        """Yield a statement, if it is written out."""
        call = self._program.meant(expression)
        if not isinstance(call, Call) or self._program.called(call) != "aws_iam.PolicyStatement":
            return
        call = self._program.whole(call)
        if not call.is_complete or call.key in self._changed:
            return
        key = call.named["actions"][0] if "actions" in call.named else call.span
        effect: Value = made_values.text(key, "Allow")
        if "effect" in call.named:
            effect = self._values.value("", call.named["effect"][1])
        entries: list[tuple[str, Span, Value]] = [("Effect", key, effect)]
        for name, property_ in _NAMES.items():
            if name in call.named:
                place, value = call.named[name]
                entries.append((property_, place, self._values.value("", value)))
        yield made_values.mapping(call.span, entries)
