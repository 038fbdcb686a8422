"""GET /orders/{id}: where is my order?"""

from ordershop import storage
from ordershop.web import respond


def lambda_handler(event, context):
    order = storage.find(event["pathParameters"]["id"])
    if order is None:
        return respond(404, {"error": "there is no such order"})
    return respond(200, summary(order))


def summary(order):
    """What a customer may see of an order."""
    shown = {key: order[key] for key in ("id", "day", "lines", "total")}
    shown["status"] = "shipped" if "tracking_code" in order else "paid"
    return shown
