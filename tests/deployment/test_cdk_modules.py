"""CDK programs in several modules, and the folders that their paths are relative to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from lambda_lint.deployment.cdk_folders import cdk_modules
from lambda_lint.deployment.files import Files
from lambda_lint.deployment.reader import read_template

if TYPE_CHECKING:
    from lambda_lint.deployment.function import DeployedFunction

CONSTANTS = """
import os
from pathlib import Path
from aws_cdk import Duration, aws_lambda as lambda_
from constructs import Construct
ROOT = Path(__file__).resolve().parent.parent.parent
SOURCES = ROOT / "src"
RUNTIME = lambda_.Runtime.PYTHON_3_13
WAIT = Duration.seconds(30)
HANDLER = "app.handler"
CODE = lambda_.Code.from_asset(str(SOURCES / "orders"))
MEMORY = 256
OPTIONS = {"timeout": WAIT, "memory_size": MEMORY, "handler": os.environ["X"]}
LAYERS = ["arn:aws:lambda:eu-west-1:1:layer:x:1", compute()]
other = unknown
LOOP = [LOOP]
MADE = lambda_.Code.from_asset("src", **options)
"""
IMPORTS = """
from pathlib import Path
from aws_cdk import Duration, aws_lambda as lambda_
"""


def read(program: str, path: str = "infra/parts/stack.py", **modules: str) -> DeployedFunction:
    files = {name.replace("__", "/") + ".py": text.encode() for name, text in modules.items()}
    files["infra/cdk.json"] = b"{}"
    (function,) = read_template(path, (IMPORTS + program).encode(), Files(files)).functions
    return function


@pytest.mark.parametrize(
    ("imported", "prefix"),
    [
        ("from parts.constants import *, ROOT, SOURCES, RUNTIME, WAIT, HANDLER, CODE, MEMORY", ""),
        ("from .constants import RUNTIME, WAIT, HANDLER, CODE, MEMORY", ""),
        ("from ..parts.constants import (\n    RUNTIME,\n    WAIT, HANDLER, CODE, MEMORY,\n)", ""),
        ("from parts import constants", "constants."),
        ("from . import constants as known", "known."),
        ("from parts import constants as known", "known."),
    ],
)
def test_constants_of_other_modules(imported: str, prefix: str) -> None:
    program = f"""
{imported.replace("*, ", "")}
lambda_.Function(
    self, "F", runtime={prefix}RUNTIME, timeout={prefix}WAIT, handler={prefix}HANDLER, code={prefix}CODE,
    memory_size={prefix}MEMORY,
)
"""
    function = read(program, infra__parts__constants=CONSTANTS)
    assert function.runtime.value == "python3.13"
    assert function.timeout.value == 30
    assert function.memory.value == 256
    assert function.handler == "app.handler"
    assert function.folder == "src/orders"
    assert function.is_packed_as_is
    assert function.timeout.place is not None
    assert function.timeout.place.path == "infra/parts/stack.py"


def test_what_is_imported_is_told_where_it_is_used() -> None:
    program = "from parts.constants import OPTIONS, LAYERS, MADE, LOOP, other\n"
    program += (
        'lambda_.Function(self, "F", **OPTIONS, layers=LAYERS, code=MADE, architecture=other, vpc=LOOP)'
    )
    function = read(program, infra__parts__constants=CONSTANTS)
    assert function.timeout.value == 30
    assert function.memory.value == 256
    assert function.handler is None
    assert not function.is_packed_as_is
    assert not function.architectures.is_known
    (layer, _) = function.attached.items
    assert layer.place.path == "infra/parts/stack.py"
    assert (IMPORTS + program)[layer.place.span.start : layer.place.span.end] == "LAYERS"


@pytest.mark.parametrize(
    ("imported", "modules"),
    [
        ("from parts.constants import HANDLER", {}),
        ("from parts.constants import OTHER as HANDLER", {"infra__parts__constants": CONSTANTS}),
        ("from constants import HANDLER", {"constants": CONSTANTS, "infra__parts__constants": CONSTANTS}),
        ("from ....constants import HANDLER", {"constants": CONSTANTS}),
        ("from constants import HANDLER", {"infra__constants": "broken ="}),
        ("from parts.constants import HANDLER", {"infra__parts__constants": "HANDLER = f'a.{unknown}'"}),
        ("from aws_cdk.parts import HANDLER", {"infra__aws_cdk__parts": CONSTANTS}),
    ],
)
def test_what_cannot_be_told_is_not_known(imported: str, modules: dict[str, str]) -> None:
    assert read(f'{imported}\nlambda_.Function(self, "F", handler=HANDLER)', **modules).handler is None


def test_the_module_beside_the_program_that_is_run_comes_first() -> None:
    program = 'from constants import HANDLER\nlambda_.Function(self, "F", handler=HANDLER)'
    modules = {"infra__constants": CONSTANTS, "constants": "HANDLER = 'other.main'"}
    assert read(program, **modules).handler == "app.handler"


def test_the_name_of_a_module_is_no_constant() -> None:
    program = 'from parts import constants\nlambda_.Function(self, "F", handler=constants)'
    assert read(program, infra__parts__constants=CONSTANTS).handler is None


def test_modules_that_a_program_may_need() -> None:
    program = b"""
from aws_cdk import aws_lambda
from parts.constants import (A, # first
    B as C,)
from . import config
from ..above import x; y = 1
from ....too.far import z
"""
    found = cdk_modules("infra/parts/stack.py", program)
    assert {"infra/parts/constants.py", "parts/constants.py", "infra/parts/constants/B.py"} <= set(found)
    assert {"infra/parts/config.py", "infra/parts/__init__.py", "infra/above.py"} <= set(found)
    assert not any("aws_cdk" in path or "far" in path or "above/above" in path for path in found)


# -- without a configuration


def folder_of(code: str, *paths: str, path: str = "service/infra/stacks/stack.py") -> str | None:
    files = Files()
    files.code = frozenset(paths)
    text = (
        f'{IMPORTS}lambda_.Function(self, "F", handler="app.handler", code=lambda_.Code.from_asset({code}))'
    )
    (function,) = read_template(path, text.encode(), files).functions
    return function.folder


@pytest.mark.parametrize(
    ("paths", "folder"),
    [
        ((), "service/infra/stacks/src"),
        (("other.py",), "service/infra/stacks/src"),
        (("service/src/app.py",), "service/src"),
        (("service/infra/src/app.py",), "service/infra/src"),
        (("service/src/app/__init__.py",), "service/src"),
        (("src/app.py",), "src"),
        (("src/app.py", "service/src/app.py"), "service/infra/stacks/src"),
        (("service/infra/stacks/src/app.py", "src/app.py"), "service/infra/stacks/src"),
    ],
)
def test_paths_are_relative_to_the_only_folder_that_has_the_code(paths: tuple[str, ...], folder: str) -> None:
    assert folder_of('"src"', *paths) == folder


def test_a_path_from_the_file_is_the_same_wherever_the_program_is_run() -> None:
    code = 'str(Path(__file__).parent.parent.parent.parent / "src")'
    assert folder_of(code, "src/app.py") == "src"
    assert folder_of(code, "service/src/app.py") == "src"


def test_scripts_in_typescript_are_run_in_a_folder_above() -> None:
    files = Files()
    files.code = frozenset({"src/app.py"})
    text = b"""import * as lambda from 'aws-cdk-lib/aws-lambda';
new lambda.Function(this, 'F', { handler: 'app.handler', code: lambda.Code.fromAsset('src') });
new lambda.Function(this, 'G', { code: lambda.Code.fromAsset('src') });"""
    first, second = read_template("infra/lib/stack.ts", text, files).functions
    assert first.folder == second.folder == "src"


@pytest.mark.parametrize("line", ["from" + " " * 200_000, "from " + "." * 200_000, "from a" + " " * 200_000])
def test_endless_imports_name_no_modules(line: str) -> None:
    """Each of them would take minutes if it were tried again from every place."""
    assert cdk_modules("app.py", line.encode()) == ()
