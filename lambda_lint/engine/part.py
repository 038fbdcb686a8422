"""One part of a project: parsed, linked, checked. What comes of it is plain data."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import TYPE_CHECKING

from lambda_lint.deployment.function import Place
from lambda_lint.edits import Edits
from lambda_lint.engine.check import Active, Draft, check_deployments, check_module, check_project
from lambda_lint.engine.found import Found
from lambda_lint.engine.inputs import Texts
from lambda_lint.engine.locate import Places, findings_of, spots_of
from lambda_lint.engine.mask import Mask
from lambda_lint.engine.timing import busy
from lambda_lint.engine.units import SHARED_CHARACTERS, Shelf, Units, start_of
from lambda_lint.model.finding import HandlerInfo
from lambda_lint.model.labels import Confidence
from lambda_lint.model.location import Span
from lambda_lint.selection import Selection
from lambda_lint.semantics.context import Module
from lambda_lint.semantics.deployments import Spot, deployments_of
from lambda_lint.semantics.project import Project
from lambda_lint.syntax.comments import directives, may_direct

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from lambda_lint.engine.task import Task
    from lambda_lint.engine.units import Problem
    from lambda_lint.model.deployed import FunctionInfo
    from lambda_lint.model.finding import Finding
    from lambda_lint.model.location import Location
    from lambda_lint.registry import Registry
    from lambda_lint.settings.options import Settings
    from lambda_lint.syntax.comments import Directive
    from lambda_lint.syntax.source import Source
    from lambda_lint.syntax.tree import Tree

CRASHED = "LL901"


class PartRunner:
    """Analyzes parts, one after another, with the same settings and rules."""

    def __init__(self, settings: Settings, registry: Registry, settings_root: str) -> None:
        self.settings = settings
        self.selection = Selection(settings, registry, Path(settings_root))
        self.shelf = Shelf(SHARED_CHARACTERS)
        """Modules that several parts have."""
        self.entries = {entry.info.code: entry for entry in registry.entries}
        self.rules = [
            Active(entry, self.selection.rule(entry))
            for entry in self.selection.enabled
            if entry.rule_type is not None
        ]
        self._wanted: dict[int, list[Active]] = {}

    def run(self, task: Task, begin: Callable[[str], None] = lambda _path: None) -> Found:
        """Analyze a part; `begin` is told each file before it is touched."""
        with warnings.catch_warnings():
            # Python says what it does not like in a string whenever it compiles the code; we need not.
            warnings.simplefilter("ignore")
            return _Run(self, task, begin).found()

    def wanted(self, path: str) -> list[Active]:
        """The rules that run on a file."""
        entries = self.selection.for_path(path)
        key = id(entries)  # one of the few tuples that the selection keeps
        if key not in self._wanted:
            codes = {entry.info.code for entry in entries}
            self._wanted[key] = [rule for rule in self.rules if rule.entry.info.code in codes]
        return self._wanted[key]


class _Run:
    def __init__(self, runner: PartRunner, task: Task, begin: Callable[[str], None]) -> None:
        self.runner, self.task, self.begin = runner, task, begin
        self.units = units = Units(runner.settings.max_file_size, task.fatal, runner.shelf, task.shared)
        self.drafts: list[Draft] = []
        told = {**task.texts, **{template.path: template.text for template in task.templates}}
        self.texts = Texts(lambda path: told[path] if path in told else units.text_of(path))
        self.places = Places(self.units, self.texts)
        self.directives: list[Directive] = []
        self.times: dict[str, float] = {}

    def found(self) -> Found:
        with busy(self.times, "parse"):
            self.units.load(self.task.files, self.task.templates, self.task.inline, self.begin)
        self._report_problems()
        with busy(self.times, "link"):
            project = self._project()
        self._check(project)
        with busy(self.times, "report"):
            return self._finished(project)

    def _is_reported(self, path: str) -> bool:
        return self.task.targets is None or path in self.task.targets

    def _report_problems(self) -> None:
        for problem in self.units.problems:
            path = problem.source.path
            if self._is_reported(path) and self.runner.selection.runs(problem.code, path):
                place = _place_of(problem)
                self.drafts.append(Draft(problem.code, place, problem.message, None, Confidence.HIGH))

    def _project(self) -> Project:
        is_test = self.runner.selection.is_test
        return Project(
            self.units.facts,
            templates=self.task.templates,
            inline=self.units.inline,
            roots=self.runner.settings.src,
            configured=self.runner.settings.handlers,
            tests=[number for number, source in enumerate(self.units.sources) if is_test(source.path)],
            layers=self.task.layers,
            absent=self.task.absent,
            elsewhere=lambda function: (function.place.path, function.name) not in self.task.functions,
        )

    # -- checking

    def _check(self, project: Project) -> None:
        """Visit each module once, as its tree may have to be parsed again for it."""
        handlers: dict[int, list[Spot]] = {}
        for handler in project.handlers:
            handlers.setdefault(handler.module, []).append(Spot(handler.module, handler.order))
        for number in self.units.in_good_order():
            source = self.units.sources[number]
            if self._is_reported(source.path):
                self.begin(source.path)
                self._check_module(number, project, handlers.get(number, []))
            elif may_direct(source.text):
                self._listen(source, self.units.unit(number).lowered.tree)
        self._check_deployments(project)
        anchor = Place(
            min([*self.task.files, *(template.path for template in self.task.templates)], default="."),
            Span(0, 0),
        )
        self.drafts.extend(check_project(project, self.runner.rules, anchor))

    def _check_deployments(self, project: Project) -> None:
        """Look at all functions of the part: what is wrong with one may stand in its template or its code."""
        own = self.task.functions
        deployments = [each for key, each in project.once(deployments_of).items() if key in own]
        with busy(self.times, "rules"):
            drafts = check_deployments(deployments, self.runner.rules, self.times)
        for draft in drafts:
            at = draft.at
            path = at.path if isinstance(at, Place) else self.units.sources[at.module].path
            # That a rule crashed is told wherever the rule would have spoken.
            if self._is_reported(path) and (draft.code == CRASHED or self._runs(draft.code, path)):
                self.drafts.append(draft)

    def _runs(self, code: str, path: str) -> bool:
        return any(active.entry.info.code == code for active in self.runner.wanted(path))

    def _is_told(self, draft: Draft) -> bool:
        """Whether it is of a file to report on: what a module shows may be wrong with a template."""
        return not isinstance(draft.at, Place) or self._is_reported(draft.at.path)

    def _check_module(self, number: int, project: Project, handlers: list[Spot]) -> None:
        unit = self.units.unit(number)
        module = Module(number, unit.source, unit.lowered, number in project.tests)
        edits = Edits(module) if unit.source.host is None else None
        with busy(self.times, "rules"):
            drafts = check_module(module, project, self.runner.wanted(module.path), self.times, edits)
        self.drafts.extend(draft for draft in drafts if self._is_told(draft))
        own = (spot for draft in drafts for spot in spots_of(draft) if spot.module == number)
        with busy(self.times, "positions"):
            self.places.look_up([*own, *handlers], edits.spans if edits and edits.has_spans else None)
        self._listen(unit.source, unit.lowered.tree)

    def _listen(self, source: Source, tree: Tree | None) -> None:
        """Keep the comments of a file that speak to us."""
        self.directives.extend(directives(source, tree))

    # -- finishing

    def _finished(self, project: Project) -> Found:
        for problem in self.units.problems:
            self._listen(problem.source, None)
        findings = findings_of(self.drafts, self.places, self.runner.entries, self.runner.selection)
        mask = Mask.of_secrets(secret for draft in self.drafts for secret in draft.secrets)
        crashed = any(draft.code == CRASHED for draft in self.drafts)
        return Found(
            findings=tuple(mask.finding(finding) for finding in findings),
            directives=tuple(self.directives),
            handlers=tuple(self._handlers(project)),
            functions=tuple(self._functions(project, findings)) if self.task.describes else (),
            unread=tuple(sorted({problem.source.path for problem in self.units.problems})),
            secrets=tuple(sorted(self._located(mask))),
            crashed=crashed,
            is_repeatable=not crashed and not self.task.fatal,
            times=self.times,
        )

    def _functions(self, project: Project, findings: Sequence[Finding]) -> Iterator[FunctionInfo]:
        from lambda_lint.engine.functions import Describer  # noqa: PLC0415 - only a few commands ask

        unread = (problem.source.path for problem in self.units.problems)
        found = zip(self.drafts, findings, strict=True)
        describer = Describer(project, unread, self._location, found)
        yield from describer.deployed(self.task.functions)
        yield from describer.undeployed()

    def _location(self, at: Spot | Place) -> Location:
        """The place of something; the start of its file if that was not looked at."""
        if isinstance(at, Place):
            return self.places.of(at)
        return self.places.known(at) or self.units.sources[at.module].location(Span(0, 0))

    def _located(self, mask: Mask) -> Iterator[tuple[str, Span]]:
        """A place of each masked text that stands in a file, so that nobody has to keep the text itself."""
        paths = sorted({source.path for source in self.units.sources})
        for secret in mask.texts:
            for path in paths:
                start = self.texts[path].find(secret)
                if start >= 0:
                    yield path, Span(start, start + len(secret))
                    break

    def _handlers(self, project: Project) -> Iterator[HandlerInfo]:
        for handler in project.handlers:
            reached = project.phases.reached_from(handler.roots) - {(handler.module, handler.scope or 0)}
            names = {
                f"{project.paths[module]}:{project.modules[module].scopes[scope].qualname}"
                for module, scope in reached
                if scope
            }
            yield HandlerInfo(
                name=f"{project.paths[handler.module]}:{handler.name}",
                location=self._location(Spot(handler.module, handler.order)),
                origins=tuple(handler.origins),
                sources=tuple(handler.sources),
                inferred=handler.inferred,
                function=handler.deployed[0].name if handler.deployed else None,
                reaches=tuple(sorted(names)),
            )


def _place_of(problem: Problem) -> Place:
    location = problem.source.location(start_of(problem))
    return Place(location.path, location.span)
