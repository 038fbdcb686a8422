"""Whether what policies allow includes an action on a resource: yes, no, or maybe.

Accounts, regions and partitions are never compared: hardly a policy is wrong in these, and most only write
`*` or a reference there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from lambda_lint.knowledge import iam_actions, iam_resources

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from lambda_lint.analyses.grants import Grant
    from lambda_lint.deployment.function import Template

EVERYTHING = "*"
HOLE = re.compile(r"\$\{([^{}]*)\}")
_FIELD = r"(?:\$\{[^{}]*\}|[^:$]|\$(?!\{))*"
ARN = re.compile(rf"arn:{_FIELD}:(?P<prefix>{_FIELD}):{_FIELD}:{_FIELD}:(?P<rest>.*)", re.DOTALL)
EXACT = frozenset({"dynamodb", "s3"})
"""Prefixes of which it is known what follows the name of a table or a bucket in the ARN of a part of it."""
ENDINGS = ("", "/x", ":x", "-xxxxxx")
"""What may follow the name of other resources: a qualifier, a version, letters that the service adds."""


class Answer(Enum):
    """Whether something is allowed."""

    YES = "yes"
    MAYBE = "maybe"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A resource that code uses, as far as is known."""

    prefix: str
    """What the actions on it begin with, such as `dynamodb`."""
    tail: str = "{}"
    """The last part of its ARN, with `{}` for its name: `table/{}`."""
    id: str | None = None
    """Its logical id, if it is in the template."""
    name: str | None = None
    """Its literal name."""
    index: str | None = None
    """The index of a table that is read, and not the table itself."""

    @property
    def shown(self) -> str:
        """What users call it."""
        named = self.name or self.id or ""
        return f"{named}/index/{self.index}" if self.index else named

    @property
    def is_known(self) -> bool:
        return self.id is not None or self.name is not None

    def ending(self, action: str) -> str:
        """What follows its name in the ARN of the part that the action is on."""
        if self.index is not None:
            return f"/index/{self.index}"
        return "/x" if action.partition(":")[2] in iam_actions.ON_OBJECTS and self.prefix == "s3" else ""


def allows(grants: Sequence[Grant], action: str, wanted: Wanted | None, types: Mapping[str, str]) -> Answer:
    """Whether an action is allowed on a resource; None is one of which nothing is known, or none at all.

    `types` are the types of the resources of the template, by logical id.
    """
    found = {_covers(grant, action, wanted, types) for grant in grants if grant.may_include(action)}
    return _best(found)


def types_of(template: Template) -> dict[str, str]:
    """The types of the resources of a template, by logical id."""
    return {each.id: each.type for each in template.resources}


def resource_in(reference: str, types: Mapping[str, str]) -> str | None:
    """The logical id in `Orders.Arn`; of Terraform's addresses, which have points, the longest known one."""
    found = reference
    while found and found not in types:
        found = found.rpartition(".")[0]
    return found or None


def _best(answers: set[Answer]) -> Answer:
    return next((each for each in (Answer.YES, Answer.MAYBE) if each in answers), Answer.NO)


def _covers(grant: Grant, action: str, wanted: Wanted | None, types: Mapping[str, str]) -> Answer:
    if grant.is_open or wanted is None or not wanted.is_known:
        return Answer.MAYBE
    return _best({_means(pattern, action, wanted, types) for pattern in grant.resources.items})


def _means(pattern: str, action: str, wanted: Wanted, types: Mapping[str, str]) -> Answer:
    """Whether a resource of a policy is, or includes, what the action needs of the wanted one."""
    if pattern == EVERYTHING:
        return Answer.YES
    arn = ARN.fullmatch(pattern)
    if arn is not None and "${" not in arn["prefix"]:
        if not iam_actions.matches(arn["prefix"], wanted.prefix):
            return Answer.NO
        pattern = arn["rest"]
    elif not pattern.startswith("${"):
        return Answer.MAYBE
    holes = list(HOLE.finditer(pattern))
    if not holes:
        return _literal(pattern, action, wanted)
    id_ = resource_in(holes[0][1], types) if len(holes) == 1 else None
    prefix = None if id_ is None else iam_resources.PLAIN_TYPES.get(types[id_])
    before, after = pattern[: holes[0].start()], pattern[holes[-1].end() :]
    if id_ is None or prefix is None or before not in {"", wanted.tail.partition("{}")[0]}:
        return Answer.MAYBE
    if prefix != wanted.prefix:
        return Answer.NO
    if prefix in EXACT and not iam_actions.matches(after, wanted.ending(action)):
        # `${Files}-copy` is another bucket, whose name the code may be given in the same way.
        return Answer.NO if after[:1] in {"", "/"} else Answer.MAYBE
    if wanted.id is None:
        return Answer.MAYBE
    return Answer.YES if id_ == wanted.id else Answer.NO


def _literal(pattern: str, action: str, wanted: Wanted) -> Answer:
    """Whether the last part of an ARN that is written out means the wanted resource."""
    ending = wanted.ending(action)
    if wanted.name is None:
        # Its name is made when it is deployed: any pattern may mean it that is of the same kind.
        is_possible = (
            wanted.prefix not in EXACT or "*" in pattern or _levels(pattern) == _levels(wanted.tail + ending)
        )
        return Answer.MAYBE if is_possible else Answer.NO
    text = wanted.tail.format(wanted.name)
    if wanted.prefix in EXACT:
        return Answer.YES if iam_actions.matches(pattern, text + ending) else Answer.NO
    plain = pattern.replace("//", "/")
    is_met = any(iam_actions.matches(plain, text + end) for end in ENDINGS)
    return Answer.YES if is_met else Answer.NO


def _levels(text: str) -> int:
    return text.count("/")
