"""Tokens of known form: every format is found, and what only resembles one is not."""

from __future__ import annotations

import base64
import json

import pytest
from invented_secrets import DIGITS, LETTERS, UPPER, hexadecimal, soup

from lambda_lint.knowledge.secret_formats import FORMATS, provider_token, provider_tokens


def jwt(payload: dict[str, object], algorithm: str = "HS256") -> str:
    parts = [{"alg": algorithm, "typ": "JWT"}, payload]
    encoded = [base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=") for part in parts]
    return ".".join([*encoded, soup(43)])


TEAMS = "https://orders.webhook.office.com/webhookb2"
TOKENS = {
    "age": (
        "age secret key",
        "AGE-SECRET-KEY-1" + "QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L" + "Q7ZKW2MXV9LTR4SYD8NCH3FJP6",
    ),
    "airtable": ("Airtable token", f"pat{soup(14)}.{hexadecimal(64)}"),
    "anthropic": ("Anthropic key", f"sk-ant-api03-{soup(93)}AA"),
    "atlassian": ("Atlassian token", f"ATATT3xFfGF0{soup(180)}"),
    "bedrock": ("Amazon Bedrock key", f"ABSK{soup(120)}"),
    "brevo": ("Brevo key", f"xkeysib-{hexadecimal(64)}-{soup(16)}"),
    "databricks": ("Databricks token", f"dapi{hexadecimal(32)}"),
    "digitalocean": ("DigitalOcean token", f"dop_v1_{hexadecimal(64)}"),
    "discord": ("Discord webhook", f"https://discord.com/api/webhooks/{DIGITS[:18]}/{soup(68)}"),
    "docker": ("Docker token", f"dckr_pat_{soup(27)}"),
    "doppler": ("Doppler token", f"dp.pt.{soup(43)}"),
    "github": ("GitHub token", f"ghp_{soup(36)}"),
    "github fine": ("GitHub token", f"github_pat_{soup(22)}_{soup(59)}"),
    "github server": ("GitHub token", f"ghs_{soup(36)}"),
    "gitlab": ("GitLab token", f"glpat-{soup(20)}"),
    "gitlab routable": ("GitLab token", f"glpat-{soup(27)}.01.0z1k2j3h4"),
    "google": ("Google API key", f"AIza{soup(35)}"),
    "google client": ("Google client secret", f"GOCSPX-{soup(28)}"),
    "grafana": ("Grafana token", f"glsa_{soup(32)}_{hexadecimal(8)}"),
    "groq": ("Groq key", f"gsk_{soup(52)}"),
    "hugging face": ("Hugging Face token", f"hf_{LETTERS[:34]}"),
    "jwt": ("JSON web token", jwt({"sub": "orders", "exp": 1})),
    "langsmith": ("LangSmith key", f"lsv2_pt_{hexadecimal(32)}_{hexadecimal(10)}"),
    "linear": ("Linear key", f"lin_api_{soup(40)}"),
    "mailchimp": ("Mailchimp key", f"{hexadecimal(32)}-us21"),
    "mailgun": ("Mailgun key", f"key-{hexadecimal(32)}"),
    "new relic": ("New Relic key", f"NRAK-{UPPER[:27]}"),
    "notion": ("Notion token", f"ntn_{DIGITS[:11]}{soup(35)}"),
    "npm": ("npm token", f"npm_{soup(36)}"),
    "openai": ("OpenAI key", f"sk-proj-{soup(40)}T3BlbkFJ{soup(40)}"),
    "openai old": ("OpenAI key", f"sk-{soup(20)}T3BlbkFJ{soup(20)}"),
    "perplexity": ("Perplexity key", f"pplx-{soup(48)}"),
    "planetscale": ("PlanetScale token", f"pscale_pw_{soup(43)}"),
    "postman": ("Postman key", f"PMAK-{hexadecimal(24)}-{hexadecimal(34)}"),
    "pypi": ("PyPI token", f"pypi-AgEIcHlwaS5vcmc{soup(80)}"),
    "replicate": ("Replicate token", f"r8_{soup(37)}"),
    "sendgrid": ("SendGrid key", f"SG.{soup(22)}.{soup(43)}"),
    "sentry": ("Sentry token", f"sntrys_{soup(80)}"),
    "shopify": ("Shopify token", f"shpat_{hexadecimal(32)}"),
    "slack": ("Slack token", f"xoxb-{DIGITS[:12]}-{DIGITS[:12]}-{soup(24)}"),
    "slack app": ("Slack token", f"xapp-1-{UPPER[:11]}-{DIGITS[:13]}-{hexadecimal(64)}"),
    "slack hook": ("Slack webhook", f"https://hooks.slack.com/services/{UPPER[:9]}/{UPPER[:11]}/{soup(24)}"),
    "square": ("Square token", f"sq0csp-{soup(43)}"),
    "stripe": ("Stripe key", f"sk_live_{soup(24)}"),
    "stripe hook": ("Stripe webhook secret", f"whsec_{soup(32)}"),
    "supabase": ("Supabase token", f"sbp_{hexadecimal(40)}"),
    "teams": (
        "Teams webhook",
        f"{TEAMS}/{hexadecimal(36)}@{hexadecimal(36)}/IncomingWebhook/{hexadecimal(32)}/{hexadecimal(36)}",
    ),
    "telegram": ("Telegram bot token", f"{DIGITS[:10]}:AA{soup(33)}"),
    "terraform": ("Terraform token", f"{soup(14)}.atlasv1.{soup(60)}"),
    "vault": ("Vault token", f"hvs.{soup(90)}"),
    "xai": ("xAI key", f"xai-{soup(80)}"),
}


@pytest.mark.parametrize("name", TOKENS)
def test_token(name: str) -> None:
    kind, token = TOKENS[name]
    match = provider_token(f"as in curl -H {token} and more")
    assert match is not None
    assert match.kind == kind
    assert match.secret(f"as in curl -H {token} and more") == token


def test_every_format_has_an_example() -> None:
    unused = [
        form.kind for form in FORMATS if not any(form.pattern.search(token) for _, token in TOKENS.values())
    ]
    assert not unused


def test_markers_stand_in_their_tokens() -> None:
    """A format is only tried on texts with one of its markers."""
    for kind, token in TOKENS.values():
        tried = [form for form in FORMATS if any(marker in token for marker in form.markers)]
        assert kind in {form.kind for form in tried}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ghp_",
        "ghp_" + "x" * 36,
        "ghp_" + "0123456789" * 4,
        "ghp_" + soup(12),
        "prefix" + "ghp_" + soup(36) + "-example-token",
        "xoxb-your-token-goes-here-1234567890abcdef",
        "sk_test_" + "4eC39HqLyjWDarjtT1zdp7dc",
        "AC" + hexadecimal(32),
        "SK" + hexadecimal(32),
        "pk_live_" + soup(24),
        "monkey-" + hexadecimal(32),
        "key-value-pairs-of-the-orders-table-2024",
        f"https://hooks.slack.com/services/T{'0' * 8}/B{'0' * 8}/{'X' * 24}",
        jwt({"sub": "1234567890", "name": "John Doe", "iat": 1516239022}),
        jwt({"role": "anon", "iss": "supabase"}),
        jwt({"sub": "orders"}, algorithm="none"),
        "eyJhbGciOiJIUzI1NiJ9." + "eyJ" + soup(20) + "." + soup(43),
        "eyJ" + soup(20) + "." + "eyJ" + soup(20) + "." + soup(43),
        "eyJbMSwyXSAgICAgICAg." + "eyJ" + soup(20) + "." + soup(43),
        "aws_lambda_powertools.utilities.parameters.secrets2",
    ],
)
def test_lookalike(text: str) -> None:
    assert provider_token(text) is None


def test_every_token_of_a_text_is_told() -> None:
    first, second = TOKENS["npm"][1], TOKENS["stripe"][1]
    found = [match.kind for match in provider_tokens(f"{first} {second} {first}")]
    assert sorted(found) == ["Stripe key", "npm token", "npm token"]
