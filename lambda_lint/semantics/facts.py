"""What one module says, as plain data: the only thing about a module that other modules ever see.

A module is lowered once to scopes, bindings, calls and small expressions. The facts hold no tree node, so
they can be pickled, cached and sent between processes; everything the model answers is computed from them.

`order` is always a node's index in `Tree.nodes`: it names the node, and it orders uses and bindings.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from lambda_lint.semantics.made import Made

Scalar: TypeAlias = "str | bytes | int | float | bool | None"


@dataclass(frozen=True, slots=True)
class Const:
    """A literal."""

    value: Scalar


@dataclass(frozen=True, slots=True)
class Ref:
    """A name, looked up in the scope in which the expression is evaluated."""

    name: str


@dataclass(frozen=True, slots=True)
class Attr:
    """`base.name`."""

    base: Expr
    name: str


@dataclass(frozen=True, slots=True)
class CallRef:
    """The result of the module's call number `site`."""

    site: int


@dataclass(frozen=True, slots=True)
class Item:
    """`base[key]`, and the parts of an unpacked value."""

    base: Expr
    key: Expr


@dataclass(frozen=True, slots=True)
class Element:
    """What iterating over `base` yields."""

    base: Expr


@dataclass(frozen=True, slots=True)
class Entered:
    """What `with base as name` binds."""

    base: Expr


@dataclass(frozen=True, slots=True)
class Text:
    """Text put together from parts: f-strings, `+` of strings, implicit concatenation."""

    parts: tuple[Expr, ...]
    formatted: bool = False
    """Whether parts that are no strings are turned into strings, as f-strings do."""


@dataclass(frozen=True, slots=True)
class Items:
    """A list, tuple or set display."""

    items: tuple[Expr, ...]
    is_set: bool = False


@dataclass(frozen=True, slots=True)
class Pairs:
    """A dict display; a key of None is a `**` entry."""

    pairs: tuple[tuple[Expr | None, Expr], ...]


@dataclass(frozen=True, slots=True)
class Either:
    """One of several: `a if c else b`, `a or b`."""

    options: tuple[Expr, ...]
    test: Expr | None = None
    """What decides, where that is none of them."""


@dataclass(frozen=True, slots=True)
class Closure:
    """A function object, before its decorators: a `def` or a lambda."""

    scope: int


@dataclass(frozen=True, slots=True)
class ClassObject:
    """A class object, before its decorators."""

    scope: int


@dataclass(frozen=True, slots=True)
class Imported:
    """`import module` (name None), or `from module import name`, with `level` leading dots."""

    module: str
    name: str | None
    level: int


@dataclass(frozen=True, slots=True)
class Within:
    """An expression inside a comprehension, evaluated in its scope."""

    scope: int
    expr: Expr


@dataclass(frozen=True, slots=True)
class Opaque:
    """Some computation over the parts, whose result is not known."""

    parts: tuple[Expr, ...]
    made: Made | None = None
    """The kind of its result, of comprehensions, of displays with stars, of comparisons and `not`."""


Expr: TypeAlias = (
    "Const | Ref | Attr | CallRef | Item | Element | Entered | Text | Items | Pairs | Either | Closure"
    " | ClassObject | Imported | Within | Opaque"
)

NOTHING = Opaque(())


PROPERTY_PARTS = frozenset({"setter", "deleter"})


def property_part(name: str, part: str) -> str:
    """The name under which a class keeps the setter, or the deleter, of a property."""
    return f"{name}.{part}"


class ScopeKind(Enum):
    MODULE = "module"
    FUNCTION = "function"
    LAMBDA = "lambda"
    CLASS = "class"
    COMPREHENSION = "comprehension"


class ParamKind(Enum):
    PLAIN = "plain"
    KEYWORD = "keyword"
    STAR = "star"
    DOUBLE_STAR = "double-star"


@dataclass(frozen=True, slots=True)
class Param:
    name: str
    kind: ParamKind
    default: Expr | None
    annotation: Expr | None


@dataclass(frozen=True, slots=True)
class Binding:
    """A name gets a value. `sure` means: on every way through the scope that passes `order`."""

    value: Expr
    order: int
    sure: bool
    block: int
    """The node index of the block that holds it, and where that block ends: for uses in the same block."""
    block_end: int
    loop: int = 0
    """The outermost loop of the scope around it and its end, or 0: uses in it may come round again."""
    loop_end: int = 0
    tests: tuple[Expr, ...] = ()
    """The conditions of the branches that it stands in."""
    inner_loops: tuple[tuple[int, int], ...] = ()
    """The loops around it within the outermost one, each with its end."""


@dataclass(frozen=True, slots=True)
class AttrStore:
    """`base.name = value`."""

    scope: int
    base: Expr
    name: str
    value: Expr
    order: int


@dataclass(frozen=True, slots=True)
class ItemStore:
    """`base[key] = value`."""

    scope: int
    base: Expr
    key: Expr
    value: Expr
    order: int


@dataclass(frozen=True, slots=True)
class Arg:
    """An argument; `keyword` None means by position; `star` is "", "*" or "**"."""

    value: Expr
    keyword: str | None
    star: str


@dataclass(frozen=True, slots=True)
class Call:
    """A call: written, or made by a decorator (`decorates` is then the scope of what it wraps)."""

    scope: int
    func: Expr
    args: tuple[Arg, ...]
    order: int
    in_loop: bool
    """A loop repeats it, other than to try again until it can return."""
    in_main: bool
    """Under `if __name__ == "__main__"`."""
    guards: tuple[Expr, ...]
    """Places (names, attributes) that are tested for emptiness first and filled where the call stands.
    If one of them outlives the invocation, the call runs once per execution environment."""
    decorates: int | None = None


@dataclass(frozen=True, slots=True)
class Load:
    """An attribute read outside a call's function position: it may run a property."""

    scope: int
    base: Expr
    name: str
    order: int
    guards: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class KeyRead:
    """`base["key"]`, `base.get("key")` or `"key" in base`."""

    scope: int
    base: Expr
    key: str
    order: int


@dataclass(frozen=True, slots=True)
class Scope:
    """A module, function, lambda, class or comprehension."""

    index: int
    kind: ScopeKind
    name: str
    qualname: str
    parent: int | None
    order: int
    """The node that opens the scope."""
    name_order: int
    """The node of its name: where findings about the whole function point."""
    end: int
    """The last node of the scope."""
    params: tuple[Param, ...] = ()
    bindings: dict[str, tuple[Binding, ...]] = field(default_factory=dict)
    outer_names: dict[str, bool] = field(default_factory=dict)
    """Names declared `global` (True) or `nonlocal` (False)."""
    decorators: tuple[Expr, ...] = ()
    bases: tuple[Expr, ...] = ()
    metaclass: Expr | None = None
    fields: tuple[str, ...] = ()
    """Classes: the annotated names of the body in order, which dataclasses take as parameters."""
    returns: tuple[tuple[Expr, int], ...] = ()
    choices: tuple[tuple[Expr, int], ...] = ()
    """The conditions of the branches that returns stand in."""
    yields: tuple[tuple[Expr, int], ...] = ()
    is_async: bool = False


@dataclass(frozen=True, slots=True)
class ModuleFacts:
    """All about one module that the rest of the project may ask."""

    path: str
    scopes: tuple[Scope, ...]
    """`scopes[0]` is the module itself; a scope comes after the one around it."""
    calls: tuple[Call, ...]
    loads: tuple[Load, ...]
    attr_stores: tuple[AttrStore, ...]
    item_stores: tuple[ItemStore, ...]
    key_reads: tuple[KeyRead, ...]
    star_imports: tuple[Imported, ...]
    imports: tuple[Imported, ...]
    """Every import statement's modules, in full."""
    marked_handlers: tuple[int, ...] = ()
    """Scopes of functions that an inline comment marks as handlers."""
