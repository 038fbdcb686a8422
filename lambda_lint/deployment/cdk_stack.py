"""The constructs of a CDK program as a document in CloudFormation's form.

What other files add to a function cannot be seen: its role, its variables and its sources are never complete.
"""

from __future__ import annotations

import posixpath
from dataclasses import replace
from typing import TYPE_CHECKING

from lambda_lint.deployment import cloudformation, made_values
from lambda_lint.deployment.cdk_constructs import Constructs
from lambda_lint.deployment.claims import CDK_CONFIGURATION, cdk_configurations
from lambda_lint.deployment.fact import UNKNOWN, Place
from lambda_lint.deployment.function import Template
from lambda_lint.deployment.stack import Stack
from lambda_lint.model.location import Span

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lambda_lint.deployment.cdk_program import Program
    from lambda_lint.deployment.document import Value


def home(path: str, beside: Mapping[str, bytes]) -> str:
    """The folder in which the CDK is run, to which paths are relative: the nearest with its configuration."""
    known = (posixpath.dirname(name) for name in cdk_configurations(path) if name in beside)
    return next(known, posixpath.dirname(path))


def template_of(program: Program, path: str, folder: str, text: str, *, certain: bool = True) -> Template:
    """What a file declares; `folder` is the one that the CDK is run in."""
    start = Span(0, 0)
    resources = made_values.mapping(start, Constructs(program).resources())
    document = made_values.mapping(start, [("Resources", start, resources)])
    stack = _ProgramStack.of(posixpath.join(folder, CDK_CONFIGURATION), document)
    assert isinstance(stack, _ProgramStack)  # noqa: S101 - the document has resources
    stack.file = path
    functions = [
        replace(
            function,
            environment_known=False,
            sources_known=False,
            # A version or an alias may have some.
            provisioned_concurrency=UNKNOWN,
            certain=certain,
        )
        for function in cloudformation.functions_of(stack, text)
    ]
    return Template(path, text, tuple(functions), tuple(cloudformation.declared(stack)))


class _ProgramStack(Stack):
    """A stack whose values stand in a file elsewhere than where its paths begin."""

    file = ""

    def place(self, value: Value) -> Place:
        return Place(self.file, value.span)
