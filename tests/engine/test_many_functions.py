"""A template of many functions is in a part for each of them: what only it decides is worked out once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from running import SIZE_LIMIT

from lambda_lint.engine import templates
from lambda_lint.engine.keys import Stamps
from lambda_lint.engine.lint import Inputs, lint
from lambda_lint.engine.packing import Packer
from lambda_lint.engine.store import Store
from lambda_lint.engine.templates import Templates
from lambda_lint.registry import load_registry
from lambda_lint.semantics.deployments import deployments_of
from lambda_lint.semantics.project import Project
from lambda_lint.settings.options import DEFAULT
from lambda_lint.syntax import fingerprint

if TYPE_CHECKING:
    from pathlib import Path

NUMBER = 6
CODE = b"import boto3\n\ndef handler(event, context):\n    boto3.client('s3').list_buckets()\n"
FUNCTION = """\
  F{0}:
    Type: AWS::Serverless::Function
    Properties: {{Handler: app.handler, Runtime: python3.13, CodeUri: f{0}/}}
"""
TEMPLATE = "Resources:\n" + "".join(map(FUNCTION.format, range(NUMBER)))


def test_lines_of_a_template_are_hashed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    hashed: list[str] = []

    class Counted(fingerprint.LineHashes):
        def __init__(self, text: str) -> None:
            hashed.append(text)
            super().__init__(text)

    monkeypatch.setattr(fingerprint, "LineHashes", Counted)
    fingerprint.hashes_of.cache_clear()
    inputs = Inputs(
        {f"f{number}/app.py": CODE for number in range(NUMBER)}, {"template.yaml": TEMPLATE.encode()}
    )
    found = lint(inputs, DEFAULT, load_registry()).findings
    assert sum(finding.location.path == "template.yaml" for finding in found) >= NUMBER
    assert hashed.count(TEMPLATE) == 1


def test_functions_whose_code_is_in_another_part_are_not_joined_with_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    joined: list[int] = []
    init = Project.__init__

    def told(self: Project, *args: object, **options: object) -> None:
        init(self, *args, **options)  # type: ignore[arg-type]
        joined.append(len(deployments_of(self)))

    monkeypatch.setattr(Project, "__init__", told)
    inputs = Inputs(
        {f"f{number}/app.py": CODE for number in range(NUMBER)}, {"template.yaml": TEMPLATE.encode()}
    )
    lint(inputs, DEFAULT, load_registry())
    assert joined == [1] * NUMBER


def test_files_of_one_folder_are_kept_with_each_function_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each file knows the functions of the others; kept in each, they would be as many as their square."""
    pytest.importorskip("tree_sitter_hcl")
    files = {
        f"f{number}.tf": (
            f'resource "aws_lambda_function" "f{number}" {{\n  function_name = "named-{number}"\n'
            '  runtime = "python3.13"\n}\n'
        ).encode()
        for number in range(NUMBER)
    }
    packed: list[bytes] = []
    packer = templates._PACKER  # noqa: SLF001 - what is kept is masked, and cannot be looked at

    class Noted(Packer):
        def pack(self, value: object) -> bytes:
            packed.append(packer.pack(value))
            return packed[-1]

        def unpack(self, data: bytes) -> object:
            return packer.unpack(data)

    monkeypatch.setattr(templates, "_PACKER", Noted((), ()))
    store = Store(tmp_path)
    first = Templates(Inputs({}, files), lambda _: False, SIZE_LIMIT, store, b"salt").read()
    again = Templates(Inputs({}, files), lambda _: False, SIZE_LIMIT, store, b"salt").read()
    assert first == again
    assert [packed[0].count(b'"named-%d"' % number) for number in range(NUMBER)] == [1] * NUMBER
    stamps = Stamps()
    assert [stamps.of(each) for each in first.templates] == [stamps.of(each) for each in again.templates]
    assert len({stamps.of(each) for each in first.templates}) == NUMBER
