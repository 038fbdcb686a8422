"""Does asynchronous code run in an event loop that outlives the invocation?

What belongs to a loop (a session, a pool, a client that was entered) must not outlive it. `asyncio.run` makes
and closes a loop each time; only a loop that is kept, and that is never closed, lets such things be shared.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambda_lint.knowledge import event_loops
from lambda_lint.semantics.facts import Attr
from lambda_lint.semantics.values import External, Returned, Where

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lambda_lint.semantics.project import Project
    from lambda_lint.semantics.values import FunctionKey


def runs_in_lasting_loop(project: Project, function: FunctionKey) -> bool:
    """Whether all that the invocations of these handlers await runs in a loop that is kept."""
    lives = list(_loops(project, function))
    return bool(lives) and all(lives)


def _loops(project: Project, function: FunctionKey) -> Iterator[bool]:
    """For each place that runs a loop, or closes one: whether the loop is there at the next invocation."""
    ev = project.evaluator
    reached = project.phases.reached_from(project.phases.handlers_of(function))
    for module in sorted({key[0] for key in reached}):
        for call in project.modules[module].calls:
            if project.graph.function_of(module, call.scope) not in reached:
                continue
            where = Where(module, call.scope, call.order)
            if any(
                isinstance(value, External) and value.name in event_loops.ONE_RUN
                for value in ev.values(where, call.func)
            ):
                yield False
            if isinstance(call.func, Attr) and call.func.name in {event_loops.RUNS, event_loops.CLOSES}:
                for owner in ev.values(where, call.func.base):
                    if isinstance(owner, Returned) and owner.callee in event_loops.LASTING | event_loops.NEW:
                        yield call.func.name == event_loops.RUNS and _is_kept(project, owner)


def _is_kept(project: Project, loop: Returned) -> bool:
    module, site = loop.call
    made_at_import = project.graph.function_of(module, project.modules[module].calls[site].scope)[1] == 0
    return loop.callee in event_loops.LASTING or made_at_import
