"""What the execution role of a function must allow Lambda, whatever the code does.

Sources: https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html with the policies that
it names; https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html; as of 2026-11.
"""

from __future__ import annotations

AS_OF = "2026-11"
SOURCE = "https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html"

LOGS = ("logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents")
NETWORK_POLICY = "AWSLambdaVPCAccessExecutionRole"
TRACING = ("xray:PutTelemetryRecords", "xray:PutTraceSegments")
"""What is needed once X-Ray is told of invocations; which of them it samples, Lambda asks by itself."""
ACTIVE = "Active"

DELIVERING = {
    "events": ("events:PutEvents",),
    "lambda": ("lambda:InvokeFunction",),
    "s3": ("s3:ListBucket", "s3:PutObject"),
    "sns": ("sns:Publish",),
    "sqs": ("sqs:SendMessage",),
}
"""Service -> what Lambda does there with an event that failed or is done."""

TAILS = {
    "dynamodb": "table/{}/stream/*",
    "events": "event-bus/{}",
    "kinesis": "stream/{}",
    "lambda": "function:{}",
    "sns": "{}",
    "sqs": "{}",
}
"""Prefix of an action -> the last part of the ARN of what feeds a function, or takes its events."""
