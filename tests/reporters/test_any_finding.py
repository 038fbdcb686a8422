"""Whatever a finding says and wherever it stands, each format writes it and no reader stumbles."""

from __future__ import annotations

import json
import re
import unicodedata
from io import StringIO
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from lambda_lint.model.finding import Finding, HandlerInfo, Note, Result, RuleInfo, Suppressed
from lambda_lint.model.fix import Edit, Fix
from lambda_lint.model.labels import Category, Confidence, Origin, Safety, Severity, Silencer, SourceKind
from lambda_lint.model.location import Location, Span
from lambda_lint.reporters import FORMATS, reporter
from lambda_lint.reporters.escape import SPELLED
from lambda_lint.reporters.style import Style
from lambda_lint.syntax.source import Source

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator

# Lone surrogates included: they come from file names, and from literals that messages quote.
ANY_TEXT = st.text(
    st.characters() | st.sampled_from("\n\r\t\x1b\x9b`[](){}%:,#\u202e\u2028👍漢e\u0301\ud800")
)
SOURCE_TEXT = st.text(st.sampled_from("\n\r\t \x0c\x1b\u2028ab(`[漢👍\u0301\u202e"), max_size=200)
PATHS = st.sampled_from(["app.py", "a b/ü%.py", "\udc80.py", "x\n::error::.py", "-"])
CODES = st.sampled_from(["LL001", "LL070", "LL904"])
SEQUENCE = re.compile(r"\x1b\[[\d;]*m|\x1b\]8;;[^\x1b]*\x1b\\")
URI = re.compile(r"[A-Za-z0-9._~!$&'()*+,;=@%/-]+")


@st.composite
def locations(draw: st.DrawFn, sources: dict[str, str]) -> Location:
    path = draw(PATHS)
    text = sources.get(path, "")
    start, end = sorted(draw(st.tuples(*[st.integers(0, len(text))] * 2)))
    return Source(path, text).location(Span(start, end))


@st.composite
def findings(draw: st.DrawFn, sources: dict[str, str]) -> Finding:
    notes = st.lists(st.builds(Note, locations(sources), ANY_TEXT), max_size=7).map(tuple)
    location = draw(locations(sources))
    size = len(sources.get(location.path, ""))
    spans = st.tuples(*[st.integers(0, size)] * 2).map(sorted).map(lambda ends: Span(*ends))
    fixes = st.builds(
        Fix,
        ANY_TEXT,
        st.lists(st.builds(Edit, spans, ANY_TEXT), max_size=2).map(tuple),
        st.sampled_from(Safety),
    )
    return Finding(
        code=draw(CODES),
        name="any-name",
        category=draw(st.sampled_from(Category)),
        severity=draw(st.sampled_from(Severity)),
        confidence=draw(st.sampled_from(Confidence)),
        message=draw(ANY_TEXT),
        location=location,
        function=draw(st.none() | ANY_TEXT),
        path=draw(notes),
        related=draw(notes),
        help=draw(st.none() | ANY_TEXT),
        fix=draw(st.none() | fixes),
        line_hash=draw(st.sampled_from(["", "1a:1"])),
    )


@st.composite
def results(draw: st.DrawFn) -> Result:
    sources = draw(st.dictionaries(PATHS, SOURCE_TEXT))
    handlers = st.builds(
        HandlerInfo,
        ANY_TEXT,
        locations(sources),
        st.lists(st.sampled_from(Origin)).map(tuple),
        st.lists(st.sampled_from(SourceKind)).map(tuple),
        st.booleans(),
        st.none() | ANY_TEXT,
        st.lists(ANY_TEXT).map(tuple),
    )
    rules = st.builds(
        RuleInfo,
        CODES,
        st.just("any-name"),
        st.sampled_from(Category),
        st.sampled_from(Severity),
        st.booleans(),
        ANY_TEXT,
        ANY_TEXT,
        st.sampled_from(["", "https://example.com/any-name.md"]),
        st.none() | st.integers(1, 2000),
        st.none() | st.floats(0.1, 10),
    )
    return Result(
        findings=tuple(sorted(draw(st.lists(findings(sources), max_size=3)), key=lambda found: found.order)),
        suppressed=draw(
            st.lists(
                st.builds(Suppressed, findings(sources), st.none() | ANY_TEXT, st.sampled_from(Silencer)),
                max_size=2,
            ).map(tuple)
        ),
        notes=draw(st.lists(ANY_TEXT, max_size=2).map(tuple)),
        handlers=draw(st.lists(handlers, max_size=2).map(tuple)),
        rules=draw(st.lists(rules, max_size=3, unique_by=lambda rule: rule.code).map(tuple)),
        files=draw(st.lists(PATHS).map(tuple)),
        sources=sources,
        crashed=draw(st.booleans()),
    )


STYLES = st.builds(
    Style, st.booleans(), st.none() | st.integers(1, 200), st.booleans(), st.booleans(), st.booleans()
)


def written(name: str, result: Result, style: Style) -> str:
    stream = StringIO()
    reporter(name)(result, stream, style)
    text = stream.getvalue()
    text.encode("utf-8")
    return text


# One test, as making up results takes far longer than reporting them.
@given(result=results(), style=STYLES)
@settings(deadline=None, max_examples=60)
def test_every_format(
    schema: Draft202012Validator, sarif_schema: Draft202012Validator, result: Result, style: Style
) -> None:
    text = {name: written(name, result, style) for name in FORMATS}
    plain = {name: SEQUENCE.sub("", text[name]) if style.color else text[name] for name in FORMATS}
    findings = len(result.findings) + (len(result.suppressed) if style.show_suppressed else 0)
    lines = findings + (0 if style.quiet else len(result.notes) + 1)

    for name in FORMATS:
        assert not {one for one in plain[name] if unicodedata.category(one) in SPELLED} - {"\n"}, name
    assert text["concise"].count("\n") == lines
    assert text["github"].count("\n") == lines
    assert len(re.findall(r"^ *--> ", plain["full"], re.MULTILINE)) == findings
    schema.validate(json.loads(text["json"]))
    for line in text["json-lines"].splitlines():
        schema.validate(json.loads(line))
    log = json.loads(text["sarif"])
    sarif_schema.validate(log)
    assert len(log["runs"][0]["results"]) == findings
    for found in log["runs"][0]["results"]:
        for location in (*found["locations"], *found.get("relatedLocations", ())):
            assert URI.fullmatch(location["physicalLocation"]["artifactLocation"]["uri"])
