"""The benchmark: `python tests/benchmarks/run.py` runs lambda-lint and its peers side by side.

    python tests/benchmarks/run.py --only start-up --only "one file"     some minutes, not an hour
    python tests/benchmarks/run.py --write-readme --json results.json    what the README shows

It prints the targets with what was measured, and the medians of each scenario. Every case of a scenario
runs once a round, in turn; a ratio is the median over the rounds of one case's figure divided by the
other's in the same round (see `rounds`). Each run must account for its work: its exit code, the files it
read, and as many findings as in the round before; in the generated monorepo exactly those that were
planted. A case that does not is named with the reason, and has no ratio. Cold is an empty cache, warm a
second run. The system has read all files before, in every run. Nothing here asserts a time.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import sysconfig
from pathlib import Path

import corpora
import report
import scenarios
import tools
from rounds import Case, Plan, alternate

README = Path(__file__).parents[2] / "README.md"
WORK = Path.home() / ".cache" / "lambda-lint-benchmark"
SCENARIOS = ("lambda", "packages", "monorepo", "edited", "one file", "start-up", "growth")
HERE = Path(sysconfig.get_path("scripts")) / "lambda-lint"


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Run lambda-lint and its peers side by side.")
    add = parser.add_argument
    add("--only", action="append", choices=SCENARIOS, help="this scenario, repeatable; all without it")
    add("--rounds", type=int, default=5, help="how often each case runs (5)")
    add("--slow-rounds", type=int, default=2, help="the same, for cases of more than 20 seconds (2)")
    add("--functions", type=int, default=8000, help="functions of the largest monorepo (8000: 10,000 files)")
    add("--timeout", type=float, default=1800, help="seconds for one run (1800)")
    add("--lambda-code", type=Path, metavar="FOLDER", help="public Lambda code; cloned without it")
    add("--packages", type=Path, metavar="FOLDER", help="installed packages; installed without it")
    add("--with-cdk", action="store_true", help="aws-cdk-lib among the packages, 183 MB of code")
    add("--peers", type=Path, metavar="FOLDER", help="a virtual environment with the peers; made without it")
    add("--without", action="append", default=[], metavar="PEER", help="leave out this peer, repeatable")
    add("--command", default=str(HERE), help="the lambda-lint to measure; that of this Python without it")
    add("--work", type=Path, metavar="FOLDER", default=WORK, help="where all of this is kept")
    add("--json", type=Path, metavar="FILE", help="write every run into this file")
    add("--write-readme", action="store_true", help="put the tables into the README")
    given = parser.parse_args()
    found = shutil.which(given.command)
    if found is None:
        parser.error("lambda-lint is not installed in this Python: pip install -e .")
    given.command = str(Path(found).absolute())
    return given


def main() -> None:
    given = arguments()
    work = given.work.resolve()
    work.mkdir(parents=True, exist_ok=True)
    environment = corpora.installed_peers(given.peers and given.peers.absolute(), work)
    peers = [
        peer for peer in tools.peers(environment, work) if tools.package_of(peer.name) not in given.without
    ]
    setting = scenarios.Setting(given.command, peers, work, tools.has_cache(given.command))
    plan = Plan(given.rounds, given.slow_rounds, given.timeout, tell)
    results: report.Results = {}
    titles = {}
    for name in given.only or SCENARIOS:
        tell(f"{name}:")
        if prepared := prepare(name, setting, given):
            titles[name], cases = prepared
            results[name] = alternate(cases, plan)
        else:
            tell("  its corpus cannot be had")
    installed = tools.versions(corpora.python_of(environment)) | {tools.OURS: tools.version_of(given.command)}
    shown = {name: installed[name] for name in (tools.OURS, *(tools.package_of(peer.name) for peer in peers))}
    machine = report.this_machine()
    sys.stdout.write("\n".join([f"{machine}\n", *report.whole(results, shown, titles), ""]))
    if given.json:
        given.json.write_text(report.as_json(results, shown, titles, machine), encoding="utf-8")
    if given.write_readme:
        part = report.readme_part(results, shown, titles, machine)
        README.write_text(report.with_part(README.read_text(encoding="utf-8"), part), encoding="utf-8")


def tell(line: str) -> None:
    sys.stderr.write(f"{line}\n")


def prepare(
    name: str, setting: scenarios.Setting, given: argparse.Namespace
) -> tuple[str, list[Case]] | None:
    """The title of a scenario and its cases; None when there is nothing to run on."""
    tenth = given.functions // 10
    match name:
        case "one file":
            return "One small handler", [*scenarios.one_file(setting)]
        case "start-up":
            return "What looks at no file", [*scenarios.start_up(setting)]
        case "growth":
            cases = [*scenarios.growth(setting, given.functions)]
            sizes = ", ".join(f"{case.name} {case.files:,}" for case in cases)
            return f"Growth: generated monorepos ({sizes} files)", cases
        case "edited":
            folder, made = scenarios.monorepo(setting, tenth, "edited")
            return f"One of {made.files:,} files edited", [*scenarios.edited(setting, folder, made)]
        case "monorepo":
            folder, made = scenarios.monorepo(setting, tenth)
            planted = made.planted.total()
            cases = [*scenarios.corpus(setting, folder, made.files, planted)]
            return f"Generated monorepo: {_size(folder)}, {planted} findings planted", cases
        case "lambda":
            found, title = corpora.lambda_code(given.lambda_code, setting.work), "Public Lambda code"
        case _:
            found = corpora.installed_packages(given.packages, setting.work, cdk=given.with_cdk)
            title = "Installed packages"
    if found is None:
        return None
    return f"{title}: {_size(found)}", [*scenarios.corpus(setting, found, corpora.size_of(found)[0])]


def _size(folder: Path) -> str:
    files, lines = corpora.size_of(folder)
    return f"{files:,} files, {lines:,} lines"


if __name__ == "__main__":
    main()
