"""How the tests run, and what they tell about themselves at the end."""

from __future__ import annotations

import os
from collections import Counter
from typing import TYPE_CHECKING

import libcst
import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from collections.abc import Iterator

# A loaded machine is no failure; and CI draws the same examples each time, so that luck cannot fail it.
settings.register_profile("local", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
# Imported here first, so that no test in this process changes what it is for the others.
assert libcst
settings.load_profile("ci" if os.environ.get("CI") else "local")


@pytest.fixture(autouse=True, scope="session")
def cache_of_its_own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The user's cache folder is left alone, by the tests and what they start."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("XDG_CACHE_HOME", "LOCALAPPDATA"):
            patch.setenv(name, str(tmp_path_factory.mktemp("cache")))
        yield


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Count the words that tests recorded, such as the mutations that applied to a case."""
    counts: dict[str, Counter[str]] = {}
    for report in terminalreporter.getreports("passed"):
        for name, words in report.user_properties:
            if isinstance(words, (list, tuple)):
                counts.setdefault(name, Counter()).update(words)
    for name, counted in sorted(counts.items()):
        terminalreporter.section(name)
        for word, count in sorted(counted.items()):
            terminalreporter.line(f"{count:>5} {word}")
