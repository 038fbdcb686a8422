"""What a package is built with: the requirements that a file lists."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lambda_lint.deployment.fact import NOT_LISTED, Listed

if TYPE_CHECKING:
    from lambda_lint.deployment.fact import Place

# The files that a build looks for, the first that is there counts.
PIP_FIRST = ("requirements.txt", "Pipfile", "poetry.lock", "uv.lock", "pyproject.toml")
LOCKS_FIRST = ("Pipfile", "poetry.lock", "uv.lock", "requirements.txt")
UV_FIRST = ("uv.lock", "pyproject.toml", "requirements.txt")

_EXACT = re.compile(r"={2,3}[^*,]+")
_SERIES = re.compile(r"={2}[0-9]+\.[0-9]+\.[^,]*\*|~=[0-9]+\.[0-9]+\.[^,]+")
_SEPARATORS = re.compile(r"[-_.]+")


@dataclass(frozen=True, slots=True)
class Packaging:
    """How a function's package is built: what it takes its requirements from."""

    files: tuple[str, ...] = PIP_FIRST
    """The names of the files that count, the first that is there; none if nobody knows."""
    folder: str | None = None
    """Where they are, if that is not the code folder."""
    left_out: tuple[str, ...] = ()
    """Normalized names of what is not installed, though it is listed."""


LEFT_OUT = "LeftOut"
"""What says in SAM's metadata, where no template has it, what the build of another format leaves out."""

OWN_BUILD = Packaging(files=())
"""A build of which the template tells nothing."""

BUILD_METHODS = {
    "cdk-python": Packaging(LOCKS_FIRST),
    "python-uv": Packaging(UV_FIRST),
    "serverless-python-requirements": Packaging(LOCKS_FIRST),
}
"""What says `BuildMethod` in SAM's metadata, and the names of what builds for other formats.

Source: docs.aws.amazon.com/serverless-application-model/latest/developerguide/building-custom-runtimes.html,
the packaging of aws-lambda-python-alpha, serverless-python-requirements 6; read 2026-11.
"""


def packaging_of(method: str | None) -> Packaging:
    """How a build method takes requirements; SAM's own, for which nothing is said, from pip's list."""
    if method is None or method.startswith("python3"):
        return Packaging()
    return BUILD_METHODS.get(method, OWN_BUILD)


@dataclass(frozen=True, slots=True)
class Requirement:
    """One requirement that a file lists."""

    name: str
    """Normalized: `aws-lambda-powertools`."""
    place: Place
    """From the name to the end of the versions."""
    specifier: str = ""
    """The versions, without spaces: `>=1.34,<2`; those of a constraint file and of a lock included."""
    extras: tuple[str, ...] = ()
    marker: str = ""
    """The environment marker, as written."""
    is_conditional: bool = False
    """Whether its marker speaks of more than the version of Python: then it may be for other systems."""
    is_hashed: bool = False
    url: str | None = None
    """A URL, version control or path from which it comes."""

    @property
    def is_pinned(self) -> bool:
        """Whether it says exactly what is installed."""
        return self.url is not None or any(map(_EXACT.fullmatch, self.specifier.split(",")))

    @property
    def is_held(self) -> bool:
        """Whether it is pinned, or to one minor series: `~=1.34.0`, `==1.34.*`."""
        return self.is_pinned or any(map(_SERIES.fullmatch, self.specifier.split(",")))


@dataclass(frozen=True, slots=True)
class Requirements:
    """What a file lists."""

    path: str
    """The file's, in the form of the template's."""
    listed: Listed[Requirement] = NOT_LISTED
    """What is asked for, also by the files that it includes. Incomplete if something of it is not known: a
    package that is named by its place alone, a file that is not there."""
    locked: Listed[str] = field(default=NOT_LISTED)
    """The names of all that a lock file installs, with what is asked for comes."""

    def without(self, names: tuple[str, ...]) -> Requirements:
        """What is left without some packages; where they come from instead, nobody knows."""
        kept = tuple(each for each in self.listed.items if each.name not in names)
        if len(kept) == len(self.listed.items):
            return self
        locked = tuple(each for each in self.locked.items if each not in names)
        return Requirements(self.path, Listed(kept, is_complete=False), Listed(locked, is_complete=False))

    def of(self, name: str) -> Requirement | None:
        """What is asked for under a name."""
        return next((each for each in self.listed.items if each.name == name), None)

    def installs(self, name: str) -> bool | None:
        """Whether a package is among what is installed; None if nobody knows."""
        if name in self.locked.items or self.of(name) is not None:
            return True
        return False if self.locked.is_complete else None


def normalized(name: str) -> str:
    """A package's name as all spellings of it are."""
    return _SEPARATORS.sub("-", name).lower()
