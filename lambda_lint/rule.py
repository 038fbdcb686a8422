"""What a rule is: what it looks at, what it says, and what it may ask."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from lambda_lint.model.labels import Confidence, Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    import libcst as cst

    from lambda_lint.deployment.function import Place
    from lambda_lint.edits import Edits
    from lambda_lint.model.fix import Fix
    from lambda_lint.model.labels import Safety
    from lambda_lint.semantics.context import Context
    from lambda_lint.semantics.phases import Step

Subject_contra = TypeVar("Subject_contra", contravariant=True)


@dataclass(frozen=True, slots=True)
class Related:
    """A further place worth showing, in the same file as the violation, and why."""

    at: cst.CSTNode | Place
    text: str


@dataclass(frozen=True, slots=True)
class Secret:
    """A text that was found to be secret: no output of any format shows it."""

    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Violation:
    """What a rule saw. It holds nodes and lives as long as the tree; the engine makes a `Finding` of it."""

    at: cst.CSTNode | Place
    message: str
    severity: Severity | None = None
    """None means the rule's own."""
    confidence: Confidence = Confidence.HIGH
    path: tuple[Step, ...] = ()
    related: tuple[Related, ...] = ()
    help: str | None = None
    fix: Callable[[Edits], Fix | None] | None = None
    """Called once, and only if the finding can be fixed where it stands; `NoEditError` means no fix."""
    secrets: tuple[Secret, ...] = ()


class Rule(ABC, Generic[Subject_contra]):
    """One practice, checked.

    The generic parameter says what the rule looks at: a libcst node type (or a union of them), `Handler`,
    `Module`, `Project` or `DeployedFunction`; the engine calls `check` once for each such subject.
    The rule's name is its module's, its category its folder's, its page the `.md` file beside it.
    """

    code: ClassVar[str]
    severity: ClassVar[Severity]
    message: ClassVar[str]
    """A format string; fields are given to `violation`."""
    help: ClassVar[str | None] = None
    """One sentence that says what to do instead."""
    on_by_default: ClassVar[bool] = True
    in_tests: ClassVar[bool] = False
    """True for rules that also make sense in test code."""
    fixable: ClassVar[tuple[Safety, ...]] = ()
    """How safe its fixes are; empty means that it has none."""
    cwe: ClassVar[int | None] = None
    security_severity: ClassVar[float | None] = None
    Options: ClassVar[type | None] = None
    """A frozen dataclass of the rule's settings, each field with a default."""

    def __init__(self, options: Any = None) -> None:
        self.options = options if options is not None or self.Options is None else self.Options()

    @abstractmethod
    def check(self, subject: Subject_contra, ctx: Context, /) -> Iterator[Violation]:
        """Yield what is wrong with `subject`. Pure: no state on `self`, no I/O."""

    def violation(
        self,
        at: cst.CSTNode | Place,
        *,
        severity: Severity | None = None,
        confidence: Confidence = Confidence.HIGH,
        path: tuple[Step, ...] = (),
        related: tuple[Related, ...] = (),
        help: str | None = None,  # noqa: A002 - the word users read
        fix: Callable[[Edits], Fix | None] | None = None,
        secrets: tuple[Secret, ...] = (),
        message: str | None = None,
        fields: Mapping[str, object] | None = None,
        **more: object,
    ) -> Violation:
        """Say that `at` is wrong; the remaining keywords fill the fields of the rule's message."""
        text = (message or self.message).format(**(fields or {}), **more)
        return Violation(at, text, severity, confidence, path, related, help or self.help, fix, secrets)
