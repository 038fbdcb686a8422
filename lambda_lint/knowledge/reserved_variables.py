"""The environment variables that Lambda sets itself and keeps for itself.

Source: "Working with Lambda environment variables", defined runtime environment variables, reserved; read
2026-11. cfn-lint (E3663) and Sonar (S7617) have the same 18.
"""

from __future__ import annotations

AS_OF = "2026-11"
SOURCE = "https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html"

REGION = frozenset({"AWS_DEFAULT_REGION", "AWS_REGION"})

CREDENTIALS = frozenset({"AWS_ACCESS_KEY", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"})
"""The credentials of the execution role."""

RESERVED = (
    REGION
    | CREDENTIALS
    | frozenset(
        {
            "AWS_EXECUTION_ENV",
            "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
            "AWS_LAMBDA_FUNCTION_NAME",
            "AWS_LAMBDA_FUNCTION_VERSION",
            "AWS_LAMBDA_INITIALIZATION_TYPE",
            "AWS_LAMBDA_LOG_GROUP_NAME",
            "AWS_LAMBDA_LOG_STREAM_NAME",
            "AWS_LAMBDA_RUNTIME_API",
            "LAMBDA_RUNTIME_DIR",
            "LAMBDA_TASK_ROOT",
            "_HANDLER",
            "_X_AMZN_TRACE_ID",
        }
    )
)
