"""What findings depend on, in a few bytes: two runs with equal keys find the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambda_lint.engine.store import digest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lambda_lint.deployment.function import Template
    from lambda_lint.engine.task import Task


def salt_of(salt: bytes, layers: Mapping[str, tuple[str, ...]]) -> bytes:
    """What all parts have in common: settings, rules and versions, and where imports lead in the project."""
    return digest(salt, repr(sorted(layers.items())).encode("utf-8", "surrogatepass"))


class Stamps:
    """Stand for templates and for what was read of them, to which files that they name may have added.

    The files of one folder of Terraform hold the same functions and resources: each is looked at once.
    """

    def __init__(self) -> None:
        self._known: dict[int, tuple[object, bytes]] = {}

    def of(self, template: Template) -> bytes:
        texts = (template.path, template.text)
        parts = [text.encode("utf-8", "surrogatepass") for text in texts]
        for said in (template.functions, template.resources, template.others):
            parts += [b"%d" % len(said), *map(self._of_one, said)]
        return digest(*parts)

    def _of_one(self, said: object) -> bytes:
        # What is kept is also the object: another one could get its number.
        known = self._known.get(id(said))
        if known is None:
            known = said, digest(repr(said).encode("utf-8", "surrogatepass"))
            self._known[id(said)] = known
        return known[1]


def key_of(salt: bytes, task: Task, stamps: Mapping[str, bytes]) -> bytes:
    """The key of a part's findings; `salt` is what all parts of a run have in common.

    `stamps` are those of the part's templates, by path.
    """
    said = (
        sorted(task.inline),
        sorted(task.functions),
        sorted(task.absent.items()),
        None if task.targets is None else sorted(task.targets),
    )
    parts = [salt, repr(said).encode()]
    for path, data in sorted(task.files.items()):
        parts += [path.encode("utf-8", "surrogatepass"), data]
    for template in task.templates:
        parts += [b"template", stamps[template.path]]
    for path, text in task.texts.items():
        parts += [path.encode("utf-8", "surrogatepass"), text.encode("utf-8", "surrogatepass")]
    return digest(*parts)
