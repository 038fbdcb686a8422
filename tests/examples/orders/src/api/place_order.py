"""POST /orders: price the cart, reserve the stock, store the order and pass it on."""

import json
import logging
import os
import uuid
from datetime import datetime, timezone
from decimal import Decimal

import boto3
from botocore.exceptions import ClientError

from ordershop import mail, storage
from ordershop.web import respond

logger = logging.getLogger()
logger.setLevel(logging.INFO)

lambda_client = boto3.client("lambda")
sqs = boto3.client("sqs")
stock = boto3.resource("dynamodb").Table(os.environ["STOCK_TABLE"])


def lambda_handler(event, context):
    cart = json.loads(event["body"])
    if not cart.get("lines"):
        return respond(400, {"error": "the cart is empty"})

    answer = lambda_client.invoke(
        FunctionName=os.environ["PRICING_FUNCTION"],
        Payload=json.dumps({"action": "price", "lines": cart["lines"]}),
    )
    prices = json.loads(answer["Payload"].read(), parse_float=Decimal)

    total = Decimal(0)
    weight = 0
    for line in cart["lines"]:
        price = prices[line["sku"]] * line["quantity"]
        if line["quantity"] >= 10:
            price = price * Decimal("0.9")
        total += price
        weight += line.get("weight", 100) * line["quantity"]
    if cart.get("voucher") and total >= 30:
        total -= Decimal(5)
    if total < 50:
        total += Decimal("4.90") if weight < 2000 else Decimal("8.90")

    try:
        for line in cart["lines"]:
            stock.update_item(
                Key={"sku": line["sku"]},
                UpdateExpression="SET available = available - :quantity",
                ConditionExpression="available >= :quantity",
                ExpressionAttributeValues={":quantity": line["quantity"]},
            )
    except ClientError as error:
        if error.response["Error"]["Code"] != "ConditionalCheckFailedException":
            raise
        return respond(409, {"error": f"{line['sku']} is out of stock"})

    now = datetime.now(timezone.utc)
    order = {
        "id": str(uuid.uuid4()),
        "day": now.date().isoformat(),
        "email": cart["email"],
        "lines": cart["lines"],
        "total": total,
        "weight": weight,
    }
    storage.save(order)
    sqs.send_message(QueueUrl=os.environ["PAID_ORDERS_QUEUE"], MessageBody=json.dumps({"id": order["id"]}))
    mail.confirm_order(order)
    logger.info("order %s is worth %s", order["id"], total)
    return respond(201, {"id": order["id"], "total": total})
