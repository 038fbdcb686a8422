"""Is this text a secret? Plain strings in, spans out; nothing here knows of syntax.

lambda-lint is no secret scanner: the questions are asked about single literals, with the name that each is
bound to, and answered for the few that are secrets beyond reasonable doubt.
"""

from __future__ import annotations

import re
from enum import Enum

from lambda_lint.knowledge.embedded_secrets import embedded_secrets
from lambda_lint.knowledge.secret_formats import provider_tokens
from lambda_lint.knowledge.secret_match import HOLE, Match
from lambda_lint.knowledge.secret_names import SecretName, secret_name, secret_names
from lambda_lint.knowledge.secret_values import Strength, is_generic, is_scrambled, is_uuid, strength
from lambda_lint.model.labels import Confidence
from lambda_lint.model.location import Span

LONGEST = 2000
"""A longer text is a document, whatever its name says."""
_TELLING = re.compile(r"[0-9!@#$%^&*?~+=|,;]|[a-z][A-Z]")


class Use(Enum):
    """How a literal meets a name."""

    HELD = "held"
    """Assigned, passed, returned, a default, a dictionary's value: the name holds the literal."""
    MEMBER = "member"
    """One of several in a collection of that name."""
    COMPARED = "compared"
    """Compared with what the name holds: a secret, or a mode, a marker, a type of token."""
    CONSUMED = "consumed"
    """Handed to a library where nothing but a secret can stand."""


def secrets_in(text: str) -> tuple[Match, ...]:
    """What is a secret whatever it is bound to: tokens of known form, private keys, passwords in URLs."""
    if len(text) < 12:
        return ()
    return (*provider_tokens(text), *embedded_secrets(text))


def is_worth_naming(text: str) -> bool:
    """False for most texts, at next to no cost: whatever name they meet, they are no secret."""
    size = len(text)
    if size < 6 or size > LONGEST:
        return False
    # Words, prose and what stands in code: nothing that people or machines make up as a secret.
    return not text.isalpha() and " " not in text and _TELLING.search(text) is not None


def named_secret(name: str, text: str, use: Use = Use.HELD) -> Match | None:
    """The secret that `text` is because of the name that it meets."""
    if len(text) < 3:
        return None
    found = secret_names(name) if use is Use.MEMBER else secret_name(name)
    if found is None:
        return None
    return secret_of(found, text, use)


def secret_of(held: SecretName, text: str, use: Use) -> Match | None:
    """The secret that `text` is, where `held` is what must stand in its place."""
    start, end = _literal_part(text)
    part = text[start:end]
    found = strength(part)
    if found is Strength.RANDOM:
        return Match(held.kind, Span(start, end))
    if end - start < len(text) or use is Use.MEMBER:
        return None
    if use is Use.CONSUMED and found >= Strength.WORDS and not is_generic(part):
        return Match(held.kind, Span(start, end))
    if use is Use.HELD and found and is_uuid(part) and (held.is_password or held.kind.endswith("key")):
        return Match(held.kind, Span(start, end), Confidence.MEDIUM)
    if found is Strength.MIXED and _is_made_up(held, part, use):
        return Match(held.kind, Span(start, end), Confidence.MEDIUM)
    return None


def _is_made_up(held: SecretName, text: str, use: Use) -> bool:
    if use is Use.COMPARED:
        return is_scrambled(text) and len(text) >= (8 if held.is_password else 12)
    return held.is_password or (len(text) >= 10 and is_scrambled(text))


def _literal_part(text: str) -> tuple[int, int]:
    """The longest part without a hole."""
    if HOLE not in text:
        return 0, len(text)
    best, position = (0, 0), 0
    for part in text.split(HOLE):
        # What glues the parts together is not part of the secret.
        inner = part.strip("-_/:.= ")
        if len(inner) > best[1] - best[0]:
            start = position + part.index(inner)
            best = (start, start + len(inner))
        position += len(part) + 1
    return best
