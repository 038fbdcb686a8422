"""What is linted, and the peers: found in folders that an option names, or made once in the work folder."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

REPOSITORY = "https://github.com/aws-samples/serverless-patterns"
PACKAGES = {name: name for name in ("boto3", "botocore", "django", "sqlalchemy", "sympy")}
CDK = {"aws-cdk-lib": "aws_cdk"}
"""Only when asked for: 183 MB, four times as much as all the others."""
PEERS = ("ruff", "pythaw", "bandit", "flake8", "pylint", "fixit", "semgrep")
CODE = (".py",)
CODE_AND_TEMPLATES = (".py", ".yaml", ".yml", ".json")
LEFT_OUT = {".git", "node_modules", "__pycache__"}


def lambda_code(given: Path | None, work: Path) -> Path | None:
    """Public Lambda code without vendored dependencies; None without a folder and without network."""
    target = work / "lambda"
    if target.exists() and given is None:
        return target
    if given is None:
        given = work / "clone"
        command = ["git", "clone", "--quiet", "--depth", "1", REPOSITORY, str(given)]
        if not given.exists() and subprocess.run(command, check=False).returncode:
            return None
    return copied(given, target, CODE_AND_TEMPLATES)


def installed_packages(given: Path | None, work: Path, *, cdk: bool) -> Path | None:
    """The code of large packages, copied away from what pip leaves beside them: that marks it as vendored."""
    target = work / "packages"
    names = PACKAGES | (CDK if cdk else {})
    if given is None:
        given = work / "installed"
        missing = [name for name, folder in names.items() if not (given / folder).exists()]
        if missing and _pip(sys.executable, "--no-deps", "--target", str(given), *missing):
            return None
    shutil.rmtree(target, ignore_errors=True)
    for folder in names.values():
        if (given / folder).exists():
            copied(given / folder, target / folder, CODE)
    return target


def installed_peers(given: Path | None, work: Path) -> Path:
    """A virtual environment with the peers; one that cannot be installed is missing in the table."""
    if given is not None:
        return given
    folder = work / "peers"
    if not folder.exists():
        venv.create(folder, with_pip=True)
        for name in PEERS:
            _pip(str(python_of(folder)), name)
    return folder


def python_of(environment: Path) -> Path:
    return environment / "bin" / "python"


def copied(source: Path, target: Path, suffixes: tuple[str, ...]) -> Path:
    """A copy of the files of these kinds, without the folders that `pip install --target` filled."""
    shutil.rmtree(target, ignore_errors=True)
    for name, folders, files in os.walk(source):
        if any(folder.endswith(".dist-info") for folder in folders):
            folders.clear()
            continue
        folders[:] = [folder for folder in folders if folder not in LEFT_OUT]
        place = target / Path(name).relative_to(source)
        for file in files:
            if file.endswith(suffixes) and (Path(name) / file).is_file():
                place.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(Path(name) / file, place / file)
    return target


def size_of(folder: Path) -> tuple[int, int]:
    """How many Python files, and how many lines in them."""
    texts = [path.read_bytes() for path in folder.rglob("*.py")]
    return len(texts), sum(text.count(b"\n") for text in texts)


def _pip(python: str, *arguments: str) -> int:
    command = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *arguments]
    return subprocess.run(command, check=False).returncode
