"""Values that the parameters of a template are given, by SAM's configuration file or by a stack around it."""

from __future__ import annotations

import posixpath
import re
import shlex
from typing import TYPE_CHECKING, Any

from lambda_lint.deployment.claims import SAM_CONFIG
from lambda_lint.deployment.document import Mapping
from lambda_lint.deployment.stack import Stack
from lambda_lint.errors import TemplateError
from lambda_lint.settings.toml import TOMLDecodeError, loads

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lambda_lint.deployment.files import Files

_DEFAULT_NAMES = ("template.yaml", "template.yml", "template.json")
_NESTED = {"AWS::CloudFormation::Stack": "TemplateURL", "AWS::Serverless::Application": "Location"}
_LONG_FORM = re.compile(r"ParameterKey=(?P<key>[^,]+),ParameterValue=(?P<value>.*)", re.DOTALL)
_COMMANDS = ("global", "build", "validate", "sync", "deploy")
"""Of SAM, the most telling last."""


def values_for(path: str, beside: Files) -> dict[str, str | None]:
    """Values by parameter; None for one that is given, but of which it is not known what it is."""
    given: dict[str, str | None] = dict(_configured(path, beside))
    for name, value in _passed(path, beside):
        given[name] = value if given.setdefault(name, value) == value else None
    return given


def _configured(path: str, beside: Files) -> Iterator[tuple[str, str]]:
    """Yield what the default environment of `samconfig.toml` says of the template beside it."""
    data = beside.get(posixpath.join(posixpath.dirname(path), SAM_CONFIG))
    if data is None:
        return
    try:
        environment = loads(data.decode()).get("default")
    except (TOMLDecodeError, UnicodeDecodeError, RecursionError):
        return
    tables = [_table(_table(environment, command), "parameters") for command in _COMMANDS]
    named = [table[key] for table in tables for key in ("template_file", "template") if key in table]
    is_meant = [str(name).replace("\\", "/").removeprefix("./") for name in named] or _DEFAULT_NAMES
    if posixpath.basename(path) not in is_meant:
        return
    for table in tables:
        yield from _overrides(table.get("parameter_overrides"))


def _table(value: Any, key: str) -> dict[str, Any]:
    found = value.get(key) if isinstance(value, dict) else None
    return found if isinstance(found, dict) else {}


def _overrides(written: Any) -> Iterator[tuple[str, str]]:
    if isinstance(written, str):
        try:
            words = shlex.split(written)
        except ValueError:
            return
    elif isinstance(written, list):
        words = [word for word in written if isinstance(word, str)]
    else:
        return
    for word in words:
        long_form = _LONG_FORM.fullmatch(word)
        key, _, value = (long_form["key"], "", long_form["value"]) if long_form else word.partition("=")
        yield key, value.strip('"')


def _passed(path: str, beside: Files) -> Iterator[tuple[str, str | None]]:
    """Yield what the templates that nest this one give it."""
    if beside.passed is None:
        beside.passed = {}
        for parent in beside.nesting:
            for child, name, value in _passing(parent, beside):
                beside.passed.setdefault(child, []).append((name, value))
    yield from beside.passed.get(path, ())


def _passing(parent: str, beside: Files) -> list[tuple[str, str, str | None]]:
    """The path of a nested template, a parameter's name and its value."""
    found: list[tuple[str, str, str | None]] = []
    for document in beside.documents(parent):
        try:
            stack = Stack.of(parent, document)
            for resource in stack.resources.values() if stack is not None else ():
                location = resource.get(_NESTED.get(resource.type, ""))
                parameters = resource.get("Parameters")
                if stack is None or location is None or not isinstance(parameters, Mapping):
                    continue
                local = stack.evaluator.literal(location)
                if local is not None:
                    child = posixpath.normpath(posixpath.join(posixpath.dirname(parent), local))
                    told = parameters.entries.items()
                    found.extend((child, name, stack.evaluator.literal(entry.value)) for name, entry in told)
        except TemplateError:
            # That is told when it is the parent's turn.
            continue
    return found
