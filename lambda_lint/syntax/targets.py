"""What an expression is called: the name that is assigned to, compared, or called; and what it hands on."""

from __future__ import annotations

import libcst as cst

from lambda_lint.syntax.literals import text_of

UNCHANGING_METHODS = frozenset(
    {"decode", "encode", "format", "lower", "lstrip", "replace", "rstrip", "strip", "upper"}
)
"""Methods whose result is the text itself, as far as its meaning goes."""
UNCHANGING_FUNCTIONS = frozenset(
    {
        "Field", "Secret", "SecretBytes", "SecretStr", "b64decode", "b64encode", "bytearray", "bytes",
        "dedent", "field", "fromhex", "plain_text", "quote", "quote_plus", "standard_b64decode", "str",
        "unhexlify", "unquote", "unsafe_plain_text", "urlsafe_b64decode",
    }
)  # fmt: skip
"""Functions that return or hold the text that they are given."""
GETTERS = frozenset({"get", "getattr", "getenv", "pop", "setdefault"})
"""Functions that are given a name and what to take if there is no value for it."""


def name_of_target(node: cst.CSTNode) -> str | None:
    """The last name of an expression: `a`, `b.a`, `b["a"]`, `b.get("a")`, `b["a"].strip()` are all `a`."""
    current = node
    while True:
        match current:
            case cst.Name():
                return current.value
            case cst.Attribute():
                return current.attr.value
            case cst.Subscript():
                return _key_of(current)
            case cst.NamedExpr():
                current = current.target
            case cst.Await():
                current = current.expression
            case cst.Call(func=cst.Attribute(attr=cst.Name(value=method))) if (
                method in GETTERS and current.args
            ):
                return plain_text(current.args[0].value)
            case cst.Call(func=cst.Attribute(attr=cst.Name(value=method), value=owner)) if (
                method in UNCHANGING_METHODS
            ):
                current = owner
            case _:
                return None


def called_name(call: cst.Call) -> str | None:
    """The last name of what is called."""
    match call.func:
        case cst.Name(value=name) | cst.Attribute(attr=cst.Name(value=name)):
            return name
        case _:
            return None


def unwrapped(node: cst.BaseExpression) -> cst.BaseExpression:
    """What `node` hands on unchanged: the literal of `"…".encode()` and of `bytes("…", "utf-8")`."""
    current = node
    while isinstance(current, cst.Call):
        function = current.func
        if isinstance(function, cst.Attribute) and function.attr.value in UNCHANGING_METHODS:
            current = function.value
        elif called_name(current) in UNCHANGING_FUNCTIONS and current.args and not current.args[0].star:
            current = current.args[0].value
        else:
            break
    return current


def plain_text(node: cst.CSTNode) -> str | None:
    """The text of a string of one token."""
    return text_of(node) if isinstance(node, cst.SimpleString) else None


def _key_of(node: cst.Subscript) -> str | None:
    match node.slice:
        case [cst.SubscriptElement(slice=cst.Index(value=key))]:
            return plain_text(key)
        case _:
            return None
