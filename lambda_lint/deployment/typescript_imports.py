"""What the names mean that a file of TypeScript imports."""

from __future__ import annotations

import re

_IMPORT = re.compile(
    r"""^[ \t]*import\s+(?:(?P<all>\*\s+as\s+\w+)|(?P<whole>\w+)\s*,?)?\s*"""
    r"""(?:\{(?P<names>[^}]*)\})?\s*from\s*["'](?P<module>[^"'\r\n]+)["']""",
    re.MULTILINE,
)


def imports(text: str) -> dict[str, str]:
    """The imported names, each with the name that Python has for what it stands for."""
    found: dict[str, str] = {}
    for match in _IMPORT.finditer(text):
        module = _module(match["module"])
        whole = (match["all"] or match["whole"] or "").split()
        if whole:
            found[whole[-1]] = module
        for item in (match["names"] or "").split(","):
            names = item.split()
            if names:
                found[names[-1]] = f"{module}.{names[0]}".removeprefix("aws_cdk.")
    return found


def _module(name: str) -> str:
    """The name that Python has for a module of the CDK."""
    if name in {"aws-cdk-lib", "@aws-cdk/core"}:
        return "aws_cdk"
    return re.sub(r"^(?:aws-cdk-lib|@aws-cdk)/", "", name).replace("-", "_")
