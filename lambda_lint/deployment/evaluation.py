"""What a value of a template comes to: literals, parameters' defaults and the functions over them.

Nothing is guessed. A text of which only some parts are known keeps those, so that `${Queue.Arn}` still tells
its resource and `arn:aws:sqs:${AWS::Region}:…` its service.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import TYPE_CHECKING

from lambda_lint.deployment.conditions import Conditions
from lambda_lint.deployment.document import Mapping, Scalar, Sequence, Value
from lambda_lint.deployment.intrinsics import (
    PLACEHOLDER,
    UNKNOWN,
    Reference,
    Text,
    Texts,
    call_of,
    is_nothing,
)
from lambda_lint.errors import TemplateError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from collections.abc import Mapping as MappingType

MAX_WORK = 1_500_000
"""What one document may cost; templates of a public corpus cost at most half a unit for each byte."""

_QUESTION = 10


@dataclass(slots=True)
class Evaluator:
    """Evaluates the values of one document, each once."""

    document: Value
    given: MappingType[str, str | None] = field(default_factory=dict)
    """Values of parameters by name, instead of their defaults; None for one that is not known."""
    _conditions: Conditions | None = None
    _results: dict[Value, Text | Texts | None] = field(default_factory=dict)
    _spent: int = 0

    def spend(self, work: int) -> None:
        """Count work; aliases and functions over functions can ask for any amount of it."""
        self._spent += work
        if self._spent > MAX_WORK:
            raise TemplateError("aliases or functions make far more of this template than it holds")

    def text(self, value: Value | None) -> Text:
        """What `value` comes to; unknown also if it is no text."""
        found = None if value is None else self._evaluate(value)
        text = found if isinstance(found, Text) else UNKNOWN
        self.spend(_QUESTION + sum(len(part) if isinstance(part, str) else 1 for part in text.parts))
        return text

    def literal(self, value: Value | None) -> str | None:
        """The whole text, if it is known."""
        return self.text(value).literal

    def number(self, value: Value | None) -> int | None:
        """A whole number, also one written as a text."""
        literal = self.literal(value)
        return int(literal) if literal is not None and re.fullmatch(r"[0-9]{1,9}", literal) else None

    def texts(self, value: Value | None) -> tuple[Text, ...]:
        """The items of a list of texts; none if it is not one."""
        self.spend(_QUESTION)
        found = None if value is None else self._evaluate(value)
        return found.items if isinstance(found, Texts) else ()

    def texts_within(self, value: Value) -> Iterator[Text]:
        """Yield every text in `value`, however deep."""
        self._evaluate(value)
        for part in value.walk():
            self.spend(1)
            found = self._results.get(part)
            if isinstance(found, Text):
                self.spend(len(str(found)))
                yield found

    def holds(self, condition: Value) -> bool | None:
        """Whether the condition that `condition` names holds; None if that is not known."""
        if self._conditions is None:
            self._conditions = Conditions(self.document, self.given)
        name = condition.text if isinstance(condition, Scalar) else None
        return None if name is None else self._conditions.holds(name)

    def chosen(self, value: Value | None) -> Value | None:
        """What is left of `value` where conditions are known; None for `AWS::NoValue` and for nothing.

        An `Fn::If` of which only the deployment knows what it comes to is left as it is.
        """
        if value is None:
            return None
        options = list(self.branches(value))
        if all(is_nothing(option) for option in options):
            return None
        return options[0] if len(options) == 1 else value

    def branches(self, value: Value) -> Iterator[Value]:
        """Yield what `value` may be: both branches of an `Fn::If`, or else itself."""
        pending, seen = [value], {value}
        while pending:
            self.spend(1)
            current = pending.pop()
            match call_of(current):
                case ("Fn::If", Sequence(items=(condition, yes, no))):
                    holds = self.holds(condition)
                    told = (no, yes) if holds is None else (yes if holds else no,)
                    fresh = [branch for branch in dict.fromkeys(told) if branch not in seen]
                    seen.update(fresh)
                    pending.extend(fresh)
                case _:
                    yield current

    def origin(self, value: Value) -> Value:
        """Where the text of `value` is written: a parameter's default if `value` only refers to it."""
        match call_of(value):
            case ("Ref", Scalar(text=str(name))):
                return self._default(name) or value
        return value

    def _evaluate(self, value: Value) -> Text | Texts | None:
        pending = [value]
        while pending:
            current = pending[-1]
            if current in self._results:
                pending.pop()
            elif missing := [child for child in current.children if child not in self._results]:
                pending.extend(missing)
            else:
                self._results[pending.pop()] = self._combine(current)
        return self._results[value]

    def _combine(self, value: Value) -> Text | Texts | None:
        match call_of(value):
            case None:
                return self._plain(value)
            case ("Ref", Scalar(text=str(name))):
                return self._parameter(name)
            case ("Fn::GetAtt", Scalar(text=str(path))):
                name, _, attribute = path.partition(".")
                return Text((Reference(name, attribute),))
            case ("Fn::GetAtt", Sequence(items=(Scalar(plain=str(name)), Scalar(plain=str(attribute))))):
                return Text((Reference(name, attribute),))
            case ("Fn::Sub", Scalar(text=str(template))):
                return self._substitute(template, {})
            case ("Fn::Sub", Sequence(items=(Scalar(plain=str(template)), Mapping(entries=entries)))):
                return self._substitute(template, {name: entry.value for name, entry in entries.items()})
            case ("Fn::Join", Sequence(items=(Scalar(plain=str(delimiter)), items))):
                return self._join(delimiter, self._results[items])
            case ("Fn::Split", Sequence(items=(Scalar(plain=str(delimiter)), whole))) if delimiter:
                return self._split(delimiter, self.text(whole).literal)
            case ("Fn::Select", Sequence(items=(index, items))):
                return self._select(self.number(index), self._results[items])
            case ("Fn::If", Sequence(items=(condition, yes, no))):
                holds = self.holds(condition)
                if holds is not None:
                    return self._results[yes if holds else no]
                return self._agreed(self._results[yes], self._results[no])
            case ("Fn::FindInMap", Sequence(items=(table, row, column, *_))):
                keys = [self.literal(key) for key in (table, row, column)]
                found = self.document.get("Mappings", *(key for key in keys if key is not None))
                return self._plain(found) if None not in keys and found is not None else UNKNOWN
        return UNKNOWN

    def _plain(self, value: Value) -> Text | Texts | None:
        match value:
            case Scalar(text=str(text)):
                return self._made((text,))
            case Sequence(items=items):
                found = [self._results.get(item) or self._scalar(item) for item in items]
                return Texts(tuple(item if isinstance(item, Text) else UNKNOWN for item in found))
        return None

    def _scalar(self, value: Value) -> Text:
        return Text((value.text,)) if isinstance(value, Scalar) else UNKNOWN

    def _parameter(self, name: str) -> Text | Texts:
        default = self._default(name)
        text = self.given.get(name) if default is None else default.plain
        if text is None:
            resource, _, attribute = name.partition(".")
            return Text((Reference(resource, attribute),))
        if self._type(name) == "CommaDelimitedList" or self._type(name).startswith("List<"):
            return self._split(",", text)
        return self._made((text,))

    def _default(self, name: str) -> Scalar | None:
        if name in self.given:
            return None
        if self._type(name).startswith("AWS::SSM::Parameter::Value"):
            # The default is the name of a parameter in the store, not its value.
            return None
        default = self.document.get("Parameters", name, "Default")
        return default if isinstance(default, Scalar) and default.plain is not None else None

    def _type(self, name: str) -> str:
        declared = self.document.get("Parameters", name, "Type")
        return (declared.plain or "") if isinstance(declared, Scalar) else ""

    def _substitute(self, template: str, names: dict[str, Value]) -> Text:
        parts: list[str | Reference | None] = []
        end = 0
        for match in PLACEHOLDER.finditer(template):
            parts.append(template[end : match.start()])
            end = match.end()
            name = match[1].strip()
            if name.startswith("!"):
                parts.append(f"${{{name[1:]}}}")
            elif name in names:
                parts.extend(self.text(names[name]).parts)
            else:
                known = self._parameter(name)
                parts.extend(known.parts if isinstance(known, Text) else (None,))
        return self._made((*parts, template[end:]))

    def _join(self, delimiter: str, found: Text | Texts | None) -> Text:
        if not isinstance(found, Texts):
            return UNKNOWN
        spaced = chain.from_iterable(((delimiter,), item.parts) for item in found.items)
        return self._made(islice(chain.from_iterable(spaced), 1, None))

    def _split(self, delimiter: str, whole: str | None) -> Text | Texts:
        if whole is None:
            return UNKNOWN
        self.spend(len(whole))
        return Texts(tuple(self._made((item.strip(),)) for item in whole.split(delimiter)))

    def _select(self, index: int | None, found: Text | Texts | None) -> Text:
        if index is None or not isinstance(found, Texts) or index >= len(found.items):
            return UNKNOWN
        return found.items[index]

    def _agreed(self, yes: Text | Texts | None, no: Text | Texts | None) -> Text | Texts:
        if isinstance(yes, Text) and isinstance(no, Text) and None not in yes.parts and yes == no:
            return yes
        return UNKNOWN

    def _made(self, parts: Iterable[str | Reference | None]) -> Text:
        """Join neighbouring literals."""
        made: list[str | Reference | None] = []
        run: list[str] = []
        for part in chain(parts, (None,)):
            self.spend(len(part) + 1 if isinstance(part, str) else 1)
            if isinstance(part, str):
                run.append(part)
            else:
                made.extend(("".join(run),) if any(run) else ())
                made.append(part)
                run.clear()
        # The None at the end only closed the last run.
        return Text(tuple(made[:-1]) or ("",))
