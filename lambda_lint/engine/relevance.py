"""Whether a part can hold anything to find: told from the texts, so that the others are never parsed.

The test errs on the side of looking. A part matters if a file of it may hold a handler, or what a rule looks
for that fires anywhere; if a comment in it speaks to us; or if a file is no Python that can be analyzed.
"""

from __future__ import annotations

import ast
import re
import unicodedata
import warnings
from typing import TYPE_CHECKING

from lambda_lint.deployment.function import DeployedFunction
from lambda_lint.errors import SourceError
from lambda_lint.knowledge.event_shapes import CHALICE_DECORATORS, HANDLER_DECORATORS
from lambda_lint.knowledge.wrappers import ADAPTERS
from lambda_lint.rule import Reach
from lambda_lint.semantics.deployments import Deployment
from lambda_lint.semantics.handlers import STRICT_NAMES
from lambda_lint.syntax import guard
from lambda_lint.syntax.comments import may_direct

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lambda_lint.engine.task import Task
    from lambda_lint.packs import RuleEntry
    from lambda_lint.selection import Selection

_PACKAGES = sorted(
    {name.partition(".")[0] for name in (*HANDLER_DECORATORS, *CHALICE_DECORATORS, *ADAPTERS)} | {"chalice"}
)
_DEFINITION = re.compile(r"\bdef\b[ \t\f\r\n\\]+[\w\u0080-\U0010ffff]+[ \t\f\r\n\\]*(?P<bracket>[\[(])")
_LAMBDA = re.compile(r"\blambda\b")
_PLAIN_PARAMETERS = re.compile(r"""[^()#"']*(?:\([^()#"']*\)[^()#"']*)*\)""")
_DEPLOYED = frozenset({DeployedFunction, Deployment})
_CONTEXT = re.compile(r"context|ctx|content|\b_+\b", re.IGNORECASE)


class Relevance:
    """The test for the rules that run."""

    def __init__(self, selection: Selection, configured: tuple[str, ...]) -> None:
        self._selection = selection
        self._named = tuple(handler.rpartition(":")[0].removeprefix("./") for handler in configured)

    def matters(self, task: Task, texts: Mapping[str, str]) -> bool:
        """Whether the part may give a finding or a handler."""
        return bool(task.templates) or any(
            self._may_matter(path, texts[path], data) for path, data in task.files.items()
        )

    def _may_matter(self, path: str, text: str, data: bytes) -> bool:
        plain = text if text.isascii() else unicodedata.normalize("NFKC", text)
        return (
            (data != b"" and not text)  # it cannot be decoded, or is too large
            or may_direct(text)
            or (not self._selection.is_test(path) and self._may_hold_handler(path, plain))
            or any(
                _looks_anywhere(entry) and entry.may_fire(plain) for entry in self._selection.for_path(path)
            )
            or not is_sound(text)
        )

    def _may_hold_handler(self, path: str, text: str) -> bool:
        return (
            any(f"/{path}".endswith(f"/{named}") for named in self._named)
            or any(package in text for package in _PACKAGES)
            or (_LAMBDA.search(text) is not None and any(name in text for name in STRICT_NAMES))
            or _takes_a_context(text)
        )


def _looks_anywhere(entry: RuleEntry) -> bool:
    """Whether it is a rule about modules that no function need run; parts with templates matter anyway."""
    is_about_code = not _DEPLOYED.issuperset(entry.subjects)
    return entry.is_rule and is_about_code and entry.reach is Reach.ANYWHERE


def _takes_a_context(text: str) -> bool:
    """Whether the parameters of a function may be an event and a context."""
    for match in _DEFINITION.finditer(text):
        start = match.end()
        parameters = _PLAIN_PARAMETERS.match(text, start) if match["bracket"] == "(" else None
        # With type parameters in front, or strings and comments among them, all that follows counts.
        found = parameters[0] if parameters else text[start:]
        if "," in found and _CONTEXT.search(found):
            return True
        if not parameters:
            return False
    return False


def is_sound(text: str) -> bool:
    """Whether Python itself can parse the text, and it is harmless to libcst."""
    try:
        guard.check(text)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError, SourceError):
        return False
    return True
