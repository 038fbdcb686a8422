"""The functions of a project: as a table, and as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lambda_lint.model.deployed import CodeKind
from lambda_lint.reporters.escape import printable
from lambda_lint.reporters.json import location_data

if TYPE_CHECKING:
    from lambda_lint.model.deployed import FunctionInfo, Resource, Setting
    from lambda_lint.model.finding import Result

COLUMNS = (
    "name",
    "handler",
    "source",
    "runtime",
    "memory MB",
    "timeout s",
    "findings",
    "template",
)
WRAPPED = frozenset({"name", "handler", "source"})
"""Columns that are as narrow as a terminal wants them; the last one is, too."""
NARROW = 100
"""Cells below which what is marked as a default takes two lines."""
UNKNOWN = "?"
WHY_NOT = {
    CodeKind.INLINE: "in the template",
    CodeKind.NOT_ANALYSED: "cannot be analyzed",
    CodeKind.NOT_FOUND: "not found",
    CodeKind.IMAGE: "in an image",
    CodeKind.ELSEWHERE: "elsewhere",
}
"""What stands in place of a file, and not in parentheses, which are for defaults."""


def listed(result: Result) -> tuple[FunctionInfo, ...]:
    """The deployed functions whose template, or whose code, is among the files that were asked for."""
    asked = set(result.files)
    return tuple(
        function
        for function in result.functions
        if function.is_deployed
        and (function.location.path in asked or not asked.isdisjoint(_files(function)))
    )


def rows(result: Result, width: int | None = None) -> list[tuple[str, ...]]:
    """The cells of the table, for people."""
    mark = "\n(default)" if width is not None and width < NARROW else " (default)"
    return [
        (
            printable(function.name),
            printable(function.handler or UNKNOWN),
            printable(_source(function)),
            _setting(function.runtime, mark),
            _setting(function.memory, mark),
            _setting(function.timeout, mark),
            str(_findings(function, result)),
            printable(f"{function.location.path}:{function.location.start.line}"),
        )
        for function in listed(result)
    ]


def function_data(function: FunctionInfo, result: Result) -> dict[str, Any]:
    """A deployed function as data."""
    return {
        "name": function.name,
        "location": location_data(function.location),
        "function_name": function.deployed_name,
        "handler": function.handler,
        "code": function.code.value,
        "handlers": list(function.handlers),
        "runtime": _setting_data(function.runtime),
        "memory": _setting_data(function.memory),
        "timeout": _setting_data(function.timeout),
        "sources": list(dict.fromkeys(trigger.kind.value for trigger in function.triggers)),
        "inferred": function.inferred,
        "triggers": [
            {
                "kind": trigger.kind.value,
                "resource": trigger.resource and resource_data(trigger.resource),
                "detail": trigger.detail,
            }
            for trigger in function.triggers
        ],
        "uses": [
            {"resource": resource_data(use.resource), "operations": list(use.what)} for use in function.uses
        ],
        "invokes": [
            {
                "name": invoked.name,
                "template": invoked.function and invoked.function[0],
                "id": invoked.function and invoked.function[1],
                "modes": list(invoked.how),
            }
            for invoked in function.invokes
        ],
        "findings": _findings(function, result),
    }


def resource_data(resource: Resource) -> dict[str, Any]:
    """What a function works with, as data."""
    return {
        "service": resource.service,
        "id": resource.id,
        "template": resource.template,
        "name": resource.name,
    }


def _setting_data(setting: Setting) -> dict[str, Any]:
    return {"value": setting.value, "default": setting.is_default}


def _setting(setting: Setting, mark: str) -> str:
    if setting.value is None:
        return UNKNOWN
    return printable(str(setting.value)) + (mark if setting.is_default else "")


def _files(function: FunctionInfo) -> tuple[str, ...]:
    """The files of its handlers; code in a template has a name that is none."""
    return tuple(dict.fromkeys(handler.rpartition(":")[0] for handler in function.handlers))


def _source(function: FunctionInfo) -> str:
    return ", ".join(_files(function)) if function.code is CodeKind.FOUND else WHY_NOT[function.code]


def _findings(function: FunctionInfo, result: Result) -> int:
    """How many findings are about the function; one in code that several run counts for each of them."""
    return sum(
        (finding.location.path, finding.location.span, finding.code) in function.about
        for finding in result.findings
    )
