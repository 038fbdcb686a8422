"""Which sources run as many copies of a function at a time as there is traffic.

Source: "Understanding Lambda function scaling", and of queues "Scaling behavior for Amazon SQS event source
mappings" in the developer guide of Lambda; read 2026-11.
"""

from __future__ import annotations

from lambda_lint.model.labels import SourceKind

AS_OF = "2026-11"
SOURCE = "https://docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html"

SCALING: dict[SourceKind, str] = {
    SourceKind.ALB: "a load balancer",
    SourceKind.ALEXA: "Alexa",
    SourceKind.API: "an API",
    SourceKind.APPSYNC: "an API",
    SourceKind.AUTHORIZER: "an API",
    SourceKind.COGNITO: "a user pool",
    SourceKind.FUNCTION_URL: "a function URL",
    SourceKind.HTTP_API: "an API",
    SourceKind.IOT: "IoT",
    SourceKind.LEX: "a bot",
    SourceKind.REST_API: "an API",
    SourceKind.S3: "a bucket",
    SourceKind.SES: "received mail",
    SourceKind.SNS: "a topic",
    SourceKind.SQS: "a queue",
    SourceKind.WEBSOCKET: "an API",
}
"""Schedules and what is done now and then run one copy; shards and partitions limit how many streams run."""
