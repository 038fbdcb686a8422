"""The day on which a run judges dates.

It is not the day of the run itself, but the last one before it on which anything changed that a rule looks
for. Settings are part of what results are kept by: so they are the same on most days, and so are the results.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timezone
from typing import TYPE_CHECKING

from lambda_lint.knowledge.runtimes import last_change
from lambda_lint.selection import asks_for_day, options_set

if TYPE_CHECKING:
    from lambda_lint.registry import Registry
    from lambda_lint.settings.options import Settings

AHEAD = "days"
"""The option by which a rule says how far it looks ahead."""


def dated(settings: Settings, registry: Registry) -> Settings:
    """The settings with the earliest day on which the rules say the same as on theirs, or else as today."""
    today = settings.today or datetime.now(tz=timezone.utc).date().isoformat()
    changes = [""]
    for entry in filter(asks_for_day, registry.entries):
        options = {option.key: option.default for option in entry.options or ()}
        days = {**options, **options_set(entry, settings.rules, registry)}.get(AHEAD)
        changes.append(last_change(today, days) if isinstance(days, int) else today)
    return replace(settings, today=max(changes))
