"""Credentials, fetched once for each execution environment."""

import functools
import json

import boto3


@functools.cache
def _client():
    return boto3.client("secretsmanager")


@functools.cache
def credentials(name):
    """What Secrets Manager keeps under a name."""
    return json.loads(_client().get_secret_value(SecretId=name)["SecretString"])
