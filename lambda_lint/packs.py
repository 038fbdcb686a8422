"""Rule packs: find the rules of an installed package, and refuse what does not hold together.

A pack is a package that is announced in the entry-point group `lambda_lint.rules`. Its folders are the
categories; each public module in them is one rule, with its page, a `.md` file, beside it. Modules whose
names start with an underscore are helpers.
"""

from __future__ import annotations

import importlib
import inspect
import re
import traceback
from importlib.resources import files
from pathlib import Path
from pkgutil import iter_modules
from typing import TYPE_CHECKING

from lambda_lint.declaration import RuleType, problems_of, subjects_of
from lambda_lint.errors import PluginError
from lambda_lint.model.finding import RuleInfo
from lambda_lint.model.labels import Category, Safety
from lambda_lint.rule import Rule
from lambda_lint.rule_entry import RuleEntry

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

__all__ = ["BUILT_IN", "CATEGORIES", "RuleEntry", "load_pack", "summary_of"]

BUILT_IN = "lambda_lint_rules"
"""The pack that owns the codes that start with `LL`."""

CATEGORIES = {category.value: category for category in Category if category is not Category.TOOL}

WHAT_IT_DOES = re.compile(
    r"^## What it does[ \t]*\n\s*(?P<text>[^#\s].*?)(?:\n[ \t]*\n|\n#|\Z)", re.MULTILINE | re.DOTALL
)
MARKED_UP = re.compile(
    r"(?P<code>`[^`]*`)|\[(?P<link>[^\]]+)\]\([^)]*\)|(?P<stars>\*\*?)(?P<strong>[^*`]+)(?P=stars)"
)


def load_pack(pack: str, package_name: str) -> Iterator[RuleEntry]:
    """The rules of the package; `pack` is the name under which it is announced."""
    package = _imported(pack, package_name)
    if not hasattr(package, "__path__"):
        raise PluginError(f"rule pack `{pack}`: `{package_name}` is a module, not a package")
    pages = str(getattr(package, "PAGES_URL", "")).rstrip("/")
    for module in _modules(pack, package):
        folder, name = module.__name__.split(".")[-2:]
        rules = _rules_of(module)
        if not rules and folder in CATEGORIES and not name.startswith("_"):
            raise _broken(pack, module, "defines no rule; a helper's name starts with an underscore")
        if len(rules) > 1:
            raise _broken(pack, rules[1], "is the second rule of its module; each has a module of its own")
        for rule in rules:
            yield _entry(pack, package_name, pages, rule)


def _modules(pack: str, package: ModuleType) -> Iterator[ModuleType]:
    pending = [package]
    while pending:
        current = pending.pop()
        _refuse_hidden_folders(pack, current)
        for found in sorted(iter_modules(current.__path__), key=lambda found: found.name):
            module = _imported(pack, f"{current.__name__}.{found.name}")
            if found.ispkg:
                pending.append(module)
            else:
                yield module


def _refuse_hidden_folders(pack: str, package: ModuleType) -> None:
    """Python passes over a folder without `__init__.py`, and with it over the rules in it."""
    for place in package.__path__:
        for category in CATEGORIES:
            folder = Path(place, category)
            if folder.is_dir() and not (folder / "__init__.py").exists():
                raise PluginError(f"rule pack `{pack}`: the folder {folder.as_posix()} has no `__init__.py`")


def _imported(pack: str, name: str) -> ModuleType:
    try:
        return importlib.import_module(name)
    except (Exception, SystemExit) as error:  # a pack may do whatever it likes while it is imported
        message = f"`{name}` cannot be imported: {type(error).__name__}: {error}{_place_of_error(error)}"
        raise PluginError(f"rule pack `{pack}`: {message}") from error


def _place_of_error(error: BaseException) -> str:
    if isinstance(error, SyntaxError):
        return f" ({error.filename}:{error.lineno})"
    ours = ("<", __file__, importlib.__file__)
    frames = traceback.extract_tb(error.__traceback__)
    return next((f" ({at.filename}:{at.lineno})" for at in frames if not at.filename.startswith(ours)), "")


def _rules_of(module: ModuleType) -> list[RuleType]:
    return [
        value
        for value in vars(module).values()
        # For Python 3.10 an alias such as `list[str]` is an instance of `type` too.
        if issubclass(type(value), type)
        and issubclass(value, Rule)
        and value.__module__ == module.__name__
        and not inspect.isabstract(value)
    ]


def _entry(pack: str, package_name: str, pages: str, rule: RuleType) -> RuleEntry:
    folder, module = rule.__module__.split(".")[-2:]
    category = CATEGORIES.get(folder)
    if category is None:
        message = f"stands in `{folder}`, which is none of the categories {', '.join(CATEGORIES)}"
        raise _broken(pack, rule, message)
    if problem := next(problems_of(rule, built_in=package_name == BUILT_IN), None):
        raise _broken(pack, rule, problem)
    page_file = files(rule.__module__.rpartition(".")[0]).joinpath(f"{module}.md")
    if not page_file.is_file():
        raise _broken(pack, rule, f"has no page: `{module}.md` is missing beside it")
    page = page_file.read_text("utf-8")
    summary = summary_of(page)
    if summary is None:
        raise _broken(pack, rule, f"has a page without text under `## What it does`: `{module}.md`")
    try:
        subjects_of(rule)
    except ValueError as error:
        raise _broken(pack, rule, str(error)) from error
    info = RuleInfo(
        code=rule.code,
        name=module.replace("_", "-"),
        category=category,
        severity=rule.severity,
        on_by_default=rule.on_by_default,
        summary=summary,
        page=page,
        url=f"{pages}/{folder}/{module}.md" if pages else "",
        cwe=rule.cwe,
        security_severity=rule.security_severity,
        fixable=tuple(safety for safety in Safety if safety in rule.fixable),
    )
    return RuleEntry(info, rule)


def summary_of(page: str) -> str | None:
    """The first sentence under "What it does", without links and emphasis."""
    section = WHAT_IT_DOES.search(page)
    if section is None:
        return None
    text = " ".join(section["text"].split())
    plain = MARKED_UP.sub(lambda found: found["code"] or found["link"] or found["strong"], text)
    return re.split(r"(?<=[.!?])(?<!e\.g\.)(?<!i\.e\.)\s+(?![a-z])", plain, maxsplit=1)[0]


def _broken(pack: str, thing: RuleType | ModuleType, message: str) -> PluginError:
    name = thing.__qualname__ if isinstance(thing, type) else thing.__name__
    return PluginError(f"rule pack `{pack}`: {_place(thing)}: `{name}` {message}")


def _place(thing: RuleType | ModuleType) -> str:
    try:
        file, line = inspect.getsourcefile(thing), inspect.getsourcelines(thing)[1]
    except (OSError, TypeError):
        return thing.__module__ if isinstance(thing, type) else thing.__name__
    return f"{file}:{max(line, 1)}"
