"""What the names mean that a file of TypeScript imports."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from lambda_lint.deployment.typescript_tokens import Token


def imports(tokens: Iterable[Token]) -> dict[str, str]:
    """The imported names, each with the name that Python has for what it stands for."""
    found: dict[str, str] = {}
    clause: list[str] | None = None
    for token in tokens:
        if token.kind == "name" and token.text == "import":
            clause = []
        elif clause is None:
            continue
        elif token.kind == "text":
            if clause[-1:] == ["from"]:
                found.update(_named(clause[:-1], _module(token.text[1:-1])))
            clause = None
        elif token.kind == "name" or token.text in "{},*":
            clause.append(token.text)
        else:
            clause = None
    return found


def _named(clause: Sequence[str], module: str) -> dict[str, str]:
    """What stands between `import` and `from`: `name`, `* as name`, `name, { one, other as name }`."""
    found: dict[str, str] = {}
    start = clause.index("{") if "{" in clause else len(clause)
    whole = [word for word in clause[:start] if word != ","]
    if whole:
        found[whole[-1]] = module
    names: list[str] = []
    for word in clause[start + 1 :]:
        if word not in "},":
            names.append(word)
        elif names:
            found[names[-1]] = f"{module}.{names[0]}".removeprefix("aws_cdk.")
            names = []
    return found


def _module(name: str) -> str:
    """The name that Python has for a module of the CDK."""
    if name in {"aws-cdk-lib", "@aws-cdk/core"}:
        return "aws_cdk"
    return re.sub(r"^(?:aws-cdk-lib|@aws-cdk)/", "", name).replace("-", "_")
