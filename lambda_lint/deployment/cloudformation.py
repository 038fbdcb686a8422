"""CloudFormation and SAM templates."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from lambda_lint.deployment import claims, sam
from lambda_lint.deployment.configuration import Surroundings
from lambda_lint.deployment.declaration import Declaration, may_be_python
from lambda_lint.deployment.document import parse
from lambda_lint.deployment.fact import UNKNOWN
from lambda_lint.deployment.function import Declared, DeployedFunction, Template
from lambda_lint.deployment.parameters import values_for
from lambda_lint.deployment.roles import Roles
from lambda_lint.deployment.sources import sources_of
from lambda_lint.deployment.stack import FUNCTION_TYPES, Stack

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lambda_lint.deployment.fact import Fact
    from lambda_lint.deployment.files import Files
    from lambda_lint.deployment.function import InlineCode


def read(path: str, text: str, beside: Files) -> Template:
    """The functions of all documents of a template, in its order."""
    functions: list[DeployedFunction] = []
    resources: list[Declared] = []
    if not claims.may_be_python([text.encode()]):
        return Template(path, text, ())
    given = values_for(path, beside)
    # One that nests others was parsed for those already, unless it is broken.
    known = beside.documents(path) if path in beside.nesting else ()
    for document in known or parse(text):
        stack = Stack.of(path, document, given)
        if stack is not None:
            functions.extend(functions_of(stack, text))
            resources.extend(declared(stack))
    return Template(path, text, tuple(functions), tuple(resources))


def declared(stack: Stack) -> Iterator[Declared]:
    """Yield every resource of a stack."""
    for resource in stack.resources.values():
        yield Declared(resource.id, resource.type, stack.place(resource.key))


def functions_of(stack: Stack, text: str) -> Iterator[DeployedFunction]:
    """Yield the functions of a stack that may be written in Python."""
    found: list[tuple[Declaration, InlineCode | None]] = []
    for resource in stack.resources.values():
        if resource.type in FUNCTION_TYPES:
            declaration = Declaration(stack, resource, sam.defaults_of(stack, resource), text)
            runtime = stack.evaluator.literal(declaration.get("Runtime"))
            if may_be_python(runtime, inline := declaration.inline()):
                found.append((declaration, inline))
    if not found:
        # What surrounds functions is looked at only for their sake.
        return
    sources, roles, around = sources_of(stack), Roles(stack), Surroundings(stack)
    for declaration, inline in found:
        made = declaration.function(inline, sources.get(declaration.resource.id, ()), roles, around)
        yield _opened(made) if stack.is_open else made


def _opened(function: DeployedFunction) -> DeployedFunction:
    """A function to which resources that are not seen may add."""
    access, delivery = function.access, function.delivery
    return replace(
        function,
        sources_known=False,
        access=replace(access, statements=replace(access.statements, is_complete=False)),
        delivery=replace(
            delivery,
            **{
                name: UNKNOWN
                for name in ("on_failure", "on_success", "maximum_retries", "maximum_age")
                if getattr(delivery, name).is_absent
            },
        ),
        provisioned_concurrency=_unless_absent(function.provisioned_concurrency),
        log_retention=_unless_absent(function.log_retention),
    )


def _unless_absent(fact: Fact[int]) -> Fact[int]:
    return UNKNOWN if fact.is_absent else fact
