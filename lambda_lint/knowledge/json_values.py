"""What the runtime cannot encode when a handler returns it.

The runtime encodes with `simplejson`: numbers (`Decimal` among them), strings, lists, tuples, dicts, and
what has a method `_asdict` are fine, and bytes that hold UTF-8. Everything else is a `Runtime.MarshalError`.

Source: awslambdaric 3, `lambda_runtime_marshaller.py`, and simplejson 3.20; as of 2026-11.
"""

from __future__ import annotations

AS_OF = "2026-11"
SOURCE = "https://github.com/aws/aws-lambda-python-runtime-interface-client"

A_SET = "a set"
A_GENERATOR = "a generator"

_MOMENT = "a `datetime`"
_DAY = "a `date`"
_ID = "a `UUID`"
_ITERATOR = "an iterator"

CALLS = {
    "builtins.set": A_SET,
    "builtins.frozenset": A_SET,
    "builtins.complex": "a complex number",
    "builtins.bytearray": "a `bytearray`",
    "builtins.memoryview": "a `memoryview`",
    "builtins.range": "a `range`",
    "builtins.map": _ITERATOR,
    "builtins.filter": _ITERATOR,
    "builtins.zip": _ITERATOR,
    "builtins.enumerate": _ITERATOR,
    "builtins.reversed": _ITERATOR,
    "builtins.iter": _ITERATOR,
    "builtins.object": "an `object`",
    "datetime.datetime": _MOMENT,
    "datetime.datetime.now": _MOMENT,
    "datetime.datetime.utcnow": _MOMENT,
    "datetime.datetime.today": _MOMENT,
    "datetime.datetime.fromtimestamp": _MOMENT,
    "datetime.datetime.utcfromtimestamp": _MOMENT,
    "datetime.datetime.fromisoformat": _MOMENT,
    "datetime.datetime.strptime": _MOMENT,
    "datetime.datetime.combine": _MOMENT,
    "datetime.datetime.now().replace": _MOMENT,
    "datetime.datetime.now().astimezone": _MOMENT,
    "datetime.datetime.utcnow().replace": _MOMENT,
    "datetime.datetime.now().date": _DAY,
    "datetime.datetime.utcnow().date": _DAY,
    "datetime.datetime.today().date": _DAY,
    "datetime.datetime.now().time": "a `time`",
    "datetime.date": _DAY,
    "datetime.date.today": _DAY,
    "datetime.date.fromisoformat": _DAY,
    "datetime.date.fromtimestamp": _DAY,
    "datetime.time": "a `time`",
    "datetime.timedelta": "a `timedelta`",
    "uuid.UUID": _ID,
    "uuid.uuid1": _ID,
    "uuid.uuid3": _ID,
    "uuid.uuid4": _ID,
    "uuid.uuid5": _ID,
    "re.compile": "a compiled pattern",
    "re.match": "a match",
    "re.search": "a match",
    "re.fullmatch": "a match",
    "fractions.Fraction": "a `Fraction`",
    "pathlib.Path": "a `Path`",
    "io.BytesIO": "a stream",
    "io.StringIO": "a stream",
    "ipaddress.ip_address": "an address object",
    "ipaddress.ip_network": "a network object",
    "requests.get": "a response object",
    "requests.post": "a response object",
    "requests.put": "a response object",
    "requests.patch": "a response object",
    "requests.delete": "a response object",
    "requests.head": "a response object",
    "requests.request": "a response object",
}
"""Callables whose result cannot be encoded, and what it is."""

PLAIN_BASES = frozenset(
    {
        "abc.ABC",
        "builtins.BaseException",
        "builtins.Exception",
        "builtins.object",
        "enum.Enum",
        "enum.Flag",
        "pydantic.BaseModel",
        "pydantic.main.BaseModel",
    }
)
"""Base classes that make nothing of a class that could be encoded."""

PLAIN_DECORATORS = frozenset(
    {
        "attr.attrs",
        "attr.define",
        "attr.s",
        "attrs.define",
        "attrs.frozen",
        "dataclasses.dataclass",
        "enum.unique",
        "functools.total_ordering",
        "pydantic.dataclasses.dataclass",
    }
)
"""Decorators of classes of which the same holds."""

SAVING_METHODS = frozenset({"_asdict", "__new__", "__getattr__", "__getattribute__"})
"""Methods by which a class may yet be encoded, or make something else than an instance."""

TRANSPARENT = frozenset(
    {
        "builtins.staticmethod",
        "builtins.classmethod",
        "aws_lambda_powertools.Tracer().capture_method",
        "aws_lambda_powertools.tracing.Tracer().capture_method",
        "functools.cache",
        "functools.lru_cache",
    }
)
"""Decorators whose functions return what they are written to return."""
