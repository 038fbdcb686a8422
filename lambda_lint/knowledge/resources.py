"""Which arguments of AWS operations identify a resource of the account, and which texts do.

Source: the service models of botocore 1.44 (names of parameters), boto3's documentation of resources, the AWS
General Reference (ARNs, account ids in examples, the forms of hosts); as of 2026-11.
"""

from __future__ import annotations

import re

AS_OF = "2026-11"
SOURCE = "https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html"

_BY_SERVICE = """
athena: WorkGroup=workgroup
autoscaling: AutoScalingGroupName=group
backup: BackupVaultName=vault
batch: jobQueue=job_queue jobDefinition=job_definition
bedrock-agent: knowledgeBaseId=knowledge_base dataSourceId=data_source agentId=agent flowIdentifier=flow
bedrock-agent-runtime: knowledgeBaseId=knowledge_base agentId=agent flowIdentifier=flow
bedrock-agent-runtime: agentAliasId=agent_alias
bedrock-agentcore: agentRuntimeArn=agent_runtime memoryId=memory
bedrock-runtime: guardrailIdentifier=guardrail
cloudformation: StackName=stack
cloudfront: DistributionId=distribution
codebuild: projectName=project
codepipeline: pipelineName=pipeline
cognito-identity: IdentityPoolId=identity_pool
cognito-idp: UserPoolId=user_pool ClientId=app_client
connect: InstanceId=instance ContactFlowId=contact_flow
dynamodb: TableName=table GlobalTableName=table
ec2: InstanceId=instance InstanceIds=instance SubnetId=subnet SubnetIds=subnet GroupId=security_group
ec2: SecurityGroupIds=security_group VpcId=VPC ImageId=image LaunchTemplateId=launch_template VolumeId=volume
ecr: repositoryName=repository
ecs: cluster=cluster taskDefinition=task_definition service=service
efs: FileSystemId=file_system
elasticache: CacheClusterId=cache ReplicationGroupId=cache
elbv2: TargetGroupArn=target_group LoadBalancerArn=load_balancer ListenerArn=listener
events: EventBusName=event_bus
firehose: DeliveryStreamName=delivery_stream
fsx: FileSystemId=file_system
glue: JobName=job DatabaseName=database
kendra: IndexId=index
kinesis: StreamName=stream StreamARN=stream
kms: KeyId=key
lambda: FunctionName=function
lex-runtime: botName=bot
lexv2-runtime: botId=bot botAliasId=bot_alias
location: IndexName=place_index TrackerName=tracker CalculatorName=route_calculator
logs: logGroupName=log_group
mediaconvert: Queue=queue
personalize-runtime: campaignArn=campaign
pinpoint: ApplicationId=application
quicksight: AwsAccountId=account DashboardId=dashboard
rds: DBInstanceIdentifier=database DBClusterIdentifier=database
rds-data: resourceArn=database secretArn=secret
redshift: ClusterIdentifier=cluster
redshift-data: ClusterIdentifier=cluster WorkgroupName=workgroup SecretArn=secret
rekognition: CollectionId=collection
route53: HostedZoneId=hosted_zone
s3: Bucket=bucket
s3vectors: vectorBucketName=vector_bucket
sagemaker: EndpointName=endpoint
sagemaker-runtime: EndpointName=endpoint
secretsmanager: SecretId=secret
sns: TopicArn=topic TargetArn=topic PlatformApplicationArn=application
sqs: QueueUrl=queue QueueName=queue
ssm: InstanceId=instance InstanceIds=instance
stepfunctions: stateMachineArn=state_machine activityArn=activity
sts: RoleArn=role
timestream-query: DatabaseName=database TableName=table
timestream-write: DatabaseName=database TableName=table
transfer: ServerId=server
wafv2: WebACLArn=web_ACL
"""


def _parameters() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for line in _BY_SERVICE.strip().splitlines():
        service, _, pairs = line.partition(": ")
        for pair in pairs.split():
            name, _, kind = pair.partition("=")
            found.setdefault(service, {})[name] = kind.replace("_", " ")
    return found


PARAMETERS = _parameters()
"""Service -> parameter of any of its operations -> what it identifies."""

_BUCKET = {"Bucket": "bucket", "S3Bucket": "bucket"}

NESTED: dict[str, dict[str, str]] = {
    "CopySource": _BUCKET,
    "Document": _BUCKET,
    "DocumentLocation": _BUCKET,
    "Entries": {"EventBusName": "event bus"},
    "Image": _BUCKET,
    "OutputConfig": _BUCKET,
    "QueryExecutionContext": {"Database": "database"},
    "SourceImage": _BUCKET,
    "TargetImage": _BUCKET,
    "TransactItems": {"TableName": "table"},
    "Video": _BUCKET,
    "retrieveAndGenerateConfiguration": {"knowledgeBaseId": "knowledge base"},
}
"""Parameter of operations -> keys, anywhere in what it takes, whose values identify something."""

KEYED = {"RequestItems": "table"}
"""Parameter of operations -> what the keys of its dict identify."""

ACCOUNT_PARAMETERS = frozenset(
    {
        "AccountId",
        "AwsAccountId",
        "CatalogId",
        "ExpectedBucketOwner",
        "QueueOwnerAWSAccountId",
        "registryId",
    }
)

CONSTRUCTORS: dict[tuple[str, str], tuple[str, str]] = {
    ("dynamodb", "Table"): ("name", "table"),
    ("ec2", "Image"): ("id", "image"),
    ("ec2", "Instance"): ("id", "instance"),
    ("ec2", "SecurityGroup"): ("id", "security group"),
    ("ec2", "Subnet"): ("id", "subnet"),
    ("ec2", "Vpc"): ("id", "VPC"),
    ("s3", "Bucket"): ("name", "bucket"),
    ("s3", "Object"): ("bucket_name", "bucket"),
    ("s3", "ObjectSummary"): ("bucket_name", "bucket"),
    ("sns", "PlatformEndpoint"): ("arn", "endpoint"),
    ("sns", "Topic"): ("arn", "topic"),
    ("sqs", "Queue"): ("url", "queue"),
}
"""Service and class of a boto3 resource -> its first parameter, and what that identifies."""

TRANSFERS = {
    "download_file": 0,
    "download_fileobj": 0,
    "upload_file": 1,
    "upload_fileobj": 1,
    "copy": 1,
}
"""Methods of a client of S3 whose arguments may be positional -> the position of the bucket
(https://boto3.amazonaws.com/v1/documentation/api/latest/guide/s3.html)."""

CALLABLES: dict[str, tuple[int | None, str, str]] = {
    "aws_lambda_powertools.utilities.idempotency.DynamoDBPersistenceLayer": (0, "table_name", "table"),
    "aws_lambda_powertools.utilities.idempotency.persistence.dynamodb.DynamoDBPersistenceLayer": (
        0,
        "table_name",
        "table",
    ),
    "aws_lambda_powertools.utilities.parameters.DynamoDBProvider": (0, "table_name", "table"),
    "aws_lambda_powertools.utilities.parameters.get_secret": (0, "name", "secret"),
}
"""Full name of a callable of another package -> its argument's position and name, and what it identifies."""

ARN = re.compile(r"arn:aws[\w-]*:[\w-]+:[^:]*:(?P<account>\d{12}):.+")
"""An ARN of a resource of an account; those that AWS owns have `aws`, or nothing, in the account's place."""

_OWNERS = "aoss|appsync-api|cache|docdb|es|execute-api|lambda-url|neptune|rds|redshift"
_REGION = r"[a-z]{2}(?:-[a-z]+)+-\d"

HOST = re.compile(
    r"(?:^|//|@)[\w-]+(?:\.[\w-]+)*"
    rf"\.(?:(?:{_OWNERS})\.{_REGION}|{_REGION}\.(?:{_OWNERS}))\.(?:amazonaws\.com|on\.aws)"
)
"""A host that belongs to one resource of an account, and not to a service."""

QUEUE_URL = re.compile(
    r"https://(?:sqs\.[\w-]+|[\w-]+\.queue)\.amazonaws\.com(?:\.cn)?/(?P<account>\d{12})/.+"
)

EXAMPLE_ACCOUNTS = frozenset(
    {
        "000000000000",
        "012345678901",
        "012345678910",
        "098765432109",
        "111111111111",
        "111122223333",
        "112233445566",
        "123456789012",
        "123456789123",
        "210987654321",
        "222222222222",
        "333333333333",
        "444455556666",
        "444444444444",
        "555555555555",
        "777788889999",
        "888888888888",
        "987654321098",
        "999999999999",
    }
)
"""Account ids that the documentation of AWS uses, and others that nobody has in mind."""

AWS_ACCOUNTS = frozenset(
    {
        "017000801446",
        "133490724326",
        "177933569100",
        "336392948345",
        "580247275435",
        "901920570463",
    }
)
"""Accounts in which AWS publishes layers: Powertools, the Parameters and Secrets extension (two of its
regions), the SDK for pandas, Lambda Insights and OpenTelemetry, as their pages say."""

PLACEHOLDER = re.compile(
    r"[<>{}$*]|\.\.\.|x{3,}|your[-_]"
    r"|(?:^|[^a-z])(?:your|example|placeholder|change.?me|replace|insert|todo|dummy|fixme|sample)(?:$|[^a-z])",
    re.IGNORECASE,
)
"""What stands for a name that the reader puts in."""

GENERIC = re.compile(
    r"(?:my[-_]?)?(?:bucket|cluster|database|function|queue|secret|stream|table|topic)[-_]?(?:arn|id|name|url)?",
    re.IGNORECASE,
)
"""What only says what it is: `table-name`, `MyBucket`."""

DEFAULTS = frozenset({"default", "primary", "$LATEST", "TSTALIASID", "AwsDataCatalog", "self", ""})
"""Names that every account has: the default event bus and cluster, Athena's primary workgroup, the draft
alias of an agent."""

MANAGED_PREFIXES = ("alias/aws/", "/aws/service/", "aws/", "AWS-", "Amazon", "resolve:ssm:/aws/")
"""Names that AWS gives: its keys, public parameters, documents."""
