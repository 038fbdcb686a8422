"""What came of analyzing one part: plain data, which travels between processes and is kept in the cache."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lambda_lint.model.deployed import FunctionInfo
    from lambda_lint.model.finding import Finding, HandlerInfo
    from lambda_lint.model.location import Span
    from lambda_lint.syntax.comments import Directive


@dataclass(frozen=True, slots=True)
class Found:
    """All that the part gives to the result of a run."""

    findings: tuple[Finding, ...] = ()
    """In no particular order; comments have not silenced any yet. Texts of the part's secrets are masked."""
    directives: tuple[Directive, ...] = ()
    handlers: tuple[HandlerInfo, ...] = ()
    functions: tuple[FunctionInfo, ...] = ()
    """Only if somebody wants to know of them."""
    unread: tuple[str, ...] = ()
    """The files that could not be analyzed."""
    secrets: tuple[tuple[str, Span], ...] = ()
    """Where a text stands that no output may show: a path, and a range of that file's text."""
    crashed: bool = False
    is_repeatable: bool = True
    """False after a crash: then there may be more to find, and nothing of it is kept for later runs."""
    times: Mapping[str, float] = field(default_factory=dict)
    """Seconds by phase, and by the code of each rule."""
