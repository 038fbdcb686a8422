"""How SDK objects come to be: boto3, botocore and their asynchronous twins.

Source: boto3 1.44 and botocore 1.44 (reference/core), aioboto3 15, aiobotocore 2; as of 2026-11.
"""

from __future__ import annotations

AS_OF = "2026-11"
SOURCE = "https://boto3.amazonaws.com/v1/documentation/api/latest/reference/core/index.html"

CLIENT, RESOURCE, SESSION, BOTOCORE_SESSION = "client", "resource", "session", "botocore-session"

FACTORIES = {
    "boto3.client": CLIENT,
    "boto3.resource": RESOURCE,
    "boto3.Session": SESSION,
    "boto3.session.Session": SESSION,
    "botocore.session.Session": BOTOCORE_SESSION,
    "botocore.session.get_session": BOTOCORE_SESSION,
    "aioboto3.client": CLIENT,
    "aioboto3.resource": RESOURCE,
    "aioboto3.Session": SESSION,
    "aioboto3.session.Session": SESSION,
    "aiobotocore.session.AioSession": BOTOCORE_SESSION,
    "aiobotocore.session.get_session": BOTOCORE_SESSION,
    "aiobotocore.get_session": BOTOCORE_SESSION,
}
"""Full name of a callable -> the kind of SDK object that it returns."""

DEFAULT_SESSION_SETTERS = frozenset({"boto3.setup_default_session"})
"""Callables that replace the session which `boto3.client` and `boto3.resource` take their clients from."""

USERS_OF_DEFAULT_SESSION = frozenset({"boto3.client", "boto3.resource"})

ASYNC_PACKAGES = frozenset({"aioboto3", "aiobotocore"})
"""Packages whose clients and resources belong to the event loop in which they were entered."""

CREDENTIAL_SETTERS = frozenset({"set_credentials", "set_config_variable"})
CREDENTIAL_ATTRIBUTES = frozenset({"_credentials"})
"""Methods and attributes of a session by which it is given credentials after it was made."""

SESSION_FACTORIES = {
    (SESSION, "client"): CLIENT,
    (SESSION, "resource"): RESOURCE,
    (BOTOCORE_SESSION, "create_client"): CLIENT,
}
"""Kind of session and method -> the kind of SDK object that it returns."""

SERVICE_PARAMETER = "service_name"

FRESH_CREDENTIALS = frozenset(
    {
        "assume_role",
        "assume_role_with_saml",
        "assume_role_with_web_identity",
        "get_credentials_for_identity",
        "get_federation_token",
        "get_role_credentials",
        "get_session_token",
    }
)
"""Operations that hand out credentials which expire: a client made from them must not outlive them."""
