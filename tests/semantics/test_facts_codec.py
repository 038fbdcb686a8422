"""Facts come back from bytes as they were, and damaged bytes raise one error."""

from __future__ import annotations

import contextlib
import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from lambda_code import PROJECTS

from lambda_lint.errors import LambdaLintError
from lambda_lint.semantics import facts as definitions
from lambda_lint.semantics.facts import (
    FACTS_VERSION,
    NOTHING,
    Attr,
    Binding,
    Call,
    Const,
    Either,
    Expr,
    Imported,
    Item,
    ModuleFacts,
    Opaque,
    Pairs,
    Ref,
    Scope,
    ScopeKind,
    Text,
    Within,
    version_of,
)
from lambda_lint.semantics.facts_codec import FactsError, decode, encode
from lambda_lint.semantics.lower import Lowered
from lambda_lint.semantics.made import Made
from lambda_lint.syntax.parse import parse
from lambda_lint.syntax.source import Source
from lambda_lint.testing import cases_of

ROOT = Path(__file__).parents[2]
PAGES = cases_of(ROOT / "rules", ROOT / "tests" / "rules", ROOT / "tests" / "semantics")
SLOW = settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large], max_examples=50)

texts = st.text(st.characters(codec=None) | st.sampled_from("\ud83d\ude00é\0"), max_size=5)
integers = st.integers() | st.sampled_from([2**63 - 1, 2**63, -(2**63), 0, 1])
scalars = st.none() | st.booleans() | integers | st.floats() | texts | st.binary(max_size=5)
expressions: st.SearchStrategy[Expr] = st.recursive(
    st.builds(Const, scalars)
    | st.builds(Ref, texts)
    | st.builds(Imported, texts, st.none() | texts, integers),
    lambda inner: st.one_of(
        st.builds(Attr, inner, texts),
        st.builds(Item, inner, inner),
        st.builds(Text, st.lists(inner, max_size=3).map(tuple), st.booleans()),
        st.builds(Pairs, st.lists(st.tuples(st.none() | inner, inner), max_size=3).map(tuple)),
        st.builds(Either, st.lists(inner, max_size=3).map(tuple), st.none() | inner),
        st.builds(Opaque, st.lists(inner, max_size=3).map(tuple), st.none() | st.sampled_from(Made)),
        st.builds(Within, integers, inner),
    ),
    max_leaves=6,
)


def module_of(expr: Expr, name: str = "a") -> ModuleFacts:
    """Facts with this expression and this name in different places."""
    binding = Binding(expr, 1, True, 0, 5, tests=(expr, NOTHING), inner_loops=((1, 2), (3, 4)))
    function = Scope(1, ScopeKind.FUNCTION, name, name, 0, 1, 2, 5, returns=((expr, 3),), is_async=True)
    module = Scope(0, ScopeKind.MODULE, "", "", None, 0, 0, 9, bindings={name: (binding,), "b": ()})
    call = Call(0, expr, (), 4, True, False, (expr,), decorates=0)
    outer = replace(function, outer_names={name: True, "c": False}, fields=(name,), metaclass=expr)
    return ModuleFacts(
        name, (module, function, outer), (call,), (), (), (), (), (Imported(name, "*", 2),), ()
    )


EXAMPLE = module_of(Attr(Const(1), "b"))


def lowered(path: str, text: str) -> ModuleFacts:
    return Lowered(path, parse(Source(path, text))).facts


def assert_same(facts: ModuleFacts) -> None:
    data = encode(facts)
    back = decode(data)
    # By their texts: `1 == True`, and no `nan` is equal to itself.
    assert repr(back) == repr(facts)
    assert encode(back) == data


@SLOW
@given(expressions, texts)
@example(Item(Const(True), Item(Const(1), Const(1.0))), "a")
@example(Item(Const(-0.0), Item(Const(0.0), Const(0))), "\ud83d\ude00")
@example(Const("\ud83d\ude00"), "\U0001f600")
@example(Const(float("nan")), "a")
def test_any_facts_come_back(expr: Expr, name: str) -> None:
    assert_same(module_of(expr, name))


@SLOW
@given(PROJECTS)
def test_facts_of_any_project_come_back(files: dict[str, str]) -> None:
    for path, text in files.items():
        with contextlib.suppress(LambdaLintError):
            assert_same(lowered(path, text))


def test_facts_of_pages_come_back() -> None:
    files = {file.text: file.path for case in PAGES for file in case.files if file.path.endswith(".py")}
    assert len(files) > len(PAGES) / 2
    for text, path in files.items():
        with contextlib.suppress(LambdaLintError):
            assert_same(lowered(path, text))


def test_depth_does_not_matter() -> None:
    expr: Expr = Ref("a")
    for _ in range(5000):
        expr = Attr(expr, "b")
    found: Any = decode(encode(module_of(expr))).calls[0].func
    depth = 0
    while isinstance(found, Attr):
        found, depth = found.base, depth + 1
    assert (found, depth) == (Ref("a"), 5000)


@pytest.mark.parametrize("sign", [1, -1])
def test_numbers_may_be_too_long_to_print(sign: int) -> None:
    facts = module_of(Const(sign * 10**5000))
    assert decode(encode(facts)) == facts


def test_equal_parts_are_one_object() -> None:
    pair: Any = decode(encode(module_of(Item(Attr(Ref("a"), "b"), Attr(Ref("a"), "b"))))).calls[0].func
    assert pair.base is pair.key


@pytest.mark.parametrize(
    "data",
    [b"", b"\xff", b"[]", b"{}", b"null", b"[" * 100_000, b"1" * 5000, b'["%s"]' % FACTS_VERSION.encode()],
    ids=["nothing", "no text", "list", "dict", "null", "deep", "long number", "short"],
)
def test_other_bytes_are_refused(data: bytes) -> None:
    with pytest.raises(FactsError, match="damaged"):
        decode(data)


def test_other_versions_are_refused() -> None:
    document = json.loads(encode(EXAMPLE))
    document[0] = "0-0"
    with pytest.raises(FactsError, match="version 0-0"):
        decode(json.dumps(document).encode())


def places(value: Any, path: tuple[int, ...] = ()) -> list[tuple[int, ...]]:
    found = [path] if path else []
    for index, each in enumerate(value if isinstance(value, list) else ()):
        found += places(each, (*path, index))
    return found


def changed(document: Any, path: tuple[int, ...], value: Any) -> bytes:
    copy = json.loads(json.dumps(document))
    around = copy
    for index in path[:-1]:
        around = around[index]
    around[path[-1]] = value
    return json.dumps(copy).encode()


def assert_typed(value: Any, kind: type) -> None:
    assert type(value) is kind


@pytest.mark.parametrize("value", [None, "x", 1.5, [], {}, [[]], 10**9, -(10**9), True, ["\u1234"]], ids=repr)
def test_a_changed_value_is_refused_or_of_the_right_type(value: Any) -> None:
    document = json.loads(encode(EXAMPLE))
    refused = 0
    for path in places(document):
        try:
            found = decode(changed(document, path, value))
        except FactsError:
            refused += 1
            continue
        assert_typed(found, ModuleFacts)
        for scope in found.scopes:
            assert_typed(scope.index, int)
            assert_typed(scope.name, str)
            assert_typed(scope.is_async, bool)
        for call in found.calls:
            assert type(call.func) in (Attr, Const)
            assert_typed(call.order, int)
    assert refused


@SLOW
@given(st.integers(0, 10_000), st.integers(0, 255))
def test_a_changed_byte_never_crashes(place: int, byte: int) -> None:
    data = bytearray(encode(EXAMPLE))
    data[place % len(data)] = byte
    try:
        found = decode(bytes(data))
    except FactsError:
        return
    assert_typed(found, ModuleFacts)


def test_the_version_follows_the_fields(monkeypatch: pytest.MonkeyPatch) -> None:
    names = vars(definitions)
    assert version_of(names) == FACTS_VERSION

    @dataclass
    class Ref:
        name: str
        extra: int

    assert version_of({**names, "Ref": Ref}) != FACTS_VERSION
    monkeypatch.setattr(definitions, "MEANING", -1)
    assert version_of(names) != FACTS_VERSION
