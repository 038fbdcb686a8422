"""Ship what is paid: each message on the queue is an order."""

import json
import logging
import os

import boto3
from carrier import CarrierError, book_parcel

from ordershop import mail, storage

logger = logging.getLogger()

lambda_client = boto3.client("lambda")


def lambda_handler(event, context):
    failures = []
    for record in event["Records"]:
        try:
            ship(json.loads(record["body"])["id"])
        except CarrierError:
            logger.exception("message %s stays on the queue", record["messageId"])
            failures.append({"itemIdentifier": record["messageId"]})
    return {"batchItemFailures": failures}


def ship(order_id):
    """Book a parcel for an order, unless a message has come twice."""
    order = storage.find(order_id)
    if "tracking_code" in order:
        return
    tracking_code = book_parcel(order)
    storage.mark_shipped(order_id, tracking_code)
    print_packing_slip(order_id)
    mail.announce_parcel(order, tracking_code)


def print_packing_slip(order_id):
    lambda_client.invoke(
        FunctionName=os.environ["WAREHOUSE_FUNCTION"],
        InvocationType="Event",  # lambda-lint: ignore[async-lambda-invoke] the warehouse has no queue yet
        Payload=json.dumps({"order": order_id}),
    )
