"""What tells that a function is traced, or that its code wants it to be.

Source: "Visualize Lambda function invocations using AWS X-Ray", the documentation of Powertools for AWS
Lambda (Python), of the X-Ray SDK, and of the layers of AWS Distro for OpenTelemetry and of the vendors named
here; read 2026-11.
"""

from __future__ import annotations

AS_OF = "2026-11"
SOURCE = "https://docs.aws.amazon.com/lambda/latest/dg/services-xray.html"

XRAY_RECORDERS: dict[str, str] = {
    "aws_lambda_powertools.Tracer": "the `Tracer` of Powertools",
    "aws_lambda_powertools.tracing.Tracer": "the `Tracer` of Powertools",
    "aws_lambda_powertools.tracing": "the `Tracer` of Powertools",
    "aws_xray_sdk": "the X-Ray SDK",
    "aws_xray_sdk.core": "the X-Ray SDK",
}
"""What code imports to record segments, which X-Ray only takes while the function's tracing is active."""

OTHER_TRACERS = frozenset(
    {
        "datadog_lambda", "ddtrace", "elasticapm", "epsagon", "instana", "lumigo_opentelemetry",
        "lumigo_tracer", "newrelic", "opentelemetry", "sentry_sdk", "splunk_otel", "thundra",
    }
)  # fmt: skip
"""Packages that trace in a way of their own."""

TRACER_VARIABLES = frozenset(
    {
        "AWS_LAMBDA_EXEC_WRAPPER", "DD_API_KEY_SECRET_ARN", "DD_LAMBDA_HANDLER", "DD_TRACE_ENABLED",
        "LUMIGO_ORIGINAL_HANDLER", "LUMIGO_TRACER_TOKEN", "NEW_RELIC_ACCOUNT_ID", "NEW_RELIC_LAMBDA_HANDLER",
        "OTEL_SERVICE_NAME", "SENTRY_INITIAL_HANDLER",
    }
)  # fmt: skip
"""Environment variables by which a layer that traces is told what to do."""

TRACER_LAYERS = ("datadog", "dynatrace", "elastic-apm", "instana", "lumigo", "newrelic", "otel", "sentry")
"""Parts of the names of layers that trace, in lower case."""
