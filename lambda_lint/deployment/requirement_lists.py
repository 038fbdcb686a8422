"""Lists of requirements in pip's own format, with the files that they include."""

from __future__ import annotations

import posixpath
import re
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from lambda_lint.deployment.fact import Listed, Place
from lambda_lint.deployment.requirements import Requirement, Requirements, normalized
from lambda_lint.model.location import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MAX_FILES = 100
"""Files that one list includes."""
MAX_LINES = 20_000

_LINE = re.compile(r"(?:[^\r\n\\]|\\(?:\r\n|[\s\S]))*")
_CONTINUED = re.compile(r"\\\r?\n")
_COMMENT = re.compile(r"(?:^|(?<=\s))#[^\r\n]*")
_OPTION = re.compile(r"(?P<name>-[a-z]|--[a-z-]+)[ \t=]*(?P<value>.*)", re.DOTALL)
_OPTIONS = re.compile(r"\s--[a-z].*", re.DOTALL)
_REQUIREMENT = re.compile(
    r"""(?P<name>[A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?)[ \t]*
        (?:\[(?P<extras>[^\]]*)\][ \t]*)?
        (?:@[ \t]*(?P<url>\S+)
         |(?P<versions>\(?[ \t]*(?:===|==|~=|!=|<=|>=|<|>)[ \t]*[^\s,;)]+
            (?:[ \t]*,[ \t]*(?:===|==|~=|!=|<=|>=|<|>)[ \t]*[^\s,;)]+)*(?:[ \t]*\))?))?
        [ \t]*,?[ \t]*(?:;(?P<marker>.*))?""",
    re.VERBOSE | re.DOTALL,
)
_EGG = re.compile(r"[#&]egg=(?P<name>[A-Za-z0-9][\w.-]*)(?:\[(?P<extras>[^\]]*)\])?")
_WHEEL = re.compile(r"(?:^|/)(?P<name>[A-Za-z0-9]\w*(?:\.\w+)*)-[^/]*\.whl$")
_MARKED = re.compile(r"\b(?P<variable>[a-z_]+)\s*(?:===|==|~=|!=|<=|>=|<|>|\bin\b|\bnot\s+in\b)")
_HARMLESS = frozenset({"python_full_version", "python_version"})
_INCLUDES = frozenset({"-r", "--requirement"})
_CONSTRAINS = frozenset({"-c", "--constraint"})
_EDITABLE = frozenset({"-e", "--editable"})


class _Line(NamedTuple):
    """A line with those that continue it; comments and continuations are blanks."""

    start: int
    text: str


def read(path: str, text_of: Callable[[str], str | None]) -> Requirements:
    """What a list asks for, with what it includes; `text_of` gives the text of a file if it is there."""
    reader = _Reader(text_of)
    reader.read(path)
    items = tuple(reader.constrained(each) for each in reader.found)
    return Requirements(path, Listed(items, is_complete=reader.is_complete))


class _Reader:
    def __init__(self, text_of: Callable[[str], str | None]) -> None:
        self._text_of = text_of
        self.found: list[Requirement] = []
        self.is_complete = True
        self._constraints: dict[str, str] = {}

    def read(self, path: str) -> None:
        """Read a file, and what it includes, in turn."""
        pending = [(path, False)]
        seen: set[tuple[str, bool]] = set()
        while pending:
            place, constrains = pending.pop(0)
            if (place, constrains) in seen:
                continue
            seen.add((place, constrains))
            text = self._text_of(place)
            if text is None or len(seen) > MAX_FILES:
                # Constraints add no package.
                self.is_complete &= constrains
                continue
            for number, line in enumerate(_lines(text)):
                if number == MAX_LINES:
                    self.is_complete = False
                    break
                included = self._take(place, line, constrains=constrains)
                if included is not None:
                    pending.append(included)

    def _take(self, path: str, line: _Line, *, constrains: bool) -> tuple[str, bool] | None:
        """Note what a line asks for; or the file that it includes, and whether that is of constraints."""
        if line.text.startswith("-"):
            return self._option(path, line, constrains=constrains)
        requirement = requirement_in(line.text, path, line.start)
        if constrains:
            if requirement is not None and requirement.specifier:
                self._constraints.setdefault(requirement.name, requirement.specifier)
        elif requirement is None:
            self.is_complete = False
        else:
            self.found.append(requirement)
        return None

    def _option(self, path: str, line: _Line, *, constrains: bool) -> tuple[str, bool] | None:
        option = _OPTION.match(line.text)
        name = option["name"] if option else ""
        value = option["value"].strip().strip("\"'") if option else ""
        if name in _INCLUDES | _CONSTRAINS:
            if "://" in value:
                self.is_complete &= name in _CONSTRAINS
                return None
            named = posixpath.normpath(posixpath.join(posixpath.dirname(path), value))
            return named, constrains or name in _CONSTRAINS
        if name in _EDITABLE and option is not None:
            start = line.start + option.start("value")
            made = requirement_in(option["value"].strip(), path, start)
            # It may bring others along.
            self.is_complete &= constrains
            if made is not None and not constrains:
                self.found.append(made)
        return None

    def constrained(self, requirement: Requirement) -> Requirement:
        """A requirement with what the constraints say of it."""
        specifier = self._constraints.get(requirement.name)
        if specifier is None or requirement.url is not None:
            return requirement
        return replace(requirement, specifier=",".join(filter(None, (requirement.specifier, specifier))))


def _lines(text: str) -> Iterator[_Line]:
    """Yield what stands on each line; offsets in it are those in the file."""
    for match in _LINE.finditer(text):
        plain = _COMMENT.sub(lambda comment: " " * len(comment[0]), match[0])
        plain = _CONTINUED.sub(lambda continued: " " * len(continued[0]), plain)
        whole = plain.rstrip()
        stripped = whole.lstrip()
        if stripped:
            yield _Line(match.start() + len(whole) - len(stripped), stripped)


def requirement_in(text: str, path: str, start: int) -> Requirement | None:
    """The requirement that is written at an offset of a file; None if its name is not said."""
    options = _OPTIONS.search(text)
    body = (text[: options.start()] if options else text).rstrip()
    match = _REQUIREMENT.fullmatch(body)
    if match is None or match["name"].lower().endswith((".whl", ".zip")):
        return _by_place(body, path, start)
    marker = (match["marker"] or "").strip()
    end = next(match.end(group) for group in ("versions", "url", "extras", "name") if match[group])
    closing = match["extras"] and not match["versions"] and not match["url"]
    return Requirement(
        name=normalized(match["name"]),
        place=Place(path, Span(start, start + end + bool(closing))),
        specifier=re.sub(r"[\s()]", "", match["versions"] or ""),
        extras=_extras(match["extras"]),
        marker=marker,
        is_conditional=bool(marker) and not variables_of(marker) <= _HARMLESS,
        is_hashed=options is not None and "--hash" in options[0],
        url=match["url"],
    )


def _by_place(text: str, path: str, start: int) -> Requirement | None:
    """A requirement that says where it is: the name may be told by the way."""
    place = text.partition(" ")[0]
    match = _EGG.search(place) or _WHEEL.search(place.partition("#")[0])
    if match is None:
        return None
    extras = _extras(match["extras"]) if "extras" in match.groupdict() else ()
    span = Span(start, start + len(place))
    return Requirement(normalized(match["name"]), Place(path, span), extras=extras, url=place)


def _extras(text: str | None) -> tuple[str, ...]:
    return tuple(normalized(each) for each in re.split(r"[\s,]+", text or "") if each)


def variables_of(marker: str) -> set[str]:
    """The variables that an environment marker compares."""
    return {match["variable"] for match in _MARKED.finditer(marker)}
