"""LL083: environment variables of which code and template do not know alike."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

import libcst as cst

from lambda_lint.api import (
    DEPLOYED_PHASES,
    Confidence,
    EnvironmentFills,
    Handler,
    Reach,
    Related,
    Rule,
    Severity,
    Violation,
    demanded_variable,
    deployments_of,
    environment_variables,
    loaded_from,
    reads_only_by_name,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lambda_lint.api import Context, DeployedFunction, Deployment, Place, Variable

UNREAD = "`{name}` is defined for `{function}`, whose code never reads it"
UNREAD_HELP = "remove it, or see whether the code should use it"
NAMED = 3
"""Functions that a message names; of more it says how many."""
_READING = frozenset({"environ", "environb", "getenv"})
_WORD = re.compile(r"\w+")


class UndefinedEnvironmentVariable(Rule[cst.Subscript | Handler]):
    """Code reads a variable that the template does not define; or never reads one that it defines."""

    code = "LL083"
    severity = Severity.WARNING
    reach = Reach.HANDLERS
    phases = DEPLOYED_PHASES
    message = "`{name}` is not defined for {functions}, and reading it without a default fails"
    help = "define it in the template, or read it with a default"

    def check(self, subject: cst.Subscript | Handler, ctx: Context, /) -> Iterator[Violation]:
        if isinstance(subject, Handler):
            yield from self._unread(subject, ctx)
            return
        name = demanded_variable(ctx, subject)
        if name is None or environment_variables.is_set_anyway(name):
            return
        fills = ctx.project.once(EnvironmentFills)
        if fills.is_open or name in fills.names:
            return
        functions = [each.function for each in _lacking(subject, name, ctx)]
        if functions:
            yield self.violation(
                subject,
                path=ctx.path_to(subject),
                related=tuple(Related(each.place, "deployed here") for each in functions[:NAMED]),
                name=name,
                functions=_told(functions),
            )

    def _unread(self, handler: Handler, ctx: Context) -> Iterator[Violation]:
        functions = list(filter(_is_plain, handler.deployed))
        words = set(_WORD.findall(ctx.module.source.text))
        if words.isdisjoint(_READING):
            # Code that stands in until the real one is deployed.
            functions = [each for each in functions if each.inline is None]
        unread = [
            (function, variable)
            for function in functions
            for variable in function.environment
            if variable.name not in words and not environment_variables.is_read_by_others(variable.name)
        ]
        if not unread or not _is_all_there_is(ctx):
            return
        for function, variable in unread:
            if not _is_shared(variable, function, ctx):
                yield self.violation(
                    _place_of(variable, function),
                    severity=Severity.INFO,
                    confidence=Confidence.MEDIUM,
                    message=UNREAD,
                    help=UNREAD_HELP,
                    name=variable.name,
                    function=function.name,
                )


def _lacking(read: cst.Subscript, name: str, ctx: Context) -> Iterator[Deployment]:
    """The functions that come to a read, and whose template does not define the variable, for certain."""
    key = ctx.function_key(read)
    for deployment in ctx.project.once(deployments_of).values():
        function = deployment.function
        names = {variable.name for variable in function.environment}
        if name in names or not _is_known(function) or not _has_its_own_code(deployment):
            continue
        if key[1] == 0:
            starts = {handler.module for handler in deployment.handlers}
            is_run = any(key[0] in loaded_from(ctx.project, start) for start in starts)
        else:
            is_run = key in deployment.reached
        if is_run:
            yield deployment


def _has_its_own_code(deployment: Deployment) -> bool:
    """Whether its handler was found where the template says, and not elsewhere by its name."""
    folder = posixpath.normpath(deployment.function.folder or ".")
    paths = [deployment.project.paths[handler.module] for handler in deployment.handlers]
    return bool(paths) and (folder == "." or all(path.startswith(f"{folder}/") for path in paths))


def _is_known(function: DeployedFunction) -> bool:
    """Whether nothing but the template's own words can give the function a variable."""
    if not function.environment_known or function.package_type.value == "Image":
        return False
    return all(variable.name != environment_variables.EXECUTION_WRAPPER for variable in function.environment)


def _is_plain(function: DeployedFunction) -> bool:
    """Whether nothing but its code, its libraries and the runtime is in the function's environment."""
    if not function.certain or function.package_type.value == "Image":
        return False
    return function.attached.is_complete and not function.attached.items


def _is_all_there_is(ctx: Context) -> bool:
    """Whether the module is all the code of the project that its functions run, and all is known of it."""
    number = ctx.module.number
    if ctx.project.imported_from([number]) != {number}:
        return False
    imports = ctx.project.modules[number].imports
    packages = {each.module.partition(".")[0] for each in imports if each.level == 0}
    if any(each.level for each in imports) or not all(map(environment_variables.reads_no_others, packages)):
        return False
    return reads_only_by_name(ctx)


def _place_of(variable: Variable, function: DeployedFunction) -> Place:
    """The variable's; the function's, where that is in another file, as the default of a parameter may be."""
    place = variable.given_at or variable.place
    return place if place.path == function.place.path else function.place


def _is_shared(variable: Variable, function: DeployedFunction, ctx: Context) -> bool:
    """Whether another function has the variable from the same line, such as one of all functions."""
    everybody = (
        each for template in ctx.project.templates for each in (*template.functions, *template.others)
    )
    return any(
        (each.given_at, each.place) == (variable.given_at, variable.place)
        for other in everybody
        if (other.place, other.name) != (function.place, function.name)
        for each in other.environment
    )


def _told(functions: list[DeployedFunction]) -> str:
    names = [f"`{name}`" for name in sorted({function.name for function in functions})]
    if len(names) > NAMED:
        return f"{', '.join(names[: NAMED - 1])} and {len(names) - NAMED + 1} more functions"
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))
