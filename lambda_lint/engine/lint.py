"""One run: files and templates in, a result out."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from lambda_lint.deployment.function import Place, Template
from lambda_lint.deployment.reader import decode, read_template
from lambda_lint.edits import Edits
from lambda_lint.engine import suppress
from lambda_lint.engine.check import Active, Draft, Spot, check_functions, check_module, check_project
from lambda_lint.engine.collector import patient_collector
from lambda_lint.engine.inputs import Inputs
from lambda_lint.engine.locate import Mask, Places, findings_of, spots_of
from lambda_lint.engine.units import Memory, Units, start_of
from lambda_lint.errors import TemplateError
from lambda_lint.model.finding import Finding, HandlerInfo, Result
from lambda_lint.model.labels import Confidence
from lambda_lint.model.location import Location, Span
from lambda_lint.selection import Selection
from lambda_lint.semantics.context import Module
from lambda_lint.semantics.project import Project
from lambda_lint.syntax.comments import directives, may_direct, template_directives
from lambda_lint.syntax.deep import with_deep_stack

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from lambda_lint.engine.units import Problem
    from lambda_lint.registry import Registry
    from lambda_lint.settings.options import Settings
    from lambda_lint.syntax.comments import Directive
    from lambda_lint.syntax.source import Source
    from lambda_lint.syntax.tree import Tree

__all__ = ["Inputs", "lint"]

TEMPLATE_NOT_READ = "LL905"
NOT_ANALYSED = "LL904"
CRASHED = "LL901"


def lint(
    inputs: Inputs,
    settings: Settings,
    registry: Registry,
    progress: Callable[[int, int], None] | None = None,
    memory: Memory | None = None,
) -> Result:
    """Lint a project. `progress` is told how many of how many steps are done.

    With the same `memory` a later run parses only what has changed.
    """
    memory = memory or Memory()
    with patient_collector():
        return with_deep_stack(lambda: _Run(inputs, settings, registry, progress, memory).result())


class _Run:
    def __init__(
        self,
        inputs: Inputs,
        settings: Settings,
        registry: Registry,
        progress: Callable[[int, int], None] | None,
        memory: Memory,
    ) -> None:
        self.inputs, self.settings, self.registry = inputs, settings, registry
        self.selection = Selection(settings, registry, Path(inputs.settings_root))
        self.units = memory.units = Units(settings.max_file_size, memory.units)
        self.drafts: list[Draft] = []
        self.texts: dict[str, str] = {}
        self.places = Places(self.units, self.texts)
        self.directives: dict[str, list[Directive]] = {}
        self._progress = progress
        self._done, self._total = 0, 2 * len(inputs.files)

    def _tick(self) -> None:
        self._done += 1
        if self._progress is not None:
            self._progress(min(self._done, self._total), self._total)

    def result(self) -> Result:
        templates = [template for path in sorted(self.inputs.templates) for template in self._template(path)]
        self.units.load(self.inputs.files, iter(templates), self._tick)
        self.texts.update((template.path, template.text) for template in templates)
        self._report_problems()
        project = self._project(templates)
        rules = [Active(e, self.selection.rule(e)) for e in self.selection.enabled if e.rule_type is not None]
        self._check(project, templates, rules)
        return self._finish(project, templates)

    # -- reading

    def _template(self, path: str) -> Iterable[Template]:
        data = self.inputs.templates[path]
        try:
            yield read_template(path, data)
        except TemplateError as error:
            try:
                self.texts[path] = decode(data)
            except TemplateError:
                self.texts[path] = ""
            offset = min(error.offset, len(self.texts[path]))
            place = Place(path, Span(offset, min(offset + 1, len(self.texts[path]))))
            self._tool_finding(TEMPLATE_NOT_READ, place, str(error))

    def _report_problems(self) -> None:
        for path in sorted(self.inputs.unreadable):
            self.texts.setdefault(path, "")
            message = f"the file cannot be read: {self.inputs.unreadable[path]}"
            self._tool_finding(NOT_ANALYSED, Place(path, Span(0, 0)), message)
        for problem in self.units.problems:
            self.texts.setdefault(problem.source.path, problem.source.file_text)
            self._tool_finding(problem.code, _place_of(problem), problem.message)

    def _tool_finding(self, code: str, place: Place, message: str) -> None:
        if self.inputs.is_reported(place.path) and self.selection.runs(code, place.path):
            self.drafts.append(Draft(code, place, message, None, Confidence.HIGH))

    def _project(self, templates: list[Template]) -> Project:
        tests = [n for n, source in enumerate(self.units.sources) if self.selection.is_test(source.path)]
        return Project(
            self.units.facts,
            templates=templates,
            inline=self.units.inline,
            roots=self.settings.src,
            configured=self.settings.handlers,
            tests=tests,
        )

    # -- checking

    def _check(self, project: Project, templates: list[Template], rules: list[Active]) -> None:
        """Visit each module once, as its tree may have to be parsed again for it."""
        handlers: dict[int, list[Spot]] = {}
        for handler in project.handlers:
            handlers.setdefault(handler.module, []).append(Spot(handler.module, handler.order))
        for number in self.units.in_good_order():
            if self.inputs.is_reported(self.units.sources[number].path):
                self._check_module(number, project, rules, handlers.get(number, []))
            self._tick()
        for template in templates:
            if self.inputs.is_reported(template.path):
                self.drafts.extend(check_functions(template.functions, self._wanted(template.path, rules)))
        anchor = Place(min([*self.inputs.files, *self.inputs.templates], default="."), Span(0, 0))
        self.drafts.extend(check_project(project, rules, anchor))

    def _check_module(self, number: int, project: Project, rules: list[Active], handlers: list[Spot]) -> None:
        unit = self.units.unit(number)
        module = Module(number, unit.source, unit.lowered, number in project.tests)
        edits = Edits(module) if unit.source.host is None else None
        drafts = list(check_module(module, project, self._wanted(module.path, rules), edits))
        self.drafts.extend(drafts)
        own = (spot for draft in drafts for spot in spots_of(draft) if spot.module == number)
        self.places.look_up([*own, *handlers], edits.spans if edits and edits.has_spans else None)
        self._listen(unit.source, unit.lowered.tree)

    def _wanted(self, path: str, rules: list[Active]) -> list[Active]:
        wanted = {entry.info.code for entry in self.selection.for_path(path)}
        return [each for each in rules if each.entry.info.code in wanted]

    def _listen(self, source: Source, tree: Tree | None) -> None:
        """Keep the comments of a file that speak to us."""
        found = directives(source, tree)
        if found:
            self.directives.setdefault(source.path, []).extend(found)
            self.texts.setdefault(source.path, source.file_text)

    # -- finishing

    def _finish(self, project: Project, templates: list[Template]) -> Result:
        entries = {entry.info.code: entry for entry in self.registry.entries}
        findings = _without_repeats(findings_of(self.drafts, self.places, entries, self.selection))
        outcome = suppress.apply(
            findings,
            self._all_directives(templates),
            self._rulebook(),
            self._reported(),
            partial=self.inputs.targets is not None,
        )
        mask = Mask(secret for draft in self.drafts for secret in draft.secrets)
        kept = [mask.finding(self._hashed(finding)) for finding in outcome.kept if self._is_judged(finding)]
        suppressed = [mask.suppressed(entry) for entry in outcome.suppressed]
        handlers = self._handlers(project)
        shown = {location.path for finding in kept for location in _locations(finding)}
        shown |= {entry.finding.location.path for entry in suppressed}
        return Result(
            findings=tuple(kept),
            suppressed=tuple(suppressed),
            handlers=tuple(handlers),
            rules=tuple(entry.info for entry in self.selection.enabled),
            files=tuple(self._reported()),
            sources={path: mask.text(self.texts.get(path, "")) for path in sorted(shown)},
            root=self.inputs.root,
            crashed=any(draft.code == CRASHED for draft in self.drafts),
        )

    def _is_judged(self, finding: Finding) -> bool:
        """A comment may be there for something in code that could not be analyzed: who knows."""
        unread = (problem.source.path for problem in self.units.problems)
        return finding.code != suppress.UNUSED or finding.location.path not in unread

    def _hashed(self, finding: Finding) -> Finding:
        if finding.line_hash:
            return finding

        at = finding.location
        return replace(finding, line_hash=self.places.line_hash(at), line_key=self.places.line_key(at))

    def _rulebook(self) -> suppress.Rulebook:
        infos = self.registry.infos
        return suppress.Rulebook(
            codes={**{info.name: info.code for info in infos}, **{info.code: info.code for info in infos}},
            categories={info.code: info.category for info in infos},
            enabled={entry.info.code for entry in self.selection.enabled},
            runs=self.selection.runs,
        )

    def _reported(self) -> list[str]:
        everything = [*self.inputs.files, *self.inputs.templates, *self.inputs.unreadable]
        return sorted(path for path in everything if self.inputs.is_reported(path))

    def _all_directives(self, templates: list[Template]) -> dict[str, list[Directive]]:
        """The directives of every file that a finding or a step on its path may stand in."""
        for number in self.units.in_good_order():
            source = self.units.sources[number]
            if not self.inputs.is_reported(source.path) and may_direct(source.text):
                self._listen(source, self.units.unit(number).lowered.tree)
        for problem in self.units.problems:
            self._listen(problem.source, None)
        for template in templates:
            found = template_directives(template.path, template.text)
            self.directives.setdefault(template.path, []).extend(found)
        return self.directives

    def _handlers(self, project: Project) -> list[HandlerInfo]:
        infos = []
        for handler in project.handlers:
            reached = project.phases.reached_from(handler.roots) - {(handler.module, handler.scope or 0)}
            names = {
                f"{project.paths[module]}:{project.modules[module].scopes[scope].qualname}"
                for module, scope in reached
                if scope
            }
            spot = Spot(handler.module, handler.order)
            start = self.units.sources[handler.module].location(Span(0, 0))
            infos.append(
                HandlerInfo(
                    name=f"{project.paths[handler.module]}:{handler.name}",
                    location=self.places.known(spot) or start,
                    origins=tuple(handler.origins),
                    sources=tuple(handler.sources),
                    inferred=handler.inferred,
                    function=handler.deployed[0].name if handler.deployed else None,
                    reaches=tuple(sorted(names)),
                )
            )
        return infos


def _place_of(problem: Problem) -> Place:
    location = problem.source.location(start_of(problem))
    return Place(location.path, location.span)


def _locations(finding: Finding) -> Iterable[Location]:
    yield finding.location
    for note in (*finding.path, *finding.related):
        yield note.location


def _without_repeats(findings: list[Finding]) -> list[Finding]:
    """One finding a place and rule: inline code that two functions share is one text in the template."""
    unique = {(f.location, f.code, f.message): f for f in reversed(findings)}
    return sorted(unique.values(), key=lambda finding: finding.order)
