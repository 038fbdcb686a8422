"""Copy the orders of yesterday to the ledger, page by page."""

import json
from datetime import date, timedelta

import boto3
import ledger

from ordershop import storage

lambda_client = boto3.client("lambda")


def lambda_handler(event, context):
    day = event.get("day") or str(date.today() - timedelta(days=1))
    orders, following = storage.page_of(day, event.get("start"))
    booked = ledger.book(day, orders)
    if following is not None:
        lambda_client.invoke(
            FunctionName=context.function_name,
            InvocationType="Event",
            Payload=json.dumps({"day": day, "start": following}),
        )
    return {"day": day, "booked": booked}
