"""The tools that are compared: how each is called, and how it tells what it read and what it found."""

from __future__ import annotations

import json
import re
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from processes import Usage

OURS = "lambda-lint"
SEMGREP_RULES = """\
rules:
  - id: client-in-function
    languages: [python]
    severity: WARNING
    message: a client is created in a function
    patterns:
      - pattern: boto3.client(...)
      - pattern-inside: |
          def $F(...):
            ...
  - id: no-timeout
    languages: [python]
    severity: WARNING
    message: a request without a timeout
    patterns:
      - pattern: requests.$METHOD(...)
      - pattern-not: requests.$METHOD(..., timeout=$T, ...)
  - id: sleep
    languages: [python]
    severity: WARNING
    message: it waits
    pattern: time.sleep(...)
"""


@dataclass(frozen=True, slots=True)
class Work:
    """What a run did, by its own account; `files` is None where a tool does not tell."""

    files: int | None
    findings: int


@dataclass(frozen=True, slots=True)
class Tool:
    """A way to call a tool: all but the paths, how to read its account, its exit codes when it did its work.

    `listing` prints a line for each file that the tool would read, where its account does not tell.
    """

    name: str
    command: tuple[str, ...]
    account: Callable[[Usage], Work]
    codes: frozenset[int] = frozenset({0, 1})
    listing: tuple[str, ...] = ()


def ours(command: str, *options: str, name: str = OURS) -> Tool:
    """Our own tool, with an option for its cache or its workers."""
    basic = (command, "check", "--isolated", "--output-format", "concise")
    return Tool(name, (*basic, *options), _lambda_lint)


def version_of(command: str) -> str:
    """The version of our own tool."""
    return subprocess.run([command, "--version"], capture_output=True, text=True, check=True).stdout.split()[
        -1
    ]


def has_cache(command: str) -> bool:
    """Whether this version of our own tool keeps a cache."""
    shown = subprocess.run([command, "check", "--help"], capture_output=True, text=True, check=True)
    return "--cache-dir" in shown.stdout


def peers(folder: Path, work: Path) -> list[Tool]:
    """The peers in a virtual environment, without configuration files, on two workers where they have any."""
    scripts = folder / "bin"
    rules = work / "semgrep.yaml"
    rules.write_text(SEMGREP_RULES, encoding="utf-8")

    def tool(
        name: str,
        arguments: str,
        account: Callable[[Usage], Work],
        most: int = 1,
        *,
        label: str = "",
        listing: str = "",
    ) -> Tool:
        script = str(scripts / name)
        codes = frozenset(range(most + 1))
        shown = (script, *listing.split()) if listing else ()
        return Tool(label or name, (script, *arguments.split()), account, codes, shown)

    ruff = "check --isolated --output-format concise"
    files = "check --isolated --show-files"
    semgrep = (
        f"scan --metrics=off --disable-version-check --no-git-ignore --quiet --json -j 2 --config {rules}"
    )
    pylint = "--rcfile= --errors-only --jobs=2 --persistent=n --recursive=y --output-format=json2"
    known = [
        tool("ruff", f"{ruff} --no-cache", _ruff, label="ruff, no cache", listing=files),
        tool("ruff", f"{ruff} --cache-dir {work / 'ruff-cache'}", _ruff, label="ruff, warm", listing=files),
        tool("pythaw", "check", _pythaw),
        tool("bandit", "--quiet --recursive --format json", _bandit),
        tool("flake8", "--isolated --jobs 2 --benchmark", _flake8),
        tool("semgrep", semgrep, _semgrep),
        # Their exit codes are sums of a bit for each kind of message; 32 is wrong usage of pylint.
        tool("pylint", pylint, _pylint, 31),
        tool("fixit", "lint", _fixit, 3),
    ]
    return [peer for peer in known if (scripts / package_of(peer.name)).exists()]


def versions(peers_python: Path) -> dict[str, str]:
    """The versions of the peers; some have no `--version`."""
    program = "import importlib.metadata as m; [print(d.name.lower(), d.version) for d in m.distributions()]"
    answer = subprocess.run([peers_python, "-c", program], capture_output=True, text=True, check=True).stdout
    return dict(line.split() for line in answer.splitlines())


def package_of(name: str) -> str:
    """The tool of a case, such as `ruff` of `ruff, warm`."""
    return name.partition(",")[0]


def silent(usage: Usage) -> Work:
    """The account of a command that only says something."""
    return Work(None, len(usage.out.splitlines()))


def _lines(usage: Usage) -> int:
    """The findings of a tool that gives each a line."""
    return len(re.findall(r"^[^\s:][^:\n]*[:@]\d+:\d+", usage.out, re.MULTILINE))


def _number(pattern: str, text: str) -> int | None:
    """The number that a tool names in its summary."""
    found = re.search(pattern, text)
    return int(found[1]) if found else None


def _lambda_lint(usage: Usage) -> Work:
    return Work(_number(r"\bin (\d+) files?\b", usage.out), _lines(usage))


def _ruff(usage: Usage) -> Work:
    return Work(None, _number(r"Found (\d+) error", usage.out) or 0)


def _pythaw(usage: Usage) -> Work:
    return Work(None, _number(r"Found (\d+) violation", usage.out) or 0)


def _bandit(usage: Usage) -> Work:
    report = json.loads(usage.out)
    return Work(len(report["metrics"]) - 1, len(report["results"]))  # one of the metrics is the total


def _flake8(usage: Usage) -> Work:
    return Work(_number(r"(\d+)\s+total files processed", usage.out), _lines(usage))


def _semgrep(usage: Usage) -> Work:
    report = json.loads(usage.out)
    return Work(len(report["paths"]["scanned"]), len(report["results"]))


def _pylint(usage: Usage) -> Work:
    # It counts names of modules, and a hundred handlers are called `app`.
    return Work(None, len(json.loads(usage.out)["messages"]))


def _fixit(usage: Usage) -> Work:
    return Work(_number(r"(\d+) files? (?:checked|clean)", usage.err), _lines(usage))
