"""A module before and after its fixes, and what its handler does."""

from __future__ import annotations

from textwrap import dedent
from typing import Any

from lambda_lint.engine.fix import fix
from lambda_lint.engine.inputs import Inputs
from lambda_lint.engine.lint import lint
from lambda_lint.settings.options import DEFAULT, Choices, Options
from lambda_lint.testing.engine import installed


def fixed(text: str, rule: str) -> str:
    """The text after all fixes of a rule, the unsafe ones included."""
    registry = installed().registry
    settings = DEFAULT.apply(Options(choices=(Choices(select=(rule,)),)))
    inputs = Inputs(files={"app.py": dedent(text).encode()}, templates={})
    (change,) = fix(inputs, lambda wanted: lint(wanted, settings, registry), unsafe=True).changes
    return change.text


def handled(text: str, event: object) -> Any:
    """What the handler of a module returns."""
    namespace: dict[str, Any] = {"__name__": "app"}
    exec(compile(dedent(text), "app.py", "exec"), namespace)  # noqa: S102 - the test's own text
    return namespace["handler"](event, None)
