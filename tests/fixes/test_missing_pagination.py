"""After the fix of missing-pagination all pages are used, where only the first one was."""

from __future__ import annotations

from typing import TYPE_CHECKING

import boto3
import pytest
from fixing import fixed, handled
from moto import mock_aws

if TYPE_CHECKING:
    from collections.abc import Iterator

RULE = "missing-pagination"
NAMES = [f"/app/{number:02}" for number in range(25)]
"""A page of Parameter Store holds ten."""

DIRECT = """
    import boto3

    ssm = boto3.client("ssm", region_name="eu-west-1")


    def handler(event, context):
        names = []
        for parameter in ssm.get_parameters_by_path(Path="/app")["Parameters"]:
            if parameter["Name"] == event.get("skip"):
                continue
            names.append(parameter["Name"])
            if parameter["Name"] == event.get("last"):
                break
        else:
            names.append("all")
        return names
"""

KEPT = """
    import boto3

    ssm = boto3.client("ssm", region_name="eu-west-1")


    def handler(event, context):
        response = ssm.get_parameters_by_path(
            Path="/app",  # all that belongs to it
            Recursive=True,
        )
        return sorted(parameter["Name"] for parameter in response.get("Parameters", []))
"""


@pytest.fixture(autouse=True)
def _parameters() -> Iterator[None]:
    with mock_aws():
        ssm = boto3.client("ssm", region_name="eu-west-1")
        for name in NAMES:
            ssm.put_parameter(Name=name, Value=name, Type="String")
        yield


def test_a_loop_over_the_answer_itself() -> None:
    text = fixed(DIRECT, RULE)
    assert handled(DIRECT, {}) == [*NAMES[:10], "all"]
    assert handled(text, {}) == [*NAMES, "all"]
    assert handled(text, {"last": NAMES[19]}) == NAMES[:20]
    assert handled(text, {"skip": NAMES[0], "last": NAMES[2]}) == NAMES[1:3]


def test_an_answer_in_a_variable() -> None:
    text = KEPT.replace("  # all that belongs to it", "")
    assert handled(text, {}) == NAMES[:10]
    assert handled(fixed(text, RULE), {}) == NAMES
