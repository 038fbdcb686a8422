"""What several functions that are deployed together have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lambda_lint.api import DeployedFunction, Deployment

OPEN = "${}"
"""In the text of a `Named`: something of which nobody knows what it is."""
SHOWN = 3
"""How many names a message holds."""


def in_order(deployment: Deployment) -> list[DeployedFunction]:
    """The functions in the order of their files and places: the same from each of them."""
    places = {(function.place.path, function.place.span): function for function in deployment.together}
    return [places[place] for place in sorted(places)]


def listed(names: Sequence[str]) -> str:
    """The first names, and how many more there are."""
    shown = [f"`{name}`" for name in names[:SHOWN]]
    more = len(names) - len(shown)
    if more:
        return f"{', '.join(shown)} and {more} more"
    return " and ".join([", ".join(shown[:-1]), shown[-1]]) if len(shown) > 1 else shown[0]
