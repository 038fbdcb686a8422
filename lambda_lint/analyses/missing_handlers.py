"""Handlers that the runtime will not find, told from the template and the code that it deploys."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from enum import Enum, auto
from typing import TYPE_CHECKING

from lambda_lint.deployment.function import STAND_IN
from lambda_lint.knowledge.runtime_modules import BROUGHT, BUILT_IN, EXEC_WRAPPER, INLINE_MODULE, LOADED
from lambda_lint.semantics.deployments import Spot
from lambda_lint.semantics.facts import Attr, Item, Ref, ScopeKind
from lambda_lint.semantics.handlers import looks_like_handler
from lambda_lint.semantics.homes import Homes

if TYPE_CHECKING:
    from lambda_lint.deployment.function import DeployedFunction
    from lambda_lint.semantics.deployments import Deployment
    from lambda_lint.semantics.facts import ModuleFacts

WORTH_KEEPING = 8
"""Lines of code that nobody writes to throw them away."""
_PLACEHOLDER = re.compile(
    r"dummy|placeholder|\breplaced?\b|\bstub\b|update[-_]function[-_]code", re.IGNORECASE
)

BINDS = frozenset({"eval", "exec", "globals", "locals", "setattr", "vars"})
"""Builtins by which names are bound that no statement tells."""


class Lack(Enum):
    """Why a handler is not found."""

    FUNCTION_NAME = auto()
    """It is no `module.function`."""
    REFUSED = auto()
    """The runtime refuses its module."""
    LOADED = auto()
    """Its module's name leads to another module, which the runtime has loaded."""
    INDEX = auto()
    """Code in a template is another module."""
    MODULE = auto()
    """The module is not in the code folder."""
    FUNCTION = auto()
    """The module does not define it."""


@dataclass(frozen=True, slots=True)
class MissingHandler:
    """A handler that is not found."""

    lack: Lack
    module: str
    name: str
    path: str | None = None
    """The file that should define it; None for code in a template."""
    alike: str = ""
    """What may have been meant: a name of the module, or the path of a file."""
    spot: Spot | None = None
    """Where the name that may have been meant is defined."""


def missing_handler(deployment: Deployment) -> MissingHandler | None:
    """The handler of a Python function, if it is certainly not found."""
    function = deployment.function
    if function.handler is None or function.dispatched or not _is_plain_python(function):
        return None
    module, dot, name = function.handler.rpartition(".")
    if name == "sh" or module.partition("/")[0].partition(".")[0] in BROUGHT:
        return None
    if not dot:
        is_sure = function.environment_known
        return MissingHandler(Lack.FUNCTION_NAME, "", name) if is_sure else None
    first = module.replace("/", ".").partition(".")[0]
    if function.inline is not None:
        if module != INLINE_MODULE:
            is_meant = not _is_placeholder(function.inline.text)
            return MissingHandler(Lack.INDEX, module, name) if is_meant else None
    elif first in BUILT_IN:
        return MissingHandler(Lack.REFUSED, first, name)
    elif first in LOADED:
        return MissingHandler(Lack.LOADED, first, name)
    if deployment.handlers:
        return None
    return _missing_in_code(deployment, module, name)


def _is_plain_python(function: DeployedFunction) -> bool:
    """Whether the Python runtime itself looks for the handler."""
    package = function.package_type
    return (
        (function.runtime.value or "").startswith("python")
        and (package.is_absent or package.value == "Zip")
        and all(variable.name != EXEC_WRAPPER for variable in function.environment)
    )


def _is_placeholder(text: str) -> bool:
    """Whether code in a template may only stand there until the real code is uploaded.

    It does next to nothing, or says so.
    """
    lines = [line for line in text.splitlines() if line.strip() and not line.strip().startswith("#")]
    return len(lines) < WORTH_KEEPING or _PLACEHOLDER.search(text) is not None


def _missing_in_code(deployment: Deployment, module: str, name: str) -> MissingHandler | None:
    project, function = deployment.project, deployment.function
    key = (deployment.template.path, function.name)
    if key in project.absent:
        homes = Homes(project.paths, project.tests)
        is_elsewhere = any(_may_bind(project.modules[n], name) for n in homes.anywhere(function))
        alike = project.absent[key]
        return None if is_elsewhere else MissingHandler(Lack.MODULE, module, name, function.folder, alike)
    if function.inline is not None:
        paths = {path: number for number, path in enumerate(project.paths)}
        number = paths.get("#".join(key))
    else:
        number = Homes(project.paths, project.tests).exact(function) if function.is_packed_as_is else None
    if number is None or _may_bind(project.modules[number], name):
        return None
    facts = project.modules[number]
    alike, order = _name_like(facts, name)
    return MissingHandler(
        Lack.FUNCTION,
        module,
        name,
        facts.path if function.inline is None else None,
        alike,
        None if order is None else Spot(number, order),
    )


def _may_bind(facts: ModuleFacts, name: str) -> bool:
    """Whether a module binds a name, or may do so in a way that is not followed."""
    bindings = facts.scopes[0].bindings
    return (
        name in bindings
        or bool(facts.star_imports)
        or "__getattr__" in bindings
        or any(STAND_IN in bound for bound in bindings)
        or any(scope.outer_names.get(name) for scope in facts.scopes)
        or any(isinstance(call.func, Ref) and call.func.name in BINDS for call in facts.calls)
        or any(_is_modules(store.base) for store in facts.item_stores)
        or any(isinstance(s.base, Item) and _is_modules(s.base.base) for s in facts.attr_stores)
    )


def _is_modules(base: object) -> bool:
    """Whether something is written like `sys.modules`."""
    return isinstance(base, Attr) and base.name == "modules"


def _name_like(facts: ModuleFacts, name: str) -> tuple[str, int | None]:
    """The function of a module that may have been meant, and its node: one of such a name, or its handler."""
    functions = {
        scope.name: scope
        for scope in facts.scopes
        if scope.kind is ScopeKind.FUNCTION and scope.parent == 0 and not scope.name.startswith("_")
    }
    shaped = [scope.name for scope in functions.values() if looks_like_handler(scope)]
    meant = shaped[:1] if len(shaped) == 1 else get_close_matches(name, functions, 1)
    return (meant[0], functions[meant[0]].name_order) if meant else ("", None)
