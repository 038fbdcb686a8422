"""Access keys of AWS: their form, and where the SDK takes them.

Prefixes: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html (as of 2026-11).
A key id is a prefix of four characters and 16 of base 32; a secret access key has 40 of base 64.
Positions: botocore 1.44 and boto3 1.44, aioboto3 and aiobotocore take the same (as of 2026-11).
"""

from __future__ import annotations

import re
from enum import Enum
from typing import TYPE_CHECKING, TypeAlias

from lambda_lint.knowledge.secret_match import Match
from lambda_lint.knowledge.secret_names import name_words
from lambda_lint.knowledge.secret_values import Strength, entropy, is_placeholder, strength
from lambda_lint.model.location import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


class AwsCredential(str, Enum):
    """The three parts of a set of credentials."""

    KEY_ID = "access key id"
    SECRET_KEY = "secret access key"  # noqa: S105 - the name of the thing
    SESSION_TOKEN = "session token"  # noqa: S105 - the name of the thing


_KEY_ID = re.compile(r"(?<![A-Za-z0-9])(?:A3T[A-Z0-9]|AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}(?![A-Za-z0-9])")
_KEY_ID_PREFIX = re.compile(r"A3T|A(?:KI|SI|BI|CC)A")
_SECRET_KEY = re.compile(r"[A-Za-z0-9/+=]{40}")

Positions: TypeAlias = "Mapping[int, AwsCredential]"
_CLIENT = {6: AwsCredential.KEY_ID, 7: AwsCredential.SECRET_KEY, 8: AwsCredential.SESSION_TOKEN}
_SET = {0: AwsCredential.KEY_ID, 1: AwsCredential.SECRET_KEY, 2: AwsCredential.SESSION_TOKEN}
SDK_POSITIONS: Mapping[str, Positions] = {
    "boto3.client": _CLIENT,
    "boto3.resource": _CLIENT,
    "boto3.Session": _SET,
    "boto3.session.Session": _SET,
    "boto3.setup_default_session": _SET,
    "aioboto3.Session": _SET,
    "aioboto3.session.Session": _SET,
    "botocore.credentials.Credentials": _SET,
    "botocore.credentials.ReadOnlyCredentials": _SET,
    "requests_aws4auth.AWS4Auth": {0: AwsCredential.KEY_ID, 1: AwsCredential.SECRET_KEY},
}
SDK_METHOD_POSITIONS: Mapping[str, Positions] = {
    # Of a session; the method's name alone says enough when a credential stands at that position.
    "client": _CLIENT,
    "resource": _CLIENT,
    "create_client": _CLIENT,
    "set_credentials": _SET,
}
LIBRARIES = frozenset(name.partition(".")[0] for name in SDK_POSITIONS) | {"aiobotocore", "s3fs"}
SDK_KEYWORDS: Mapping[AwsCredential, tuple[str, ...]] = {
    AwsCredential.KEY_ID: ("aws_access_key_id", "access_key", "access_id"),
    AwsCredential.SECRET_KEY: ("aws_secret_access_key", "secret_key"),
    AwsCredential.SESSION_TOKEN: ("aws_session_token", "token", "session_token"),
}
ALL_KEYWORDS = frozenset(keyword for keywords in SDK_KEYWORDS.values() for keyword in keywords)
ENDPOINT_KEYWORDS = frozenset({"endpoint_url", "endpoint", "host", "s3_endpoint", "endpoint_override"})
_AWS_HOST = re.compile(
    r"(?:^|[/.])(?:amazonaws\.com(?:\.cn)?|api\.aws|c2s\.ic\.gov|sc2s\.sgov\.gov)(?:[:/]|$)"
)


def access_key_ids(text: str) -> Iterator[Match]:
    """The access key ids anywhere in `text`; AWS's documentation ends its own with `EXAMPLE`."""
    if len(text) < 20 or not _KEY_ID_PREFIX.search(text):
        return
    for found in _KEY_ID.finditer(text):
        if entropy(found[0]) >= 3.0 and not is_placeholder(found[0]):
            yield Match(AwsCredential.KEY_ID.value, Span(*found.span()))


def credential_name(name: str) -> AwsCredential | None:
    """What part of AWS credentials a variable, parameter or key of this name holds.

    `AWS_SECRET_ACCESS_KEY`, `secretAccessKey` and `aws_secret_key` all hold the secret access key; a
    `secret_key` may be anybody's.
    """
    if len(name) < 10:
        return None
    joined = "".join(name_words(name))
    is_aws = any(word in joined for word in ("aws", "amazon", "s3"))
    if joined.endswith("secretaccesskey") or (
        is_aws and joined.endswith(("secretkey", "secret", "secretaccess"))
    ):
        return AwsCredential.SECRET_KEY
    if is_aws and joined.endswith(("sessiontoken", "securitytoken")):
        return AwsCredential.SESSION_TOKEN
    if joined.endswith("accesskeyid") or (is_aws and joined.endswith(("accesskey", "keyid"))):
        return AwsCredential.KEY_ID
    return None


def named_credential(credential: AwsCredential, text: str) -> Match | None:
    """`text`, bound to something that holds that part of AWS credentials."""
    whole = Match(credential.value, Span(0, len(text)))
    if credential is AwsCredential.SECRET_KEY:
        is_key = _SECRET_KEY.fullmatch(text) and entropy(text) >= 3.5 and not is_placeholder(text)
        return whole if is_key else None
    if credential is AwsCredential.SESSION_TOKEN:
        return whole if len(text) >= 100 and strength(text) is Strength.RANDOM else None
    return next(access_key_ids(text), None)


def is_aws_endpoint(url: str) -> bool:
    """True for a host of AWS: what is sent there needs credentials of AWS."""
    return _AWS_HOST.search(url) is not None
