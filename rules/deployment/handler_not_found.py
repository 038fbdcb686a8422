"""LL100: handlers that the runtime will not find."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from lambda_lint.api import Deployment, Lack, Related, Rule, Severity, Violation, missing_handler

from ._surroundings import confidence_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lambda_lint.api import Context, DeployedFunction, MissingHandler


class HandlerNotFound(Rule[Deployment]):
    """The template names a handler that the runtime will not find in the function's code."""

    code = "LL100"
    severity = Severity.ERROR
    message = "the runtime will not find the handler `{handler}`: {why}"
    help = "name the file by its path in the code folder, without `.py`, then a dot and the function"

    def check(self, deployment: Deployment, _: Context, /) -> Iterator[Violation]:
        missing = missing_handler(deployment)
        if missing is None:
            return
        function = deployment.function
        related: tuple[Related, ...] = ()
        if missing.spot is not None:
            related = (Related(missing.spot, f"`{missing.alike}` is defined here"),)
        yield self.violation(
            function.handler_place or function.place,
            confidence=confidence_in(function),
            related=related,
            help=_better_help(missing),
            handler=function.handler,
            why=_reason(missing, function),
        )


def _reason(missing: MissingHandler, function: DeployedFunction) -> str:
    module, name = missing.module, missing.name
    meant = f"; did you mean `{missing.alike}`?" if missing.alike else ""
    match missing.lack:
        case Lack.FUNCTION_NAME:
            return "it is not of the form `module.function`"
        case Lack.REFUSED:
            return f"it refuses `{module}`, a module that is built into Python"
        case Lack.LOADED:
            return f"`{module}` is a module of Python or the runtime, and has been loaded before"
        case Lack.INDEX:
            return f"code in a template is the module `index`, not `{module}`"
        case Lack.MODULE:
            stem = module.replace(".", "/")
            return f"there is no `{posixpath.normpath(f'{function.folder}/{stem}.py')}`{meant}"
    where = "the code in the template" if missing.path is None else f"`{missing.path}`"
    return f"{where} does not define `{name}`{meant}"


def _better_help(missing: MissingHandler) -> str | None:
    """What to do instead where that is something particular."""
    if missing.lack in {Lack.REFUSED, Lack.LOADED}:
        return "give the file, or the folder that comes first in its path, a name that Python does not use"
    return None
