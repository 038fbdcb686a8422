"""What an invocation does twice if its event is delivered twice.

Told from facts alone: for each handler the first such effect on its way, in whichever module it stands.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from lambda_lint.analyses.generated import generated_by
from lambda_lint.analyses.speech import speaks_of
from lambda_lint.analyses.work import work_of
from lambda_lint.knowledge import repeats
from lambda_lint.knowledge.http import REQUESTERS, URL_POSITION
from lambda_lint.semantics.dependence import Dependence
from lambda_lint.semantics.facts import (
    Attr,
    Call,
    Items,
    Pairs,
)
from lambda_lint.semantics.keywords import Keywords
from lambda_lint.semantics.values import (
    Composed,
    Constant,
    Display,
    External,
    FunctionKey,
    FunctionValue,
    Method,
    Returned,
    SdkMethod,
    Value,
    Where,
    agreed,
)

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from lambda_lint.semantics.handlers import HandlerFacts
    from lambda_lint.semantics.project import Project


class RepeatedEffect(NamedTuple):
    """A call that has its effect once more for each delivery."""

    module: int
    order: int
    what: str
    """In words, such as `sends an e-mail`."""


class RepeatedEffects:
    """Answers for a project."""

    def __init__(self, project: Project) -> None:
        self._ev, self._graph, self._work = project.evaluator, project.graph, work_of(project)
        self._phases, self._dependences = project.phases, project.dependences
        self._first: dict[tuple[FunctionKey, ...], RepeatedEffect | None] = {}

    def first_of(self, handler: HandlerFacts) -> RepeatedEffect | None:
        """The first such effect of a handler's invocations; None also if the code makes repeats harmless."""
        key = tuple(handler.roots)
        if key not in self._first:
            self._first[key] = self._look(key)
        return self._first[key]

    def _look(self, roots: tuple[FunctionKey, ...]) -> RepeatedEffect | None:
        reached = self._phases.reached_from(roots)
        found = [
            (function, RepeatedEffect(function[0], call.order, what))
            for function in sorted(reached)
            for call in self._work.calls_of(function)
            if not call.in_main and (what := self._effect(function[0], call)) is not None
        ]
        if not found or self._is_prepared(reached):
            return None
        path_from = self._phases.path_from
        return min((len(path_from(roots, function)), effect) for function, effect in found)[1]

    # -- is a repeat harmless?

    def _is_prepared(self, reached: AbstractSet[FunctionKey]) -> bool:
        for module in {function[0] for function in reached}:
            imports = self._ev.modules[module].imports
            if any(each.module.startswith(repeats.IDEMPOTENCY_PACKAGE) for each in imports):
                return True
        names = (self._ev.scope(function).name for function in reached)
        return (
            any(repeats.HARMLESS.search(name) for name in names)
            or any(self._looks_up(f[0], call) for f in reached for call in self._work.calls_of(f))
            or speaks_of(self._graph, reached, lambda word: repeats.HARMLESS.search(word) is not None)
        )

    def _looks_up(self, module: int, call: Call) -> bool:
        if not isinstance(call.func, Attr) or call.func.name not in repeats.LOOKUPS:
            return False
        where = Where(module, call.scope, call.order)
        return any(self._dependences.of(where, arg.value) & Dependence.EVENT for arg in call.args)

    # -- effects

    def _effect(self, module: int, call: Call) -> str | None:
        where = Where(module, call.scope, call.order)
        given = Keywords(self._ev, ((where, call.args),))
        for callee in self._work.callees(module, call):
            what = self._of_callee(where, call, callee, given)
            if what is not None:
                return what
        return None

    def _of_callee(self, where: Where, call: Call, callee: Value, given: Keywords) -> str | None:
        match callee:
            case SdkMethod(owner, name):
                return self._operation(owner.service, name, given) or self._statement(where, call)
            case External(name) if repeats.PAYMENTS.search(name):
                return (
                    "makes a payment without `idempotency_key`" if not given.get("idempotency_key") else None
                )
            case External(name) if name in repeats.EMAIL_CALLS:
                return "sends an e-mail"
            case External(name) if name in URL_POSITION:
                return self._request(where, call, name, given)
            case FunctionValue() | Method():
                return None
        return self._statement(where, call)

    def _operation(self, service: str | None, name: str, given: Keywords) -> str | None:
        match service, name:
            case _, "put_item" if service in {"dynamodb", None}:
                return self._put(given)
            case _, "update_item" if service in {"dynamodb", None}:
                return self._update(given)
            case _ if service in repeats.EMAIL_SERVICES and name in repeats.EMAIL_OPERATIONS:
                return "sends an e-mail"
            case "sns", "publish" if given.get("PhoneNumber"):
                return "sends a text message"
            case "stepfunctions", "start_execution":
                return self._start(given)
        return None

    def _put(self, given: Keywords) -> str | None:
        """An item under a key that is another one each time: the first attribute that is named like a key."""
        item = agreed(given.get("Item") or ())
        if not isinstance(item, Display) or not isinstance(item.expr, Pairs):
            return None
        inside = self._ev.inside(item)
        keys = 0
        for written, value in item.expr.pairs:
            key = None if written is None else agreed(self._ev.values(inside, written))
            if not isinstance(key, Constant) or not isinstance(key.value, str):
                return None
            is_sort_key = repeats.SORT_KEY.match(key.value) is not None
            if is_sort_key or repeats.KEY_ATTRIBUTE.match(key.value):
                keys += 1
                clocks = repeats.CLOCKS if is_sort_key and keys == 2 else {}
                made = generated_by(self._ev, inside, value, {**repeats.GENERATORS, **clocks})
                if made is not None and keys <= 2 and (keys == 1 or is_sort_key):
                    return f"puts an item whose `{key.value}` is made by `{made}`"
        return None

    def _update(self, given: Keywords) -> str | None:
        text = _text(agreed(given.get("UpdateExpression") or ()))
        found = repeats.COUNTER.search(text)
        if found is None or (found[0].upper().startswith("ADD") and self._adds_to_set(given)):
            return None
        return "counts up" if "list_append" not in found[0].lower() else "appends to a list"

    def _adds_to_set(self, given: Keywords) -> bool:
        values = agreed(given.get("ExpressionAttributeValues") or ())
        if not isinstance(values, Display) or not isinstance(values.expr, Pairs):
            return True
        inside = self._ev.inside(values)
        for _, value in values.expr.pairs:
            for held in self._ev.values(inside, value):
                match held:
                    case Returned("builtins.set"):
                        return True
                    case Display(expr=Items()):
                        return True
                    case Display(expr=Pairs(((key, _),))) if key is not None:
                        if agreed(self._ev.values(inside, key)) in {Constant("SS"), Constant("NS")}:
                            return True
        return False

    def _start(self, given: Keywords) -> str | None:
        if given.get("name") is None:
            return "starts an execution without a name"
        return None

    def _statement(self, where: Where, call: Call) -> str | None:
        """A statement of SQL that is the first argument, or called `sql`."""
        if not isinstance(call.func, Attr) or not call.func.name.startswith("execute"):
            return None
        args = [arg.value for arg in call.args if arg.keyword in {None, "sql", "Sql"}]
        text = _text(agreed(self._ev.values(where, args[0]))) if args else ""
        if repeats.INSERT.match(text) and not repeats.INSERT_ONCE.search(text):
            return "inserts a row"
        return "counts up" if repeats.SQL_COUNTER.match(text) else None

    def _request(self, where: Where, call: Call, name: str, given: Keywords) -> str | None:
        """A POST, unless it only asks something, as GraphQL does."""
        owner, _, verb = name.rpartition(".")
        if verb == "post" and owner in REQUESTERS:
            is_post = True
        else:
            first = [self._ev.values(where, arg.value) for arg in call.args[:1] if arg.keyword is None]
            methods = [agreed(values) for values in (*first, given.get("method") or ())]
            is_post = any(isinstance(m, Constant) and str(m.value).upper() == "POST" for m in methods)
        body = agreed(given.get("json") or ())
        asks = (
            isinstance(body, Display)
            and isinstance(body.expr, Pairs)
            and any(
                key is not None and agreed(self._ev.values(self._ev.inside(body), key)) == Constant("query")
                for key, _ in body.expr.pairs
            )
        )
        return "sends a POST request" if is_post and not asks else None


def first_repeated_effect(project: Project, handler: HandlerFacts) -> RepeatedEffect | None:
    """What the handler's invocations do twice for an event that comes twice; worked out once."""
    return project.once(RepeatedEffects).first_of(handler)


def _text(value: Value | None) -> str:
    match value:
        case Constant(str(text)):
            return text
        case Composed(parts):
            return " ".join(part for part in parts if isinstance(part, str))
    return ""
