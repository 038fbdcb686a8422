"""What there is to do: one part of a project, as it travels to the process that analyzes it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lambda_lint.deployment.function import Template


@dataclass(frozen=True, slots=True)
class Task:
    """All that it takes to analyze a part."""

    files: Mapping[str, bytes]
    templates: tuple[Template, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict)
    """Further files, in which what is said of the functions may stand."""
    inline: frozenset[tuple[str, str]] = frozenset()
    """Template and logical id of each function whose inline code is analyzed with the part."""
    functions: frozenset[tuple[str, str]] = frozenset()
    """Template and logical id of the functions that are checked with the part."""
    absent: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """Those of them whose module is in no file of the project, with the path of one like it, or ""."""
    layers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Code folder -> the folders of the layers of its functions, of the whole project."""
    targets: frozenset[str] | None = None
    """The files and templates to report on; None means all."""
    shared: frozenset[str] = frozenset()
    """The files that other parts have, too."""
    describes: bool = False
    """Whether what is known of functions is wanted, too."""
    fatal: Mapping[str, str] = field(default_factory=dict)
    """Files that ended the process that analyzed them, and how: they are named, and left alone."""
