"""What several parts of a project found, each told once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from lambda_lint.engine.found import Found
    from lambda_lint.model.deployed import FunctionInfo
    from lambda_lint.model.finding import Finding, HandlerInfo
    from lambda_lint.model.labels import Confidence, Severity
    from lambda_lint.model.location import Location
    from lambda_lint.syntax.comments import Directive


def findings(parts: Iterable[Found]) -> list[Finding]:
    """What is found of a place in several parts is told once, as in the part where it is worst.

    Within a part, too, inline code that two functions share is one text in the template.
    """
    told: dict[tuple[Location, str], dict[str, Finding]] = {}
    for part in parts:
        here: dict[tuple[Location, str], dict[str, Finding]] = {}
        for finding in part.findings:
            here.setdefault((finding.location, finding.code), {}).setdefault(finding.message, finding)
        for key, found in here.items():
            if key not in told or _worst(found) > _worst(told[key]):
                told[key] = found
    everything = (finding for found in told.values() for finding in found.values())
    return sorted(everything, key=lambda finding: finding.order)


def _worst(found: Mapping[str, Finding]) -> tuple[Severity, Confidence]:
    return max((finding.severity, finding.confidence) for finding in found.values())


def directives(parts: Iterable[Found]) -> dict[str, list[Directive]]:
    """The suppressions by the path of their file."""
    found: dict[str, list[Directive]] = {}
    for directive in dict.fromkeys(directive for part in parts for directive in part.directives):
        found.setdefault(directive.location.path, []).append(directive)
    return found


def functions(parts: Iterable[Found]) -> tuple[FunctionInfo, ...]:
    """Each function once; one whose code is in several parts is the same in all but for what is found."""
    known: dict[tuple[str, str], FunctionInfo] = {}
    for function in (function for part in parts for function in part.functions):
        other = known.setdefault(function.key, function)
        known[function.key] = replace(other, about=other.about | function.about)
    return tuple(sorted(known.values(), key=lambda each: (not each.is_deployed, each.location, each.name)))


def handlers(parts: Iterable[Found], files: Collection[str]) -> tuple[HandlerInfo, ...]:
    """Each handler once; that of a file which is in several parts is the same in all of them."""
    unique: dict[tuple[str, Location], HandlerInfo] = {}
    for handler in (handler for part in parts for handler in part.handlers):
        unique.setdefault((handler.name, handler.location), handler)

    def order(handler: HandlerInfo) -> tuple[bool, str, int]:
        """Those in templates come last; those of a file come from one part, in their order."""
        path = handler.name.rpartition(":")[0]
        if path in files:
            return False, path, 0
        return True, handler.location.path, handler.location.span.start

    return tuple(sorted(unique.values(), key=order))
