"""Which parts of an event somebody outside may write as they like, and which events are about people.

A key of an uploaded object, a query string or a message is free text of whoever sent it. A bucket's name, a
schedule's time or the claims of a token that was checked are not.

Source: https://docs.aws.amazon.com/lambda/latest/dg/lambda-services.html (the event of each service), and
https://owasp.org/www-project-serverless-top-10/ (event-data injection); as of 2026-11.
"""

from __future__ import annotations

import re

from lambda_lint.knowledge.event_parts import ANY_KEY
from lambda_lint.model.labels import SourceKind

AS_OF = "2026-11"
SOURCE = "https://docs.aws.amazon.com/lambda/latest/dg/lambda-services.html"

_Path = tuple[str | None, ...]

_REQUEST: tuple[_Path, ...] = (
    ("body",),
    ("cookies",),
    ("headers",),
    ("multiValueHeaders",),
    ("multiValueQueryStringParameters",),
    ("path",),
    ("pathParameters",),
    ("queryStringParameters",),
    ("rawPath",),
    ("rawQueryString",),
    ("requestContext", "http", "path"),
    ("requestContext", "http", "userAgent"),
    ("requestContext", "identity", "userAgent"),
    ("requestContext", "path"),
)
_RECORD = ("Records", ANY_KEY)

UNKNOWN_SOURCE: tuple[_Path, ...] = (
    ("body",),
    ("multiValueQueryStringParameters",),
    ("pathParameters",),
    ("queryStringParameters",),
    ("rawQueryString",),
)
"""What is free text if it is not known where the event comes from: parts that only requests have."""

FREE_TEXT: dict[SourceKind, tuple[_Path, ...]] = {
    SourceKind.ALB: _REQUEST,
    SourceKind.ALEXA: (("request", "intent", "slots"),),
    SourceKind.API: _REQUEST,
    SourceKind.APPSYNC: (("arguments",), ("request", "headers")),
    SourceKind.AUTHORIZER: (*_REQUEST, ("authorizationToken",), ("identitySource",)),
    SourceKind.BEDROCK_AGENT: (("inputText",), ("parameters",), ("requestBody",), ("sessionAttributes",)),
    SourceKind.COGNITO: (("request", "clientMetadata"), ("request", "userAttributes"), ("userName",)),
    SourceKind.CONNECT: (("Details", "ContactData", "Attributes"), ("Details", "Parameters")),
    SourceKind.DOCUMENTDB: (("events",),),
    SourceKind.DYNAMODB: (
        (*_RECORD, "dynamodb", "Keys"),
        (*_RECORD, "dynamodb", "NewImage"),
        (*_RECORD, "dynamodb", "OldImage"),
    ),
    SourceKind.EDGE: (
        (*_RECORD, "cf", "request", "body"),
        (*_RECORD, "cf", "request", "headers"),
        (*_RECORD, "cf", "request", "querystring"),
        (*_RECORD, "cf", "request", "uri"),
    ),
    SourceKind.EVENTBRIDGE: (("detail", "object", "key"),),
    SourceKind.FIREHOSE: (("records", ANY_KEY, "data"),),
    SourceKind.FUNCTION_URL: _REQUEST,
    SourceKind.HTTP_API: _REQUEST,
    SourceKind.KAFKA: (("records",),),
    SourceKind.KINESIS: ((*_RECORD, "kinesis", "data"), (*_RECORD, "kinesis", "partitionKey")),
    SourceKind.LEX: (
        ("currentIntent", "slots"),
        ("inputTranscript",),
        ("interpretations",),
        ("sessionState", "intent", "slots"),
    ),
    SourceKind.MQ: (("messages",), ("rmqMessagesByQueue",)),
    SourceKind.REST_API: _REQUEST,
    SourceKind.S3: ((*_RECORD, "s3", "object", "key"),),
    SourceKind.SES: (
        (*_RECORD, "ses", "mail", "commonHeaders"),
        (*_RECORD, "ses", "mail", "headers"),
        (*_RECORD, "ses", "mail", "source"),
    ),
    SourceKind.SNS: (
        (*_RECORD, "Sns", "Message"),
        (*_RECORD, "Sns", "MessageAttributes"),
        (*_RECORD, "Sns", "Subject"),
    ),
    SourceKind.SQS: ((*_RECORD, "body"), (*_RECORD, "messageAttributes")),
    SourceKind.WEBSOCKET: _REQUEST,
}
"""By source, the parts that are free text of somebody else. Of IoT and custom events none is known to be."""

IMPERSONAL = frozenset(
    {
        SourceKind.CODEPIPELINE,
        SourceKind.CONFIG,
        SourceKind.CUSTOM_RESOURCE,
        SourceKind.EVENTBRIDGE,
        SourceKind.S3,
        SourceKind.S3_BATCH,
        SourceKind.SCHEDULE,
        SourceKind.SECRET_ROTATION,
    }
)
"""Sources whose events are about resources, not about people."""


BULK: frozenset[tuple[str | int | None, ...]] = frozenset(
    {
        ("Details",),
        ("Details", "ContactData"),
        ("Details", "ContactData", "Attributes"),
        ("Records",),
        _RECORD,
        (*_RECORD, "Sns"),
        (*_RECORD, "Sns", "Message"),
        (*_RECORD, "body"),
        (*_RECORD, "cf"),
        (*_RECORD, "cf", "request"),
        (*_RECORD, "cf", "request", "headers"),
        (*_RECORD, "dynamodb"),
        (*_RECORD, "dynamodb", "NewImage"),
        (*_RECORD, "dynamodb", "OldImage"),
        (*_RECORD, "kinesis"),
        (*_RECORD, "kinesis", "data"),
        ("authorizationToken",),
        ("body",),
        ("cookies",),
        ("detail",),
        ("headers",),
        ("messages",),
        ("multiValueHeaders",),
        ("records",),
        ("request",),
        ("request", "userAttributes"),
        ("requestContext",),
        ("requestContext", "authorizer"),
        ("requestContext", "authorizer", "claims"),
        ("requestContext", "authorizer", "jwt", "claims"),
    }
)
"""Parts of an event that hold all that somebody sent, or all that is known of somebody."""

_SECRET_HEADERS = frozenset({"authorization", "cookie", "x-api-key"})
_SECRET_KEYS = re.compile(
    r"pass(word|wd|phrase)?$|pwd$|secret|token|(api|access|private)_?key|credential", re.IGNORECASE
)


def is_bulk(path: tuple[str | int | None, ...]) -> bool:
    """Whether logging the part tells all, or a credential, of somebody."""
    is_header = path[:1] in {("headers",), ("multiValueHeaders",)} and len(path) == 2
    return path in BULK or (is_header and str(path[1]).lower() in _SECRET_HEADERS)


def is_secret_part(path: tuple[str | int | None, ...]) -> bool:
    """Whether a part of the answer of Secrets Manager is the secret, or a secret part of it."""
    if len(path) <= 1:
        return path in {(), ("SecretString",), ("SecretBinary",)}
    return bool(_SECRET_KEYS.search(str(path[-1])))


def is_free_text(path: _Path | tuple[str | int | None, ...], sources: tuple[SourceKind, ...]) -> bool:
    """Whether somebody outside may write what is at the path of an event of one of the sources."""
    known = [prefix for source in sources for prefix in FREE_TEXT.get(source, ())]
    return any(begins(path, prefix) for prefix in (known if sources else UNKNOWN_SOURCE))


def begins(path: tuple[str | int | None, ...], prefix: _Path) -> bool:
    """Whether the path is the prefix or a part of it; a key that is not told is not taken for another one."""
    return len(path) >= len(prefix) and all(
        key == wanted or wanted is ANY_KEY for key, wanted in zip(path, prefix, strict=False)
    )
