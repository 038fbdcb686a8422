"""Which deployed function a value names, seen from a function that uses it.

A function is known by its name in a template, by the environment variables that the template fills with its
name, and to itself by what Lambda tells it. The same code may be several functions, each with variables of
its own, so every question is asked for one function, given by number, or for none.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from lambda_lint.knowledge import http, invoking
from lambda_lint.semantics.values import (
    UNKNOWN,
    Composed,
    Constant,
    Environment,
    External,
    FromContext,
    Value,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lambda_lint.deployment.function import DeployedFunction, Variable

HIDDEN, OWN, REFERENCE = "\x00", "\x01", "\x02"
"""What stands in a text for an unknown part, for the name of the function that runs, and before the number
of a function of which the template only gives a reference."""

FUNCTION_URL = "FunctionUrl"
"""The attribute by which templates refer to the URL of a function."""


class FunctionNames:
    """The names of the functions of all templates."""

    def __init__(self, functions: Sequence[DeployedFunction]) -> None:
        self.functions = functions

    # A template with hundreds of functions is in as many parts, and few of them ask.
    @cached_property
    def _numbers(self) -> dict[tuple[str, str], int]:
        return {_key(function): number for number, function in enumerate(self.functions)}

    @cached_property
    def _by_name(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for number, function in enumerate(self.functions):
            if function.deployed_name is not None:
                found.setdefault(function.deployed_name, []).append(number)
        return found

    def number(self, function: DeployedFunction) -> int:
        return self._numbers[_key(function)]

    def names_itself(self, value: Value) -> bool:
        """Whether the value is what Lambda tells a function about itself."""
        return self._name(value, None) == OWN

    def named(self, value: Value, user: int | None) -> int | None:
        """The function that the value names; of several of one name the one in the template of `user`."""
        name = self._name(value, user)
        if name.startswith(REFERENCE):
            return int(name[1:])
        found = self._by_name.get(name, [])
        if user is not None and len(found) > 1:
            path = self.functions[user].place.path
            found = [number for number in found if self.functions[number].place.path == path]
        return found[0] if len(found) == 1 else None

    def written(self, value: Value, user: int | None) -> str | None:
        """What users call the function: its name, with `*` for what is not known; None if nothing is."""
        number = self.named(value, user)
        if number is not None:
            return shown(self.functions[number])
        pattern = self._name(value, user).replace(HIDDEN, "*").replace(OWN, "*")
        return pattern if any(letter.isalnum() for letter in pattern) and pattern.isprintable() else None

    def is_function_url(self, value: Value, user: int | None) -> bool:
        """Whether the value is the URL, or the host, of a function URL."""
        text = self._text(value, user)
        host = text.partition("//")[2] or text
        return http.FUNCTION_URL_MARK in host.partition("/")[0]

    def _name(self, value: Value, user: int | None) -> str:
        """The function's name without account, region and qualifier."""
        head, mark, tail = self._text(value, user).partition(":function:")
        if not mark and head.startswith("arn:"):
            return HIDDEN
        return (tail if mark else head).partition(":")[0] or HIDDEN

    def _text(self, value: Value, user: int | None) -> str:
        match value:
            case Constant(str(text)):
                return text
            case Environment(name):
                return OWN if name == invoking.OWN_NAME_VARIABLE else self._variable(name, user)
            case FromContext(attribute):
                return OWN if attribute in invoking.OWN_NAME_ATTRIBUTES else HIDDEN
            case External(name):
                attribute = name.partition(".lambda_context.")[2]
                return OWN if attribute in invoking.OWN_NAME_ATTRIBUTES else HIDDEN
            case Composed(parts):
                return "".join(
                    part if isinstance(part, str) else self._text(part or UNKNOWN, user) for part in parts
                )
        return HIDDEN

    def _variable(self, name: str, user: int | None) -> str:
        if user is None:
            return HIDDEN
        variable = next((each for each in self.functions[user].environment if each.name == name), None)
        if variable is None:
            return HIDDEN
        if variable.attribute == FUNCTION_URL:
            return f"https://{HIDDEN}{http.FUNCTION_URL_MARK}{HIDDEN}/"
        return self._reference(variable, self.functions[user]) or variable.value or HIDDEN

    def _reference(self, variable: Variable, user: DeployedFunction) -> str | None:
        number = self._numbers.get((user.place.path, variable.target or ""))
        return None if number is None else f"{REFERENCE}{number}"


def shown(function: DeployedFunction) -> str:
    """What users call a function."""
    return function.deployed_name or function.name


def _key(function: DeployedFunction) -> tuple[str, str]:
    return function.place.path, function.name
