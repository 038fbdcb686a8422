import boto3

import storage
import queues


def lambda_handler(event, context):
    client = boto3.client("s3")  # lambda-lint: ignore[client-in-handler] runs once a day
    # lambda-lint: ignore[LL001]
    other = boto3.client("s3")
    third = boto3.client("s3")  # noqa: LL001
    storage.keep(client, other, third)  # lambda-lint: ignore[client-in-handler] the path goes through here
    queues.tell(event)


def quiet():
    return 1  # lambda-lint: ignore[client-in-handler] nothing is made here


def misspelt(event):
    return event  # lambda-lint: ignore[client-in-handlers]
