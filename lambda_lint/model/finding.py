"""What a run produces: findings, what was suppressed, notes, handlers."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from lambda_lint.model.deployed import FunctionInfo
from lambda_lint.model.fix import Fix
from lambda_lint.model.labels import Category, Confidence, Origin, Safety, Severity, Silencer, SourceKind
from lambda_lint.model.location import Location, Span


@dataclass(frozen=True, slots=True)
class Note:
    """A place that explains a finding: a step of the path from the handler, or a related line."""

    location: Location
    text: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong at one place."""

    code: str
    name: str
    category: Category
    severity: Severity
    confidence: Confidence
    message: str
    location: Location
    function: str | None = None
    """The qualified name of the function around it, such as `Orders.save`."""
    path: tuple[Note, ...] = ()
    """The calls from a handler to the place, or the way that a part of the event takes to it.

    Outermost first; empty in the handler itself.
    """
    related: tuple[Note, ...] = ()
    help: str | None = None
    fix: Fix | None = None
    line_hash: str = ""
    """`primaryLocationLineHash` as GitHub computes it, taken from the unmasked text."""
    line_key: str = ""
    """Hash of the line's own unmasked text, by which a baseline knows it."""

    @property
    def order(self) -> tuple[str, int, int, str, str]:
        """The one order in which findings are reported and compared."""
        span = self.location.span
        return (self.location.path, span.start, span.end, self.code, self.message)


@dataclass(frozen=True, slots=True)
class Suppressed:
    """A finding that a comment or a baseline silenced, and the reason that the comment gives."""

    finding: Finding
    reason: str | None
    by: Silencer = Silencer.COMMENT


@dataclass(frozen=True, slots=True)
class RuleInfo:
    """What reporters and commands say about a rule, without its code."""

    code: str
    name: str
    category: Category
    severity: Severity
    on_by_default: bool
    summary: str
    """One sentence, plain text: the first of the page's "What it does"."""
    page: str
    """The whole page, Markdown."""
    url: str
    cwe: int | None = None
    """Security rules only: the number of the weakness in MITRE's list."""
    security_severity: float | None = None
    """Security rules only: 0.1 to 10.0, as GitHub ranks them."""
    fixable: tuple[Safety, ...] = ()
    """How safe the fixes are that it has; empty means that it has none."""


@dataclass(frozen=True, slots=True)
class HandlerInfo:
    """A handler as `lambda-lint handlers` shows it."""

    name: str
    """Path and function, such as `src/app.py:main`."""
    location: Location
    """Of its name; in a run on some files of a project, the start of the file for handlers in others."""
    origins: tuple[Origin, ...]
    sources: tuple[SourceKind, ...]
    """What triggers it; empty means unknown."""
    inferred: bool
    """True when the sources come from how the code uses the event, not from a template."""
    function: str | None
    """The deployed function's logical name, if a template names the handler."""
    reaches: tuple[str, ...]
    """The project functions that it reaches, as `path:qualified.name`, sorted."""


@dataclass(frozen=True, slots=True)
class Result:
    """Everything a reporter may need; plain data."""

    findings: tuple[Finding, ...]
    """Sorted by `Finding.order`."""
    suppressed: tuple[Suppressed, ...] = ()
    notes: tuple[str, ...] = ()
    """What the user should know about the run, such as "no handler found"."""
    handlers: tuple[HandlerInfo, ...] = ()
    functions: tuple[FunctionInfo, ...] = ()
    """Deployed ones by place, then handlers that no template deploys; empty unless somebody asked."""
    rules: tuple[RuleInfo, ...] = ()
    """Every enabled rule, sorted by code, the tool's own included."""
    files: tuple[str, ...] = ()
    """The files that were analysed and reported on, sorted."""
    sources: Mapping[str, str] = field(default_factory=dict)
    """Decoded text of each file with a finding; secrets are masked by `*`, lengths kept, so offsets hold."""
    secrets: tuple[tuple[str, Span], ...] = ()
    """Where a text stands that no output may show: a path, and a range of that file's text."""
    root: str = "."
    """The repository's root, or the working folder: what SARIF paths are relative to. Relative to the
    working folder, POSIX (`.`, `..`, `../..`) so that no output depends on the machine."""
    crashed: bool = False
    """True when a rule or the analysis itself failed (exit code 2)."""
