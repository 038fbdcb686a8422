"""What the arguments of constructs come to, as values in CloudFormation's form."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lambda_lint.deployment import made_values
from lambda_lint.deployment.cdk_expressions import Call, Items, Joined, Literal, Name, Pairs
from lambda_lint.deployment.cdk_tables import ATTRIBUTES, RETENTION
from lambda_lint.deployment.made_values import put

if TYPE_CHECKING:
    from lambda_lint.deployment.cdk_expressions import Expression
    from lambda_lint.deployment.cdk_program import Program
    from lambda_lint.deployment.document import Value
    from lambda_lint.model.location import Span

_CAPITAL = re.compile(r"[A-Z]")
_PYTHON = re.compile(r"PYTHON_([0-9]+)_([0-9]+)")
_SECONDS = {"seconds": 1, "minutes": 60, "hours": 3600, "days": 86400}
_SIZES = {"mebibytes": 1, "gibibytes": 1024}


class Values:
    """The values of one program."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self.ids: dict[tuple[Span, int], str] = {}
        """The ids of the constructs, by the key of the call that makes each."""

    def properties(self, call: Call, names: dict[str, str], key: Span) -> Value:
        """The named arguments as properties; what may be among arguments that are not seen is unknown."""
        properties: Value = made_values.mapping(key, ())
        for name, path in names.items():
            if name in call.named:
                at, expression = call.named[name]
                properties = put(properties, path.split("."), at, self.value(name, expression))
            elif not call.is_complete:
                properties = put(properties, path.split("."), key, made_values.unknown(key))
        return properties

    def value(self, name: str, expression: Expression) -> Value:
        span = expression.span
        meant = self._program.meant(expression)
        if name in {"vpc", "dead_letter_queue_enabled"}:
            return made_values.unknown(span)
        if name == "report_batch_item_failures" and isinstance(meant, Literal):
            said = ["ReportBatchItemFailures"] if meant.text == "true" else []
            return made_values.sequence(span, [made_values.text(span, each) for each in said])
        match meant:
            case Call() as call:
                return self._made(call, span)
            case Name() as named:
                constant = _constant(self._program.known_as(named))
                if name == "architecture" and constant is not None:
                    return made_values.sequence(span, [made_values.text(span, constant)])
                return self._attribute(named) if constant is None else made_values.text(span, constant)
            case Joined(parts=parts, is_path=False) if self._program.text(meant) is None:
                return made_values.joined(span, [self._part(part) for part in parts])
            case Items(items=items):
                return made_values.sequence(span, [self.value("", item) for item in items])
            case Pairs(entries=entries, is_complete=True):
                return made_values.mapping(
                    span, [(key, place, self.value("", item)) for key, place, item in entries]
                )
        text = self._program.text(expression)
        # The literal's own place: a secret stands there.
        return made_values.unknown(span) if text is None else made_values.text(meant.span, text)

    def _part(self, part: Expression) -> Value:
        """A part of a text: what a construct says of itself, or what is a text alone."""
        said = self._attribute(part) if isinstance(part, Name) else None
        return self.path(part) if said is None or made_values.is_unknown(said) else said

    def _attribute(self, name: Name) -> Value:
        """What a construct of the file says of itself, such as `queue.queue_url`."""
        owner, _, attribute = name.dotted.rpartition(".")
        known = ATTRIBUTES.get(_CAPITAL.sub(r"_\g<0>", attribute).lower())
        construct = self._program.meant(Name(name.span, owner, name.scope)) if known is not None else None
        if known is None or not isinstance(construct, Call) or construct.key not in self.ids:
            return made_values.unknown(name.span)
        return made_values.attribute(name.span, self.ids[construct.key], known)

    def _made(self, call: Call, span: Span) -> Value:
        if call.key in self.ids:
            return made_values.attribute(span, self.ids[call.key], "Arn")
        owner, _, method = self._program.called(call).rpartition(".")
        units = _SECONDS if owner.endswith("Duration") else _SIZES if owner.endswith("Size") else {}
        amount = self._program.text(call.arguments[0]) if len(call.arguments) == 1 else None
        if method in units and amount is not None and amount.isdecimal():
            return made_values.text(span, str(int(amount) * units[method]))
        text = self._program.text(call)
        return made_values.unknown(span) if text is None else made_values.text(span, text)

    def schedule(self, expression: Expression) -> Value:
        """What a `Schedule` is as an expression, if it says it in one way or at a rate."""
        meant = self._program.meant(expression)
        if isinstance(meant, Call) and len(meant.arguments) == 1:
            owner, _, method = self._program.called(meant).rpartition(".")
            given = self._program.meant(meant.arguments[0])
            if owner.endswith("Schedule") and method == "expression":
                return self.value("", given)
            if owner.endswith("Schedule") and method == "rate" and isinstance(given, Call):
                unit = self._program.called(given).rpartition(".")[2]
                amount = self._program.text(given.arguments[0]) if len(given.arguments) == 1 else None
                if unit in _SECONDS and amount is not None:
                    return made_values.text(expression.span, f"rate({amount} {unit})")
        return made_values.unknown(expression.span)

    def said(self, expression: Expression | None) -> str:
        """The text that an expression comes to, or what is certain of it."""
        if expression is None:
            return ""
        text = self._program.text(expression)
        parts = expression.parts if isinstance(expression, Joined) else ()
        return "".join(part.text for part in parts if isinstance(part, Literal)) if text is None else text

    def path(self, expression: Expression) -> Value:
        text = self._program.text(expression)
        return (
            made_values.unknown(expression.span) if text is None else made_values.text(expression.span, text)
        )


def _constant(dotted: str) -> str | None:
    """What a constant of the CDK comes to."""
    owner, _, name = dotted.rpartition(".")
    kind = owner.rpartition(".")[2]
    if kind == "Runtime":
        python = _PYTHON.fullmatch(name)
        # Of others it is enough to know that they are others.
        return f"python{python[1]}.{python[2]}" if python else name.partition("_")[0].lower()
    if kind == "Effect":
        return name.capitalize()
    if kind == "RetentionDays":
        return str(RETENTION[name]) if name in RETENTION else None
    if kind == "SnapStartConf":
        return "PublishedVersions" if name == "ON_PUBLISHED_VERSIONS" else None
    if kind == "Tracing":
        return {"ACTIVE": "Active", "PASS_THROUGH": "PassThrough"}.get(name)
    if kind == "Architecture":
        return {"ARM_64": "arm64", "X86_64": "x86_64"}.get(name)
    return name if kind == "StartingPosition" else None
