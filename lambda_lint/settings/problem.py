"""Something wrong in a configuration file."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, and at which key: the path leads there from our own table on."""

    path: tuple[str, ...]
    message: str
    needle: str | None = None
    """A string within the key's value that is at fault."""
