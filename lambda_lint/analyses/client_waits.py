"""For how long a call waits at most before it gives up, as the code or the SDK says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lambda_lint.analyses.applied import applied_by
from lambda_lint.knowledge import sdk_waits
from lambda_lint.knowledge.timeouts import WAITS
from lambda_lint.semantics.arguments import Absent, argument_at
from lambda_lint.semantics.facts import Const, Items, Pairs
from lambda_lint.semantics.values import (
    NONE,
    Constant,
    Display,
    External,
    Returned,
    Sdk,
    SdkKind,
    SdkMethod,
    Where,
    agreed,
)

if TYPE_CHECKING:
    import libcst as cst

    from lambda_lint.analyses.applied import Applied
    from lambda_lint.semantics.context import Context
    from lambda_lint.semantics.evaluate import Evaluator
    from lambda_lint.semantics.facts import Expr
    from lambda_lint.semantics.values import Value, Values


@dataclass(frozen=True, slots=True)
class ClientWait:
    """How long a call waits."""

    name: str
    """The full name of what waits."""
    seconds: float
    """For one answer."""
    attempts: int = 1
    """How often it asks, as far as that is certain."""
    is_default: bool = False
    """Whether nothing in the code says how long."""
    client: tuple[int, int] | None = None
    """The call that made the SDK's client: its calls all wait equally."""

    @property
    def longest(self) -> float:
        """Seconds until it gives up."""
        return self.seconds * self.attempts


def client_wait(call: cst.Call, ctx: Context) -> ClientWait | None:
    """How long the call waits at most, if that is known."""
    applied = applied_by(call, ctx)
    match applied.callee if applied else None:
        case External(name) if applied is not None and name in WAITS:
            seconds = _literal_seconds(applied, name)
            return None if seconds is None else ClientWait(name, seconds)
        case SdkMethod(Sdk(SdkKind.CLIENT, str(service), made=(int(), int()) as made), name):
            return _of_client(ctx.project.evaluator, made, service, name)
    return None


def _literal_seconds(applied: Applied, name: str) -> float | None:
    wait = WAITS[name]
    for position, keyword in zip(
        (wait.position, *(None for _ in wait.keywords)), wait.keywords, strict=False
    ):
        given = applied.argument(keyword, position)
        if given:
            return _seconds(applied.evaluator, agreed(given))
    return None


def _seconds(ev: Evaluator, value: Value | None) -> float | None:
    """A number, or the longest of several, as in a pair for connecting and reading."""
    match value:
        case Constant(int() | float() as number) if not isinstance(number, bool):
            return float(number)
        case Display(expr=Items(items)) as parts:
            each = [_seconds(ev, agreed(ev.values(ev.inside(parts), item))) for item in items]
            known = [number for number in each if number is not None]
            return max(known) if known and len(known) == len(each) else None
    return None


def _of_client(ev: Evaluator, made: tuple[int, int], service: str, name: str) -> ClientWait | None:
    call = ev.call(made)
    written = argument_at(call, sdk_waits.CONFIG_POSITION, "config")
    where = Where(made[0], call.scope, call.order)
    config: tuple[Value, ...] = (NONE,) if written is Absent.DEFAULT else ()
    if not isinstance(written, Absent):
        config = ev.values(where, written)
    described = f"{service}.{name}"
    match agreed(config):
        case Constant(None):
            if name not in sdk_waits.SLOW.get(service, frozenset()):
                return None
            attempts = sdk_waits.ATTEMPTS[sdk_waits.DEFAULT_MODE]
            return ClientWait(described, sdk_waits.READ_TIMEOUT, attempts, is_default=True, client=made)
        case Returned(callee, key) if callee in sdk_waits.CONFIGS:
            seconds = _seconds(ev, agreed(_argument(ev, key, "read_timeout")))
            if seconds is None:
                return None
            attempts = _attempts(ev, _argument(ev, key, "retries"))
            return ClientWait(described, seconds, attempts, client=made)
    return None


def _argument(ev: Evaluator, key: tuple[int, int], keyword: str) -> Values:
    """What an argument of a call is; None as a value if it is not given, nothing if that is not known."""
    call = ev.call(key)
    written: Expr | Absent = argument_at(call, None, keyword)
    if isinstance(written, Absent):
        return (NONE,) if written is Absent.DEFAULT else ()
    return ev.values(Where(key[0], call.scope, call.order), written)


def _attempts(ev: Evaluator, retries: Values) -> int:
    """How often a request is sent at most; 1 if that is not known."""
    match agreed(retries):
        case Constant(None):
            return sdk_waits.ATTEMPTS[sdk_waits.DEFAULT_MODE]
        case Display(expr=Pairs(pairs)) as written if all(isinstance(key, Const) for key, _ in pairs):
            said = {
                key.value: agreed(ev.values(ev.inside(written), value))
                for key, value in pairs
                if isinstance(key, Const)
            }
            match said:
                case {"total_max_attempts": Constant(int(total))}:
                    return total
                case {"max_attempts": Constant(int(more))}:
                    return more + 1
                case {"mode": Constant(str(mode))} if said.keys() == {"mode"}:
                    return sdk_waits.ATTEMPTS.get(mode, 1)
    return 1
