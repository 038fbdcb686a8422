"""What a rule may ask about the nodes of one module; the answers come from the whole project."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar, cast

import libcst as cst

from lambda_lint.model.labels import Phase, SourceKind
from lambda_lint.semantics.facts import Call, ScopeKind
from lambda_lint.semantics.loops import runs_in_lasting_loop
from lambda_lint.semantics.values import (
    UNKNOWN,
    Constant,
    Environment,
    External,
    FromContext,
    FunctionKey,
    FunctionValue,
    Method,
    Returned,
    Sdk,
    SdkMethod,
    Value,
    Values,
    Where,
    agreed,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from lambda_lint.deployment.function import DeployedFunction
    from lambda_lint.model.labels import Origin
    from lambda_lint.semantics.dependence import Dependence
    from lambda_lint.semantics.handlers import HandlerFacts
    from lambda_lint.semantics.invocations import Invocation
    from lambda_lint.semantics.lower import Lowered
    from lambda_lint.semantics.phases import Step
    from lambda_lint.semantics.project import Project
    from lambda_lint.syntax.source import Source
    from lambda_lint.syntax.tree import Tree

Node = TypeVar("Node", bound=cst.CSTNode)
Answer = TypeVar("Answer")
Asked = TypeVar("Asked")

LOOPS = (cst.For, cst.While)

ONE_OFF = frozenset({SourceKind.CUSTOM_RESOURCE, SourceKind.SECRET_ROTATION})
"""Sources that call a function so rarely that each call finds a new execution environment."""


@dataclass(frozen=True, slots=True, eq=False)
class Handler:
    """A handler that is a function of the module, with its node."""

    node: cst.FunctionDef
    facts: HandlerFacts

    @property
    def name(self) -> str:
        return self.facts.name

    @property
    def origins(self) -> tuple[Origin, ...]:
        return tuple(self.facts.origins)

    @property
    def sources(self) -> tuple[SourceKind, ...]:
        """What triggers it; empty means unknown."""
        return tuple(self.facts.sources)

    @property
    def deployed(self) -> tuple[DeployedFunction, ...]:
        return tuple(self.facts.deployed)


@dataclass(frozen=True, slots=True, eq=False)
class Module:
    """One module: its text, its tree, and where its facts stand in the project."""

    number: int
    source: Source
    lowered: Lowered
    is_test: bool

    @property
    def path(self) -> str:
        return self.source.path

    @property
    def tree(self) -> Tree:
        return self.lowered.tree


class Context:
    """The questions. Every answer may be "not known"; then a rule stays silent."""

    def __init__(self, module: Module, project: Project) -> None:
        self.module = module
        self.project = project
        self._evaluator = project.evaluator
        self._answers: dict[object, object] = {}
        self._values: dict[cst.CSTNode, Values] = {}
        self._objects: dict[cst.CSTNode, Value | None] = {}
        self._phases: dict[int, Phase] = {}
        """The order of the node that opens a scope -> when the function around runs."""
        self._reaching: dict[FunctionKey, tuple[HandlerFacts, ...]] = {}

    def once(self, question: Callable[[Context], Answer]) -> Answer:
        """The answer to a question about the whole module, for which one look at it is enough.

        Give a class or a function of a module, not one made anew: it is what the answer is known by.
        """
        if question not in self._answers:
            self._answers[question] = question(self)
        return cast("Answer", self._answers[question])

    def once_for(self, question: Callable[[Asked, Context], Answer], about: Asked) -> Answer:
        """The same for a question about one thing of the module, which several rules ask."""
        key = (question, about)
        if key not in self._answers:
            self._answers[key] = question(about, self)
        return cast("Answer", self._answers[key])

    # -- structure

    def parent(self, node: cst.CSTNode) -> cst.CSTNode | None:
        return self.module.tree.parent(node)

    def function_around(self, node: cst.CSTNode) -> cst.FunctionDef | cst.Lambda | None:
        """The innermost function in whose body (or parameters) `node` stands."""
        return self.module.tree.function_around(node)

    def qualname_around(self, node: cst.CSTNode) -> str | None:
        """The qualified name of that function, such as `Orders.save`; None at module level."""
        scopes = self.module.lowered.facts.scopes
        scope = scopes[self.module.lowered.scope_index(node)]
        while scope.parent is not None and scope.kind in {ScopeKind.COMPREHENSION, ScopeKind.LAMBDA}:
            scope = scopes[scope.parent]
        return scope.qualname or None

    def loop_around(self, node: cst.CSTNode) -> cst.For | cst.While | cst.BaseComp | None:
        """The outermost loop or comprehension of the same function that repeats `node`."""
        tree = self.module.tree
        order = self.module.lowered.layout.places[tree.order[node]].loop
        found = tree.nodes[order] if order else None
        if isinstance(found, cst.CompFor):
            found = next((above for above in tree.ancestors(found) if isinstance(above, cst.BaseComp)), None)
        return found if isinstance(found, (*LOOPS, cst.BaseComp)) else None

    # -- names, values, objects

    def values_of(self, expression: cst.CSTNode) -> Values:
        """All that the expression may be; `UNKNOWN` among them says that it may be something else too."""
        found = self._values.get(expression)
        if found is None:
            lowered = self.module.lowered
            found = self._evaluator.values(self._where(expression), lowered.expressions.lower(expression))
            self._values[expression] = found
        return found

    def object_of(self, expression: cst.CSTNode) -> Value | None:
        """The one thing that the expression is, if that is certain."""
        try:
            return self._objects[expression]
        except KeyError:
            found = self._objects[expression] = agreed(self.values_of(expression))
            return found

    def name_of(self, expression: cst.CSTNode) -> str | None:
        """The full name of something outside the project: `boto3.client`, `builtins.print`.

        `requests.Session().get` is a method of what a call of `requests.Session` returned.
        """
        found = self.object_of(expression)
        return found.name if isinstance(found, External) else None

    def value_of(self, expression: cst.CSTNode) -> Constant | Environment | None:
        """The literal that the expression is, or the environment variable that it reads."""
        found = self.object_of(expression)
        return found if isinstance(found, (Constant, Environment)) else None

    def sdk_of(self, expression: cst.CSTNode) -> Sdk | None:
        """The SDK object that the expression is."""
        found = self.object_of(expression)
        return found if isinstance(found, Sdk) else None

    def operation_of(self, call: cst.Call) -> SdkMethod | None:
        """The method of an SDK object that is called, such as `invoke` of a client of `lambda`."""
        found = self.object_of(call.func)
        return found if isinstance(found, SdkMethod) else None

    def invocation_of(self, call: cst.Call) -> Invocation | None:
        """How the call runs another Lambda function, if it does; `ctx.project.invocations` tells which."""
        return self.project.invocations.at(self.module.number, self.module.lowered.call_of[call])

    def is_project_call(self, call: cst.Call) -> bool:
        """Whether the call enters a function, method or class of the project."""
        found = self.values_of(call.func)
        return bool(found) and all(
            not isinstance(v, (External, FromContext, Sdk, SdkMethod)) and v != UNKNOWN for v in found
        )

    def functions_of(self, expression: cst.CSTNode) -> tuple[FunctionKey, ...]:
        """The project functions that the expression may be."""
        return tuple(v.key for v in self.values_of(expression) if isinstance(v, (FunctionValue, Method)))

    def dependence_of(self, expression: cst.CSTNode) -> Dependence:
        """What of the invocation the expression may carry."""
        expr = self.module.lowered.expressions.lower(expression)
        return self.project.dependences.of(self._where(expression), expr)

    def _where(self, node: cst.CSTNode) -> Where:
        lowered = self.module.lowered
        return Where(self.module.number, lowered.scope_index(node), lowered.tree.order[node])

    # -- phases

    def phase_of(self, node: cst.CSTNode) -> Phase:
        """When the node runs; INIT also for what runs once because a guard or a cache keeps its result."""
        order, layout = self.module.tree.order[node], self.module.lowered.layout
        if layout.places[order].in_main:
            return Phase.NEITHER
        scope = layout.places[order].scope
        phase = self._phases.get(scope)
        if phase is None:
            phase = self._phases[scope] = self.project.phases.of_function(self.function_key(node))
        if (phase is Phase.INVOKE or phase is Phase.BOTH) and self._is_once(node, order):
            return Phase.INIT
        return phase

    def nodes_in(self, phases: frozenset[Phase], kind: type[Node]) -> Sequence[Node]:
        """The nodes of exactly this type that run in one of the phases, in source order."""
        key = (phases, kind)
        if key not in self._answers:
            nodes = self.module.tree.of_type(kind)
            self._answers[key] = [node for node in nodes if self.phase_of(node) in phases]
        return cast("Sequence[Node]", self._answers[key])

    def _is_once(self, node: cst.CSTNode, order: int) -> bool:
        guards = self.module.lowered.guards_at(order)
        if not guards:
            return False
        scope, outlives = self.module.lowered.scope_index(node), self.project.phases.outlives
        return any(outlives(self.module.number, scope, order, place) for place in guards)

    def runs_per_invocation(self, node: cst.CSTNode) -> bool:
        """Whether the node runs at each invocation, whatever else."""
        return self.phase_of(node) in {Phase.INVOKE, Phase.BOTH}

    def path_to(self, node: cst.CSTNode) -> tuple[Step, ...]:
        """The calls by which an invocation reaches the node; empty when it is in a handler's own body."""
        return self.project.phases.path_to(self.function_key(node))

    def is_made_per_invocation(self, made: Sdk | Returned) -> bool:
        """Whether the call that made the object runs at each invocation."""
        call = made.call if isinstance(made, Returned) else made.made
        return call is not None and self.project.phases.call_repeats(call)

    def runs_in_lasting_loop(self, node: cst.CSTNode) -> bool:
        """Whether asynchronous code there runs in an event loop that is known to outlive the invocation."""
        return runs_in_lasting_loop(self.project, self.function_key(node))

    def loop_on_path(self, node: cst.CSTNode) -> Step | None:
        """The last call on the path to the node that stands in a loop."""
        for step in reversed(self.path_to(node)):
            calls = self.project.modules[step.module].calls
            if any(call.order == step.order and call.in_loop for call in calls):
                return step
        return None

    def function_key(self, node: cst.CSTNode) -> FunctionKey:
        """The function, lambda or module whose run evaluates the node."""
        return self.project.graph.function_of(self.module.number, self.module.lowered.scope_index(node))

    def call_facts(self, call: cst.Call) -> Call:
        return self.module.lowered.facts.calls[self.module.lowered.call_of[call]]

    # -- handlers

    @property
    def handlers(self) -> tuple[Handler, ...]:
        """The handlers that are functions of this module."""
        return tuple(self._handlers())

    def _handlers(self) -> Iterator[Handler]:
        facts, tree = self.module.lowered.facts, self.module.tree
        for handler in self.project.handlers_in(self.module.number):
            if handler.scope is not None:
                node = tree.nodes[facts.scopes[handler.scope].order]
                if isinstance(node, cst.FunctionDef):
                    yield Handler(node, handler)

    def handlers_reaching(self, node: cst.CSTNode) -> tuple[HandlerFacts, ...]:
        """The handlers whose invocations reach the node."""
        function = self.function_key(node)
        found = self._reaching.get(function)
        if found is None:
            found = self._reaching[function] = self.project.handlers_reaching(function)
        return found

    def is_one_off(self, node: cst.CSTNode) -> bool:
        """Whether only custom resources and secret rotation reach the node, which run now and then."""
        reaching = self.handlers_reaching(node)
        return bool(reaching) and all(ONE_OFF.intersection(handler.sources) for handler in reaching)
