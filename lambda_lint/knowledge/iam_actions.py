"""What is known of single IAM actions, and which ones a pattern such as `s3:Get*` stands for.

`iam_actions.json` lists the actions that know no resource, by prefix; it is written by
`tests/generate_iam_tables.py`.

Source: the Service Authorization Reference
(https://docs.aws.amazon.com/service-authorization/latest/reference/reference.html), and for patterns
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html; as of 2026-11.
"""

from __future__ import annotations

from functools import cache

from lambda_lint.knowledge.iam_operations import names_of_no_action
from lambda_lint.knowledge.tables import part_of

AS_OF = "2026-11"
SOURCE = "https://docs.aws.amazon.com/service-authorization/latest/reference/reference.html"

TABLE = "iam_actions"

ON_OBJECTS = frozenset(
    {
        "AbortMultipartUpload",
        "BypassGovernanceRetention",
        "DeleteObject",
        "DeleteObjectTagging",
        "DeleteObjectVersion",
        "DeleteObjectVersionTagging",
        "GetObject",
        "GetObjectAcl",
        "GetObjectAttributes",
        "GetObjectLegalHold",
        "GetObjectRetention",
        "GetObjectTagging",
        "GetObjectTorrent",
        "GetObjectVersion",
        "GetObjectVersionAcl",
        "GetObjectVersionAttributes",
        "GetObjectVersionTagging",
        "ListMultipartUploadParts",
        "PutObject",
        "PutObjectAcl",
        "PutObjectLegalHold",
        "PutObjectRetention",
        "PutObjectTagging",
        "PutObjectVersionAcl",
        "PutObjectVersionTagging",
        "RestoreObject",
    }
)
"""Actions of S3 on objects: `arn:aws:s3:::bucket/*`. All others that take a resource are on buckets."""

LOGGING = frozenset({"logs:createloggroup", "logs:createlogstream", "logs:putlogevents"})
"""What every function needs to write its log; AWS's own policy allows it on `*`
(https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSLambdaBasicExecutionRole.html)."""

NETWORK = frozenset(
    {
        "ec2:assignprivateipaddresses",
        "ec2:createnetworkinterface",
        "ec2:deletenetworkinterface",
        "ec2:unassignprivateipaddresses",
    }
)
"""What a function in a VPC needs; AWS's own policy allows it on `*`
(https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSLambdaVPCAccessExecutionRole.html)."""

WITHOUT_BOUNDS = (
    "comprehend:*detect*",
    "polly:*speech*",
    "rekognition:*detect*",
    "translate:translate*",
)
"""Actions that take data and no resource, if no model or dictionary of one's own is to be used: allowed on
`*`, as in the policies of AWS
(https://docs.aws.amazon.com/aws-managed-policy/latest/reference/TranslateReadOnly.html)."""

OF_ENVIRONMENT = (
    "ec2:*networkinterface*",
    "ec2:*privateipaddresses",
    "ec2:describe*",
    "lambda:*durable*",
    "logs:*",
    "xray:*",
)
OF_PLATFORM = (*OF_ENVIRONMENT, "elasticfilesystem:client*", "kms:*")
"""What Lambda itself does in the function's name, or a service that the function uses: its log, its traces,
its network interfaces, its durable state (of the environment, which is the same for any function), its file
system, and keys of what is encrypted
(https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html)."""


LISTING = {"ec2": ("Describe*",), "cloudwatch": ("Describe*", "List*"), "tag": ("*",)}
"""Patterns by which hardly anything is meant but actions that take no resource, by prefix."""


def takes_resource(action: str) -> bool | None:
    """Whether the action can be allowed on some resources and not on others; None if that is not known.

    That is so, too, of what is an operation and no action.
    """
    prefix, _, name = action.lower().partition(":")
    known = _unrestricted(prefix)
    return None if known is None or name in names_of_no_action(prefix) else name not in known


def may_take_resource(pattern: str) -> bool:
    """Whether a pattern, such as `ec2:Describe*`, may mean an action that takes a resource.

    Of the actions only those without resources are listed; that there are others is told by what they begin
    with, and known of the services below alone.
    """
    prefix, _, name = pattern.partition(":")
    known = _unrestricted(prefix.lower())
    if known is None:
        return False
    return not any(matches(each, name) for each in LISTING.get(prefix.lower(), ()))


def matches(pattern: str, text: str) -> bool:
    """Whether `pattern`, in which `*` stands for any text and `?` for a letter, means `text` in any case."""
    pattern, text = pattern.lower(), text.lower()
    begin, *middle = pattern.split("*")
    if not middle:
        return len(begin) == len(text) and _find(begin, text, 0) == 0
    end = middle.pop()
    last = len(text) - len(end)
    at = len(begin)
    if at > last or _find(begin, text[:at], 0) != 0 or _find(end, text, last) != last:
        return False
    for part in middle:
        found = _find(part, text[:last], at)
        if found < 0:
            return False
        at = found + len(part)
    return True


def is_only(pattern: str, those: frozenset[str] | tuple[str, ...]) -> bool:
    """Whether all that a pattern means is among actions, or meant by patterns, in lower case."""
    lower = pattern.lower()
    return lower in those or any(matches(each, lower) for each in those)


def is_whole_service(pattern: str) -> bool:
    """Whether it means all actions of a service, or of all services: `s3:*`, `*`, `*:*`."""
    return pattern.rpartition(":")[2] == "*"


def _find(part: str, text: str, start: int) -> int:
    """Where `part`, in which `?` stands for any letter, first stands in `text` from `start` on; or -1."""
    if "?" not in part:
        return text.find(part, start)
    for at in range(start, len(text) - len(part) + 1):
        if all(one in ("?", other) for one, other in zip(part, text[at:], strict=False)):
            return at
    return -1


@cache
def _unrestricted(prefix: str) -> frozenset[str] | None:
    found = part_of(TABLE, prefix)
    return None if found == {} else frozenset(str(found).lower().split())
