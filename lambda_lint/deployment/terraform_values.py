"""What the expressions of Terraform come to, as values in CloudFormation's form.

References between resources become `Fn::GetAtt`, texts with interpolations `Fn::Join`, and a condition
`Fn::If`: of all that is not understood the result is unknown.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lambda_lint.deployment import hcl, made_values
from lambda_lint.deployment.document import Mapping, Scalar, Sequence, Value, parse
from lambda_lint.deployment.evaluation import Evaluator
from lambda_lint.deployment.intrinsics import call_of
from lambda_lint.deployment.terraform_functions import FUNCTIONS, calculated, or_nothing
from lambda_lint.deployment.terraform_json import placed
from lambda_lint.deployment.terraform_names import (
    ATTRIBUTES,
    SKIPPED,
    Instance,
    pascal,
    shifted,
    with_effect,
)
from lambda_lint.deployment.terraform_shapes import INHERITING, STATEMENT
from lambda_lint.errors import TemplateError
from lambda_lint.model.location import Span

if TYPE_CHECKING:
    from collections.abc import Callable

    from lambda_lint.deployment.terraform_module import At

MAX_DEPTH = 80
"""Levels of expressions, through the locals and variables that they mention."""
MAX_VALUES = 200_000

NULL = Scalar(Span(0, 0), "", None, "")


@dataclass(slots=True)
class Expressions:
    """Evaluates expressions; all of one deployment, so that what they cost is counted together."""

    text_at: Callable[[Span], str]
    """The text of a file within a span."""
    evaluator: Evaluator = field(default_factory=lambda: Evaluator(NULL))
    _depth: int = 0
    _count: int = 0

    def value(self, node: hcl.Expression, base: int, instance: Instance) -> Value:
        """What an expression comes to; `null` is a scalar without a text."""
        span = Span(base + node.span.start, base + node.span.end)
        self._count += 1
        if self._count > MAX_VALUES:
            raise TemplateError(f"expressions make more than {MAX_VALUES} values", node.span.start)
        if self._depth >= MAX_DEPTH:
            return made_values.unknown(span)
        self._depth += 1
        try:
            return self._value(node, span, base, instance)
        finally:
            self._depth -= 1

    def at(self, part: At, instance: Instance) -> Value:
        return self.value(part.node, part.base, instance)

    def json(self, node: hcl.Expression, base: int, instance: Instance) -> Value:
        """As `value`; and a heredoc that holds JSON is what it holds."""
        if isinstance(node, hcl.Template) and node.is_heredoc:
            content = Span(base + node.content.start, base + node.content.end)
            try:
                (document,) = parse(self.text_at(content))
            except (TemplateError, ValueError):
                return made_values.unknown(content)
            return placed(
                document,
                content.start,
                [part for part in node.parts if not isinstance(part, (str, type(None)))],
                base,
                lambda parts, span: self._template(parts, span, base, instance),
            )
        return self.value(node, base, instance)

    def _value(self, node: hcl.Expression, span: Span, base: int, instance: Instance) -> Value:
        match node:
            case hcl.Literal(text=text):
                return Scalar(span, "", text, '"' if text is not None else "")
            case hcl.Template(parts=parts):
                return self._template(parts, span, base, instance)
            case hcl.Tuple(items=items):
                return made_values.sequence(span, [self.value(item, base, instance) for item in items])
            case hcl.Object(pairs=pairs):
                return self._object(pairs, span, base, instance)
            case hcl.Conditional(yes=yes, no=no):
                options = [self.value(option, base, instance) for option in (yes, no)]
                return made_values.either(span, *(or_nothing(option) for option in options))
            case hcl.Arithmetic(operator=operator, left=left, right=right):
                sides = [self.evaluator.number(self.value(side, base, instance)) for side in (left, right)]
                return calculated(span, operator, *sides)
            case hcl.Call(name=name, arguments=arguments):
                given = [self.value(argument, base, instance) for argument in arguments]
                if name in FUNCTIONS:
                    made = FUNCTIONS[name](self.evaluator, span, given)
                    self._count += len(made.children)
                    return made
            case hcl.Access(base=hcl.Name(name=name), steps=steps):
                return self._reference(name, steps, span, base, instance)
            case hcl.Access(base=origin, steps=steps):
                return self._follow(self.value(origin, base, instance), steps, span, base, instance)
        return made_values.unknown(span)

    def _template(
        self, parts: tuple[str | hcl.Expression | None, ...], span: Span, base: int, instance: Instance
    ) -> Value:
        made: list[Value] = []
        for part in parts:
            if part is None:
                made.append(made_values.unknown(span))
            elif isinstance(part, str):
                made.append(made_values.text(span, part))
            else:
                made.append(self.value(part, base, instance))
        return made[0] if len(made) == 1 else made_values.joined(span, made)

    def _object(
        self,
        pairs: tuple[tuple[hcl.Expression, hcl.Expression], ...],
        span: Span,
        base: int,
        instance: Instance,
    ) -> Value:
        entries = []
        for key, item in pairs:
            name = self.evaluator.literal(self.value(key, base, instance))
            if name is None:
                return made_values.unknown(span)
            place = Span(base + key.span.start, base + key.span.end)
            entries.append((name, place, self.value(item, base, instance)))
        return made_values.mapping(span, entries)

    def _reference(
        self,
        name: str,
        steps: tuple[str | hcl.Expression, ...],
        span: Span,
        base: int,
        instance: Instance,
    ) -> Value:
        match name, steps:
            case "var" | "local", (str(wanted), *rest):
                return self._follow(self._named(name, wanted, span, instance), rest, span, base, instance)
            case "path", ("module",):
                return made_values.text(span, instance.location)
            case "path", _:
                return made_values.text(span, ".")
            case "module", (str(called), *rest):
                return self._output(called, rest, span, base, instance)
            case "data", ("aws_iam_policy_document", str(wanted), *_):
                return self._policy_document(wanted, span, instance)
            case type_, (str(wanted), *rest) if (type_, wanted) in instance.folder.resources:
                names = [step for step in rest if isinstance(step, str)]
                first = names[0] if names else "id"
                named = ATTRIBUTES.get(first, pascal(first))
                return made_values.attribute(span, f"{instance.prefix}{type_}.{wanted}", named)
        return made_values.unknown(span)

    def _named(self, kind: str, name: str, span: Span, instance: Instance) -> Value:
        if (kind, name) not in instance.known:
            # What mentions itself is not known.
            instance.known[kind, name] = made_values.unknown(span)
            declared = (instance.folder.variables if kind == "var" else instance.folder.locals).get(name)
            if kind == "var" and instance.caller is not None and name in instance.arguments:
                instance.known[kind, name] = self.at(instance.arguments[name], instance.caller)
            elif declared is not None:
                instance.known[kind, name] = self.at(declared, instance)
        return instance.known[kind, name]

    def _output(
        self, called: str, rest: list[str | hcl.Expression], span: Span, base: int, instance: Instance
    ) -> Value:
        names = [number for number, step in enumerate(rest) if isinstance(step, str)]
        if names:
            output = str(rest[names[0]])
            if called in instance.outputs_of:
                return instance.outputs_of[called](output, span)
            child = instance.children.get(called)
            if child is not None and output in child.folder.outputs:
                found = self.at(child.folder.outputs[output], child)
                return self._follow(found, rest[names[0] + 1 :], span, base, instance)
        return made_values.unknown(span)

    def _follow(
        self,
        value: Value,
        steps: list[str | hcl.Expression] | tuple[str | hcl.Expression, ...],
        span: Span,
        base: int,
        instance: Instance,
    ) -> Value:
        found: Value | None = value
        for step in steps:
            key = step if isinstance(step, str) else self.evaluator.literal(self.value(step, base, instance))
            match found:
                case Mapping(entries=entries) if key in entries and call_of(found) is None:
                    found = entries[key].value
                case Sequence(items=items) if key is not None and key.isdecimal() and int(key) < len(items):
                    found = items[int(key)]
                case _:
                    return made_values.unknown(span)
        return value if found is None else found

    def _policy_document(self, name: str, span: Span, instance: Instance) -> Value:
        declared = instance.folder.data.get(("aws_iam_policy_document", name))
        if declared is None:
            return made_values.unknown(span)
        if ("data", name) not in instance.known:
            instance.known["data", name] = made_values.unknown(span)
            statements = [
                with_effect(
                    self.block(statement, declared.base, instance, STATEMENT, frozenset({"condition"}))
                )
                for statement in declared.block.all("statement")
            ]
            is_partial = any(each.labels == ("statement",) for each in declared.block.all("dynamic"))
            if is_partial or not INHERITING.isdisjoint(declared.block.attributes):
                statements.append(made_values.unknown(span))
            place = shifted(declared.block.key, declared.base)
            listed = made_values.sequence(place, statements)
            instance.known["data", name] = made_values.mapping(place, [("Statement", place, listed)])
        return instance.known["data", name]

    def block(
        self,
        block: hcl.Block,
        base: int,
        instance: Instance,
        names: dict[str, str],
        lists: frozenset[str],
        jsons: frozenset[str] = frozenset(),
    ) -> Value:
        """A block's attributes and blocks by the names that CloudFormation has for them.

        A name with dots is one below others. `lists` are the blocks of which there may be several, and
        `jsons` attributes whose texts are looked into.
        """
        made: Value = made_values.mapping(shifted(block.key, base), ())
        for attribute in block.attributes.values():
            if attribute.name in SKIPPED:
                continue
            evaluate = self.json if attribute.name in jsons else self.value
            value = evaluate(attribute.value, base, instance)
            if not (isinstance(value, Scalar) and value.plain is None and not value.tag):
                path = names.get(attribute.name, pascal(attribute.name)).split(".")
                made = made_values.put(made, path, shifted(attribute.key, base), value)
        for nested in block.blocks:
            key = shifted(nested.key, base)
            kind = nested.labels[0] if nested.type == "dynamic" and nested.labels else nested.type
            if kind in SKIPPED:
                continue
            path = names.get(kind, pascal(kind)).split(".")
            if nested.type == "dynamic":
                made = made_values.put(made, path, key, made_values.unknown(key))
                continue
            value = self.block(nested, base, instance, names, lists, jsons)
            if kind in lists:
                value = made_values.with_item(made.get(*path), value)
            made = made_values.put(made, path, key, value)
        return made
