"""How much a text looks like a secret, judged by the text alone.

Most literals that stand beside the word "password" are no passwords: they name one, describe one, say where
it is kept, or hold its place. The filters follow what real code holds: of 122 such lines in public Lambda
functions 5 were secrets (measured 2026-11 with ruff's S105 to S107).
"""

from __future__ import annotations

import math
import re
from collections import Counter
from enum import IntEnum
from itertools import pairwise

from lambda_lint.knowledge.secret_match import HOLE


class Strength(IntEnum):
    """What a text could be, ordered by how sure one can be that it is a secret."""

    NOTHING = 0
    """A placeholder, a template, a reference, a path, prose, a hash: not a secret whatever it is bound to."""
    WORDS = 1
    """Words and numbers as names have them: `prod-db-access`. A secret only where nothing else can stand."""
    MIXED = 2
    """What people make up: `hunter2`, `Winter!24`."""
    RANDOM = 3
    """What machines make up."""


# Words that say "put the real one here", "this is not real" or "there is none".
_PLACEHOLDER_WORDS = frozenset(
    {
        "anonymous", "blah", "bogus", "changeit", "changeme", "changethis", "demo", "dummy",
        "empty", "enter", "example", "examples", "fake", "fixme", "foobar", "guest", "here",
        "hidden", "insert", "invalid", "local", "localhost", "localstack", "lorem", "masked",
        "minio", "minioadmin", "missing", "mock", "mocked", "moto", "none", "nosuch", "notset",
        "null", "omitted", "placeholder", "quux", "redacted", "replace", "replaceme", "sample",
        "some", "someone", "something", "stub", "temp", "template", "test", "tested", "tester",
        "testing", "tests", "todo", "undefined", "unknown", "unset", "unused", "wrong", "your",
        "yours",
    }
)  # fmt: skip
# What documentation writes where a secret goes.
_GENERIC_WORDS = frozenset(
    {
        "apikey", "auth", "credentials", "key", "pass", "passwd", "password", "pw", "pwd", "secret",
        "somepassword", "token", "user", "username", "xxx", "yyy",
    }
)  # fmt: skip
_PLACEHOLDER_PARTS = re.compile(
    r"change.?(?:me|it|this)|replace.?(?:me|this|with)|place.?holder|your[-_.]|(?:test|my|your|some|demo)[-_.]?(?:pass|pwd|secret|token|key|api)"
    r"|redacted|example|x{4}|\*{3}|\.{3}|…"
    r"|#{4}|_{4}|-{5}|not.?set|localstack|minioadmin|dummy|sample|fill.?me"
    # Short words only where they stand alone: in a random text they come by chance.
    r"|(?<![a-z0-9])(?:bar|baz|foo|my|nil|put|qux|tmp)(?![a-z0-9])",
    re.IGNORECASE,
)
_TEMPLATE = re.compile(
    r"\$\{|\{\{|\}\}|\$\(|^\$[A-Za-z_]|<[^<>]*>|\{[\w.!:\[\]]*\}|%\(\w+\)|%[sdr](?![A-Za-z0-9])|^%\w+%$|^@[\w.]+\("
)
_REFERENCE = re.compile(
    r"(?:arn|urn|ssm|secretsmanager|sm|vault|op|env|file|resolve|data|cid|ref|gcp-secret|akv|keyring|projects)[:/]"
    r"|[a-z][a-z0-9+.-]*://|(?:\.{0,2}|~)/|[A-Za-z]:\\|!|--?[A-Za-z]",
    re.IGNORECASE,
)
# Base64 that begins with `eyJ` is JSON: a cursor, a torso of a token; whole tokens have a form of their own.
_HASH_OR_CIPHERTEXT = re.compile(
    r"\$(?:2[abxy]?|argon2\w*|[156y]|pbkdf2[\w-]*|scrypt|apr1)\$|(?:pbkdf2|bcrypt|argon2|scrypt)\w*\$"
    r"|(?:sha\d+|md5)[:-]|\{(?:S?SHA|S?MD5|CRYPT|bcrypt)\}|AQ[IE]CAH|eyJ|ENC[\[(]|gAAAAA|vault:v\d|-----BEGIN|ssh-(?:rsa|ed25519|dss)"
)
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_MAIL_HOST_OR_DATE = re.compile(
    r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?:[a-z][a-z0-9-]*\.)+[a-z]{2,}(?::\d+)?|\d+(?:\.\d+){2,}|\d{4}-\d\d-\d\d\S*"
)
_FILE = re.compile(
    r"\S*\.(?:json|ya?ml|toml|ini|cfg|conf|env|txt|csv|xml|html?|js|ts|py|pem|key|crt|cer|p12|pfx|jks|md|sh|png|svg)",
    re.IGNORECASE,
)
_CODE = re.compile(r"[\"'`\\\s]|\[.*\]|\{.*\}|<.*>")
_BRACKET = re.compile(r"[\[\]{}<>]")
_RUN = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[0-9]+")
_SEGMENT = re.compile(r"[A-Za-z0-9]+")
_HEXADECIMAL = re.compile(r"(?=.*[a-f].*[a-f])[0-9a-f]{16,}|(?=.*[A-F].*[A-F])[0-9A-F]{16,}")
_BASE64 = re.compile(r"(?=.*[a-z])(?=.*[A-Z])(?=.*[0-9])[A-Za-z0-9+/]+={0,2}")
_UNIFORM = re.compile(r"[a-z]+|[A-Z]+|[0-9]+|[A-Z][a-z]+|[a-z]+[0-9]{1,2}|[0-9]{1,3}[a-z]{1,2}")
_SYMBOL = re.compile(r"[!@#$%^&*?~+=|,;]")
_NUMBERED = re.compile(
    r"(?:arg|attr|col|field|id|item|key|name|param|pass|password|pwd|row|secret|str|string|token|user|val|value|version"
    r"|v|p|x)[-_]?[0-9]{1,3}",
    re.IGNORECASE,
)
_BYTE_ESCAPES = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f]")


def strength(text: str) -> Strength:
    """What `text` could be."""
    if len(text) < 3 or is_placeholder(text) or _is_something_else(text):
        return Strength.NOTHING
    # A generator of keys uses parentheses, a person or a piece of code does so in shorter texts. Brackets
    # that are no pairs are not code's; but only a text that is random for certain has them for a key.
    is_code = _CODE.search(text) is not None or ("(" in text and len(text) < 32)
    if is_code or is_uuid(text) or text.isdigit() or _NUMBERED.fullmatch(text):
        return Strength.WORDS
    has_digit = any(character.isdigit() for character in text)
    has_letter = any(character.isalpha() for character in text)
    if len(text) >= 16 and has_digit and has_letter and entropy(text) >= 3.0 and is_scrambled(text):
        return Strength.RANDOM
    if len(text) < 6 or not has_letter or _BRACKET.search(text):
        return Strength.WORDS
    # What ends with a symbol and has no digit is a label or an exclamation.
    has_symbol = _SYMBOL.search(text if has_digit else text.rstrip("=:!?,;*~")) is not None
    if has_symbol or (has_digit and (not _has_separator(text) or is_scrambled(text))):
        return Strength.MIXED
    return Strength.WORDS


def is_uuid(text: str) -> bool:
    """True for what identifies rather than authenticates; some services give out such keys all the same."""
    return _UUID.fullmatch(text) is not None


def is_placeholder(text: str) -> bool:
    """True for what stands where a secret will be: `changeme`, `<token>`, `${PASSWORD}`, `1234567890`."""
    return bool(
        HOLE in text
        or _TEMPLATE.search(text)
        or _PLACEHOLDER_PARTS.search(text)
        or is_monotonous(text)
        or not _PLACEHOLDER_WORDS.isdisjoint(words(text))
    )


def is_generic(text: str) -> bool:
    """True for a text that only says what it is: `secret`, `user_password`."""
    return _GENERIC_WORDS.issuperset(words(text))


def is_monotonous(text: str) -> bool:
    """True for one or two characters repeated and for rows of the alphabet, the digits or the keyboard."""
    if len(set(text)) <= max(2, len(text) // 8):
        return True
    lower = text.lower()
    if any(row in lower for row in ("qwerty", "asdfgh", "zxcvb", "1q2w3e")):
        return True
    characters = [ord(character) for character in lower if character.isalnum()]
    steps = sum(abs(left - right) <= 1 for left, right in pairwise(characters))
    return len(characters) > 3 and steps >= 0.6 * (len(characters) - 1)


def entropy(text: str) -> float:
    """Bits for each character, after Shannon."""
    size = len(text)
    return -sum(count / size * math.log2(count / size) for count in Counter(text).values())


def is_scrambled(text: str) -> bool:
    """True when letters and digits alternate as they do in no name.

    `kJ8sQ2vLx0Rt` and hexadecimal text have runs of one or two characters, `prodDatabase2024` of four and
    more.
    """
    if _HEXADECIMAL.fullmatch(text):
        return True
    if len(text) >= 40 and _BASE64.fullmatch(text) and entropy(text) >= 4.5:
        return True
    segments = _SEGMENT.findall(text)
    if len(segments) >= 3 and all(_UNIFORM.fullmatch(segment) for segment in segments):
        return False
    runs = _RUN.findall(text)
    if not runs:
        return False
    mean = sum(map(len, runs)) / len(runs)
    if mean < 2.6:
        return True
    letters = [character for character in text.lower() if character.isalpha()]
    vowels = sum(character in "aeiou" for character in letters)
    return mean < 3.3 and len(letters) >= 10 and vowels / len(letters) < 0.25


def words(text: str) -> list[str]:
    """The lower-case words of a text: `myDB-Password2` is `my`, `db`, `password`, `2`."""
    return [run.lower() for run in _RUN.findall(text)]


def _has_separator(text: str) -> bool:
    return any(separator in text for separator in "-_./:")


def _is_something_else(text: str) -> bool:
    return bool(
        _BYTE_ESCAPES.search(text)
        or _REFERENCE.match(text)
        or _HASH_OR_CIPHERTEXT.match(text)
        or _MAIL_HOST_OR_DATE.fullmatch(text)
        or _FILE.fullmatch(text)
        or any(character.isspace() for character in text.strip())
    )
