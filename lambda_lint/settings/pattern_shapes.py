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
WILDCARD = re.compile(r"[*?]")
HARD = re.compile(r"[\[\]\\]")
CLASS = re.compile(r"\[([A-Za-z0-9_]+)\]")
"""As in `[Bb]uild`: nothing in it but the characters that it stands for."""
MOST_SPELLINGS = 32


class Part(NamedTuple):
    """What one name on the way must look like: equal to `head`, or, with a `tail`, between the two."""

    head: str
    tail: str | None = None
    middle: str = ""
    """What stands somewhere between them."""
    sure: bool = True
    """Whether that is enough, and not only needed."""

    def fits(self, name: str) -> bool:
        if self.tail is None:
            return name == self.head
        if not name.startswith(self.head) or not name.endswith(self.tail):
            return False
        start, end = len(self.head), len(name) - len(self.tail)
        return start <= end and name.find(self.middle, start, end) >= 0


ANYTHING = Part("", "")
"""What `*` alone stands for."""


class Shape(NamedTuple):
    """A pattern, as far as it is easily understood."""

    takes_back: bool
    folders_only: bool
    parts: tuple[Part, ...]
    """One of them fits a name on the way to everything that matches; none if nothing is known."""
    way: tuple[Part, ...] = ()
    """The names from the patterns' folder on, of a pattern tied to it whose parts are all sure."""
    is_tied: bool = False

    def matches(self, names: Sequence[str]) -> bool | None:
        """Whether the path of these names matches; None is not known. A folder's ends in an empty name."""
        candidates = names[:-1] if self.folders_only or not names[-1] else names
        if self.way:
            if len(candidates) < len(self.way):
                return False
            return all(part.fits(name) for part, name in zip(self.way, names, strict=False))
        found = [part for part in self.parts for name in candidates if part.fits(name)]
        if not self.is_tied and any(part.sure for part in found):
            return True
        return None if found or not self.parts else False


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
        return Shape(takes_back, folders_only, (), is_tied=True)
    parts = [(ANYTHING,) if name == "*" else _parts(name) for name in names if name != "**"]
    needed = next((choice for choice in reversed(parts) if choice and choice[0] is not ANYTHING), ())
    # Of a name with several spellings it is not known here which one goes on.
    is_plain = len(parts) == len(names) and all(len(choice) == 1 and choice[0].sure for choice in parts)
    way = tuple(choice[0] for choice in parts) if is_plain else ()
    return Shape(takes_back, folders_only, needed, way, is_tied=True)


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
    """The same for a name with wildcards: what stands before the first of them, behind the last, between."""
    magic = list(MAGIC.finditer(name))
    if not magic:
        return Part(name)
    last = magic[-1]
    # What a backslash stands before is not special; it is taken for unknown, too.
    head, tail = name[: magic[0].start()], name[last.end() + (last[0] == "\\") :]
    # In brackets stand characters of which one is needed, and where they end is not always plain.
    runs = WILDCARD.split(HARD.split(name, maxsplit=1)[0])
    between = runs[1:] if HARD.search(name) else runs[1:-1]
    middle = max(between, key=len, default="")
    if not head and not tail and not middle:
        return None
    stars = all(found[0] == "*" for found in magic)
    return Part(head, tail, middle, sure=stars and (len(magic) == 1 or (len(magic) == 2 and bool(middle))))
