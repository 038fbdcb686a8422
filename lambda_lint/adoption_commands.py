"""Taking up lambda-lint in a project that has findings: baselines, changed lines, and suppressions."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import click

from lambda_lint.arguments import options_of, project_options, selection_options
from lambda_lint.errors import LambdaLintError, UsageError
from lambda_lint.reporters.escape import printable
from lambda_lint.terminal import ProgressBar, note, show

if TYPE_CHECKING:
    from collections.abc import Callable

    from lambda_lint.app import Configured
    from lambda_lint.engine.adopt import Adoption
    from lambda_lint.engine.baseline import Baseline, Key
    from lambda_lint.request import Request

Function = TypeVar("Function", bound="Callable[..., Any]")


class OptionalValue(click.Option):
    """An option whose value stands behind `=` or is left out.

    click would take the next argument for its value, which here is a path: `lambda-lint --changed src/`.
    """

    def __init__(self, *names: Any, bare: str, **more: Any) -> None:
        """`bare` is the value that stands for none."""
        super().__init__(*names, **more)
        self.bare = bare

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """The option and its help, with no blank before the value."""
        record = super().get_help_record(ctx)
        return record and (record[0].replace(" [=", "[="), record[1])


class OptionalValues(click.Command):
    """A command with such options."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Write out the values that are left out."""
        values = {
            name: f"{name}={param.bare}"
            for param in self.params
            if isinstance(param, OptionalValue)
            for name in param.opts
        }
        options = args.index("--") if "--" in args else len(args)
        return super().parse_args(ctx, [*(values.get(arg, arg) for arg in args[:options]), *args[options:]])


def adoption_options(function: Function) -> Function:
    """Which findings count, and how the others are kept from it."""
    for option in (
        click.option(
            "--add-ignore",
            cls=OptionalValue,
            bare="",
            metavar="[=REASON]",
            help="Write a suppression, with this reason, beside everything that is found.",
        ),
        click.option(
            "--changed",
            cls=OptionalValue,
            bare="HEAD",
            metavar="[=REVISION]",
            help="Report only what is on lines that changed since the work tree left this revision of Git, "
            "untracked files included; without a revision, on lines that are not committed.",
        ),
        click.option("--no-baseline", is_flag=True, help="Report what the baseline knows, too."),
        baseline_option("Do not count the findings that this file knows; `lambda-lint baseline` writes it."),
    ):
        function = option(function)
    return function


def baseline_option(text: str) -> Callable[[Function], Function]:
    """The file of a baseline."""
    return click.option("--baseline", type=click.Path(path_type=Path), metavar="FILE", help=text)


def adoption_of(given: dict[str, Any]) -> Adoption:
    """What the command line says, from the values that click collected by the names of the options."""
    from lambda_lint.engine.adopt import Adoption  # noqa: PLC0415 - see cli

    baseline, without = given.get("baseline"), given.get("no_baseline", False)
    if baseline is not None and without:
        raise UsageError("`--baseline` and `--no-baseline` exclude each other")
    changed = given.get("changed")
    if changed == "":
        raise UsageError("`--changed=` is given without a revision")
    return Adoption(baseline, without, changed, given.get("add_ignore"))


@click.group()
def baseline() -> None:
    """Write the file of the findings that a project lives with, so that only new ones count.

    A finding is known by its rule, its file, the function around it and the text of its line: it stays known
    when code above it comes and goes. `lambda-lint check` heeds the file with `--baseline FILE`, or when the
    configuration names it as `baseline`.
    """


def _command(function: Function) -> Function:
    """What the three commands share."""
    for decorate in (
        project_options,
        selection_options,
        baseline_option(
            "The file; by default the one that the configuration names, or else lambda-lint-baseline.json in "
            "the project's root."
        ),
        click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATHS]..."),
    ):
        function = decorate(function)
    return function


@baseline.command()
@_command
@click.option("--force", is_flag=True, help="Write over a baseline that is there.")
def create(paths: tuple[Path, ...], force: bool, **given: Any) -> int:
    """Write a baseline of all that is found now."""
    run = _Run.of(paths, given)
    if run.file.exists() and not force:
        raise UsageError(
            f"the baseline `{run.shown}` exists: `lambda-lint baseline update` brings it up to date, "
            "`--force` writes it anew"
        )
    found, _ = run.found()
    run.write(found)
    show(f"{_file(run.shown, found)}\n")
    if run.is_hint_needed:
        note(f'it counts with `--baseline {run.shown}`, or `baseline = "{run.shown}"` in the configuration')
    return 0


@baseline.command()
@_command
def update(paths: tuple[Path, ...], **given: Any) -> int:
    """Make a baseline say what is found now.

    What stands in it of files and rules that this run does not look at is kept.
    """
    run = _Run.of(paths, given)
    old = run.read()
    found, judged = run.found()
    new = old.only(lambda key: not judged(key)).joined(found)
    run.write(new)
    added, gone = new.minus(old).total, old.minus(new).total
    show(f"{_file(run.shown, new)}; {added} new, {gone} gone\n")
    return 0


@baseline.command()
@_command
def prune(paths: tuple[Path, ...], **given: Any) -> int:
    """Take out of a baseline what is not found any more; add nothing."""
    run = _Run.of(paths, given)
    old = run.read()
    found, judged = run.found()
    new = old.minus(old.only(judged).minus(found))
    run.write(new)
    show(f"{_file(run.shown, new)}; {old.total - new.total} gone\n")
    return 0


def _file(shown: str, baseline: Baseline) -> str:
    from lambda_lint.reporters.summary import counted  # noqa: PLC0415 - see cli

    files = counted(len({key.path for key in baseline.counts}), "file")
    return f"{printable(shown)}: {counted(baseline.total, 'finding')} in {files}"


class _Run(NamedTuple):
    """A run of one of the commands: the file, and what is found without it."""

    request: Request
    configured: Configured
    file: Path

    @classmethod
    def of(cls, paths: tuple[Path, ...], given: dict[str, Any]) -> _Run:
        from dataclasses import replace  # noqa: PLC0415 - see cli

        from lambda_lint import app  # noqa: PLC0415 - see cli
        from lambda_lint.engine.adopt import DEFAULT_FILE  # noqa: PLC0415 - see cli
        from lambda_lint.request import Request  # noqa: PLC0415 - see cli

        asked = adoption_of(given)
        request = Request(
            paths,
            options_of(given),
            given["config"],
            given["isolated"],
            adoption=asked,
            cache=not given["no_cache"],
            cache_dir=given["cache_dir"],
        )
        configured = app.configure(request)
        scope = app.scope_of(request, configured)
        file = asked.file(scope, configured.settings.baseline) or scope.root / DEFAULT_FILE
        return cls(replace(request, adoption=replace(asked, without_baseline=True)), configured, file)

    @property
    def shown(self) -> str:
        from lambda_lint.discovery import shown  # noqa: PLC0415 - see cli

        return shown(self.file, self.request.cwd)

    @property
    def is_hint_needed(self) -> bool:
        return self.configured.settings.baseline is None

    def read(self) -> Baseline:
        from lambda_lint.engine.adopt import load_baseline  # noqa: PLC0415 - see cli

        return load_baseline(self.file, self.shown)

    def found(self) -> tuple[Baseline, Callable[[Key], bool]]:
        """What is found, and whether an entry would have been found."""
        from lambda_lint import app  # noqa: PLC0415 - see cli
        from lambda_lint.engine.baseline import baseline_of  # noqa: PLC0415 - see cli

        with ProgressBar(sys.stderr) as progress:
            result = app.run(self.request, self.configured, progress).result
        if result.crashed:
            raise LambdaLintError(
                "a part of the analysis failed (see `lambda-lint check`): nothing is written"
            )
        scope = app.scope_of(self.request, self.configured)
        return baseline_of(result.findings, scope.keyed), scope.judged(result)

    def write(self, baseline: Baseline) -> None:
        from lambda_lint.outputs import replace_file  # noqa: PLC0415 - see cli

        text = baseline.text()
        try:
            if not self.file.exists() or self.file.read_bytes() != text.encode("utf-8", "backslashreplace"):
                replace_file(self.file, text)
        except OSError as error:
            raise LambdaLintError(f"`{self.shown}` cannot be written: {error.strerror}") from error
