"""The commands about rules: list and explain them, write one, describe their configuration.

What a command needs, it imports when it runs: see `cli`.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from lambda_lint.arguments import color_option, complete_rule, format_option
from lambda_lint.model.labels import Category
from lambda_lint.reporters import FORMATS
from lambda_lint.terminal import note, show, style_of

if TYPE_CHECKING:
    from lambda_lint.registry import Registry


@click.command()
@format_option
@color_option
def rules(output_format: str, color: str) -> None:
    """List the rules."""
    from lambda_lint import catalogue  # noqa: PLC0415 - see above

    infos = _registry().infos
    if output_format == "json":
        show(catalogue.as_json(infos))
    elif sys.stdout.isatty():
        from lambda_lint.rendering import table  # noqa: PLC0415 - imports rich

        style = style_of(sys.stdout, os.environ, color)
        is_narrow = style.width is not None and style.width < catalogue.WIDTH
        head, *rows = catalogue.columns(infos, catalogue.FEW if is_narrow else catalogue.COLUMNS)
        show(table(head, rows, style))
    else:
        show(catalogue.plain_table(infos))


@click.command()
@click.argument("name_or_code", shell_complete=complete_rule)
@color_option
def explain(name_or_code: str, color: str) -> None:
    """Show the page of a rule, by its name or code."""
    from lambda_lint import catalogue  # noqa: PLC0415 - see above

    page = catalogue.explanation(_registry().get(name_or_code).info)
    if sys.stdout.isatty() or color == "always":
        from lambda_lint.rendering import markdown  # noqa: PLC0415 - imports rich

        page = markdown(page, style_of(sys.stdout, os.environ, color))
    show(page)


@click.command("new-rule")
@click.argument("name")
@click.option(
    "--category",
    required=True,
    type=click.Choice([category.value for category in Category if category is not Category.TOOL]),
    help="What kind of harm it finds.",
)
@click.option("--code", help="Its code; without it, the next of the category.")
@click.option(
    "--folder",
    type=click.Path(path_type=Path),
    default=Path("rules"),
    help="The folder of the rule pack; without it, `rules`.",
)
def new_rule(name: str, category: str, code: str | None, folder: Path) -> None:
    """Write a rule and its page, to begin with."""
    from lambda_lint import scaffold  # noqa: PLC0415 - see above

    made = scaffold.new_rule(name, Category(category), folder, _registry().vocabulary, code)
    show(f"{made.module}\n{made.page}\n")
    for package in made.new_packages:
        note(f"`{package}` is a new package: name it where the pack lists its packages")
    note(f"the code is {made.code}; begin with the page")


@click.command("config-schema")
def config_schema() -> None:
    """Print the JSON schema of the configuration."""
    from lambda_lint.reporters.encode import encode  # noqa: PLC0415 - see above
    from lambda_lint.settings.schema import json_schema  # noqa: PLC0415 - see above

    show(encode(json_schema(_registry().vocabulary_with(FORMATS)), indent=2) + "\n")


@click.command("rules-index", hidden=True)
@click.argument(
    "folder", type=click.Path(path_type=Path, file_okay=False, exists=True), default=Path("rules")
)
def rules_index(folder: Path) -> None:
    """Write the index of a rule pack, `README.md` in its folder."""
    from lambda_lint import catalogue  # noqa: PLC0415 - see above
    from lambda_lint.outputs import replace_file  # noqa: PLC0415 - see above

    replace_file(folder / "README.md", catalogue.index(folder, _registry().infos))


def _registry() -> Registry:
    from lambda_lint.registry import load_registry  # noqa: PLC0415 - as little as possible for `--help`
    from lambda_lint.rule_record import user_file  # noqa: PLC0415 - as above

    return load_registry(user_file())


COMMANDS = (rules, explain, new_rule, config_schema, rules_index)
