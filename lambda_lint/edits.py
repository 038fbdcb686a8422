r"""The edits that fixes are made of: small changes of one module's text that keep all the rest as it is.

A rule hands the engine a function of `Edits`; the engine calls it once, for the module in which the violation
was seen. Every method that says "edit" only describes a change; nothing is changed before `fix` has put the
edits together. What cannot be done for sure raises `NoEditError`, and then there is no fix.

Texts are written with `\n` and four spaces for each level of indentation; the edits have what the file has.
"""

from __future__ import annotations

import ast
import re
from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING

import libcst as cst

from lambda_lint.analyses.free_names import FreeNames
from lambda_lint.analyses.top_level import imports_end
from lambda_lint.model.fix import Edit, Fix
from lambda_lint.model.location import Span
from lambda_lint.semantics.facts import Imported
from lambda_lint.syntax.argument_edits import ArgumentEdits
from lambda_lint.syntax.lines import Lines
from lambda_lint.syntax.spans import spans_of
from lambda_lint.syntax.statement_edits import LeftOver, Removals, block_of, line_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from lambda_lint.model.labels import Safety
    from lambda_lint.semantics.context import Module

BARE_LINE_END = re.compile(r"(?<!\r)\n")
LEADING_SPACES = re.compile(r"^ +", re.MULTILINE)
LONG_QUOTES = re.compile(r"\"\"\"|'''")


class NoEditError(Exception):
    """A change cannot be made, or not without doubt: then the finding has no fix."""


class Edits:
    """Makes edits of one module. It keeps no state but the positions that were looked up."""

    def __init__(self, module: Module) -> None:
        self._module = module
        self._tree = module.tree
        self._text = module.source.text
        self._lines = Lines(module.source)
        self._names = FreeNames(module.lowered)

    # -- reading

    @cached_property
    def spans(self) -> Mapping[cst.CSTNode, Span]:
        """Where each node of the module stands: see `spans_of`. One look-up takes as long as all together."""
        return spans_of(self._tree, self._module.source, self._tree.nodes)

    @property
    def has_spans(self) -> bool:
        """Whether positions were looked up already."""
        return "spans" in self.__dict__

    def text_of(self, node: cst.CSTNode) -> str:
        """The text of a node, such that an expression can stand as an argument, or alone on the right of `=`.

        It gets parentheses around it if it had them, or needs them to take several lines.
        """
        span = self.spans[node]
        text = self._text[span.start : span.end]
        if not isinstance(node, cst.BaseExpression):
            return text
        if node.lpar or ("\n" in text.replace("\r", "\n") and not _stands_alone(text)):
            return f"({text})"
        return text

    def moved_text(self, expression: cst.BaseExpression) -> str:
        """`text_of` for a place with no indentation: further lines move to the left as the first line does.

        Raises `NoEditError` if a string in it takes several lines, since its text would change.
        """
        text = self.text_of(expression)
        if not re.search(r"[\r\n]", text):
            return text
        if any(self._takes_lines(part) for part in self._tree.subtree(expression)):
            raise NoEditError("a string takes several lines")
        indentation = self._lines.indentation(self.spans[expression].start)
        return re.sub(rf"(?<=[\r\n]){re.escape(indentation)}", "", text)

    # -- expressions

    def replace(self, node: cst.CSTNode, text: str) -> Edit:
        """Put `text` in the place of an expression or a small statement; parentheses around it stay.

        Whether the text binds as tightly as the place needs is for the caller to see to.
        """
        return Edit(self.spans[node], self._as_in_file(text))

    def add_argument(self, call: cst.Call, text: str) -> Edit:
        """Add an argument such as `timeout=10` behind the others, on a line of its own where they have that.

        Raises `NoEditError` if the keyword is there, or may be there in a `**` argument.
        """
        return self._made(self._arguments.added(call, text))

    def remove_argument(self, call: cst.Call, arg: cst.Arg) -> Edit:
        """Take an argument out, with its comma, and with its line where it has one of its own.

        Raises `NoEditError` for a positional argument before others, which would move.
        """
        return self._made(self._arguments.without(call, arg))

    @property
    def _arguments(self) -> ArgumentEdits:
        return ArgumentEdits(self._lines, self.spans, self._text)

    def _made(self, edit: Edit | str) -> Edit:
        """An edit as the file would have it; a text says why there is none."""
        if isinstance(edit, str):
            raise NoEditError(edit)
        return Edit(edit.span, self._as_in_file(edit.text))

    # -- statements

    def delete_statement(self, statement: cst.CSTNode) -> Edit:
        """Take a statement out with its line or lines, or put `pass` in its place if its block needs it.

        A small statement among others on its line leaves these. A comment above it stays; one beside or in
        it makes `fix` raise `NoEditError`, unless another edit of the fix writes it again.
        """
        return self.delete_statements([statement])[0]

    def delete_statements(
        self, statements: Sequence[cst.CSTNode], with_comments: Collection[cst.CSTNode] = ()
    ) -> tuple[Edit, ...]:
        """`delete_statement` for several at once: a block that loses all of its statements gets a `pass`.

        Of the statements in `with_comments` the comments directly above go, too.
        """
        removals = Removals(self._tree, self._lines, self.spans, self._text)
        try:
            return tuple(removals.edits(statements, with_comments))
        except LeftOver as error:
            raise NoEditError(str(error)) from None

    def insert_before(self, statement: cst.CSTNode, text: str) -> Edit:
        """Put lines before a statement (and before comments directly above it), indented as it is."""
        line, start = self._line_start(statement)
        block = line_of(self._tree, statement)
        if isinstance(block, cst.SimpleStatementLine) and statement not in (block, block.body[0]):
            raise NoEditError("the statement does not start its line")
        where = self._lines.above_comments(line)
        return self._inserted(where, self._indented(text, self._lines.indentation(start)) + "\n")

    def insert_after(self, statement: cst.CSTNode, text: str) -> Edit:
        """Put lines after a statement (after its whole body if it has one), indented as it is."""
        _, start = self._line_start(statement)
        block = line_of(self._tree, statement)
        if isinstance(block, cst.SimpleStatementLine) and statement not in (block, block.body[-1]):
            raise NoEditError("the statement does not end its line")
        where = self._lines.next(self.spans[block].end)
        return self._inserted(where, self._indented(text, self._lines.indentation(start)) + "\n")

    def _line_start(self, statement: cst.CSTNode) -> tuple[int, int]:
        """Where the line starts on which a statement begins with its decorators, and where it begins."""
        block = line_of(self._tree, statement)
        if block_of(self._tree, block) is None:
            raise NoEditError("the statement has no line of its own")
        decorators = block.decorators if isinstance(block, (cst.FunctionDef, cst.ClassDef)) else ()
        start = self.spans[decorators[0] if decorators else block].start
        return self._lines.start(start), start

    def unwrap(self, statement: cst.With, text: str = "") -> tuple[Edit, ...]:
        """Put lines in the place of `with …:` and move its body to the left.

        Raises `NoEditError` if a string in the body takes several lines, since its text would change.
        """
        start = self.spans[statement].start
        line, indentation = self._lines.start(start), self._lines.indentation(start)
        header = "" if not text else self._indented(text, indentation) + "\n"
        body = statement.body
        if isinstance(body, cst.SimpleStatementSuite) or block_of(self._tree, statement) is None:
            raise NoEditError("the body stands beside the header")
        colon = self.spans[statement.items[-1]].end
        while ":" not in self._text[colon : self._lines.code_end(colon)]:
            colon = self._lines.next(colon)
        first, (inside, _) = self._lines.next(colon), self._line_start(body.body[0])
        edits = [Edit(Span(line, first), self._as_in_file(header))]
        extra = self._lines.indentation(inside).removeprefix(indentation)
        end, place = self.spans[statement].end, first
        if any(self._takes_lines(part) for part in self._tree.subtree(body)):
            raise NoEditError("a string takes several lines")
        while place < end:
            if self._text.startswith(indentation + extra, place):
                inner = place + len(indentation)
                edits.append(Edit(Span(inner, inner + len(extra)), ""))
            place = self._lines.next(place)
        return tuple(edits)

    def _takes_lines(self, node: cst.CSTNode) -> bool:
        """Whether the node is a string of several lines."""
        if not isinstance(node, (cst.SimpleString, cst.FormattedString)):
            return False
        span = self.spans[node]
        return re.search(r"[\r\n]", self._text[span.start : span.end]) is not None

    def comments_above(self, statement: cst.CSTNode) -> tuple[str, ...]:
        """The comments directly above a statement that stands apart, and so speak of nothing else.

        It stands apart if it is alone on its line, and a blank line, a comment or nothing follows.
        """
        line = line_of(self._tree, statement)
        block = block_of(self._tree, line)
        if block is None or (isinstance(line, cst.SimpleStatementLine) and len(line.body) > 1):
            return ()
        below = self._lines.next(self.spans[line].end)
        ends_paragraph = self._lines.is_blank(below) or self._lines.is_comment(below)
        if block.body[-1] is not line and not ends_paragraph:
            return ()
        start, _ = self._line_start(statement)
        return tuple(self._lines.comments(Span(self._lines.above_comments(start), start)))

    def comment_beside(self, statement: cst.CSTNode) -> str:
        """The comment at the end of the line on which a statement ends, with its `#`; empty without one."""
        end = self.spans[statement].end
        return "".join(self._lines.comments(Span(end, self._lines.end(end))))

    # -- module level

    def insert_after_imports(self, text: str) -> Edit:
        """Put lines at module level, right behind the imports at its top (or its docstring)."""
        where, following = self._after_imports
        below = self._lines.after_blank_lines(where)
        text = self._indented(text, "") + "\n"
        if isinstance(following, cst.SimpleStatementLine):
            gap = "\n" if self._lines.is_comment(below) else ""
            return self._inserted(below, text + gap)
        before = "\n" if where else ""
        gap = "\n\n" if following is not None and below == where else ""
        return self._inserted(where, before + text + gap)

    def insert_before_functions(self, text: str, *, after: int = 0) -> Edit:
        """Put lines at module level, behind its imports and the plain statements that follow them.

        The first function, class or other compound statement ends these. `after` is the order of a node of
        the top level behind which the lines must stand, such as a constant that is set further down.
        """
        body, order = self._tree.module.body, self._tree.order
        head = count = max(imports_end(self._tree), 1 if self._has_docstring else 0)
        while count < len(body) and isinstance(body[count], cst.SimpleStatementLine):
            count += 1
        while count < len(body) and order[body[count]] <= after:
            count += 1
        if count == head:
            return self.insert_after_imports(text)
        last = body[count - 1]
        gap = "" if isinstance(last, cst.SimpleStatementLine) else "\n\n"
        return self.insert_after(last, gap + text)

    def ensure_import(
        self, module: str, name: str | None = None, *, at: cst.CSTNode | None = None
    ) -> tuple[str, tuple[Edit, ...]]:
        """How to spell `module`, or its member `name`, at the node `at`, and the edits that this needs.

        An import of the module's top level is used under whatever name it has there, such as `parse.quote`
        for `ensure_import("urllib.parse", "quote")` after `from urllib import parse`. Else one is added after
        the imports. Without `at` the name holds everywhere; with the module as `at` at its top level, in what
        `insert_after_imports` puts there.
        """
        where, following = self._after_imports
        if at is None or at is self._tree.module:
            before = None if following is None else self._tree.order[following]
        else:
            before = None if self._names.runs_later(at) else self._tree.order[at]
        for spelled in self._names.imported(module, name, before):
            first = spelled.partition(".")[0]
            if self._names.means_the_global(first, at) or self._names.is_one_import(first):
                return spelled, ()
        is_early = at not in (None, self._tree.module) and before is not None
        if at is not None and is_early and self.spans[at].start < where:
            raise NoEditError("the imports come later")
        spelled, line = self._import_line(module, name, at)
        above, below = ("", "") if imports_end(self._tree) else ("\n", "") if where else ("", "\n")
        return spelled, (self._inserted(where, f"{above}{line}\n{below}"),)

    def _import_line(self, module: str, name: str | None, at: cst.CSTNode | None) -> tuple[str, str]:
        """The name that a new import binds, and the import."""
        if name is None:
            first, last = module.partition(".")[0], module.rpartition(".")[2]
            if self._names.is_free_for(first, Imported(first, None, 0), at):
                return module, f"import {module}"
            bound = self._names.fresh(f"{last}_module")
            return bound, f"import {module} as {bound}"
        if self._names.is_free_for(name, Imported(module, name, 0), at):
            return name, f"from {module} import {name}"
        bound = self._names.fresh(name)
        return bound, f"from {module} import {name} as {bound}"

    def fresh_name(self, wanted: str) -> str:
        """`wanted` if nothing in the module has or mentions that name, else `wanted_2`, `wanted_3`, …"""
        return self._names.fresh(wanted)

    def can_move_up(self, name: str, binding: cst.CSTNode) -> bool:
        """Whether the variable of a function that `binding` alone binds can be a global one."""
        return self._names.can_move_up(name, binding)

    def is_only_binding(self, name: str, binding: cst.CSTNode) -> bool:
        """Whether without `binding`, in a function, the name would be the module's there."""
        return self._names.is_only_binding(name, binding)

    def is_settled(self, name: str) -> bool:
        """Whether the module binds the name at its top level, once and for sure."""
        return self._names.is_settled(name)

    def means_the_global(self, name: str, at: cst.CSTNode) -> bool:
        """Whether a name written at `at` is that of the module's top level: no scope between binds it."""
        return self._names.means_the_global(name, at)

    # -- the whole

    def fix(self, title: str, edits: Iterable[Edit], safety: Safety) -> Fix:
        """Put edits together. Insertions at one place keep the order in which they are given.

        Raises `NoEditError` if edits overlap, nothing changes, or a comment would be lost.
        """
        merged = _merged(edit for edit in edits if self._changes(edit))
        if not merged:
            raise NoEditError("nothing changes")
        lost: Counter[str] = Counter()
        for edit in merged:
            lost.update(self._lines.comments(edit.span))
        written = "\n".join(edit.text for edit in merged)
        if any(written.count(comment) < number for comment, number in lost.items()):
            raise NoEditError("a comment would be lost")
        return Fix(title, merged, safety)

    def _changes(self, edit: Edit) -> bool:
        return self._text[edit.span.start : edit.span.end] != edit.text

    # -- texts

    @property
    def _newline(self) -> str:
        return self._tree.module.default_newline

    def _as_in_file(self, text: str) -> str:
        return BARE_LINE_END.sub(self._newline, text)

    def _indented(self, text: str, indentation: str) -> str:
        """Lines of code for a place with this indentation."""
        text = text.rstrip("\n")
        unit = self._tree.module.default_indent
        if "\n" in text and (indentation or unit != "    ") and LONG_QUOTES.search(text):
            raise NoEditError("a string takes several lines")
        text = LEADING_SPACES.sub(lambda found: unit * (len(found[0]) // 4) + " " * (len(found[0]) % 4), text)
        return "\n".join(f"{indentation}{line}" if line.strip() else "" for line in text.split("\n"))

    def _inserted(self, where: int, text: str) -> Edit:
        """Whole lines at the start of a line, or at the end of a text without a line end."""
        if where and self._text[where - 1] not in "\r\n":
            text = "\n" + text.removesuffix("\n")
        return Edit(Span(where, where), self._as_in_file(text))

    @property
    def _has_docstring(self) -> bool:
        return self._tree.module.get_docstring(clean=False) is not None

    @cached_property
    def _after_imports(self) -> tuple[int, cst.CSTNode | None]:
        """Where something new can be put after the imports, and the statement that follows."""
        body = self._tree.module.body
        count = imports_end(self._tree)
        if not count and self._has_docstring:
            count = 1
        following = body[count] if count < len(body) else None
        if count:
            return self._lines.next(self.spans[body[count - 1]].end), following
        if following is None:
            return len(self._text), None
        return self._lines.above_comments(self._line_start(following)[0]), following


def _stands_alone(text: str) -> bool:
    """Whether an expression can be written without brackets around it."""
    try:
        ast.parse(text, mode="eval")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True


def _merged(edits: Iterable[Edit]) -> tuple[Edit, ...]:
    """The edits in source order: insertions at one place as one, deletions that meet as one."""
    found: list[Edit] = []
    for edit in sorted(dict.fromkeys(edits), key=lambda edit: (edit.span.start, edit.span.end)):
        before = found[-1] if found else None
        if before is None or before.span.end < edit.span.start:
            found.append(edit)
        elif before.span == edit.span and edit.span.start == edit.span.end:
            found[-1] = Edit(edit.span, before.text + edit.text)
        elif not before.text and not edit.text:
            end = max(before.span.end, edit.span.end)
            found[-1] = Edit(Span(before.span.start, end), "")
        elif before.span.end == edit.span.start:
            found.append(edit)
        else:
            raise NoEditError("the edits overlap")
    return tuple(found)
