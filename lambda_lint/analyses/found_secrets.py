"""The secrets that a module's literals are, each once: what the rules about secrets share.

A literal is judged by itself (a token of a known form, a password in a URL), by the names that it meets, and
by the functions that it is handed to.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import libcst as cst

from lambda_lint.analyses import secret_calls as calls
from lambda_lint.knowledge import aws_credentials as aws
from lambda_lint.knowledge.secret_arguments import PAIR_KEYWORDS
from lambda_lint.knowledge.secret_match import HOLE, Match
from lambda_lint.knowledge.secret_names import SecretName, is_made_up
from lambda_lint.knowledge.secrets import Use, is_worth_naming, named_secret, secret_of, secrets_in
from lambda_lint.syntax.bindings import Binding, Relation, bindings
from lambda_lint.syntax.literals import Literal, literals
from lambda_lint.syntax.spans import spans_of
from lambda_lint.syntax.targets import called_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lambda_lint.deployment.function import DeployedFunction, Place
    from lambda_lint.model.labels import Confidence
    from lambda_lint.semantics.context import Context


@dataclass(frozen=True, slots=True)
class FoundSecret:
    """A literal that is a secret."""

    at: cst.CSTNode | Place
    kind: str
    """As a message says it: `password`, `GitHub token`."""
    phrase: str
    """What holds it and how, as a message begins: "`DB_PASSWORD` holds"."""
    hidden: tuple[str, ...]
    """What no output may show: the secret, and how the source writes it."""
    confidence: Confidence


PHRASES = {
    Relation.ASSIGNED: "`{}` holds",
    Relation.PASSED: "`{}` is given",
    Relation.ENTRY: "`{}` holds",
    Relation.DEFAULT: "`{}` defaults to",
    Relation.RETURNED: "`{}` returns",
    Relation.COMPARED: "`{}` is compared with",
    Relation.MEMBER: "`{}` holds",
    Relation.PAIRED: "`{}` holds",
    Relation.ARGUMENT: "`{}` is given",
}
USES = {Relation.COMPARED: Use.COMPARED, Relation.MEMBER: Use.MEMBER}
PASSWORD = SecretName("password", is_password=True)
ALLOWED = re.compile(r"#.*\b(?:pragma:\s*(?:allowlist|whitelist)[ -]secret|gitleaks:allow)\b")
"""What other scanners are told on a line; who has judged a literal once need not do it again."""

MADE_FOR_TESTS = frozenset({"JSON web token", "private key", "EC private key", "RSA private key"})
"""What tests make for themselves, so that a name which says so is believed."""

Judged: TypeAlias = "tuple[Match, bool]"
"""What was found, and whether it belongs to AWS."""


def secrets_in_module(ctx: Context) -> Iterator[FoundSecret]:
    """The secrets in a module's literals but for AWS credentials."""
    found = {each.at: each for each in _consumed(ctx)}
    for each, is_of_aws in ctx.once(_in_literals):
        if not is_of_aws:
            found.setdefault(each.at, each)
    return _not_allowed(found.values(), ctx)


def aws_credentials_in_module(ctx: Context) -> Iterator[FoundSecret]:
    """The AWS credentials in a module's literals."""
    found = {each.at: each for each in _given_to_sdk(ctx)}
    for each, is_of_aws in ctx.once(_in_literals):
        if is_of_aws:
            found.setdefault(each.at, each)
    return _not_allowed(found.values(), ctx)


def aws_credentials_in_environment(function: DeployedFunction) -> Iterator[FoundSecret]:
    """The AWS credentials in a deployed function's environment."""
    return found_in_environment(function, is_aws=True)


def found_in_environment(function: DeployedFunction, *, is_aws: bool) -> Iterator[FoundSecret]:
    """The AWS credentials in a deployed function's environment, or the other secrets."""
    for variable in function.environment:
        text = variable.value
        if text is None:
            continue
        judged = _by_itself(text) or _by_name(variable.name, text, Use.HELD)
        if judged is not None and judged[1] is is_aws:
            match = judged[0]
            phrase = f"the environment variable `{variable.name}` holds"
            # A folded scalar has line ends in the template where its value has blanks.
            hidden = [part for each in _everything(match, text) for part in each.secret(text).split()]
            yield FoundSecret(variable.place, match.kind, phrase, _hideable(hidden), match.confidence)


def _by_itself(text: str) -> Judged | None:
    for match in aws.access_key_ids(text):
        return match, True
    for match in secrets_in(text):
        return match, False
    return None


def _by_name(name: str, text: str, use: Use) -> Judged | None:
    credential = aws.credential_name(name)
    if credential is not None and (match := aws.named_credential(credential, text)) is not None:
        return match, True
    match = named_secret(name, text, use)
    return None if match is None else (match, False)


def _in_literals(ctx: Context) -> list[tuple[FoundSecret, bool]]:
    """The secrets that literals are by themselves or by the names that they meet, and whether of AWS."""
    found = (_in_literal(literal, ctx) for literal in literals(ctx.module.tree, HOLE))
    return [each for each in found if each is not None]


def _in_literal(literal: Literal, ctx: Context) -> tuple[FoundSecret, bool] | None:
    by_itself = _by_itself(literal.text)
    if by_itself is None and not is_worth_naming(literal.text):
        return None
    met = list(bindings(ctx.module.tree, literal.node))
    if any(each.call is not None and calls.is_for_emulator(each.call, ctx) for each in met):
        return None
    if by_itself is not None:
        match, is_of_aws = by_itself
        if match.kind in MADE_FOR_TESTS and any(is_made_up(each.name) for each in met):
            return None
        named = (each for each in met if each.relation is not Relation.ARGUMENT)
        holder = next(named, None)
        # A name that repeats the secret must not bring it into the message.
        if holder is None or match.secret(literal.text) in holder.name:
            phrase = "the code holds"
        else:
            phrase = PHRASES[holder.relation].format(holder.name)
        return _found(literal, match, phrase), is_of_aws
    for binding in met:
        judged = _by_binding(binding, literal.text, ctx)
        if judged is not None:
            match, is_of_aws = judged
            if is_of_aws and binding.call is not None and calls.is_for_another_service(binding.call, ctx):
                is_of_aws = False
            phrase = PHRASES[binding.relation].format(binding.name)
            return _found(literal, match, phrase), is_of_aws
    return None


def _by_binding(binding: Binding, text: str, ctx: Context) -> Judged | None:
    if binding.relation is Relation.PAIRED:
        is_pair = binding.name.lower() in PAIR_KEYWORDS
        match = secret_of(PASSWORD, text, Use.HELD) if is_pair else None
        return None if match is None else (match, False)
    name: str | None = binding.name
    if binding.relation is Relation.ARGUMENT and binding.call is not None and binding.position is not None:
        name = calls.parameter_at(binding.call, binding.position, ctx)
    return None if name is None else _by_name(name, text, USES.get(binding.relation, Use.HELD))


def _given_to_sdk(ctx: Context) -> Iterator[FoundSecret]:
    for call, credential, value in calls.sdk_arguments(ctx):
        literal = calls.literal_behind(value, ctx)
        match = None if literal is None else aws.named_credential(credential, literal.text)
        if literal is None or match is None or _is_reported_there(literal, ctx):
            continue
        if credential is aws.AwsCredential.KEY_ID:
            is_somebody_elses = calls.is_for_emulator(call, ctx)
        else:
            is_somebody_elses = calls.is_for_another_service(call, ctx)
        if not is_somebody_elses:
            yield _found(literal, match, f"`{_name_of(call, ctx)}` is given")


def _consumed(ctx: Context) -> Iterator[FoundSecret]:
    for (call, argument, value), is_known in calls.library_arguments(ctx):
        literal = calls.literal_behind(value, ctx)
        # What a text is by itself says more than who takes it.
        if literal is None or _by_itself(literal.text) is not None or _is_reported_there(literal, ctx):
            continue
        use = Use.CONSUMED if is_known else Use.HELD
        if not argument.makes_words_real or calls.has_local_host(call, ctx):
            use = Use.MEMBER
        held = SecretName(argument.kind, is_password=argument.kind == "password")
        match = secret_of(held, literal.text, use)
        if match is not None:
            yield _found(literal, match, f"`{_name_of(call, ctx)}` is given")


def _is_reported_there(literal: Literal, ctx: Context) -> bool:
    """True for a constant of another module whose name tells there what it is."""
    if not isinstance(literal.node, (cst.Name, cst.Attribute)):
        return False
    names = calls.names_of_constant(literal.text, ctx)
    return any(_by_name(name, literal.text, Use.HELD) is not None for name in names)


def _name_of(call: cst.Call, ctx: Context) -> str:
    return ctx.name_of(call.func) or called_name(call) or "the call"


def _found(literal: Literal, match: Match, phrase: str) -> FoundSecret:
    text = literal.text
    hidden: list[str] = []
    for each in _everything(match, text):
        hidden += (each.secret(text), *literal.written(each.span.start, each.span.end))
    return FoundSecret(literal.node, match.kind, phrase, _hideable(hidden), match.confidence)


def _everything(match: Match, text: str) -> tuple[Match, ...]:
    """All that is secret in a text in which `match` was found: none of it may be shown."""
    return (match, *aws.access_key_ids(text), *secrets_in(text))


def _hideable(parts: list[str]) -> tuple[str, ...]:
    """Each once, and no single characters: they stand everywhere."""
    return tuple(part for part in dict.fromkeys(parts) if len(part) > 1)


def _not_allowed(found: Iterable[FoundSecret], ctx: Context) -> Iterator[FoundSecret]:
    """All but those on whose first or last line a comment for another scanner allows them."""
    source = ctx.module.source
    if not ALLOWED.search(source.text):
        yield from found
        return
    secrets = list(found)
    nodes = [each.at for each in secrets if isinstance(each.at, cst.CSTNode)]
    spans = spans_of(ctx.module.tree, source, nodes)
    for each, node in zip(secrets, nodes, strict=True):
        ends = (spans[node].start, spans[node].end)
        if not any(ALLOWED.search(source.lines[source.line_of(offset) - 1]) for offset in ends):
            yield each
