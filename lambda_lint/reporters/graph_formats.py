"""Graphs of functions, written as a flowchart of Mermaid, in the language of Graphviz, or as JSON.

What names say is never taken for syntax: each format has its own escapes, and every character that one does
not need to leave alone is escaped. Sources: https://mermaid.js.org/syntax/flowchart.html (entity codes),
https://mermaid.js.org/config/schema-docs/config.html, https://graphviz.org/doc/info/lang.html; 2026-11.
"""

from __future__ import annotations

import re
from hashlib import sha256
from typing import TYPE_CHECKING

from lambda_lint.reporters.encode import encode
from lambda_lint.reporters.escape import printable
from lambda_lint.reporters.graph import FUNCTION, RESOURCE, SERVICE, SOURCE
from lambda_lint.reporters.json import location_data

if TYPE_CHECKING:
    from collections.abc import Callable

    from lambda_lint.reporters.graph import Edge, Graph, Node

VERSION = 1
MOST_LABELS = 3
"""How many labels an edge shows in a drawing."""
MERMAID_EDGES, MERMAID_CHARACTERS = 500, 50_000
"""What Mermaid draws at most, unless it is configured otherwise; on GitHub it is not."""

_MERMAID_SHAPES = {SOURCE: ("([", "])"), FUNCTION: ("[", "]"), RESOURCE: ("[(", ")]"), SERVICE: ("{{", "}}")}
_DOT_SHAPES = {SOURCE: "oval", FUNCTION: "box", RESOURCE: "cylinder", SERVICE: "hexagon"}
_NO_WORD = re.compile(r"[^A-Za-z0-9]+")
_MERMAID_PLAIN = re.compile(
    r"[^\W_]|(?<=[^\W_])[-_.](?=[^\W_])|(?<!^) (?=\S)|[(,/\N{HORIZONTAL ELLIPSIS}]|\)(?! )"
)
"""What Mermaid shows as it is: letters, digits, signs within words, and those that begin nothing."""
_MERMAID_RIDDLES = ("style", "classDef")
"""Before it reads anything, Mermaid looks for these with a colon after them, and takes what follows apart."""


def mermaid(graph: Graph) -> str:
    """A flowchart, as GitHub draws it in a block ```mermaid."""
    names = {node.id: _identifier(node) for node in graph.nodes}
    lines = ["flowchart LR"]
    for node in graph.nodes:
        opening, closing = _MERMAID_SHAPES[node.kind]
        lines.append(f'  {names[node.id]}{opening}"{_mermaid_text(node.label)}"{closing}')
    for edge in graph.edges:
        label = _label(edge)
        shown = f'|"{_mermaid_text(label)}"|' if label else ""
        lines.append(f"  {names[edge.start]} -->{shown} {names[edge.end]}")
    return "".join(f"{line}\n" for line in lines)


def dot(graph: Graph) -> str:
    """A graph for Graphviz."""
    lines = ["digraph functions {", "  rankdir=LR;"]
    lines += (
        f"  {_dot_text(node.id)} [label={_dot_text(node.label)}, shape={_DOT_SHAPES[node.kind]}];"
        for node in graph.nodes
    )
    for edge in graph.edges:
        label = _label(edge)
        shown = f" [label={_dot_text(label)}]" if label else ""
        lines.append(f"  {_dot_text(edge.start)} -> {_dot_text(edge.end)}{shown};")
    return "".join(f"{line}\n" for line in [*lines, "}"])


def as_json(graph: Graph) -> str:
    """Nodes and edges as data."""
    nodes = [
        {
            "id": node.id,
            "kind": node.kind,
            "name": node.name,
            "service": node.service,
            "template": node.template,
            "location": node.location and location_data(node.location),
        }
        for node in graph.nodes
    ]
    edges = [
        {"from": edge.start, "to": edge.end, "kind": edge.kind, "labels": list(edge.labels)}
        for edge in graph.edges
    ]
    return encode({"version": VERSION, "nodes": nodes, "edges": edges}, indent=2) + "\n"


WRITERS: dict[str, Callable[[Graph], str]] = {"mermaid": mermaid, "dot": dot, "json": as_json}


def is_too_large(graph: Graph, text: str) -> bool:
    """Whether Mermaid refuses to draw it."""
    return len(graph.edges) > MERMAID_EDGES or len(text) > MERMAID_CHARACTERS


def _label(edge: Edge) -> str:
    more = ", \N{HORIZONTAL ELLIPSIS}" if len(edge.labels) > MOST_LABELS else ""
    return ", ".join(edge.labels[:MOST_LABELS]) + more


def _identifier(node: Node) -> str:
    """A word of its own, which begins with no word of the language."""
    word = _NO_WORD.sub("_", node.name).strip("_")[:30]
    return f"{node.kind[0]}_{word}_{sha256(node.id.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}"


def _mermaid_text(text: str) -> str:
    # An empty text is an error of syntax.
    plain = printable(text) if text.strip() else "\N{NO-BREAK SPACE}"
    keeps_colons = not any(word in plain for word in _MERMAID_RIDDLES)
    return "".join(
        character
        if _MERMAID_PLAIN.match(plain, at) or (character == ":" and keeps_colons)
        else f"#{ord(character)};"
        for at, character in enumerate(plain)
    )


def _dot_text(text: str) -> str:
    """A text in quotes, in which neither escapes nor entities mean anything."""
    plain = printable(text).replace("&", "&amp;").replace("\\", "\\\\").replace('"', '\\"')
    return f'"{plain}"'
