"""Code before and after its fixes, and what it does: that is what a fix must not change."""

from __future__ import annotations

import sys
from textwrap import dedent
from types import ModuleType
from typing import TYPE_CHECKING, Any

from lambda_lint.engine.fix import fix
from lambda_lint.engine.inputs import Inputs
from lambda_lint.engine.lint import lint
from lambda_lint.settings.options import DEFAULT, Choices, Options, RuleTable
from lambda_lint.testing.engine import installed

if TYPE_CHECKING:
    from collections.abc import Mapping


def fixed(text: str, rule: str, *, unsafe: bool = True, options: Mapping[str, Any] | None = None) -> str:
    """The text after all fixes of one rule; there must be one, or a comparison would tell nothing."""
    after = perhaps_fixed(text, rule, unsafe=unsafe, options=options)
    assert after != dedent(text)
    return after


def perhaps_fixed(
    text: str, rule: str, *, unsafe: bool = True, options: Mapping[str, Any] | None = None
) -> str:
    """The text after all fixes of one rule, if it has any."""
    table = (RuleTable(rule, tuple((options or {}).items())),)
    settings = DEFAULT.apply(Options(choices=(Choices(select=(rule,)),), rules=table if options else ()))
    before = dedent(text)
    inputs = Inputs({"app.py": before.encode()})
    done = fix(inputs, lambda wanted: lint(wanted, settings, installed().registry), unsafe=unsafe)
    return done.changes[0].text if done.changes else before


def loaded(text: str, name: str = "app") -> Any:
    """The module of a text, run as Lambda would import it."""
    module = ModuleType(name)
    # Decorators such as those of dataclasses look the module up.
    sys.modules[name] = module
    try:
        exec(compile(dedent(text), f"{name}.py", "exec"), module.__dict__)  # noqa: S102 - the code of a test
    finally:
        del sys.modules[name]
    return module


def handled(text: str, event: object) -> Any:
    """What the handler of a module returns."""
    return loaded(text).handler(event, None)
