"""Decorators that call a handler with an event and a context, and return what it returned as it is.

Source: the code of Powertools for AWS Lambda (Python) 3.23 and of the packages named; as of 2026-11.
"""

from __future__ import annotations

AS_OF = "2026-11"
SOURCE = "https://docs.powertools.aws.dev/lambda/python/latest/"

_POWERTOOLS = "aws_lambda_powertools"

PASS_ON = frozenset(
    {
        "builtins.staticmethod",
        "builtins.classmethod",
        f"{_POWERTOOLS}.Logger().inject_lambda_context",
        f"{_POWERTOOLS}.logging.Logger().inject_lambda_context",
        f"{_POWERTOOLS}.logging.logger.Logger().inject_lambda_context",
        f"{_POWERTOOLS}.Tracer().capture_lambda_handler",
        f"{_POWERTOOLS}.tracing.Tracer().capture_lambda_handler",
        f"{_POWERTOOLS}.tracing.tracer.Tracer().capture_lambda_handler",
        f"{_POWERTOOLS}.Metrics().log_metrics",
        f"{_POWERTOOLS}.metrics.Metrics().log_metrics",
        f"{_POWERTOOLS}.utilities.data_classes.event_source",
        f"{_POWERTOOLS}.utilities.parser.event_parser",
    }
)
"""None of them runs an event loop, or encodes a result."""
