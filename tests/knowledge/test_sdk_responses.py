"""The table of dates and streams in SDK responses says what the SDK's own models say."""

from __future__ import annotations

from typing import Any

import pytest
from botocore import xform_name
from botocore.loaders import Loader
from botocore.model import ServiceModel

from lambda_lint.knowledge.sdk_responses import DATES, STREAMS, table


def operation_model(service: str, operation: str) -> Any:
    model = ServiceModel(Loader().load_service_model(service, "service-2"), service)
    names = {xform_name(each): each for each in model.operation_names}
    return model.operation_model(names[operation])


@pytest.mark.parametrize(
    ("service", "operation", "path"),
    [(s, o, path) for s, operations in table()[DATES].items() for o, path in operations.items()],
)
def test_there_is_a_date(service: str, operation: str, path: str) -> None:
    shape = operation_model(service, operation).output_shape
    for part in path.split("."):
        shape = shape.member if part == "[]" else shape.members[part]
    assert shape.type_name == "timestamp"


@pytest.mark.parametrize(
    ("service", "operation", "path"),
    [(s, o, path) for s, operations in table()[STREAMS].items() for o, path in operations.items()],
)
def test_there_is_a_stream(service: str, operation: str, path: str) -> None:
    model = operation_model(service, operation)
    assert model.has_streaming_output or model.has_event_stream_output
    assert path in model.output_shape.members
