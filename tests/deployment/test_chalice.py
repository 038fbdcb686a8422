"""Chalice applications."""

from __future__ import annotations

from textwrap import dedent

import pytest
from deploying import Deployed

from lambda_lint.deployment.fact import ABSENT, UNKNOWN
from lambda_lint.deployment.reader import companions, looks_like_template, read_template
from lambda_lint.model.labels import SourceKind

CONFIG = """
{
  "version": "2.0",
  "app_name": "orders",
  "lambda_memory_size": 512,
  "environment_variables": {"A": "all", "B": "all"},
  "stages": {
    "dev": {
      "lambda_timeout": 20,
      "environment_variables": {"B": "stage"},
      "lambda_functions": {
        "take": {
          "lambda_timeout": 90,
          "lambda_memory_size": 256,
          "reserved_concurrency": 2,
          "environment_variables": {"C": "own"}
        }
      }
    },
    "prod": {"lambda_timeout": 40}
  }
}
"""
APP = """
from chalice import Chalice, Rate

app = Chalice(app_name="orders")


@app.route("/")
def index():
    return {}


@app.route(
    "/orders/{id}",
    methods=["GET"],
)
@decorated
def order(id):
    return {}


@app.on_sqs_message(queue="orders", batch_size=5)
def take(event):
    return None


@app.lambda_function(name="nightly")
def clean(event, context):
    return None


@app.lambda_function()
async def plain(event, context):
    return None


@app.schedule("rate(1 hour)")
def hourly(event):
    return None


@app.on_s3_event(bucket="photos", events=["s3:ObjectCreated:*"], prefix="in/", suffix=".png")
def resize(event):
    return None


@app.on_s3_event(bucket="texts")
def count(event):
    return None


@app.authorizer()
def check(request):
    return None


@other.on_sns_message(topic="t")
def unrelated(event):
    return None


@app.unheard()
def unheard(event):
    return None


@app.on_sns_message(topic="t")
"""


def read(config: str = CONFIG, app: str | None = APP) -> Deployed:
    beside = {} if app is None else {"api/app.py": app.encode()}
    return Deployed(read_template("api/.chalice/config.json", dedent(config).encode(), beside))


@pytest.mark.parametrize(
    ("path", "is_one"),
    [
        (".chalice/config.json", True),
        ("api/.chalice/config.json", True),
        ("api/config.json", False),
        ("api/.chalice/policy.json", False),
    ],
)
def test_an_application_is_known_by_its_configuration(path: str, is_one: bool) -> None:
    assert looks_like_template(path, CONFIG.encode()) == is_one


def test_the_application_is_read_beside_its_configuration() -> None:
    assert companions("api/.chalice/config.json", b"{}") == ("api/app.py",)
    assert companions(".chalice/config.json", b"{}") == ("app.py",)


def test_functions_and_their_handlers() -> None:
    found = read()
    assert {name: told.handler for name, told in found.items()} == {
        "take": "app.take",
        "nightly": "app.clean",
        "plain": "app.plain",
        "hourly": "app.hourly",
        "resize": "app.resize",
        "count": "app.count",
        "check": "app.check",
        "api_handler": "app.app",
    }
    assert {told.folder for told in found.values()} == {"api"}
    assert found["api_handler"].dispatched == ("index", "order")
    assert found["take"].dispatched == ()
    assert found["nightly"].deployed_name == "orders-dev-nightly"


def test_the_closest_configuration_counts() -> None:
    found = read()
    take, api = found["take"], found["api_handler"]
    assert (take.timeout.value, take.memory.value, take.reserved_concurrency.value) == (90, 256, 2)
    assert (api.timeout.value, api.memory.value, api.reserved_concurrency) == (20, 512, ABSENT)
    assert {each.name: each.value for each in take.environment} == {"A": "all", "B": "stage", "C": "own"}
    assert {each.name: each.value for each in api.environment} == {"A": "all", "B": "stage"}
    assert (found.shown(take.place), found.shown(api.place)) == ('"take"', '"dev"')
    assert take.timeout.place is not None
    assert found.shown(take.timeout.place) == "90"


def test_sources() -> None:
    found = read()
    assert {name: [source.kind for source in told.sources] for name, told in found.items()} == {
        "take": [SourceKind.SQS],
        "nightly": [],
        "plain": [],
        "hourly": [SourceKind.SCHEDULE],
        "resize": [SourceKind.S3],
        "count": [SourceKind.S3],
        "check": [SourceKind.AUTHORIZER],
        "api_handler": [SourceKind.REST_API],
    }
    (queue,), (timer,), (bucket,) = (found[name].sources for name in ("take", "hourly", "resize"))
    assert queue.target == "orders"
    assert queue.polling is not None
    assert queue.polling.batch_size.value == 5
    assert dict(timer.settings) == {"ScheduleExpression": "rate(1 hour)"}
    assert (bucket.target, bucket.key_prefix.value, bucket.key_suffix.value) == ("photos", "in/", ".png")


def test_where_lost_events_go_is_not_known() -> None:
    assert all(not each.delivery.dead_letter.is_known for each in read().template.functions)


def test_defaults_and_what_is_not_known() -> None:
    found = read('{"version": "2.0"}')
    told = found["take"]
    assert (told.timeout.value, told.memory, told.runtime) == (60, ABSENT, ABSENT)
    assert (told.access.role, told.access.statements.is_complete) == (UNKNOWN, False)
    assert told.deployed_name is None
    assert found.shown(told.place) == '"version"'


def test_more_configuration() -> None:
    found = read(
        """
        {"xray": true, "environment_variables": ["odd"], "stages": {"only": {
          "subnet_ids": ["s-1"], "security_group_ids": ["sg-1"], "lambda_ephemeral_storage": 1024,
          "iam_role_arn": "arn:aws:iam::1:role/own", "manage_iam_role": false}}}
        """
    )
    told = found["take"]
    assert (told.tracing.value, told.ephemeral_storage.value) == ("Active", 1024)
    assert told.network.value is not None
    assert told.network.value.subnets.items == ("s-1",)
    assert told.access.role.value is not None
    assert told.access.role.value.name == "own"


@pytest.mark.parametrize(
    ("config", "app"),
    [
        (CONFIG, None),
        (CONFIG, ""),
        (CONFIG, "@app.lambda_function()\ndef f(e, c): ...\n"),
        ("[]", APP),
        ("", APP),
        ("{}", APP.replace("\n", "")),
    ],
)
def test_without_an_application_there_is_nothing(config: str, app: str | None) -> None:
    assert dict(read(config, app)) == {}


def test_an_empty_configuration_is_enough() -> None:
    assert "take" in read("{}", APP.replace("\n", "\r\n"))
