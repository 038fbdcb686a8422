"""One run: files and templates in, a result out."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from lambda_lint.deployment.claims import TERRAFORM, reads_terraform
from lambda_lint.deployment.function import Place
from lambda_lint.deployment.manifests import is_list
from lambda_lint.deployment.metadata import metadata_directives
from lambda_lint.engine import merge, suppress
from lambda_lint.engine.absent import absent_modules
from lambda_lint.engine.check import Draft
from lambda_lint.engine.collector import patient_collector
from lambda_lint.engine.execute import Executor, Means
from lambda_lint.engine.found import Found
from lambda_lint.engine.inputs import Inputs, Texts, text_of
from lambda_lint.engine.locate import Places, findings_of
from lambda_lint.engine.mask import Mask
from lambda_lint.engine.part import PartRunner
from lambda_lint.engine.plan import parts_of
from lambda_lint.engine.task import Task
from lambda_lint.engine.templates import Templates
from lambda_lint.engine.timing import timed
from lambda_lint.engine.units import Units
from lambda_lint.engine.worker import Setup
from lambda_lint.model.finding import Finding, Result
from lambda_lint.model.labels import Confidence
from lambda_lint.model.location import Location, Span
from lambda_lint.semantics.linking import layers_of
from lambda_lint.semantics.project import Project
from lambda_lint.syntax.template_comments import template_directives

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lambda_lint.deployment.function import Template
    from lambda_lint.engine.plan import Part
    from lambda_lint.registry import Registry
    from lambda_lint.settings.options import Settings
    from lambda_lint.syntax.comments import Directive

__all__ = ["Inputs", "Means", "lint"]
TEMPLATE_NOT_READ = "LL905"
NOT_ANALYSED = "LL904"


def lint(inputs: Inputs, settings: Settings, registry: Registry, means: Means | None = None) -> Result:
    """Lint a project."""
    return _Run(inputs, settings, registry, means or Means()).result()


class _Run:
    def __init__(self, inputs: Inputs, settings: Settings, registry: Registry, means: Means) -> None:
        self.inputs, self.settings, self.registry, self.means = inputs, settings, registry, means
        self.runner = PartRunner(settings, registry, inputs.settings_root)
        self.selection = self.runner.selection
        self.texts = Texts(lambda path: text_of(inputs, path, settings.max_file_size))
        self.places = Places(Units(settings.max_file_size), self.texts)
        self.drafts: list[Draft] = []
        """What is wrong with files that no part holds."""
        self.lists: set[str] = set()
        """The lists of requirements that functions are packaged with."""

    def result(self) -> Result:
        times = self.means.times
        with timed(times, "templates"), patient_collector():
            templates = self._templates()
        self.lists = {path for template in templates for path in template.also_in if is_list(path)}
        with timed(times, "plan"):
            tasks = list(self._tasks(templates))
        with timed(times, "analysis"):
            setup = Setup(self.settings, self.inputs.settings_root)
            executor = Executor(self.runner, setup, self.texts, self.means)
            found = executor.run(tasks, thorough=self._is_whole)
        with timed(times, "result"):
            return self._finished([*found, self._own(templates)])

    # -- what there is to do

    def _templates(self) -> tuple[Template, ...]:
        limit, means = self.settings.max_file_size, self.means
        reading = Templates(self.inputs, self.selection.is_test, limit, means.store, means.salt).read()
        for broken in reading.broken:
            length = len(self.texts[broken.path])
            start = min(broken.offset, length)
            at = Place(broken.path, Span(start, min(start + 1, length)))
            self._say(TEMPLATE_NOT_READ, at, broken.message)
        return reading.templates

    def _say(self, code: str, place: Place, message: str) -> None:
        if self.inputs.is_reported(place.path) and self.selection.runs(code, place.path):
            self.drafts.append(Draft(code, place, message, None, Confidence.HIGH))

    def _tasks(self, templates: Sequence[Template]) -> Iterator[Task]:
        by_path = {template.path: template for template in templates}
        parts = self._parts(templates)
        uses = Counter(path for part in parts for path in part.files)
        shared = frozenset(path for path, number in uses.items() if number > 1)
        layers = layers_of(function for template in templates for function in template.functions)
        absent = absent_modules(self.inputs, templates, self._tests)
        for part in parts:
            named = {path for template in part.templates for path in by_path[template].also_in}
            texts = {path: self.texts[path] for path in sorted(named.difference(part.templates))}
            members = frozenset((*part.files, *part.templates, *texts))
            targets = None if self.inputs.targets is None else members & self.inputs.targets
            if targets is None or targets:
                yield Task(
                    files={path: self.inputs.files[path] for path in part.files},
                    templates=tuple(by_path[path] for path in part.templates),
                    texts=texts,
                    inline=frozenset(part.inline),
                    functions=frozenset(part.functions),
                    absent={key: absent[key] for key in part.functions if key in absent},
                    layers=layers,
                    targets=targets,
                    shared=shared.intersection(part.files),
                    describes=self.means.describes,
                )

    def _parts(self, templates: Sequence[Template]) -> list[Part]:
        return parts_of(
            {path: self.texts[path] for path in self.inputs.files},
            templates,
            self.settings.src,
            self._tests,
            whole=self._is_whole,
        )

    @cached_property
    def _tests(self) -> frozenset[str]:
        return frozenset(filter(self.selection.is_test, self.inputs.files))

    @cached_property
    def _is_whole(self) -> bool:
        """Whether a rule looks at the project as a whole."""
        return any(Project in entry.subjects for entry in self.selection.enabled)

    # -- finishing

    def _own(self, templates: Sequence[Template]) -> Found:
        """What is said of files that are in no part."""
        for path in sorted(self.inputs.unreadable):
            message = f"the file cannot be read: {self.inputs.unreadable[path]}"
            self._say(NOT_ANALYSED, Place(path, Span(0, 0)), message)
        return Found(
            findings=tuple(findings_of(self.drafts, self.places, self.runner.entries, self.selection)),
            directives=tuple(
                directive
                for path in sorted({template.path for template in templates} | self.lists)
                if path not in self.inputs.files
                for directive in _directives(path, self.texts[path])
            ),
        )

    def _finished(self, parts: Sequence[Found]) -> Result:
        outcome = suppress.apply(
            merge.findings(parts),
            merge.directives(parts),
            self._rulebook(),
            self._reported(),
            partial=self.inputs.targets is not None,
        )
        unread = {path for part in parts for path in part.unread}
        secrets = tuple(sorted({secret for part in parts for secret in part.secrets}))
        mask = Mask(self.texts[path][span.start : span.end] for path, span in secrets)
        kept = [
            mask.finding(self._hashed(finding))
            for finding in outcome.kept
            # A comment may be there for something in code that could not be analyzed: who knows.
            if finding.code != suppress.UNUSED or finding.location.path not in unread
        ]
        suppressed = [mask.suppressed(entry) for entry in outcome.suppressed]
        shown = {location.path for finding in kept for location in _locations(finding)}
        shown |= {entry.finding.location.path for entry in suppressed}
        return Result(
            findings=tuple(kept),
            suppressed=tuple(suppressed),
            handlers=merge.handlers(parts, self.inputs.files),
            functions=merge.functions(parts),
            rules=tuple(entry.info for entry in self.selection.enabled),
            files=tuple(self._reported()),
            sources={path: mask.text(self.texts[path]) for path in sorted(shown)},
            secrets=secrets,
            root=self.inputs.root,
            crashed=any(part.crashed for part in parts),
        )

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
        others = (path for path in self.inputs.templates if path in self.lists or not is_list(path))
        everything = [*self.inputs.files, *others, *self.inputs.unreadable]
        return sorted(path for path in everything if self.inputs.is_reported(path))


def _directives(path: str, text: str) -> tuple[Directive, ...]:
    """What a template says to us. One that is not read has nothing that could be silenced."""
    if path.endswith(TERRAFORM) and not reads_terraform():
        return ()
    data = () if is_list(path) else metadata_directives(path, text)
    return (*template_directives(path, text), *data)


def _locations(finding: Finding) -> Iterator[Location]:
    yield finding.location
    for note in (*finding.path, *finding.related):
        yield note.location
