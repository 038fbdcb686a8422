from __future__ import annotations

from running import context, linked

from lambda_lint.semantics.arguments import UNCLEAR, position_of
from lambda_lint.semantics.stores import stores_in


def test_a_parameter_that_there_is_not_stands_nowhere() -> None:
    _, project = linked({"app.py": "def run(one, two, *rest, three): ...\n"})
    scope = project.modules[0].scopes[1]
    found = [position_of(scope, name, bound=False) for name in ("one", "two", "rest", "three", "four")]
    assert found == [0, 1, UNCLEAR, None, UNCLEAR]
    assert position_of(scope, "two", bound=True) == 0


def test_an_attribute_of_unknown_name_is_not_set() -> None:
    text = "import app\n\ndef run(name):\n    setattr(app, {}, make())\n"
    for name, number in (("'client'", 1), ("name", 0)):
        layout = context(text.format(name)).module.lowered.layout
        assert len(stores_in(layout)) == number
