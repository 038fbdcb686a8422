"""What a call in a handler is: a note, reading, computing, delegation, or a call that leaves the function.

Whatever is not recognized is delegation: calling something of the project or of a library is what a thin
handler does, and what is unknown must not be held against anyone.
"""

from __future__ import annotations

import sys
from enum import Enum
from typing import TYPE_CHECKING

import libcst as cst

from lambda_lint.api import Constant, SdkKind

from ._vocabulary import (
    CHANGING_METHODS,
    COMPUTING_BUILTINS,
    HTTP,
    HTTP_VERBS,
    NO_REQUEST,
    NOTE_MODULES,
    NOTER,
    READING_METHODS,
    READING_MODULES,
    SESSION_WORK,
    SQL_METHODS,
    SQL_PACKAGES,
    SQL_TEXT,
    STORES,
)

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from lambda_lint.api import Context, SdkMethod


class Kind(Enum):
    """What a call that stays in the function does."""

    NOTE = "note"
    """Logging, metrics, tracing."""
    READ = "read"
    """Parsing, converting and formatting: `json.loads`, `.get`, `str`, `os.getenv`."""
    COMPUTE = "compute"
    """The handler's own work: `sorted`, `re.match`, `errors.append`."""
    DELEGATE = "delegate"
    """Work that is done elsewhere."""


def kind_of(call: cst.Call, ctx: Context) -> Kind:
    """What `call` does, if it does not leave the function."""
    name = ctx.name_of(call.func) or ""
    if lies_in(name, NOTE_MODULES):
        return Kind.NOTE
    root, _, function = name.partition(".")
    is_method = "()" in name
    if root == "builtins" and not is_method:
        return Kind.COMPUTE if function in COMPUTING_BUILTINS else Kind.READ
    if root in sys.stdlib_module_names and root != "builtins":
        if not lies_in(name, READING_MODULES):
            return Kind.COMPUTE
        if not is_method:
            return Kind.READ
    if not isinstance(call.func, cst.Attribute):
        return Kind.DELEGATE
    if NOTER.search(last_name(call.func.value) or ""):
        return Kind.NOTE
    # By the method's name alone: what the object is, is seldom known, and these names mean one thing.
    if call.func.attr.value in CHANGING_METHODS:
        return Kind.COMPUTE
    return Kind.READ if call.func.attr.value in READING_METHODS else Kind.DELEGATE


def service_of(call: cst.Call, ctx: Context) -> str | None:
    """What `call` talks to: an AWS service by its name in the SDK, `SQL`, `HTTP`, a store such as `redis`."""
    operation = ctx.operation_of(call)
    if operation is not None:
        return (operation.owner.service or "AWS") if is_request(operation) else None
    name = ctx.name_of(call.func) or ""
    method = last_name(call.func) or ""
    if lies_in(name, HTTP):
        return "HTTP" if method in HTTP_VERBS else None
    package = name.partition(".")[0]
    if package in STORES and "()." in name:
        return package if method not in SESSION_WORK else None
    if method not in SQL_METHODS:
        return None
    return "SQL" if package in SQL_PACKAGES or any(is_sql(arg.value, ctx) for arg in call.args[:2]) else None


def is_request(operation: SdkMethod) -> bool:
    """Sessions only make other objects, and so do the capitalized methods of resources."""
    if operation.owner.kind in {SdkKind.SESSION, SdkKind.BOTOCORE_SESSION}:
        return False
    return operation.name[:1].islower() and operation.name not in NO_REQUEST


def is_sql(expression: cst.BaseExpression, ctx: Context) -> bool:
    """Is this a statement of SQL, or does it begin as one?"""
    match ctx.value_of(expression):
        case Constant(value=str(text)):
            return SQL_TEXT.match(text) is not None
    if isinstance(expression, cst.FormattedString) and expression.parts:
        first = expression.parts[0]
        return isinstance(first, cst.FormattedStringText) and SQL_TEXT.match(first.value) is not None
    return False


def lies_in(name: str, modules: AbstractSet[str]) -> bool:
    """True if `name` is one of `modules`, or a part of one."""
    while name:
        if name in modules:
            return True
        name = name.rpartition(".")[0]
    return False


def last_name(expression: cst.BaseExpression) -> str | None:
    """`log` of `log`, `self.log`, `self.log()` and `logs["log"].log`."""
    while True:
        match expression:
            case cst.Name():
                return expression.value
            case cst.Attribute():
                return expression.attr.value
            case cst.Call():
                expression = expression.func
            case cst.Subscript():
                expression = expression.value
            case _:
                return None
