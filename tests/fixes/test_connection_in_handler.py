"""Sessions and connections that a fix moves to module level are used as before, and opened once."""

from __future__ import annotations

import sys
from types import ModuleType
from typing import TYPE_CHECKING, Any

import pytest
from fixing import fixed, loaded, perhaps_fixed

if TYPE_CHECKING:
    from typing_extensions import Self

RULE = "connection-in-handler"


class Log(list[str]):
    """What stubs were asked to do."""

    opened = 0


class Session:
    """A session, or a connection, that writes down what it is asked to do."""

    log = Log()

    def __init__(self, *_: object, **__: object) -> None:
        self.log.opened += 1
        self.headers: dict[str, str] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """requests closes its connections here, and opens others when it needs to."""

    def get(self, url: str, **more: object) -> str:
        self.log.append(f"{url} {sorted(self.headers.items())} {sorted(more.items())}")
        return url

    def cursor(self) -> Session:
        self.log.append("cursor")
        return self

    def execute(self, *said: object) -> None:
        self.log.append(str(said))


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch) -> Log:
    Session.log = Log()
    for name, members in {
        "requests": {"Session": Session},
        "pymysql": {"connect": Session},
        "redis": {"Redis": Session},
    }.items():
        module = ModuleType(name)
        module.__dict__.update(members)
        monkeypatch.setitem(sys.modules, name, module)
    monkeypatch.setenv("HOST", "database")
    return Session.log


IN_WITH = """\
import requests

API = "https://example.com/"


def handler(event, context):
    with requests.Session() as session:
        session.headers["Accept"] = "text/plain"
        # Each of them.
        found = [session.get(API + key, timeout=3) for key in event["keys"]]

        if not found:
            return None
    return len(found)
"""
ASSIGNED = """\
import requests


def handler(event, context):
    session = requests.Session()
    return [fetch(key) for key in event["keys"]], session.get("all", timeout=1)


def fetch(key):
    session = requests.Session()
    try:
        return session.get(key, timeout=3)
    finally:
        print(key)
"""
CHAINED = """\
import requests


def handler(event, context):
    return [requests.Session().get(key, timeout=3) for key in event["keys"]]
"""
DATABASE = """\
import os

import pymysql


def handler(event, context):
    connection = pymysql.connect(host=os.environ["HOST"], user="app")
    with connection.cursor() as cursor:
        cursor.execute("select 1", event["keys"])
"""


def answers(text: str) -> list[Any]:
    module = loaded(text)
    return [module.handler({"keys": keys}, None) for keys in (["a", "b"], ["c"], [])]


@pytest.mark.parametrize(
    ("text", "options"),
    [
        (IN_WITH, {}),
        (IN_WITH, {"fix-with-cached-function": True}),
        (ASSIGNED, {}),
        (ASSIGNED, {"fix-with-cached-function": True}),
        (CHAINED, {}),
        (CHAINED, {"fix-with-cached-function": True}),
    ],
)
def test_a_session_is_opened_once_and_does_the_same(text: str, options: dict[str, Any], log: Log) -> None:
    before = answers(text)
    said, opened = list(log), log.opened
    log.clear()
    log.opened = 0
    after = fixed(text, RULE, unsafe=False, options=options)
    assert after != text
    assert answers(after) == before
    assert list(log) == said
    assert log.opened == 1 < opened


def test_a_database_connection_is_kept_only_if_unsafe_fixes_are_wanted(log: Log) -> None:
    assert perhaps_fixed(DATABASE, RULE, unsafe=False) == DATABASE
    before = answers(DATABASE)
    said = list(log)
    log.clear()
    log.opened = 0
    assert answers(fixed(DATABASE, RULE)) == before
    assert list(log) == said
    assert log.opened == 1


@pytest.mark.parametrize(
    "body",
    [
        "    session = requests.Session()\n    session.get(event['a'])\n    session.close()\n",
        "    session = requests.Session()\n    session.get(event['a'])\n    return session\n",
        "    return other(requests.Session())\n",
        "    session = requests.Session()\n    with session:\n        session.get(event['a'])\n",
        "    session = requests.Session()\n    session.hooks.append(print)\n",
        "    with requests.Session():\n        pass\n",
        "    with requests.Session() as session, open('a') as file:\n        session.get(file.read())\n",
        "    requests.Session().close()\n",
        "    session = requests.Session()\n    return eval('session')\n",
        "    with requests.Session() as session: session.get(event['a'])\n",
        "    with requests.Session() as session:\n        session.get('''a\n        b''')\n",
    ],
)
def test_what_ends_or_gets_about_stays_where_it_is(body: str) -> None:
    text = f"import requests\n\n\ndef handler(event, context):\n{body}"
    assert perhaps_fixed(text, RULE) == text
