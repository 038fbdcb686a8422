"""Requests and responses of the HTTP API."""

import json


def respond(status, body):
    """A response that the API understands."""
    return {
        "statusCode": status,
        "headers": {"content-type": "application/json"},
        "body": json.dumps(body, default=str),
    }
