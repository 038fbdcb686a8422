"""Where the SDK for Python comes from: packages that bring it along, and layers that do not.

Source: the metadata of the packages on PyPI, in the versions of 2026-11; the contents of the layers.
"""

from __future__ import annotations

import re

AS_OF = "2026-11"
SOURCE = "https://docs.aws.amazon.com/lambda/latest/dg/python-package.html"

BUILT_IN = ("boto3", "botocore")
"""The packages of the SDK that the runtime has."""

BOTO3_FROM = frozenset(
    {
        "aioboto3",
        "amazon-textract-caller",
        "amazon-textract-textractor",
        "ask-sdk",
        "ask-sdk-dynamodb-persistence-adapter",
        "aws-durable-execution-sdk-python",
        "aws-encryption-sdk",
        "awswrangler",
        "bedrock-agentcore",
        "dynamodb-encryption-sdk",
        "dynamodb-json",
        "langchain-aws",
        "moto",
        "pyathena",
        "pycognito",
        "redshift-connector",
        "s3path",
        "sagemaker",
        "sagemaker-core",
        "snowflake-connector-python",
        "strands-agents",
        "watchtower",
        "zappa",
    }
)
"""Packages that need boto3, and with it botocore."""

BOTOCORE_FROM = BOTO3_FROM | {
    "aiobotocore",
    "aws-secretsmanager-caching",
    "aws-xray-sdk",
    "awscli",
    "boto3",
    "chalice",
    "pynamodb",
    "s3fs",
    "s3transfer",
}
"""Packages that need botocore."""

BOTO3_FROM_EXTRAS = {
    "aws-lambda-powertools": frozenset({"all", "aws-sdk", "datamasking"}),
    "django-storages": frozenset({"boto3", "s3"}),
    "smart-open": frozenset({"all", "s3"}),
}
"""Package -> the extras with which it needs boto3."""

_LAYERS_WITHOUT = re.compile(
    r":layer:(?:AWSLambdaPowertoolsPython|AWSSDKPandas|AWS-Parameters-and-Secrets-Lambda-Extension"
    r"|LambdaInsightsExtension|AWSOpenTelemetryDistroPython|Datadog-Extension)"
)


def brings(package: str, extras: tuple[str, ...], sdk: str) -> bool:
    """Whether a package, by its normalized name, brings a package of the SDK along."""
    if package in (BOTO3_FROM if sdk == "boto3" else BOTOCORE_FROM):
        return True
    return not BOTO3_FROM_EXTRAS.get(package, frozenset()).isdisjoint(extras)


def has_no_sdk(layer: str) -> bool:
    """Whether a layer, by its ARN, is known not to hold the SDK."""
    return _LAYERS_WITHOUT.search(layer) is not None
