"""What the call around a literal makes of it: the function that takes it, the host that it is sent to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

from lambda_lint.knowledge import aws_credentials as aws
from lambda_lint.knowledge.embedded_secrets import is_local_host
from lambda_lint.knowledge.secret_arguments import (
    LIBRARIES,
    SECRET_ARGUMENTS,
    SECRET_METHOD_ARGUMENTS,
    SecretArgument,
)
from lambda_lint.knowledge.secret_match import HOLE
from lambda_lint.semantics.facts import Const, ParamKind
from lambda_lint.semantics.values import ClassValue, Constant, FunctionValue, Method
from lambda_lint.syntax.bindings import bindings
from lambda_lint.syntax.literals import Literal, literal_at, literals
from lambda_lint.syntax.targets import called_name, name_of_target, unwrapped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lambda_lint.semantics.context import Context

SdkArgument = tuple[cst.Call, aws.AwsCredential, cst.BaseExpression]
LibraryArgument = tuple[cst.Call, SecretArgument, cst.BaseExpression]


def sdk_arguments(ctx: Context) -> Iterator[SdkArgument]:
    """The arguments of calls of the SDK that are parts of credentials."""
    if not _imports(ctx, aws.LIBRARIES):
        return
    for call in ctx.module.tree.of_type(cst.Call):
        positions = _sdk_positions(call, ctx)
        for position, credential in positions.items():
            value = argument(call, position, aws.SDK_KEYWORDS[credential])
            if value is not None:
                yield call, credential, value


def _sdk_positions(call: cst.Call, ctx: Context) -> aws.Positions:
    """Where a call takes credentials, if it gives any."""
    by_keyword = any(arg.keyword and arg.keyword.value in aws.ALL_KEYWORDS for arg in call.args)
    if not by_keyword and (len(call.args) < 2 or call.args[1].keyword is not None):
        return {}
    found = aws.SDK_POSITIONS.get(ctx.name_of(call.func) or "")
    return found or aws.SDK_METHOD_POSITIONS.get(called_name(call) or "", {})


def library_arguments(ctx: Context) -> Iterator[tuple[LibraryArgument, bool]]:
    """The arguments of libraries that are secrets; False where the library is not known for certain."""
    has_libraries = _imports(ctx, LIBRARIES)
    for call in ctx.module.tree.of_type(cst.Call):
        if not call.args:
            continue
        known = SECRET_ARGUMENTS.get(ctx.name_of(call.func) or "") if has_libraries else None
        by_count = SECRET_METHOD_ARGUMENTS.get(called_name(call) or "", {})
        for taken in known or by_count.get(len(call.args), ()):
            value = argument(call, taken.position, (taken.keyword,))
            if value is not None:
                yield (call, taken, value), known is not None


def argument(call: cst.Call, position: int | None, keywords: tuple[str, ...]) -> cst.BaseExpression | None:
    """What a call gives at a position or by one of these keywords."""
    for index, arg in enumerate(call.args):
        if arg.star:
            return None
        if arg.keyword is not None:
            if arg.keyword.value in keywords:
                return arg.value
        elif index == position:
            return arg.value
    return None


def parameter_at(call: cst.Call, position: int, ctx: Context) -> str | None:
    """The name of the project function's parameter that a positional argument becomes."""
    found = ctx.object_of(call.func)
    if not isinstance(found, (FunctionValue, Method, ClassValue)):
        return None
    number, index = found.key
    scopes = ctx.project.modules[number].scopes
    scope = scopes[index]
    names: tuple[str, ...] = tuple(param.name for param in scope.params if param.kind is ParamKind.PLAIN)
    if isinstance(found, Method):
        names = names[1:]
    elif isinstance(found, ClassValue):
        made_by = next((each for each in scopes if each.parent == index and each.name == "__init__"), None)
        names = scope.fields if made_by is None else tuple(param.name for param in made_by.params)[1:]
    return names[position] if position < len(names) else None


def literal_behind(value: cst.BaseExpression, ctx: Context) -> Literal | None:
    """The literal that `value` is, or the one in this module that its constant holds.

    For a constant of another module, the text at the place where it is used.
    """
    inner = unwrapped(value)
    literal = literal_at(inner, HOLE)
    if literal is not None or not isinstance(inner, (cst.Name, cst.Attribute)):
        return literal
    known = ctx.value_of(inner)
    if not isinstance(known, Constant) or not isinstance(known.value, (str, bytes)):
        return None
    text = known.value if isinstance(known.value, str) else known.value.decode("latin-1")
    return _origin(name_of_target(inner), text, ctx) or Literal(inner, text)


def _origin(name: str | None, text: str, ctx: Context) -> Literal | None:
    """The literal with this text that is bound to the name; or else, such as behind a parameter, any."""
    tree = ctx.module.tree
    same = [literal for literal in literals(tree, HOLE) if literal.text == text]
    named = (each for each in same if name in {binding.name for binding in bindings(tree, each.node)})
    return next(named, same[0] if same else None)


def names_of_constant(text: str, ctx: Context) -> Iterator[str]:
    """The names that constants with this text have in the modules of the project."""
    for module in ctx.project.modules:
        for name, bound in module.scopes[0].bindings.items():
            if any(each.value in (Const(text), Const(text.encode("latin-1", "replace"))) for each in bound):
                yield name


def is_for_emulator(call: cst.Call, ctx: Context) -> bool:
    """True for an SDK call that speaks to this machine: its credentials are made up."""
    endpoint = _endpoint(call, ctx)
    return endpoint is not None and is_local_host(endpoint)


def is_for_another_service(call: cst.Call, ctx: Context) -> bool:
    """True for an SDK call that speaks to a service that is not AWS's: R2, MinIO, Spaces."""
    endpoint = _endpoint(call, ctx)
    return endpoint is not None and not aws.is_aws_endpoint(endpoint)


def has_local_host(call: cst.Call, ctx: Context) -> bool:
    """True for a call that names this machine in any argument."""
    texts = (_text_of(arg.value, ctx) for arg in call.args)
    return any(is_local_host(text) for text in texts if text)


def _endpoint(call: cst.Call, ctx: Context) -> str | None:
    for arg in call.args:
        if arg.keyword is not None and arg.keyword.value in aws.ENDPOINT_KEYWORDS:
            return _text_of(arg.value, ctx)
    return None


def _text_of(value: cst.BaseExpression, ctx: Context) -> str | None:
    literal = literal_at(value, HOLE)
    if literal is not None:
        return literal.text
    known = ctx.value_of(value) if isinstance(value, (cst.Name, cst.Attribute)) else None
    return known.value if isinstance(known, Constant) and isinstance(known.value, str) else None


def _imports(ctx: Context, libraries: frozenset[str]) -> bool:
    """Whether the module may know any of these, by the first part of their names."""
    imported = ctx.module.lowered.facts.imports
    return any(each.level or each.module.partition(".")[0] in libraries for each in imported)
