"""The fix of missing-timeout adds a timeout to the request, and changes nothing else of it."""

from __future__ import annotations

import http.server
import threading
from typing import TYPE_CHECKING, Any

import pytest
import requests
from fixing import fixed, handled

if TYPE_CHECKING:
    from collections.abc import Iterator

REQUESTS = """
    import requests

    session = requests.Session()


    def handler(event, context):
        answer = requests.get(event["url"], params={"a": "1"})
        return answer.text + session.post(
            event["url"],
            data=b"b",  # the body
        ).text
"""

NONE = """
    import requests


    def handler(event, context):
        return requests.get(event["url"], timeout=None).text
"""

URLLIB = """
    from urllib.request import Request, urlopen


    def handler(event, context):
        with urlopen(Request(event["url"], method="PUT")) as answer:
            return answer.read().decode()
"""

URLLIB3 = """
    import urllib3

    http = urllib3.PoolManager()


    def handler(event, context):
        return http.request("GET", event["url"]).data.decode()
"""


class Echo(http.server.BaseHTTPRequestHandler):
    """Answers with what it was asked."""

    def answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        text = f"{self.command} {self.path} {body.decode()}\n".encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    do_GET = do_POST = do_PUT = answer  # noqa: N815 - the names that the server asks for

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def url() -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Echo)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/x"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("text", [REQUESTS, NONE, URLLIB, URLLIB3])
def test_the_answers_are_the_same(text: str, url: str) -> None:
    after = fixed(text, "missing-timeout")
    assert "timeout=5" in after
    assert handled(after, {"url": url}) == handled(text, {"url": url}) != ""


def test_every_request_has_the_timeout(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Any] = []
    send = requests.Session.send

    def watched(self: requests.Session, request: requests.PreparedRequest, **options: Any) -> Any:
        seen.append(options["timeout"])
        return send(self, request, **options)

    monkeypatch.setattr(requests.Session, "send", watched)
    handled(REQUESTS, {"url": url})
    handled(fixed(REQUESTS, "missing-timeout"), {"url": url})
    assert seen == [None, None, 5, 5]


def test_comments_and_lines_stay() -> None:
    after = fixed(REQUESTS, "missing-timeout")
    assert 'requests.get(event["url"], params={"a": "1"}, timeout=5)' in after
    assert '        data=b"b",  # the body\n        timeout=5,\n' in after
