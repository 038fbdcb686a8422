"""Which fields of a libcst node hold names, values, expressions and statements, in the order of the source.

Everything else in a node is white space, punctuation or plain data, and never entered. A test compares this
table with libcst's classes, so that no new field is overlooked.
"""

from __future__ import annotations

import dataclasses
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import libcst as cst

PUNCTUATION = frozenset(
    {
        "asynchronous", "colon", "comma", "dot", "equal", "first_colon", "indent", "lbrace", "lbracket",
        "lpar", "operator", "posonly_ind", "rbrace", "rbracket", "relative", "rpar", "second_colon",
        "semicolon", "separator", "star_etc_comma", "trailing_comma",
    }
)  # fmt: skip
"""Operators are here, too: who wants one asks the node that has it."""

WHITE_SPACE = frozenset(
    {
        "comment", "empty_lines", "first_line", "footer", "header", "last_line", "leading_lines",
        "leading_whitespace", "lines_after_decorators", "lines_after_type_parameters", "newline",
        "trailing_whitespace",
    }
)  # fmt: skip
"""With these all fields whose names begin with `whitespace`."""

DATA = frozenset(
    {
        "conversion", "default_indent", "default_newline", "encoding", "end", "has_trailing_newline", "star",
        "start",
    }
)  # fmt: skip
"""Fields with texts and numbers. `value` is one, too, in the nodes that `CHILDREN` does not list."""

_COMPREHENSION = ("elt", "for_in")
_DICT_ITEM = ("key", "value")
_IMPORT = ("names",)
_IMPORT_FROM = ("module", "names")
_TEXT_IN_STRING = ("expression", "format_spec")
_HANDLER = ("type", "name", "body")
_TRY = ("body", "handlers", "orelse", "finalbody")

CHILDREN: dict[str, tuple[str, ...]] = {
    "AnnAssign": ("target", "annotation", "value"),
    "Annotation": ("annotation",),
    "Arg": ("keyword", "value"),
    "AsName": ("name",),
    "Assert": ("test", "msg"),
    "Assign": ("targets", "value"),
    "AssignTarget": ("target",),
    "Attribute": ("value", "attr"),
    "AugAssign": ("target", "value"),
    "Await": ("expression",),
    "BinaryOperation": ("left", "right"),
    "BooleanOperation": ("left", "right"),
    "Call": ("func", "args"),
    "ClassDef": ("decorators", "name", "type_parameters", "bases", "keywords", "body"),
    "CompFor": ("target", "iter", "ifs", "inner_for_in"),
    "CompIf": ("test",),
    "Comparison": ("left", "comparisons"),
    "ComparisonTarget": ("comparator",),
    "ConcatenatedString": ("left", "right"),
    "Decorator": ("decorator",),
    "Del": ("target",),
    "Dict": ("elements",),
    "DictComp": ("key", "value", "for_in"),
    "DictElement": _DICT_ITEM,
    "Element": ("value",),
    "Else": ("body",),
    "ExceptHandler": _HANDLER,
    "ExceptStarHandler": _HANDLER,
    "Expr": ("value",),
    "Finally": ("body",),
    "For": ("target", "iter", "body", "orelse"),
    "FormattedString": ("parts",),
    "FormattedStringExpression": _TEXT_IN_STRING,
    "From": ("item",),
    "FunctionDef": ("decorators", "name", "type_parameters", "params", "returns", "body"),
    "GeneratorExp": _COMPREHENSION,
    "Global": ("names",),
    "If": ("test", "body", "orelse"),
    "IfExp": ("body", "test", "orelse"),
    "Import": _IMPORT,
    "ImportAlias": ("name", "asname"),
    "ImportFrom": _IMPORT_FROM,
    "IndentedBlock": ("body",),
    "Index": ("value",),
    "Lambda": ("params", "body"),
    "LazyImport": _IMPORT,
    "LazyImportFrom": _IMPORT_FROM,
    "List": ("elements",),
    "ListComp": _COMPREHENSION,
    "Match": ("subject", "cases"),
    "MatchAs": ("pattern", "name"),
    "MatchCase": ("pattern", "guard", "body"),
    "MatchClass": ("cls", "patterns", "kwds"),
    "MatchKeywordElement": ("key", "pattern"),
    "MatchList": ("patterns",),
    "MatchMapping": ("elements", "rest"),
    "MatchMappingElement": ("key", "pattern"),
    "MatchOr": ("patterns",),
    "MatchOrElement": ("pattern",),
    "MatchSequenceElement": ("value",),
    "MatchSingleton": ("value",),
    "MatchStar": ("name",),
    "MatchTuple": ("patterns",),
    "MatchValue": ("value",),
    "Module": ("body",),
    "NameItem": ("name",),
    "NamedExpr": ("target", "value"),
    "Nonlocal": ("names",),
    "Param": ("name", "annotation", "default"),
    "ParamSpec": ("name",),
    "Parameters": ("posonly_params", "params", "star_arg", "kwonly_params", "star_kwarg"),
    "Raise": ("exc", "cause"),
    "Return": ("value",),
    "Set": ("elements",),
    "SetComp": _COMPREHENSION,
    "SimpleStatementLine": ("body",),
    "SimpleStatementSuite": ("body",),
    "Slice": ("lower", "upper", "step"),
    "StarredDictComp": ("value", "for_in"),
    "StarredDictElement": ("value",),
    "StarredElement": ("value",),
    "Subscript": ("value", "slice"),
    "SubscriptElement": ("slice",),
    "TemplatedString": ("parts",),
    "TemplatedStringExpression": _TEXT_IN_STRING,
    "Try": _TRY,
    "TryStar": _TRY,
    "Tuple": ("elements",),
    "TypeAlias": ("name", "type_parameters", "value"),
    "TypeParam": ("param", "default"),
    "TypeParameters": ("params",),
    "TypeVar": ("name", "bound"),
    "TypeVarTuple": ("name",),
    "UnaryOperation": ("expression",),
    "While": ("test", "body", "orelse"),
    "With": ("items", "body"),
    "WithItem": ("item", "asname"),
    "Yield": ("value",),
}
"""By the name of the class: not every release of libcst has them all."""


@cache
def child_fields(kind: type[cst.CSTNode]) -> tuple[str, ...]:
    """The fields of a node type to walk, in source order; if the type is not known, all that may matter."""
    known = CHILDREN.get(kind.__name__)
    if known is not None:
        return known
    names = (field.name for field in dataclasses.fields(kind))
    return tuple(name for name in names if not is_trivia(name))


def is_trivia(field: str) -> bool:
    """Whether a field of this name holds white space, punctuation or plain data in every node."""
    return field in PUNCTUATION or field in WHITE_SPACE or field in DATA or field.startswith("whitespace")
