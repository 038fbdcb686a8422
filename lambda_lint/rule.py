"""What a rule is: what it looks at, what it says, and what it may ask."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from lambda_lint.model.labels import Confidence, Phase, Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    import libcst as cst

    from lambda_lint.deployment.function import Place
    from lambda_lint.edits import Edits
    from lambda_lint.model.fix import Fix
    from lambda_lint.model.labels import Safety
    from lambda_lint.semantics.context import Context
    from lambda_lint.semantics.deployments import Spot
    from lambda_lint.semantics.phases import Step

Subject_contra = TypeVar("Subject_contra", contravariant=True)

EVERY_PHASE = frozenset(Phase)
DEPLOYED_PHASES = frozenset({Phase.INIT, Phase.INVOKE, Phase.BOTH})
"""When code runs that a function runs at all, at a cold start or later."""
INVOKED_PHASES = frozenset({Phase.INVOKE, Phase.BOTH})


class Reach(Enum):
    """In which modules a rule can fire."""

    HANDLERS = "handlers"
    """Only in one that holds a handler, or of which a handler's environment runs something."""
    ANYWHERE = "anywhere"


@dataclass(frozen=True, slots=True)
class Related:
    """A further place worth showing, and why; a node is one of the module that is looked at."""

    at: cst.CSTNode | Place | Spot
    text: str


@dataclass(frozen=True, slots=True)
class Secret:
    """A text that was found to be secret: no output of any format shows it."""

    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Violation:
    """What a rule saw. It holds nodes and lives as long as the tree; the engine makes a `Finding` of it."""

    at: cst.CSTNode | Place | Spot
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
    `Module`, `Project`, `DeployedFunction` or `Deployment`, which is one with its code; the engine calls
    `check` once for each such subject. `ctx` is about the module, so with the last three there is none.
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
    reach: ClassVar[Reach] = Reach.ANYWHERE
    """With `HANDLERS` it is shown no module of which nothing runs in a deployed function."""
    phases: ClassVar[frozenset[Phase]] = EVERY_PHASE
    """When a node runs at which it fires: it is shown no node that runs at other times. A `def` runs when the
    function is made, not when its body runs; handlers, modules and deployed functions are always shown."""
    fixable: ClassVar[tuple[Safety, ...]] = ()
    """How safe its fixes are; empty means that it has none."""
    cwe: ClassVar[int | None] = None
    security_severity: ClassVar[float | None] = None
    Options: ClassVar[type | None] = None
    """A frozen dataclass of the rule's settings, each field with a default.

    A field `today: str` is given the day of the run, as `2026-11-22`, or an earlier one since which no
    runtime has come within the rule's `days` of the end of its support. It is empty where none is judged."""

    def __init__(self, options: Any = None) -> None:
        self.options = options if options is not None or self.Options is None else self.Options()

    @classmethod
    def may_fire(cls, code: str, /) -> bool:  # noqa: ARG003 - for the rules that look
        """Whether it can fire in a file with this text, as far as a quick look tells.

        Files that know of each other are looked at together: none of them may be parsed if the answer is no
        for all. So a name that another file gives to something is in good hands; a name or a text that the
        code spells in an unusual way is not.
        """
        return True

    @abstractmethod
    def check(self, subject: Subject_contra, ctx: Context, /) -> Iterator[Violation]:
        """Yield what is wrong with `subject`. Pure: no state on `self`, no I/O."""

    def violation(
        self,
        at: cst.CSTNode | Place | Spot,
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
