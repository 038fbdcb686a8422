"""What was read of templates is kept: as it was, and as long as nothing that it depends on has changed."""

from __future__ import annotations

from dataclasses import is_dataclass, replace
from enum import Enum
from importlib import import_module
from typing import TYPE_CHECKING, Any, get_args, get_type_hints

import pytest
from running import SIZE_LIMIT

from lambda_lint.deployment.function import Template
from lambda_lint.engine import templates
from lambda_lint.engine.inputs import Inputs
from lambda_lint.engine.store import Store
from lambda_lint.engine.templates import Templates

if TYPE_CHECKING:
    from pathlib import Path

SAM = b"""
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      Handler: app.handler
      CodeUri: src/
      Timeout: 900
      Tracing: Active
      Layers: [!Ref Shared]
      Environment: {Variables: {QUEUE: !Ref Queue, "caf\xc3\xa9": !Sub "${AWS::Region}"}}
      VpcConfig: {SubnetIds: [subnet-1], SecurityGroupIds: [!Ref Group]}
      EventInvokeConfig: {DestinationConfig: {OnFailure: {Type: SQS}}}
      Policies:
        - AmazonS3ReadOnlyAccess
        - DynamoDBCrudPolicy: {TableName: orders}
        - Statement: [{Effect: Allow, Action: "s3:*", Resource: "*"}]
      Events:
        Q: {Type: SQS, Properties: {Queue: !GetAtt Queue.Arn, BatchSize: 10}}
        B: {Type: S3, Properties: {Bucket: !Ref Bucket, Events: "s3:ObjectCreated:*"}}
  Shared: {Type: AWS::Serverless::LayerVersion, Properties: {ContentUri: layer/}}
  Queue: {Type: AWS::SQS::Queue, Properties: {VisibilityTimeout: 30}}
  Inline:
    Type: AWS::Lambda::Function
    Properties:
      Code:
        ZipFile: |
          def handler(event, context):
              pass
"""
SERVICE = b"service: s\nprovider: {name: aws, runtime: python3.13}\nfunctions: ${file(functions.yml)}\n"
PROGRAM = b"from aws_cdk import aws_lambda\naws_lambda.Function(None, 'Made', handler='app.handler')\n"
INPUTS = Inputs(
    files={"app.py": b"def handler(event, context): ...\n", "stack.py": PROGRAM},
    templates={
        "template.yaml": SAM,
        "src/requirements.txt": b"boto3==1.40.0\n",
        "serverless.yml": SERVICE,
        "broken.yaml": b"Resources: {\nx: AWS::Lambda::Function",
    },
    beside={"functions.yml": b"f: {handler: app.handler}\n", "cdk.json": b"{}"},
)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "cache")


def read(store: Store | None, inputs: Inputs = INPUTS, salt: bytes = b"salt") -> templates.Reading:
    return Templates(inputs, lambda path: path.startswith("test"), SIZE_LIMIT, store, salt).read()


def forbid_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: str, *_: object) -> None:
        pytest.fail(f"{path} is read again")

    monkeypatch.setattr(templates, "read_template", refuse)


def test_what_is_kept_is_what_was_read(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    fresh = read(store)
    assert [template.path for template in fresh.templates] == ["serverless.yml", "template.yaml", "stack.py"]
    assert [function.name for template in fresh.templates for function in template.functions] == [
        "f",
        "Orders",
        "Inline",
        "Made",
    ]
    assert [broken.path for broken in fresh.broken] == ["broken.yaml"]
    forbid_reading(monkeypatch)
    assert read(store) == fresh


def test_code_may_change(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    read(store)
    forbid_reading(monkeypatch)
    read(
        store, replace(INPUTS, files={**INPUTS.files, "app.py": b"", "new.py": b"", "test_stack.py": PROGRAM})
    )


@pytest.mark.parametrize(
    "changed",
    [
        replace(INPUTS, templates={**INPUTS.templates, "template.yaml": SAM + b"\n"}),
        replace(INPUTS, templates={**INPUTS.templates, "other.yaml": SAM}),
        replace(INPUTS, beside={**INPUTS.beside, "functions.yml": b"g: {handler: app.handler}\n"}),
        replace(INPUTS, files={**INPUTS.files, "stack.py": PROGRAM + b"\n"}),
        replace(INPUTS, files={**INPUTS.files, "functions.yml": b"h: {handler: app.handler}\n"}),
    ],
)
def test_what_templates_depend_on_may_not(store: Store, changed: Inputs) -> None:
    before = read(store)
    assert read(store, changed) == read(None, changed) != before


def test_a_module_that_a_program_imports_may_not(store: Store) -> None:
    program = b"from constants import HANDLER\n" + PROGRAM.replace(b"'app.handler'", b"HANDLER")
    files = {"stack.py": program, "constants.py": b"HANDLER = 'app.first'\n"}
    changed = replace(INPUTS, files={**files, "constants.py": b"HANDLER = 'app.second'\n"})
    before = read(store, replace(INPUTS, files=files))
    assert before.templates[-1].functions[0].handler == "app.first"
    assert read(store, changed).templates[-1].functions[0].handler == "app.second"


def test_new_code_may_tell_where_a_program_is_run(store: Store) -> None:
    program = PROGRAM.replace(b")", b", code=aws_lambda.Code.from_asset('src'))")
    before = Inputs(files={"infra/stack.py": program})
    after = Inputs(files={**before.files, "src/app.py": b""})
    (template,) = read(store, before).templates
    assert template.functions[0].folder == "infra/src"
    (template,) = read(store, after).templates
    assert template.functions[0].folder == "src"


def test_other_settings_ask_anew(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    read(store)
    forbid_reading(monkeypatch)
    with pytest.raises(pytest.fail.Exception):
        read(store, salt=b"other")


@pytest.mark.parametrize("damaged", [b"[", b"[99]", b'[0,"x"]', b'"x"', b'[23,[23,"x"],[23]]', b"\xff"])
def test_a_damaged_entry_is_read_anew(store: Store, monkeypatch: pytest.MonkeyPatch, damaged: bytes) -> None:
    monkeypatch.setattr(store, "get", lambda _: damaged)
    assert read(store) == read(None)


def test_nothing_is_kept_of_a_project_without_templates(store: Store) -> None:
    assert read(store, Inputs(files={"app.py": b""})).templates == ()
    assert not store.folder.exists()


def test_nothing_that_a_template_says_can_be_read_in_the_cache(store: Store) -> None:
    read(store)
    kept = b"".join(path.read_bytes() for path in store.folder.rglob("*") if path.is_file())
    assert len(kept) > 1000
    for said in (b"orders", b"caf", b"Orders", b"app.handler", b"Broken"):
        assert said not in kept


def test_everything_that_a_template_may_hold_can_be_kept() -> None:
    pending: list[Any] = [templates.Reading]
    seen: set[Any] = set()
    names = {kind.__name__: kind for kind in templates.KEPT}
    while pending:
        kind = pending.pop()
        if kind not in seen:
            seen.add(kind)
            pending += get_args(kind)
            if is_dataclass(kind):
                pending += get_type_hints(kind, vars(import_module(kind.__module__)) | names).values()
    classes = {kind for kind in seen if isinstance(kind, type)}
    needed = {kind for kind in classes if is_dataclass(kind) or issubclass(kind, Enum)}
    assert needed - {Template} <= templates.KEPT
