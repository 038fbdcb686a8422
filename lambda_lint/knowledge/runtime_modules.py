"""Which modules the Python runtime has before it looks for a handler, and how it looks for it.

Source: the runtime interface client `awslambdaric` 4.2.2 (`bootstrap._get_handler`: the handler is parted at
its last dot; a module whose first name is in `sys.builtin_module_names` is refused; the rest is
`importlib.import_module` and `getattr`), and what `sys.modules` holds after it was imported by Python 3.11,
without what other versions may load later; the packages and layers named, from their documentation. Read and
measured 2026-11.
"""

from __future__ import annotations

AS_OF = "2026-11"
SOURCE = "https://github.com/aws/aws-lambda-python-runtime-interface-client"

BUILT_IN = frozenset(
    {
        "_abc", "_ast", "_codecs", "_collections", "_functools", "_imp", "_io", "_locale", "_operator",
        "_signal", "_sre", "_stat", "_string", "_symtable", "_thread", "_tracemalloc", "_warnings",
        "_weakref", "atexit", "builtins", "errno", "faulthandler", "gc", "itertools", "marshal", "posix",
        "pwd", "sys", "time",
    }
)  # fmt: skip
"""Modules that are compiled into the interpreter: the runtime refuses a handler in one of these."""

LOADED = frozenset(
    {
        "abc", "awslambdaric", "codecs", "collections", "contextlib", "copyreg", "decimal", "encodings",
        "enum", "functools", "genericpath", "importlib", "io", "json", "keyword", "linecache", "logging",
        "math", "numbers", "operator", "os", "posixpath", "re", "reprlib", "simplejson", "site", "stat",
        "string", "textwrap", "threading", "traceback", "types", "warnings", "weakref", "zipimport",
    }
)  # fmt: skip
"""Modules that the runtime itself has imported: their names lead to them, whatever the code folder holds."""

INLINE_MODULE = "index"
"""The module that code in a template becomes."""

EXEC_WRAPPER = "AWS_LAMBDA_EXEC_WRAPPER"
"""The variable that names a script which starts in place of the runtime, as Lambda Web Adapter does."""

BROUGHT = frozenset(
    {
        "awsgi", "catalyst_agent", "datadog_lambda", "elasticapm", "epsagon", "instana", "iopipe",
        "lumigo_tracer", "mangum", "newrelic_lambda_wrapper", "opentelemetry", "otel_wrapper", "rookout",
        "s_function", "sentry_sdk", "serverless_sdk", "serverless_wsgi", "signalfx_lambda", "splunk_otel",
        "sumologic", "thundra", "wsgi", "wsgi_handler", "zappa",
    }
)  # fmt: skip
"""First names of handlers that a layer, a package or a build brings: wrappers around the real one."""
