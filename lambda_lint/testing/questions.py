"""Questions to the semantic model, asked by comments on the lines of a page.

    s3 = boto3.client("s3")  # name: boto3.client  # sdk: client s3
    def main(event, context):  # handler: convention  # phase: invoke

On a line with a statement the question is about its expression: what is assigned, returned, iterated over,
tested, or stands alone. On a line with `def` it is about the function; its phase is that of its body.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import libcst as cst

from lambda_lint.analyses.flows import flows_into
from lambda_lint.deployment.reader import read_template
from lambda_lint.engine.units import Units
from lambda_lint.semantics.context import Context, Module
from lambda_lint.semantics.project import Project
from lambda_lint.semantics.values import Constant, Environment
from lambda_lint.settings.options import DEFAULT, Settings
from lambda_lint.settings.patterns import Patterns
from lambda_lint.syntax.spans import spans_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lambda_lint.testing.annotations import Annotation
    from lambda_lint.testing.cases import Case, CaseFile

UNKNOWN = "unknown"
NONE = "none"
STATEMENTS = (cst.SimpleStatementLine, cst.BaseCompoundStatement)


@dataclass(frozen=True, slots=True)
class Model:
    """The model of a case."""

    project: Project
    units: Units

    def context(self, path: str) -> Context:
        """The questions about one file. KeyError if the file is not valid Python."""
        number = {source.path: number for number, source in enumerate(self.units.sources)}[path]
        unit = self.units.unit(number)
        module = Module(number, unit.source, unit.lowered, number in self.project.tests)
        return Context(module, self.project)


def model_of(case: Case, settings: Settings = DEFAULT) -> Model:
    """The linked project of a case."""
    written = {file.path: file.text.encode() for file in (*case.templates, *case.files)}
    templates = [read_template(file.path, written[file.path], written) for file in case.templates]
    units = Units(settings.max_file_size)
    units.load({file.path: file.text.encode() for file in case.files}, templates)
    tests = Patterns(settings.test_paths)
    project = Project(
        units.facts,
        templates=templates,
        inline=units.inline,
        roots=settings.src,
        configured=settings.handlers,
        tests=[number for number, source in enumerate(units.sources) if tests.match(source.path)],
    )
    return Model(project, units)


def wrong_answers(case: Case, settings: Settings = DEFAULT) -> Iterator[str]:
    """Each question of the case that the model answers otherwise than the comment says."""
    model = model_of(case, settings)
    for file in case.files:
        if not file.questions:
            continue
        ctx = model.context(file.path)
        subjects = _subjects(ctx)
        for question in file.questions:
            yield from _wrong(ctx, file, question, subjects.get(question.line))


def _wrong(ctx: Context, file: CaseFile, question: Annotation, subject: cst.CSTNode | None) -> Iterator[str]:
    where = f"{file.path}:{question.line} (page {file.line + question.line - 1})"
    line = file.text.split("\n")[question.line - 1].strip()
    if subject is None:
        yield f"{where}: nothing to ask about begins on this line: {line}"
        return
    answer = QUESTIONS[question.key](ctx, subject)
    if answer != question.text:
        yield f"{where}: {line}\n    {question.key} is `{answer}`, not `{question.text}`"


def _subjects(ctx: Context) -> dict[int, cst.CSTNode]:
    """By line: the last thing that begins there and can be asked about."""
    tree, source = ctx.module.tree, ctx.module.source
    statements = [node for node in tree.nodes if isinstance(node, STATEMENTS)]
    spans = spans_of(tree, source, statements)
    found: dict[int, cst.CSTNode] = {}
    for node in statements:
        subject = _subject(node)
        if subject is not None:
            found[source.line_of(spans[node].start)] = subject
    return found


def _subject(node: cst.CSTNode) -> cst.CSTNode | None:
    match node:
        case cst.SimpleStatementLine():
            return _expression(node.body[-1])
        case cst.FunctionDef() | cst.ClassDef():
            return node
        case cst.If() | cst.While():
            return node.test
        case cst.For():
            return node.iter
        case cst.With():
            return node.items[-1].item
        case cst.Match():
            return node.subject
        case _:
            return None


def _expression(small: cst.CSTNode) -> cst.CSTNode | None:
    match small:
        case (
            cst.Expr(value=value)
            | cst.Assign(value=value)
            | cst.AnnAssign(value=value)
            | cst.AugAssign(value=value)
            | cst.Return(value=value)
        ):
            return value.expression if isinstance(value, cst.Await) else value
        case cst.Raise(exc=value) | cst.Assert(test=value):
            return value
        case _:
            return small


def _name(ctx: Context, subject: cst.CSTNode) -> str:
    return ctx.name_of(subject) or UNKNOWN


def _value(ctx: Context, subject: cst.CSTNode) -> str:
    match ctx.value_of(subject):
        case Constant(value):
            return repr(value)
        case Environment(name):
            return f"environment {name}"
        case _:
            return UNKNOWN


def _sdk(ctx: Context, subject: cst.CSTNode) -> str:
    found = ctx.sdk_of(subject)
    if found is None:
        return NONE
    parts = (found.kind.value, found.service or UNKNOWN, found.name)
    return " ".join(part for part in parts if part)


def _operation(ctx: Context, subject: cst.CSTNode) -> str:
    found = ctx.operation_of(subject) if isinstance(subject, cst.Call) else None
    return NONE if found is None else f"{found.owner.service or UNKNOWN} {found.name}"


def _phase(ctx: Context, subject: cst.CSTNode) -> str:
    return ctx.phase_of(subject.body if isinstance(subject, cst.FunctionDef) else subject).value


def _path(ctx: Context, subject: cst.CSTNode) -> str:
    steps = ctx.path_to(subject.body if isinstance(subject, cst.FunctionDef) else subject)
    return " > ".join([step.caller for step in steps[:1]] + [step.callee for step in steps]) or NONE


def _calls(ctx: Context, subject: cst.CSTNode) -> str:
    """The project functions that the called expression may be, by name."""
    keys = ctx.functions_of(subject.func) if isinstance(subject, cst.Call) else ()
    names = {ctx.project.modules[module].scopes[scope].qualname for module, scope in keys}
    return ", ".join(sorted(names)) or NONE


def _depends(ctx: Context, subject: cst.CSTNode) -> str:
    found = ctx.dependence_of(subject)
    # In Python 3.10 the flags of a kind include the one of value 0, which is in everything.
    names = [kind.name.lower() for kind in type(found) if kind.value and kind in found and kind.name]
    return " ".join(names) or NONE


def _flow(ctx: Context, subject: cst.CSTNode) -> str:
    """Each part of the event, what it went through, and the keys under which the value holds it."""
    found = set()
    for flow in flows_into(ctx, subject):
        held = "".join("[]" if key is None else f"[{key}]" for key in reversed(flow.held))
        via = f" via {' '.join(flow.through)}" if flow.through else ""
        found.add(f"{flow.name}{via}{f' in {held}' if held else ''}")
    return ", ".join(sorted(found)) or NONE


def _loop(ctx: Context, subject: cst.CSTNode) -> str:
    found = ctx.loop_around(subject)
    return NONE if found is None else type(found).__name__.lower()


def _inside(ctx: Context, subject: cst.CSTNode) -> str:
    return ctx.qualname_around(subject) or NONE


def _handler(ctx: Context, subject: cst.CSTNode) -> str:
    """How the handler is known; the most trusted way if there are several."""
    for handler in ctx.handlers:
        if handler.node is subject:
            return handler.origins[0].value
    return NONE


def _source(ctx: Context, subject: cst.CSTNode) -> str:
    for handler in ctx.handlers:
        if handler.node is subject:
            return " ".join(source.value for source in handler.sources) or UNKNOWN
    return NONE


QUESTIONS: dict[str, Callable[[Context, cst.CSTNode], str]] = {
    "name": _name,
    "value": _value,
    "sdk": _sdk,
    "operation": _operation,
    "phase": _phase,
    "path": _path,
    "calls": _calls,
    "depends": _depends,
    "flow": _flow,
    "loop": _loop,
    "inside": _inside,
    "handler": _handler,
    "source": _source,
}
"""The word before the colon, and the question that it asks."""
