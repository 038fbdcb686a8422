"""What a rule declares by its class, read and judged."""

from __future__ import annotations

import inspect
import re
import string
from typing import TYPE_CHECKING, Any, ForwardRef, TypeVar, Union, get_args, get_origin

from lambda_lint.model.labels import Phase, Severity
from lambda_lint.rule import Reach, Rule
from lambda_lint.settings.tables import option_fields

if TYPE_CHECKING:
    from collections.abc import Iterator

RuleType = type[Rule[Any]]
UNIONS: tuple[object, ...] = (Union, type(int | str))


def problems_of(rule: RuleType, *, built_in: bool) -> Iterator[str]:
    """What is wrong with the attributes that are written by hand."""
    code = getattr(rule, "code", None)
    if built_in:
        if not isinstance(code, str) or not re.fullmatch(r"LL\d{3}", code):
            yield f"has the code {code!r}, which is not `LL` and three digits"
    elif not isinstance(code, str) or not re.fullmatch(r"(?!LL\d)[A-Z]{2,}\d{3}", code):
        yield f"has the code {code!r}, which is not two or more capitals (not `LL`) and three digits"
    if not isinstance(getattr(rule, "severity", None), Severity):
        yield "has no `severity`"
    if problem := _message_problem(getattr(rule, "message", None)):
        yield problem
    yield from _scope_problems(rule)
    if rule.Options is not None:
        try:
            option_fields(rule.Options)
        except ValueError as error:
            yield str(error)
    score = rule.security_severity
    if score is not None and not 0.1 <= score <= 10.0:
        yield f"has the security severity {score}, which is not from 0.1 to 10.0"


def _scope_problems(rule: RuleType) -> Iterator[str]:
    """What is wrong with what it says of where it can fire: files are left out because of that."""
    if not isinstance(rule.reach, Reach):
        yield f"has the reach {rule.reach!r}, which is no `Reach`"
    if not rule.phases or not all(isinstance(phase, Phase) for phase in rule.phases):
        yield "has `phases` that are not a set of one `Phase` or more"
    if not isinstance(inspect.getattr_static(rule, "may_fire"), (classmethod, staticmethod)):
        yield "has a `may_fire` that is neither a class method nor a static one"


def _message_problem(message: object) -> str | None:
    if not isinstance(message, str) or not message.strip():
        return "has no `message`"
    try:
        list(string.Formatter().parse(message))
    except ValueError as error:
        return f"has a message that is no format string: {error}"
    first_word = message.split()[0]
    # `AWS` and `SDK` may start a sentence; `The` may not.
    if first_word[:1].isupper() and not first_word.isupper():
        return "has a message that starts with a capital"
    if message.endswith("."):
        return "has a message that ends with a full stop"
    return None


def subjects_of(rule: RuleType) -> tuple[type, ...]:
    """What the rule looks at; ValueError says what is wrong with how it says so."""
    parameter = _subject_parameter(rule)
    if parameter is None:
        raise ValueError("does not say what it looks at: derive it from `Rule[…]`")
    members = get_args(parameter) if get_origin(parameter) in UNIONS else (parameter,)
    for member in members:
        if problem := _subject_problem(member):
            raise ValueError(problem)
    return members


def _subject_problem(member: object) -> str | None:
    if isinstance(member, ForwardRef):
        quoted = member.__forward_arg__
        return f"names what it looks at in quotes, `{quoted}`: import it, outside `TYPE_CHECKING`"
    if isinstance(member, type) and _is_subject(member):
        return None
    name = getattr(member, "__name__", member)
    return f"looks at `{name}`, which is no concrete node type and nothing of the model"


def _subject_parameter(rule: RuleType) -> Any:
    for base in inspect.getmro(rule):
        for generic in getattr(base, "__orig_bases__", ()):
            origin = get_origin(generic)
            if isinstance(origin, type) and issubclass(origin, Rule):
                parameter = get_args(generic)[0]
                if not isinstance(parameter, TypeVar):
                    return parameter
    return None


def _is_subject(kind: type) -> bool:
    if kind.__module__.startswith("libcst"):
        # Nodes are found by their exact type, of which an abstract base has none.
        return not inspect.isabstract(kind)
    return kind.__module__.startswith("lambda_lint.")
