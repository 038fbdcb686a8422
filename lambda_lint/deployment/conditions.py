"""Whether conditions of a template hold.

The default of a parameter says nothing here: conditions are there because deployments give other values. What
a condition comes to is known only if it rests on literals, on values that somebody gives (`given`), and on
parameters that allow one value.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lambda_lint.deployment.document import Scalar, Sequence, Value
from lambda_lint.deployment.intrinsics import call_of

if TYPE_CHECKING:
    from collections.abc import Mapping

MAX_NESTED = 40
"""Conditions over conditions that are followed."""


@dataclass(slots=True)
class Conditions:
    """The conditions of one document."""

    document: Value
    given: Mapping[str, str | None]
    _results: dict[Value, bool | None] = field(default_factory=dict)

    def holds(self, name: str) -> bool | None:
        """Whether the condition of that name holds; None if that is not known."""
        return self._named(name, 0)

    def _named(self, name: str, depth: int) -> bool | None:
        value = self.document.get("Conditions", name)
        return None if value is None or depth > MAX_NESTED else self._result(value, depth + 1)

    def _result(self, value: Value, depth: int) -> bool | None:
        if depth > MAX_NESTED:
            return None
        if value not in self._results:
            # Not known while it is looked at: a condition may name itself.
            self._results[value] = None
            self._results[value] = self._looked_at(value, depth)
        return self._results[value]

    def _looked_at(self, value: Value, depth: int) -> bool | None:
        match call_of(value):
            case ("Condition", Scalar(text=str(name))):
                return self._named(name, depth)
            case ("Fn::Equals", Sequence(items=(left, right))):
                texts = self._certain(left), self._certain(right)
                return None if None in texts else texts[0] == texts[1]
            case ("Fn::Not", Sequence(items=(inner,))):
                result = self._result(inner, depth + 1)
                return None if result is None else not result
            case ("Fn::And", Sequence(items=items)):
                return _all([self._result(item, depth + 1) for item in items])
            case ("Fn::Or", Sequence(items=items)):
                results = [self._result(item, depth + 1) for item in items]
                none_holds = _all([None if result is None else not result for result in results])
                return None if none_holds is None else not none_holds
        return None

    def _certain(self, value: Value) -> str | None:
        match call_of(value):
            case None if isinstance(value, Scalar):
                return value.text
            case ("Ref", Scalar(text=str(name))) if name in self.given:
                return self.given[name]
            case ("Ref", Scalar(text=str(name))):
                allowed = self.document.get("Parameters", name, "AllowedValues")
                if isinstance(allowed, Sequence) and len(allowed.items) == 1:
                    only = allowed.items[0]
                    return only.text if isinstance(only, Scalar) else None
        return None


def _all(results: list[bool | None]) -> bool | None:
    if False in results:
        return False
    return None if None in results else True
