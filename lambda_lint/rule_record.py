"""A file that remembers which rules are installed, so that a run need not import them to know.

It holds what `RuleEntry` tells without a rule's class, and a fingerprint of all that was looked at: the tool,
Python, the folders of `sys.path` (installing or removing a distribution changes one) and each file of the
packs. Whatever is wrong with the file, or not as it was, means that it says nothing.
"""

from __future__ import annotations

import json
import os
import sys
from dataclasses import asdict
from hashlib import blake2b
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lambda_lint import __version__
from lambda_lint.model.finding import RuleInfo
from lambda_lint.model.labels import Category, Safety, Severity
from lambda_lint.rule_entry import Recorded, RuleEntry
from lambda_lint.settings.tables import STRINGS, OptionField

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

LAYOUT = 1
"""Of the file; to be raised when what it holds changes."""
ENDINGS = (".py", ".md", ".json")
TOOL = os.path.dirname(os.path.abspath(__file__))  # noqa: PTH100, PTH120 - a text, for what follows
KINDS: dict[str, object] = {"bool": bool, "int": int, "float": float, "str": str, "strings": STRINGS}


def user_file() -> Path | None:
    """The file's place: of this user, and of this installation and no project.

    What it says is believed, and a project's own folder may have come with the project. None if there is no
    such place.
    """
    local = os.environ.get("LOCALAPPDATA") if os.name == "nt" else os.environ.get("XDG_CACHE_HOME")
    home = local or os.path.expanduser("~/.cache")  # noqa: PTH111 - a text may say that it failed
    if not os.path.isabs(home):  # noqa: PTH117 - as above
        return None
    installation = blake2b(
        repr((sys.prefix, sys.path, TOOL, sys.version)).encode(), digest_size=8
    ).hexdigest()
    return Path(home, "lambda-lint", f"rules-{installation}.json")


def fingerprint(folders: Iterable[str]) -> str | None:
    """What changes with the tool, with Python, with what is installed, and with a file in these folders.

    None if a folder cannot be looked into, as that of a pack in an archive.
    """
    seen = blake2b(repr((LAYOUT, __version__, sys.version)).encode(), digest_size=20)
    for entry in sys.path:
        try:
            changed = os.stat(entry or ".").st_mtime_ns  # noqa: PTH116 - `sys.path` holds texts
        except OSError:
            changed = 0
        seen.update(repr((entry, changed)).encode("utf-8", "surrogateescape"))
    try:
        for folder in (TOOL, *folders):
            for found in _files(folder):
                seen.update(repr(found).encode("utf-8", "surrogateescape"))
    except OSError:
        return None
    return seen.hexdigest()


def _files(folder: str) -> Iterator[tuple[str, int, int]]:
    """Each file of a package, with its time and size, in an order of its own."""
    pending = [folder]
    while pending:
        with os.scandir(pending.pop()) as scan:
            entries = sorted(scan, key=lambda entry: entry.name)
        for entry in entries:
            if entry.is_dir():
                if entry.name != "__pycache__":
                    pending.append(entry.path)
            elif entry.name.endswith(ENDINGS):
                status = entry.stat()
                yield entry.path, status.st_mtime_ns, status.st_size


def read(file: Path) -> tuple[tuple[RuleEntry, ...], str] | None:
    """The rules that the file remembers, and the fingerprint of all that was looked at.

    None if it is not there, not whole, or no longer true.
    """
    try:
        with open(file, encoding="utf-8") as stream:  # noqa: PTH123 - as fast as can be
            told = json.load(stream)
        if told["fingerprint"] != fingerprint(told["folders"]):
            return None
        return tuple(_entry(**entry) for entry in told["entries"]), told["fingerprint"]
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None


def folders_of(packages: Iterable[str]) -> list[str]:
    """Where the modules of these packages lie."""
    return [folder for name in sorted(packages) for folder in import_module(name).__path__]


def write(file: Path, entries: Iterable[RuleEntry], packages: Iterable[str]) -> None:
    """Remember the rules of these packages; a file that cannot be written is only a slower start."""
    from lambda_lint.engine.write import replace_bytes  # noqa: PLC0415 - seldom needed

    folders = folders_of(packages)
    seen = fingerprint(folders)
    if seen is None:
        return
    told = {"fingerprint": seen, "folders": folders, "entries": [_told(entry) for entry in entries]}
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        replace_bytes(file, json.dumps(told, separators=(",", ":")).encode())
    except OSError:
        return


def _told(entry: RuleEntry) -> dict[str, Any]:
    recorded = entry.recorded
    rule = None if recorded is None else {**vars(recorded), "options": _options_told(recorded.options)}
    return {"info": asdict(entry.info), "rule": rule, "always": entry.always, "ignorable": entry.ignorable}


def _options_told(options: tuple[OptionField, ...] | None) -> list[list[Any]] | None:
    if options is None:
        return None
    names = {kind: name for name, kind in KINDS.items()}
    return [[option.key, option.name, names[option.kind], option.default] for option in options]


def _entry(*, info: dict[str, Any], rule: dict[str, Any] | None, always: bool, ignorable: bool) -> RuleEntry:
    info["category"] = Category(info["category"])
    info["severity"] = Severity(info["severity"])
    info["fixable"] = tuple(map(Safety, info["fixable"]))
    if rule is None:
        return RuleEntry(RuleInfo(**info), None, always, ignorable)
    if rule["options"] is not None:
        rule["options"] = tuple(_option(*option) for option in rule["options"])
    return RuleEntry(RuleInfo(**info), Recorded(**rule), always, ignorable)


def _option(key: str, name: str, kind: str, default: Any) -> OptionField:
    return OptionField(key, name, KINDS[kind], tuple(default) if kind == "strings" else default)
