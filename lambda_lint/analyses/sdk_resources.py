"""Which resource a call of the SDK is about: by its arguments, or by what the object was made with."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias

from lambda_lint.analyses.allowed import ARN, HOLE, Wanted, resource_in, types_of
from lambda_lint.analyses.bound_values import bound_to
from lambda_lint.knowledge import iam_operations, iam_resources, resources
from lambda_lint.semantics.arguments import Absent, argument_at
from lambda_lint.semantics.facts import Attr, CallRef, Entered, Items, Pairs, Ref
from lambda_lint.semantics.values import (
    UNKNOWN,
    Composed,
    Constant,
    Display,
    Environment,
    Sdk,
    SdkKind,
    SdkMethod,
    Values,
    Where,
    agreed,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lambda_lint.semantics.deployments import Deployment, ReachedCall
    from lambda_lint.semantics.facts import Expr
    from lambda_lint.semantics.keywords import Keywords

MOST_STEPS = 8
QUEUE_URL = re.compile(r"https?://[^/]+/[^/]+/(?P<name>[^/]+)")
QUALIFIED = frozenset({"function:{}", "parameter/{}"})
"""Resources of which the code may name a version or an alias after a colon; parameters may begin with `/`."""
ACCESS_POINT, ALIAS = ":accesspoint", "-s3alias"
"""What is in the name of a bucket if an access point stands for it, whose ARN is another."""
UNKNOWN_TEXT = "${}"
TRANSFER_SERVICE = "s3"
PUT_EVENTS = ("events", "put_events")

Found: TypeAlias = "tuple[Wanted | None, bool]"
"""The resource, if it is known, and whether what names it is set at all."""
NOT_KNOWN: Found = (None, True)


def resource_of(
    deployment: Deployment,
    call: ReachedCall,
    owner: Sdk,
    operation: str,
    function: Expr,
    keywords: Keywords | None,
) -> Found:
    """The resource that the operation is on; `function` is what is called, and `keywords` its arguments."""
    return _Resource(deployment, call).of(owner, operation, function, keywords)


def resource_of_library(deployment: Deployment, call: ReachedCall, name: str) -> Found:
    """The resource that a function of another package uses, as it is told with its first argument."""
    service, _, position, keyword = iam_resources.LIBRARIES[name]
    given = argument_at(call.call, position, keyword)
    if isinstance(given, Absent):
        return NOT_KNOWN
    tail = next(iter(iam_resources.PARAMETERS[service].values()))
    values = deployment.project.evaluator.values(call.where, given)
    return _Resource(deployment, call).named(service, tail, values)


class _Resource:
    def __init__(self, deployment: Deployment, call: ReachedCall) -> None:
        self._deployment, self._call = deployment, call
        self._ev = deployment.project.evaluator
        self._types = types_of(deployment.template)
        self._variables = {each.name: each for each in deployment.function.environment}

    def of(self, owner: Sdk, operation: str, function: Expr, keywords: Keywords | None) -> Found:
        service = owner.service or ""
        if owner.kind is SdkKind.PART:
            return self._of_part(owner, function, keywords)
        if keywords is None:
            return NOT_KNOWN
        if (service, operation) == PUT_EVENTS:
            return self._of_events(keywords)
        for parameter, tail in iam_resources.PARAMETERS.get(service, {}).items():
            values = keywords.get(parameter)
            if values is None and service == TRANSFER_SERVICE:
                values = self._transferred(operation)
            if values is not None:
                found, is_set = self.named(service, tail, values)
                return self._indexed(found, keywords), is_set
        return NOT_KNOWN

    def _transferred(self, operation: str) -> Values | None:
        position = resources.TRANSFERS.get(operation)
        given = None if position is None else argument_at(self._call.call, position, None)
        return (
            None if given is None or isinstance(given, Absent) else self._ev.values(self._call.where, given)
        )

    def _of_events(self, keywords: Keywords) -> Found:
        """The bus that all entries name, if they are written out."""
        match agreed(keywords.get("Entries") or ()):
            case Display(expr=Items(entries)) as shown if entries:
                found = {self._bus(self._ev.inside(shown), entry) for entry in entries}
                return found.pop() if len(found) == 1 else NOT_KNOWN
        return NOT_KNOWN

    def _bus(self, where: Where, entry: Expr) -> Found:
        match agreed(self._ev.values(where, entry)):
            case Display(expr=Pairs(pairs)) as shown:
                inside = self._ev.inside(shown)
                for key, value in reversed(pairs):
                    name = None if key is None else agreed(self._ev.values(inside, key))
                    if not isinstance(name, Constant):
                        return NOT_KNOWN
                    if name.value == "EventBusName":
                        return self.named("events", iam_resources.EVENT_BUS, self._ev.values(inside, value))
                default = Constant(iam_resources.DEFAULT_EVENT_BUS)
                return self.named("events", iam_resources.EVENT_BUS, (default,))
        return NOT_KNOWN

    def _indexed(self, found: Wanted | None, keywords: Keywords) -> Wanted | None:
        """The index that is read instead of its table."""
        values = keywords.get(iam_resources.INDEX)
        if found is None or found.prefix != "dynamodb" or values is None:
            return found
        match agreed(values):
            case Constant(str(name)):
                return Wanted(found.prefix, found.tail, found.id, found.name, name)
        return None

    # -- what names it

    def named(self, service: str, tail: str, values: Values) -> Found:
        """The resource that a value names: a name, an ARN, a URL."""
        text, is_set = self._text(values)
        types = self._types
        prefix = iam_operations.prefix_of(service)
        holes = list(HOLE.finditer(text))
        if holes:
            id_ = resource_in(holes[0][1], types) if len(holes) == 1 else None
            is_plain = id_ is not None and iam_resources.PLAIN_TYPES.get(types[id_]) == prefix
            return (Wanted(prefix, tail, id_) if is_plain and holes[0][0] == text else None), is_set
        is_other = prefix == "s3" and (ACCESS_POINT in text or text.endswith(ALIAS))
        return (Wanted(prefix, tail, name=_name(text, tail)) if text and not is_other else None), is_set

    def _text(self, values: Values) -> tuple[str, bool]:
        """The text that a value is, with `${Orders}` for a resource and `${}` for what is not known."""
        variables = [each for each in values if isinstance(each, Environment)]
        if len(variables) == 1 and all(isinstance(each, (Constant, Environment)) for each in values):
            # The others are what is taken if it is not set.
            return self._part(variables[0]) or UNKNOWN_TEXT, self._is_set(variables[0])
        match agreed(values):
            case Constant(str(text)):
                return text, True
            case Composed(parts):
                is_set = all(self._is_set(part) for part in parts if isinstance(part, Environment))
                return "".join(self._part(part) or UNKNOWN_TEXT for part in parts), is_set
        return UNKNOWN_TEXT, True

    def _part(self, part: object) -> str | None:
        if isinstance(part, str):
            return part
        variable = self._variables.get(part.name) if isinstance(part, Environment) else None
        if variable is None:
            return None
        return f"${{{variable.target}}}" if variable.target in self._types else variable.value

    def _is_set(self, variable: Environment) -> bool:
        return variable.name in self._variables or not self._deployment.function.environment_known

    # -- objects of resources

    def _of_part(self, owner: Sdk, function: Expr, keywords: Keywords | None) -> Found:
        """What an object such as `dynamodb.Table("orders")` was made with."""
        cls = "Table" if owner.name == "BatchWriter" else owner.name or ""
        known = iam_resources.CONSTRUCTORS.get((owner.service or "", cls))
        if known is None:
            return NOT_KNOWN
        tail = iam_resources.PARAMETERS[owner.service or ""][known[1]]
        named = {self.named(owner.service or "", tail, values) for values in self._made(owner, cls, function)}
        if len(named) != 1:
            return NOT_KNOWN
        found, is_set = named.pop()
        return (found if keywords is None else self._indexed(found, keywords)), is_set

    def _made(self, owner: Sdk, cls: str, function: Expr) -> Iterator[Values]:
        """What it was named with where it was made; if that is not found, wherever the function makes one."""
        base = function.base if isinstance(function, Attr) else function
        sites = self._followed(base, self._call.where, cls)
        if sites is None:
            sites = [
                (each.module, each.number)
                for each in self._deployment.calls
                if self._makes(each.callee, owner.service, cls)
            ]
        parameter = iam_resources.CONSTRUCTORS[owner.service or "", cls][0]
        for site in sites:
            call = self._ev.call(site)
            where = Where(site[0], call.scope, call.order)
            given = argument_at(call, 0, parameter)
            yield (UNKNOWN,) if isinstance(given, Absent) else self._ev.values(where, given)

    def _followed(self, expr: Expr, where: Where, cls: str) -> list[tuple[int, int]] | None:
        """The one call that makes the object, by way of names that are bound once."""
        for _ in range(MOST_STEPS):
            match expr:
                case CallRef(site):
                    call = self._ev.modules[where.module].calls[site]
                    seen = Where(where.module, call.scope, call.order)
                    is_maker = isinstance(call.func, Attr) and call.func.name == cls
                    if is_maker and self._makes(self._ev.values(seen, call.func), None, cls):
                        return [(where.module, site)]
                    if isinstance(call.func, Attr) and call.func.name == "batch_writer":
                        where, expr = seen, call.func.base
                        continue
                    return None
                case Entered(base):
                    expr = base
                case Ref(name):
                    scope, at = self._ev.names.binding_scope(where.module, where.scope, name, where.at)
                    bound = None if scope is None else bound_to(self._ev, where, scope, name, at)
                    if bound is None or len(bound) != 1:
                        return None
                    where, expr = bound[0]
                case _:
                    return None
        return None

    def _makes(self, callee: Values, service: str | None, cls: str) -> bool:
        return any(
            isinstance(each, SdkMethod)
            and each.name == cls
            and each.owner.kind in {SdkKind.RESOURCE, SdkKind.PART}
            and service in {None, each.owner.service}
            for each in callee
        )


def _name(text: str, tail: str) -> str:
    """The name in an ARN or in the URL of a queue; a name otherwise."""
    arn, url = ARN.fullmatch(text), QUEUE_URL.fullmatch(text)
    if url is not None:
        return url["name"]
    name = text if arn is None else arn["rest"].removeprefix(tail.partition("{}")[0])
    return name.lstrip("/").partition(":")[0] if tail in QUALIFIED else name
