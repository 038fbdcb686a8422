"""Until when AWS supports each runtime, and from when functions with it are created and updated no longer.

Source: "Lambda runtimes", the tables of supported and of deprecated runtimes, 2026-11. AWS moves these dates
now and then.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

AS_OF = "2026-11"
SOURCE = "https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html"

LONGEST_NOTICE = 36_500
"""Days: more than that ahead is as good as for ever, and further back there are no dates."""


@dataclass(frozen=True, slots=True)
class Lifecycle:
    """The dates of a runtime, each as `2026-10-31`: so they compare like texts."""

    ended: str
    """From this day on it gets no security patches, and functions with it no support."""
    no_create: str
    no_update: str

    def noticed(self, days: int) -> str:
        """The day that is so many days before the end."""
        return (date.fromisoformat(self.ended) - timedelta(max(0, min(days, LONGEST_NOTICE)))).isoformat()


LIFECYCLES = {
    "python2.7": Lifecycle("2021-07-15", "2021-07-15", "2022-05-30"),
    "python3.6": Lifecycle("2022-07-18", "2022-07-18", "2022-08-29"),
    "python3.7": Lifecycle("2023-12-04", "2024-01-09", "2027-03-03"),
    "python3.8": Lifecycle("2024-10-14", "2027-02-01", "2027-03-03"),
    "python3.9": Lifecycle("2025-12-15", "2027-02-01", "2027-03-03"),
    "python3.10": Lifecycle("2026-10-31", "2027-02-01", "2027-03-03"),
    "python3.11": Lifecycle("2027-06-30", "2027-07-31", "2027-08-31"),
    "python3.12": Lifecycle("2028-10-31", "2028-11-30", "2029-01-10"),
    "python3.13": Lifecycle("2029-06-30", "2029-07-31", "2029-08-31"),
    "python3.14": Lifecycle("2029-06-30", "2029-07-31", "2029-08-31"),
}

NEWEST = "python3.14"


def last_change(today: str, days: int) -> str:
    """The last day, `today` at the latest, on which the support of a runtime ended or began to end.

    Whoever looks so many days ahead sees the same on that day as on `today`. Empty if there was no such day.
    """
    turns = (turn for each in LIFECYCLES.values() for turn in (each.noticed(days), each.ended))
    return max((turn for turn in turns if turn <= today), default="")
