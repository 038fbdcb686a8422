"""The fix of things made anew: made once at module level, or in a cached function, and used from there."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import libcst as cst

from lambda_lint.api import Edits, NoEditError, Phase, Safety, moving

from ._hoist_place import Made, Place, has_threads, refuse_changes_of_environment, refuse_lookers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lambda_lint.api import Context, Edit, Fix, Moving

CACHES = frozenset({"functools.cache", "functools.lru_cache"})


@dataclass(frozen=True, slots=True)
class Hoisting:
    """Fixes where no module-level object is wanted are cached functions."""

    fix_with_cached_function: bool = False
    """Whether fixes write a function with `functools.cache` instead of a module-level variable."""


def hoisted(made: Made, ctx: Context, edits: Edits) -> Fix:
    """Make it once. Raises `NoEditError` where that would be, or could be, something else."""
    if ctx.phase_of(made.call) is not Phase.INVOKE:
        raise NoEditError("it is also made while the module is imported")
    needs = moving(made.call, ctx)
    function = ctx.function_around(made.call)
    if needs is None or function is None or (made.cached and needs.definitions):
        raise NoEditError("what it is made of is not there at module level")
    refuse_lookers(function, ctx)
    refuse_changes_of_environment(ctx)
    if not made.may_be_shared and has_threads(made.call, ctx):
        raise NoEditError("threads would share it")
    place = Place(made, function, ctx)
    work = _Work(made, needs, ctx, edits)
    if made.cached:
        return work.cached(place)
    return work.kept(place)


@dataclass(slots=True)
class _Work:
    """The edits of one fix."""

    made: Made
    needs: Moving
    ctx: Context
    edits: Edits
    gone: list[cst.CSTNode] = field(default_factory=list)
    """Statements that are no longer needed where they stand."""
    moved: list[cst.CSTNode] = field(default_factory=list)
    """Those of them whose comments come along."""

    def kept(self, place: Place) -> Fix:
        """A variable at module level."""
        call, edits = self.made.call, self.edits
        known = self._known_variable()
        binding = place.assign or place.item
        if known is None and place.name and binding and edits.can_move_up(place.name, binding):
            name = place.name
        else:
            name = known or edits.fresh_name(self.made.wanted)
        if not edits.means_the_global(name, call) and name != place.name:
            raise NoEditError("the name means something else there")
        changes: list[Edit] = []
        lines = [] if known else [*self._definitions(), self._line(name, place)]
        is_there = name == place.name and self._is_only_binding(place)
        if name == place.name and not is_there:
            raise NoEditError("the name is bound more than once")
        changes += self._use(place, name, is_there=is_there)
        changes += self._imports() if lines else []
        changes += self._deletions()
        if lines:
            changes.append(edits.insert_before_functions("\n".join(lines), after=self.needs.after))
        safety = Safety.UNSAFE if self.needs.definitions and lines else self.made.safety
        return edits.fix(f"make `{name}` once, at module level", changes, safety)

    def cached(self, place: Place) -> Fix:
        """A function at module level that makes it when it is first called."""
        edits = self.edits
        known = self._known_factory()
        name = known or edits.fresh_name(self.made.wanted)
        if known and not edits.means_the_global(known, self.made.call):
            raise NoEditError("the name means something else there")
        changes = self._use(place, f"{name}()", is_there=False)
        if known is None:
            changes += self._imports()
            cache, imports = edits.ensure_import("functools", "cache", at=self.ctx.module.tree.module)
            text = edits.moved_text(self.made.call).replace("\n", "\n    ")
            lines = f"\n\n@{cache}\ndef {name}():\n    return {text}"
            changes += [*imports, edits.insert_before_functions(lines, after=self.needs.after)]
        changes += self._deletions()
        return edits.fix(f"make it once, in the cached function `{name}`", changes, self.made.safety)

    def _use(self, place: Place, text: str, *, is_there: bool) -> list[Edit]:
        """The edits of the place that use what was made."""
        edits, call = self.edits, self.made.call
        if place.assign is not None and is_there:
            self.gone.append(place.assign)
            return []
        if place.item is None:
            return [edits.replace(call, text)]
        statement = self.ctx.parent(place.item)
        if not isinstance(statement, cst.With) or statement.asynchronous or len(statement.items) > 1:
            raise NoEditError("the block is about more")
        return list(edits.unwrap(statement, "" if is_there else f"{place.name} = {text}"))

    def _deletions(self) -> list[Edit]:
        return list(self.edits.delete_statements(self.gone, self.moved)) if self.gone else []

    def _is_only_binding(self, place: Place) -> bool:
        """Whether the name of the place can be left to the module's variable of that name."""
        return bool(place.name) and self.edits.is_only_binding(
            place.name or "", place.assign or self.made.call
        )

    def _line(self, name: str, place: Place) -> str:
        if name == place.name and place.assign is not None:
            return self._moved(name, place.assign)
        return f"{name} = {self.edits.moved_text(self.made.call)}"

    def _definitions(self) -> Iterator[str]:
        for assign in self.needs.definitions:
            self.gone.append(assign)
            yield self._moved(self.edits.text_of(assign.targets[0].target), assign)

    def _moved(self, name: str, assign: cst.Assign) -> str:
        """An assignment at module level, with its comments."""
        edits = self.edits
        above, beside = edits.comments_above(assign), edits.comment_beside(assign)
        if above:
            self.moved.append(assign)
        line = f"{name} = {edits.moved_text(assign.value)}" + (f"  {beside}" if beside else "")
        return "\n".join([*above, line])

    # -- imports of the function

    def _imports(self) -> list[Edit]:
        changes: list[Edit] = []
        imports = sorted(self.needs.imports.items(), key=lambda item: item[1].module)
        for name, imported in imports:
            spelled, made = self.edits.ensure_import(imported.module, imported.name)
            if spelled != name:
                raise NoEditError("the import has another name at module level")
            changes += made
            statement = self._import_of(name)
            if statement is not None:
                self.gone.append(statement)
        return changes

    def _import_of(self, name: str) -> cst.CSTNode | None:
        """The statement of the function that imports the name and nothing else."""
        tree, function = self.ctx.module.tree, self.ctx.function_around(self.made.call)
        found: list[cst.Import | cst.ImportFrom] = [*tree.of_type(cst.Import), *tree.of_type(cst.ImportFrom)]
        for node in found:
            if self.ctx.function_around(node) is function and not isinstance(node.names, cst.ImportStar):
                bound = [alias.evaluated_alias or alias.evaluated_name for alias in node.names]
                if any(each.startswith(f"{name}.") for each in bound):
                    raise NoEditError("it takes a submodule")
                if bound == [name]:
                    return node
        return None

    # -- what is there already

    def _known_variable(self) -> str | None:
        """The module's variable that holds the same."""
        wanted = self._meaning(self.made.call)
        for statement in self._top_level():
            match statement:
                case cst.Assign(targets=[cst.AssignTarget(target=cst.Name(value=name))], value=value):
                    if self._meaning(value) == wanted and self.edits.is_settled(name):
                        return name
        return None

    def _known_factory(self) -> str | None:
        """The module's cached function that returns the same."""
        wanted = self._meaning(self.made.call)
        for function in self.ctx.module.tree.module.body:
            match function:
                case cst.FunctionDef(
                    decorators=[cst.Decorator(decorator=decorator)],
                    body=cst.IndentedBlock(
                        body=[cst.SimpleStatementLine(body=[cst.Return(value=cst.BaseExpression() as value)])]
                    ),
                ) if self.ctx.name_of(decorator) in CACHES and not self._has_parameters(function):
                    if self._meaning(value) == wanted and self.edits.is_settled(function.name.value):
                        return function.name.value
        return None

    @staticmethod
    def _has_parameters(function: cst.FunctionDef) -> bool:
        params = function.params
        return bool(params.params or params.posonly_params or params.kwonly_params or params.star_kwarg)

    def _top_level(self) -> Iterator[cst.CSTNode]:
        for line in self.ctx.module.tree.module.body:
            if isinstance(line, cst.SimpleStatementLine):
                yield from line.body

    def _is_same_above(self, name: str) -> bool:
        imported = self.needs.imports[name]
        return self.edits.ensure_import(imported.module, imported.name) == (name, ())

    def _meaning(self, node: cst.BaseExpression) -> str:
        """Equal for expressions that say the same of the module's names, however they are laid out."""
        if self.needs.definitions or not all(map(self._is_same_above, self.needs.imports)):
            # The same name may mean another thing there.
            return f"{id(node)}"
        return ast.dump(ast.parse(self.edits.text_of(node), mode="eval"))
