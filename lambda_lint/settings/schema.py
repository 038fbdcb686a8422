"""The JSON schema of the configuration, for editors and for checks in a pipeline."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lambda_lint.settings.keys import DAY_PATTERN, HANDLER_PATTERN, KEYS, Kind
from lambda_lint.settings.options import FailOn
from lambda_lint.settings.read import SEVERITIES
from lambda_lint.settings.tables import STRINGS, OptionField, option_fields

if TYPE_CHECKING:
    from lambda_lint.settings.vocabulary import KnownRule, Vocabulary

Schema = dict[str, Any]

STRING_ARRAY: Schema = {"type": "array", "items": {"type": "string"}}
OPTION_TYPES: dict[object, Schema] = {
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    float: {"type": "number"},
    str: {"type": "string"},
    STRINGS: STRING_ARRAY,
}


def json_schema(vocabulary: Vocabulary) -> Schema:
    """A schema (draft 2020-12) of `lambda-lint.toml` and of `[tool.lambda-lint]`."""
    kinds = _kinds(vocabulary)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "https://github.com/lambda-lint/lambda-lint/blob/main/lambda-lint.schema.json",
        "title": "lambda-lint",
        "description": "The configuration: lambda-lint.toml, or [tool.lambda-lint] in pyproject.toml.",
        "type": "object",
        "additionalProperties": False,
        "properties": {key.name: {"description": key.summary, **kinds[key.kind]} for key in KEYS},
        "$defs": {"selector": _selector(vocabulary), "severity": {"enum": list(SEVERITIES)}},
    }


def _kinds(vocabulary: Vocabulary) -> dict[Kind, Schema]:
    selectors: Schema = {"type": "array", "items": {"$ref": "#/$defs/selector"}}
    return {
        Kind.SELECTORS: selectors,
        Kind.PATTERNS: STRING_ARRAY,
        Kind.FOLDERS: STRING_ARRAY,
        Kind.FILE: {"type": "string", "minLength": 1},
        Kind.HANDLERS: {"type": "array", "items": {"type": "string", "pattern": HANDLER_PATTERN}},
        Kind.FORMATS: {"type": "array", "items": _format(vocabulary)},
        Kind.SWITCH: {"type": "boolean"},
        Kind.COUNT: {"type": "integer", "minimum": 1},
        Kind.DAY: {"type": "string", "format": "date", "pattern": DAY_PATTERN},
        Kind.FAIL_ON: {"enum": [level.value for level in FailOn]},
        Kind.SELECTORS_BY_PATTERN: {"type": "object", "additionalProperties": selectors},
        Kind.SEVERITIES: {
            "type": "object",
            "propertyNames": {"$ref": "#/$defs/selector"},
            "additionalProperties": {"$ref": "#/$defs/severity"},
        },
        Kind.RULES: {
            "type": "object",
            "additionalProperties": False,
            "properties": {
                word: _rule(rule)
                for rule in vocabulary.rules
                if rule.options is not None
                for word in (rule.name, rule.code)
            },
        },
    }


def _selector(vocabulary: Vocabulary) -> Schema:
    prefixes = sorted({rule.code.rstrip("0123456789") for rule in vocabulary.rules})
    return {
        "anyOf": [
            {"enum": list(vocabulary.words)},
            {"type": "string", "pattern": rf"^({'|'.join(prefixes)})\d{{0,3}}$"},
        ]
    }


def _format(vocabulary: Vocabulary) -> Schema:
    if not vocabulary.formats:
        return {"type": "string"}
    return {"type": "string", "pattern": f"^({'|'.join(vocabulary.formats)})(:.+)?$"}


def _rule(rule: KnownRule) -> Schema:
    options = option_fields(rule.options) if rule.options is not None else ()
    return {
        "description": f"{rule.name} ({rule.code}): {rule.summary}",
        "type": "object",
        "additionalProperties": False,
        "properties": {option.key: _option(option) for option in options},
    }


def _option(option: OptionField) -> Schema:
    default = list(option.default) if isinstance(option.default, tuple) else option.default
    return {**OPTION_TYPES[option.kind], "default": default}
