"""The levels of `--fail-on`, apart from the other settings, as the command line names them for its help."""

from __future__ import annotations

from enum import Enum

from lambda_lint.model.labels import Severity


class FailOn(str, Enum):
    """The least severity at which a finding makes the exit code 1."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"
    NEVER = "never"

    def reached_by(self, severity: Severity) -> bool:
        """Whether a finding of this severity fails the run."""
        return self is not FailOn.NEVER and severity >= Severity[self.name]
