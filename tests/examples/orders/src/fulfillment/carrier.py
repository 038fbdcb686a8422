"""The carrier's interface for booking parcels."""

import requests

BOOKINGS = "https://api.carrier.example/v2/bookings"
CARRIER_USER = "ordershop"
CARRIER_PASSWORD = "PigeonPost!2024"

http = requests.Session()
http.auth = (CARRIER_USER, CARRIER_PASSWORD)


class CarrierError(Exception):
    """The carrier did not take the parcel; it may do so later."""


def book_parcel(order):
    """Book a parcel; the tracking code."""
    parcel = {"reference": order["id"], "grams": int(order["weight"])}
    try:
        response = http.post(BOOKINGS, json=parcel, timeout=(3, 10))
        response.raise_for_status()
    except requests.RequestException as error:
        raise CarrierError(order["id"]) from error
    return response.json()["trackingCode"]
