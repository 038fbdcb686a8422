"""How a report is to look: decided once by the command line, obeyed by every reporter."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Style:
    """What the command line knows about where the report goes. Formats for machines ignore the looks."""

    color: bool = False
    width: int | None = None
    """The terminal's width in cells; None for a file or a pipe, where nothing is wrapped."""
    hyperlinks: bool = False
    """Whether the terminal shows links behind text. They are only written together with colour."""
    quiet: bool = False
    """Findings only: no summary, no notes, nothing when there is nothing to say."""
    show_suppressed: bool = False
    unsafe_fixes: bool = False
    """Whether unsafe fixes count as fixes, as they do with `--unsafe-fixes`."""


PLAIN = Style()
