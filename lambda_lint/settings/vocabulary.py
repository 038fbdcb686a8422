"""The words that a configuration may use for rules, and what each of them means.

The rules themselves live in packs that a higher layer loads; here they are names and codes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from lambda_lint.model.labels import Category
from lambda_lint.settings.suggest import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lambda_lint.settings.tables import Declared

CODE_PREFIX = re.compile(r"[A-Z]{2,}\d{0,3}")


@dataclass(frozen=True, slots=True)
class KnownRule:
    """What a configuration may say about a rule."""

    code: str
    name: str
    category: Category
    summary: str = ""
    options: Declared | None = None


@dataclass(frozen=True, slots=True, order=True)
class Specificity:
    """How closely a selector names its rules; the greater wins."""

    kind: int
    """0 `all`, 1 a category, 2 a code prefix, 3 a rule."""
    length: int = 0
    """Of a prefix: `LL00` is more specific than `LL0`."""


@dataclass(frozen=True, slots=True)
class Selector:
    """A selector that is understood: the rules it means, by their codes."""

    text: str
    specificity: Specificity
    codes: frozenset[str]


class Vocabulary:
    """Every word for rules, and the names of the output formats (none given: not checked)."""

    def __init__(self, rules: Iterable[KnownRule], formats: Iterable[str] = ()) -> None:
        self.rules = tuple(rules)
        self.formats = tuple(formats)
        self._by_word = {word: rule for rule in self.rules for word in (rule.name, rule.code)}

    def rule(self, word: str) -> KnownRule | None:
        """The rule of that name or code, in upper or lower case."""
        word = word.strip()
        return self._by_word.get(word.lower()) or self._by_word.get(word.upper())

    def selector(self, text: str) -> Selector | None:
        """What a selector means, or None if it means nothing."""
        word = text.strip()
        if word.lower() == "all":
            return Selector(text, Specificity(0), frozenset(rule.code for rule in self.rules))
        if word.lower() in self.categories:
            codes = (rule.code for rule in self.rules if rule.category.value == word.lower())
            return Selector(text, Specificity(1), frozenset(codes))
        if rule := self.rule(word):
            return Selector(text, Specificity(3), frozenset({rule.code}))
        prefix = word.upper()
        if CODE_PREFIX.fullmatch(prefix):
            codes = (rule.code for rule in self.rules if rule.code.startswith(prefix))
            if found := frozenset(codes):
                return Selector(text, Specificity(2, len(prefix)), found)
        return None

    def problem(self, text: str) -> str | None:
        """What is wrong with a selector, if anything."""
        if self.selector(text) is not None:
            return None
        # Codes are all alike: another one that looks near is no help.
        return f"there is no rule, code or category `{text}`{did_you_mean(text, self._words_to_suggest)}"

    @property
    def _words_to_suggest(self) -> tuple[str, ...]:
        return (*self.categories, *(rule.name for rule in self.rules))

    @property
    def categories(self) -> tuple[str, ...]:
        return tuple(category.value for category in Category)

    @cached_property
    def words(self) -> tuple[str, ...]:
        """Every selector but the code prefixes."""
        return ("all", *self.categories, *self._by_word)
