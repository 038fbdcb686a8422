"""Commands about the functions of a project, as templates and code together tell them."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

import click

from lambda_lint.arguments import color_option, format_option, project_options, selection_options
from lambda_lint.project_commands import PATHS, request_of
from lambda_lint.terminal import ProgressBar, note, show, style_of

if TYPE_CHECKING:
    from pathlib import Path

    from lambda_lint.model.finding import Result
    from lambda_lint.request import Request

GRAPH_FORMATS = ("mermaid", "dot", "json")
NO_FUNCTION = "no template that was read declares a function"


@click.command()
@PATHS
@selection_options
@project_options
@format_option
@color_option
def functions(paths: tuple[Path, ...], output_format: str, color: str, **given: Any) -> int:
    """List every deployed function: its code, its settings, and how much is found in it.

    A finding counts for each function that it is about: in its part of the template, and in all code that it
    runs, which others may run too.
    """
    from lambda_lint.listing import aligned  # noqa: PLC0415 - see cli
    from lambda_lint.reporters import functions as report  # noqa: PLC0415 - see cli
    from lambda_lint.reporters.encode import encode  # noqa: PLC0415 - see cli

    result = _described(request_of(paths, given))
    found = report.listed(result)
    if output_format == "json":
        show(encode([report.function_data(function, result) for function in found], indent=2) + "\n")
    elif not found:
        note(NO_FUNCTION)
    elif sys.stdout.isatty():
        from lambda_lint.rendering import table  # noqa: PLC0415 - imports rich

        style = style_of(sys.stdout, os.environ, color)
        show(table(report.COLUMNS, report.rows(result, style.width), style, report.WRAPPED))
    else:
        show(aligned([report.COLUMNS, *report.rows(result)]))
    return 2 if result.crashed else 0


@click.command()
@PATHS
@project_options
@click.option(
    "--format",
    "output_format",
    type=click.Choice(GRAPH_FORMATS),
    default="mermaid",
    help="How to write it: a flowchart for Markdown, Graphviz, or data.",
)
def graph(paths: tuple[Path, ...], output_format: str, **given: Any) -> int:
    """Draw what triggers which function, and what each of them calls."""
    from dataclasses import replace  # noqa: PLC0415 - see cli

    from lambda_lint.reporters.graph import graph_of  # noqa: PLC0415 - see cli
    from lambda_lint.reporters.graph_formats import WRITERS, is_too_large  # noqa: PLC0415 - see cli
    from lambda_lint.settings.options import Choices, Options  # noqa: PLC0415 - see cli

    request = request_of(paths, given)
    # No rule has to run for it; what could not be read is told all the same.
    request = replace(request, options=request.options.merge(Options(choices=(Choices(select=()),))))
    result = _described(request)
    drawn = graph_of(result)
    text = WRITERS[output_format](drawn)
    if not drawn.nodes:
        note("there is no function to draw")
    if output_format == "mermaid" and is_too_large(drawn, text):
        note("Mermaid draws no graph of this size unless it is told to: give fewer paths, or take `dot`")
    show(text)
    return 2 if result.crashed else 0


def _described(request: Request) -> Result:
    """What a run finds; its notes, and what it could not read, are told."""
    from dataclasses import replace  # noqa: PLC0415 - see cli

    from lambda_lint import app  # noqa: PLC0415 - see cli
    from lambda_lint.own import OWN  # noqa: PLC0415 - see cli

    with ProgressBar(sys.stderr) as progress:
        result = app.run(replace(request, describes=True), progress=progress).result
    for text in result.notes:
        note(text)
    unread = {own.code for own in OWN if own.always}
    for finding in result.findings:
        if finding.code in unread:
            note(f"{finding.location.path}:{finding.location.start.line}: {finding.message}")
    return result
