"""What the tables say of operations, and what was written by hand beside them."""

from __future__ import annotations

import subprocess
import sys
from itertools import chain

import pytest
from botocore.loaders import Loader
from generate_sdk_tables import Service, service_of

from lambda_lint.knowledge import notes
from lambda_lint.knowledge.batching import PART_BATCHES, PART_TWINS, TWINS, Twin
from lambda_lint.knowledge.operations import (
    Waiter,
    failure_keys_of,
    is_deprecated,
    pagination_of,
    waiter_of,
)


@pytest.mark.parametrize(
    ("service", "operation", "inputs", "outputs", "result"),
    [
        ("s3", "list_objects_v2", "ContinuationToken", "NextContinuationToken", "Contents"),
        ("s3", "list_objects", "Marker", "NextMarker", "Contents"),
        ("dynamodb", "query", "ExclusiveStartKey", "LastEvaluatedKey", "Items"),
        ("iam", "list_users", "Marker", "Marker", "Users"),
        (
            "cloudfront",
            "list_distributions",
            "Marker",
            "DistributionList.NextMarker",
            "DistributionList.Items",
        ),
        ("textract", "get_document_text_detection", "NextToken", "NextToken", "Blocks"),
    ],
)
def test_pages(service: str, operation: str, inputs: str, outputs: str, result: str) -> None:
    page = pagination_of(service, operation)
    assert page is not None
    assert (page.inputs[0], page.outputs[0], page.results[0]) == (inputs, outputs, result)


@pytest.mark.parametrize(
    ("service", "operation", "more", "limit"),
    [
        ("s3", "list_objects_v2", "IsTruncated", "MaxKeys"),
        ("dynamodb", "query", None, "Limit"),
        ("cloudfront", "list_distributions", "DistributionList.IsTruncated", "MaxItems"),
        ("dynamodb", "list_tags_of_resource", None, None),
    ],
)
def test_limits(service: str, operation: str, more: str | None, limit: str | None) -> None:
    page = pagination_of(service, operation)
    assert page is not None
    assert (page.more, page.limit) == (more, limit)


def test_what_is_looked_up_comes_whole_or_has_no_paginator() -> None:
    instances = pagination_of("ec2", "describe_instances")
    kinds = pagination_of("ec2", "describe_instance_types")
    blocks = pagination_of("textract", "get_document_text_detection")
    mappings = pagination_of("lambda", "list_event_source_mappings")
    assert instances is not None
    assert kinds is not None
    assert blocks is not None
    assert mappings is not None
    assert instances.lookups == {"InstanceIds"}
    assert mappings.lookups == {"EventSourceArn", "FunctionName"}
    assert (instances.is_whole, kinds.is_whole) == (True, False)
    assert (instances.has_paginator, blocks.has_paginator) == (True, False)


@pytest.mark.parametrize(
    ("service", "operation"),
    [
        ("iam", "list_access_keys"),
        ("s3", "get_object"),
        ("dynamodb", "execute_statement"),
        ("no-such", "list"),
    ],
)
def test_one_page(service: str, operation: str) -> None:
    assert pagination_of(service, operation) is None


@pytest.mark.parametrize(
    ("service", "operation", "keys"),
    [
        ("dynamodb", "batch_write_item", ("UnprocessedItems",)),
        ("dynamodb", "batch_get_item", ("UnprocessedKeys",)),
        ("sqs", "send_message_batch", ("Failed",)),
        ("sns", "publish_batch", ("Failed",)),
        ("events", "put_events", ("Entries", "FailedEntryCount")),
        ("kinesis", "put_records", ("FailedRecordCount", "Records")),
        ("firehose", "put_record_batch", ("FailedPutCount", "RequestResponses")),
        ("s3", "delete_objects", ("Errors",)),
        ("dynamodb", "transact_write_items", ()),
        ("ecs", "describe_tasks", ()),
        ("no-such", "batch", ()),
    ],
)
def test_failures(service: str, operation: str, keys: tuple[str, ...]) -> None:
    assert failure_keys_of(service, operation) == keys


def test_waiters() -> None:
    running = waiter_of("ec2", "instance_running")
    assert running == Waiter("describe_instances", 15, 40)
    assert running is not None
    assert running.longest == 600
    assert waiter_of("ec2", "no_such_waiter") is None


def test_deprecated() -> None:
    assert is_deprecated("lambda", "invoke_async")
    assert not is_deprecated("lambda", "invoke")


# -- by hand


LISTS = {
    "batch_get_secret_value": "SecretIdList",
    "batch_write_item": "RequestItems",
    "delete_objects": "Delete",
    "get_parameters": "Names",
    "put_events": "Entries",
    "put_record_batch": "Records",
    "put_records": "Records",
}
"""Twins whose limit the models tell, and the argument that has it."""


@pytest.fixture(scope="module")
def loader() -> Loader:
    return Loader()


def _limit(service: Service, operation: str) -> int | None:
    """The most things that the model lets a call take, where it says so."""
    name = "".join(word.capitalize() for word in operation.split("_"))
    shapes = service.model["shapes"]
    shape = shapes[service.members(service.model["operations"][name], "input")[LISTS[operation]]["shape"]]
    if shape["type"] == "map":
        shape = shapes[shape["value"]["shape"]]
    found = shape.get("max")
    return None if found is None else int(found)


@pytest.mark.parametrize(("service", "operation"), TWINS)
def test_twins_are_those_of_the_models(service: str, operation: str, loader: Loader) -> None:
    twin, model = TWINS[service, operation], service_of(loader, service)
    names = {name.lower() for name in model.model["operations"]}
    assert {operation.replace("_", ""), twin.batch.replace("_", "")} <= names
    if twin.batch in LISTS:
        assert _limit(model, twin.batch) in {twin.limit, None}
    single = next(o for n, o in model.operations if n.lower() == operation.replace("_", ""))
    given = model.members(single, "input")
    assert {*twin.target, *twin.conditions} <= given.keys()
    assert twin.entries is None or twin.entries in given


def test_methods_of_resources_have_the_twins_of_their_clients() -> None:
    parts: list[Twin] = list(chain.from_iterable(each.values() for each in PART_TWINS.values()))
    limits = {twin.things: twin.limit for twin in TWINS.values() if not twin.is_read}
    assert all(limits[twin.things] == twin.limit for twin in parts if not twin.is_read)
    assert all(failure_keys_of(service, batch) for (service, _, _), batch in PART_BATCHES.items())


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("builtins.print", True),
        ("logging.getLogger().info", True),
        ("aws_lambda_powertools.Logger().info", True),
        ("loguru.logger.info", True),
        ("json.dumps", False),
        ("builtins.printer", False),
    ],
)
def test_notes(name: str, *, expected: bool) -> None:
    assert notes.is_note(name) is expected


def test_only_what_is_asked_for_is_read() -> None:
    """The tables are a quarter of a megabyte: start-up must not pay for them."""
    code = (
        "import lambda_lint.api, lambda_lint.knowledge.operations as o, lambda_lint.knowledge.tables as t\n"
        "assert t._lines.cache_info().misses == 0\n"
        "o.pagination_of('s3', 'list_objects_v2')\n"
        "assert (t._lines.cache_info().misses, t.part_of.cache_info().misses) == (1, 1)\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
