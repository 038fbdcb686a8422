"""How one function invokes another through the SDK, and how a function knows its own name.

Source: the API reference of Lambda (Invoke, InvokeAsync, InvokeWithResponseStream), the context object and
the defined environment variables in the developer guide; as of 2026-11.
"""

from __future__ import annotations

AS_OF = "2026-11"
SOURCE = "https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html"

SERVICE = "lambda"

OPERATIONS = frozenset({"invoke", "invoke_async", "invoke_with_response_stream"})
"""Operations of a client of `lambda` that run a function."""

TYPED_OPERATIONS = frozenset({"invoke", "invoke_with_response_stream"})
"""Those that have an `InvocationType`; `invoke_async` never waits."""

WAITING, ASYNCHRONOUS, DRY_RUN = "RequestResponse", "Event", "DryRun"
DEFAULT_TYPE = WAITING

OWN_NAME_VARIABLE = "AWS_LAMBDA_FUNCTION_NAME"
"""The variable in which Lambda itself tells a function its name."""

OWN_NAME_ATTRIBUTES = frozenset(
    {
        "function_name",
        "invoked_function_arn",
        "invoked_function_arn.split()[6]",
        "invoked_function_arn.split()[-1]",
        "invoked_function_arn.rsplit()[-1]",
        "invoked_function_arn.rsplit()[0]",
    }
)
"""What of the context object names the function that runs. An ARN is
`arn:aws:lambda:REGION:ACCOUNT:function:NAME`, with `:QUALIFIER` after it if one was asked for."""

PAYLOADS = ("Payload", "InvokeArgs")
"""The arguments that become the event of the function that is invoked."""

SERIALIZERS = frozenset(
    {"json.dumps", "json.dumps().encode", "builtins.bytes", "io.BytesIO", "orjson.dumps", "ujson.dumps"}
)
"""Callables that make a payload of what they are given."""
