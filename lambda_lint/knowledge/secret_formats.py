"""Tokens that can be told by their form: vendors give them a prefix and a length so that scanners find them.

Above each format stands where the vendor documents it (https://…); as of 2026-11. Ids that look like
secrets are left out: Twilio's `AC…` and `SK…` (account and key ids), Stripe's `pk_…`, Sentry's DSN, Google's
OAuth client id. AWS access keys stand in `aws_credentials`.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lambda_lint.knowledge.secret_match import Match
from lambda_lint.knowledge.secret_values import entropy, is_monotonous, is_placeholder
from lambda_lint.model.location import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@dataclass(frozen=True, slots=True)
class TokenFormat:
    """How one kind of token is written."""

    kind: str
    markers: tuple[str, ...]
    """One of these stands in every such token: a test that costs next to nothing."""
    pattern: re.Pattern[str]
    """The group `secret` is what is judged and hidden."""
    body: re.Pattern[str]
    """The same wherever it stands, as in code where a letter of an escape may stand before it."""
    is_genuine: Callable[[str], bool] | None = None
    """A closer look, where the form alone says too little."""


LEAST_ENTROPY = 3.0
"""Bits for each character; hexadecimal text of 32 characters has about 3.6."""


def _format(
    kind: str, markers: str, body: str, is_genuine: Callable[[str], bool] | None = None
) -> TokenFormat:
    pattern = re.compile(rf"(?<![A-Za-z0-9])(?P<secret>{body})(?![A-Za-z0-9])")
    return TokenFormat(kind, tuple(markers.split()), pattern, re.compile(body), is_genuine)


def _is_live_jwt(token: str) -> bool:
    """True for a signed token that is not meant for everybody and not the one of every tutorial."""
    header, payload = (_json_of(part) for part in token.split(".")[:2])
    if not payload or "alg" not in header or str(header["alg"]).lower() == "none":
        return False
    # The playground's token, and the public key of a Supabase project.
    return "John Doe" not in payload.values() and payload.get("role") != "anon"


def _json_of(part: str) -> dict[str, object]:
    try:
        found = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    except (ValueError, binascii.Error, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


FORMATS: tuple[TokenFormat, ...] = (
    # https://docs.github.com/en/authentication/keeping-your-account-and-data-secure/about-authentication-to-github
    _format("GitHub token", "ghp_ gho_ ghu_ ghs_ ghr_", r"gh[pousr]_[A-Za-z0-9]{36,255}"),
    _format("GitHub token", "github_pat_", r"github_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59}"),
    # https://docs.gitlab.com/security/tokens/#token-prefixes
    _format(
        "GitLab token",
        "glpat- gldt- glrt- glptt- glft- glsoat- glagent- gloas-",
        r"gl(?:pat|dt|rt|ptt|ft|soat|agent|oas)-[\w-]{20,}(?:\.[0-9a-z.]{9,12})?",
    ),
    # https://docs.slack.dev/authentication/tokens
    _format(
        "Slack token",
        "xoxa- xoxb- xoxe- xoxo- xoxp- xoxr- xoxs- xapp-",
        r"xox[abeoprs](?:\.xox[bp])?-(?:[0-9A-Za-z]+-){1,4}[0-9A-Za-z]{16,}|xapp-[0-9]-[A-Z0-9]+-[0-9]+-[0-9a-f]{32,}",
    ),
    # https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks
    _format(
        "Slack webhook",
        "hooks.slack.com",
        r"https://hooks\.slack\.com/(?:services|workflows|triggers)/[A-Z0-9]+/[A-Z0-9]+/[A-Za-z0-9/]{16,}",
    ),
    # https://discord.com/developers/docs/resources/webhook
    _format(
        "Discord webhook",
        "/api/webhooks/",
        r"https://(?:\w+\.)?discord(?:app)?\.com/api/webhooks/[0-9]{17,20}/[\w-]{60,72}",
    ),
    # https://learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors/how-to/add-incoming-webhook
    _format(
        "Teams webhook",
        ".webhook.office.com",
        r"https://[\w-]+\.webhook\.office\.com/webhookb2/[0-9a-f@-]{36,}/IncomingWebhook/[0-9a-f]{32}/[0-9a-f-]{36}\S*",
    ),
    # https://docs.stripe.com/keys
    _format(
        "Stripe key",
        "sk_live_ sk_test_ rk_live_ rk_test_",
        r"(?!sk_test_4eC39HqLyjWDarjtT1zdp7dc)[sr]k_(?:live|test)_[A-Za-z0-9]{16,}",
    ),
    # https://docs.stripe.com/webhooks
    _format("Stripe webhook secret", "whsec_", r"whsec_[A-Za-z0-9+/]{24,}=*"),
    # https://www.twilio.com/docs/sendgrid/ui/account-and-settings/api-keys
    _format("SendGrid key", "SG.", r"SG\.[\w-]{22}\.[\w-]{43}"),
    # https://documentation.mailgun.com/docs/mailgun/user-manual/api-key-mgmt/rbac-mgmt
    _format("Mailgun key", "key-", r"key-[0-9a-f]{32}"),
    # https://mailchimp.com/developer/marketing/guides/quick-start/
    _format("Mailchimp key", "-us", r"[0-9a-f]{32}-us[0-9]{1,2}"),
    # https://developers.brevo.com/docs/getting-started
    _format("Brevo key", "xkeysib-", r"xkeysib-[0-9a-f]{64}-[A-Za-z0-9]{16}"),
    # https://platform.openai.com/docs/api-reference/authentication
    _format("OpenAI key", "T3BlbkFJ", r"sk-(?:(?:proj|svcacct|admin)-)?[\w-]{20,}T3BlbkFJ[\w-]{20,}"),
    # https://docs.anthropic.com/en/api/overview
    _format("Anthropic key", "sk-ant-", r"sk-ant-(?:api|admin)[0-9]{2}-[\w-]{80,}"),
    # https://console.groq.com/docs/quickstart
    _format("Groq key", "gsk_", r"gsk_[A-Za-z0-9]{52}"),
    # https://huggingface.co/docs/hub/security-tokens
    _format("Hugging Face token", "hf_", r"hf_[A-Za-z]{34}"),
    # https://replicate.com/docs/topics/security/api-tokens
    _format("Replicate token", "r8_", r"r8_[A-Za-z0-9]{37}"),
    # https://docs.perplexity.ai/getting-started/quickstart
    _format("Perplexity key", "pplx-", r"pplx-[A-Za-z0-9]{48,}"),
    # https://docs.x.ai/docs/tutorial
    _format("xAI key", "xai-", r"xai-[A-Za-z0-9]{80}"),
    # https://docs.langchain.com/langsmith/create-account-api-key
    _format("LangSmith key", "lsv2_", r"lsv2_(?:pt|sk)_[0-9a-f]{32}_[0-9a-f]{10}"),
    # https://docs.aws.amazon.com/bedrock/latest/userguide/api-keys.html
    _format("Amazon Bedrock key", "ABSK", r"ABSK[A-Za-z0-9+/]{109,269}={0,2}"),
    # https://cloud.google.com/docs/authentication/api-keys
    _format("Google API key", "AIza", r"AIza[\w-]{35}"),
    # https://developers.google.com/identity/protocols/oauth2
    _format("Google client secret", "GOCSPX-", r"GOCSPX-[\w-]{28}"),
    # https://docs.npmjs.com/about-access-tokens
    _format("npm token", "npm_", r"npm_[A-Za-z0-9]{36}"),
    # https://docs.pypi.org/project-management/secret-reporting/
    _format("PyPI token", "pypi-AgE", r"pypi-AgE(?:IcHlwaS5vcmc|NdGVzdC5weXBpLm9yZw)[\w-]{50,}"),
    # https://docs.docker.com/security/access-tokens/
    _format("Docker token", "dckr_", r"dckr_[po]at_[\w-]{27,32}"),
    # https://docs.databricks.com/aws/en/dev-tools/auth/pat
    _format("Databricks token", "dapi", r"dapi[0-9a-f]{32}(?:-[0-9])?"),
    # https://docs.digitalocean.com/reference/api/create-personal-access-token/
    _format("DigitalOcean token", "dop_v1_ doo_v1_ dor_v1_", r"do[opr]_v1_[0-9a-f]{64}"),
    # https://shopify.dev/docs/apps/build/authentication-authorization
    _format("Shopify token", "shpat_ shpca_ shppa_ shpss_", r"shp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}"),
    # https://developer.squareup.com/docs/build-basics/access-tokens
    _format("Square token", "sq0csp- sq0atp-", r"sq0(?:csp-[\w-]{43}|atp-[\w-]{22})"),
    # https://support.atlassian.com/atlassian-account/docs/manage-api-tokens-for-your-atlassian-account/
    _format("Atlassian token", "ATATT3xFfGF0", r"ATATT3xFfGF0[\w=-]{100,}"),
    # https://airtable.com/developers/web/guides/personal-access-tokens
    _format("Airtable token", "pat", r"pat[A-Za-z0-9]{14}\.[0-9a-f]{64}"),
    # https://linear.app/developers/graphql
    _format("Linear key", "lin_api_", r"lin_api_[A-Za-z0-9]{40}"),
    # https://developers.notion.com/reference/authentication
    _format("Notion token", "ntn_", r"ntn_[0-9]{8,}[A-Za-z0-9]{30,}"),
    # https://learning.postman.com/docs/developer/postman-api/authentication/
    _format("Postman key", "PMAK-", r"PMAK-[0-9a-f]{24}-[0-9a-f]{34}"),
    # https://grafana.com/docs/grafana/latest/administration/service-accounts/
    _format("Grafana token", "glsa_ glc_", r"glsa_[A-Za-z0-9]{32}_[0-9a-f]{8}|glc_[A-Za-z0-9+/]{40,}={0,2}"),
    # https://docs.newrelic.com/docs/apis/intro-apis/new-relic-api-keys/
    _format("New Relic key", "NRAK-", r"NRAK-[A-Z0-9]{27}"),
    # https://docs.sentry.io/account/auth-tokens/
    _format("Sentry token", "sntrys_ sntryu_", r"sntry[su]_[A-Za-z0-9+/=_]{60,}"),
    # https://developer.hashicorp.com/vault/docs/concepts/tokens
    _format("Vault token", "hvs. hvb.", r"hv[sb]\.[\w-]{24,}"),
    # https://developer.hashicorp.com/terraform/cloud-docs/users-teams-organizations/api-tokens
    _format("Terraform token", ".atlasv1.", r"[A-Za-z0-9]{14}\.atlasv1\.[\w-]{60,}"),
    # https://docs.doppler.com/reference/auth-token-formats
    _format("Doppler token", "dp.pt. dp.st. dp.ct.", r"dp\.(?:pt|ct|st(?:\.[\w-]+)?)\.[A-Za-z0-9]{40,44}"),
    # https://supabase.com/docs/reference/api/introduction
    _format("Supabase token", "sbp_", r"sbp_[0-9a-f]{40}"),
    # https://planetscale.com/docs/api/reference/service-tokens
    _format("PlanetScale token", "pscale_", r"pscale_(?:tkn|pw|oauth)_[\w.-]{32,}"),
    # https://core.telegram.org/bots/features#botfather
    _format("Telegram bot token", ":AA", r"[0-9]{8,12}:AA[\w-]{33}"),
    # https://github.com/C2SP/C2SP/blob/main/age.md
    _format("age secret key", "AGE-SECRET-KEY-1", r"AGE-SECRET-KEY-1[QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{58}"),
    # https://www.rfc-editor.org/rfc/rfc7519
    _format("JSON web token", "eyJ", r"eyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{20,}", is_genuine=_is_live_jwt),
)

# Every token has such a run: texts without one are not looked at further.
_RUN = re.compile(r"[A-Za-z0-9_+/-]{16}")
_LETTER_AND_DIGIT = re.compile(r"[0-9][A-Za-z]|[A-Za-z][0-9]|hf_")


def provider_tokens(text: str) -> Iterator[Match]:
    """The tokens of known form in `text`."""
    if len(text) < 20 or not _LETTER_AND_DIGIT.search(text) or not _RUN.search(text):
        return
    for form in FORMATS:
        if not any(marker in text for marker in form.markers):
            continue
        for found in form.pattern.finditer(text):
            token = found["secret"]
            if entropy(token) >= LEAST_ENTROPY and _is_real(token, form):
                yield Match(form.kind, Span(*found.span("secret")))


def provider_token(text: str) -> Match | None:
    """The first token of known form in `text`."""
    return next(provider_tokens(text), None)


def _is_real(token: str, form: TokenFormat) -> bool:
    if form.is_genuine is not None:
        return form.is_genuine(token)
    return not is_placeholder(token) and not is_monotonous(token)
