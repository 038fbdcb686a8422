"""Keys of S3 notifications that are used as they came, URL-encoded."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from lambda_lint.analyses.flows import search_of
from lambda_lint.analyses.flows_model import COPY, OPERATION, PART, TEXT
from lambda_lint.knowledge import object_writes as objects
from lambda_lint.knowledge.event_parts import PARSERS
from lambda_lint.model.labels import Phase
from lambda_lint.semantics.values import External, Sdk, SdkMethod, Where

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lambda_lint.analyses.flows_model import Flow
    from lambda_lint.semantics.context import Context
    from lambda_lint.semantics.facts import Arg, Call
    from lambda_lint.semantics.project import Project

Read = tuple[int, int]
"""The module's number, and the node that reads the key."""

NOTIFIED = objects.NOTIFIED
POWERTOOLS_NAME = "get_object"

KEPT = PARSERS | {COPY, OPERATION, PART, TEXT, "builtins.str", "base64.b64decode"}
PATHS = ("os.path.", "posixpath.", "pathlib.", ".")


@dataclass(frozen=True, slots=True)
class EncodedKey:
    """A key that is read and used without being decoded."""

    order: int
    """The node that reads it."""
    uses: tuple[tuple[int, int], ...]
    """Modules and nodes of the calls that use it."""
    is_half_decoded: bool
    """Whether `unquote` was applied, which leaves the plus signs."""
    is_decoded_elsewhere: bool
    """Whether the same read is decoded on another way."""


class EncodedKeys:
    """Answers for a project."""

    def __init__(self, project: Project) -> None:
        self._modules = project.modules
        self._tests = project.tests
        self._phases = project.phases
        self._graph = project.graph
        self._ev = project.evaluator
        self._search = search_of(project)

    def in_module(self, module: int) -> list[EncodedKey]:
        """Those that are read in the module, in source order."""
        found = self._by_module.get(module, {})
        return [
            EncodedKey(
                order,
                tuple(dict.fromkeys(use for use, _ in uses)),
                any(is_half for _, is_half in uses),
                (module, order) in self._decoded,
            )
            for order, uses in sorted(found.items())
        ]

    @cached_property
    def _by_module(self) -> dict[int, dict[int, list[tuple[tuple[int, int], bool]]]]:
        """Module and node of each read -> the calls that use what it reads."""
        found: dict[int, dict[int, list[tuple[tuple[int, int], bool]]]] = {}
        for (number, order), use, is_half in self._uses:
            found.setdefault(number, {}).setdefault(order, []).append((use, is_half))
        return found

    @cached_property
    def _uses(self) -> list[tuple[Read, tuple[int, int], bool]]:
        found: list[tuple[Read, tuple[int, int], bool]] = []
        for module, call in self._calls() if self._has_notifications() else ():
            where = Where(module, call.scope, call.order)
            for callee in self._ev.values(where, call.func):
                if isinstance(callee, SdkMethod) and self._phase_of(module, call) in {
                    Phase.INVOKE,
                    Phase.BOTH,
                }:
                    for flow in self._keys(where, call, callee.owner, callee.name):
                        read = _read_of(flow)
                        if read is not None:
                            is_half = any(_last(name) == objects.HALF_DECODER for name in flow.through)
                            found.append((read, (module, call.order), is_half))
        return found

    @cached_property
    def _decoded(self) -> frozenset[Read]:
        """The reads whose value is decoded on some way."""
        found: set[Read] = set()
        for module, call in self._calls():
            where = Where(module, call.scope, call.order)
            for callee in self._ev.values(where, call.func):
                if isinstance(callee, External) and _last(callee.name) in objects.DECODERS:
                    flows = (flow for arg in call.args for flow in self._search.of(where, arg.value))
                    found.update(read for flow in flows if (read := _read_of(flow)) is not None)
        return frozenset(found)

    def _has_notifications(self) -> bool:
        """Whether the project reads notifications at all."""
        names = {NOTIFIED[0], POWERTOOLS_NAME}
        reads = (read.key for facts in self._modules for read in facts.key_reads)
        loads = (load.name for facts in self._modules for load in facts.loads)
        return not names.isdisjoint(reads) or not names.isdisjoint(loads)

    def _calls(self) -> Iterator[tuple[int, Call]]:
        for module, facts in enumerate(self._modules):
            if module not in self._tests:
                yield from ((module, call) for call in facts.calls)

    def _phase_of(self, module: int, call: Call) -> Phase:
        return self._phases.of_function(self._graph.function_of(module, call.scope))

    def _keys(self, where: Where, call: Call, owner: Sdk, method: str) -> Iterator[Flow]:
        """The keys of notifications that the call takes for the key of an object."""
        positions = objects.KEY_POSITIONS.get((owner.kind.value, method), ()) if owner.service == "s3" else ()
        for position, arg in enumerate(call.args):
            for flow in self._search.of(where, arg.value):
                if _is_encoded(flow) and _is_key(flow, arg, position in positions and arg.keyword is None):
                    yield flow


def _is_key(flow: Flow, arg: Arg, is_positional: bool) -> bool:
    keys = ([arg.keyword] if arg.keyword else []) + [
        key for key in reversed(flow.held) if isinstance(key, str)
    ]
    return (
        (is_positional and not flow.held)
        or (bool(keys) and keys[-1] in objects.KEY_KEYWORDS)
        or (is_positional and bool(keys))
        or tuple(reversed(keys[-2:])) == objects.NAME_IN
    )


def _is_encoded(flow: Flow) -> bool:
    if flow.path[-3:] != NOTIFIED:
        return False
    names = [_last(name) for name in flow.through]
    if objects.HALF_DECODER in names and objects.PLUS in flow.through:
        return False  # `unquote(key.replace("+", " "))`
    return all(_keeps(name) for name in flow.through)


def _keeps(name: str) -> bool:
    """Whether what went through it is still encoded, if it was."""
    is_text = name in KEPT or name.startswith(("str.", *PATHS))
    return is_text or _last(name) == objects.HALF_DECODER


def _last(name: str) -> str:
    return name.rpartition(".")[2]


def _read_of(flow: Flow) -> Read | None:
    reads = [step for step in flow.steps if step.reads(flow.name)]
    return (reads[-1].module, reads[-1].order) if reads else None


def encoded_keys(ctx: Context) -> list[EncodedKey]:
    """The keys of S3 notifications that the module reads and that are used without being decoded."""
    return ctx.project.once(EncodedKeys).in_module(ctx.module.number)
