"""The tool's own findings: what it could not do, and which suppressions are wrong.

They have codes, pages and severities as rules have, but no rule's code: the engine reports them. Each
has its page beside this file.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files

from lambda_lint.model.labels import Severity

PAGES_URL = "https://github.com/lambda-lint/lambda-lint/blob/main/lambda_lint/own"


@dataclass(frozen=True, slots=True)
class OwnFinding:
    """One kind of finding that the tool makes by itself."""

    code: str
    name: str
    severity: Severity
    always: bool
    """True for those that say that something was not analyzed: selecting other rules does not turn them
    off, because silence would look like a clean file. They can still be ignored by name."""
    ignorable: bool = True

    @property
    def module(self) -> str:
        """The page's file name without its ending."""
        return self.name.replace("-", "_")

    @property
    def page(self) -> str:
        """The whole page, Markdown."""
        return files(__name__).joinpath(f"{self.module}.md").read_text("utf-8")

    @property
    def url(self) -> str:
        return f"{PAGES_URL}/{self.module}.md"


OWN = (
    OwnFinding("LL900", "syntax-error", Severity.ERROR, always=True),
    OwnFinding("LL901", "rule-crashed", Severity.ERROR, always=True, ignorable=False),
    OwnFinding("LL902", "unused-suppression", Severity.WARNING, always=False),
    OwnFinding("LL903", "unknown-suppression", Severity.WARNING, always=False),
    OwnFinding("LL904", "file-not-analysed", Severity.WARNING, always=True),
    OwnFinding("LL905", "template-not-read", Severity.WARNING, always=True),
)
