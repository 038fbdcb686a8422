"""Questions that a rule asks in Python, not by a comment on a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import libcst as cst
from running import at, context

from lambda_lint.model.labels import Origin, Phase, SourceKind
from lambda_lint.semantics.values import Composed, Constant, FromContext, Sdk, SdkKind

if TYPE_CHECKING:
    from lambda_lint.semantics.context import Context

ORDERS = """
import boto3

def outer():
    class Inner:
        def method(self):
            return [lambda: one for one in two]
    return Inner

top = 1
"""


def test_what_stands_around_a_node() -> None:
    ctx = context(ORDERS)
    inner: cst.Lambda = at(ctx, cst.Lambda)
    assert ctx.qualname_around(inner.body) == "outer.Inner.method"
    around = ctx.function_around(inner.body)
    assert around is inner
    method = ctx.function_around(inner)
    assert isinstance(method, cst.FunctionDef)
    assert method.name.value == "method"
    assert ctx.parent(method.name) is method
    top = at(ctx, cst.Integer)
    assert ctx.qualname_around(top) is None
    assert ctx.function_around(top) is None
    assert ctx.parent(ctx.module.tree.module) is None
    assert (ctx.module.path, ctx.module.is_test) == ("app.py", False)


LOOPS = """
def main(event, context):
    for each in event:
        helper()
        [one for one in (1, 2) if helper()]
    while again():
        pass
    for each in event:
        return last()
    once()
    return [two for two in event]


def helper():
    used()


def again():
    return used()


def last():
    return used()


def once():
    return used()
"""


def call_of(ctx: Context, name: str, which: int = 0) -> cst.Call:
    calls = [call for call in ctx.module.tree.of_type(cst.Call) if call.func.value == name]  # type: ignore[attr-defined]
    return calls[which]


def test_loops_around_and_on_the_way() -> None:
    ctx = context(LOOPS)
    assert isinstance(ctx.loop_around(call_of(ctx, "helper")), cst.For)
    assert isinstance(ctx.loop_around(call_of(ctx, "helper", 1)), cst.For)
    assert isinstance(ctx.loop_around(call_of(ctx, "again")), cst.While)
    assert ctx.loop_around(call_of(ctx, "once")) is None
    assert isinstance(ctx.loop_around(at(ctx, cst.ListComp, 1).elt), cst.ListComp)
    assert isinstance(ctx.loop_around(at(ctx, cst.ListComp, 1).for_in.target), cst.ListComp)
    steps = [ctx.loop_on_path(call_of(ctx, "used", which)) for which in range(4)]
    assert [step and step.callee for step in steps] == ["helper", "again", None, None]


OBJECTS = """
import boto3
import requests

table = boto3.resource("dynamodb").Table("orders")
ready = boto3.client("s3")


def main(event, context):
    made = boto3.client("sqs")
    made.send_message()
    ready.get_object()
    requests.get("x")
    helper()
    unknown()
    requests.Session()
    pick(ready).get_object()
    context.function_name.split("-")[0]
    f"{context.function_name}-x"
    context.get_remaining_time_in_millis()


def helper():
    return None


def pick(client):
    return client
"""


def expression(ctx: Context, line: int) -> Any:
    """What stands alone on a line of the text."""
    source = ctx.module.source
    for statement in ctx.module.tree.of_type(cst.Expr):
        location = source.location(_span(ctx, statement))
        if location.start.line == line:
            return statement.value
    raise AssertionError(line)


def _span(ctx: Context, node: cst.CSTNode) -> Any:
    from lambda_lint.syntax.spans import spans_of  # noqa: PLC0415 - for this alone

    return spans_of(ctx.module.tree, ctx.module.source, [node])[node]


def test_objects_and_calls() -> None:
    ctx = context(OBJECTS)
    send, get = expression(ctx, 10), expression(ctx, 11)
    made = ctx.sdk_of(send.func.value)
    ready = ctx.sdk_of(get.func.value)
    assert made == Sdk(SdkKind.CLIENT, "sqs")
    assert made is not None
    assert ready is not None
    assert ctx.is_made_per_invocation(made)
    assert not ctx.is_made_per_invocation(ready)
    assert not ctx.is_made_per_invocation(Sdk(SdkKind.CLIENT, "s3"))
    session = ctx.object_of(expression(ctx, 15))
    assert ctx.is_made_per_invocation(session)  # type: ignore[arg-type]
    assert ctx.operation_of(send) is not None
    assert ctx.operation_of(expression(ctx, 13)) is None
    assert [ctx.is_project_call(expression(ctx, line)) for line in (10, 12, 13, 14)] == [
        False,
        False,
        True,
        False,
    ]
    assert len(ctx.functions_of(expression(ctx, 13).func)) == 1
    assert ctx.value_of(at(ctx, cst.SimpleString)) == Constant("dynamodb")
    assert ctx.name_of(expression(ctx, 12).func) == "requests.get"
    assert ctx.call_facts(send).func is ctx.call_facts(send).func
    assert ctx.runs_per_invocation(send)
    assert ctx.phase_of(at(ctx, cst.Call)) is Phase.INIT


def test_the_context_object_of_the_invocation() -> None:
    ctx = context(OBJECTS)
    assert ctx.object_of(expression(ctx, 17)) == FromContext("function_name.split()[0]")
    assert ctx.object_of(expression(ctx, 18)) == Composed((FromContext("function_name"), "-x"))
    assert ctx.object_of(expression(ctx, 19)) == FromContext("get_remaining_time_in_millis()")


TEMPLATE = """
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      CodeUri: .
      Handler: app.main
      DurableConfig: {ExecutionTimeout: 60}
      Events: {Queue: {Type: SQS, Properties: {Queue: !GetAtt Queue.Arn}}}
  Elsewhere:
    Type: AWS::Serverless::Function
    Properties: {Runtime: python3.13, CodeUri: {Bucket: b, Key: k}, Handler: far.main}
  Inline:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      Handler: index.run
      InlineCode: |
        def run(first, second):
            return first
  Image:
    Type: AWS::Serverless::Function
    Properties: {PackageType: Image, ImageUri: x}
"""
HANDLERS = {
    "app.py": """
        from work import shared

        def main(event, context):
            shared()

        def other(event, context):
            return 1

        handler = 3
    """,
    "work.py": """
        def shared():
            used()
    """,
}


def test_handlers_and_what_is_known_of_them() -> None:
    ctx = context(HANDLERS, templates={"template.yaml": TEMPLATE})
    main, other = ctx.handlers
    assert (main.name, other.name) == ("main", "other")
    assert main.origins == (Origin.TEMPLATE, Origin.CONVENTION)
    assert main.sources == (SourceKind.DURABLE, SourceKind.SQS)
    assert [function.name for function in main.deployed] == ["Orders"]
    assert other.sources == ()
    assert {function.name for function in ctx.project.unresolved} == {"Elsewhere"}
    inline = [handler for handler in ctx.project.handlers if handler.name == "run"]
    assert [handler.origins for handler in inline] == [[Origin.TEMPLATE]]


def test_which_handlers_reach_a_node() -> None:
    ctx = context(HANDLERS, path="work.py", templates={"template.yaml": TEMPLATE})
    assert [handler.name for handler in ctx.handlers_reaching(at(ctx, cst.Call))] == ["main"]
    assert ctx.handlers == ()
    roots = [root for handler in ctx.project.handlers for root in handler.roots if handler.name == "main"]
    function = ctx.function_key(at(ctx, cst.Call))
    assert [step.callee for step in ctx.project.phases.path_from(roots, function)] == ["shared"]
    others = [root for handler in ctx.project.handlers for root in handler.roots if handler.name == "other"]
    assert ctx.project.phases.path_from(others, function) == ()
    assert function in ctx.project.phases.reached_from(roots)
    assert function not in ctx.project.phases.reached_from(others)


def test_handlers_that_are_no_functions() -> None:
    ctx = context("from mangum import Mangum\nfrom fastapi import FastAPI\nhandler = Mangum(FastAPI())\n")
    assert ctx.handlers == ()
    assert [(handler.name, handler.scope) for handler in ctx.project.handlers] == [("handler", None)]


def test_a_literal_that_stands_for_text_of_the_deployment_is_not_known() -> None:
    text = """
    Resources:
      A:
        Type: AWS::Serverless::Function
        Properties:
          Runtime: python3.13
          Handler: index.handler
          InlineCode: !Sub |
            table = "${Table}"
            fixed = "x"
    """
    from running import context_of, linked  # noqa: PLC0415 - beside what it is for

    units, project = linked({}, {"template.yaml": text})
    ctx = context_of(units, project, 0)
    assert ctx.value_of(at(ctx, cst.Assign).value) is None
    assert ctx.value_of(at(ctx, cst.Assign, 1).value) == Constant("x")
