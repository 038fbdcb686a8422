"""The command line. `main` alone catches what goes wrong and chooses the exit code.

Each command imports what it needs when it runs: `lambda-lint --help` must not wait for libcst or rich, nor
for the reports and settings of a run.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from lambda_lint import __version__
from lambda_lint.adoption_commands import OptionalValues, adoption_options, baseline
from lambda_lint.arguments import (
    DefaultGroup,
    color_option,
    complete_format,
    fix_options,
    project_options,
    selection_options,
)
from lambda_lint.errors import LambdaLintError, UsageError
from lambda_lint.function_commands import functions, graph
from lambda_lint.policy_command import policy
from lambda_lint.project_commands import clean, handlers, request_of
from lambda_lint.reporters import reporter
from lambda_lint.reporters.escape import printable
from lambda_lint.rule_commands import COMMANDS
from lambda_lint.settings.fail_on import FailOn
from lambda_lint.settings.suggest import did_you_mean
from lambda_lint.terminal import ProgressBar, admit, note, show, standard_output, style_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lambda_lint.app import Configured, Outcome
    from lambda_lint.request import Request

CLEAN, FINDINGS, FAILURE, INTERRUPTED = 0, 1, 2, 130

FOR_PEOPLE = frozenset({"full", "concise"})
TELLING_NOTES = FOR_PEOPLE | {"github"}
"""Formats that show the notes to whoever reads standard output."""

PATHS = click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATHS]...")


@click.group(
    cls=DefaultGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="`lambda-lint src/` is short for `lambda-lint check src/`; without paths, the current folder is "
    "checked. `lambda-lint check --help` shows the options.",
)
@click.version_option(__version__, prog_name="lambda-lint", message="%(prog)s %(version)s")
def cli() -> None:
    """Find what is wrong in AWS Lambda functions: in the Python code and the template that deploys it."""


@cli.command(cls=OptionalValues)
@PATHS
@selection_options
@click.option(
    "--output-format",
    multiple=True,
    envvar="LAMBDA_LINT_OUTPUT_FORMAT",
    metavar="FORMAT[:FILE]",
    shell_complete=complete_format,
    help="full, concise, json, json-lines, github or sarif; several at once go to files. "
    "Also LAMBDA_LINT_OUTPUT_FORMAT.",
)
@click.option(
    "--fail-on",
    type=click.Choice([level.value for level in FailOn]),
    help="The least severity at which a finding makes the exit code 1.",
)
@click.option("--exit-zero", is_flag=True, help="Exit with 0 although there are findings.")
@click.option("--statistics", is_flag=True, help="Show how often each rule found something, and no findings.")
@click.option("--show-suppressed", is_flag=True, help="Show suppressed findings too.")
@click.option("--show-files", is_flag=True, help="List the files that would be checked, and stop.")
@click.option("--show-settings", is_flag=True, help="Show the settings and which rules run, and stop.")
@click.option("--stdin-filename", type=click.Path(path_type=Path), help="What `-` stands for.")
@fix_options
@adoption_options
@project_options
@color_option
@click.option("--profile", is_flag=True, help="Tell how long each phase and each rule took.")
@click.option("-q", "--quiet", is_flag=True, help="Findings only: no notes, no summary, no progress bar.")
@click.option("-v", "--verbose", is_flag=True, help="Say more about the run.")
def check(paths: tuple[Path, ...], **given: Any) -> int:
    """Check files and folders; `-` is standard input. This is the default command."""
    from lambda_lint import app  # noqa: PLC0415 - see above

    request = request_of(paths, given)
    _refuse_misspelt_command(paths)
    configured = app.configure(request)
    if given["show_settings"]:
        from lambda_lint import listing  # noqa: PLC0415 - see above

        file = configured.file.shown if configured.file else None
        why = app.selection(configured, request.cwd).why
        reasons = [why(info.code) for info in configured.registry.infos]
        show(listing.settings_text(configured.settings, file, reasons))
        return CLEAN
    if given["show_files"]:
        from lambda_lint import gathering  # noqa: PLC0415 - see above

        found = gathering.find_files(request, configured.settings, configured.file)
        files = gathering.files_shown(found, request.cwd)
        show("".join(f"{printable(path)}\n" for path in files))
        return CLEAN
    return _check(request, configured, given)


def _refuse_misspelt_command(paths: tuple[Path, ...]) -> None:
    if paths and not paths[0].exists() and (hint := did_you_mean(str(paths[0]), cli.commands)):
        raise UsageError(f"there is neither a path nor a command `{paths[0]}`{hint}")


def _check(request: Request, configured: Configured, given: dict[str, Any]) -> int:
    from dataclasses import replace  # noqa: PLC0415 - see above

    from lambda_lint import app  # noqa: PLC0415 - see above
    from lambda_lint.fix_output import plan_of, tell  # noqa: PLC0415 - see above
    from lambda_lint.outputs import destinations, write_file  # noqa: PLC0415 - see above
    from lambda_lint.reporters import statistics  # noqa: PLC0415 - see above
    from lambda_lint.reporters.style import Style  # noqa: PLC0415 - see above

    settings = configured.settings
    plan = plan_of(settings, request.stdin, diff=given["diff"])
    wanted = destinations(settings.output_format)
    on_screen = next((each.format for each in wanted if each.file is None), None)
    if given["statistics"] and on_screen not in {None, *FOR_PEOPLE}:
        raise UsageError(f"`--statistics` takes the place of `{on_screen}`: write that to a file")
    with ProgressBar(sys.stderr, shown=not given["quiet"]) as progress:
        outcome = app.run(replace(request, fixing=plan.fixing), configured, progress, owns_process=True)
    tell(outcome, plan, given["color"], quiet=given["quiet"])
    if given["profile"]:
        from lambda_lint import listing  # noqa: PLC0415 - see above

        names = {info.code: info.name for info in outcome.result.rules}
        click.echo(listing.profile(outcome.times, names), err=True)
    if not plan.reports:
        changes = outcome.changes if plan.is_difference else ()
        return FAILURE if outcome.result.crashed or outcome.failures else FINDINGS if changes else CLEAN
    plain = Style(
        given["color"] == "always",
        quiet=given["quiet"],
        show_suppressed=given["show_suppressed"],
        unsafe_fixes=settings.unsafe_fixes,
    )
    for each in wanted:
        if each.file is not None:
            write_file(each.file, each.format, outcome.result, plain)
    _say(outcome, given, on_screen)
    report = statistics.report if given["statistics"] else reporter(on_screen) if on_screen else None
    if report is not None:
        looks = style_of(plan.screen, os.environ, given["color"])
        style = replace(plain, color=looks.color, width=looks.width, hyperlinks=looks.hyperlinks)
        with standard_output() as stream:
            report(outcome.result, stream if plan.screen is sys.stdout else plan.screen, style)
    if outcome.result.crashed or outcome.failures:
        return FAILURE
    return FINDINGS if outcome.fails and not given["exit_zero"] else CLEAN


def _say(outcome: Outcome, given: dict[str, Any], on_screen: str | None) -> None:
    """On standard error, what the report on standard output does not say."""
    if given["verbose"]:
        file = outcome.configured.file
        note(f"the configuration is {file.shown}" if file else "there is no configuration file")
        for folder in outcome.skipped_vendored:
            note(f"left out, as it is a package of others: {folder}")
    if given["quiet"]:
        return
    if given["statistics"] or on_screen not in TELLING_NOTES:
        for text in outcome.result.notes:
            note(text)
    if on_screen is None and not given["statistics"]:
        from lambda_lint.reporters.summary import verdict  # noqa: PLC0415 - see above

        click.echo(verdict(outcome.result), err=True)


for command in (baseline, clean, functions, graph, handlers, policy, *COMMANDS):
    cli.add_command(command)


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run a command and exit: 0 clean, 1 findings, 2 failure, 130 interrupted."""
    try:
        code = cli.main(arguments, prog_name="lambda-lint", standalone_mode=False)
    except LambdaLintError as error:
        for line in str(error).splitlines():
            click.echo(f"error: {printable(line)}", err=True)
        code = FAILURE
    except click.ClickException as error:
        error.show()
        code = FAILURE
    except click.Abort:
        # The thread of the analysis may be deep in native code, which must not wake up while Python ends.
        sys.stderr.flush()  # pragma: no cover - tested in a process of its own, which ends here
        os._exit(INTERRUPTED)  # pragma: no cover - as above
    except Exception as error:  # noqa: BLE001 - the exit code 1 of Python's own would mean findings
        admit(error)
        code = FAILURE
    sys.exit(code or CLEAN)
