"""`policy`: the smallest policy that a function needs."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from lambda_lint.arguments import project_options
from lambda_lint.errors import UsageError
from lambda_lint.project_commands import PATHS, request_of
from lambda_lint.terminal import note, show

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from lambda_lint.policy import FunctionPolicy

MOST_SHOWN = 20


@click.command()
@click.argument("function")
@PATHS
@click.option(
    "--in-template",
    is_flag=True,
    help="Refer to resources as a CloudFormation or SAM template does, with `Fn::Sub`.",
)
@project_options
def policy(function: str, paths: tuple[Path, ...], *, in_template: bool, **given: Any) -> None:
    """Print the smallest policy that a deployed function needs, as JSON.

    It allows what the code calls, and what Lambda does in the function's name: to write its log, to read the
    queues and streams that feed it, to reach its network, to record traces, to deliver what has failed.
    FUNCTION is its logical id, its name or its handler. What cannot be known is allowed on `*`, or left out,
    and told on standard error.
    """
    from lambda_lint import app  # noqa: PLC0415 - see cli
    from lambda_lint.gathering import find_files, gathered  # noqa: PLC0415 - see cli
    from lambda_lint.policy import policies_of  # noqa: PLC0415 - see cli
    from lambda_lint.reporters.encode import encode  # noqa: PLC0415 - see cli

    request = request_of(paths, {**given, "no_baseline": True})
    configured = app.configure(request)
    inputs = gathered(request, configured.settings, find_files(request, configured.settings, configured.file))
    chosen = _chosen(function, policies_of(inputs, configured.settings))
    if in_template and not chosen.template.endswith((".yaml", ".yml", ".json", ".template")):
        raise UsageError(
            f"`{chosen.template}` is no template of CloudFormation, for which `--in-template` is"
        )
    for text in chosen.notes:
        note(text)
    if chosen.generated and not in_template:
        names = ", ".join(f"`{name}`" for name in chosen.generated)
        note(f"only the deployment knows the names of {names}: `*` stands for them")
    show(encode(chosen.document(in_template=in_template), indent=2) + "\n")
    sys.stdout.flush()


def _chosen(name: str, found: Sequence[FunctionPolicy]) -> FunctionPolicy:
    called = [each for each in found if each.is_called(name)]
    if len(called) == 1:
        return called[0]
    if not found:
        raise UsageError("no template declares a function")
    what = f"`{name}` means several functions" if called else f"there is no deployed function `{name}`"
    names = sorted(f"{each.template}:{each.name}" for each in called or found)
    more = len(names) - MOST_SHOWN
    listed = "\n".join(f"  {each}" for each in names[:MOST_SHOWN])
    raise UsageError(f"{what}; choose one of\n{listed}" + (f"\n  and {more} more" if more > 0 else ""))
