"""The one module that rule packs import: what a rule is, what it looks at, what it may ask."""

from lambda_lint.deployment.function import DeployedFunction, EventSource, Place, Template, Variable
from lambda_lint.knowledge.connections import CONNECTIONS, Connection
from lambda_lint.knowledge.http import FUNCTION_URL_MARK, URL_POSITION
from lambda_lint.knowledge.sdk import (
    CREDENTIAL_ATTRIBUTES,
    CREDENTIAL_SETTERS,
    DEFAULT_SESSION_SETTERS,
    USERS_OF_DEFAULT_SESSION,
)
from lambda_lint.knowledge.sdk import FACTORIES as SDK_FACTORIES
from lambda_lint.knowledge.sdk import SESSION_FACTORIES as SDK_SESSION_FACTORIES
from lambda_lint.model.fix import Edit, Fix
from lambda_lint.model.labels import Category, Confidence, Origin, Phase, Safety, Severity, SourceKind
from lambda_lint.model.location import Span
from lambda_lint.rule import Related, Rule, Secret, Violation
from lambda_lint.semantics.context import Context, Handler, Module
from lambda_lint.semantics.dependence import Dependence
from lambda_lint.semantics.found_secrets import (
    FoundSecret,
    aws_credentials_in_environment,
    aws_credentials_in_module,
    secrets_in_environment,
    secrets_in_module,
)
from lambda_lint.semantics.handlers import HandlerFacts
from lambda_lint.semantics.invocations import Invocation, InvocationMode
from lambda_lint.semantics.invoked import Invocations, Recursion
from lambda_lint.semantics.phases import Step
from lambda_lint.semantics.project import Project
from lambda_lint.semantics.values import (
    Composed,
    Constant,
    Environment,
    External,
    FromContext,
    FunctionValue,
    Instance,
    Method,
    Returned,
    Sdk,
    SdkKind,
    SdkMethod,
    Value,
)
from lambda_lint.syntax.tree import Tree

__all__ = [
    "CONNECTIONS",
    "CREDENTIAL_ATTRIBUTES",
    "CREDENTIAL_SETTERS",
    "DEFAULT_SESSION_SETTERS",
    "FUNCTION_URL_MARK",
    "SDK_FACTORIES",
    "SDK_SESSION_FACTORIES",
    "URL_POSITION",
    "USERS_OF_DEFAULT_SESSION",
    "Category",
    "Composed",
    "Confidence",
    "Connection",
    "Constant",
    "Context",
    "Dependence",
    "DeployedFunction",
    "Edit",
    "Environment",
    "EventSource",
    "External",
    "Fix",
    "FoundSecret",
    "FromContext",
    "FunctionValue",
    "Handler",
    "HandlerFacts",
    "Instance",
    "Invocation",
    "InvocationMode",
    "Invocations",
    "Method",
    "Module",
    "Origin",
    "Phase",
    "Place",
    "Project",
    "Recursion",
    "Related",
    "Returned",
    "Rule",
    "Safety",
    "Sdk",
    "SdkKind",
    "SdkMethod",
    "Secret",
    "Severity",
    "SourceKind",
    "Span",
    "Step",
    "Template",
    "Tree",
    "Value",
    "Variable",
    "Violation",
    "aws_credentials_in_environment",
    "aws_credentials_in_module",
    "secrets_in_environment",
    "secrets_in_module",
]
