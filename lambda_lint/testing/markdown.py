"""Markdown pages to sections and fenced blocks: only as much of Markdown as the cases need.

Fences are read line by line, so that a `#` inside a block is never taken for a heading.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

HEADING = re.compile(r"^ {0,3}(#{1,6})\s+(.*?)\s*#*\s*$")
FENCE = re.compile(r"^(?P<indent>[ \t]*)(?P<mark>`{3,}|~{3,})[ \t]*(?P<info>[^`]*)$")
LABEL = re.compile(r"^`(?P<name>[^`]+)`(?P<rest>[^`]*)$")
FIXED = re.compile(r"^[\s,(*_]*(?:fixed|after fixing)[\s):*_]*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block. `line` is the 1-based line of its first line of content in the page."""

    language: str
    name: str | None
    """From a line above such as `` `src/app.py`: ``."""
    fixed: bool
    """True when the info string or the line above says that this is the text after fixing."""
    text: str
    line: int
    indent: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with what stands under it, up to the next heading of any level."""

    title: str
    line: int
    blocks: tuple[Block, ...]
    remarks: tuple[str, ...] = ()
    """The texts of the HTML comments of one line."""


@dataclass(slots=True)
class _Draft:
    title: str
    line: int
    blocks: list[Block]
    remarks: list[str]
    label: str | None = None

    def finish(self) -> Section:
        return Section(self.title, self.line, tuple(self.blocks), tuple(self.remarks))


def sections(text: str) -> tuple[Section, ...]:
    """The page's sections in order. What stands before the first heading is a section without title."""
    lines = text.split("\n")
    drafts = [_Draft("", 1, [], [])]
    index = 0
    while index < len(lines):
        line = lines[index]
        draft = drafts[-1]
        index += 1
        if fence := FENCE.match(line):
            end = _closing(lines, index, fence["mark"])
            draft.blocks.append(_block(fence, lines[index:end], index + 1, draft.label))
            draft.label = None
            index = end + 1
        elif heading := HEADING.match(line):
            drafts.append(_Draft(heading[2], index, [], []))
        elif line.strip():
            draft.label = line.strip()
            if draft.label.startswith("<!--") and draft.label.endswith("-->"):
                draft.remarks.append(draft.label[4:-3].strip())
                draft.label = None
    return tuple(draft.finish() for draft in drafts)


def _closing(lines: list[str], start: int, mark: str) -> int:
    """The line that closes a fence; an unclosed one ends with the page, as Markdown has it."""
    for index in range(start, len(lines)):
        stripped = lines[index].strip()
        if len(stripped) >= len(mark) and not stripped.strip(mark[0]):
            return index
    return len(lines)


def _block(fence: re.Match[str], content: list[str], line: int, label: str | None) -> Block:
    indent = fence["indent"]
    words = fence["info"].split()
    language = words[0].lower() if words else ""
    name, fixed = _read_label(label)
    body = "".join(f"{text.removeprefix(indent)}\n" for text in content)
    return Block(language, name, fixed or "fixed" in words[1:], body, line, indent)


def _read_label(label: str | None) -> tuple[str | None, bool]:
    if label is None:
        return None, False
    if FIXED.match(label):
        return None, True
    match = LABEL.match(label)
    if match is None:
        return None, False
    rest = match["rest"].strip(" :")
    if rest and not FIXED.match(rest):
        return None, False
    return match["name"], bool(rest)
