"""In which folder a program of the CDK is run, and where the modules may be that it imports.

Told from paths and bytes, as `claims` does, which needs some of it.
"""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

CDK_CONFIGURATION = "cdk.json"
_IMPORTED = re.compile(
    r"^[ \t]*from[ \t]+(?=[.\w])(\.*)((?:\w[\w.]*)?)[ \t]+import[ \t]+(\([^()]*\)|[^\n#;(]+)", re.MULTILINE
)
_REMARK = re.compile(r"#[^\n]*")


def is_configured(path: str, beside: Container[str]) -> bool:
    """Whether it is known in which folder the CDK is run."""
    return any(configuration in beside for configuration in cdk_configurations(path))


def cdk_configurations(path: str) -> tuple[str, ...]:
    """Where the file may be that tells the folder in which the CDK is run."""
    found = []
    folder = posixpath.dirname(path)
    while True:
        found.append(posixpath.join(folder, CDK_CONFIGURATION))
        above = posixpath.dirname(folder)
        if above == folder:
            return tuple(found)
        folder = above


def cdk_modules(path: str, data: bytes) -> tuple[str, ...]:
    """Where the modules of the project may be that a program of the CDK imports names from."""
    found: list[str] = []
    for match in _IMPORTED.finditer(data.decode("utf-8", "replace")):
        dots, module, names = match.groups()
        if not module.startswith(("aws_cdk", "constructs")):
            folders = import_folders(path, len(dots))
            found += modules_of(folders, module)
            for name in _REMARK.sub("", names).strip("() \t").split(","):
                found += modules_of(folders, f"{module}.{name.partition(' as ')[0].strip()}")
    return tuple(dict.fromkeys(found))


def import_folders(path: str, level: int) -> list[str]:
    """The folders in which an import of this level looks; absolute ones may look in any of those above."""
    folders = [posixpath.dirname(each) for each in cdk_configurations(path)]
    return folders[level - 1 : level] if level else folders


def modules_of(folders: Iterable[str], name: str) -> list[str]:
    """The files in these folders that a module of this name may be."""
    parts = [part for part in name.split(".") if part]
    stems = [posixpath.join(folder, *parts) for folder in folders]
    files = [f"{stem}.py" for stem in stems if parts]
    return [*files, *(posixpath.join(stem, "__init__.py") for stem in stems)]
