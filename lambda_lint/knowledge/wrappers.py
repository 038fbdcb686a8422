"""Callables outside the project that hand on, keep, or later call what they are given.

Source: the Python 3.14 library reference, and the documentation of the packages named; as of 2026-11.
"""

from __future__ import annotations

AS_OF = "2026-11"
SOURCE = "https://docs.python.org/3/library/functools.html"

CACHES = frozenset(
    {
        "functools.cache",
        "functools.lru_cache",
        "functools.cached_property",
        "cachetools.cached",
        "cachetools.func.lru_cache",
        "cachetools.func.ttl_cache",
        "async_lru.alru_cache",
        "cached_property.cached_property",
        "django.utils.functional.cached_property",
        "werkzeug.utils.cached_property",
        "methodtools.lru_cache",
    }
)
"""Decorators whose function runs once for each set of arguments."""

PER_INSTANCE_CACHES = frozenset(name for name in CACHES if name.endswith("cached_property"))
"""Caches that live as long as the instance does."""

PROPERTIES = PER_INSTANCE_CACHES | {
    "builtins.property",
    "abc.abstractproperty",
    "functools.singledispatchmethod",
}

FACTORY_ARGUMENTS = frozenset({"default_factory", "factory"})
"""Arguments of `dataclasses.field`, `attrs.field`, `pydantic.Field` that make the value of a new instance."""

HAND_ON = {
    "typing.cast": 1,
    "contextlib.closing": 0,
    "copy.copy": 0,
    "asyncio.run": 0,
    "asyncio.wait_for": 0,
    "asyncio.shield": 0,
    "asyncio.create_task": 0,
    "asyncio.ensure_future": 0,
    "asyncio.get_event_loop().run_until_complete": 0,
    "asyncio.get_running_loop().create_task": 0,
    "asyncio.new_event_loop().run_until_complete": 0,
    "contextlib.nullcontext": 0,
    "aws_xray_sdk.core.patch": 0,
}
"""Callables that return (or await and return) one of their arguments: which position."""

IMPORTERS = {"builtins.__import__": False, "importlib.import_module": True}
"""Callables that import a module by name, and whether they return it and not the first package around it."""

ENUMS = frozenset({"enum.Enum", "enum.Flag"})
"""Base classes whose members are objects of their own."""

ENTERS = frozenset(
    {
        "contextlib.AsyncExitStack().enter_async_context",
        "contextlib.AsyncExitStack().enter_context",
        "contextlib.ExitStack().enter_context",
    }
)
"""Callables that enter a context manager, and return what `with` would bind."""

PASSES_REST = {
    "asyncio.get_event_loop().run_in_executor": 1,
    "asyncio.get_running_loop().run_in_executor": 1,
    "asyncio.new_event_loop().run_in_executor": 1,
    "asyncio.to_thread": 0,
    "atexit.register": 0,
    "concurrent.futures.ProcessPoolExecutor().submit": 0,
    "concurrent.futures.ThreadPoolExecutor().submit": 0,
    "concurrent.futures.thread.ThreadPoolExecutor().submit": 0,
    "contextvars.copy_context().run": 0,
}
"""Callables that call one of their arguments with all that follow it: its position."""

PASSES_ELEMENTS = frozenset(
    {
        "builtins.filter",
        "builtins.map",
        "concurrent.futures.ProcessPoolExecutor().map",
        "concurrent.futures.ThreadPoolExecutor().map",
        "concurrent.futures.thread.ThreadPoolExecutor().map",
    }
)
"""Callables that call their first argument with elements of the others."""

STARTS = {
    "multiprocessing.Process": "run",
    "multiprocessing.context.Process": "run",
    "threading.Thread": "run",
    "threading.Timer": "run",
}
"""Classes that call their target with what they are given as `args` and `kwargs`, and whose `start` calls the
method named here."""

ADAPTERS = frozenset(
    {
        "mangum.Mangum",
        "mangum.adapter.Mangum",
        "apig_wsgi.make_lambda_handler",
        "a2wsgi.ASGIMiddleware",
        "asgiref.wsgi.WsgiToAsgi",
        "awsgi.response",
        "awsgi2.response",
        "serverless_wsgi.handle_request",
        "aws_wsgi.response",
        "magnum.Magnum",
    }
)
"""Adapters that make a handler of a web application, or answer one event with it."""

DISPATCH_METHODS = frozenset(
    {
        "__call__",
        "resolve",
        "lambda_handler",
        "handle",
        "handle_request",
        "dispatch",
        "process",
        "run",
        "invoke",
    }
)
"""Methods by which a handler gives an event to an application that others registered functions on."""

MOUNT_METHODS = frozenset({"include_router", "register_blueprint", "mount", "include", "merge_schemas"})
"""Methods that add another application's functions to this one's."""
