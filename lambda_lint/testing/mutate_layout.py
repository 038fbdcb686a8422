"""Mutations of form: annotations, parentheses, quotes, comments, indentation, line breaks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import libcst as cst

if TYPE_CHECKING:
    from collections.abc import Callable

    from lambda_lint.testing.sources import Sources

# libcst finds the methods of transformers by their names.
# ruff: noqa: N802

Modules = Mapping[str, cst.Module]


def annotate_assignments(sources: Sources) -> Modules | None:
    """`x = 1` becomes `x: object = 1`."""
    return _apply(sources, lambda module: _Annotator(_declared(module)))


def parenthesize_values(sources: Sources) -> Modules | None:
    """What is assigned, returned or stands alone gets parentheses around it."""
    return _apply(sources, lambda _module: _Parenthesizer())


def change_quotes(sources: Sources) -> Modules | None:
    """`'x'` becomes `"x"` and the reverse, where nothing has to be escaped."""
    return _apply(sources, lambda _module: _Quotes())


def insert_comments(sources: Sources) -> Modules | None:
    """Before each statement stand an empty line and a comment."""
    return _apply(sources, lambda _module: _Comments())


def indent_by_two(sources: Sources) -> Modules | None:
    return _indent(sources, "  ")


def indent_by_tab(sources: Sources) -> Modules | None:
    return _indent(sources, "\t")


def break_calls(sources: Sources) -> Modules | None:
    """Each argument of a call stands on a line of its own."""
    return _apply(sources, lambda _module: _Breaker())


class _Change(cst.CSTTransformer):
    applied = False


def _apply(sources: Sources, transformer: Callable[[cst.Module], _Change]) -> Modules | None:
    changed = dict(sources.modules)
    applied = False
    for path, module in sources.modules.items():
        change = transformer(module)
        result = module.visit(change)
        if change.applied:
            applied = True
            changed[path] = result
    return changed if applied else None


def _indent(sources: Sources, indent: str) -> Modules | None:
    def transformer(_module: cst.Module) -> _Change:
        return _Indenter(indent)

    return _apply(sources, transformer)


def _declared(module: cst.Module) -> frozenset[str]:
    """Names that a `global` or `nonlocal` statement of the module speaks of: these take no annotation."""
    finder = _Declarations()
    module.visit(finder)
    return frozenset(finder.names)


class _Declarations(cst.CSTVisitor):
    def __init__(self) -> None:
        self.names: set[str] = set()

    def visit_NameItem(self, node: cst.NameItem) -> None:
        self.names.add(node.name.value)


class _Annotator(_Change):
    """Class bodies are left alone: there an annotation can mean a field."""

    def __init__(self, declared: frozenset[str]) -> None:
        super().__init__()
        self.declared = declared
        self.scopes = ["module"]

    def visit_ClassDef(self, node: cst.ClassDef) -> None:
        del node
        self.scopes.append("class")

    def leave_ClassDef(self, original_node: cst.ClassDef, updated_node: cst.ClassDef) -> cst.ClassDef:
        del original_node
        self.scopes.pop()
        return updated_node

    def visit_FunctionDef(self, node: cst.FunctionDef) -> None:
        del node
        self.scopes.append("function")

    def leave_FunctionDef(
        self, original_node: cst.FunctionDef, updated_node: cst.FunctionDef
    ) -> cst.FunctionDef:
        del original_node
        self.scopes.pop()
        return updated_node

    def leave_Assign(self, original_node: cst.Assign, updated_node: cst.Assign) -> cst.BaseSmallStatement:
        targets = original_node.targets
        target = targets[0].target
        if (
            self.scopes[-1] == "class"
            or len(targets) != 1
            or not isinstance(target, cst.Name)
            or target.lpar
            or target.value in self.declared
            or target.value.startswith("__")
        ):
            return updated_node
        self.applied = True
        return cst.AnnAssign(
            target,
            cst.Annotation(cst.Name("object")),
            updated_node.value,
            semicolon=updated_node.semicolon,
        )


class _Parenthesizer(_Change):
    def leave_Assign(self, original_node: cst.Assign, updated_node: cst.Assign) -> cst.Assign:
        del original_node
        return updated_node.with_changes(value=self.wrap(updated_node.value))

    def leave_Return(self, original_node: cst.Return, updated_node: cst.Return) -> cst.Return:
        del original_node
        if updated_node.value is None:
            return updated_node
        return updated_node.with_changes(value=self.wrap(updated_node.value))

    def leave_Expr(self, original_node: cst.Expr, updated_node: cst.Expr) -> cst.Expr:
        del original_node
        if isinstance(updated_node.value, cst.SimpleString | cst.ConcatenatedString):
            return updated_node
        return updated_node.with_changes(value=self.wrap(updated_node.value))

    def wrap(self, value: cst.BaseExpression) -> cst.BaseExpression:
        self.applied = True
        return value.with_changes(lpar=[cst.LeftParen(), *value.lpar], rpar=[*value.rpar, cst.RightParen()])


class _Quotes(_Change):
    def visit_FormattedString(self, node: cst.FormattedString) -> bool:
        # Before Python 3.12 the strings in it must differ from its own quotes.
        del node
        return False

    def leave_SimpleString(
        self, original_node: cst.SimpleString, updated_node: cst.SimpleString
    ) -> cst.SimpleString:
        del original_node
        content, quote = updated_node.raw_value, updated_node.quote
        if len(quote) != 1 or set(content) & {"'", '"', "\\"}:
            return updated_node
        self.applied = True
        other = "'" if quote == '"' else '"'
        return updated_node.with_changes(value=f"{updated_node.prefix}{other}{content}{other}")


class _Comments(_Change):
    """The first statement of a file keeps its place: directives for the whole file stand above it."""

    def __init__(self) -> None:
        super().__init__()
        self.first: cst.CSTNode | None = None

    def visit_Module(self, node: cst.Module) -> None:
        self.first = node.body[0] if node.body else None

    def on_leave(  # type: ignore[override]
        self, original_node: cst.CSTNode, updated_node: cst.CSTNode
    ) -> cst.CSTNode:
        if original_node is self.first or not isinstance(
            updated_node, cst.SimpleStatementLine | cst.BaseCompoundStatement
        ):
            return updated_node
        self.applied = True
        lines = [
            cst.EmptyLine(indent=False),
            cst.EmptyLine(comment=cst.Comment("# nothing new here")),
        ]
        return updated_node.with_changes(leading_lines=[*lines, *updated_node.leading_lines])


class _Indenter(_Change):
    def __init__(self, indent: str) -> None:
        super().__init__()
        self.indent = indent

    def leave_IndentedBlock(
        self, original_node: cst.IndentedBlock, updated_node: cst.IndentedBlock
    ) -> cst.IndentedBlock:
        del original_node
        self.applied = True
        return updated_node.with_changes(indent=self.indent)


class _Breaker(_Change):
    """Calls that already go over several lines, hold comments or stand in a string are left alone."""

    def visit_FormattedString(self, node: cst.FormattedString) -> bool:
        del node
        return False

    def leave_Call(self, original_node: cst.Call, updated_node: cst.Call) -> cst.Call:
        if not updated_node.args or "\n" in cst.Module([]).code_for_node(original_node):
            return updated_node
        self.applied = True
        broken = cst.ParenthesizedWhitespace(
            first_line=cst.TrailingWhitespace(), last_line=cst.SimpleWhitespace("        ")
        )
        last = len(updated_node.args) - 1
        args = [
            arg if index == last else arg.with_changes(comma=cst.Comma(whitespace_after=broken))
            for index, arg in enumerate(updated_node.args)
        ]
        return updated_node.with_changes(args=args, whitespace_before_args=broken)
