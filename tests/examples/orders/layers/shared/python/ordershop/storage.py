"""The table of orders. The client is made once for each execution environment."""

import os

import boto3
from boto3.dynamodb.conditions import Key

_orders = boto3.resource("dynamodb").Table(os.environ["ORDERS_TABLE"])


def find(order_id):
    """The order, or None."""
    return _orders.get_item(Key={"id": order_id}).get("Item")


def save(order):
    """Store a new order; one that is there already is not overwritten."""
    _orders.put_item(Item=order, ConditionExpression="attribute_not_exists(id)")


def mark_shipped(order_id, tracking_code):
    """Remember under which code the carrier knows the parcel."""
    _orders.update_item(
        Key={"id": order_id},
        UpdateExpression="SET tracking_code = :code",
        ExpressionAttributeValues={":code": tracking_code},
    )


def page_of(day, start=None):
    """Some orders of a day, and where the next page starts, or None."""
    query = {"IndexName": "by-day", "KeyConditionExpression": Key("day").eq(day), "Limit": 500}
    if start is not None:
        query["ExclusiveStartKey"] = start
    page = _orders.query(**query)
    return page["Items"], page.get("LastEvaluatedKey")
