"""LL004: files, models and fixed objects of S3 that each invocation loads again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

from lambda_lint.api import (
    INVOKED_PHASES,
    Constant,
    Context,
    Origins,
    Reach,
    Rule,
    SdkKind,
    SdkMethod,
    Severity,
    Violation,
    calls_of_invocations,
    origins_of,
    static_loads,
)

from ._creation import when
from ._repeats import given, is_repeated

if TYPE_CHECKING:
    from collections.abc import Iterator

TASK_ROOT = "LAMBDA_TASK_ROOT"
PATHS = ("pathlib.", "importlib.resources.files")
CHANGES_FOLDER = frozenset({"chdir"})


class StaticLoadInHandler(Rule[cst.Call]):
    """A file, a model or another fixed thing that each invocation loads again."""

    code = "LL004"
    severity = Severity.WARNING
    reach = Reach.HANDLERS
    phases = INVOKED_PHASES
    message = "{what} {when}"
    help = "load it once, at module level or behind a cache, so that warm invocations find it in memory"

    def check(self, call: cst.Call, ctx: Context, /) -> Iterator[Violation]:
        what = _what_is_loaded(call, ctx)
        if what is not None:
            yield self.violation(call, path=ctx.path_to(call), what=what, when=when(call, ctx))


def _what_is_loaded(call: cst.Call, ctx: Context) -> str | None:
    """What the call loads, in words, if that is the same at each invocation."""
    operation = ctx.operation_of(call)
    if operation is not None:
        return _object(call, operation, ctx)
    name = ctx.name_of(call.func)
    load = static_loads.LOADS.get(name or "")
    if load is not None and name is not None:
        return _source(call, name, load, ctx)
    if name is not None and name in static_loads.ENVIRONMENTS:
        return _templates(call, name, ctx)
    return _by_path(call, ctx)


def _source(call: cst.Call, name: str, load: static_loads.Load, ctx: Context) -> str | None:
    """A file, or another source that is named by the first argument."""
    source = given(call, load.keyword or "", 0)
    if source is None or not is_repeated(call, ctx):
        return None
    if name in static_loads.OPENERS and _is_written(given(call, static_loads.MODE, 1), ctx):
        return None
    origins = origins_of(ctx, source)
    if load.what == static_loads.TEMPLATE:
        return f"`{_short(name)}` compiles a template" if origins.is_static else None
    if not _is_fixed(origins, load.what) or _may_be_new(call, ctx):
        return None
    return f"`{_short(name)}` {_named(load.what, source, origins, ctx)}"


def _templates(call: cst.Call, name: str, ctx: Context) -> str | None:
    """What keeps templates once they are compiled, and where they come from."""
    place = given(call, static_loads.ENVIRONMENTS[name])
    if place is None or not is_repeated(call, ctx):
        return None
    if not _is_fixed(origins_of(ctx, place), static_loads.FILE):
        return None
    return f"`{_short(name)}`, which keeps compiled templates, is made"


def _by_path(call: cst.Call, ctx: Context) -> str | None:
    """`(HERE / "prices.json").read_text()`: no name leads to such a path, but its origins do."""
    match call.func:
        case cst.Attribute(value=path, attr=cst.Name(value=method)):
            pass
        case _:
            return None
    opens = method == "open"
    if not opens and method not in static_loads.PATH_METHODS:
        return None
    if not is_repeated(call, ctx) or (opens and _is_written(given(call, static_loads.MODE, 0), ctx)):
        return None
    origins = origins_of(ctx, path)
    if not any(name.startswith(PATHS) for name in origins.names):
        return None
    if not _is_fixed(origins, static_loads.FILE) or _may_be_new(call, ctx):
        return None
    return f"`{method}` {_named(static_loads.FILE, path, origins, ctx)}"


def _object(call: cst.Call, operation: SdkMethod, ctx: Context) -> str | None:
    """An object of S3 whose bucket and key are fixed, and which nobody here writes."""
    if operation.owner.service != "s3" or operation.owner.kind is not SdkKind.CLIENT:
        return None
    names = static_loads.OBJECT_READS.get(operation.name, ())
    parts = [part for position, name in enumerate(names) if (part := given(call, name, position))]
    if len(parts) != len(names) or not names or not is_repeated(call, ctx):
        return None
    if not all(origins_of(ctx, part).is_static for part in parts):
        return None
    if _may_be_new(call, ctx) or any(calls_of_invocations(ctx, call, static_loads.OBJECT_WRITES)):
        return None
    match ctx.value_of(parts[-1]):
        case Constant(str(key)):
            return f"`{operation.name}` fetches the object `{key}` from S3"
    return f"`{operation.name}` fetches always the same object from S3"


# -- is it the same file?


def _is_fixed(origins: Origins, what: str) -> bool:
    """Whether it is a file of the deployed code, or a name that stands for one."""
    if not origins.is_static:
        return False
    if what != static_loads.MODEL:
        return origins.variables <= {TASK_ROOT} and not any(map(_is_in_changing_place, origins.texts))
    return not any(
        _is_in_changing_place(text) and not text.startswith(static_loads.MODEL_PLACES)
        for text in origins.texts
    )


def _is_in_changing_place(text: str) -> bool:
    return text.startswith(static_loads.CHANGING_PLACES)


def _may_be_new(call: cst.Call, ctx: Context) -> bool:
    """Whether the file may have come there by now, or the folder may be another one."""
    asking = calls_of_invocations(ctx, call, static_loads.ASKING_FOR_FILES | CHANGES_FOLDER)
    return any(True for _ in asking)


def _is_written(mode: cst.BaseExpression | None, ctx: Context) -> bool:
    match None if mode is None else ctx.value_of(mode):
        case Constant(str(letters)):
            return not static_loads.WRITING.isdisjoint(letters)
    return mode is not None


# -- words


def _named(what: str, source: cst.BaseExpression, origins: Origins, ctx: Context) -> str:
    """`reads the file`, with its name if it is known."""
    match ctx.value_of(source):
        case Constant(str(name)) if name.isprintable():
            return f"{what} `{name}`"
    endings = sorted(text for text in origins.texts if "." in text.strip("./"))
    if len(endings) == 1:
        return f"{what} `{endings[0]}`"
    return what.replace(" the ", " a ")


def _short(name: str) -> str:
    """A function as one calls it: `open`, `json.load`, `joblib.load`."""
    return name.removeprefix("builtins.").replace("()", "")
