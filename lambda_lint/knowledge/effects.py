"""What calls do: which ones change something outside of the function, and which only take notes.

Source: the service models of botocore 1.44, the documentation of requests, httpx, urllib3, redis, pymongo and
the DB-API (PEP 249), and the Python library reference; as of 2026-11.
"""

from __future__ import annotations

AS_OF = "2026-11"
SOURCE = "https://boto3.amazonaws.com/v1/documentation/api/latest/reference/services/index.html"

READING_OPERATIONS = (
    "all",
    "analyze_",
    "assume_role",
    "batch_check_",
    "batch_detect_",
    "batch_execute_statement",
    "batch_get",
    "can_paginate",
    "check_",
    "close",
    "converse",
    "decode_",
    "decrypt",
    "describe",
    "detect_",
    "download",
    "encrypt",
    "estimate_",
    "filter",
    "generate_",
    "get",
    "head",
    "invoke_agent",
    "invoke_endpoint",
    "invoke_model",
    "limit",
    "list",
    "load",
    "lookup_",
    "paginate",
    "preview_",
    "query",
    "recognize_",
    "reload",
    "retrieve",
    "scan",
    "search",
    "select_",
    "sign",
    "simulate_",
    "transact_get_",
    "translate_",
    "validate_",
    "verify",
    "wait",
)
"""How the names of operations begin that change nothing which would have to be done again."""

NOTING_OPERATIONS = frozenset(
    {
        "create_log_group",
        "create_log_stream",
        "put_log_events",
        "put_metric_data",
        "put_telemetry_records",
        "put_trace_segments",
    }
)
"""Operations that record what happens: metrics, logs and traces."""

CHANGING_METHODS = frozenset(
    {
        "batch_write_item",
        "bulk",
        "bulk_write",
        "commit",
        "copy_object",
        "delete_item",
        "delete_object",
        "delete_objects",
        "executemany",
        "insert_many",
        "insert_one",
        "put_events",
        "put_item",
        "put_object",
        "put_record",
        "put_record_batch",
        "put_records",
        "replace_one",
        "send_email",
        "send_message",
        "send_message_batch",
        "send_raw_email",
        "send_task_failure",
        "send_task_success",
        "start_execution",
        "transact_write_items",
        "update_item",
        "update_many",
        "update_one",
        "upload_file",
        "upload_fileobj",
    }
)
"""Methods that change something, whatever object has them: what the object is, is often not known."""

SQL_METHODS = frozenset({"execute"})
"""Methods that run a statement of SQL."""

CHANGING_VERBS = frozenset({"delete", "patch", "post", "put"})
"""Functions of HTTP clients that change something."""

CHANGING_CALLS = frozenset(
    {
        "shutil.copyfileobj",
        "smtplib.SMTP().send_message",
        "smtplib.SMTP().sendmail",
        "smtplib.SMTP_SSL().send_message",
        "smtplib.SMTP_SSL().sendmail",
        "subprocess.check_call",
        "subprocess.check_output",
        "subprocess.run",
    }
)
"""Other callables that do, by their full names."""

NOTING_PACKAGES = frozenset({"ddtrace", "faulthandler", "opentelemetry", "traceback"})
"""Packages that record what happens to the program itself, besides those of `notes`."""

COMPUTING_MODULES = frozenset(
    {
        "base64",
        "collections",
        "contextlib",
        "copy",
        "datetime",
        "decimal",
        "functools",
        "html",
        "json",
        "re",
        "string",
        "textwrap",
        "time",
    }
)
"""Modules of the standard library that only compute, or look at the clock."""

COMPUTING_BUILTINS = frozenset(
    {
        "abs",
        "bool",
        "dict",
        "float",
        "format",
        "getattr",
        "hasattr",
        "int",
        "isinstance",
        "issubclass",
        "len",
        "list",
        "max",
        "min",
        "print",
        "repr",
        "round",
        "set",
        "sorted",
        "str",
        "sum",
        "tuple",
        "type",
    }
)

COMPUTING_CALLS = frozenset(
    {"os.environ.get", "os.getenv", "sys.exc_info", "sys.stderr.write", "sys.stdout.write"}
)

NOTING_METHODS = frozenset(
    {
        "add_annotation",
        "add_dimension",
        "add_exception",
        "add_metadata",
        "add_metric",
        "append_keys",
        "critical",
        "debug",
        "error",
        "exception",
        "fatal",
        "info",
        "log",
        "put_annotation",
        "put_metadata",
        "record_exception",
        "set_status",
        "warn",
        "warning",
    }
)
"""Methods that mean a note, whatever object has them: loggers often come from elsewhere."""

COMPUTING_METHODS = frozenset(
    {
        "decode",
        "encode",
        "format",
        "get",
        "get_remaining_time_in_millis",
        "isoformat",
        "items",
        "join",
        "keys",
        "lower",
        "replace",
        "rsplit",
        "split",
        "startswith",
        "strftime",
        "strip",
        "total_seconds",
        "upper",
        "values",
    }
)
"""Methods of plain data that only compute."""

LEAVING_CALLS = frozenset({"builtins.exit", "builtins.quit", "os._exit", "os.abort", "sys.exit"})
"""Callables that end the process, or raise `SystemExit`: the invocation fails."""

BROAD_ERRORS = frozenset({"builtins.BaseException", "builtins.Exception"})
"""Classes whose `except` catches any error."""
