"""Cheaper classes for libcst's nodes, for the tool's own processes; a library must never call this.

Most of the time of a parse goes into making nodes, and most of the time of `import libcst` into generating
methods that a linter never calls. While libcst is imported, its node classes are declared with less: their
attributes are set directly (so nothing keeps code from setting them again), nodes are hashed, compared and
recognized by the interpreter itself, and blanks that are equal are one object. What libcst checks when it
makes a node it still checks: that is how it finds `b"a" "b"` to be no Python.

Trees and findings are the same, which a test shows. All this relies on how libcst is written, so it is done
for the releases that were tried, and for no other.
"""

from __future__ import annotations

import dataclasses
import os
import re
import sys
from abc import ABCMeta
from importlib.machinery import PathFinder
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

RELEASES = frozenset({"1.9.0"})
SWITCH = "LAMBDA_LINT_LEAN"
"""With `0` in this environment variable, libcst stays as it is."""

SHARED = frozenset({"Newline", "SimpleWhitespace"})
"""Nodes that hold one text and nothing else: four in ten of all."""
MOST_SHARED = 1000
"""How many texts are remembered of each: a file may be made of blanks that no other file has."""
SURE = SHARED | {"Comment", "_BaseParenthesizedNode"}
"""Classes whose checks no text can fail: the parser has matched the same patterns, and the brackets."""

_RELEASE = re.compile(r"^__version__ = [^'\"\n]*['\"]([^'\"\n]+)", re.MULTILINE)
_dataclass = dataclasses.dataclass


class _NodeMeta(ABCMeta):
    """Classes whose instances are told as those of ordinary classes are: no node class is registered."""

    __instancecheck__ = type.__instancecheck__
    __subclasscheck__ = type.__subclasscheck__


def use_lean_nodes() -> bool:
    """Import libcst with cheaper node classes; False if it was not done.

    Not done if libcst is imported already, for releases that were not tried, and if `SWITCH` says no.
    """
    if os.environ.get(SWITCH) == "0" or "libcst" in sys.modules or installed_release() not in RELEASES:
        return False
    dataclasses.dataclass = _declared  # type: ignore[assignment]
    try:
        import libcst  # noqa: F401, PLC0415 - here is what this is for
    finally:
        dataclasses.dataclass = _dataclass
    return True


def installed_release() -> str | None:
    """The release of libcst that an import would find, read from its files."""
    found = PathFinder.find_spec("libcst")
    if found is None or found.origin is None:
        return None
    try:
        text = Path(found.origin).with_name("_version.py").read_text("utf-8")
    except OSError:
        return None
    match = _RELEASE.search(text)
    return match[1] if match else None


def _declared(cls: type | None = None, /, **options: Any) -> type | Callable[[type], type]:
    """`dataclass` for what is declared meanwhile: as ever, unless it is a node."""
    if cls is None:
        return lambda declared: _class(declared, options)
    return _class(cls, options)


def _class(cls: Any, options: dict[str, Any]) -> type:
    if cls.__module__ == "libcst._nodes.base" and cls.__name__ == "CSTNode":
        _slim(cls)
    return _node(cls, options) if isinstance(cls, _NodeMeta) else _dataclass(**options)(cls)


def _node(cls: Any, options: dict[str, Any]) -> type:
    if "_validate" in cls.__dict__ and cls.__name__ not in SURE:
        # In the place of a method of the base that calls `_validate` for every node.
        cls.__post_init__ = cls._validate
    made: type = _dataclass(**{**options, "frozen": False, "repr": False, "eq": False})(cls)
    if cls.__name__ in SHARED:
        _share(made)
    return made


def _slim(base: Any) -> None:
    """What all node classes inherit, or copy from the base when they are made."""
    base.__class__ = _NodeMeta
    del base.__post_init__
    base.__eq__, base.__hash__ = object.__eq__, object.__hash__


def _share(cls: Any) -> None:
    """Nodes of this class with the same text become one object."""
    made: dict[str | None, Any] = {}
    known, new = made.get, object.__new__

    def shared(kind: Any, value: str | None = None) -> Any:
        node = known(value)
        if node is None:
            node = new(kind)
            node.value = value
            if len(made) < MOST_SHARED:
                made[value] = node
        return node

    cls.__new__, cls.__init__ = staticmethod(shared), object.__init__
    # Copies would otherwise be made without the text, and get it set afterwards.
    cls.__reduce__ = lambda node: (type(node), (node.value,))
