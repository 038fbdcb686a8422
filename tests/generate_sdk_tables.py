"""Writes the tables of SDK operations in `lambda_lint/knowledge` from the models that botocore ships.

    python tests/generate_sdk_tables.py

It stands among the tests because botocore is needed only here: neither the linter nor its wheel has it, and
`tests/knowledge/test_sdk_tables.py` holds the tables to it. Names are those of boto3: `list_objects_v2`,
`MaxKeys`. Each table is one JSON file with one service a line, so that a new botocore shows as a readable
difference and `lambda_lint.knowledge.operations` can read the line of one service only.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import botocore
from botocore import xform_name
from botocore.exceptions import UnknownServiceError
from botocore.loaders import Loader

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

FOLDER = Path(__file__).parents[1] / "lambda_lint" / "knowledge"
SOURCE = "https://github.com/boto/botocore/tree/develop/botocore/data"

Json = dict[str, Any]


@dataclass(frozen=True)
class Service:
    """What botocore knows of one service."""

    name: str
    model: Json
    paginators: Json = field(default_factory=dict)
    waiters: Json = field(default_factory=dict)

    @property
    def operations(self) -> Iterator[tuple[str, Json]]:
        yield from sorted(self.model["operations"].items())

    def type_of(self, member: Json) -> str:
        return str(self.model["shapes"][member["shape"]]["type"])

    def members(self, operation: Json, side: str) -> dict[str, Json]:
        """The members of an operation's `input` or `output`."""
        shape = operation.get(side, {}).get("shape")
        return dict(self.model["shapes"][shape].get("members", {})) if shape else {}

    def required(self, operation: Json) -> set[str]:
        shape = operation.get("input", {}).get("shape")
        return set(self.model["shapes"][shape].get("required", ())) if shape else set()


# -- pages

TOKEN = re.compile(r"next_?(page_?)?(token|marker)|marker|position", re.IGNORECASE)
LIMIT = re.compile(r"max_?(results|items)", re.IGNORECASE)

NOT_PAGED = {
    "bedrock-agent-runtime": {"retrieve"},
    "dynamodb": {"execute_statement"},
    "events": {"list_targets_by_rule"},
    "iam": {
        "list_access_keys",
        "list_account_aliases",
        "list_attached_group_policies",
        "list_attached_role_policies",
        "list_attached_user_policies",
        "list_group_policies",
        "list_groups_for_user",
        "list_mfa_devices",
        "list_role_policies",
        "list_role_tags",
        "list_service_specific_credentials",
        "list_signing_certificates",
        "list_ssh_public_keys",
        "list_user_policies",
        "list_user_tags",
    },
    "kendra": {"query", "retrieve"},
    "logs": {"get_query_results"},
    "organizations": {"list_parents", "list_roots"},
    "qbusiness": {"search_relevant_content"},
    "qconnect": {"query_assistant"},
    "s3vectors": {"query_vectors"},
    "wisdom": {"query_assistant"},
}
"""Operations whose first page is the answer: a quota keeps all that there can be within one page, there is
only one (an alias of an account, a root of an organization, a parent), the request says how many (the query
of Logs Insights, the statement of PartiQL), or it asks for the best matches.

Source: the service quotas, such as https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html.
"""

WHOLE = {"ec2": "*", "s3": {"list_buckets"}}
PAGED = {
    "ec2": {
        "describe_fleet_history",
        "describe_instance_type_offerings",
        "describe_instance_types",
        "describe_reserved_instances_offerings",
        "describe_spot_fleet_request_history",
        "describe_spot_price_history",
    }
}
"""Operations that answer with everything unless a limit is given; and those of their services that do not.

Source: https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-pagination.html and
https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListBuckets.html.
"""

SEARCH = "search_"
"""How searches are called; the first page holds the best matches, where no paginator says otherwise."""

LOOKUPS = {("lambda", "list_event_source_mappings"): {"EventSourceArn", "FunctionName"}}
"""Arguments by which few are left, though their names do not tell.

Source: https://docs.aws.amazon.com/lambda/latest/api/API_ListEventSourceMappings.html.
"""

IDENTIFIERS = re.compile(r"(.*?)_?(id|name|arn|identifier)s?(_?list)?", re.IGNORECASE)
VERB = re.compile(r"[A-Z][a-z]+")


def pages_of(service: Service) -> list[Json]:
    """The operations that answer in pages, together where they use the same words for it.

    Those without a paginator take and return a token all the same.
    """
    groups: dict[str, Json] = {}
    for name, operation in service.operations:
        found = service.paginators.get(name)
        page = _declared(found) if found else _found(service, operation)
        if page is not None and xform_name(name) not in NOT_PAGED.get(service.name, ()):
            words, results = page
            if _is_whole(service.name, xform_name(name)):
                words["whole"] = True
            group = groups.setdefault(json.dumps(words), {**words, "operations": {}})
            lookups = " ".join(sorted(_lookups(service, name, operation, results)))
            joined = " ".join(results)
            group["operations"][xform_name(name)] = [joined, lookups] if lookups else joined
    return [groups[key] for key in sorted(groups)]


def _is_whole(service: str, operation: str) -> bool:
    whole = WHOLE.get(service, ())
    return (whole == "*" or operation in whole) and operation not in PAGED.get(service, ())


def _declared(found: Json) -> tuple[Json, list[str]]:
    words = {
        "in": _several(found["input_token"]),
        "out": [token for text in _several(found["output_token"]) for token in _members(text)],
        "limit": found.get("limit_key"),
        "more": found.get("more_results"),
    }
    return {key: value for key, value in words.items() if value}, _several(found.get("result_key", []))


def _found(service: Service, operation: Json) -> tuple[Json, list[str]] | None:
    given, returned = service.members(operation, "input"), service.members(operation, "output")
    lists = sorted(name for name, member in returned.items() if service.type_of(member) == "list")
    names = {} if xform_name(operation["name"]).startswith(SEARCH) else given
    for name, member in sorted(names.items()):
        if TOKEN.fullmatch(name) and name in returned and service.type_of(member) == "string" and lists:
            limit = next((each for each in sorted(given) if LIMIT.fullmatch(each)), None)
            words = {"in": [name], "out": [name], "limit": limit, "manual": True}
            return {key: value for key, value in words.items() if value}, lists
    return None


def _members(text: str) -> list[str]:
    """`NextMarker` of `NextMarker || Contents[-1].Key`: what is a member only to carry the token."""
    return [part.strip() for part in text.split("||") if "[" not in part]


def _lookups(service: Service, name: str, operation: Json, results: Iterable[str]) -> Iterator[str]:
    """The optional arguments that name the things which are asked for, such as `InstanceIds`."""
    yield from LOOKUPS.get((service.name, xform_name(name)), ())
    nouns = {_singular(VERB.sub("", name, count=1)), *(_singular(key.split(".")[-1]) for key in results)}
    for argument in service.members(operation, "input").keys() - service.required(operation):
        match = IDENTIFIERS.fullmatch(argument)
        if match and any(_is_named(noun, match[1].lower()) for noun in nouns):
            yield argument


def _singular(noun: str) -> str:
    return re.sub(r"(?<=s|x)es$|s$", "", noun.lower())


def _is_named(noun: str, stem: str) -> bool:
    """Whether the identifier is that of the noun: `Group` of `SecurityGroup`, nothing of anything."""
    return noun.endswith(stem)


def _several(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else list(value)


# -- parts of a batch that failed

FAILURE = re.compile(
    r"(?!.*(validation|notfound|details?$|messages?$|reasons?$|statuses$))"
    r".*(unprocessed.*|unsuccessful.*|fail(ed|ures?).*|errors?(list|entries)?)",
    re.IGNORECASE,
)
READ = re.compile(
    r"(Accept|Calculate|Chat|Classify|Describe|Detect|Discover|Export|Generate|Get|Is|List|Retrieve|Search|Test"
    r"|Validate)[A-Z]"
)
"""Operations that report what could not be read in their answer, where a missing part shows anyway."""

ONE_THING = frozenset(
    {
        ("events", "remove_targets"),
        ("glue", "create_integration"),
        ("glue", "modify_integration"),
        ("qbusiness", "chat_sync"),
        ("quicksight", "update_agent"),
        ("quicksight", "update_key_registration"),
        ("rds", "create_integration"),
        ("rds", "modify_integration"),
        ("redshift", "create_integration"),
        ("redshift", "modify_integration"),
        ("dataexchange", "create_job"),
        ("medialive", "create_signal_map"),
        ("medialive", "start_update_signal_map"),
        ("wellarchitected", "create_agent_organizational_profile"),
        ("wellarchitected", "create_agent_profile"),
        ("wellarchitected", "update_agent_organizational_profile"),
        ("wellarchitected", "update_agent_profile"),
    }
)
"""Operations on one thing, whose failures are those of the thing; and one whose failures show when the rule
that still has targets is to be deleted.
"""

BY_HAND = {
    ("dynamodb", "batch_execute_statement"): ["Responses"],
    ("ecs", "run_task"): ["failures", "tasks"],
    ("ecs", "start_task"): ["failures", "tasks"],
    ("events", "put_events"): ["Entries", "FailedEntryCount"],
    ("events", "put_partner_events"): ["Entries", "FailedEntryCount"],
    ("firehose", "put_record_batch"): ["FailedPutCount", "RequestResponses"],
    ("kinesis", "put_records"): ["FailedRecordCount", "Records"],
    ("s3", "delete_objects"): ["Errors"],
}
"""Answers that tell the failures in each entry, or by what is missing, or whose request nests the list of
what to do.

Source: the API references, such as https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html
and https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html.
"""


def failures_of(service: Service) -> dict[str, list[str]]:
    """The members of an answer that tell which parts of a batch were not done."""
    found: dict[str, list[str]] = {}
    for name, operation in service.operations:
        key = (service.name, xform_name(name))
        if key in BY_HAND:
            found[key[1]] = BY_HAND[key]
        elif key not in ONE_THING and not READ.match(name) and _takes_several(service, operation):
            returned = service.members(operation, "output").items()
            fields = sorted(member for member, shape in returned if _tells_failures(service, member, shape))
            if fields:
                found[key[1]] = fields
    return found


def _takes_several(service: Service, operation: Json) -> bool:
    return any(
        service.type_of(shape) in {"list", "map"} for shape in service.members(operation, "input").values()
    )


def _tells_failures(service: Service, member: str, shape: Json) -> bool:
    kind = service.type_of(shape)
    return bool(FAILURE.fullmatch(member)) and (
        kind in {"list", "map"} or (kind == "integer" and member.endswith("Count"))
    )


# -- waiters, and what is deprecated


def waiters_of(service: Service) -> dict[str, list[Any]]:
    """The operation that a waiter polls, the seconds between two calls, and how often it calls at most."""
    return {
        xform_name(name): [xform_name(each["operation"]), each["delay"], each["maxAttempts"]]
        for name, each in sorted(service.waiters.items())
    }


def deprecated_in(service: Service) -> list[str]:
    return [xform_name(name) for name, operation in service.operations if operation.get("deprecated")]


# -- files

TABLES = {
    "sdk_pages": pages_of,
    "sdk_failures": failures_of,
    "sdk_waiters": waiters_of,
    "sdk_deprecated": deprecated_in,
}
"""Name of the file -> what it holds of a service."""


def service_of(loader: Loader, name: str) -> Service:
    return Service(
        name,
        loader.load_service_model(name, "service-2"),
        _part(loader, name, "paginators-1").get("pagination", {}),
        _part(loader, name, "waiters-2").get("waiters", {}),
    )


def _part(loader: Loader, name: str, kind: str) -> Json:
    try:
        return dict(loader.load_service_model(name, kind))
    except UnknownServiceError:
        return {}


def line_of(name: str, part: object) -> str:
    return f"{json.dumps(name)}: {json.dumps(part, sort_keys=True, separators=(',', ':'))}"


def main() -> None:
    loader = Loader()
    services = [service_of(loader, name) for name in loader.list_available_services("service-2")]
    for table, part_of in TABLES.items():
        head = {"AS_OF": f"botocore {botocore.__version__}", "SOURCE": SOURCE}
        lines = [f"{json.dumps(key)}: {json.dumps(value)}" for key, value in head.items()]
        parts = ((service.name, part_of(service)) for service in services)
        lines.extend(line_of(name, part) for name, part in parts if part)
        text = "{\n" + ",\n".join(lines) + "\n}\n"
        (FOLDER / f"{table}.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
