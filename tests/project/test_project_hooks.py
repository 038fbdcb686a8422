"""Which changes make the hook for the whole project run."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

HOOKS = yaml.safe_load((Path(__file__).parents[2] / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
WHOLE = next(hook for hook in HOOKS if hook["id"] == "lambda-lint-project")


@pytest.mark.parametrize(
    "path",
    [
        "src/app.py",
        "template.yaml",
        "infra/template-api.yml",
        "sam.json",
        "samconfig.toml",
        "orders.template",
        "serverless.yml",
        "services/a/serverless.ts",
        "main.tf",
        "prod.tfvars",
        "lib/stack.ts",
        "app/.chalice/config.json",
        "src/requirements.txt",
        "pyproject.toml",
        ".lambda-lint.toml",
    ],
)
def test_what_a_run_reads_starts_it(path: str) -> None:
    assert re.search(WHOLE["files"], path)


@pytest.mark.parametrize(
    "path", ["README.md", "docs/notes.txt", "package.json", "events/s3.json", "a.tf.bak"]
)
def test_what_no_run_reads_does_not(path: str) -> None:
    assert not re.search(WHOLE["files"], path)
