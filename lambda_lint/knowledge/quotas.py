"""How long Lambda, queues and APIs wait, and what a function has that asks for nothing.

Sources, as of 2026-11: the references of `CreateFunction` and `CreateQueue`; Lambda's developer guide about
memory (https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html) and event source mappings of
queues (https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html); the quotas of API Gateway
(https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html) and of AppSync
(https://docs.aws.amazon.com/general/latest/gr/appsync.html).
"""

from __future__ import annotations

from lambda_lint.model.labels import SourceKind

AS_OF = "2026-11"
SOURCE = "https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html"

DEFAULT_TIMEOUT = 3
"""Seconds."""

DEFAULT_MEMORY = 128
"""MB."""

MEMORY_OF_A_PROCESSOR = 1769
"""MB with which a function has the whole of one virtual processor; with less it has that share of it."""

DEFAULT_VISIBILITY = 30
"""Seconds for which a message is hidden that was received."""

VISIBILITY_FACTOR = 6
"""How many times as long as the function may take, plus the batching window, messages should be hidden."""

BATCH_SIZES = {SourceKind.DYNAMODB: 100, SourceKind.KINESIS: 100, SourceKind.SQS: 10}
"""How many records a batch holds at most, unless the mapping says otherwise."""

MOST_RECORDS = 10_000
"""The largest batch that these sources can have (`BatchSize` of `CreateEventSourceMapping`).

Whatever its size, a batch ends at 6 MB, so that the event is never too large for an invocation."""

MOST_MESSAGES_AT_ONCE = 10
"""The largest batch of a queue that is FIFO, or whose mapping does not wait for a second to collect messages
(https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-parameters.html)."""

FIFO_SUFFIX = ".fifo"
"""What the name of a FIFO queue ends with."""

API_DEADLINES = {
    SourceKind.API: 30,
    SourceKind.APPSYNC: 30,
    SourceKind.HTTP_API: 30,
    SourceKind.REST_API: 29,
}
"""Seconds after which an API no longer waits for the function, unless its integration says otherwise."""

WITHOUT_SETTING = frozenset({SourceKind.APPSYNC})
"""APIs that always wait so long."""

API_TITLES = {
    SourceKind.API: "API Gateway",
    SourceKind.APPSYNC: "AppSync",
    SourceKind.HTTP_API: "the HTTP API",
    SourceKind.REST_API: "the REST API",
}

TRANSFER_MODE, STREAMED = "responsetransfermode", "STREAM"
"""The setting of an integration, in lower case, and its value, with which a REST API waits for 15 minutes
(https://docs.aws.amazon.com/apigateway/latest/developerguide/response-transfer-mode.html)."""
