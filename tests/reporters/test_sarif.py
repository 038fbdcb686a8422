"""SARIF as GitHub wants it. The facts are in the reference on the ecosystem, section 1."""

from __future__ import annotations

import json
import os
import subprocess
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from lambda_lint.model.finding import Note, Result, Suppressed
from lambda_lint.model.fix import Edit, Fix
from lambda_lint.model.labels import Category, Safety, Severity
from lambda_lint.model.location import Span
from lambda_lint.reporters import sarif
from lambda_lint.reporters.style import PLAIN, Style

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from jsonschema import Draft202012Validator

MULTITOOL = os.environ.get("LAMBDA_LINT_SARIF_MULTITOOL")
EVERYTHING = Style(show_suppressed=True)


@pytest.fixture
def run(render: Callable[..., str], sarif_schema: Draft202012Validator) -> Callable[..., dict[str, Any]]:
    """Give the run of a valid log."""

    def read(result: Result, style: Style = PLAIN) -> dict[str, Any]:
        log = json.loads(render("sarif", result, style))
        sarif_schema.validate(log)
        runs: list[dict[str, Any]] = log["runs"]
        assert len(runs) == 1
        return runs[0]

    return read


@pytest.mark.skipif(not MULTITOOL, reason="LAMBDA_LINT_SARIF_MULTITOOL does not name the Multitool")
@pytest.mark.parametrize("style", [PLAIN, EVERYTHING])
def test_the_multitool_has_nothing_to_say(
    style: Style, orders: Result, marked: Callable[..., Result], render: Callable[..., str], tmp_path: Path
) -> None:
    failed = replace(marked("«x»", file="a b#%é[1].py").findings[0], code="LL904")
    result = replace(orders, findings=(*orders.findings, failed), crashed=True)
    log, verdict = tmp_path / "log.sarif", tmp_path / "verdict.sarif"
    log.write_text(render("sarif", result, style))
    command = [str(MULTITOOL), "validate", str(log), "--rule-kind", "Sarif;Ghas", "-o", str(verdict)]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    found = json.loads(verdict.read_text())["runs"][0]
    assert found["invocations"][0]["executionSuccessful"], ran.stdout
    # It cannot know that the project has no page of its own to name.
    assert {result["ruleId"] for result in found["results"]} <= {"SARIF2005"}, ran.stdout


def test_a_clean_run(clean: Result, run: Callable[..., dict[str, Any]]) -> None:
    log = run(clean)
    assert log["results"] == []
    assert [rule["id"] for rule in log["tool"]["driver"]["rules"]] == [rule.code for rule in clean.rules]
    assert log["automationDetails"] == {"id": "lambda-lint/"}
    assert log["invocations"] == [{"executionSuccessful": True, "toolExecutionNotifications": []}]


def test_a_rule(clean: Result, run: Callable[..., dict[str, Any]]) -> None:
    rules = {rule["id"]: rule for rule in run(clean)["tool"]["driver"]["rules"]}
    assert rules["LL070"]["name"] == "HardcodedSecret"
    assert rules["LL070"]["defaultConfiguration"] == {"level": "error"}
    assert rules["LL070"]["properties"] == {
        "tags": ["security", "aws-lambda", "external/cwe/cwe-798"],
        "precision": "high",
        "problem.severity": "error",
        "security-severity": "8.0",
    }
    assert rules["LL070"]["helpUri"] == "https://example.com/rules/hardcoded-secret.md"
    assert rules["LL902"]["properties"] == {
        "tags": ["tool", "aws-lambda"],
        "precision": "high",
        "problem.severity": "recommendation",
    }


def test_a_rule_is_kept_within_the_limits(clean: Result, run: Callable[..., dict[str, Any]]) -> None:
    words = "word " * 1000
    page = f"# x\n\n## What it does\n\n{words}\n\nmore\n"
    long = replace(clean.rules[0], summary=words, page=page, url="", name="x" * 300, cwe=78)
    [rule] = run(replace(clean, rules=(long,)))["tool"]["driver"]["rules"]
    assert len(rule["name"]) == 255
    assert len(rule["shortDescription"]["text"]) <= 1024
    assert len(rule["fullDescription"]["text"]) <= 1024
    assert rule["fullDescription"]["text"].endswith("word…")
    assert rule["help"]["markdown"] == page
    assert "helpUri" not in rule
    assert "external/cwe/cwe-078" in rule["properties"]["tags"]


def test_a_rule_without_sections(clean: Result, run: Callable[..., dict[str, Any]]) -> None:
    bare = replace(clean.rules[0], page="")
    [rule] = run(replace(clean, rules=(bare,)))["tool"]["driver"]["rules"]
    assert rule["fullDescription"]["text"] == bare.summary
    assert rule["help"] == {"text": bare.summary, "markdown": bare.summary}


def test_only_security_rules_have_a_security_severity(
    clean: Result, run: Callable[..., dict[str, Any]]
) -> None:
    wrong = replace(clean.rules[0], category=Category.COST, security_severity=9.9)
    unknown = replace(clean.rules[0], category=Category.SECURITY, security_severity=None)
    for rule in run(replace(clean, rules=(wrong, unknown)))["tool"]["driver"]["rules"]:
        assert "security-severity" not in rule["properties"]


def test_the_path_is_a_code_flow_that_ends_at_the_finding(
    orders: Result, run: Callable[..., dict[str, Any]]
) -> None:
    result = run(orders)["results"][0]
    [flow] = result["codeFlows"]
    steps = flow["threadFlows"][0]["locations"]
    assert [step["location"]["message"]["text"] for step in steps] == [
        "`handler` calls `save`",
        "`save` calls `orders_table`",
        "the `dynamodb` resource is created again at each invocation",
    ]
    assert steps[-1]["location"]["physicalLocation"] == result["locations"][0]["physicalLocation"]


def test_columns_are_utf16(marked: Callable[..., Result], run: Callable[..., dict[str, Any]]) -> None:
    log = run(marked('  x = "👍"; «f("👍")»\n', line_hash="1a:1"))
    assert log["columnKind"] == "utf16CodeUnits"
    [result] = log["results"]
    region = result["locations"][0]["physicalLocation"]["region"]
    assert region == {"startLine": 1, "startColumn": 13, "endLine": 1, "endColumn": 20}
    assert result["partialFingerprints"] == {
        "primaryLocationLineHash": "1a:1",
        "primaryLocationStartColumnFingerprint": "10",
    }


def test_fingerprints_that_cannot_be_known(
    marked: Callable[..., Result], run: Callable[..., dict[str, Any]]
) -> None:
    result = marked("\n\n«x»")
    for sources in ({}, {"app.py": "short"}):
        assert run(replace(result, sources=sources))["results"][0]["partialFingerprints"] == {}


@pytest.mark.parametrize(
    ("path", "root", "uri"),
    [
        ("src/app.py", ".", "src/app.py"),
        ("a b#%é[1]/漢.py", ".", "a%20b%23%25%C3%A9%5B1%5D/%E6%BC%A2.py"),
        ("c:d.py", ".", "c%3Ad.py"),
        ("\udc80.py", ".", "%80.py"),
        ("\ud800.py", ".", "%ED%A0%80.py"),
        ("src/app.py", "..", "here/src/app.py"),
        ("src/app.py", "../..", "outer/here/src/app.py"),
        ("../other/app.py", "..", "other/app.py"),
        ("src/app.py", "src", "app.py"),
        ("", "..", ""),
    ],
)
def test_paths_are_relative_to_the_root(
    path: str,
    root: str,
    uri: str,
    marked: Callable[..., Result],
    run: Callable[..., dict[str, Any]],
    render: Callable[..., str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    here = tmp_path / "outer" / "here"
    here.mkdir(parents=True)
    monkeypatch.chdir(here)
    result = marked("«x»", file=path, root=root)
    place = run(result)["results"][0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"] == {"uri": uri, "uriBaseId": "%SRCROOT%"}
    assert str(tmp_path) not in render("sarif", result)


def test_an_absolute_path_below_the_root(
    marked: Callable[..., Result],
    run: Callable[..., dict[str, Any]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    result = marked("«x»", file=(tmp_path / "app.py").as_posix())
    place = run(result)["results"][0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "app.py"


def test_related_places_are_linked(marked: Callable[..., Result], run: Callable[..., dict[str, Any]]) -> None:
    place = marked("«x»").findings[0].location
    related = (Note(place, "the first"), Note(place, r"`a[0]\b`"))
    message = 'the call `table["a"](1)` is wrong'
    [result] = run(marked("«x»", message=message, related=related, help="do it `right`"))["results"]
    assert result["message"]["text"] == (
        'The call `table["a"\\](1)` is wrong. See [the first](1), [`a\\[0\\]\\\\b`](2). Do it `right`.'
    )
    assert [location["id"] for location in result["relatedLocations"]] == [1, 2]
    assert result["relatedLocations"][0]["message"] == {"text": "the first"}


def test_related_places_and_steps_within_the_limits(
    marked: Callable[..., Result], run: Callable[..., dict[str, Any]]
) -> None:
    note = Note(marked("«x»").findings[0].location, "here")
    [result] = run(marked("«x»", related=(note,) * 1500, path=(note,) * 1500))["results"]
    assert len(result["relatedLocations"]) == 100
    steps = result["codeFlows"][0]["threadFlows"][0]["locations"]
    assert len(steps) == 1000
    assert steps[-1]["location"]["message"]["text"] == "this is wrong"


def test_suppressed_findings_only_if_asked(orders: Result, run: Callable[..., dict[str, Any]]) -> None:
    assert all("suppressions" not in result for result in run(orders)["results"])
    bare = Suppressed(orders.suppressed[0].finding, None)
    shown = run(replace(orders, suppressed=(*orders.suppressed, bare)), EVERYTHING)["results"]
    assert [result["suppressions"] for result in shown] == [
        [],
        [],
        [],
        [],
        [{"kind": "inSource", "justification": "sent once a day"}],
        [{"kind": "inSource"}],
    ]


def test_failures_are_told_of_the_run_and_as_results(
    marked: Callable[..., Result], clean: Result, run: Callable[..., dict[str, Any]]
) -> None:
    found = marked("«x»").findings[0]
    codes = ["LL001", "LL900", "LL901", "LL904"]
    findings = tuple(replace(found, code=code, severity=Severity.ERROR) for code in codes)
    log = run(replace(clean, findings=findings, notes=("no handler was found",), crashed=True))
    [invocation] = log["invocations"]
    assert invocation["executionSuccessful"] is False
    notifications = invocation["toolExecutionNotifications"]
    assert [each.get("associatedRule") for each in notifications] == [
        {"id": "LL900"},
        {"id": "LL901"},
        {"id": "LL904", "index": 4},
        None,
    ]
    assert notifications[0]["locations"] == log["results"][1]["locations"]
    assert notifications[-1] == {"level": "note", "message": {"text": "no handler was found"}}
    assert [result["ruleId"] for result in log["results"]] == codes
    assert [result.get("ruleIndex") for result in log["results"]] == [0, None, None, 4]


def test_every_result_has_one_location(orders: Result, run: Callable[..., dict[str, Any]]) -> None:
    assert all(len(result["locations"]) == 1 for result in run(orders, EVERYTHING)["results"])


@pytest.mark.parametrize("suppressed", [0, 5])
def test_the_worst_are_kept_when_there_are_too_many(
    suppressed: int,
    marked: Callable[..., Result],
    run: Callable[..., dict[str, Any]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert sarif.MOST_RESULTS == 25_000
    monkeypatch.setattr(sarif, "MOST_RESULTS", 4)
    found = marked("«x»").findings[0]
    findings = tuple(replace(found, severity=Severity(number)) for number in (1, 3, 1, 2, 3, 1))
    log = run(Result(findings, suppressed=(Suppressed(found, None),) * suppressed), EVERYTHING)
    assert [result["level"] for result in log["results"]] == ["note", "error", "warning", "error"]
    assert log["invocations"][0]["toolExecutionNotifications"] == [
        {
            "level": "warning",
            "message": {"text": f"{2 + suppressed} findings left out: a log holds at most 4 results"},
        }
    ]


def test_fixes(marked: Callable[..., Result], run: Callable[..., dict[str, Any]]) -> None:
    fix = Fix("mend it", (Edit(Span(0, 0), "a"), Edit(Span(4, 5), "")), Safety.UNSAFE)
    result = marked("👍\r\n 👍«y»", fix=fix)
    [[mended]] = [each["fixes"] for each in run(result)["results"]]
    assert mended["description"] == {"text": "mend it"}
    assert mended["properties"] == {"safety": "unsafe"}
    [change] = mended["artifactChanges"]
    assert change["artifactLocation"] == {"uri": "app.py", "uriBaseId": "%SRCROOT%"}
    assert change["replacements"] == [
        {
            "deletedRegion": {"startLine": 1, "startColumn": 1, "endLine": 1, "endColumn": 1},
            "insertedContent": {"text": "a"},
        },
        {
            "deletedRegion": {"startLine": 2, "startColumn": 2, "endLine": 2, "endColumn": 4},
            "insertedContent": {"text": ""},
        },
    ]
    assert "fixes" not in run(replace(result, sources={}))["results"][0]
    assert "fixes" not in run(marked("«x»", fix=Fix("nothing", (), Safety.SAFE)))["results"][0]
