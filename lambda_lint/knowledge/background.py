"""What starts work that goes on by itself, and what waits for such work.

Source: the Python 3.14 library reference on `threading`, `multiprocessing`, `concurrent.futures`,
`subprocess` and `asyncio`; as of 2026-11.
"""

from __future__ import annotations

AS_OF = "2026-11"
SOURCE = "https://docs.python.org/3/library/concurrency.html"

STARTED = {
    "threading.Thread": "a thread",
    "threading.Timer": "a timer",
    "multiprocessing.Process": "a process",
    "multiprocessing.context.Process": "a process",
    "multiprocessing.get_context().Process": "a process",
}
"""Classes whose objects begin to work when their method `start` is called -> what they are."""

_LOOPS = ("asyncio.get_event_loop()", "asyncio.get_running_loop()", "asyncio.new_event_loop()")
_EXECUTORS = (
    "concurrent.futures.ThreadPoolExecutor()",
    "concurrent.futures.ProcessPoolExecutor()",
    "concurrent.futures.thread.ThreadPoolExecutor()",
    "concurrent.futures.process.ProcessPoolExecutor()",
)

TASKS = {
    "asyncio.create_task": "a task",
    "asyncio.ensure_future": "a task",
    "asyncio.tasks.create_task": "a task",
    "asyncio.run_coroutine_threadsafe": "a coroutine",
    **{f"{loop}.create_task": "a task" for loop in _LOOPS},
    **{f"{loop}.run_in_executor": "work in a thread" for loop in _LOOPS},
    "subprocess.Popen": "a process",
}
"""Callables that start work themselves -> what it is."""

SUBMITS = {f"{executor}.{method}": "work" for executor in _EXECUTORS for method in ("submit", "map")}
"""Methods that give work to an executor."""

STARTS = "start"

HARMLESS = frozenset(
    {"add_done_callback", "daemon", "ident", "name", "pid", "set_name", "setDaemon", "setName", "start"}
)
"""Attributes of threads, processes, tasks and futures that do not wait for them."""

WAITS = frozenset(
    {
        "acquire",
        "as_completed",
        "cancel",
        "communicate",
        "exception",
        "gather",
        "is_alive",
        "is_set",
        "join",
        "poll",
        "put",
        "recv",
        "result",
        "run_until_complete",
        "shutdown",
        "terminate",
        "wait",
        "wait_for",
    }
)
"""Methods that wait for work, ask whether it is done, or tell it to stop."""

BARE_WAITS = frozenset({"get", "set", "done"})
"""The same if they are called without arguments, as those of a queue and an event are."""

WAITING = frozenset(
    {
        "asyncio.all_tasks",
        "asyncio.as_completed",
        "asyncio.gather",
        "asyncio.sleep",
        "asyncio.timeout",
        "asyncio.wait",
        "asyncio.wait_for",
        "concurrent.futures.as_completed",
        "concurrent.futures.wait",
        "multiprocessing.connection.wait",
        "os.wait",
        "os.waitpid",
        "signal.pause",
        "time.sleep",
    }
)
"""Functions of which the same holds, or that give such work time."""
