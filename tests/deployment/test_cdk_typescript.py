"""Functions of CDK apps in TypeScript, as far as a scanner can tell."""

from __future__ import annotations

from textwrap import dedent
from typing import TYPE_CHECKING

import pytest

from lambda_lint.deployment.reader import companions, looks_like_template, read_template
from lambda_lint.errors import TemplateError
from lambda_lint.model.labels import SourceKind

if TYPE_CHECKING:
    from lambda_lint.deployment.function import DeployedFunction, Template

IMPORTS = """
import * as cdk from 'aws-cdk-lib';
import path from 'path';
import { Duration, Stack, aws_sqs as sqs } from 'aws-cdk-lib';
import * as lambda from "aws-cdk-lib/aws-lambda";
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { PythonFunction } from '@aws-cdk/aws-lambda-python-alpha';
"""


def read(text: str, path: str = "infra/lib/stack.ts", **beside: str) -> Template:
    files = {name.replace("__", "/") + ".json": content.encode() for name, content in beside.items()}
    return read_template(path, (IMPORTS + dedent(text)).encode(), files)


def only(text: str, path: str = "infra/lib/stack.ts", **beside: str) -> DeployedFunction:
    (function,) = read(text, path, **beside).functions
    return function


def declared(properties: str, before: str = "", after: str = "") -> DeployedFunction:
    return only(f"{before}\nnew lambda.Function(this, 'F', {{ {properties} }});\n{after}")


@pytest.mark.parametrize(
    ("path", "text", "claimed"),
    [
        ("stack.ts", "aws-lambda new a.Function", True),
        ("stack.test.ts", "aws-lambda new a.Function", False),
        ("stack.d.ts", "aws-lambda new a.Function", False),
        ("stack.ts", "aws-lambda new a . b.DockerImageFunction", True),
        ("stack.ts", "aws-lambda new PythonFunction<T>(", True),
        ("stack.ts", "import { Function as Made } from 'aws-lambda'", True),
        ("stack.ts", "aws-lambda a.Function", False),
        ("stack.ts", "aws-lambda new MyFunction(", False),
        ("stack.ts", "new Function", False),
        ("stack.ts", "aws-lambda", False),
        ("stack.tsx", "aws-lambda new a.Function", False),
    ],
)
def test_claims(path: str, text: str, claimed: bool) -> None:
    assert looks_like_template(path, text.encode()) is claimed
    assert ("cdk.json" in companions(path, text.encode())) is claimed


def test_facts() -> None:
    template = read(
        """
        export class Orders extends Stack {
          private readonly fn: lambda.Function;
          constructor(scope: Construct, id: string, props?: StackProps) {
            super(scope, id, props);
            // the queue's name isn't known
            const queue = new sqs.Queue(this, 'Q', { visibilityTimeout: Duration.seconds(90) });
            this.fn = new lambda.Function(this, 'Orders', {
              runtime: lambda.Runtime.PYTHON_3_13,
              handler: 'app.handler',
              code: lambda.Code.fromAsset(path.join(__dirname, '..', 'src')),
              timeout: cdk.Duration.minutes(2),
              memorySize: 1_024,
              environment: { TABLE: 'table', 'QUEUE_URL': queue.queueUrl, STAGE: props!.stage, },
              tracing: lambda.Tracing.ACTIVE,
            });
            const source = new SqsEventSource(queue, { batchSize: 5, reportBatchItemFailures: true });
            this.fn.addEventSource(source);
          }
        }
        """,
        infra__cdk="{}",
    )
    (found,) = template.functions
    assert (found.name, found.handler, found.folder) == ("Orders", "app.handler", "infra/src")
    assert (found.runtime.value, found.timeout.value, found.memory.value) == ("python3.13", 120, 1024)
    assert [(each.name, each.value) for each in found.environment] == [
        ("TABLE", "table"),
        ("QUEUE_URL", None),
        ("STAGE", None),
    ]
    assert found.tracing.value == "Active"
    assert not found.certain
    (source,) = found.sources
    assert (source.kind, source.target) == (SourceKind.SQS, "Q")
    assert source.polling is not None
    assert source.polling.response_types.value == ("ReportBatchItemFailures",)
    assert source.queue is not None
    assert source.queue.visibility_timeout.value == 90
    assert template.text[found.place.span.start : found.place.span.end] == "'Orders'"
    place = found.handler_place
    assert place is not None
    assert template.text[place.span.start : place.span.end] == "'app.handler'"


@pytest.mark.parametrize(
    ("expression", "handler"),
    [
        ("'a.b'", "a.b"),
        ('"a.b"', "a.b"),
        ("`a.b`", "a.b"),
        ("'a\\.b'", "a.b"),
        ("`${name}.b`", "a.b"),
        ("`${compute()}.b`", None),
        ("name + '.b'", "a.b"),
        ("name + compute() + '.b'", None),
        ("'a.b' as string", "a.b"),
        ("name!", "a"),
        ("whole.b", None),
        ("compute", None),
        ("compute().b", None),
        ("compute?.()", None),
        ("flag ? 'a.b' : 'c.d'", None),
        ("() => 'a.b'", None),
        ("function () { return 'a.b'; }", None),
        ("-1", None),
        ("names[0]", None),
        ("['a.b']", None),
        ("`", None),
        ("", None),
        ("(('a.b'))", None),
        ("new Text<string>('a.b')", None),
        ("typed", "a.b"),
        ("again", None),
        ("late", "a.b"),
    ],
)
def test_expressions(expression: str, handler: str | None) -> None:
    before = """
    const name = 'a'
    const typed: Record<string, { a: string }> = 'a.b';
    let again = 'a.b'; again2 = 1;
    let declared;
    const { taken } = props, x = 1;
    {
      const again = 'b.c';
    }
    const late =
      'a.b'
    const again = 'c.d';
    """
    assert declared(f"handler: {expression}", before).handler == handler


def test_blocks_hide_names() -> None:
    text = """
    const where = 'outer';
    function a() {
      const where = 'inner';
      new lambda.Function(this, 'A', { handler: 'a.b', code: lambda.Code.fromAsset(where) });
    }
    new lambda.Function(this, 'B', { handler: 'a.b', code: lambda.Code.fromAsset(where) });
    """
    found = {each.name: each.folder for each in read(text, path="app.ts").functions}
    assert found == {"A": "inner", "B": "outer"}


def test_objects() -> None:
    found = declared(
        "handler, 'memorySize': 512, timeout() { return 1; }, ...more, [computed]: 1",
        "const handler = 'a.b';",
    )
    assert (found.handler, found.memory.value) == ("a.b", 512)
    assert not found.timeout.is_known


def test_options_of_the_same_file() -> None:
    text = """
    const shared = { memorySize: 256, timeout: Duration.seconds(5) };
    new lambda.Function(this, 'A', shared);
    new lambda.Function(this, 'B', props);
    new lambda.Function(this, 'C', { ...shared, handler: 'a.b' });
    """
    first, second, third = read(text).functions
    assert first.memory.value == 256
    assert first.runtime.is_absent
    assert not second.memory.is_known
    assert not third.runtime.is_known


@pytest.mark.parametrize(
    ("code", "handler"),
    [
        ("fs.readFileSync('./src/x.py', { encoding: 'utf-8' })", "x.main"),
        ("fs.readFileSync('src/x.py').toString()", "x.main"),
        ("compute().toString()", "index.main"),
        ("text.toString()", "index.main"),
        ("text", "index.main"),
    ],
)
def test_inline_code_of_a_file(code: str, handler: str) -> None:
    text = (
        f"new lambda.Function(this, 'F', {{ handler: 'index.main', code: new lambda.InlineCode({code}) }});"
    )
    assert only(text, path="app.ts").handler == handler


def test_python_function() -> None:
    found = only("new PythonFunction(this, 'F', { entry: './src', index: 'app.py' })", path="app.ts")
    assert (found.handler, found.folder) == ("app.handler", "src")


@pytest.mark.parametrize(
    "text",
    [
        "new lambda.Function(this, 'F', { handler: 'a.b'",
        "new lambda.Function(this, 'F', { handler: 'a.b', x: [1, (2",
        "new lambda.Function<T>(this, 'F', { handler: 'a.b' })",
        "lambda.Function",
        "new lambda.Function",
        "new",
        "const",
        "const x: number",
        "this.x =",
        "}}})))",
        "{ [ (",
        "a.b.",
        "'never closed",
    ],
)
def test_broken_code_gives_what_can_be_read(text: str) -> None:
    assert len(read(f"{text}\nnew lambda.Function").functions) <= 1


def test_other_languages_are_left_out() -> None:
    assert read("new lambda.Function(this, 'F', { runtime: lambda.Runtime.NODEJS_22_X })").functions == ()


def test_too_many_words() -> None:
    with pytest.raises(TemplateError, match="words"):
        read("new lambda.Function" + " a" * 300_000)


def test_nested_code_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lambda_lint.deployment.typescript_tokens.MAX_STEPS", 10_000)
    with pytest.raises(TemplateError, match="nested"):
        read("new lambda.Function" + " a(" * 20_000)


def test_deep_code_is_not_looked_into() -> None:
    assert declared(f"handler: 'a.b', layers: {'[' * 100}{']' * 100}").handler == "a.b"
    assert declared(f"handler: 'a.b', layers: {'f(' * 100}{')' * 100}").handler == "a.b"


@pytest.mark.parametrize(
    ("runtime", "is_read"),
    [
        ("NODEJS_22_X", False),
        ("JAVA_21", False),
        ("PYTHON_3_13", True),
        ("NODEJS_22_X, // not Python", True),
        ("of(props.runtime)", True),
    ],
)
def test_programs_that_name_only_other_languages_are_not_read(runtime: str, is_read: bool) -> None:
    text = (
        f"import * as lambda from 'aws-cdk-lib/aws-lambda';\nnew lambda.Function(lambda.Runtime.{runtime});"
    )
    assert looks_like_template("lib/app.ts", text.encode()) is is_read
