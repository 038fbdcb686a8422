"""After the fix of unbatched-calls a table holds the same items, with fewer requests."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import boto3
import botocore.client
import pytest
from fixing import fixed, handled
from moto import mock_aws

if TYPE_CHECKING:
    from collections.abc import Iterator

RULE = "unbatched-calls"

SIMPLE = """
    import boto3

    table = boto3.resource("dynamodb", region_name="eu-west-1").Table("orders")


    def handler(event, context):
        # Whatever was ordered.
        for order in event["orders"]:
            if not order.get("id"):
                continue  # no order
            table.put_item(
                Item={
                    "id": order["id"],
                    "note": "ordered",
                }
            )
            if order.get("last"):
                break
        else:
            return "all"
        return "some"
"""

BOTH = """
    import boto3

    batch = None


    class Orders:
        def __init__(self):
            self.table = boto3.resource("dynamodb", region_name="eu-west-1").Table("orders")

        def save(self, orders):
            for order in orders:
                self.table.delete_item(Key={"id": order["old"]})
                self.table.put_item(Item={"id": order["id"]})


    def handler(event, context):
        Orders().save(event["orders"])
"""


@pytest.fixture(autouse=True)
def requests(monkeypatch: pytest.MonkeyPatch) -> Iterator[Counter[str]]:
    with mock_aws():
        boto3.client("dynamodb", region_name="eu-west-1").create_table(
            TableName="orders",
            KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
            AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
            BillingMode="PAY_PER_REQUEST",
        )
        made: Counter[str] = Counter()
        call = botocore.client.BaseClient._make_api_call  # noqa: SLF001 - as moto's documentation does it

        def counted(self: Any, name: str, arguments: Any) -> Any:
            made[name] += 1
            return call(self, name, arguments)

        monkeypatch.setattr(botocore.client.BaseClient, "_make_api_call", counted)
        yield made


def held() -> list[str]:
    """The ids of the table's items, which are removed."""
    table = boto3.resource("dynamodb", region_name="eu-west-1").Table("orders")
    ids = sorted(str(item["id"]) for item in table.scan()["Items"])
    with table.batch_writer() as batch:
        for each in ids:
            batch.delete_item(Key={"id": each})
    return ids


@pytest.mark.parametrize(
    "event",
    [
        {"orders": [{"id": f"{number:02}"} for number in range(60)]},
        {"orders": [{"id": "a"}, {}, {"id": "b", "last": True}, {"id": "c"}]},
        {"orders": []},
    ],
)
def test_the_same_items(event: dict[str, Any]) -> None:
    before = handled(SIMPLE, event), held()
    assert (handled(fixed(SIMPLE, RULE), event), held()) == before


def test_fewer_requests(requests: Counter[str]) -> None:
    event = {"orders": [{"id": f"{number:02}"} for number in range(60)]}
    handled(SIMPLE, event)
    assert requests["PutItem"] == 60
    requests.clear()
    handled(fixed(SIMPLE, RULE), event)
    assert (requests["PutItem"], requests["BatchWriteItem"]) == (0, 3)


def test_puts_and_deletes_go_through_one_writer() -> None:
    text = fixed(BOTH, RULE)
    assert text.count("batch_writer") == 1
    event = {"orders": [{"old": "x", "id": "a"}, {"old": "y", "id": "b"}]}
    before = handled(BOTH, event), held()
    assert (handled(text, event), held()) == before
