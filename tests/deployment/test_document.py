from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from lambda_lint.deployment.document import MAX_DEPTH, MAX_MERGED, MAX_VALUES, Mapping, Scalar, Value, parse
from lambda_lint.errors import TemplateError

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(params=["C", "Python"])
def _each_parser(request: pytest.FixtureRequest) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        if request.param == "Python":
            patch.delattr(yaml, "CSafeLoader", raising=False)
        yield


each_parser = pytest.mark.usefixtures("_each_parser")


def only(text: str) -> Value:
    (document,) = parse(text)
    return document


def failure(text: str) -> TemplateError:
    with pytest.raises(TemplateError) as caught:
        parse(text)
    return caught.value


def shown(text: str, *path: str) -> str:
    value = only(text).get(*path)
    assert value is not None
    return text[value.span.start : value.span.end]


def scalar(document: Value, *path: str) -> str | None:
    value = document.get(*path)
    assert isinstance(value, Scalar)
    return value.text


@each_parser
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_spans_count_code_points(newline: str) -> None:
    text = newline.join(["# 😀 é", "a: 😀b", "c:", "  - 'd😀'", "  - !Ref e", 'f: "g"', ""])
    assert shown(text, "a") == "😀b"
    assert shown(text, "f") == '"g"'
    sequence = only(text).get("c")
    assert sequence is not None
    assert [text[item.span.start : item.span.end] for item in sequence.children] == ["'d😀'", "!Ref e"]
    assert [item.tag for item in sequence.children] == ["", "!Ref"]
    # A block collection ends with its last item, not where the next key begins.
    assert shown(text, "c").endswith("!Ref e")


@each_parser
def test_flow_collections_end_with_their_bracket() -> None:
    assert shown("a: {b: [c ] }\nd: 1", "a") == "{b: [c ] }"
    assert shown("a: {b: [c ] }\nd: 1", "a", "b") == "[c ]"


@each_parser
@pytest.mark.parametrize("null", ["", "~", "null", "Null", "NULL"])
def test_null_has_no_text(null: str) -> None:
    assert scalar(only(f"a: {null}\nb: '{null}'"), "a") is None
    assert scalar(only(f"a: {null}\nb: '{null}'"), "b") == null


@each_parser
def test_the_last_duplicate_key_wins() -> None:
    assert scalar(only("a: 1\nb: 2\na: 3"), "a") == "3"


def test_odd_keys_are_left_out() -> None:
    document = only("{[a]: 1, ~: 2, b: 3}")
    assert isinstance(document, Mapping)
    assert list(document.entries) == ["b"]


def test_a_path_through_something_else_finds_nothing() -> None:
    assert only("a: [1]").get("a", "b") is None
    assert only("a: {b: 1}").get("a", "c") is None


@each_parser
def test_merges_fill_in_what_the_mapping_does_not_say() -> None:
    document = only(
        "a: &a {x: 1, y: 1}\nb: &b {y: 2, z: 2}\nc: {<<: [*a, *b, 7], x: 3}\nd:\n  <<: *a\n  z: 4"
    )
    assert [scalar(document, "c", key) for key in "xyz"] == ["3", "1", "2"]
    assert [scalar(document, "d", key) for key in "xyz"] == ["1", "1", "4"]
    assert scalar(only("a: {'<<': {x: 1}}"), "a", "<<", "x") == "1"


@each_parser
def test_an_alias_is_its_anchor() -> None:
    document = only("a: &a {x: 1}\nb: *a")
    assert document.get("a") is document.get("b")


def test_walking_visits_what_is_shared_once() -> None:
    lines = ["l0: &l0 x", *(f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 9)}]" for n in range(1, 60))]
    last = only("\n".join(lines)).get("l59")
    assert last is not None
    assert len(list(last.walk())) == 60


@each_parser
def test_several_documents() -> None:
    assert [scalar(document, "a") for document in parse("a: 1\n---\na: 2\n")] == ["1", "2"]
    assert parse("") == ()


@pytest.mark.parametrize("text", ["a: *a", "a: &a [*a]", "a: &a 1\n---\nb: *a"])
def test_an_alias_without_an_anchor_before(text: str) -> None:
    error = failure(text)
    assert str(error) == "alias `a` has no anchor before"
    assert text[error.offset] == "*"


@each_parser
def test_json() -> None:
    text = '{\n\t"a":\t{"b": [true, "\\/", "\\ud83d\\ude00", "\\\\ud83d"]},\n\t"c": "x"}'
    assert shown(text, "c") == '"x"'
    items = only(text).get("a", "b")
    assert items is not None
    found = [item.text for item in items.children if isinstance(item, Scalar)]
    assert found == ["true", "/", "\ufffd\ufffd", "\\ud83d"]


@each_parser
@pytest.mark.parametrize(
    ("text", "offset"),
    [("a: 😀\nb: c: d", 9), ("a: [1, 2", 8), ("😀: \x07", 3), ("a:\n\tb: 1", 3), ("a: {b", 5)],
)
def test_what_is_broken_is_said_with_its_offset(text: str, offset: int) -> None:
    error = failure(text)
    assert error.offset == offset
    assert str(error)
    assert str(error)[0].islower()
    assert "\n" not in str(error)


@each_parser
@pytest.mark.parametrize(
    "text", ['"\\UFFFFFFFF"', '"\\U00110000"', "%YAML 1." + "1" * 5000 + "\n--- a", '"\\ud800"']
)
def test_numbers_that_no_character_has(text: str) -> None:
    assert str(failure(text))


@each_parser
@pytest.mark.parametrize("text", ["[" * 5000, "{a: " * 5000, "- " * 5000, "? " * 5000, "a: [\n" * 300])
def test_deep_nesting_is_refused(text: str) -> None:
    assert str(failure(text)) == f"nested deeper than {MAX_DEPTH} levels"


def test_depth_at_the_limit_is_read() -> None:
    assert len(list(only("[" * MAX_DEPTH + "]" * MAX_DEPTH).walk())) == MAX_DEPTH


def test_too_many_values_are_refused() -> None:
    assert str(failure("[" + "1," * MAX_VALUES + "1]")) == f"more than {MAX_VALUES} values"


def test_too_many_merged_entries_are_refused() -> None:
    lines = ["k0: &k0 {a0: 1}", *(f"k{n}: &k{n} {{a{n}: 1, <<: *k{n - 1}}}" for n in range(1, 1000))]
    assert str(failure("\n".join(lines))) == f"`<<` merges more than {MAX_MERGED} entries"


@given(
    st.recursive(
        st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\ufeff")),
        lambda values: st.lists(values, max_size=3) | st.dictionaries(st.text("abc😀"), values, max_size=3),
        max_leaves=8,
    ),
    st.sampled_from(["\n", "\r\n"]),
    st.booleans(),
)
def test_both_parsers_agree(value: object, newline: str, flow: bool) -> None:
    text = yaml.safe_dump({"a": value}, allow_unicode=True, default_flow_style=flow, line_break=newline)
    with pytest.MonkeyPatch.context() as patch:
        patch.delattr(yaml, "CSafeLoader", raising=False)
        slow = [(type(part), part.span, part.tag) for part in only(text).walk()]
    assert [(type(part), part.span, part.tag) for part in only(text).walk()] == slow
