"""The linked project: modules, templates, handlers, calls, phases, data dependence."""

from __future__ import annotations

from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeVar, cast

from lambda_lint.semantics.callgraph import CallGraph
from lambda_lint.semantics.dependence import Dependence, Dependences
from lambda_lint.semantics.evaluate import Evaluator
from lambda_lint.semantics.facts import ParamKind, ScopeKind
from lambda_lint.semantics.handlers import Discovery, HandlerFacts
from lambda_lint.semantics.invoked import Invocations
from lambda_lint.semantics.linking import Linker, layers_of
from lambda_lint.semantics.phases import Phases
from lambda_lint.semantics.sources import infer
from lambda_lint.semantics.values import UNKNOWN, FromContext, FunctionKey

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from lambda_lint.deployment.function import DeployedFunction, Template
    from lambda_lint.semantics.facts import ModuleFacts

Answer = TypeVar("Answer")


class Project:
    """Everything that is known across modules. Built from facts alone; no tree is needed."""

    def __init__(
        self,
        modules: Sequence[ModuleFacts],
        *,
        templates: Sequence[Template] = (),
        inline: Mapping[tuple[str, str], int] | None = None,
        roots: Iterable[str] = (),
        configured: Iterable[str] = (),
        tests: Iterable[int] = (),
        layers: Mapping[str, tuple[str, ...]] | None = None,
        absent: Mapping[tuple[str, str], str] = MappingProxyType({}),
        elsewhere: Callable[[DeployedFunction], bool] = lambda _function: False,
    ) -> None:
        """`layers` says which layers the functions of a code folder have; None leaves it to the templates.

        `absent` are functions, by template and logical id, whose module is known to be missing in their
        folder, with the path of a file like it, or "".
        The code of functions that are `elsewhere` is not among the modules: they have names, and no handler.
        """
        self._answers: dict[object, object] = {}
        self.modules = modules
        self.paths = [facts.path for facts in modules]
        self.templates = templates
        self.absent = absent
        self.functions: tuple[DeployedFunction, ...] = tuple(f for t in templates for f in t.functions)
        self.tests = frozenset(tests)
        self.linker = Linker(self.paths, roots, layers_of(self.functions) if layers is None else layers)
        self.evaluator = Evaluator(modules, self.linker)
        self.graph = CallGraph(self.evaluator, self.tests)
        discovery = Discovery(self.graph, self.paths, self.tests, dict(inline or {}))
        self.present = tuple(function for function in self.functions if not elsewhere(function))
        """The functions whose code, if it is known at all, is among the modules."""
        self.handlers: list[HandlerFacts] = discovery.run(self.present, configured)
        self.unresolved = tuple(discovery.unresolved)
        """Functions of templates whose handler is not in the project's files."""
        self.dependences = Dependences(self.evaluator, self._inputs())
        for handler in self.handlers:
            if not handler.sources:
                handler.sources = infer(self.graph, self.dependences, handler)
                handler.inferred = bool(handler.sources)
        entries = [root for handler in self.handlers for root in handler.roots]
        self.initial_modules = self.imported_from(handler.module for handler in self.handlers)
        """The modules that hold a handler, and those that its environment imports."""
        self.phases = Phases(self.graph, entries, self.initial_modules)

    def once(self, question: Callable[[Project], Answer]) -> Answer:
        """The answer to a question about the whole project, worked out once.

        Give a class or a function of a module, not one made anew: it is what the answer is known by. An
        answer should hold what it needs of the project, not the project: then both are freed at once.
        """
        if question not in self._answers:
            self._answers[question] = question(self)
        return cast("Answer", self._answers[question])

    @cached_property
    def _handlers_by_module(self) -> Mapping[int, Sequence[HandlerFacts]]:
        found: dict[int, list[HandlerFacts]] = {}
        for handler in self.handlers:
            found.setdefault(handler.module, []).append(handler)
        return found

    @cached_property
    def _handlers_by_root(self) -> Mapping[FunctionKey, Sequence[int]]:
        found: dict[FunctionKey, list[int]] = {}
        for number, handler in enumerate(self.handlers):
            for root in handler.roots:
                found.setdefault(root, []).append(number)
        return found

    def handlers_in(self, module: int) -> Sequence[HandlerFacts]:
        """The handlers of a module."""
        return self._handlers_by_module.get(module, ())

    def handlers_reaching(self, function: FunctionKey) -> tuple[HandlerFacts, ...]:
        """The handlers whose invocations reach a function."""
        roots = self.phases.handlers_of(function)
        numbers = {number for root in roots for number in self._handlers_by_root.get(root, ())}
        return tuple(self.handlers[number] for number in sorted(numbers))

    @cached_property
    def invocations(self) -> Invocations:
        """Where the project's functions run other functions."""
        return Invocations(
            self.graph, self.dependences, self.phases, self.handlers, self.functions, self.tests
        )

    def _inputs(self) -> dict[tuple[FunctionKey, str], Dependence]:
        """What the platform, or an application with registered functions, passes to whom."""
        inputs: dict[tuple[FunctionKey, str], Dependence] = {}
        for registered in sorted(self.graph.registrations.registered):
            for name in self._passed_parameters(registered):
                inputs[registered, name] = Dependence.EVENT
        for handler in self.handlers:
            for root in handler.roots:
                names = self._passed_parameters(root)
                for name, carried in zip(names, (Dependence.EVENT, Dependence.CONTEXT), strict=False):
                    inputs[root, name] = carried
        self.evaluator.settle(
            {
                parameter: (FromContext() if carried == Dependence.CONTEXT else UNKNOWN,)
                for parameter, carried in inputs.items()
            }
        )
        return inputs

    def _passed_parameters(self, key: FunctionKey) -> list[str]:
        scope = self.evaluator.scope(key)
        names = [param.name for param in scope.params if param.kind is ParamKind.PLAIN]
        in_class = (
            scope.parent is not None
            and self.modules[key[0]].scopes[scope.parent].kind is ScopeKind.CLASS
            and "builtins.staticmethod" not in self.evaluator.decorator_names(key)
        )
        return names[1:] if in_class else names

    def imported_from(self, modules: Iterable[int]) -> set[int]:
        """These modules, and all of the project that are imported with them; never tests."""
        pending = sorted(set(modules))
        seen = set(pending)
        while pending:
            module = pending.pop()
            for target in self._imports(module):
                if target not in seen and target not in self.tests:
                    seen.add(target)
                    pending.append(target)
        return seen

    def _imports(self, module: int) -> Iterable[int]:
        for imported in self.modules[module].imports:
            names = [imported.module]
            if imported.name is not None and imported.name != "*":
                names.append(f"{imported.module}.{imported.name}" if imported.module else imported.name)
            for name in names:
                target = self.linker.resolve(module, name, imported.level)
                if target is not None:
                    yield target
