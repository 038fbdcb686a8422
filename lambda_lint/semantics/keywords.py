"""Which keyword arguments a call passes, also by `**` of a dict that is written out close by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lambda_lint.semantics.facts import Attr, CallRef, Expr, Pairs, Ref
from lambda_lint.semantics.fillings import MUTATORS
from lambda_lint.semantics.values import (
    UNKNOWN,
    Constant,
    Display,
    External,
    FunctionValue,
    Method,
    Partial,
    Returned,
    SdkMethod,
    Values,
    Where,
    agreed,
)

if TYPE_CHECKING:
    from lambda_lint.semantics.evaluate import Evaluator
    from lambda_lint.semantics.facts import Call
    from lambda_lint.semantics.passing import Given

KNOWN_METHODS = MUTATORS | {"get", "keys", "values", "items", "copy"}
"""Methods of a dict that leave it as it is, or that are known to fill it."""

NOT_CLEAR: Values = (UNKNOWN,)


@dataclass(frozen=True, slots=True)
class Keywords:
    """Arguments, each with the place from which it is seen; the last of a name counts."""

    ev: Evaluator
    given: Given

    def get(self, name: str) -> Values | None:
        """What the keyword may be; None if it is certainly not given."""
        unclear = False
        for where, args in reversed(self.given):
            for arg in args:
                if arg.keyword == name:
                    return self.ev.values(where, arg.value)
                if arg.star == "**":
                    found = self._entry(where, arg.value, name)
                    if found is not None and found != NOT_CLEAR:
                        return found
                    unclear = unclear or found is not None
        return NOT_CLEAR if unclear else None

    def _entry(self, where: Where, unpacked: Expr, name: str) -> Values | None:
        match agreed(self.ev.values(where, unpacked)):
            case Display(module, scope, expr=Pairs(pairs)) as made:
                found = self._of_display(self.ev.inside(made), pairs, name)
            case Returned("builtins.dict", (module, site)):
                scope = self.ev.call((module, site)).scope
                found = self._of_dict(module, site, name)
            case _:
                return NOT_CLEAR
        match unpacked:
            case Pairs():
                return found
            case CallRef() if (module, scope) == (where.module, where.scope):
                return found
            case Ref(variable):
                home = self.ev.names.home(where.module, where.scope, variable)
                if home is not None and home[:2] == (module, scope) and module == where.module:
                    return self._changed(where, unpacked, name, found)
        return NOT_CLEAR

    def _of_display(
        self, seen: Where, pairs: tuple[tuple[Expr | None, Expr], ...], name: str
    ) -> Values | None:
        found: Values | None = None
        for key, value in pairs:
            written = agreed(() if key is None else self.ev.values(seen, key))
            if not isinstance(written, Constant):
                return NOT_CLEAR
            if written.value == name:
                found = self.ev.values(seen, value)
        return found

    def _of_dict(self, module: int, site: int, name: str) -> Values | None:
        call = self.ev.call((module, site))
        if any(arg.keyword is None for arg in call.args):
            return NOT_CLEAR
        where = Where(module, call.scope, call.order)
        return next((self.ev.values(where, arg.value) for arg in call.args if arg.keyword == name), None)

    def _changed(self, where: Where, variable: Ref, name: str, found: Values | None) -> Values | None:
        """What the entry may be by now."""
        if self._is_handed_on(where, variable):
            return NOT_CLEAR
        later: list[Values] = []
        for filling in self.ev.fillings.of(where.module, where.scope, variable):
            is_here = (filling.module, filling.scope) == (where.module, where.scope)
            if is_here and where.at is not None and filling.order > where.at:
                continue
            seen = Where(filling.module, filling.scope, filling.order, where.frame if is_here else None)
            key = agreed(() if filling.key is None else self.ev.values(seen, filling.key))
            if not isinstance(key, Constant):
                return NOT_CLEAR
            if key.value == name:
                later.append(self.ev.values(seen, filling.value))
        return self.ev.union((*later, NOT_CLEAR if found is None else found)) if later else found

    def _is_handed_on(self, where: Where, variable: Ref) -> bool:
        """Whether a method changes the dict, or a function gets it that might."""
        home = self.ev.names.home(where.module, where.scope, variable.name)
        for call in self.ev.modules[where.module].calls:
            is_method = isinstance(call.func, Attr) and call.func.base == variable
            is_passed = any(arg.value == variable and arg.star != "**" for arg in call.args)
            if not is_method and not is_passed:
                continue
            if self.ev.names.home(where.module, call.scope, variable.name) != home:
                continue
            if is_method and isinstance(call.func, Attr) and call.func.name not in KNOWN_METHODS:
                return True
            if is_passed and self._may_reach_code(Where(where.module, call.scope, call.order), call):
                return True
        return False

    def _may_reach_code(self, where: Where, call: Call) -> bool:
        """Whether the project's own code may get the arguments, or something that is not known."""
        callees = self.ev.values(where, call.func)
        given = [value for arg in call.args for value in self.ev.values(where, arg.value)]
        return any(isinstance(value, (FunctionValue, Method, Partial)) for value in given) or any(
            not isinstance(callee, (External, SdkMethod)) for callee in callees
        )
