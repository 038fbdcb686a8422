"""The tables of the SDK: are they what the generator makes of botocore's models?"""

from __future__ import annotations

import json
from typing import Any

import botocore
import pytest
from botocore.loaders import Loader
from generate_sdk_tables import FOLDER, SOURCE, TABLES, line_of, service_of

SERVICES = (
    "cloudfront",
    "dynamodb",
    "ec2",
    "events",
    "iam",
    "lambda",
    "logs",
    "s3",
    "sns",
    "sqs",
    "textract",
)
"""A slice of all services, so that the test is quick; the generator takes them all."""
HEAD = ("AS_OF", "SOURCE")
MOST_BYTES = 310_000


def lines_of(table: str) -> list[str]:
    text: str = (FOLDER / f"{table}.json").read_text(encoding="utf-8")
    return text.splitlines()


@pytest.fixture(scope="module")
def loader() -> Loader:
    return Loader()


@pytest.mark.parametrize("name", SERVICES)
def test_a_slice_is_current(name: str, loader: Loader) -> None:
    """After an update of botocore run `python tests/generate_sdk_tables.py`, and read the difference."""
    service = service_of(loader, name)
    for table, part_of in TABLES.items():
        lines = lines_of(table)
        assert botocore.__version__ in lines[1], "pyproject.toml pins the version that the tables are of"
        found = [line.removesuffix(",") for line in lines if line.startswith(f'"{name}": ')]
        part = part_of(service)
        assert found == ([line_of(name, part)] if part else [])


@pytest.mark.parametrize("table", TABLES)
def test_files_are_stable(table: str) -> None:
    """One service a line, in order, so that a new version shows as a readable difference."""
    found: dict[str, Any] = json.loads("\n".join(lines_of(table)))
    names = [name for name in found if name not in HEAD]
    assert names == sorted(names)
    assert len(lines_of(table)) == len(found) + 2
    assert found["SOURCE"] == SOURCE
    assert found["AS_OF"].startswith("botocore ")


def test_files_are_small() -> None:
    assert sum((FOLDER / f"{table}.json").stat().st_size for table in TABLES) < MOST_BYTES
