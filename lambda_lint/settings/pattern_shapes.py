"""What a pattern of a `.gitignore` certainly needs to match, and when it certainly does.

Most patterns are names (`node_modules/`), endings (`*.pyc`) and places (`/build`): what they say of a path is
known without the machinery for the others, which takes longer to import than a run may take as a whole.
"""

from __future__ import annotations

import re
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

MAGIC = re.compile(r"[*?\[\]\\]")
CLASS = re.compile(r"\[([A-Za-z0-9_]+)\]")
"""As in `[Bb]uild`: nothing in it but the characters that it stands for."""
MOST_SPELLINGS = 32


class Part(NamedTuple):
    """What one name on the way must look like: equal to `head`, or, with a `tail`, between the two."""

    head: str
    tail: str | None = None
    sure: bool = True
    """Whether that is enough, and not only needed."""

    def fits(self, name: str) -> bool:
        if self.tail is None:
            return name == self.head
        enough = len(self.head) + len(self.tail)
        return len(name) >= enough and name.startswith(self.head) and name.endswith(self.tail)


class Shape(NamedTuple):
    """A pattern, as far as it is easily understood."""

    takes_back: bool
    folders_only: bool
    parts: tuple[Part, ...]
    """One of them fits a name on the way to everything that matches; none if nothing is known."""
    place: str | None = None
    """The one path that it means, with all that is below."""

    def surely_matches(self, path: str, names: Sequence[str]) -> bool:
        """Whether a path matches for certain; a folder's ends in `/`, and so `names` in an empty one."""
        if self.place is not None:
            return path.startswith(f"{self.place}/") or (path == self.place and not self.folders_only)
        candidates = names[:-1] if self.folders_only else names
        return any(part.sure and part.fits(name) for part in self.parts for name in candidates)


def shape_of(line: str) -> Shape | None:
    """The shape of a line; None if it holds no pattern."""
    text = line if line.endswith("\\ ") else line.rstrip()
    if not text or text[0] == "#":
        return None
    takes_back = text[0] == "!"
    core = text[1:] if takes_back else text
    folders_only = core.endswith("/")
    if folders_only:
        core = core[:-1]
    if core.startswith("**/") and "/" not in core[3:]:
        core = core[3:]
    if "/" not in core:
        return Shape(takes_back, folders_only, _parts(core))
    core = core.removeprefix("/")
    names = core.split("/")
    if "" in names:
        return Shape(takes_back, folders_only, ())
    if not MAGIC.search(core):
        return Shape(takes_back, folders_only, (Part(names[-1]),), core)
    plain = next((name for name in reversed(names) if not MAGIC.search(name)), None)
    parts = _parts(names[-1]) if plain is None else (Part(plain),)
    return Shape(takes_back, folders_only, tuple(part._replace(sure=False) for part in parts))


def _parts(name: str) -> tuple[Part, ...]:
    """What a name must look like to fit a part of a pattern between slashes."""
    if not MAGIC.search(name):
        return (Part(name),) if name else ()
    parts = tuple(map(_part, _spellings(name)))
    return tuple(part for part in parts if part) if all(parts) else ()


def _spellings(name: str) -> list[str]:
    """Without the classes that are easily spelled out: `[Bb]in` is `Bin` and `bin`."""
    pieces = CLASS.split(name)
    count = 1
    for piece in pieces[1::2]:
        count *= len(piece)
    if count == 1 or count > MOST_SPELLINGS or "\\" in name:
        return [name]
    choices = [piece if odd % 2 else (piece,) for odd, piece in enumerate(pieces)]
    return ["".join(spelling) for spelling in product(*choices)]


def _part(name: str) -> Part | None:
    """The same for a name with wildcards: what stands before the first of them and behind the last."""
    magic = list(MAGIC.finditer(name))
    if not magic:
        return Part(name)
    head = name[: magic[0].start()]
    # What a backslash stands before is not special; it is taken for unknown, too.
    last = magic[-1]
    tail = name[last.end() + (last[0] == "\\") :]
    if not head and not tail:
        return None
    return Part(head, tail, sure=len(magic) == 1 and last[0] == "*")
