"""The command line's words: the options that commands share, and what they mean as `Options`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from lambda_lint.errors import UsageError
from lambda_lint.reporters import FORMATS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from click.shell_completion import CompletionItem

    from lambda_lint.settings.options import Options

Function = TypeVar("Function", bound="Callable[..., Any]")

DEFAULT_COMMAND = "check"
OF_THE_GROUP = frozenset({"-h", "--help", "--version"})


class DefaultGroup(click.Group):
    """A group that takes words which name no command as arguments of `check`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put `check` in front, unless a command or an option of the group comes first."""
        wants_group = bool(args) and (args[0] in self.commands or args[0] in OF_THE_GROUP)
        # While a shell completes the first word, it may still become a command.
        if not wants_group and not (ctx.resilient_parsing and not args):
            args = [DEFAULT_COMMAND, *args]
        return super().parse_args(ctx, args)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """The commands, and what `check` would take in their place."""
        from click.shell_completion import CompletionItem  # noqa: PLC0415 - only a shell asks

        found = super().shell_complete(ctx, incomplete)
        if not incomplete.startswith("-"):
            return [*found, CompletionItem(incomplete, type="file")]
        check = self.commands[DEFAULT_COMMAND]
        return [*found, *check.shell_complete(click.Context(check, ctx, DEFAULT_COMMAND), incomplete)]


def complete_rule(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Names and codes of rules for the shell; in a list, of the last of them."""
    del ctx, param
    from click.shell_completion import CompletionItem  # noqa: PLC0415 - only a shell asks

    from lambda_lint.registry import load_registry  # noqa: PLC0415 - slow, and seldom needed
    from lambda_lint.rule_record import user_file  # noqa: PLC0415 - as above

    before, comma, word = incomplete.rpartition(",")
    return [
        CompletionItem(f"{before}{comma}{known}", help=info.summary)
        for info in load_registry(user_file()).infos
        for known in (info.name, info.code)
        if known.startswith(word)
    ]


def complete_format(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Names of output formats for the shell."""
    del ctx, param
    from click.shell_completion import CompletionItem  # noqa: PLC0415 - only a shell asks

    return [CompletionItem(name) for name in FORMATS if name.startswith(incomplete)]


def selector_option(name: str, text: str) -> Callable[[Function], Function]:
    """An option that takes rules, repeatable and with commas."""
    return click.option(name, multiple=True, metavar="RULES", help=text, shell_complete=complete_rule)


def selection_options(function: Function) -> Function:
    """Which rules run."""
    for option in (
        click.option(
            "--today",
            type=click.DateTime(["%Y-%m-%d"]),
            metavar="YYYY-MM-DD",
            help="Judge dates, such as the end of a runtime's support, as on this day.",
        ),
        selector_option("--extend-ignore", "The same as --ignore."),
        selector_option("--extend-select", "Run these rules besides those that run anyway."),
        selector_option("--ignore", "Do not run these rules."),
        selector_option(
            "--select",
            "Run these rules only: names, codes, code prefixes, categories or `all`, separated by commas. "
            "The more specific selector wins.",
        ),
    ):
        function = option(function)
    return function


def project_options(function: Function) -> Function:
    """Which files are read, and which configuration counts."""
    for option in (
        click.option("--no-cache", is_flag=True, help="Analyze everything anew, and keep nothing."),
        click.option(
            "--cache-dir",
            type=click.Path(path_type=Path),
            envvar="LAMBDA_LINT_CACHE_DIR",
            metavar="FOLDER",
            help="Keep the cache there, instead of `.lambda_lint_cache` in the project. "
            "Also LAMBDA_LINT_CACHE_DIR.",
        ),
        click.option("--jobs", type=click.IntRange(min=1), metavar="N", help="Number of worker processes."),
        click.option("--isolated", is_flag=True, help="Read no configuration file."),
        click.option(
            "--config",
            type=click.Path(path_type=Path),
            metavar="FILE",
            help="Read this configuration file, instead of the nearest one above the paths.",
        ),
        click.option(
            "--respect-gitignore/--no-respect-gitignore",
            default=None,
            help="Leave out what Git ignores (the default).",
        ),
        click.option(
            "--force-exclude/--no-force-exclude",
            default=None,
            help="Leave out excluded files even when they are named, as pre-commit does.",
        ),
        click.option(
            "--extend-exclude",
            multiple=True,
            metavar="PATTERNS",
            help="Leave out these files and folders too.",
        ),
        click.option(
            "--exclude",
            multiple=True,
            metavar="PATTERNS",
            help="Leave out these files and folders, instead of the built-in list; as in .gitignore.",
        ),
    ):
        function = option(function)
    return function


def fix_options(function: Function) -> Function:
    """Whether files are changed."""
    for option in (
        click.option(
            "--show-fixes/--no-show-fixes", default=None, help="List what was fixed, by file and rule."
        ),
        click.option(
            "--fix-only/--no-fix-only",
            default=None,
            help="Fix, report nothing of what is left, and exit with 0.",
        ),
        click.option(
            "--diff",
            is_flag=True,
            help="Change no file; show what `--fix` would change, and exit with 1 if that is anything.",
        ),
        click.option(
            "--unsafe-fixes/--no-unsafe-fixes",
            default=None,
            help="With fixes that may change what the code does.",
        ),
        click.option("--fix/--no-fix", default=None, help="Fix what has a safe fix; report what is left."),
    ):
        function = option(function)
    return function


def color_option(function: Function) -> Function:
    """Whether output for people has color."""
    return click.option(
        "--color",
        type=click.Choice(["auto", "always", "never"]),
        default="auto",
        help="Color in output for people; `auto` heeds NO_COLOR, FORCE_COLOR, the CI and the terminal.",
    )(function)


def format_option(function: Function) -> Function:
    """For people or for machines."""
    return click.option(
        "--output-format", type=click.Choice(["text", "json"]), default="text", help="How to print it."
    )(function)


def options_of(given: dict[str, Any]) -> Options:
    """What the command line says, from the values that click collected by the names of the options."""
    from lambda_lint.settings.options import Choices, FailOn, Options  # noqa: PLC0415 - see cli

    choices = Choices(
        select=_words("select", given) if given.get("select") else None,
        ignore=_words("ignore", given),
        extend_select=_words("extend_select", given),
        extend_ignore=_words("extend_ignore", given),
    )
    fail_on = given.get("fail_on")
    return Options(
        choices=() if choices == Choices() else (choices,),
        exclude=_words("exclude", given) or None,
        extend_exclude=_words("extend_exclude", given),
        force_exclude=given.get("force_exclude"),
        respect_gitignore=given.get("respect_gitignore"),
        fail_on=FailOn(fail_on) if fail_on else None,
        output_format=tuple(given.get("output_format") or ()) or None,
        fix=given.get("fix"),
        unsafe_fixes=given.get("unsafe_fixes"),
        fix_only=given.get("fix_only"),
        show_fixes=given.get("show_fixes"),
        jobs=given.get("jobs"),
        today=given["today"].date().isoformat() if given.get("today") else None,
    )


def _words(name: str, given: dict[str, Any]) -> tuple[str, ...]:
    values: Iterable[str] = given.get(name) or ()
    words = tuple(word for value in values for part in value.split(",") if (word := part.strip()))
    if values and not words:
        raise UsageError(f"`--{name.replace('_', '-')}` is given without a value")
    return words
