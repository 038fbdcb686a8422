"""Callables that only write a note of what they are given: logs, prints, metrics, traces.

Source: the Python library reference, the documentation of Powertools for AWS Lambda, structlog and loguru; as
of 2026-11.
"""

from __future__ import annotations

AS_OF = "2026-11"
SOURCE = "https://docs.powertools.aws.dev/lambda/python/latest/core/logger/"

NOTES = frozenset(
    {
        "aws_embedded_metrics",
        "aws_lambda_powertools.Logger",
        "aws_lambda_powertools.Metrics",
        "aws_lambda_powertools.Tracer",
        "aws_lambda_powertools.logging",
        "aws_lambda_powertools.metrics",
        "aws_lambda_powertools.tracing",
        "aws_xray_sdk",
        "builtins.print",
        "logging",
        "loguru",
        "pprint",
        "structlog",
        "warnings",
    }
)
"""Full names of modules, classes and functions whose every call takes a note."""


def is_note(name: str) -> bool:
    """Whether a call of this full name takes a note: `logging.getLogger().info` lies in `logging`."""
    while name:
        if name in NOTES or name.removesuffix("()") in NOTES:
            return True
        name = name.rpartition(".")[0]
    return False
