import dataclasses
import inspect

import libcst as cst
import pytest

from lambda_lint.syntax.fields import CHILDREN, child_fields, is_trivia
from lambda_lint.syntax.tree import Tree


def node_classes() -> list[type[cst.CSTNode]]:
    found = [
        value
        for value in vars(cst).values()
        if inspect.isclass(value) and issubclass(value, cst.CSTNode) and not inspect.isabstract(value)
    ]
    return sorted(set(found), key=lambda kind: kind.__name__)


VALUE_IS_DATA = frozenset(
    {
        "Comment", "Float", "FormattedStringText", "Imaginary", "Integer", "Name", "Newline", "NotEqual",
        "SimpleString", "SimpleWhitespace", "TemplatedStringText",
    }
)  # fmt: skip


@pytest.mark.parametrize("kind", node_classes(), ids=lambda kind: kind.__name__)
def test_every_field_of_libcst_is_in_the_table(kind: type[cst.CSTNode]) -> None:
    fields = {field.name for field in dataclasses.fields(kind)}
    children = set(CHILDREN.get(kind.__name__, ()))
    left_out = {name for name in fields - children if not is_trivia(name)}
    assert children <= fields
    assert left_out == ({"value"} if kind.__name__ in VALUE_IS_DATA else set())


@pytest.mark.parametrize("kind", node_classes(), ids=lambda kind: kind.__name__)
def test_no_field_with_a_child_is_left_out(kind: type[cst.CSTNode]) -> None:
    """Whatever is not walked holds only white space, punctuation, operators or texts."""
    children = child_fields(kind)
    for field in dataclasses.fields(kind):
        if field.name not in children:
            said = str(field.type)
            for word in (
                "BaseExpression",
                "BaseStatement",
                "BaseSmallStatement",
                "BaseSuite",
                "Name]",
                "Param]",
            ):
                assert word not in said, (field.name, said)


FIRST, OTHERS = cst.Name("a"), (cst.Name("b"), cst.Name("c"))


def test_a_node_of_a_later_libcst_is_walked_by_its_fields() -> None:
    @dataclasses.dataclass(frozen=True)
    class Novelty(cst.Pass):
        header: tuple[cst.EmptyLine, ...] = ()
        value: cst.Name = FIRST
        others: tuple[cst.Name, ...] = OTHERS
        note: str = "d"

    assert child_fields(Novelty) == ("value", "others", "note")
    tree = Tree(cst.Module([cst.SimpleStatementLine([Novelty(header=(cst.EmptyLine(),))])]))
    assert [name.value for name in tree.of_type(cst.Name)] == ["a", "b", "c"]
    assert tree.of_type(cst.EmptyLine) == []


def names_in_order(code: str) -> str:
    tree = Tree(cst.parse_module(code))
    return " ".join(name.value for name in tree.of_type(cst.Name))


@pytest.mark.parametrize(
    "code",
    [
        "a(*b, c=d, **e)",
        "try: a\nexcept b as c: d\nelse: e\nfinally: f",
        "try: a\nexcept* b as c: d",
        "match a:\n  case [b, *c] if d: e\n  case {f.g: h, **i}: j\n  case k(l, m=n) | (o as p): q",
        "@a\n@b\ndef c[d: e, *f, **g](h, i: j = k, /, l=m, *n, o=p, **q) -> r: s",
        "@a\nclass b[c = d](e, f=g): h",
        "x = a if b else c",
        "x = [a for b in c if d if e for f in g]",
        "x = {a: b for c in d}",
        "x = {a: b, **c}",
        "lambda a, *b, c=d: e",
        "type a[b] = c",
        "x = f'{a!r:{b}}{c}'",
        "x = t'{a:{b}}'",
        "a[b:c:d, e]",
        "with a as b, c: d",
        "for a in b: c\nelse: d",
        "while a: b\nelse: c",
        "import a.b as c, d",
        "from a.b import c as d",
        "lazy import a as b",
        "lazy from a import b",
        "a: b = c",
        "a = b = c",
        "a += b",
        "assert a, b",
        "raise a from b",
        "del a, b",
        "async def a(): await b; yield c; yield from d; return e",
        "a < b is not c",
        "not a and b or -c",
        "(a := b)",
        "global a, b",
        "[*a, {b, *c}, (d, e)]",
        "if a: b\nelif c: d\nelse: e",
    ],
)
def test_nodes_stand_in_source_order(code: str) -> None:
    letters = [character for character in names_in_order(code) if character in "abcdefghijklmnopqrs"]
    assert letters == sorted(letters)
    assert len(letters) == len(set(letters)) >= 2


def test_neighbors_of_a_node() -> None:
    tree = Tree(cst.parse_module("def f():\n    return g(1)\n"))
    (call,), (function,) = tree.of_type(cst.Call), tree.of_type(cst.FunctionDef)
    assert tree.parent(tree.module) is None
    assert [type(node) for node in tree.ancestors(call)] == [
        cst.Return,
        cst.SimpleStatementLine,
        cst.IndentedBlock,
        cst.FunctionDef,
        cst.Module,
    ]
    assert tree.of_type(cst.Lambda) == []
    assert [tree.order[node] for node in tree.nodes] == list(range(len(tree.nodes)))
    assert list(tree.subtree(function)) == tree.nodes[1:]
    assert [type(node) for node in tree.subtree(call)] == [cst.Call, cst.Name, cst.Arg, cst.Integer]


def test_very_deep_code_is_walked() -> None:
    deep: cst.BaseExpression = cst.Name("a")
    for _ in range(20_000):
        deep = cst.Attribute(deep, cst.Name("b"))
    tree = Tree(cst.Module([cst.SimpleStatementLine([cst.Expr(deep)])]))
    assert len(tree.of_type(cst.Attribute)) == 20_000
    assert sum(1 for _ in tree.subtree(tree.module)) == len(tree.nodes)
