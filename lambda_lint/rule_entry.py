"""A rule as the registry holds it. What a run asks of every rule is known without the rule's class.

So a run that finds everything in its cache imports no rule, and with that neither libcst nor the model.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from typing import TYPE_CHECKING

from lambda_lint.settings.tables import option_fields

if TYPE_CHECKING:
    from lambda_lint.declaration import RuleType
    from lambda_lint.model.finding import RuleInfo
    from lambda_lint.model.labels import Phase
    from lambda_lint.rule import Reach
    from lambda_lint.settings.tables import OptionField


@dataclass(frozen=True)
class Recorded:
    """What an earlier run saw of a rule's class, and where it stands."""

    module: str
    name: str
    in_tests: bool
    options: tuple[OptionField, ...] | None

    @classmethod
    def of(cls, rule: RuleType) -> Recorded:
        options = None if rule.Options is None else option_fields(rule.Options)
        return cls(rule.__module__, rule.__name__, rule.in_tests, options)

    @cached_property
    def rule_type(self) -> RuleType:
        """The class, imported now."""
        rule: RuleType = getattr(import_module(self.module), self.name)
        return rule


@dataclass(frozen=True)
class RuleEntry:
    """A rule that can run; or, without a class, a finding that the tool makes by itself."""

    info: RuleInfo
    rule: RuleType | Recorded | None
    always: bool = False
    """True when selecting other rules does not turn it off."""
    ignorable: bool = True

    @property
    def is_rule(self) -> bool:
        """Whether it can run; the answer imports nothing."""
        return self.rule is not None

    @cached_property
    def recorded(self) -> Recorded | None:
        """What is known of the class without importing it."""
        return self.rule if self.rule is None or isinstance(self.rule, Recorded) else Recorded.of(self.rule)

    @property
    def rule_type(self) -> RuleType | None:
        """The class."""
        return self.rule.rule_type if isinstance(self.rule, Recorded) else self.rule

    @cached_property
    def subjects(self) -> tuple[type, ...]:
        """What the rule looks at: libcst node types, `Handler`, `Module`, `Project`, `DeployedFunction`."""
        from lambda_lint.declaration import subjects_of  # noqa: PLC0415 - needed by those that run alone

        return () if self.rule_type is None else subjects_of(self.rule_type)

    @property
    def in_tests(self) -> bool:
        """Whether it also runs on test code."""
        return self.recorded is None or self.recorded.in_tests

    @property
    def reach(self) -> Reach:
        """In which modules it can fire."""
        from lambda_lint.rule import Reach  # noqa: PLC0415 - needed by those that run alone

        return Reach.ANYWHERE if self.rule_type is None else self.rule_type.reach

    @property
    def phases(self) -> frozenset[Phase]:
        """When a node runs that it fires at."""
        from lambda_lint.rule import EVERY_PHASE  # noqa: PLC0415 - as above

        return EVERY_PHASE if self.rule_type is None else self.rule_type.phases

    def may_fire(self, code: str) -> bool:
        """Whether it can fire in a file with this text; true also where the rule fails to say so."""
        try:
            return self.rule_type is not None and self.rule_type.may_fire(code)
        except Exception:  # noqa: BLE001 - whatever it raises, it is reported when the rule runs
            return True

    @property
    def options(self) -> tuple[OptionField, ...] | None:
        """The options that it declares; None if it has none at all."""
        return None if self.recorded is None else self.recorded.options

    @property
    def options_type(self) -> type | None:
        return None if self.rule_type is None else self.rule_type.Options
