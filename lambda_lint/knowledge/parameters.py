"""Requests that fetch a parameter, a secret or a configuration, and libraries that remember the answer.

Source: the API references of Systems Manager, Secrets Manager, AppConfig and KMS, and the documentation of
Powertools for AWS Lambda (Python) 3, aws-secretsmanager-caching 1.1 and ssm-cache 2.10; as of 2026-11.
"""

from __future__ import annotations

from dataclasses import dataclass

AS_OF = "2026-11"
SOURCE = "https://docs.aws.amazon.com/lambda/latest/dg/with-secrets-manager.html"


@dataclass(frozen=True, slots=True)
class Fetch:
    """An operation that fetches something which seldom changes."""

    what: str
    """One such thing, in words."""
    argument: str
    """The argument that names it."""
    is_several: bool = False
    """Whether the argument names a group of them."""


FETCHES: dict[tuple[str, str], Fetch] = {
    ("ssm", "get_parameter"): Fetch("parameter", "Name"),
    ("ssm", "get_parameters"): Fetch("parameters", "Names", is_several=True),
    ("ssm", "get_parameters_by_path"): Fetch("parameters", "Path", is_several=True),
    ("secretsmanager", "get_secret_value"): Fetch("secret", "SecretId"),
    ("secretsmanager", "batch_get_secret_value"): Fetch("secrets", "SecretIdList", is_several=True),
    ("appconfig", "get_configuration"): Fetch("configuration", "Configuration"),
    ("appconfigdata", "start_configuration_session"): Fetch(
        "configuration", "ConfigurationProfileIdentifier"
    ),
    ("appconfigdata", "get_latest_configuration"): Fetch("configuration", ""),
}
"""Service and operation of a client -> what it fetches."""

CONFIGURATION_SESSION = ("appconfigdata", "start_configuration_session")
CONFIGURATION_TOKEN = "ConfigurationPollToken"  # noqa: S105 - the name of an argument
"""`get_latest_configuration` goes on with the token of a session, or of the answer before."""

VERSIONS = frozenset({"VersionId", "VersionStage"})
CURRENT_VERSION = "AWSCURRENT"
"""Who asks for another version of a secret is at work on the secret itself."""

WRITERS: dict[str, frozenset[str]] = {
    "ssm": frozenset({"put_parameter", "delete_parameter", "delete_parameters"}),
    "secretsmanager": frozenset(
        {"create_secret", "delete_secret", "put_secret_value", "rotate_secret", "update_secret"}
    ),
}
"""Service -> operations that change what its fetches answer."""

DECRYPT = ("kms", "decrypt")
CIPHERTEXT = "CiphertextBlob"

REMEMBERING = frozenset(
    f"aws_lambda_powertools.utilities.parameters{module}.get_{name}"
    for module, names in (
        ("", ("app_config", "parameter", "parameters", "parameters_by_name", "secret")),
        (".appconfig", ("app_config",)),
        (".secrets", ("secret",)),
        (".ssm", ("parameter", "parameters", "parameters_by_name")),
    )
    for name in names
)
"""Functions that remember what they fetched, unless they are told not to."""

FORGETTING_FLAG = "force_fetch"
LIFETIME = "max_age"
"""Their arguments that have them fetch it again."""

CACHES_OF_PARAMETERS = frozenset(
    {
        "aws_lambda_powertools.utilities.parameters.AppConfigProvider",
        "aws_lambda_powertools.utilities.parameters.SSMProvider",
        "aws_lambda_powertools.utilities.parameters.SecretsProvider",
        "aws_lambda_powertools.utilities.parameters.appconfig.AppConfigProvider",
        "aws_lambda_powertools.utilities.parameters.secrets.SecretsProvider",
        "aws_lambda_powertools.utilities.parameters.ssm.SSMProvider",
        "aws_secretsmanager_caching.SecretCache",
        "aws_secretsmanager_caching.secret_cache.SecretCache",
        "ssm_cache.SSMParameter",
        "ssm_cache.SSMParameterGroup",
        "ssm_cache.SecretsManagerParameter",
    }
)
"""Classes whose instances remember what they fetched, for as long as they live."""
