"""`new-rule`: write a rule's module and page, so that both are clean and the page's test passes."""

from __future__ import annotations

import keyword
import re
from dataclasses import dataclass
from string import Template
from typing import TYPE_CHECKING

from lambda_lint.errors import LambdaLintError, UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from lambda_lint.model.labels import Category
    from lambda_lint.settings.vocabulary import Vocabulary

NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
CODE = re.compile(r"(?P<prefix>[A-Z]{2,})(?P<number>\d{3})")
TITLE = re.compile(r"# [a-z0-9-]+ \((?P<code>[A-Z]{2,}\d{3})\)")
HIGHEST = 899
"""Codes from 900 on are kept for findings that no rule makes."""

MODULE = Template('''\
"""$title: what is wrong with it, in one sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

from lambda_lint.api import Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lambda_lint.api import Context, Violation

WANTED = frozenset({"legacy.send"})
"""The functions that this rule is about, by their full names."""


class $class_name(Rule[cst.Call]):
    code = "$code"
    severity = Severity.WARNING
    message = "`{call}` is called"
    help = "call `modern.send` instead"

    def check(self, call: cst.Call, ctx: Context, /) -> Iterator[Violation]:
        name = ctx.name_of(call.func)
        if name in WANTED:
            yield self.violation(call, call=name)
''')

PAGE = Template("""\
# $name ($code)

## What it does

Finds calls of `legacy.send`. Say in one or two sentences what the rule finds, and in which phase.

## Why it matters

Say what goes wrong in production, when, and what it costs.

## Example

```python
import legacy


def handler(event, context):
    legacy.send(event)  # error: [$name]
```

## Use instead

```python
import modern


def handler(event, context):
    modern.send(event)
```

## What it does not see

Say where the rule is silent though a reader might expect it to speak, such as a function that is chosen at
run time.

## References

- [AWS Lambda: best practices](https://docs.aws.amazon.com/lambda/latest/dg/best-practices.html)
""")


@dataclass(frozen=True, slots=True)
class NewRule:
    """What was written."""

    code: str
    module: Path
    page: Path
    new_packages: tuple[Path, ...]
    """Folders that became packages: whoever builds the pack must be told of them."""


def new_rule(
    name: str, category: Category, folder: Path, vocabulary: Vocabulary, code: str | None = None
) -> NewRule:
    """Write the module and the page of a rule into the pack in `folder`."""
    _check_name(name, vocabulary)
    if not folder.is_dir():
        raise UsageError(f"there is no folder `{folder}`; give the folder of the rule pack with `--folder`")
    home = folder / category.value
    stem = name.replace("-", "_")
    module, page = home / f"{stem}.py", home / f"{stem}.md"
    for path in (module, page):
        if path.exists():
            raise UsageError(f"`{path}` exists already")
    code = (
        _next_code(category, folder, vocabulary) if code is None else _checked_code(code, folder, vocabulary)
    )
    words = [word.capitalize() for word in name.split("-")]
    fields = {"name": name, "title": " ".join(words).capitalize(), "class_name": "".join(words), "code": code}
    try:
        home.mkdir(exist_ok=True)
        docstrings = {
            folder: "A rule pack for lambda-lint.",
            home: f"Rules of the category {category.value}.",
        }
        new_packages = tuple(place for place, text in docstrings.items() if _make_package(place, text))
        _write(module, MODULE.substitute(fields))
        _write(page, PAGE.substitute(fields))
    except OSError as error:
        raise LambdaLintError(f"`{error.filename}` cannot be written: {error.strerror}") from error
    return NewRule(code, module, page, new_packages)


def _check_name(name: str, vocabulary: Vocabulary) -> None:
    if not NAME.fullmatch(name):
        raise UsageError(
            f"`{name}` is no name for a rule: use lower-case words with hyphens, as in `missing-timeout`"
        )
    if keyword.iskeyword(name) or keyword.issoftkeyword(name):
        raise UsageError(f"`{name}` is a word of Python's, and so no name for a module")
    if known := vocabulary.rule(name):
        raise UsageError(f"there is already a rule `{known.name}` ({known.code})")
    if vocabulary.selector(name):
        raise UsageError(f"`{name}` already means several rules, in `select` and `ignore`")


def _checked_code(code: str, folder: Path, vocabulary: Vocabulary) -> str:
    if not CODE.fullmatch(code):
        raise UsageError(f"`{code}` is no code: use two or more capitals and three digits, as in `AC001`")
    if code in {rule.code for rule in vocabulary.rules} or code in _codes_in(folder):
        raise UsageError(f"the code `{code}` is taken")
    return code


def _next_code(category: Category, folder: Path, vocabulary: Vocabulary) -> str:
    """The code after the last of the category; for the first of a category, at the pack's next full ten."""
    codes = _codes_in(folder)
    if not codes:
        raise UsageError(
            f"no page in `{folder}` shows which codes its rules have; give this one's with `--code`"
        )
    same = [code for code, home in codes.items() if home == category.value]
    last = max(same or codes)
    prefix, number = last[:-3], int(last[-3:])
    first = number + 1 if same else (number // 10 + 1) * 10
    taken = {rule.code for rule in vocabulary.rules}.union(codes)
    for candidate in range(first, HIGHEST + 1):
        code = f"{prefix}{candidate:03}"
        if code not in taken:
            return code
    raise UsageError(f"no code is left after `{last}`; give one with `--code`")


def _codes_in(folder: Path) -> dict[str, str]:
    """The codes that the pages of a pack have in their titles, and the category of each."""
    codes: dict[str, str] = {}
    for page in sorted(folder.glob("*/*.md")):
        with page.open(encoding="utf-8", errors="replace") as lines:
            if title := TITLE.match(lines.readline()):
                codes[title["code"]] = page.parent.name
    return codes


def _make_package(folder: Path, docstring: str) -> bool:
    file = folder / "__init__.py"
    if file.exists():
        return False
    _write(file, f'"""{docstring}"""\n')
    return True


def _write(path: Path, text: str) -> None:
    with path.open("x", encoding="utf-8", newline="\n") as file:
        file.write(text)
