"""For how long the SDK waits for an answer, and how often it asks.

Source: `botocore.config.Config` (https://botocore.amazonaws.com/v1/documentation/api/latest/reference/config.html)
and the guide to retries; as of 2026-11, botocore 1.44. What is not answered in time is asked for again,
in every mode of retries.
"""

from __future__ import annotations

AS_OF = "2026-11"
SOURCE = "https://boto3.amazonaws.com/v1/documentation/api/latest/guide/retries.html"

CONFIGS = frozenset(
    {
        "aiobotocore.config.AioConfig",
        "boto3.session.Config",
        "botocore.client.Config",
        "botocore.config.Config",
    }
)
"""Full names of the class whose objects configure a client; its arguments are keywords."""

CONFIG_POSITION = 9
"""Where `config` may stand without its keyword among the arguments of `client` and `resource`."""

READ_TIMEOUT = 60
"""Seconds by default."""

ATTEMPTS = {"legacy": 5, "standard": 3, "adaptive": 3}
"""The mode of retries -> how often a request is sent at most, by default."""
DEFAULT_MODE = "legacy"

ATTEMPT_VARIABLES = frozenset({"AWS_MAX_ATTEMPTS", "AWS_RETRY_MODE"})
"""Environment variables that say it too."""

SLOW: dict[str, frozenset[str]] = {
    "bedrock-agent-runtime": frozenset({"invoke_agent", "invoke_flow", "retrieve_and_generate"}),
    "bedrock-runtime": frozenset({"converse", "invoke_model"}),
    "sagemaker-runtime": frozenset({"invoke_endpoint"}),
    "stepfunctions": frozenset({"start_sync_execution"}),
}
"""Service -> operations whose answer takes as long as some work, not milliseconds."""
