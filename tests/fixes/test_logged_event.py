"""After the fix of logged-event a function answers as before, and what the event holds is not in the log."""

from __future__ import annotations

import pytest
from fixing import fixed, handled

RULE = "logged-event"
EVENT = {"body": "very private", "headers": {"Authorization": "Bearer 1"}}

PRINTED = """
    import json


    def handler(event, context):
        print("event", json.dumps(event, indent=2))
        print(f"event {event}")
        print(event)
        return len(event["body"])
"""

LOGGED = """
    import logging

    logger = logging.getLogger("x")
    logger.setLevel(logging.INFO)


    def handler(event, context):
        logger.info("event %s", event)
        logger.info(event)
        logger.info("event", extra={"event": event})
        return len(event["body"])
"""


@pytest.mark.parametrize("text", [PRINTED, LOGGED])
def test_the_keys_are_logged_alone(
    text: str, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    assert handled(text, EVENT) == 12
    before = capsys.readouterr().out + caplog.text
    caplog.clear()
    assert handled(fixed(text, RULE), EVENT) == 12
    after = capsys.readouterr().out + caplog.text
    assert "very private" in before
    assert "very private" not in after
    assert "Bearer" not in after
    assert "body" in after
