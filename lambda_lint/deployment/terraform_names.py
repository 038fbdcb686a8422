"""Names of Terraform and of CloudFormation, and modules with their arguments."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lambda_lint.deployment import made_values
from lambda_lint.model.location import Span

if TYPE_CHECKING:
    from collections.abc import Callable

    from lambda_lint.deployment.document import Value
    from lambda_lint.deployment.terraform_module import At, Folder

SKIPPED = frozenset(
    {
        "count",
        "depends_on",
        "for_each",
        "lifecycle",
        "provider",
        "providers",
        "provisioner",
        "tags",
        "timeouts",
    }
)
"""Arguments and blocks that say how Terraform works, or nothing that matters here."""
ATTRIBUTES = {
    "arn": "Arn",
    "invoke_arn": "Arn",
    "qualified_arn": "Arn",
    "qualified_invoke_arn": "Arn",
    "response_streaming_invoke_arn": "Arn",
    "bucket": "",
    "function_name": "",
    "id": "",
    "name": "",
    "url": "",
}
"""The attributes of CloudFormation's resources by those of Terraform's; empty for what `Ref` gives."""


@dataclass(slots=True)
class Instance:
    """A folder of files with the arguments of one call of it."""

    folder: Folder
    prefix: str
    """Of the addresses of its resources, such as `module.orders.`; empty for the root."""
    location: str
    """The folder relative to the root's."""
    caller: Instance | None
    arguments: dict[str, At]
    """As the caller writes them."""
    children: dict[str, Instance] = field(default_factory=dict)
    """By the name of the call."""
    outputs_of: dict[str, Callable[[str, Span], Value]] = field(default_factory=dict)
    """The outputs of modules that are known without their files, by the name of the call."""
    known: dict[tuple[str, str], Value] = field(default_factory=dict)


def pascal(name: str) -> str:
    """`memory_size` as CloudFormation writes it."""
    return "".join(word[:1].upper() + word[1:] for word in name.split("_"))


def shifted(span: Span, base: int) -> Span:
    return Span(base + span.start, base + span.end)


def with_effect(statement: Value) -> Value:
    """A statement of a policy, for which Terraform takes `Allow` where it says nothing."""
    if statement.get("Effect") is not None:
        return statement
    return made_values.with_entry(
        statement, statement.span, "Effect", made_values.text(statement.span, "Allow")
    )
