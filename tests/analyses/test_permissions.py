"""Which operations a function calls, on which resources, what they need, and whether it is allowed."""

from __future__ import annotations

from textwrap import indent

import pytest
from running import linked

from lambda_lint.analyses.allowed import Answer, Wanted, allows, resource_in
from lambda_lint.analyses.grants import Grant, grants_of
from lambda_lint.analyses.needs import also_needed, needs_of
from lambda_lint.analyses.permissions import missing_permissions
from lambda_lint.analyses.sdk_calls import SdkCall, SdkCalls, calls_of
from lambda_lint.analyses.unused_permissions import unused_permissions
from lambda_lint.deployment.fact import Listed
from lambda_lint.semantics.deployments import Deployment, deployments_of

TEMPLATE = """
Transform: AWS::Serverless-2016-10-31
Parameters: {{Given: {{Type: String}}}}
Resources:
  Table: {{Type: AWS::DynamoDB::Table}}
  Queue: {{Type: AWS::SQS::Queue}}
  Files: {{Type: AWS::S3::Bucket}}
  Function:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: src
      Handler: app.handler
      Runtime: python3.13
      Environment:
        Variables: {{TABLE: !Ref Table, QUEUE: !Ref Queue, FILES: !Ref Files, NAME: files, GIVEN: !Ref Given}}
{more}
"""


TWO_TABLES = "d = boto3.resource('dynamodb')\nu = d.Table('u')\nt = d.Table('t')\n"


def deployed(body: str, more: str = "", files: dict[str, str] | None = None) -> Deployment:
    code = f"import os\nimport boto3\n\n\ndef handler(event, context):\n{indent(body, '    ')}\n"
    template = TEMPLATE.format(more=indent(more, "      "))
    _, project = linked({"src/app.py": code, **(files or {})}, {"template.yaml": template})
    return project.once(deployments_of)["template.yaml", "Function"]


def calls(body: str) -> SdkCalls:
    return calls_of(deployed(body))


def told(call: SdkCall) -> str:
    where = "?" if call.wanted is None else call.wanted.shown
    return f"{call.service}.{call.operation} {where}"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("boto3.client('sqs').send_message(QueueUrl='https://sqs.a.amazonaws.com/1/jobs')", "jobs"),
        ("boto3.client('sqs').send_message(QueueUrl=os.environ['QUEUE'])", "Queue"),
        ("boto3.client('sqs').send_message(QueueUrl=os.environ.get('QUEUE', 'a'))", "Queue"),
        ("boto3.client('sqs').send_message(QueueUrl=event['queue'])", "?"),
        ("boto3.client('sqs').send_message(**event)", "?"),
        ("boto3.client('sns').publish(TopicArn='arn:aws:sns:eu-west-1:1:news')", "news"),
        ("boto3.client('lambda').invoke(FunctionName='arn:aws:lambda:a:1:function:other:live')", "other"),
        ("boto3.client('lambda').invoke(FunctionName='other:live')", "other"),
        ("boto3.client('ssm').get_parameter(Name='/app/key')", "app/key"),
        ("boto3.client('s3').get_object(Bucket=os.environ['NAME'])", "files"),
        ("boto3.client('s3').get_object(Bucket=f\"{os.environ['NAME']}-old\")", "files-old"),
        ("boto3.client('s3').get_object(Bucket=f\"{os.environ['GIVEN']}-old\")", "?"),
        ("boto3.client('s3').get_object(Bucket=f\"{os.environ['FILES']}-old\")", "?"),
        ("boto3.client('s3').get_object(Bucket=os.environ['QUEUE'])", "?"),
        ("boto3.client('s3').get_object(Bucket=os.environ['MISSING'])", "?"),
        ("boto3.client('s3').get_object(Bucket='arn:aws:s3:a:1:accesspoint/x')", "?"),
        ("boto3.client('s3').get_object(Bucket='x-s3alias')", "?"),
        ("boto3.client('s3').upload_file('a', 'files', 'b')", "files"),
        ("boto3.client('s3').upload_file(*event)", "?"),
        ("boto3.client('dynamodb').query(TableName='t', IndexName='i')", "t/index/i"),
        ("boto3.client('dynamodb').query(TableName='t', IndexName=event['i'])", "?"),
        ("boto3.client('dynamodb').get_paginator('scan').paginate(TableName='t')", "t"),
        ("boto3.client('dynamodb').get_waiter('table_exists').wait(TableName='t')", "t"),
        ("boto3.client('events').put_events(Entries=[{'EventBusName': 'b'}, {'EventBusName': 'b'}])", "b"),
        ("boto3.client('events').put_events(Entries=[{'EventBusName': 'b'}, {'Source': 'b'}])", "?"),
        ("boto3.client('events').put_events(Entries=[{**event}])", "?"),
        ("boto3.client('events').put_events(Entries=[event])", "?"),
        ("boto3.client('events').put_events(Entries=event)", "?"),
        ("boto3.client('translate').translate_text(Text='a')", "?"),
        ("boto3.resource('dynamodb').Table('t').scan()", "t"),
        ("boto3.resource('dynamodb').Table(name='t').load()", "t"),
        ("boto3.resource('dynamodb').Table(*event).load()", "?"),
        ("boto3.resource('s3').Bucket('b').wait_until_exists()", "b"),
        ("boto3.resource('s3').Bucket('b').objects.all()", "b"),
        ("boto3.resource('s3').BucketCors('b').load()", "?"),
        ("boto3.resource('sqs').create_queue(QueueName='q')", "q"),
        (
            "t = boto3.resource('dynamodb').Table('t')\nwith t.batch_writer() as b:\n    b.put_item(Item={})",
            "t",
        ),
        ("t = boto3.resource('dynamodb').Table('t')\nif event:\n    t = t\nt.scan()", "t"),
        (
            "d = boto3.resource('dynamodb')\nt = d.Table('a')\nif event:\n    t = d.Table('b')\nt.scan()",
            "?",
        ),
        (TWO_TABLES + "with t.batch_writer() as b:\n    b.put_item(Item={})", "t"),
        ("def made():\n    return boto3.resource('dynamodb').Table('t')\nmade().scan()", "t"),
        ("a = {1: boto3.resource('dynamodb').Table('t')}\na[1].scan()", "t"),
        ("a = boto3.resource('dynamodb').Table('t')\n" + "a = a\n" * 9 + "a.scan()", "t"),
        ("c = boto3.client('s3')\nmap(c.put_object, event)", "?"),
        ("c = boto3.client('s3')\nevent.run(c.put_object)", "?"),
        ("c = boto3.client('s3')\nc.generate_presigned_post('b', 'k')", "?"),
        ("c = boto3.client('s3')\nc.generate_presigned_url(ClientMethod='put_object')", "?"),
    ],
)
def test_the_resource_of_a_call(body: str, expected: str) -> None:
    (found,) = calls(body).calls
    assert told(found).partition(" ")[2] == expected


@pytest.mark.parametrize(
    ("body", "operations"),
    [
        ("boto3.client('s3').exceptions.NoSuchKey", []),
        ("boto3.client('s3').close()", []),
        ("boto3.resource('s3').Bucket('b')", []),
        (
            "boto3.resource('s3').Bucket('b').objects.filter(Prefix='a').delete()",
            ["list_objects", "delete_objects"],
        ),
        ("boto3.client('dynamodb').get_paginator(event).paginate()", []),
        ("boto3.client('dynamodb').get_waiter(event).wait()", []),
        ("boto3.client('dynamodb').get_waiter('of_the_future').wait()", []),
        ("boto3.client('s3').generate_presigned_url(event)", []),
        ("boto3.client(event).get_object()", []),
        ("boto3.resource('s3').Bucket('b').colors.all()", []),
        ("boto3.resource(event).Bucket('b').objects.all()", []),
        ("event.a.b.c()", []),
        ("boto3.Session().client('s3').get_object()", ["get_object"]),
    ],
)
def test_which_operations_are_called(body: str, operations: list[str]) -> None:
    found = [call.operation for call in calls(body).calls]
    assert sorted(set(found)) == sorted(operations)


@pytest.mark.parametrize(
    ("body", "unclear"),
    [
        ("boto3.client(event).get_object()", True),
        ("boto3.client('s3').generate_presigned_url(event)", True),
        ("boto3.client('s3').get_object()", False),
        ("boto3.resource('s3').Bucket('b')", False),
    ],
)
def test_what_is_not_clear(body: str, unclear: bool) -> None:
    assert bool(calls(body).unclear) is unclear


@pytest.mark.parametrize(
    ("made", "own"),
    [
        ("boto3.client('s3')", True),
        ("boto3.client('s3', region_name='a')", True),
        ("boto3.client('s3', endpoint_url=None)", True),
        ("boto3.client('s3', endpoint_url='http://localhost')", False),
        ("boto3.client('s3', endpoint_url=event['x'])", True),
        ("boto3.client(service_name='s3', aws_session_token=event['x'])", False),
        ("boto3.client('s3', **event)", False),
        ("boto3.client('s3', config=__import__('x'))", True),
        ("boto3.Session(profile_name='a').client('s3')", False),
        ("boto3.Session().client('s3', aws_access_key_id='a')", False),
    ],
)
def test_whose_credentials_a_call_has(made: str, own: bool) -> None:
    (found,) = calls(f"{made}.list_buckets()").calls
    assert found.is_own is own


def test_an_endpoint_may_be_the_functions_own() -> None:
    body = "boto3.client('apigatewaymanagementapi', endpoint_url='https://a').post_to_connection()"
    assert [call.is_own for call in calls(body).calls] == [True]


def test_credentials_for_one_service_are_not_those_for_another() -> None:
    body = "boto3.client('sqs', aws_access_key_id='a')\nboto3.client('s3').list_buckets()"
    assert [call.is_own for call in calls(body).calls] == [True]


@pytest.mark.parametrize(
    ("body", "actions"),
    [
        ("boto3.client('s3').get_object()", ["s3:GetObject"]),
        ("boto3.client('s3').get_object(VersionId='a')", None),
        ("boto3.client('s3').copy({}, 'b', 'k')", ["s3:GetObject", "s3:PutObject"]),
        ("boto3.client('dynamodb').execute_statement(Statement=' update t')", ["dynamodb:PartiQLUpdate"]),
        ("boto3.client('dynamodb').execute_statement(Statement='do')", None),
        ("boto3.client('dynamodb').execute_statement(Statement=event)", None),
        ("boto3.client('dynamodb').batch_execute_statement(Statements=[])", None),
        ("map(boto3.client('dynamodb').execute_statement, event)", None),
        ("boto3.client('dynamodb').transact_write_items(TransactItems=[{'Put': {}}])", ["dynamodb:PutItem"]),
        ("boto3.client('dynamodb').transact_write_items(TransactItems=[{'Do': {}}])", None),
        ("boto3.client('dynamodb').transact_write_items(TransactItems=[event])", None),
        ("boto3.client('dynamodb').transact_write_items(TransactItems=event)", None),
        ("boto3.client('sts').get_caller_identity()", []),
    ],
)
def test_what_a_call_needs(body: str, actions: list[str] | None) -> None:
    needs = needs_of(calls(body).calls[0])
    assert (None if needs is None else [need.action for need in needs]) == actions


@pytest.mark.parametrize(
    ("body", "actions"),
    [
        ("boto3.client('s3').put_object(Tagging='a')", ["s3:PutObjectTagging"]),
        ("boto3.client('s3').put_object()", []),
        ("map(boto3.client('s3').put_object, event)", []),
        ("boto3.client('ecs').run_task()", ["iam:PassRole"]),
        ("boto3.client('events').put_targets(RoleArn='a')", ["iam:PassRole"]),
    ],
)
def test_what_a_call_needs_besides(body: str, actions: list[str]) -> None:
    assert [need.action for need in also_needed(calls(body).calls[0])] == actions


TYPES = {"Table": "AWS::DynamoDB::Table", "Files": "AWS::S3::Bucket", "Nested": "AWS::CloudFormation::Stack"}
TABLE = Wanted("dynamodb", "table/{}", id="Table")
ORDERS = Wanted("dynamodb", "table/{}", name="orders")
INDEX = Wanted("dynamodb", "table/{}", id="Table", index="i")
FILES = Wanted("s3", id="Files")
KEY = Wanted("ssm", "parameter/{}", name="app/key")
QUEUE = Wanted("sqs", id="Queue")


@pytest.mark.parametrize(
    ("resource", "action", "wanted", "answer"),
    [
        ("*", "dynamodb:GetItem", TABLE, Answer.YES),
        ("${Table.Arn}", "dynamodb:GetItem", TABLE, Answer.YES),
        ("${Table.Arn}", "dynamodb:GetItem", ORDERS, Answer.MAYBE),
        ("${Table.Arn}", "dynamodb:Query", INDEX, Answer.NO),
        ("${Table.Arn}/index/*", "dynamodb:Query", INDEX, Answer.YES),
        ("${Table.Arn}/index/*", "dynamodb:Query", TABLE, Answer.NO),
        ("${Table.Arn}*", "dynamodb:Query", INDEX, Answer.YES),
        (
            "arn:${AWS::Partition}:dynamodb:${AWS::Region}:1:table/${Table}",
            "dynamodb:GetItem",
            TABLE,
            Answer.YES,
        ),
        ("arn:aws:dynamodb:*:*:table/x-${Table}", "dynamodb:GetItem", TABLE, Answer.MAYBE),
        ("arn:aws:dynamodb:*:*:table/${Table}${Table}", "dynamodb:GetItem", TABLE, Answer.MAYBE),
        ("arn:aws:dynamodb:*:*:table/${Elsewhere}", "dynamodb:GetItem", TABLE, Answer.MAYBE),
        ("arn:aws:dynamodb:*:*:table/orders", "dynamodb:GetItem", TABLE, Answer.MAYBE),
        ("arn:aws:dynamodb:*:*:table/orders", "dynamodb:Query", INDEX, Answer.NO),
        ("arn:aws:dynamodb:*:*:table/orders", "dynamodb:GetItem", ORDERS, Answer.YES),
        ("arn:aws:dynamodb:*:*:table/bills", "dynamodb:GetItem", ORDERS, Answer.NO),
        ("arn:aws:dynamodb:*:*:table/o*", "dynamodb:GetItem", ORDERS, Answer.YES),
        ("arn:aws:s3:::orders", "dynamodb:GetItem", ORDERS, Answer.NO),
        ("arn:aws:${service}:::orders", "dynamodb:GetItem", ORDERS, Answer.MAYBE),
        ("orders", "dynamodb:GetItem", ORDERS, Answer.MAYBE),
        ("${Files.Arn}", "dynamodb:GetItem", ORDERS, Answer.NO),
        ("${Nested.Outputs.Arn}", "dynamodb:GetItem", ORDERS, Answer.MAYBE),
        ("${Files.Arn}/*", "s3:GetObject", FILES, Answer.YES),
        ("${Files.Arn}", "s3:GetObject", FILES, Answer.NO),
        ("${Files.Arn}-copy/*", "s3:GetObject", FILES, Answer.MAYBE),
        ("${Files.Arn}", "s3:ListBucket", FILES, Answer.YES),
        ("arn:aws:ssm:*:*:parameter//app/*", "ssm:GetParameter", KEY, Answer.YES),
        ("arn:aws:ssm:*:*:parameter/web/*", "ssm:GetParameter", KEY, Answer.NO),
        ("arn:aws:sqs:*:*:jobs", "sqs:SendMessage", QUEUE, Answer.MAYBE),
        ("*", "dynamodb:GetItem", None, Answer.MAYBE),
        ("*", "dynamodb:GetItem", Wanted("dynamodb"), Answer.MAYBE),
    ],
)
def test_whether_a_resource_is_meant(
    resource: str, action: str, wanted: Wanted | None, answer: Answer
) -> None:
    grant = Grant(Listed((action,), is_complete=True), Listed((resource,), is_complete=True))
    assert allows([grant], action, wanted, TYPES) is answer
    assert allows([grant], "xray:PutTraceSegments", wanted, TYPES) is Answer.NO


@pytest.mark.parametrize(
    "grant",
    [
        Grant(Listed(("s3:*",)), Listed(("arn:aws:s3:::a",), is_complete=True)),
        Grant(Listed(("s3:*",), is_complete=True), Listed(("arn:aws:s3:::a",))),
        Grant(Listed(("s3:*",), is_complete=True), Listed(("*",), is_complete=True), is_conditional=True),
        Grant(Listed(("sqs:*",), is_complete=True), Listed(("*",), is_complete=True), is_inverse=True),
    ],
)
def test_what_is_not_certain_may_allow_it(grant: Grant) -> None:
    assert allows([grant], "s3:ListBucket", FILES, TYPES) is Answer.MAYBE


def test_the_longest_known_address_counts() -> None:
    types = {"aws_sqs_queue.jobs": "AWS::SQS::Queue"}
    assert resource_in("aws_sqs_queue.jobs.Arn", types) == "aws_sqs_queue.jobs"
    assert resource_in("var.name", types) is None


@pytest.mark.parametrize(
    ("more", "actions"),
    [
        ("", {"logs:PutLogEvents", "xray:PutTraceSegments"}),
        ("DurableConfig: {ExecutionTimeout: 10}", {"lambda:CheckpointDurableExecution"}),
        ("Events: {Q: {Type: SQS, Properties: {Queue: !GetAtt Queue.Arn}}}", {"sqs:ReceiveMessage"}),
        ("Policies: [AWSLambdaRole]", {"lambda:InvokeFunction"}),
        ("Policies: [{S3ReadPolicy: {BucketName: a}}]", {"s3:GetObject"}),
        ("Policies: [{Statement: [{Effect: Deny, Action: 's3:*', Resource: '*'}]}]", set()),
    ],
)
def test_what_a_function_may_do(more: str, actions: set[str]) -> None:
    found = grants_of(deployed("pass", more).function)
    assert found.is_complete
    assert actions <= {action for grant in found.items for action in grant.actions.items}
    assert not any(grant.may_include("s3:DeleteBucket") for grant in found.items)


@pytest.mark.parametrize(
    "more", ["Policies: [OurOwn]", "Policies: [{OurTemplate: {A: b}}]", "Role: arn:aws:iam::1:role/x"]
)
def test_policies_that_are_not_known(more: str) -> None:
    subject = deployed("boto3.client('s3').list_buckets()", more)
    assert not grants_of(subject.function).is_complete
    assert not list(missing_permissions(subject))


def test_each_action_and_resource_is_told_once() -> None:
    body = "c = boto3.client('s3')\nc.list_buckets()\nc.list_buckets()\nc.get_object(Bucket='a')"
    found = [missing.need.action for missing in missing_permissions(deployed(body))]
    assert found == ["s3:ListAllMyBuckets", "s3:GetObject"]


def test_modules_of_the_project_are_known() -> None:
    body = "from . import near\nimport far\nfar.run()"
    more = "Policies: [{Statement: [{Effect: Allow, Action: 's3:GetObject', Resource: '*'}]}]"
    subject = deployed(body, more, {"src/far.py": "def run():\n    pass\n", "src/near.py": ""})
    assert [unused.actions for unused in unused_permissions(subject)] == [("s3:GetObject",)]
