"""Mail to customers."""

import os

import boto3


def confirm_order(order):
    """Tell the customer that the order has arrived."""
    _send(order["email"], f"Your order {order['id']}", f"Thank you! The total is {order['total']}.")


def announce_parcel(order, tracking_code):
    """Tell the customer that the parcel is on its way."""
    _send(order["email"], f"Order {order['id']} is on its way", f"Follow it with the code {tracking_code}.")


def _send(recipient, subject, text):
    ses = boto3.client("ses")
    ses.send_email(
        Source=os.environ["MAIL_SENDER"],
        Destination={"ToAddresses": [recipient]},
        Message={"Subject": {"Data": subject}, "Body": {"Text": {"Data": text}}},
    )
