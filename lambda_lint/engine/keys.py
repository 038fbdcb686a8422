"""What findings depend on, in a few bytes: two runs with equal keys find the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambda_lint.engine.store import digest

if TYPE_CHECKING:
    from lambda_lint.engine.part import Task


def key_of(salt: bytes, task: Task) -> bytes:
    """The key of a part's findings; `salt` stands for the settings, the rules and all their versions."""
    said = (
        sorted(task.inline),
        sorted(task.functions),
        sorted(task.layers.items()),
        None if task.targets is None else sorted(task.targets),
    )
    parts = [salt, repr(said).encode()]
    for path, data in sorted(task.files.items()):
        parts += [path.encode("utf-8", "surrogatepass"), data]
    for template in task.templates:
        parts += [
            b"template",
            template.path.encode("utf-8", "surrogatepass"),
            template.text.encode("utf-8", "surrogatepass"),
        ]
    return digest(*parts)
