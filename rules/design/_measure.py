"""How much logic of its own a function holds: every statement weighs nothing or one.

What takes a handler from the event to the answer weighs nothing: reading the event and the settings, notes,
guards that turn a bad request away, delegation, putting the answer together, clauses that map errors. What
remains is what a test can reach only through an event and a context.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import libcst as cst

from ._calls import Kind, kind_of, last_name, service_of
from ._complexity import cognitive_complexity
from ._expressions import bound_names, is_formatting, root_name
from ._regions import Region, regions
from ._vocabulary import FETCHES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lambda_lint.api import Context

BRANCHES = (cst.If, cst.For, cst.While, cst.Match)
ENDS = (cst.Return, cst.Raise, cst.Continue, cst.Break)
STATEMENTS = frozenset(
    {
        cst.AnnAssign,
        cst.Assert,
        cst.Assign,
        cst.AugAssign,
        cst.Del,
        cst.Expr,
        cst.For,
        cst.If,
        cst.Match,
        cst.Raise,
        cst.Return,
        cst.While,
        cst.WithItem,
    }
)
"""What may be logic by itself."""


@dataclass(slots=True)
class Look:
    """What one expression does."""

    calls: list[str] = field(default_factory=list)
    computes: bool = False
    unpacks: bool = False
    """It takes apart what a call of the function brought in from outside."""

    @property
    def is_logic(self) -> bool:
        return bool(self.calls) or self.computes or self.unpacks


class Measure:
    """The numbers of one function, functions nested in it included; some only when asked for."""

    def __init__(self, function: cst.FunctionDef, ctx: Context) -> None:
        self._ctx = ctx
        self._tree = tree = ctx.module.tree
        self._nodes = nodes = list(tree.subtree(function.body))
        reader = Reader(function, ctx)
        self._own = own = {node for node in nodes if type(node) in STATEMENTS and reader.is_logic(node)}
        self._sizes: dict[cst.CSTNode, int] = {}
        sizes = self._sizes
        for node in reversed(nodes):
            size = sizes.get(node, 0) + (node in own)
            if size:
                # A branch counts with what is in it, so that a guard or a dispatch does not.
                sizes[node] = size + (isinstance(node, BRANCHES) and node not in own)
                parent = tree.parents[node]
                sizes[parent] = sizes.get(parent, 0) + sizes[node]
        self.statements = sizes.get(function.body, 0)
        self.calls = tuple(reader.calls)
        """What each call that leaves the function talks to, in source order."""

    @property
    def services(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self.calls))

    @cached_property
    def complexity(self) -> int:
        counted = self._sizes.keys() | inner(self._own, self._ctx)
        return cognitive_complexity(self._nodes, self._tree, counted)

    @cached_property
    def regions(self) -> tuple[Region, ...]:
        return regions(self._nodes, self._tree, self._sizes)


def inner(own: set[cst.CSTNode], ctx: Context) -> set[cst.CSTNode]:
    """The conditional expressions and boolean operations of the statements in `own`."""
    found: set[cst.CSTNode] = set()
    for statement in own:
        for name in ("test", "value", "iter", "subject", "item"):
            expression = getattr(statement, name, None)
            if isinstance(expression, cst.BaseExpression):
                found.update(node for node in ctx.module.tree.subtree(expression) if is_choice(node))
    return found


def is_choice(node: cst.CSTNode) -> bool:
    return isinstance(node, cst.IfExp | cst.BooleanOperation)


class Reader:
    """Reads the statements of a function in source order and says which are logic."""

    def __init__(self, function: cst.FunctionDef, ctx: Context) -> None:
        self.ctx = ctx
        self.tree = ctx.module.tree
        self.calls: list[str] = []
        self.inputs = {parameter.name.value for parameter in function.params.params} - {"self", "cls"}
        self.foreign: set[str] = set()
        """The names bound to what a call of the function brought in from outside."""

    def is_logic(self, node: cst.CSTNode) -> bool:
        """Does this statement, or the head of this compound statement, weigh one by itself?"""
        match node:
            case cst.Expr(value=value):
                return not self.is_note(value) and self.look_at(value).is_logic
            case cst.Assign(value=value):
                targets = [target.target for target in node.targets]
                return self.binds(targets, value) or self.decides(node, value)
            case cst.AnnAssign(target=target, value=cst.BaseExpression() as value):
                return self.binds([target], value) or self.decides(node, value)
            case cst.AugAssign(value=value):
                self.look_at(value)
                return True
            case cst.Return(value=answer) | cst.Raise(exc=answer) if answer is not None:
                look = self.look_at(answer)  # to unpack into an answer is to map it
                return bool(look.calls) or look.computes
            case cst.Del(target=target):
                return isinstance(target, cst.Subscript)
            case cst.If(test=head) | cst.Assert(test=head) | cst.Match(subject=head):
                return self.look_at(head).is_logic
            case cst.While(test=head):
                self.look_at(head)
                return True
            case cst.For(target=target, iter=head):
                return self.binds([target], head)
            case cst.WithItem(item=head, asname=asname):
                return self.binds([asname.name] if asname is not None else [], head)
        return False

    def binds(self, targets: Sequence[cst.BaseExpression], value: cst.BaseExpression) -> bool:
        """Note what an assignment binds; is it logic? To change the event or an answer is."""
        look = self.look_at(value)
        changes = False
        for target in targets:
            names = set(bound_names(target))
            if look.calls or look.unpacks:
                self.foreign |= names
            else:
                self.foreign -= names
            if isinstance(target, cst.Subscript | cst.Attribute):
                changes = changes or root_name(target) in self.inputs | self.foreign
        return look.is_logic or changes

    def decides(self, statement: cst.CSTNode, value: cst.BaseExpression) -> bool:
        """Does a branch that goes on afterwards decide what a name means?

        `if urgent: queue = order["express"]` is a rule. `status = "ok"` is none, and delegation is none.
        """
        block = self.tree.parents[statement]
        if isinstance(block, cst.SimpleStatementLine):
            block = self.tree.parents[block]
        if not isinstance(self.tree.parents[block], cst.If | cst.Else) or ends(block):
            return False
        reads = any(isinstance(node, cst.Name) for node in self.tree.subtree(value))
        return reads and not self.is_call_of(value, Kind.DELEGATE)

    def is_note(self, value: cst.BaseExpression) -> bool:
        """A client of CloudWatch Logs may be called `logs`, so what the call reaches is asked first."""
        return self.is_call_of(value, Kind.NOTE) and not self.is_request(value)

    def is_request(self, value: cst.BaseExpression) -> bool:
        return isinstance(value, cst.Call) and service_of(value, self.ctx) is not None

    def is_call_of(self, value: cst.BaseExpression, kind: Kind) -> bool:
        if isinstance(value, cst.Await):
            value = value.expression
        return isinstance(value, cst.Call) and kind_of(value, self.ctx) is kind

    def look_at(self, expression: cst.BaseExpression) -> Look:
        look = Look()
        mapped: set[cst.CSTNode] = set()
        """What stands in an entry of a dict: to put it there is to map it, not to take it apart."""
        for node in self.tree.subtree(expression):
            if isinstance(node, cst.DictElement) or self.tree.parents[node] in mapped:
                mapped.add(node)
            match node:
                case cst.Call():
                    service = service_of(node, self.ctx)
                    if service is not None:
                        look.calls.append(service)
                    elif last_name(node.func) in FETCHES:
                        look.unpacks = True
                    elif kind_of(node, self.ctx) is Kind.COMPUTE:
                        look.computes = True
                case cst.Name(value=name) if name in self.foreign and node not in mapped:
                    look.unpacks = look.unpacks or not self.is_handed_on(node)
                case cst.BinaryOperation() if not is_formatting(node):
                    look.computes = True
                case cst.ListComp() | cst.SetComp() | cst.DictComp() | cst.GeneratorExp():
                    look.computes = True
        self.calls += look.calls
        return look

    def is_handed_on(self, name: cst.Name) -> bool:
        """Is `name` given to a call as it is? Or is it no variable, but the name of an attribute?"""
        parent = self.tree.parents[name]
        return isinstance(parent, cst.Arg) or (isinstance(parent, cst.Attribute) and parent.attr is name)


def ends(block: cst.CSTNode) -> bool:
    """Does the block leave, so that nothing follows from it?"""
    while isinstance(block, cst.IndentedBlock | cst.SimpleStatementLine | cst.SimpleStatementSuite):
        block = block.body[-1]
    return isinstance(block, ENDS)
