"""Reading small templates in tests."""

from __future__ import annotations

from textwrap import dedent
from typing import TYPE_CHECKING

from lambda_lint.deployment.reader import read_template

if TYPE_CHECKING:
    from lambda_lint.deployment.function import DeployedFunction, Place, Template


class Deployed(dict[str, "DeployedFunction"]):
    """The functions of a template by name."""

    def __init__(self, template: Template) -> None:
        super().__init__((function.name, function) for function in template.functions)
        self.template = template

    def shown(self, place: Place) -> str:
        """The text at a place."""
        assert place.path == self.template.path
        return self.template.text[place.span.start : place.span.end]


def read(resources: str, *, top: str = "", path: str = "app/template.yaml") -> Deployed:
    """Read the resources of a template, given as YAML, and what stands above them."""
    indented = "".join(f"  {line}\n" for line in dedent(resources).splitlines())
    return Deployed(read_template(path, f"{dedent(top)}\nResources:\n{indented}".encode()))
