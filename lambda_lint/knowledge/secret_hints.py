"""Whether code may hold a secret at all: a quick look at its text, long before it is parsed.

Where the answer is no there is none. What costs next to nothing is asked first: which words stand in it.
"""

from __future__ import annotations

import re

from lambda_lint.knowledge.secret_arguments import LIBRARIES, SECRET_ARGUMENTS, SECRET_METHOD_ARGUMENTS
from lambda_lint.knowledge.secret_formats import FORMATS
from lambda_lint.knowledge.secret_names import may_hold_secret_name

_SEAM = re.compile(
    r"\\\r?\n|['\"](?:(?:[\s()+\\]|#[^\n]*\n)+[bfrtu]{1,2}|(?:[\s()+\\]|#[^\n]*\n)*)['\"]", re.IGNORECASE
)
"""What stands between two parts of a literal: from quote to quote, or the end of a line that goes on."""
_OBSCURE = re.compile(r"\\[xuUN0-7]|(?<=\w)['\"][bfrtuBFRTU]{1,2}['\"](?=\w)")
"""A character by its number, or a seam that may as well be a text: anything may stand there."""

# -- calls

_OF_FEW = frozenset({"hashlib", "requests"})
"""Few functions of these libraries take secrets: their names tell more than the library's."""
_TAKERS = (
    (LIBRARIES - _OF_FEW)
    | {name.rpartition(".")[2] for name in SECRET_ARGUMENTS if name.partition(".")[0] in _OF_FEW}
    | set(SECRET_METHOD_ARGUMENTS)
)
_WORD = re.compile(r"\w+")

# -- texts

_URL = re.compile(r":[^\s/?#'\"<>(){}\[\]*|\\]+@")
_QUERY = re.compile(r"[?&](?:app[-_]?id|key|sig|code|pass)=[^&\s#'\"<>{}]{8}")
_SCHEMES = ("api-key", "apikey", "basic", "bearer", "bot", "key", "splunk")
_HEADER = re.compile(
    rf"(?:['\"]|authorization['\"\\]*\s*[:=]\s*['\"\\]*)(?:{'|'.join(_SCHEMES)})(?:\s|\\[fnrtv])+[\w.~+/=:-]{{8}}"
)
_KEY_ID = re.compile(r"(?:A3T[A-Z0-9]|AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}")
_OTHER_AWS_VALUE = re.compile(r"['\"](?:[A-Za-z0-9/+=]{40}['\"]|[^\s'\"]{100})")
_AWS_TAKERS = (
    "AWS4Auth", "access_id", "access_key", "s3fs", "secret_key", "session_token", "set_credentials",
    "setup_default_session",
)  # fmt: skip
"""A key that is put together of what several names hold is told by who takes it."""
_SESSION = re.compile(r"Session\s*\([^()=]*,")


def may_hold_secret(code: str) -> bool:
    """Whether a literal of the code may be a secret, in whatever file the names that it meets stand."""
    text = _joined(code)
    return (
        may_hold_secret_name(text)
        or _is_embedded(text)
        or any(marker in text and form.body.search(text) for form in FORMATS for marker in form.markers)
        or (any(word in text for word in _TAKERS) and not _TAKERS.isdisjoint(_WORD.findall(text)))
        or _holds_aws_value(text)
        or _OBSCURE.search(text) is not None
    )


def may_hold_aws_credentials(code: str) -> bool:
    """Whether a literal of the code may be a part of AWS credentials."""
    text = _joined(code)
    return (
        any(word in text for word in _AWS_TAKERS)
        or _holds_aws_value(text)
        or _SESSION.search(text) is not None
        or _OBSCURE.search(text) is not None
    )


def _joined(code: str) -> str:
    """The code with the literals put together that stand side by side, or are added."""
    return _SEAM.sub("", code)


def _is_embedded(text: str) -> bool:
    lower = text.casefold()
    return (
        "private key" in lower
        or "identified" in lower
        or ("://" in text and "@" in text and _URL.search(text) is not None)
        or _QUERY.search(lower) is not None
        or (any(scheme in lower for scheme in _SCHEMES) and _HEADER.search(lower) is not None)
    )


def _holds_aws_value(text: str) -> bool:
    return _KEY_ID.search(text) is not None or _OTHER_AWS_VALUE.search(text) is not None
