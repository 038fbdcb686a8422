"""The accounting database."""

import os

import psycopg2

from ordershop.credentials import credentials

INSERT = "INSERT INTO sales (day, order_id, total) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING"


def book(day, orders):
    """Enter orders, each once; how many are new."""
    booked = 0
    with connect() as connection, connection.cursor() as cursor:
        for order in orders:
            cursor.execute(INSERT, (day, order["id"], order["total"]))
            booked += cursor.rowcount
    return booked


def connect():
    account = credentials(os.environ["LEDGER_SECRET"])
    return psycopg2.connect(
        host=os.environ["LEDGER_HOST"],
        dbname="ledger",
        user=account["username"],
        password=account["password"],
        connect_timeout=5,
    )
