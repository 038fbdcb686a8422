"""What is another value at each call: clocks, and makers of identifiers.

Source: the Python 3.14 library reference, and the API reference of AWS for arguments that must be new for
each request; as of 2026-11.
"""

from __future__ import annotations

AS_OF = "2026-11"
SOURCE = "https://docs.python.org/3/library/datetime.html"

CLOCKS = frozenset(
    {
        "datetime.date.today",
        "datetime.datetime.now",
        "datetime.datetime.today",
        "datetime.datetime.utcnow",
        "django.utils.timezone.now",
        "arrow.now",
        "arrow.utcnow",
        "pendulum.now",
        "pendulum.today",
        "time.ctime",
        "time.gmtime",
        "time.localtime",
        "time.time",
        "time.time_ns",
    }
)
"""Callables that tell the time, if they are called without a time to tell about."""

TELLS_GIVEN = frozenset({"time.ctime", "time.gmtime", "time.localtime"})
"""Those of them that tell about a time that they are given."""

STRFTIME = "time.strftime"
"""Tells the time if it is given a format and nothing else."""

IDENTIFIERS = frozenset(
    {
        "os.urandom",
        "random.choice",
        "random.choices",
        "random.getrandbits",
        "random.randint",
        "random.random",
        "random.randrange",
        "secrets.choice",
        "secrets.randbits",
        "secrets.token_bytes",
        "secrets.token_hex",
        "secrets.token_urlsafe",
        "uuid.uuid1",
        "uuid.uuid4",
    }
)
"""Callables that make something that nothing else is equal to."""

CONVERSIONS = frozenset(
    {
        "builtins.float",
        "builtins.format",
        "builtins.int",
        "builtins.repr",
        "builtins.round",
        "builtins.str",
        "builtins.dict",
        "datetime.datetime.combine",
        "datetime.datetime.fromtimestamp",
        "datetime.datetime.strftime",
        "decimal.Decimal",
        "dataclasses.field",
        "json.dumps",
        "pydantic.Field",
        "time.strftime",
    }
)
"""Callables whose result is as fresh as what they are given."""

FOR_EACH_REQUEST = frozenset(
    {
        "ClientRequestToken",
        "ClientToken",
        "Key",
        "MessageDeduplicationId",
        "clientRequestToken",
        "clientToken",
        "idempotencyToken",
        "name",
        "sessionId",
    }
)
"""Arguments of SDK operations that are to be new for each request."""

FOR_ENVIRONMENT = frozenset({"Config", "Filename", "Fileobj", "RoleSessionName", "logStreamName"})
"""Arguments that may as well stay the same for an environment."""

SENDERS = ("httpx.", "requests.")
STATEMENTS = (".execute", ".executemany")
"""How the names of callables begin, or end, that send what they are given to somewhere else."""

RECORD_DECORATORS = frozenset(
    {
        "attr.attrs",
        "attr.define",
        "attr.s",
        "attrs.define",
        "attrs.frozen",
        "dataclasses.dataclass",
        "pydantic.dataclasses.dataclass",
    }
)
RECORD_BASES = frozenset({"pydantic.BaseModel", "pydantic.main.BaseModel", "sqlmodel.SQLModel"})
"""Decorators and bases of classes in whose body the defaults of the instances' fields stand."""
