"""What is measured, and the targets: each a bound on a ratio between two cases of one scenario."""

from __future__ import annotations

import re
import shutil
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

import tools
from handler_texts import BREACHES, HANDLERS
from monorepo import write_monorepo
from rounds import Case

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from monorepo import Monorepo
    from processes import Usage
    from rounds import Figure
    from tools import Tool


def wall(usage: Usage) -> float:
    return usage.wall


def cpu(usage: Usage) -> float:
    return usage.cpu


def main_peak(usage: Usage) -> float:
    return usage.main


def worker_peak(usage: Usage) -> float:
    return usage.worker


def largest_peak(usage: Usage) -> float:
    return max(usage.main, usage.worker)


@dataclass(frozen=True, slots=True)
class Target:
    """At most (or at least) so many times; the figures are those of the two cases in one scenario."""

    scenario: str
    ours: str
    theirs: str
    bound: float
    figure: Figure = wall
    theirs_by: Figure | None = None
    at_least: bool = False
    per_file: bool = False
    what: str = ""


COLD, WARM = f"{tools.OURS}, cold", f"{tools.OURS}, warm"
ONE_WORKER, TWO_WORKERS = f"{tools.OURS}, one worker", f"{tools.OURS}, two workers"
HANDLER, LAYER = (f"{tools.OURS}, {what} edited" for what in ("a handler", "a layer"))
TARGETS = (
    Target("lambda", COLD, "pythaw", 1.3),
    Target("lambda", COLD, "bandit", 0.8),
    Target("lambda", COLD, "flake8", 0.7),
    Target("lambda", COLD, "pylint", 0.1),
    Target("lambda", COLD, "fixit", 0.06),
    Target("lambda", WARM, "ruff, warm", 0.7),
    Target("lambda", WARM, "ruff, no cache", 1.2),
    Target("lambda", WARM, COLD, 0.06),
    Target("lambda", ONE_WORKER, TWO_WORKERS, 1.7, at_least=True),
    Target("lambda", COLD, "pythaw", 2, main_peak, what="memory of the main process"),
    Target("lambda", COLD, "pythaw", 2, worker_peak, main_peak, what="memory of the largest worker"),
    Target("edited", HANDLER, COLD, 0.15),
    Target("edited", LAYER, COLD, 0.15),
    Target("one file", COLD, "pythaw", 1.5),
    Target("start-up", "--help", "import click", 2),
    Target("start-up", "--version", "import click", 2),
    Target("growth", "16x", "1x", 1.15, per_file=True, what="time per file"),
    Target("growth", "16x", "16x/10", 4, largest_peak, what="peak memory"),
)


@dataclass(frozen=True, slots=True)
class Setting:
    """What the scenarios are made with: our command, the peers, and a folder to work in."""

    command: str
    peers: list[Tool]
    work: Path
    cached: bool

    def cold(
        self, folder: Path, files: int, label: str = COLD, *options: str, findings: int | None = None
    ) -> Case:
        """With an empty cache."""
        cache = self.work / "cache-cold"
        return Case(
            tools.ours(self.command, *self.caching(cache), *options),
            folder,
            files,
            before=lambda: shutil.rmtree(cache, ignore_errors=True),
            findings=findings,
            label=label,
        )

    def warm(
        self, folder: Path, files: int, label: str = WARM, before: Callable[[], object] | None = None
    ) -> Case:
        """With the cache of the run before, one that does not count to begin with."""
        cache = self.work / f"cache-{re.sub(r'[^a-z]+', '-', f'{folder.name} {label}')}"
        shutil.rmtree(cache, ignore_errors=True)
        tool = tools.ours(self.command, *self.caching(cache))
        return Case(tool, folder, files, before=before, primed=True, label=label)

    def caching(self, cache: Path) -> tuple[str, ...]:
        return ("--cache-dir", str(cache)) if self.cached else ()


def corpus(setting: Setting, folder: Path, files: int, findings: int | None = None) -> Iterator[Case]:
    """All tools on one corpus, our own in its variants."""
    yield setting.cold(folder, files, findings=findings)
    if setting.cached:
        yield setting.warm(folder, files)
    yield setting.cold(folder, files, ONE_WORKER, "--jobs", "1", findings=findings)
    yield setting.cold(folder, files, TWO_WORKERS, "--jobs", "2", findings=findings)
    for peer in setting.peers:
        yield Case(peer, folder, files, primed=peer.name == "ruff, warm")


def edited(setting: Setting, folder: Path, made: Monorepo) -> Iterator[Case]:
    """One file changes before each run: a handler, which nobody imports, or a module of a service's layer."""
    yield setting.cold(folder, made.files)
    if setting.cached:
        yield setting.warm(folder, made.files, HANDLER, _edits(folder / made.handlers[0]))
        yield setting.warm(folder, made.files, LAYER, _edits(folder / made.shared[1]))


def _edits(path: Path) -> Callable[[], object]:
    """Another statement in the first function of a file, at each call."""
    text = path.read_text(encoding="utf-8")
    first = re.search(r"^def .*:\n", text, re.MULTILINE)
    assert first
    count = iter(range(sys.maxsize))

    def edit() -> None:
        statement = f"    revision = {next(count)}\n"
        path.write_text(text[: first.end()] + statement + text[first.end() :], encoding="utf-8")

    return edit


def one_file(setting: Setting) -> Iterator[Case]:
    """A handler of ordinary size, alone in its folder."""
    folder = setting.work / "one"
    folder.mkdir(exist_ok=True)
    text = BREACHES["upload"][1].apply(HANDLERS["upload"]).replace("SERVICE", "orders")
    (folder / "app.py").write_text(text, encoding="utf-8")
    yield setting.cold(folder, 1, findings=1)
    if setting.cached:
        yield setting.warm(folder, 1)
    for peer in setting.peers:
        yield Case(peer, folder, 1, primed=peer.name == "ruff, warm", paths=("app.py",))


def start_up(setting: Setting) -> Iterator[Case]:
    """What says something and looks at no file."""
    says = {
        "import click": (sys.executable, "-c", "import click; print(click.Command)"),
        "--help": (setting.command, "--help"),
        "--version": (setting.command, "--version"),
    }
    for name, command in says.items():
        tool = tools.Tool(name, command, tools.silent, frozenset({0}))
        yield Case(tool, setting.work, 0, primed=True, paths=())


def growth(setting: Setting, functions: int) -> Iterator[Case]:
    """Monorepos of a sixteenth, a quarter and all of the functions; and a tenth, for their memory."""
    for label, share in {"1x": 16, "4x": 4, "16x/10": 10, "16x": 1}.items():
        folder, made = monorepo(setting, functions // share)
        yield setting.cold(folder, made.files, label, findings=made.planted.total())


def monorepo(setting: Setting, functions: int, name: str = "monorepo") -> tuple[Path, Monorepo]:
    folder = setting.work / f"{name}-{functions}"
    shutil.rmtree(folder, ignore_errors=True)
    return folder, write_monorepo(folder, functions)
