"""A result to report: a small order service with findings of every shape."""

from __future__ import annotations

import json
import os
from importlib.resources import files
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from jsonschema import Draft202012Validator

from lambda_lint.model.finding import Finding, HandlerInfo, Note, Result, RuleInfo, Suppressed
from lambda_lint.model.fix import Edit, Fix
from lambda_lint.model.labels import Category, Confidence, Origin, Safety, Severity, SourceKind
from lambda_lint.model.location import Location, Span
from lambda_lint.reporters import reporter
from lambda_lint.reporters.style import PLAIN, Style
from lambda_lint.syntax.fingerprint import line_hashes
from lambda_lint.syntax.source import Source

if TYPE_CHECKING:
    from collections.abc import Callable

DATA = Path(__file__).parent / "data"
GOLDEN = Path(__file__).parent / "golden"
UPDATE = "LAMBDA_LINT_UPDATE_GOLDEN"

ORDERS = '''\
"""Takes orders from the queue."""

import json

import boto3

from shared import clients


def handler(event, context):
    for record in event["Records"]:
        order = json.loads(record["body"])
        save(order)
        boto3.client("lambda").invoke(
            FunctionName="invoices",
            Payload=json.dumps(order),
        )
    return {"ok": True}


def save(order):
    table = clients.orders_table()
    table.put_item(Item=order)


class Report:
    def send(self, to):
        ses = boto3.client("ses")
        ses.send_email(Source="a@example.com", Destination={"ToAddresses": [to]})
'''

CLIENTS = """\
import boto3

_table = None


def orders_table():
    if not _table:
        pass

    return boto3.resource("dynamodb").Table("orders")
"""

TEMPLATE = """\
Transform: AWS::Serverless-2016-10-31
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      Handler: app.handler
      Environment:
        Variables:
          STRIPE_KEY: "********************************"
"""

PAGE = """\
# client-in-handler (LL001)

## What it does

Finds SDK clients, resources and sessions that are created again
at each invocation.

## Why it matters

Creating one costs up to 200 ms.
"""


class Files:
    """Texts by path, and places in them."""

    def __init__(self, **texts: str) -> None:
        self.texts = {name.replace("__", "/").replace("_dot_", "."): text for name, text in texts.items()}

    def at(self, path: str, text: str, *, until: str | None = None) -> Location:
        """The first place of `text`, or from there to the end of `until`."""
        start = self.texts[path].index(text)
        end = start + len(text)
        if until is not None:
            end = self.texts[path].index(until, start) + len(until)
        return Source(path, self.texts[path]).location(Span(start, end))


def rule(code: str, name: str, severity: Severity, category: Category, **more: object) -> RuleInfo:
    given: dict[str, object] = {
        "on_by_default": True,
        "summary": f"Finds {name.replace('-', ' ')}.",
        "page": PAGE.replace("client-in-handler (LL001)", f"{name} ({code})"),
        "url": f"https://example.com/rules/{name}.md",
        **more,
    }
    return RuleInfo(code, name, category, severity, **given)  # type: ignore[arg-type]


RULES = (
    rule("LL001", "client-in-handler", Severity.WARNING, Category.PERFORMANCE),
    rule("LL022", "sync-lambda-invoke", Severity.WARNING, Category.DESIGN),
    rule("LL070", "hardcoded-secret", Severity.ERROR, Category.SECURITY, cwe=798, security_severity=8.0),
    rule("LL902", "unused-suppression", Severity.INFO, Category.TOOL),
    rule("LL904", "file-not-analysed", Severity.ERROR, Category.TOOL),
)


def finding(code: str, message: str, location: Location, **more: object) -> Finding:
    """A finding of one of `RULES`."""
    of = next(rule for rule in RULES if rule.code == code)
    given: dict[str, object] = {"severity": of.severity, "confidence": Confidence.HIGH, **more}
    return Finding(code, of.name, of.category, message=message, location=location, **given)  # type: ignore[arg-type]


@pytest.fixture
def orders() -> Result:
    """A run over a small project."""
    files = Files(
        src__orders__app_dot_py=ORDERS, layers__shared__clients_dot_py=CLIENTS, template_dot_yaml=TEMPLATE
    )
    app, clients, template = "src/orders/app.py", "layers/shared/clients.py", "template.yaml"
    hashes = {path: line_hashes(text) for path, text in files.texts.items()}

    def hashed(code: str, message: str, location: Location, **more: object) -> Finding:
        more["line_hash"] = hashes[location.path][location.start.line - 1]
        return finding(code, message, location, **more)

    resource = files.at(clients, 'boto3.resource("dynamodb")')
    findings = (
        hashed(
            "LL001",
            "the `dynamodb` resource is created again at each invocation",
            resource,
            function="orders_table",
            path=(
                Note(files.at(app, "save(order)"), "`handler` calls `save`"),
                Note(files.at(app, "clients.orders_table()"), "`save` calls `orders_table`"),
            ),
            related=(Note(files.at(clients, "_table = None"), "this cache is never filled"),),
            help="create it once, at module level",
            fix=Fix(
                "fill the cache",
                (
                    Edit(Span(resource.span.start - 7, resource.span.start), ""),
                    Edit(Span(resource.span.end, resource.span.end), "  # once"),
                ),
                Safety.SAFE,
            ),
        ),
        hashed(
            "LL001",
            "the `lambda` client is created again at each invocation, and for each record",
            files.at(app, 'boto3.client("lambda")'),
            function="handler",
            help="create it once, at module level",
            confidence=Confidence.MEDIUM,
        ),
        hashed(
            "LL022",
            "`invoices` is invoked synchronously: both functions are paid for while one waits",
            files.at(app, 'boto3.client("lambda")', until="        )"),
            function="handler",
            related=(
                Note(files.at(app, "for record", until=":"), "once for each record"),
                Note(files.at(clients, "orders_table"), "see also here"),
            ),
            fix=Fix(
                'pass `InvocationType="Event"`',
                (Edit(Span(files.at(app, "Payload").span.start, files.at(app, "Payload").span.start), "x"),),
                Safety.UNSAFE,
            ),
        ),
        hashed(
            "LL070",
            "`STRIPE_KEY` holds a Stripe key",
            files.at(template, '"********************************"'),
            help="keep it in Secrets Manager, and read it through the cache of the extension",
        ),
    )
    silenced = hashed(
        "LL001",
        "the `ses` client is created again at each invocation",
        files.at(app, 'boto3.client("ses")'),
        function="Report.send",
    )
    handler = HandlerInfo(
        f"{app}:handler",
        files.at(app, "handler"),
        (Origin.TEMPLATE, Origin.CONVENTION),
        (SourceKind.SQS,),
        inferred=False,
        function="Orders",
        reaches=(f"{app}:save", f"{clients}:orders_table"),
    )
    return Result(
        findings=tuple(sorted(findings, key=lambda found: found.order)),
        suppressed=(Suppressed(silenced, "sent once a day"),),
        notes=("`src/legacy.py` has no handler and is reached by none",),
        handlers=(handler,),
        rules=RULES,
        files=(clients, app, template),
        sources=files.texts,
    )


@pytest.fixture
def marked() -> Callable[..., Result]:
    """Make a result of one finding, about what stands between `«` and `»` in a text."""

    def result(text: str, file: str = "app.py", root: str = ".", **more: object) -> Result:
        before, rest = text.split("«")
        inside, after = rest.split("»")
        source = Source(file, before + inside + after)
        place = source.location(Span(len(before), len(before) + len(inside)))
        more.setdefault("message", "this is wrong")
        found = finding("LL001", location=place, **more)  # type: ignore[arg-type]
        return Result((found,), rules=RULES, files=(file,), sources={file: source.text}, root=root)

    return result


@pytest.fixture
def clean() -> Result:
    """A run that found nothing."""
    return Result(findings=(), rules=RULES, files=("src/app.py",))


@pytest.fixture(scope="session")
def schema() -> Draft202012Validator:
    """Of our own JSON."""
    text = files("lambda_lint.reporters").joinpath("schema.json").read_text("utf-8")
    return Draft202012Validator(json.loads(text))


@pytest.fixture(scope="session")
def sarif_schema() -> Draft202012Validator:
    return Draft202012Validator(json.loads((DATA / "sarif-2.1.0.json").read_text("utf-8")))


@pytest.fixture
def render() -> Callable[..., str]:
    """Give the text of a format."""

    def rendered(name: str, result: Result, style: Style = PLAIN) -> str:
        stream = StringIO()
        reporter(name)(result, stream, style)
        return stream.getvalue()

    return rendered


@pytest.fixture
def golden() -> Callable[[str, str], None]:
    """Compare with a file in `golden`, which `LAMBDA_LINT_UPDATE_GOLDEN=1` writes anew."""

    def same(name: str, text: str) -> None:
        path = GOLDEN / name
        if os.environ.get(UPDATE):
            path.write_bytes(text.encode())
        assert text == path.read_bytes().decode()

    return same
