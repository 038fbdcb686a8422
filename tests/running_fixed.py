"""Code, fixed, and both run: what a fix must not change is compared."""

from __future__ import annotations

import sys
from types import ModuleType
from typing import TYPE_CHECKING, Any

from lambda_lint.engine.fix import fix
from lambda_lint.engine.inputs import Inputs
from lambda_lint.engine.lint import lint
from lambda_lint.registry import load_registry
from lambda_lint.settings.options import DEFAULT, Choices, Options, RuleTable

if TYPE_CHECKING:
    from collections.abc import Mapping

REGISTRY = load_registry()


def fixed(text: str, rule: str, *, unsafe: bool = True, options: Mapping[str, Any] | None = None) -> str:
    """The text of `app.py` after all fixes of one rule."""
    table = (RuleTable(rule, tuple((options or {}).items())),)
    settings = DEFAULT.apply(Options(choices=(Choices(select=(rule,)),), rules=table if options else ()))
    inputs = Inputs({"app.py": text.encode()})
    done = fix(inputs, lambda inputs: lint(inputs, settings, REGISTRY), unsafe=unsafe)
    return done.changes[0].text if done.changes else text


def loaded(text: str, name: str = "app") -> Any:
    """The module of a text, run as Lambda would import it."""
    module = ModuleType(name)
    # Decorators such as those of dataclasses look the module up.
    sys.modules[name] = module
    try:
        exec(compile(text, f"{name}.py", "exec"), module.__dict__)  # noqa: S102 - the code of a test
    finally:
        del sys.modules[name]
    return module
