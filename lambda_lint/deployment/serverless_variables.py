"""Variables of the Serverless Framework: `${self:…}`, `${opt:…, 'default'}`, `${file(…):…}`, …

What a variable stands for takes its place, with the place of the variable if it comes from another file. What
only the deployment knows stays as it is in a text, and becomes an unknown value where it stands alone.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lambda_lint.deployment.claims import DEFAULT_STAGE
from lambda_lint.deployment.document import PLAIN_TAGS, Entry, Mapping, Scalar, Sequence, Value
from lambda_lint.errors import TemplateError

if TYPE_CHECKING:
    from lambda_lint.deployment.files import Files
    from lambda_lint.model.location import Span

MAX_DEPTH = 60
"""Levels of values and of variables in variables that are followed."""
MAX_NESTED = 10
"""Variables in variables of one text."""
MAX_VARIABLE = 1_000
"""Characters of one variable."""
MAX_MADE = 100_000
"""Values, and tens of characters, that variables may make of one template."""

UNKNOWN_TAG = "!Unknown"

_INNERMOST = re.compile(r"\$\{([^${}]*)\}")
_SPLIT = re.compile(r"""\s*("[^"]*"|'[^']*'|(?:\([^)]*\)|[^,('"])+)\s*(?:,|$)""")
_FILE = re.compile(r"file\(\s*([^)]*?)\s*\)(?::(.*))?", re.DOTALL)
_CALL = re.compile(r"strToBool\((.*)\)", re.DOTALL)
_SOURCE = re.compile(r"(?P<source>[A-Za-z]\w*(?:\([^)]*\))?):(?P<address>(?!:).*)", re.DOTALL)
# Characters for private use stand for what is not replaced.
_HELD, _HELD_END = "\ue000", "\ue001"
_HOLDER = re.compile(f"{_HELD}([0-9]+){_HELD_END}")


@dataclass(slots=True)
class Variables:
    """Values of one service with its variables replaced."""

    root: Value
    path: str
    files: Files
    _made: dict[tuple[Value, Span | None], Value] = field(default_factory=dict)
    _open: set[tuple[Value, Span | None]] = field(default_factory=set)
    _spent: int = 0

    def expanded(self, value: Value, at: Span | None = None, depth: int = 0) -> Value:
        """The value without variables, as far as they are known; with the place `at` if it is given."""
        key = (value, at)
        if key in self._made:
            return self._made[key]
        if depth > MAX_DEPTH or key in self._open:
            return unknown(at or value.span)
        self._spend(1)
        self._open.add(key)
        made = self._expand(value, at, depth)
        self._open.discard(key)
        self._made[key] = made
        return made

    def _spend(self, work: int) -> None:
        self._spent += work
        if self._spent > MAX_MADE:
            raise TemplateError("variables make far more of this template than it holds")

    def _expand(self, value: Value, at: Span | None, depth: int) -> Value:
        span = at or value.span
        match value:
            case Scalar(text=str(text)) if "${" in text and _HELD not in text:
                return self._scalar(value, text, span, at, depth)
            case Scalar():
                return value if at is None else Scalar(span, value.tag, value.text, value.style)
            case Sequence(items=items):
                return Sequence(span, value.tag, tuple(self.expanded(item, at, depth + 1) for item in items))
            case Mapping(entries=entries):
                made = {
                    name: Entry(_moved(entry.key, at), self.expanded(entry.value, at, depth + 1))
                    for name, entry in entries.items()
                }
                return Mapping(span, value.tag, made)
        return value  # pragma: no cover - there are no other values

    def _scalar(self, value: Scalar, text: str, span: Span, at: Span | None, depth: int) -> Value:
        whole = _INNERMOST.fullmatch(text)
        if whole is not None and value.tag in PLAIN_TAGS:
            found = self._variable(whole[1], span, at, depth)
            if found is not None:
                return found
        held: list[str] = []

        def replaced(match: re.Match[str]) -> str:
            found = self._variable(match[1], span, at, depth)
            if isinstance(found, Scalar) and found.tag in PLAIN_TAGS:
                return found.text or ""
            held.append(match[0])
            return f"{_HELD}{len(held) - 1}{_HELD_END}"

        for _ in range(MAX_NESTED):
            self._spend(1 + len(text) // 10)
            before, text = text, _INNERMOST.sub(replaced, text)
            if text == before:
                break
            whole = _INNERMOST.fullmatch(text)
            if whole is not None and value.tag in PLAIN_TAGS and not held:
                # What was in it told which variable it is.
                return self.expanded(Scalar(span, value.tag, text, value.style), at, depth + 1)
        return self._put_back(value, text, held, span)

    def _put_back(self, value: Scalar, text: str, held: list[str], span: Span) -> Value:
        if all(each.startswith("${AWS::") for each in held):
            tag = value.tag
        elif any(_HELD in each for each in held):
            return unknown(span)
        elif value.tag in PLAIN_TAGS:
            if _HOLDER.fullmatch(text):
                return unknown(span)
            # As a reference to something outside: two texts that have the same one are equal.
            tag = "!Sub"
        else:
            tag = value.tag
        text = _HOLDER.sub(lambda holder: held[int(holder[1])], text)
        return Scalar(span, tag, text, value.style)

    def _variable(self, content: str, span: Span, at: Span | None, depth: int) -> Value | None:
        """What a variable stands for; None if nobody knows, or if it is none of the framework's."""
        if (
            not content
            or len(content) > MAX_VARIABLE
            or content.startswith(("AWS::", "!"))
            or _HELD in content
            or "::" in content
        ):
            return None
        sources = [match[1].strip() for match in _SPLIT.finditer(content)]
        if (
            len(sources) <= 1
            and not _SOURCE.match(content)
            and not content.startswith(("file(", "strToBool("))
        ):
            # What `Fn::Sub` replaces.
            return None
        for source in sources:
            found = self._source(source, span, at, depth + 1)
            if found is not None and not (isinstance(found, Scalar) and found.text is None and not found.tag):
                return found
        return None

    def _source(self, source: str, span: Span, at: Span | None, depth: int) -> Value | None:
        if source[:1] in {"'", '"'}:
            return Scalar(span, "", source[1:-1], '"')
        if call := _CALL.fullmatch(source):
            return self._source(call[1].split(",")[0].strip(), span, at, depth)
        if file := _FILE.fullmatch(source):
            return self._file(file[1], file[2] or "", span, depth)
        named = _SOURCE.fullmatch(source)
        if named is None:
            return Scalar(span, "", source, "") if source else None
        address = named["address"].strip()
        match named["source"]:
            case "self":
                return self._below(self.root, address, at, depth)
            case "sls" if address == "stage":
                return self._stage(span, depth)
            case "param":
                stage = self._stage(span, depth)
                stages = [stage.text or ""] if isinstance(stage, Scalar) else []
                for name in (*stages, "default"):
                    for place in (f"params.{name}.{address}", f"stages.{name}.params.{address}"):
                        found = self._below(self.root, place, at, depth)
                        if found is not None:
                            return found
        return None

    def _stage(self, span: Span, depth: int) -> Value:
        stage = self._below(self.root, "provider.stage", None, depth)
        return stage or Scalar(span, "", DEFAULT_STAGE, "")

    def _file(self, name: str, address: str, span: Span, depth: int) -> Value | None:
        path = posixpath.normpath(posixpath.join(posixpath.dirname(self.path), name.strip("'\"")))
        if not path.endswith((".yml", ".yaml", ".json")):
            return None
        documents = self.files.documents(path)
        return self._below(documents[0], address, span, depth) if documents else None

    def _below(self, value: Value, address: str, at: Span | None, depth: int) -> Value | None:
        """What stands at a dotted address, with variables on the way to it replaced."""
        found: Value | None = value
        for step in address.split(".") if address else ():
            if isinstance(found, Scalar) and "${" in (found.text or ""):
                found = self.expanded(found, at, depth)
            match found:
                case Mapping(entries=entries):
                    found = entries[step].value if step in entries else None
                case Sequence(items=items) if step.isdecimal() and len(step) < 6 and int(step) < len(items):
                    found = items[int(step)]
                case _:
                    return None
        return None if found is None else self.expanded(found, at, depth)


def unknown(span: Span) -> Scalar:
    """A value that only the deployment knows."""
    return Scalar(span, UNKNOWN_TAG, None, "")


def _moved(key: Scalar, at: Span | None) -> Scalar:
    return key if at is None else Scalar(at, key.tag, key.text, key.style)
