"""What a function may need permissions for without calling it: by libraries, services and triggers.

Source: the documentation of each package; "Defining Lambda function permissions with an execution role"
(https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html); as of 2026-11.
"""

from __future__ import annotations

from lambda_lint.knowledge.execution_role import DELIVERING

AS_OF = "2026-11"
SOURCE = "https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html"

_WITHOUT_AWS = """
aiohttp attr attrs aws_lambda_powertools aws_xray_sdk boto3 botocore bs4 cachetools certifi chardet
charset_normalizer cryptography dateutil dotenv faker httpx idna jinja2 jmespath jose jsonpickle
jsonschema jwt loguru lxml markdown marshmallow mypy_boto3_dynamodb mypy_boto3_s3 nanoid numpy openpyxl
orjson phonenumbers pydantic pydantic_core pytz requests simplejson six slack_sdk slugify structlog
tabulate tenacity twilio typing_extensions tzdata ujson ulid urllib3 validators xmltodict yaml
"""
WITHOUT_AWS = frozenset(_WITHOUT_AWS.split())
"""Packages that call no service of AWS but by clients that the code makes itself."""

WITH_AWS = (
    "aws_lambda_powertools.utilities.data_masking",
    "aws_lambda_powertools.utilities.feature_flags",
    "aws_lambda_powertools.utilities.idempotency",
    "aws_lambda_powertools.utilities.kafka",
    "aws_lambda_powertools.utilities.parameters",
    "aws_lambda_powertools.utilities.streaming",
)
"""Parts of them that do."""

FOR_DELIVERY = tuple(action.lower() for each in DELIVERING.values() for action in each)
"""What Lambda does in the function's name with events that were not processed, in lower case
(https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-configuring.html)."""

FOR_BROKERS = ("ec2:*", "kafka*:*", "kms:*", "mq:*", "rds:*", "secretsmanager:*")
"""What Lambda does in the function's name to read a broker or a cluster of databases
(https://docs.aws.amazon.com/lambda/latest/dg/with-mq.html)."""

FOR_QUEUES = ("sqs:changemessagevisibility*", "sqs:deletemessagebatch", "sqs:getqueueurl")
"""What is given besides to who reads a queue, as by the policy template `SQSPollerPolicy` of SAM and by
`grantConsumeMessages` of the CDK
(https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/serverless-policy-template-list.html)."""

_INFERENCE = (
    "aws-marketplace:*subscri*",
    "bedrock:applyguardrail",
    "bedrock:getcustommodel",
    "bedrock:getguardrail",
    "bedrock:getimportedmodel",
    "bedrock:getinferenceprofile",
    "bedrock:getprovisionedmodelthroughput",
    "bedrock:listcustommodels",
    "bedrock:listguardrails",
    "bedrock:listimportedmodels",
    "bedrock:listinferenceprofiles",
    "bedrock:listprovisionedmodelthroughputs",
    "bedrock:renderprompt",
)
_GENERATION = (*_INFERENCE, "bedrock:getprompt", "bedrock:invokemodel*", "bedrock:rerank", "bedrock:retrieve")
_PACKAGE = ("ecr:*", "elasticfilesystem:*", "lambda:getlayerversion", "s3:getobject*")
_RESTORE = (
    "dynamodb:batchwriteitem",
    "dynamodb:deleteitem",
    "dynamodb:getitem",
    "dynamodb:putitem",
    "dynamodb:query",
    "dynamodb:scan",
    "dynamodb:updateitem",
)
NEEDED_WITH = {
    "bedrock:invokemodel": _INFERENCE,
    "bedrock:invokemodelwithresponsestream": _INFERENCE,
    "bedrock:retrieve": ("bedrock:invokemodel", "bedrock:rerank"),
    "bedrock:retrieveandgenerate": _GENERATION,
    "dynamodb:exporttabletopointintime": ("s3:abortmultipartupload", "s3:putobject*"),
    "dynamodb:importtable": ("s3:getobject", "s3:listbucket"),
    "dynamodb:restoretablefrombackup": _RESTORE,
    "dynamodb:restoretabletopointintime": _RESTORE,
    "lambda:createfunction": _PACKAGE,
    "lambda:publishlayerversion": _PACKAGE,
    "lambda:updatefunctioncode": _PACKAGE,
    "lambda:updatefunctionconfiguration": _PACKAGE,
}
"""Action -> what whoever has it needs besides, depending on what the request names
(https://docs.aws.amazon.com/bedrock/latest/userguide/inference-prereq.html,
https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/backuprestore_IAM.html,
https://docs.aws.amazon.com/lambda/latest/api/API_UpdateFunctionCode.html)."""

AS_CALLER = frozenset(
    {
        "cloudformation:createchangeset",
        "cloudformation:createresource",
        "cloudformation:createstack",
        "cloudformation:deleteresource",
        "cloudformation:deletestack",
        "cloudformation:executechangeset",
        "cloudformation:updateresource",
        "cloudformation:updatestack",
        "servicecatalog:provisionproduct",
        "servicecatalog:terminateprovisionedproduct",
        "servicecatalog:updateprovisionedproduct",
        "ssm:startautomationexecution",
    }
)
"""Actions by which anything may be done with the permissions of the caller
(https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-iam-servicerole.html)."""

BESIDE = frozenset({"s3:getbucketlocation", "s3:listbucket"})
"""Actions that make other calls work better: without `s3:ListBucket` a missing object is a refusal
(https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html)."""

TAGS = "*tag*"
"""Actions that a request needs which also tags what it makes."""

ON_BEHALF = frozenset(
    {
        "athena",
        "bedrock",
        "comprehend",
        "glue",
        "mediaconvert",
        "polly",
        "qbusiness",
        "rds-data",
        "redshift-data",
        "rekognition",
        "textract",
        "transcribe",
        "translate",
    }
)
"""Prefixes of services that read and write, with the permissions of who calls them, what a request names."""

READ_ON_BEHALF = frozenset({"glue", "lakeformation", "s3", "secretsmanager"})
"""Prefixes of the services in which they do it."""

NEVER_CALLED = (
    "*:*http*",
    "aoss:apiaccessall",
    "appsync:graphql",
    "dynamodb:*stream*",
    "dynamodb:getrecords",
    "dynamodb:getsharditerator",
    "execute-api:invoke",
    "iam:passrole",
    "kafka-cluster:*",
    "lambda:invokefunctionurl",
    "neptune-db:*",
    "rds-db:connect",
)
"""Actions that no operation of a client is called by: what is asked for by HTTP, or by the protocol of a
database, and what Lambda does to read a stream whose mapping may stand elsewhere."""
