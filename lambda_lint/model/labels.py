"""The closed vocabularies: severity, category, confidence, safety, phase, event source."""

from enum import Enum, IntEnum


class Severity(IntEnum):
    """How bad a finding is; ordered, so that `severity >= threshold` reads well."""

    INFO = 1
    WARNING = 2
    ERROR = 3

    @property
    def label(self) -> str:
        return self.name.lower()


class Category(str, Enum):
    """The kind of harm; a rule's folder is its category."""

    PERFORMANCE = "performance"
    COST = "cost"
    DESIGN = "design"
    RELIABILITY = "reliability"
    CORRECTNESS = "correctness"
    SECURITY = "security"
    CONFIGURATION = "configuration"
    DEPLOYMENT = "deployment"
    TOOL = "tool"


class Confidence(IntEnum):
    """How sure the analysis is that the finding is real."""

    LOW = 1
    MEDIUM = 2
    HIGH = 3

    @property
    def label(self) -> str:
        return self.name.lower()


class Safety(str, Enum):
    """Whether a fix keeps behaviour (`safe`), may change it (`unsafe`), or is only shown."""

    SAFE = "safe"
    UNSAFE = "unsafe"
    DISPLAY = "display"


class Silencer(str, Enum):
    """What keeps a finding from counting."""

    COMMENT = "comment"
    BASELINE = "baseline"


class Phase(Enum):
    """When a line runs in the life of an execution environment."""

    INIT = "init"
    """Once per environment: module level, what it calls, and code guarded to run once."""
    INVOKE = "invoke"
    """At each invocation: reachable from a handler."""
    BOTH = "both"
    """At import and again at each invocation."""
    NEITHER = "neither"
    """Reached by no handler and by no import of one: scripts, tests, dead code."""
    UNKNOWN = "unknown"
    """Not known, because the file could not be linked."""


class Origin(str, Enum):
    """How a handler is known, most trusted first."""

    TEMPLATE = "template"
    DECORATOR = "decorator"
    ADAPTER = "adapter"
    CONFIGURED = "configured"
    CONVENTION = "convention"


class SourceKind(str, Enum):
    """What triggers a function."""

    ALB = "alb"
    ALEXA = "alexa"
    API = "api"
    """API Gateway, REST or HTTP: told apart only where a template says so."""
    APPSYNC = "appsync"
    AUTHORIZER = "authorizer"
    BEDROCK_AGENT = "bedrock-agent"
    CLOUDWATCH_LOGS = "cloudwatch-logs"
    CODEPIPELINE = "codepipeline"
    COGNITO = "cognito"
    CONFIG = "config"
    CONNECT = "connect"
    CUSTOM_RESOURCE = "custom-resource"
    DOCUMENTDB = "documentdb"
    DURABLE = "durable"
    DYNAMODB = "dynamodb"
    EDGE = "edge"
    EVENTBRIDGE = "eventbridge"
    FIREHOSE = "firehose"
    FUNCTION_URL = "function-url"
    HTTP_API = "http-api"
    IOT = "iot"
    KAFKA = "kafka"
    KINESIS = "kinesis"
    LEX = "lex"
    MQ = "mq"
    REST_API = "rest-api"
    S3 = "s3"
    S3_BATCH = "s3-batch"
    SCHEDULE = "schedule"
    SECRET_ROTATION = "secret-rotation"  # noqa: S105 - the name of an event source
    SES = "ses"
    SNS = "sns"
    SQS = "sqs"
    STEP_FUNCTIONS = "step-functions"
    WEBSOCKET = "websocket"
