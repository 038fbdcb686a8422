"""The constructs of a CDK program as a document in CloudFormation's form.

What other files add to a function cannot be seen: its role, its variables and its sources are never complete.
"""

from __future__ import annotations

import posixpath
from dataclasses import replace
from typing import TYPE_CHECKING

from lambda_lint.deployment import cloudformation, made_values
from lambda_lint.deployment.cdk_constructs import Constructs
from lambda_lint.deployment.cdk_folders import CDK_CONFIGURATION, cdk_configurations
from lambda_lint.deployment.document import Scalar
from lambda_lint.deployment.fact import UNKNOWN, Place
from lambda_lint.deployment.function import Template
from lambda_lint.deployment.stack import Stack
from lambda_lint.model.location import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from lambda_lint.deployment.cdk_program import Program
    from lambda_lint.deployment.document import Entry, Value
    from lambda_lint.deployment.files import Files

MANAGES_LOGS = "@aws-cdk/aws-lambda:useCdkManagedLogGroup"
"""The flag with which the CDK makes a log group for each function, kept for as long as it sees fit."""


def template_of(
    make: Callable[[str], Program], path: str, text: str, beside: Files, *, certain: bool = True
) -> Template:
    """What a file declares; `make` is told the folder that the CDK is run in, to which paths are relative.

    That is the nearest one with its configuration. Without any, it is the file's own, or the only one above
    it from which the code of more functions is found.
    """
    configurations = cdk_configurations(path)
    folders = [posixpath.dirname(name) for name in configurations]
    known = next((folder for folder in folders if posixpath.join(folder, CDK_CONFIGURATION) in beside), None)
    first = folders[0] if known is None else known
    template = _template(make(first), path, first, text, certain=certain)
    if known is not None:
        return _with_logs(template) if _manages_logs(beside, known) else template
    found = _count(template, beside.code)
    if not beside.code or found == len(template.functions):
        return template
    others = [_template(make(folder), path, folder, text, certain=certain) for folder in folders[1:]]
    counts = [_count(each, beside.code) for each in others]
    most = max(counts, default=0)
    return others[counts.index(most)] if most > found and counts.count(most) == 1 else template


def _manages_logs(beside: Files, folder: str) -> bool:
    flags = (
        document.get("context", MANAGES_LOGS)
        for document in beside.documents(posixpath.join(folder, CDK_CONFIGURATION))
    )
    return any(isinstance(flag, Scalar) and flag.text == "true" for flag in flags)


def _with_logs(template: Template) -> Template:
    """A template of which every function has a log group."""
    functions = (
        replace(function, log_retention=UNKNOWN) if function.log_retention.is_absent else function
        for function in template.functions
    )
    return replace(template, functions=tuple(functions))


def _count(template: Template, code: Collection[str]) -> int:
    """Of how many functions the file of the handler is there."""
    found = 0
    for function in template.functions:
        module = (function.handler or "").rpartition(".")[0].replace(".", "/")
        if function.folder is not None and module:
            stem = posixpath.normpath(posixpath.join(function.folder, module))
            found += f"{stem}.py" in code or f"{stem}/__init__.py" in code
    return found


def _template(program: Program, path: str, folder: str, text: str, *, certain: bool) -> Template:
    start = Span(0, 0)
    resources = made_values.mapping(start, Constructs(program).resources())
    document = made_values.mapping(start, [("Resources", start, resources)])
    stack = _ProgramStack.of(posixpath.join(folder, CDK_CONFIGURATION), document)
    assert isinstance(stack, _ProgramStack)  # noqa: S101 - the document has resources
    stack.file = path
    functions = [
        replace(
            function,
            access=replace(
                function.access, statements=replace(function.access.statements, is_complete=False)
            ),
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

    def given_at(self, entry: Entry) -> Place:
        """The key's place: the value may be what a name of the program means."""
        return self.place(entry.key)
