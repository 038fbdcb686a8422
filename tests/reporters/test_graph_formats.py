"""Graphs of functions in each format: names are never taken for syntax."""

from __future__ import annotations

import json
import re

import pytest

from lambda_lint.reporters.escape import printable
from lambda_lint.reporters.graph import FUNCTION, RESOURCE, SERVICE, SOURCE, Edge, Graph, Node
from lambda_lint.reporters.graph_formats import (
    MERMAID_EDGES,
    as_json,
    dot,
    is_too_large,
    mermaid,
)

HOSTILE = (
    'a"]; click x "javascript:1"',
    "<script>alert(1)</script>",
    "end",
    "subgraph x",
    "%%{init: {}}%%",
    "a|b",
    "a --> b",
    "{{ }}",
    "`md`",
    "1. list",
    "1) list",
    "- list",
    "mystyle x:a'#39;",
    "classDef a:b#;",
    "$$x$$",
    "[x](y)",
    "**b** __b__ _i_ my_table",
    '\\n \\" \\',
    "a\nb\x1b[31m\u202e",
    "#quot; &lt;",
    "\u00e9\u6f22\U0001f600",
    "   indented",
    "\ud800",
    "",
    "x" * 300,
)
"""Names, each of which one of the formats could take for something else. What is expected of Mermaid and of
Graphviz was tried with both: Mermaid 11.17 and Graphviz 16.1 read all of this and show the names."""


def graph_with(name: str) -> Graph:
    nodes = tuple(Node(f"{kind}:{name}", kind, name, "s3") for kind in (FUNCTION, RESOURCE, SERVICE, SOURCE))
    return Graph(nodes, (Edge(nodes[0].id, nodes[1].id, "calls", (name, "b")),))


MERMAID_LINE = re.compile(
    r"flowchart LR"
    r'|  [frs]_\w*_[0-9a-f]{8}(?:\[|\(\[|\[\(|\{\{)"[^"#;<>&`|{}\\*$%\[\]]+"(?:\]|\]\)|\)\]|\}\})'
    r'|  [frs]_\w*_[0-9a-f]{8} -->(?:\|"[^"#;<>&`|{}\\*$%\[\]]+"\|)? [frs]_\w*_[0-9a-f]{8}',
    re.ASCII,
)
ENTITY = re.compile(r"#([0-9]+);")


@pytest.mark.parametrize("name", HOSTILE)
def test_mermaid_shows_names_as_they_are(name: str) -> None:
    text = mermaid(graph_with(name))
    for line in text.splitlines():
        assert MERMAID_LINE.fullmatch(ENTITY.sub("", re.sub(r"[^\x00-\x7f]", "x", line)).replace('""', '"x"'))
    labels = [ENTITY.sub(lambda match: chr(int(match[1])), found) for found in re.findall(r'"(.*)"', text)]
    shown = printable(name)
    assert [label.strip() for label in labels] == [
        each.strip() for each in (shown, f"s3: {shown}", shown, shown, f"{shown}, b")
    ]


def test_mermaid_is_not_led_astray_by_what_it_looks_for_first() -> None:
    """It takes the last sign from `style …: …#…;`, wherever that stands in a line."""
    text = mermaid(graph_with("mystyle x:a'#39;"))
    assert not re.search(r"style.*:\S*#.*;", text)
    assert "f_a_b" in (plain := mermaid(graph_with("a:b")))
    assert '["a:b"]' in plain


def test_ids_of_mermaid_are_words_that_stay() -> None:
    one, other = mermaid(graph_with("end")), mermaid(graph_with("other"))
    both = Graph(graph_with("end").nodes + graph_with("other").nodes, ())
    ids = re.compile(r"^  (\w+)", re.MULTILINE)
    assert ids.findall(mermaid(both)) == ids.findall(one)[:4] + ids.findall(other)[:4]
    assert len(set(ids.findall(mermaid(both)))) == 8


DOT_TEXT = re.compile(r'"((?:[^"\\\n]|\\["\\])*)"')


@pytest.mark.parametrize("name", HOSTILE)
def test_graphviz_shows_names_as_they_are(name: str) -> None:
    lines = dot(graph_with(name)).splitlines()
    assert (lines[0], lines[-1]) == ("digraph functions {", "}")
    shape = re.compile(
        r"  rankdir=LR;|  <>(?: -> <>)?(?: \[label=<>(?:, shape=(?:box|oval|cylinder|hexagon))?\])?;"
    )
    for line in lines[1:-1]:
        assert shape.fullmatch(DOT_TEXT.sub("<>", line))
    (ident, label), *_ = (DOT_TEXT.findall(line) for line in lines[2:3])
    plain = re.sub(r"\\(.)", r"\1", label).replace("&amp;", "&")
    assert plain == printable(name)
    assert ident.startswith("function:")


@pytest.mark.parametrize("name", HOSTILE)
def test_json_has_names_as_they_are(name: str) -> None:
    text = as_json(graph_with(name))
    assert text.isascii()
    found = json.loads(text)
    expected = name.replace("\ud800", "\\ud800")
    assert [node["name"] for node in found["nodes"]] == [expected] * 4
    assert found["edges"] == [
        {
            "from": f"function:{expected}",
            "to": f"resource:{expected}",
            "kind": "calls",
            "labels": [expected, "b"],
        }
    ]


def test_many_labels_are_cut_in_drawings_only() -> None:
    nodes = graph_with("a").nodes
    graph = Graph(nodes, (Edge(nodes[0].id, nodes[1].id, "calls", ("a", "b", "c", "d")),))
    assert '|"a, b, c, \N{HORIZONTAL ELLIPSIS}"|' in mermaid(graph)
    assert '[label="a, b, c, \N{HORIZONTAL ELLIPSIS}"]' in dot(graph)
    assert json.loads(as_json(graph))["edges"][0]["labels"] == ["a", "b", "c", "d"]
    bare = Graph(nodes, (Edge(nodes[0].id, nodes[1].id, "calls", ()),))
    assert f"  {_id(bare, 0)} --> {_id(bare, 1)}\n" in mermaid(bare)
    assert '"function:a" -> "resource:a";\n' in dot(bare)


def _id(graph: Graph, number: int) -> str:
    return mermaid(graph).splitlines()[number + 1].split("[")[0].strip()


def test_nothing_to_draw() -> None:
    empty = Graph((), ())
    assert mermaid(empty) == "flowchart LR\n"
    assert dot(empty) == "digraph functions {\n  rankdir=LR;\n}\n"
    assert json.loads(as_json(empty)) == {"version": 1, "nodes": [], "edges": []}


def test_what_is_too_large_for_mermaid() -> None:
    graph = graph_with("a")
    assert not is_too_large(graph, mermaid(graph))
    assert is_too_large(Graph(graph.nodes, graph.edges * (MERMAID_EDGES + 1)), "")
    assert is_too_large(graph, "x" * 50_001)
