"""Which effects are had twice when the same event comes twice, and what makes a repeat harmless.

Source: the API references of DynamoDB (update expressions), Step Functions (StartExecution), SES and SNS, the
SQL of PostgreSQL, MySQL and SQLite, Stripe's reference (idempotent requests), and the documentation of
Powertools' idempotency utility; as of 2026-11.
"""

from __future__ import annotations

import re

AS_OF = "2026-11"
SOURCE = "https://docs.aws.amazon.com/lambda/latest/dg/concepts-event-driven-architectures.html"

GENERATORS = {
    "uuid.uuid1": "uuid.uuid1()",
    "uuid.uuid4": "uuid.uuid4()",
    "uuid.uuid6": "uuid.uuid6()",
    "uuid.uuid7": "uuid.uuid7()",
    "ulid.ULID": "ulid.ULID()",
    "ulid.new": "ulid.new()",
    "secrets.token_hex": "secrets.token_hex()",
    "secrets.token_urlsafe": "secrets.token_urlsafe()",
    "nanoid.generate": "nanoid.generate()",
    "shortuuid.uuid": "shortuuid.uuid()",
    "ksuid.Ksuid": "ksuid.Ksuid()",
    "ksuid.ksuid": "ksuid.ksuid()",
    "bson.ObjectId": "bson.ObjectId()",
    "bson.objectid.ObjectId": "bson.ObjectId()",
}
"""Callables that make another identifier each time -> how they are written."""

CLOCKS = {
    "datetime.datetime.now": "datetime.now()",
    "datetime.datetime.utcnow": "datetime.utcnow()",
    "time.time": "time.time()",
    "time.time_ns": "time.time_ns()",
}
"""Callables that tell the time -> how they are written."""

KEY_ATTRIBUTE = re.compile(
    r"(?:pk|sk|id|uuid|uid|key|.+_(?:id|key|uuid)|.+(?:Id|ID|Key|UUID))$|(?:PK|SK|ID)$"
)
"""Names by which the key of a table goes."""
SORT_KEY = re.compile(r"(?:sk|sort_?key|range_?key|timestamp)$", re.IGNORECASE)

COUNTER = re.compile(
    r"\bADD\s+[#\w]|=\s*(?:if_not_exists\s*\([^()]*\)|[#\w.]+)\s*[+-]\s*[:#\w]|\blist_append\s*\(",
    re.IGNORECASE,
)
"""An update expression whose result depends on what was there."""

INSERT = re.compile(r"\s*INSERT\s+INTO\b", re.IGNORECASE)
INSERT_ONCE = re.compile(r"\bON\s+CONFLICT\b|\bON\s+DUPLICATE\s+KEY\b|\bNOT\s+EXISTS\b", re.IGNORECASE)
SQL_COUNTER = re.compile(r"\s*UPDATE\b.*\bSET\b.*?\b([\w.\"`]+)\s*=\s*\1\s*[+-]", re.IGNORECASE | re.DOTALL)

EMAIL_SERVICES = frozenset({"ses", "sesv2", "pinpoint-email"})
EMAIL_OPERATIONS = frozenset(
    {"send_bulk_email", "send_bulk_templated_email", "send_email", "send_raw_email", "send_templated_email"}
)
EMAIL_CALLS = frozenset(
    {
        "smtplib.SMTP().send_message",
        "smtplib.SMTP().sendmail",
        "smtplib.SMTP_SSL().send_message",
        "smtplib.SMTP_SSL().sendmail",
    }
)

PAYMENTS = re.compile(
    r"stripe\.(?:Charge|InvoiceItem|Invoice|PaymentIntent|Payout|Refund|Subscription|Transfer)\.create$"
)

HARMLESS = re.compile(
    r"idempoten|de_?dup|duplicat|(?:already|been)[ _](?:processed|sent|done|handled|exists|seen)"
    r"|is_(?:new|first)\b|processed_(?:events?|messages?|ids?|keys?)|attribute_not_exists|IfNoneMatch|ConditionExpression"
    r"|ClientRequestToken|ClientToken",
    re.IGNORECASE,
)
"""Words by which code shows that it has thought of repeats: conditions of writes, tokens, names of checks."""

IDEMPOTENCY_PACKAGE = "aws_lambda_powertools.utilities.idempotency"

LOOKUPS = frozenset({"get_item", "head_object", "setnx"})
"""Operations that tell whether something is there already."""
