"""LL118: functions of which every copy holds a connection to a relational database."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from lambda_lint.api import (
    Composed,
    Confidence,
    Constant,
    Deployment,
    Environment,
    External,
    Related,
    Rule,
    Severity,
    SourceKind,
    Violation,
    relational,
    scaling,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lambda_lint.api import Context, EventSource, ReachedCall

PROXY_TYPES = frozenset({"AWS::RDS::DBProxy", "AWS::RDS::DBProxyTargetGroup"})
PROXY = re.compile(
    r"(?<![a-z])(?:rds|db|database|aurora|sql|postgres|mysql)[-_ .]?(?:\w{1,20}[-_ .])?prox(?:y|ies)(?![a-z])"
    r"|(?<![a-z])prox(?:y|ies)[-_]?(?:arn|endpoint|host|name)|pgbouncer|[-_]pooler|\.proxy-",
    re.IGNORECASE,
)
"""How templates speak of what stands between functions and a database."""
URL = re.compile(r"(?P<dialect>\w+)(?:\+(?P<driver>\w+))?:")


class UnboundedDatabaseConcurrency(Rule[Deployment]):
    """Traffic scales the function, and nothing bounds how many connections to a database that makes."""

    code = "LL118"
    severity = Severity.INFO
    message = (
        "{source} scales the function up to the account's limit ({limit:,} copies by default), and each "
        "connects to the database with `{callee}`: nothing bounds the connections"
    )
    help = (
        "connect through RDS Proxy, or bound the copies: by reserved concurrency, of a queue by its mapping"
    )

    def check(self, deployment: Deployment, _: Context, /) -> Iterator[Violation]:
        function = deployment.function
        if not function.reserved_concurrency.is_absent:
            return
        source = next(filter(_scales, function.sources), None)
        if source is None:
            return
        found = min(_connections(deployment), key=lambda each: _distance(deployment, each[0]), default=None)
        if found is None or _has_proxy(deployment):
            return
        call, callee, is_sure = found
        yield self.violation(
            function.place,
            confidence=Confidence.HIGH if is_sure and function.certain else Confidence.MEDIUM,
            path=deployment.path_to(call) if call.repeats else (),
            related=(Related(call.spot, "connects here"), Related(source.place, "scaled by this")),
            source=scaling.SCALING[source.kind],
            limit=relational.ACCOUNT_CONCURRENCY,
            callee=callee,
        )


def _scales(source: EventSource) -> bool:
    """Whether the source runs as many copies as there is traffic."""
    if source.kind is SourceKind.SQS:
        polling = source.polling
        is_bounded = polling is None or not polling.maximum_concurrency.is_absent
        return not is_bounded and not (source.queue and source.queue.is_fifo.value)
    return source.kind in scaling.SCALING


def _has_proxy(deployment: Deployment) -> bool:
    """Whether something in the template, or what it tells the function, speaks of a proxy."""
    return (
        any(resource.type in PROXY_TYPES for resource in deployment.template.resources)
        or _speaks_of_proxy(deployment.template.text)
        or any(_names_proxy(variable.name) for variable in deployment.function.environment)
    )


@lru_cache(maxsize=8)
def _speaks_of_proxy(text: str) -> bool:
    """The same for all functions of a template, and slow to look for."""
    return PROXY.search(text) is not None


def _names_proxy(name: str) -> bool:
    return "PROXY" in name.upper() and not re.fullmatch(r"(?:HTTPS?|ALL|NO)_PROXY", name.upper())


def _connections(deployment: Deployment) -> Iterator[tuple[ReachedCall, str, bool]]:
    """Each call that connects, with its name, and whether it is certainly to a server."""
    for call in deployment.calls:
        names = [callee.name for callee in call.callee if isinstance(callee, External)]
        name = next((name for name in names if name in relational.CONNECTS), None)
        if name is not None:
            is_server = _leads_to_server(deployment, call)
            if is_server is not False:
                yield call, name, is_server is True or not _takes_url(name)


def _distance(deployment: Deployment, call: ReachedCall) -> tuple[bool, int]:
    """How far a call is from the handler: in another file, and so many calls away."""
    own = any(handler.module == call.module for handler in deployment.handlers)
    return not own, len(deployment.path_to(call))


def _takes_url(name: str) -> bool:
    return name.startswith(("sqlalchemy.", "sqlmodel."))


def _leads_to_server(deployment: Deployment, call: ReachedCall) -> bool | None:
    """What the URL says that the call is given first, if it is one; None if it is not known."""
    given = next((arg.value for arg in call.call.args if arg.keyword in {None, "url"} and not arg.star), None)
    if given is None:
        return None
    answers: set[bool] = set()
    for value in deployment.project.evaluator.values(call.where, given):
        text: object = None
        if isinstance(value, Constant):
            text = value.value
        elif isinstance(value, Composed):
            text = value.parts[0]
        elif isinstance(value, Environment):
            told = {each.name: each.value for each in deployment.function.environment}
            text = told.get(value.name)
        if isinstance(text, str) and (url := URL.match(text)):
            is_other = url["dialect"].startswith(relational.OTHER_DIALECTS)
            answers.add(not is_other and url["driver"] != relational.DATA_API)
    return answers.pop() if len(answers) == 1 else None
