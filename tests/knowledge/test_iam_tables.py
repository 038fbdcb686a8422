"""The tables of permissions: what of them follows from the models of botocore and boto3."""

from __future__ import annotations

import json
from typing import Any

import boto3
import botocore
import pytest
from boto3.session import Session
from botocore.loaders import Loader
from generate_iam_tables import SERVICES, methods_of, operations_of
from generate_sdk_tables import FOLDER, line_of

from lambda_lint.knowledge import iam_actions, iam_operations, iam_policies, iam_resources

SLICE = ("cognito-idp", "dynamodb", "iot-data", "lambda", "rds", "s3", "sqs", "stepfunctions", "sts")
TABLES = ("iam_actions", "iam_managed", "iam_operations", "iam_templates", "sdk_resources")
HEAD = ("AS_OF", "SOURCE")
MOST_BYTES = 200_000


def table(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return found


@pytest.fixture(scope="module")
def loader() -> Loader:
    return Loader()


@pytest.mark.parametrize("name", SLICE)
def test_names_of_operations_are_current(name: str, loader: Loader) -> None:
    """After an update of botocore run `python tests/generate_iam_tables.py`; its docstring says how."""
    found = table("iam_operations")
    assert botocore.__version__ in found["AS_OF"]
    assert {key: value for key, value in found[name].items() if key != "unknown"} == operations_of(
        loader, name
    )


@pytest.mark.parametrize("name", ["dynamodb", "s3", "sns", "sqs"])
def test_methods_of_resources_are_current(name: str) -> None:
    lines = (FOLDER / "sdk_resources.json").read_text(encoding="utf-8").splitlines()
    assert boto3.__version__ in lines[1]
    assert line_of(name, methods_of(name)) in [line.removesuffix(",") for line in lines]
    assert name in Session().get_available_resources()


@pytest.mark.parametrize("name", TABLES)
def test_one_line_for_each_entry(name: str) -> None:
    found = table(name)
    text = (FOLDER / f"{name}.json").read_text(encoding="utf-8")
    assert len(text.splitlines()) == len(found) + 2
    assert found["SOURCE"].startswith("https://")
    assert "20" in found["AS_OF"] or "boto" in found["AS_OF"]


def test_tables_are_small() -> None:
    assert sum((FOLDER / f"{name}.json").stat().st_size for name in TABLES) < MOST_BYTES


def test_every_service_is_in_the_tables(loader: Loader) -> None:
    operations, actions = table("iam_operations"), table("iam_actions")
    assert [name for name in operations if name not in HEAD] == SERVICES
    assert {line["prefix"] for key, line in operations.items() if key not in HEAD} == actions.keys() - set(
        HEAD
    )
    assert set(SERVICES) <= set(loader.list_available_services("service-2"))


def test_what_is_written_by_hand_is_about_operations_that_there_are(loader: Loader) -> None:
    known = {name: set(_operations(loader, name)) for name in {*iam_operations.BY_HAND, "dynamodb"}}
    made_by_boto3 = {
        "copy",
        "download_file",
        "download_fileobj",
        "generate_db_auth_token",
        "generate_db_connect_admin_auth_token",
        "generate_db_connect_auth_token",
        "upload_file",
        "upload_fileobj",
    }
    for service, operations in iam_operations.BY_HAND.items():
        assert set(operations) <= known[service] | made_by_boto3, service
    for service, operation in [*iam_operations.DEPENDS, *iam_resources.WITH_VERSION]:
        assert operation in known[service] | made_by_boto3


def test_arguments_that_name_resources_are_arguments_of_operations(loader: Loader) -> None:
    for service, parameters in iam_resources.PARAMETERS.items():
        model = loader.load_service_model(service, "service-2")
        given = {
            name
            for operation in model["operations"].values()
            if "input" in operation
            for name in model["shapes"][operation["input"]["shape"]].get("members", {})
        }
        assert parameters.keys() <= given, service


def test_policies_hold_actions_of_services() -> None:
    for name in ("iam_managed", "iam_templates"):
        for policy, grants in table(name).items():
            if policy not in HEAD:
                for actions, resources, *_ in grants:
                    assert all(":" in action or action == "*" for action in actions.split())
                    assert resources


def test_policies_that_frameworks_attach_are_known() -> None:
    names = (iam_policies.BASIC, iam_policies.TRACING, iam_policies.NETWORK, iam_policies.DURABLE)
    assert all(iam_policies.managed(name) for name in names)


def test_actions_on_objects_take_resources() -> None:
    assert all(iam_actions.takes_resource(f"s3:{name}") for name in iam_actions.ON_OBJECTS)


def _operations(loader: Loader, name: str) -> list[str]:
    model = loader.load_service_model(name, "service-2")
    return [botocore.xform_name(each) for each in model["operations"]]
