"""Commands about a project as the tool understands it, and what all commands on a project have in common."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from lambda_lint.adoption_commands import adoption_of
from lambda_lint.arguments import format_option, options_of, project_options
from lambda_lint.errors import UsageError
from lambda_lint.reporters.escape import printable
from lambda_lint.terminal import ProgressBar, note, show

if TYPE_CHECKING:
    from lambda_lint.request import Request

PATHS = click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATHS]...")


def request_of(paths: tuple[Path, ...], given: dict[str, Any]) -> Request:
    """What the command line asks for."""
    from lambda_lint.request import Request, Stdin  # noqa: PLC0415 - see above

    stdin = None
    name = given.get("stdin_filename")
    if Path("-") in paths:
        if len(paths) > 1:
            raise UsageError("`-` stands alone: standard input is one file")
        stdin, paths = Stdin(sys.stdin.buffer.read(), name), ()
    elif name is not None:
        raise UsageError("`--stdin-filename` says what `-` stands for, but `-` is not given")
    options, adoption = options_of(given), adoption_of(given)
    return Request(
        paths,
        options,
        given["config"],
        given["isolated"],
        stdin,
        adoption,
        cache=not given["no_cache"],
        cache_dir=given["cache_dir"],
    )


@click.command()
@PATHS
@project_options
@format_option
def handlers(paths: tuple[Path, ...], output_format: str, **given: Any) -> int:
    """List every handler: how it is known, what triggers it, and what it reaches."""
    from dataclasses import replace  # noqa: PLC0415 - see above

    from lambda_lint import app, listing  # noqa: PLC0415 - see above
    from lambda_lint.reporters.encode import encode  # noqa: PLC0415 - see above
    from lambda_lint.reporters.json import handler_data  # noqa: PLC0415 - see above
    from lambda_lint.settings.options import Choices, Options  # noqa: PLC0415 - see above

    request = request_of(paths, {**given, "no_baseline": True})
    # No rule has to run for it; what could not be read is told all the same.
    request = replace(request, options=request.options.merge(Options(choices=(Choices(select=()),))))
    with ProgressBar(sys.stderr) as progress:
        outcome = app.run(request, progress=progress)
    for text in outcome.result.notes:
        note(text)
    for finding in outcome.result.findings:
        note(f"{finding.location.path}:{finding.location.start.line}: {finding.message}")
    asked = set(outcome.result.files)
    found = [handler for handler in outcome.result.handlers if handler.location.path in asked]
    if output_format == "json":
        show(encode([handler_data(handler) for handler in found], indent=2) + "\n")
    else:
        show(listing.handler_list(found))
    return 2 if outcome.result.crashed else 0


@click.command()
@PATHS
@project_options
def clean(paths: tuple[Path, ...], **given: Any) -> None:
    """Remove the cache of the project that holds the paths."""
    from lambda_lint import app  # noqa: PLC0415 - see cli
    from lambda_lint.engine.store import remove  # noqa: PLC0415 - see cli
    from lambda_lint.request import Request  # noqa: PLC0415 - see cli

    config, isolated = given["config"], given["isolated"]
    request = Request(paths, config=config, isolated=isolated, cache_dir=given["cache_dir"])
    folder = app.cache_folder(request, app.configure(request))
    gone = remove(folder)
    note(f"{printable(os.path.relpath(folder, request.cwd))}: {'removed' if gone else 'there is no cache'}")
