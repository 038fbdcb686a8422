"""What is known of the functions of a part, deployed or not: for the commands that show them.

A finding is about a deployed function if a rule looked at that function for it, or if it stands in code that
the function's environment runs, at a cold start or later; so one in shared code is about each that runs it.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from lambda_lint.analyses.deployed_uses import invoked_by, uses_of
from lambda_lint.deployment.fact import Place
from lambda_lint.deployment.function import DeployedFunction, Template
from lambda_lint.knowledge import function_defaults
from lambda_lint.model.deployed import CodeKind, FunctionInfo, Resource, Setting, Trigger
from lambda_lint.model.labels import SourceKind
from lambda_lint.model.location import Span
from lambda_lint.semantics.deployments import Deployment, Spot, deployments_of
from lambda_lint.semantics.homes import Homes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from lambda_lint.deployment.fact import Fact
    from lambda_lint.deployment.function import EventSource
    from lambda_lint.engine.check import Draft
    from lambda_lint.model.finding import Finding
    from lambda_lint.model.location import Location
    from lambda_lint.semantics.handlers import HandlerFacts
    from lambda_lint.semantics.project import Project

DETAILS = (("Method", "Path"), ("RouteKey",), ("Route",), ("ScheduleExpression",), ("Schedule",))
"""Settings of a source that tell which one it is, the most telling first."""
SERVICES = {
    SourceKind.CLOUDWATCH_LOGS: "logs",
    SourceKind.EVENTBRIDGE: "events",
    SourceKind.STEP_FUNCTIONS: "stepfunctions",
}
"""What feeds functions, as clients call it, where sources are called otherwise."""


class Undeployed(Deployment):
    """A handler that no template deploys, as a function of its own."""

    def __init__(self, project: Project, handler: HandlerFacts) -> None:
        path = project.paths[handler.module]
        place = Place(path, Span(0, 0))
        super().__init__(project, Template(path, "", ()), DeployedFunction(handler.name, place))
        self._handler = handler

    @cached_property
    def handlers(self) -> Sequence[HandlerFacts]:
        return (self._handler,)


class Describer:
    """Describes the functions of a project."""

    def __init__(
        self,
        project: Project,
        unread: Iterable[str],
        located: Callable[[Spot | Place], Location],
        found: Iterable[tuple[Draft, Finding]],
    ) -> None:
        """`unread` are the paths of code that cannot be analyzed; `found` is everything, silenced or not."""
        self._project, self._located = project, located
        self._unread = sorted(set(unread))
        self._unread_homes = Homes(self._unread, ())
        self._found = list(found)

    def deployed(self, keys: Iterable[tuple[str, str]]) -> Iterator[FunctionInfo]:
        """The functions of templates, by template and logical id."""
        deployments = self._project.once(deployments_of)
        for key in sorted(keys):
            yield self._deployed(deployments[key])

    def undeployed(self) -> Iterator[FunctionInfo]:
        """Handlers that are functions, and that no template deploys."""
        for handler in self._project.handlers:
            if not handler.deployed:
                deployment = Undeployed(self._project, handler)
                info = FunctionInfo(
                    name=self._name(handler),
                    location=self._located(Spot(handler.module, handler.order)),
                    is_deployed=False,
                    code=CodeKind.FOUND,
                    handlers=(self._name(handler),),
                )
                yield self._with_code(info, deployment)

    def _deployed(self, deployment: Deployment) -> FunctionInfo:
        function = deployment.function
        info = FunctionInfo(
            name=function.name,
            location=self._located(function.place),
            is_deployed=True,
            code=self._code(deployment),
            handler=function.handler,
            handlers=tuple(sorted(map(self._name, deployment.handlers))),
            deployed_name=function.deployed_name,
            runtime=_setting(function, function.runtime, None),
            memory=_setting(function, function.memory, function_defaults.MEMORY),
            timeout=_setting(function, function.timeout, function_defaults.TIMEOUT),
            triggers=tuple(dict.fromkeys(_trigger(deployment, source) for source in function.sources)),
        )
        return self._with_code(info, deployment)

    def _with_code(self, info: FunctionInfo, deployment: Deployment) -> FunctionInfo:
        """What the template does not say."""
        kinds = {kind for handler in deployment.handlers for kind in handler.sources}
        told = {trigger.kind for trigger in info.triggers} | {SourceKind.DURABLE}
        more = tuple(Trigger(kind) for kind in sorted(kinds - told))
        return replace(
            info,
            triggers=(*info.triggers, *more),
            inferred=bool(more) and all(handler.inferred for handler in deployment.handlers),
            uses=uses_of(deployment),
            invokes=invoked_by(deployment),
            about=frozenset(self._about(deployment)),
        )

    def _about(self, deployment: Deployment) -> Iterator[tuple[str, Span, str]]:
        for draft, finding in self._found:
            is_own = draft.deployed == deployment.key
            if is_own or (draft.deployed is None and draft.within in deployment.reached):
                yield finding.location.path, finding.location.span, finding.code

    def _name(self, handler: HandlerFacts) -> str:
        return f"{self._project.paths[handler.module]}:{handler.name}"

    def _code(self, deployment: Deployment) -> CodeKind:
        function = deployment.function
        if function.inline is not None:
            is_read = f"{function.place.path}#{function.name}" in self._project.paths
            return CodeKind.INLINE if is_read else CodeKind.NOT_ANALYSED
        if deployment.handlers:
            return CodeKind.FOUND
        if function.package_type.value == function_defaults.IMAGE:
            return CodeKind.IMAGE
        if function.handler is None or function.folder is None:
            return CodeKind.ELSEWHERE
        return CodeKind.NOT_FOUND if self._unread_homes.exact(function) is None else CodeKind.NOT_ANALYSED


def _setting(function: DeployedFunction, fact: Fact[int] | Fact[str], default: int | str | None) -> Setting:
    if fact.is_absent:
        return Setting(default, is_default=default is not None)
    # What a framework gives a function that says nothing stands where the function does.
    return Setting(fact.value, is_default=fact.value is not None and fact.place == function.place)


def _trigger(deployment: Deployment, source: EventSource) -> Trigger:
    settings = dict(source.settings)
    details = (" ".join(settings.get(name, "") for name in names).strip() for names in DETAILS)
    return Trigger(source.kind, _feeder(deployment, source), next(filter(None, details), None))


def _feeder(deployment: Deployment, source: EventSource) -> Resource | None:
    if source.target is None:
        return None
    service = SERVICES.get(source.kind, source.kind.value)
    declared = {each.id: each.place.path for each in deployment.template.resources}
    if source.target in declared:
        return Resource(service, source.target, declared[source.target], source.target_name)
    return Resource(service, name=source.target)
