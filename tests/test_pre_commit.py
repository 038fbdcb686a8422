"""The hooks, run by the real pre-commit on a scratch repository.

It installs lambda-lint from a copy of this checkout, so it needs the package registry. There is one run for
all questions, as `try-repo` makes a new environment each time.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
PACKAGE = ("pyproject.toml", "README.md", "LICENSE", ".pre-commit-hooks.yaml", "lambda_lint", "rules")
SCRATCH = {
    "template.yaml": """\
Transform: AWS::Serverless-2016-10-31
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties: {CodeUri: src/, Handler: app.main, Runtime: python3.13}
""",
    "src/app.py": """\
import boto3
import store


def main(event, context):
    boto3.client("sns")
    return store.save(event)
""",
    "src/store.py": """\
import boto3


def save(item):
    return boto3.client("s3").put_object(Bucket="orders", Key="a", Body=item)
""",
    "src/left_out.py": """\
import boto3


def lambda_handler(event, context):
    boto3.client("sqs")
""",
    "lambda-lint.toml": 'exclude = ["left_out.py"]\noutput-format = ["concise"]\n',
}
HEADER = re.compile(r"^(lambda-lint[^.\n]*)\.+(?:\(.*\))?(Passed|Failed|Skipped)$", re.MULTILINE)


def clean_environment() -> dict[str, str]:
    """Without what Git sets for its hooks, one of which may be running these tests."""
    return {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}


def git(folder: Path, *arguments: str) -> None:
    identity = ("-c", "user.name=a", "-c", "user.email=a@b", "-c", "commit.gpgsign=false")
    command = ["git", *identity, *arguments]
    subprocess.run(command, cwd=folder, env=clean_environment(), check=True, capture_output=True)


def commit(folder: Path) -> None:
    git(folder, "init", "--quiet")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "all")


def said_by_hooks(home: Path) -> dict[str, tuple[str, str]]:
    """What each hook says about two changed files, by its name: the verdict and the output."""
    repository, scratch = home / "hooks", home / "scratch"
    repository.mkdir()
    for name in PACKAGE:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, repository / name, ignore=shutil.ignore_patterns("__pycache__"))
        elif source.exists():
            shutil.copy(source, repository / name)
    for name, text in SCRATCH.items():
        (scratch / name).parent.mkdir(parents=True, exist_ok=True)
        (scratch / name).write_text(text)
    commit(repository)
    commit(scratch)
    done = subprocess.run(
        [
            *(sys.executable, "-m", "pre_commit", "try-repo", "--color=never", "--verbose", str(repository)),
            *("--files", "src/store.py", "src/left_out.py"),
        ],
        cwd=scratch,
        env=clean_environment() | {"PRE_COMMIT_HOME": str(home / "cache")},
        capture_output=True,
        text=True,
        check=False,
    )
    _, *parts = HEADER.split(done.stdout)
    assert parts, f"{done.stdout}{done.stderr}"
    named = zip(parts[::3], parts[1::3], parts[2::3], strict=True)
    return {name: (verdict, output) for name, verdict, output in named}


def test_the_manifest_is_valid() -> None:
    command = [sys.executable, "-m", "pre_commit", "validate-manifest", ".pre-commit-hooks.yaml"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_both_hooks(tmp_path: Path) -> None:
    hooks = said_by_hooks(tmp_path)
    assert set(hooks) == {"lambda-lint", "lambda-lint (whole project)"}

    # Nothing in `src/store.py` says that it runs in a function: only `src/app.py` and the template do. So the
    # project around the changed files was read; but these alone are reported, without those left out.
    verdict, output = hooks["lambda-lint"]
    assert verdict == "Failed"
    assert "src/store.py:5:12: LL001 client-in-handler" in output
    assert "1 handler found: 1 by template" in output
    assert "in 1 file" in output
    assert "src/app.py" not in output
    assert "src/left_out.py" not in output

    verdict, output = hooks["lambda-lint (whole project)"]
    assert verdict == "Failed"
    assert "src/store.py:5:12: LL001 client-in-handler" in output
    assert "src/app.py:6:5: LL001 client-in-handler" in output
    assert "src/left_out.py" not in output
