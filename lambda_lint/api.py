"""The one module that rule packs import: what a rule is, what it looks at, what it may ask."""

from lambda_lint.analyses.applied import Applied, applied_by
from lambda_lint.analyses.attempts import (
    attempts_around,
    fails,
    is_broad,
    is_swallowed,
    own_nodes,
)
from lambda_lint.analyses.client_waits import ClientWait, client_wait
from lambda_lint.analyses.companions import calls_in, calls_of_invocations
from lambda_lint.analyses.defaults import is_default_used, is_field_left_out
from lambda_lint.analyses.deployed_imports import imported_anyhow, imported_at_start
from lambda_lint.analyses.encoded_results import called_for_result, encoded_results
from lambda_lint.analyses.encoding import Unencodable, is_wrong_by_itself, unencodable
from lambda_lint.analyses.environment_reads import EnvironmentFills, demanded_variable, reads_only_by_name
from lambda_lint.analyses.environment_secrets import secrets_in_environment
from lambda_lint.analyses.environment_writes import EnvironmentWrite, environment_writes, reads_environment
from lambda_lint.analyses.fates import ESCAPES, Fate, Part, Use, Uses
from lambda_lint.analyses.flows import flows_into
from lambda_lint.analyses.flows_checks import Check, checks_in, functions_on_way
from lambda_lint.analyses.flows_keys import EncodedKey, encoded_keys
from lambda_lint.analyses.flows_model import ANY, COPY, OPERATION, PART, TEXT, Flow, FlowOrigin, FlowStep
from lambda_lint.analyses.flows_targets import made_with
from lambda_lint.analyses.found_secrets import (
    FoundSecret,
    aws_credentials_in_environment,
    aws_credentials_in_module,
    secrets_in_module,
)
from lambda_lint.analyses.item_loops import ItemLoop, item_loop_around, loop_gives
from lambda_lint.analyses.loaded import loaded_from, loaded_with, packages_loaded
from lambda_lint.analyses.missing_handlers import Lack, MissingHandler, missing_handler
from lambda_lint.analyses.movable import Moving, moving
from lambda_lint.analyses.network import requests_of
from lambda_lint.analyses.origins import Origins, origins_of
from lambda_lint.analyses.outlasting import keeps_content, keeps_value
from lambda_lint.analyses.partial_answers import Told, does_work, failures_told, may_tell_failures
from lambda_lint.analyses.permissions import Missing, missing_permissions
from lambda_lint.analyses.record_loops import RecordLoop, loop_node, record_loops
from lambda_lint.analyses.record_requests import requests_for_each_record
from lambda_lint.analyses.repeated_effects import first_repeated_effect
from lambda_lint.analyses.runtime_entry import Entry, entry_of, is_only_a_handler
from lambda_lint.analyses.unused import unused_functions
from lambda_lint.analyses.unused_permissions import Unused, unused_permissions
from lambda_lint.analyses.uses import is_noted, uses_of
from lambda_lint.analyses.waiting import is_entered, is_waiting_around
from lambda_lint.analyses.waits import EndlessWait, endless_wait
from lambda_lint.analyses.work import STARTING_CALLS, Work, work_of
from lambda_lint.analyses.written import literal_of, place_of, text_behind
from lambda_lint.deployment.access import Access, ManagedPolicy, Named, PolicyTemplate, Statement
from lambda_lint.deployment.fact import Fact, Listed
from lambda_lint.deployment.function import (
    Declared,
    Delivery,
    DeployedFunction,
    EventSource,
    Layer,
    Network,
    Place,
    Template,
    Variable,
)
from lambda_lint.deployment.requirements import Requirement, Requirements
from lambda_lint.deployment.triggers import Polling, Queue
from lambda_lint.edits import Edits, NoEditError
from lambda_lint.knowledge import (
    deliveries,
    development_packages,
    environment_variables,
    event_inputs,
    fan_out,
    flow_sinks,
    heavy_packages,
    iam_actions,
    iam_policies,
    log_calls,
    nat_gateways,
    object_writes,
    package_sizes,
    parameters,
    private_network,
    quotas,
    regions,
    relational,
    reserved_variables,
    resources,
    runtimes,
    scaling,
    sdk_packages,
    static_loads,
    tracing,
    waiting,
)
from lambda_lint.knowledge.background import HARMLESS, STARTS, SUBMITS, TASKS
from lambda_lint.knowledge.background import STARTED as STARTED_BY_START
from lambda_lint.knowledge.batching import PART_BATCHES, PART_TWINS, TWINS, Twin
from lambda_lint.knowledge.clocks import (
    CLOCKS,
    CONVERSIONS,
    FOR_EACH_REQUEST,
    FOR_ENVIRONMENT,
    IDENTIFIERS,
    RECORD_BASES,
    RECORD_DECORATORS,
    SENDERS,
    STATEMENTS,
    STRFTIME,
    TELLS_GIVEN,
)
from lambda_lint.knowledge.connections import CONNECTIONS, POOLED_HTTP, Connection
from lambda_lint.knowledge.deliveries import ASYNCHRONOUS as ASYNCHRONOUS_SOURCES
from lambda_lint.knowledge.deliveries import (
    BATCH_SIZE,
    FAILURES_KEY,
    REPORTS_FAILURES,
)
from lambda_lint.knowledge.deliveries import PARTIAL as PARTIAL_SOURCES
from lambda_lint.knowledge.deliveries import TITLES as SOURCE_TITLES
from lambda_lint.knowledge.effects import LEAVING_CALLS
from lambda_lint.knowledge.fetching import ITEM_KEYS, PROJECTIONS, SQL_METHODS, SQL_OPERATIONS
from lambda_lint.knowledge.http import FUNCTION_URL_MARK, URL_POSITION
from lambda_lint.knowledge.operations import (
    Pagination,
    Waiter,
    failure_keys_of,
    is_deprecated,
    pagination_of,
    waiter_of,
)
from lambda_lint.knowledge.sdk import (
    CREDENTIAL_ATTRIBUTES,
    CREDENTIAL_SETTERS,
    DEFAULT_SESSION_SETTERS,
    USERS_OF_DEFAULT_SESSION,
)
from lambda_lint.knowledge.sdk import FACTORIES as SDK_FACTORIES
from lambda_lint.knowledge.sdk import SESSION_FACTORIES as SDK_SESSION_FACTORIES
from lambda_lint.knowledge.sdk_waits import ATTEMPT_VARIABLES
from lambda_lint.knowledge.secret_hints import may_hold_aws_credentials, may_hold_secret
from lambda_lint.model.fix import Edit, Fix
from lambda_lint.model.labels import Category, Confidence, Origin, Phase, Safety, Severity, SourceKind
from lambda_lint.model.location import Span
from lambda_lint.rule import DEPLOYED_PHASES, INVOKED_PHASES, Reach, Related, Rule, Secret, Violation
from lambda_lint.semantics.context import Context, Handler, Module
from lambda_lint.semantics.dependence import Dependence
from lambda_lint.semantics.deployments import Deployment, ReachedCall, Spot, deployments_of
from lambda_lint.semantics.facts import Param, ParamKind
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
    FunctionKey,
    FunctionValue,
    Instance,
    Method,
    Returned,
    Sdk,
    SdkKind,
    SdkMethod,
    Value,
    agreed,
)
from lambda_lint.syntax.tree import Tree

__all__ = [
    "ANY",
    "ASYNCHRONOUS_SOURCES",
    "ATTEMPT_VARIABLES",
    "BATCH_SIZE",
    "CLOCKS",
    "CONNECTIONS",
    "CONVERSIONS",
    "COPY",
    "CREDENTIAL_ATTRIBUTES",
    "CREDENTIAL_SETTERS",
    "DEFAULT_SESSION_SETTERS",
    "DEPLOYED_PHASES",
    "ESCAPES",
    "FAILURES_KEY",
    "FOR_EACH_REQUEST",
    "FOR_ENVIRONMENT",
    "FUNCTION_URL_MARK",
    "HARMLESS",
    "IDENTIFIERS",
    "INVOKED_PHASES",
    "ITEM_KEYS",
    "LEAVING_CALLS",
    "OPERATION",
    "PART",
    "PARTIAL_SOURCES",
    "PART_BATCHES",
    "PART_TWINS",
    "POOLED_HTTP",
    "PROJECTIONS",
    "RECORD_BASES",
    "RECORD_DECORATORS",
    "REPORTS_FAILURES",
    "SDK_FACTORIES",
    "SDK_SESSION_FACTORIES",
    "SENDERS",
    "SOURCE_TITLES",
    "SQL_METHODS",
    "SQL_OPERATIONS",
    "STARTED_BY_START",
    "STARTING_CALLS",
    "STARTS",
    "STATEMENTS",
    "STRFTIME",
    "SUBMITS",
    "TASKS",
    "TELLS_GIVEN",
    "TEXT",
    "TWINS",
    "URL_POSITION",
    "USERS_OF_DEFAULT_SESSION",
    "Access",
    "Applied",
    "Category",
    "Check",
    "ClientWait",
    "Composed",
    "Confidence",
    "Connection",
    "Constant",
    "Context",
    "Declared",
    "Delivery",
    "Dependence",
    "DeployedFunction",
    "Deployment",
    "Edit",
    "Edits",
    "EncodedKey",
    "EndlessWait",
    "Entry",
    "Environment",
    "EnvironmentFills",
    "EnvironmentWrite",
    "EventSource",
    "External",
    "Fact",
    "Fate",
    "Fix",
    "Flow",
    "FlowOrigin",
    "FlowStep",
    "FoundSecret",
    "FromContext",
    "FunctionKey",
    "FunctionValue",
    "Handler",
    "HandlerFacts",
    "Instance",
    "Invocation",
    "InvocationMode",
    "Invocations",
    "ItemLoop",
    "Lack",
    "Layer",
    "Listed",
    "ManagedPolicy",
    "Method",
    "Missing",
    "MissingHandler",
    "Module",
    "Moving",
    "Named",
    "Network",
    "NoEditError",
    "Origin",
    "Origins",
    "Pagination",
    "Param",
    "ParamKind",
    "Part",
    "Phase",
    "Place",
    "PolicyTemplate",
    "Polling",
    "Project",
    "Queue",
    "Reach",
    "ReachedCall",
    "RecordLoop",
    "Recursion",
    "Related",
    "Requirement",
    "Requirements",
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
    "Spot",
    "Statement",
    "Step",
    "Template",
    "Told",
    "Tree",
    "Twin",
    "Unencodable",
    "Unused",
    "Use",
    "Uses",
    "Value",
    "Variable",
    "Violation",
    "Waiter",
    "Work",
    "agreed",
    "applied_by",
    "attempts_around",
    "aws_credentials_in_environment",
    "aws_credentials_in_module",
    "called_for_result",
    "calls_in",
    "calls_of_invocations",
    "checks_in",
    "client_wait",
    "deliveries",
    "demanded_variable",
    "deployments_of",
    "development_packages",
    "does_work",
    "encoded_keys",
    "encoded_results",
    "endless_wait",
    "entry_of",
    "environment_variables",
    "environment_writes",
    "event_inputs",
    "fails",
    "failure_keys_of",
    "failures_told",
    "fan_out",
    "first_repeated_effect",
    "flow_sinks",
    "flows_into",
    "functions_on_way",
    "heavy_packages",
    "iam_actions",
    "iam_policies",
    "imported_anyhow",
    "imported_at_start",
    "is_broad",
    "is_default_used",
    "is_deprecated",
    "is_entered",
    "is_field_left_out",
    "is_noted",
    "is_only_a_handler",
    "is_swallowed",
    "is_waiting_around",
    "is_wrong_by_itself",
    "item_loop_around",
    "keeps_content",
    "keeps_value",
    "literal_of",
    "loaded_from",
    "loaded_with",
    "log_calls",
    "loop_gives",
    "loop_node",
    "made_with",
    "may_hold_aws_credentials",
    "may_hold_secret",
    "may_tell_failures",
    "missing_handler",
    "missing_permissions",
    "moving",
    "nat_gateways",
    "object_writes",
    "origins_of",
    "own_nodes",
    "package_sizes",
    "packages_loaded",
    "pagination_of",
    "parameters",
    "place_of",
    "private_network",
    "quotas",
    "reads_environment",
    "reads_only_by_name",
    "record_loops",
    "regions",
    "relational",
    "requests_for_each_record",
    "requests_of",
    "reserved_variables",
    "resources",
    "runtimes",
    "scaling",
    "sdk_packages",
    "secrets_in_environment",
    "secrets_in_module",
    "static_loads",
    "text_behind",
    "tracing",
    "unencodable",
    "unused_functions",
    "unused_permissions",
    "uses_of",
    "waiter_of",
    "waiting",
    "work_of",
]
