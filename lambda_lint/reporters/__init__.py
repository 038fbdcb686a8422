"""One module for each output format; each holds `report`, a pure function from a result to text."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import TextIO, TypeAlias

    from lambda_lint.model.finding import Result
    from lambda_lint.reporters.style import Style

    Reporter: TypeAlias = Callable[[Result, TextIO, Style], None]

FORMATS: Mapping[str, str] = {
    "full": "full",
    "concise": "concise",
    "json": "json",
    "json-lines": "jsonlines",
    "github": "github",
    "sarif": "sarif",
}
"""The names that `--output-format` takes, and the modules here that write them."""


def reporter(name: str) -> Reporter:
    """The function that writes the format `name`, one of `FORMATS`; imported now, as `full` needs rich."""
    report: Reporter = import_module(f"{__name__}.{FORMATS[name]}").report
    return report
