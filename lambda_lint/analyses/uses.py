"""What becomes of the result of a call: which of its keys are read, and where it goes.

    response = client.scan(TableName="orders")
    for item in response["Items"]:
        save(item["id"])

Here `("Items",)` is read and iterated, and `("Items", Part.EACH, "id")` is passed. The value is followed
through names, unpacking, loops, comprehensions, `with` and `await`, and into the parameters of the project's
own functions. Wherever it cannot be followed it has escaped, and a rule must be silent.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

from lambda_lint.analyses.fates import Fate, Part, Path, Use, Uses
from lambda_lint.analyses.parameter_uses import parameters_given, uses_of_parameter
from lambda_lint.analyses.reads import CONTAINERS, Reads
from lambda_lint.knowledge import notes, takers
from lambda_lint.semantics.binding import only_index
from lambda_lint.semantics.facts import ScopeKind
from lambda_lint.semantics.values import Constant

if TYPE_CHECKING:
    from lambda_lint.semantics.context import Context
    from lambda_lint.semantics.facts import Scope

MOST_STEPS = 2_000
"""How many places are looked at before the value counts as escaped."""

TESTS = (cst.If, cst.While, cst.Assert, cst.CompIf)
NUMBERS_OF_EMPTINESS = frozenset({0, 1})


def uses_of(ctx: Context, call: cst.Call) -> Uses:
    """What is done with the result of `call`."""
    return Uses(tuple(_Walk(ctx).all_of(call)))


def is_noted(ctx: Context, use: Use) -> bool:
    """Whether the use only takes a note: it is printed, logged, traced."""
    name = None if use.call is None or use.fate is not Fate.PASSED else ctx.name_of(use.call.func)
    return name is not None and notes.is_note(name)


class _Walk:
    """Follows one value; `_pending` holds the expressions that are it, or a part of it."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx
        self._tree, self._lowered = ctx.module.tree, ctx.module.lowered
        self._reads = ctx.once(Reads)
        self._pending: list[tuple[cst.CSTNode, Path]] = []
        self._seen: set[tuple[cst.CSTNode, Path]] = set()
        self._found: list[Use] = []

    def all_of(self, value: cst.CSTNode) -> list[Use]:
        self._follow(value, ())
        while self._pending:
            if len(self._seen) > MOST_STEPS:
                self._use((), Fate.UNCLEAR, value)
                break
            self._look(*self._pending.pop())
        return self._found

    def _follow(self, node: cst.CSTNode, path: Path) -> None:
        """`node` is the part of the value at `path`."""
        if (node, path) not in self._seen:
            self._seen.add((node, path))
            self._pending.append((node, path))

    def _use(self, path: Path, fate: Fate, node: cst.CSTNode, call: cst.Call | None = None) -> None:
        self._found.append(Use(path, fate, node, call))

    # -- one step up

    def _look(self, node: cst.CSTNode, path: Path) -> None:
        parent = self._tree.parents[node]
        match parent:
            case cst.Expr():
                self._use(path, Fate.DROPPED, node)
            case cst.Await():
                self._follow(parent, path)
            case cst.NamedExpr(target=target):
                self._bind(target, path, parent)
                self._follow(parent, path)
            case cst.Assign(targets=targets):
                for each in targets:
                    self._bind(each.target, path, parent)
            case cst.AnnAssign(target=target):
                self._bind(target, path, parent)
            case cst.AugAssign():
                self._use(path, Fate.GATHERED, node)
            case cst.Subscript(value=value) if value is node:
                self._item(parent, only_index(parent), path)
            case cst.Attribute():
                self._attribute(parent, path)
            case cst.Arg():
                self._argument(parent, path)
            case cst.For(target=target, iter=at) | cst.CompFor(target=target, iter=at):
                self._use(path, Fate.ITERATED, parent)
                self._bind(target, (*path, Part.EACH), at)
            case cst.WithItem(asname=asname):
                if asname is not None:
                    self._bind(asname.name, path, parent)
            case cst.IfExp(test=test):
                self._test(node, path) if test is node else self._follow(parent, path)
            case cst.BooleanOperation(left=left, operator=operator):
                self._test(node, path)
                if left is not node or isinstance(operator, cst.Or):
                    self._follow(parent, path)
            case cst.UnaryOperation(operator=cst.Not()):
                self._test(node, path)
            case cst.Comparison() | cst.ComparisonTarget():
                self._compared(node, path)
            case cst.Element():
                self._element(parent, path)
            case _ if isinstance(parent, TESTS):
                self._test(node, path)
            case _:
                self._taken(node, path)

    def _test(self, node: cst.CSTNode, path: Path) -> None:
        self._use(path, Fate.TESTED, node)

    def _item(self, node: cst.CSTNode, key: cst.CSTNode | None, path: Path) -> None:
        part = (*path, self._key(key))
        if self._reads.is_target(node):
            self._use(path, Fate.CHANGED, node)
            return
        self._use(part, Fate.READ, node)
        self._follow(node, part)

    def _key(self, node: cst.CSTNode | None) -> str | bytes | float | bool | Part | None:
        found = None if node is None else self._ctx.value_of(node)
        return found.value if isinstance(found, Constant) else Part.SOME

    def _attribute(self, node: cst.Attribute, path: Path) -> None:
        call, name = self._tree.parents[node], node.attr.value
        if not isinstance(call, cst.Call) or call.func is not node:
            self._use(path, Fate.UNCLEAR, node)
        elif name in takers.GETTERS and call.args:
            self._item(call, call.args[0].value, path)
        elif name == "copy":
            self._follow(call, path)
        elif name == "keys":
            self._use(path, Fate.TESTED, node)
        elif name in takers.VIEWS:
            self._use((*path, Part.SOME), Fate.READ, node)
            self._use((*path, Part.SOME), Fate.UNCLEAR, node)
        else:
            self._use(path, Fate.CALLED, node, call)

    def _compared(self, node: cst.CSTNode, path: Path) -> None:
        parent = self._tree.parents[node]
        operator = getattr(parent, "operator", None)
        if not isinstance(operator, (cst.In, cst.NotIn)):
            self._test(node, path)
        else:
            comparison = self._tree.parents[parent]
            key = self._key(comparison.left) if isinstance(comparison, cst.Comparison) else Part.SOME
            self._use(path, Fate.SEARCHED, node)
            self._use((*path, key), Fate.READ, node)

    def _element(self, element: cst.Element, path: Path) -> None:
        """`a, b = it, 1` binds a name; any other display keeps what it holds."""
        display = self._tree.parents[element]
        match self._tree.parents[display]:
            case cst.Assign(targets=[cst.AssignTarget(target=cst.Tuple(elements=targets))]) as statement if (
                isinstance(display, cst.Tuple)
                and len(targets) == len(display.elements)
                and all(isinstance(each, cst.Element) for each in (*targets, *display.elements))
            ):
                self._bind(targets[display.elements.index(element)].value, path, statement)
            case _:
                self._taken(element, path)

    def _taken(self, node: cst.CSTNode, path: Path) -> None:
        """It goes into a text, a collection or a computation: what becomes of that?"""
        current, kept = node, isinstance(node, CONTAINERS)
        while True:
            parent = self._tree.parents[current]
            match parent:
                case cst.Return() | cst.Lambda():
                    self._use(path, Fate.RETURNED, node)
                case cst.Yield():
                    self._use(path, Fate.YIELDED, node)
                case cst.Arg():
                    call = self._tree.parents[parent]
                    self._use(path, Fate.PASSED, node, call if isinstance(call, cst.Call) else None)
                case cst.Assign() | cst.AnnAssign() | cst.NamedExpr():
                    self._use(path, Fate.STORED, node)
                case cst.Match():
                    self._use(path, Fate.UNCLEAR, node)
                case cst.BaseSmallStatement() | cst.BaseCompoundStatement():
                    self._use(path, Fate.STORED if kept else Fate.COMPUTED, node)
                case _:
                    kept = kept or isinstance(parent, (*CONTAINERS, cst.BaseComp))
                    current = parent
                    continue
            return

    # -- calls

    def _argument(self, arg: cst.Arg, path: Path) -> None:
        call = self._tree.parents[arg]
        name = self._ctx.name_of(call.func) if isinstance(call, cst.Call) else None
        if not isinstance(call, cst.Call):
            self._use(path, Fate.UNCLEAR, arg)  # a base of a class
        elif name == "builtins.len":
            self._count(call, path)
        elif name in takers.ASKED:
            self._use(path, Fate.TESTED, arg)
        elif name == "builtins.enumerate":
            self._enumerate(call, path)
        elif name in takers.HANDED_ON and not arg.star:
            self._follow(call, path)
        elif name == "builtins.next":
            self._follow(call, (*path, 0))
        elif name in takers.SUMMARIES:
            self._use(path, Fate.GATHERED, arg, call)
        elif name in takers.TEXTS:
            self._taken(call, path)
        elif (
            isinstance(call.func, cst.Attribute)
            and call.func.attr.value in takers.GATHERERS
            and len(call.args) == 1
        ):
            self._use(path, Fate.GATHERED, arg, call)
        elif not self._enter(call, arg, path):
            self._use(path, Fate.PASSED, arg, call)

    def _count(self, call: cst.Call, path: Path) -> None:
        """`len(x)` is a test for emptiness where its truth counts, or where it is compared with 0 or 1."""
        parent = self._tree.parents[call]
        comparison = self._tree.parents[parent] if isinstance(parent, cst.ComparisonTarget) else parent
        if isinstance(comparison, cst.Comparison):
            sides = (comparison.left, *(each.comparator for each in comparison.comparisons))
            numbers = [self._key(side) for side in sides if side is not call]
            is_test = all(number in NUMBERS_OF_EMPTINESS for number in numbers)
        else:
            is_test = isinstance(parent, (*TESTS, cst.UnaryOperation, cst.BooleanOperation, cst.IfExp))
        self._use(path, Fate.TESTED if is_test else Fate.COUNTED, call)

    def _enumerate(self, call: cst.Call, path: Path) -> None:
        match self._tree.parents[call]:
            case (cst.For(target=cst.Tuple(elements=[_, cst.Element(value=target)])) as loop) | (
                cst.CompFor(target=cst.Tuple(elements=[_, cst.Element(value=target)])) as loop
            ):
                self._use(path, Fate.ITERATED, loop)
                self._bind(target, (*path, Part.EACH), loop.iter)
            case _:
                self._use(path, Fate.PASSED, call, call)

    def _enter(self, call: cst.Call, arg: cst.Arg, path: Path) -> bool:
        """Follow an argument into the project functions that are called; False if that cannot be done."""
        ev, number = self._ctx.project.evaluator, self._ctx.module.number
        given = parameters_given(ev, (number, self._lowered.call_of[call]), call.args.index(arg))
        for parameter in given or ():
            (module, scope), name = parameter
            if module == number:
                self._read(self._lowered.facts.scopes[scope], name, None, path)
            else:
                self._found.extend(uses_of_parameter(ev, parameter, path))
        return bool(given)

    # -- names

    def _bind(self, target: cst.CSTNode, path: Path, at: cst.CSTNode) -> None:
        """The value at `path` is assigned to `target`, when `at` has been evaluated."""
        match target:
            case cst.Name(value=name):
                self._name(name, path, at)
            case cst.Tuple(elements=elements) | cst.List(elements=elements):
                for index, element in enumerate(elements):
                    starred = isinstance(element, cst.StarredElement)
                    part = (*path, Part.SOME if starred else index)
                    self._use(part, Fate.READ, element)
                    self._bind(element.value, part, at)
            case _:
                self._use(path, Fate.STORED, target)

    def _name(self, name: str, path: Path, at: cst.CSTNode) -> None:
        scope = self._reads.scope_of(name, at)
        if scope is None or scope.parent is None:
            self._use(path, Fate.STORED, at)  # a global: any function may use it at any time
            return
        is_comprehension = scope.kind is ScopeKind.COMPREHENSION
        bound = scope.order if is_comprehension else self._lowered.layout.end[self._tree.order[at]]
        self._read(scope, name, bound, path)

    def _read(self, scope: Scope, name: str, bound: int | None, path: Path) -> None:
        for node in self._reads.of(scope, name, bound):
            self._follow(node, path)
