"""A deployed function joined with its code: what its environment runs, and which calls that makes."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from lambda_lint.semantics.values import Values, Where

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from lambda_lint.deployment.function import DeployedFunction, Template
    from lambda_lint.semantics.facts import Call
    from lambda_lint.semantics.handlers import HandlerFacts
    from lambda_lint.semantics.phases import Step
    from lambda_lint.semantics.project import Project
    from lambda_lint.semantics.values import FunctionKey


@dataclass(frozen=True, slots=True)
class Spot:
    """A node of a module, by number: what is left of it outside."""

    module: int
    order: int


@dataclass(frozen=True, slots=True)
class ReachedCall:
    """A call that the function's environment makes."""

    module: int
    number: int
    """The call's in its module."""
    call: Call
    callee: Values
    """What is called; `UNKNOWN` among them says that it may be something else too."""
    repeats: bool
    """Whether each invocation may make it; otherwise once per execution environment."""

    @property
    def spot(self) -> Spot:
        """Where it stands."""
        return Spot(self.module, self.call.order)

    @property
    def where(self) -> Where:
        """From where the names in its arguments are looked up."""
        return Where(self.module, self.call.scope, self.call.order)


class Deployment:
    """A deployed function with its code, as far as that is in the project."""

    def __init__(self, project: Project, template: Template, function: DeployedFunction) -> None:
        self.project = project
        self.template = template
        self.function = function

    @property
    def key(self) -> tuple[str, str]:
        """Its template and logical id."""
        return self.template.path, self.function.name

    @cached_property
    def handlers(self) -> Sequence[HandlerFacts]:
        """What its handler names; empty if its code is not in the project, or was not found."""
        return [
            handler
            for handler in self.project.handlers
            if any(function is self.function for function in handler.deployed)
        ]

    @property
    def together(self) -> tuple[DeployedFunction, ...]:
        """All functions that are deployed with it, itself included: those of its template or its stack."""
        return (*self.template.functions, *self.template.others)

    @cached_property
    def roots(self) -> tuple[FunctionKey, ...]:
        """What an invocation enters."""
        return tuple(root for handler in self.handlers for root in handler.roots)

    @cached_property
    def repeated(self) -> frozenset[FunctionKey]:
        """The functions and lambdas that an invocation may run."""
        return frozenset(self.project.phases.reached_from(self.roots))

    @cached_property
    def reached(self) -> frozenset[FunctionKey]:
        """All functions, lambdas and modules that its environment may run, at a cold start or later.

        They are of modules that are imported with its handlers: a decorator of many handlers may call any of
        them, and calls this function's own.
        """
        modules = self.project.imported_from(handler.module for handler in self.handlers)
        seen = {*self.roots, *((module, 0) for module in modules)}
        queue = deque(seen)
        while queue:
            for edge in self.project.graph.edges.get(queue.popleft(), ()):
                if not edge.in_main and edge.callee not in seen and edge.callee[0] in modules:
                    seen.add(edge.callee)
                    queue.append(edge.callee)
        return frozenset(seen)

    @cached_property
    def calls(self) -> tuple[ReachedCall, ...]:
        """All calls of what is reached, by module and place."""
        return tuple(self._calls())

    def path_to(self, call: ReachedCall) -> tuple[Step, ...]:
        """The calls by which an invocation comes to one; empty in the handler's own body."""
        function = self.project.graph.function_of(call.module, call.call.scope)
        return self.project.phases.path_from(self.roots, function)

    def _calls(self) -> Iterator[ReachedCall]:
        project, callees = self.project, self.project.once(_Callees)
        for module in sorted({module for module, _ in self.reached}):
            for number, call in enumerate(project.modules[module].calls):
                function = project.graph.function_of(module, call.scope)
                if function in self.reached and not call.in_main:
                    repeats = function in self.repeated and project.phases.call_repeats((module, number))
                    yield ReachedCall(module, number, call, callees.of(module, number), repeats)


class _Callees:
    """What the calls of a project call; functions share much of their code."""

    def __init__(self, project: Project) -> None:
        self._evaluator = project.evaluator
        self._known: dict[tuple[int, int], Values] = {}

    def of(self, module: int, number: int) -> Values:
        key = (module, number)
        if key not in self._known:
            call = self._evaluator.call(key)
            self._known[key] = self._evaluator.values(Where(module, call.scope, call.order), call.func)
        return self._known[key]


def deployments_of(project: Project) -> Mapping[tuple[str, str], Deployment]:
    """The deployed functions whose code may be here, by template and logical id. For `Project.once`."""
    present = set(map(id, project.present))
    return {
        (template.path, function.name): Deployment(project, template, function)
        for template in project.templates
        for function in template.functions
        if id(function) in present
    }
