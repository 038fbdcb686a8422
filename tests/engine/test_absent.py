"""Which modules of handlers are certainly not there."""

from __future__ import annotations

import pytest

from lambda_lint.deployment.reader import read_template
from lambda_lint.engine.absent import absent_modules
from lambda_lint.engine.inputs import Inputs

LAYER = "arn:aws:lambda:eu-west-1:123456789012:layer:any:1"


def absent(
    handler: str,
    *files: str,
    folder: str = "src",
    more: str = "",
    left_out: tuple[str, ...] = (),
    scope: str = ".",
    tests: tuple[str, ...] = (),
) -> str | None:
    """What is said of one function with these files around."""
    text = f"""
Transform: AWS::Serverless-2016-10-31
Resources:
  Main:
    Type: AWS::Serverless::Function
    Properties: {{CodeUri: "{folder}", Handler: {handler}, Runtime: python3.13, {more}}}
"""
    template = read_template("template.yaml", text.encode())
    inputs = Inputs(dict.fromkeys(files, b""), left_out=frozenset(left_out), scope=scope)
    return absent_modules(inputs, [template], tests).get(("template.yaml", "Main"))


@pytest.mark.parametrize("handler", ["app.main", "sub/app.main", "sub.app.main", "package.main"])
def test_a_module_that_is_there(handler: str) -> None:
    files = ("src/app.py", "src/sub/app.py", "src/package/__init__.py")
    assert absent(handler, *files) is None


@pytest.mark.parametrize(
    ("handler", "alike"),
    [
        ("gone.main", ""),
        ("handlers/gone.main", ""),
        ("order.main", "src/orders.py"),
        ("handler.orders.main", "src/handlers/orders.py"),
        ("orders.Orders.main", "src/orders.py"),
    ],
)
def test_a_module_that_is_not(handler: str, alike: str) -> None:
    assert absent(handler, "src/orders.py", "src/handlers/orders.py", "other/gone.py") == alike


def test_a_name_that_is_like_it_in_a_folder_that_is_not() -> None:
    assert absent("order.main", "src/handlers/orders.py", "src/handlers/thing.py") == ""


def test_a_folder_without_modules_may_be_filled_by_a_build() -> None:
    assert absent("app.main", "other/thing.py") is None
    assert absent("app.main", "src/test_all.py", tests=("src/test_all.py",)) is None


def test_code_elsewhere_or_packed_by_a_recipe() -> None:
    assert absent("app.main", "src/thing.py", folder="s3://bucket/key") is None
    assert absent("app.main", "src/thing.py", more="InlineCode: 'x = 1'") is None
    assert absent("app", "src/thing.py") is None


@pytest.mark.parametrize("path", ["src/app.py", "src/app", "src/app.so", "src/app.cpython-313.so", "src"])
def test_what_was_left_out_may_be_the_module(path: str) -> None:
    assert absent("app.main", "src/thing.py", left_out=(path,)) is None


@pytest.mark.parametrize("path", ["src/sub/app.py", "src/sub", "src/sub/app/__init__.py"])
def test_so_may_what_is_in_a_folder_that_was_left_out(path: str) -> None:
    assert absent("sub/app.main", "src/thing.py", "src/sub/thing.py", left_out=(path,)) is None


def test_something_else_that_was_left_out_is_not() -> None:
    assert absent("app.main", "src/thing.py", left_out=("src/apps.py", "app.py", "src/other")) == ""


@pytest.mark.parametrize(
    ("folder", "scope", "is_absent"),
    [
        (".", ".", True),
        ("src", ".", True),
        ("src", "src", True),
        (".", "src", False),
        ("..", ".", False),
        ("src/deep", "src", True),
        ("source", "src", False),
        ("/elsewhere", ".", False),
    ],
)
def test_only_what_was_looked_at_can_be_known_to_be_absent(
    folder: str, scope: str, *, is_absent: bool
) -> None:
    files = ("src/thing.py", "src/deep/thing.py", "source/thing.py", "../thing.py", "/elsewhere/thing.py")
    assert absent("app.main", *files, folder=folder, scope=scope) == ("" if is_absent else None)


def test_a_layer_or_a_package_may_bring_a_module() -> None:
    assert absent("wrapper.main", "src/app.py", more=f"Layers: ['{LAYER}']") is None
    assert absent("wrapper.main", "src/app.py", more="Layers: !Ref Any") is None
    assert absent("company/wrapper.main", "src/app.py") is None
    assert absent("ap.main", "src/app.py", more=f"Layers: ['{LAYER}']") == "src/app.py"
