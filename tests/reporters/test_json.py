from __future__ import annotations

import json
from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any

import pytest

from lambda_lint.model.finding import Finding, Result
from lambda_lint.model.fix import Edit, Fix
from lambda_lint.model.labels import Category, Confidence, Origin, Safety, Severity, Silencer
from lambda_lint.model.location import Span
from lambda_lint.reporters.style import Style

if TYPE_CHECKING:
    from collections.abc import Callable

    from jsonschema import Draft202012Validator

EVERYTHING = Style(show_suppressed=True)


@pytest.fixture
def definitions(schema: Draft202012Validator) -> dict[str, Any]:
    assert isinstance(schema.schema, dict)
    found: dict[str, Any] = schema.schema["$defs"]
    return found


@pytest.mark.parametrize("style", [Style(), EVERYTHING])
def test_the_schema_describes_the_output(
    style: Style, orders: Result, render: Callable[..., str], schema: Draft202012Validator
) -> None:
    schema.validate(json.loads(render("json", orders, style)))
    for line in render("json-lines", orders, style).splitlines():
        schema.validate(json.loads(line))


def test_the_schema_is_one_and_strict(
    schema: Draft202012Validator, clean: Result, render: Callable[..., str]
) -> None:
    schema.check_schema(schema.schema)
    document = json.loads(render("json", clean))
    assert schema.is_valid(document)
    assert not schema.is_valid({**document, "version": 2})
    assert not schema.is_valid({**document, "more": 1})
    assert not schema.is_valid({key: value for key, value in document.items() if key != "notes"})


@pytest.mark.parametrize(
    ("definition", "name", "values"),
    [
        ("finding", "severity", {severity.label for severity in Severity}),
        ("finding", "confidence", {confidence.label for confidence in Confidence}),
        ("finding", "category", {category.value for category in Category}),
        ("fix", "safety", {safety.value for safety in Safety}),
        ("suppressed", "by", {silencer.value for silencer in Silencer}),
    ],
)
def test_the_schema_knows_every_label(
    definition: str, name: str, values: set[str], definitions: dict[str, Any]
) -> None:
    assert set(definitions[definition]["properties"][name]["enum"]) == values


def test_the_schema_knows_every_origin(definitions: dict[str, Any]) -> None:
    origins = definitions["handler"]["properties"]["origins"]["items"]["enum"]
    assert origins == [origin.value for origin in Origin]


def test_every_field_of_a_finding_is_there(orders: Result, render: Callable[..., str]) -> None:
    [finding, *_] = json.loads(render("json", orders))["findings"]
    assert {field.name for field in fields(Finding)} - set(finding) == {"path", "line_key"}
    assert set(finding) - {field.name for field in fields(Finding)} == {"call_path", "url"}


def test_suppressed_findings_only_if_asked(orders: Result, render: Callable[..., str]) -> None:
    assert "suppressed" not in json.loads(render("json", orders))
    [silenced] = json.loads(render("json", orders, EVERYTHING))["suppressed"]
    assert silenced["reason"] == "sent once a day"
    assert silenced["finding"]["function"] == "Report.send"


def test_lines_say_what_they_are(orders: Result, render: Callable[..., str]) -> None:
    lines: list[dict[str, Any]] = [json.loads(line) for line in render("json-lines", orders).splitlines()]
    assert [line["type"] for line in lines] == ["finding"] * 4 + ["note", "handler", "summary"]
    assert lines[-1]["by_rule"] == {"LL001": 2, "LL022": 1, "LL070": 1}
    assert lines[-1]["by_severity"] == {"error": 1, "warning": 3, "info": 0}


def test_one_rule_of_two_severities_is_counted_once(
    marked: Callable[..., Result], render: Callable[..., str]
) -> None:
    found = marked("«x»").findings[0]
    result = Result((found, replace(found, severity=Severity.ERROR)))
    assert json.loads(render("json", result))["summary"]["by_rule"] == {"LL001": 2}


def test_positions_of_edits(marked: Callable[..., Result], render: Callable[..., str]) -> None:
    fix = Fix("mend", (Edit(Span(4, 5), "c"),), Safety.SAFE)
    result = marked("👍\r\n 👍«y»", fix=fix)
    [finding] = json.loads(render("json", result))["findings"]
    assert finding["fix"]["edits"] == [
        {
            "start": {"line": 2, "column": 2, "utf16_column": 2, "offset": 4},
            "end": {"line": 2, "column": 3, "utf16_column": 4, "offset": 5},
            "text": "c",
        }
    ]
    [finding] = json.loads(render("json", replace(result, sources={})))["findings"]
    assert finding["fix"] is None


def test_output_is_ascii_and_without_lone_surrogates(
    marked: Callable[..., Result], render: Callable[..., str]
) -> None:
    result = marked("«x»", message='漢 👍 \x7f \ud800 \\ "')
    for name in ("json", "json-lines", "sarif"):
        text = render(name, result)
        assert text.isascii()
        assert "\x7f" not in text
        assert r"\u6f22 \ud83d\udc4d \u007f \\ud800 \\ \"" in text


def test_a_rule_without_page(marked: Callable[..., Result], render: Callable[..., str]) -> None:
    [finding] = json.loads(render("json", replace(marked("«x»"), rules=())))["findings"]
    assert finding["url"] is None
