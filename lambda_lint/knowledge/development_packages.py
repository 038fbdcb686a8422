"""Packages for those who write, test and deploy functions, which no function needs while it runs.

Source: the packages' own descriptions on PyPI, and those of the Trove classifiers `Topic :: Software
Development :: Testing` and `Quality Assurance`; read 2026-11. Packages that functions have a use for at run
time, too, such as `docutils`, `jinja2` or `click`, are left out.
"""

from __future__ import annotations

AS_OF = "2026-11"
SOURCE = "https://pypi.org/search/?c=Topic+%3A%3A+Software+Development+%3A%3A+Quality+Assurance"

_CHECKING = "checking code"
_DEPLOYING = "deploying"
_DOCUMENTING = "writing documentation"
_EXPLORING = "working interactively"
_FORMATTING = "formatting code"
_PACKAGING = "building packages"
_TESTING = "testing"
_TYPING = "checking types"

PURPOSES = {
    "autoflake": _FORMATTING,
    "autopep8": _FORMATTING,
    "aws-cdk-lib": _DEPLOYING,
    "aws-lambda-builders": _DEPLOYING,
    "aws-sam-cli": _DEPLOYING,
    "aws-sam-translator": _DEPLOYING,
    "awscli": _DEPLOYING,
    "awscli-local": _DEPLOYING,
    "bandit": _CHECKING,
    "basedpyright": _TYPING,
    "behave": _TESTING,
    "black": _FORMATTING,
    "build": _PACKAGING,
    "bump2version": _PACKAGING,
    "bumpversion": _PACKAGING,
    "cdk-nag": _DEPLOYING,
    "cfn-lint": _CHECKING,
    "checkov": _CHECKING,
    "commitizen": _PACKAGING,
    "coverage": _TESTING,
    "debugpy": _EXPLORING,
    "detect-secrets": _CHECKING,
    "factory-boy": _TESTING,
    "flake8": _CHECKING,
    "freezegun": _TESTING,
    "hypothesis": _TESTING,
    "ipdb": _EXPLORING,
    "ipykernel": _EXPLORING,
    "ipython": _EXPLORING,
    "isort": _FORMATTING,
    "jupyter": _EXPLORING,
    "jupyterlab": _EXPLORING,
    "localstack": _TESTING,
    "locust": _TESTING,
    "mkdocs": _DOCUMENTING,
    "mkdocs-material": _DOCUMENTING,
    "mock": _TESTING,
    "moto": _TESTING,
    "mypy": _TYPING,
    "notebook": _EXPLORING,
    "nose": _TESTING,
    "nox": _TESTING,
    "parameterized": _TESTING,
    "pep8": _CHECKING,
    "pip-audit": _CHECKING,
    "pip-tools": _PACKAGING,
    "pipenv": _PACKAGING,
    "poetry": _PACKAGING,
    "pre-commit": _CHECKING,
    "pycodestyle": _CHECKING,
    "pydocstyle": _CHECKING,
    "pyflakes": _CHECKING,
    "pylint": _CHECKING,
    "pyre-check": _TYPING,
    "pyright": _TYPING,
    "pytest": _TESTING,
    "python-lambda-local": _TESTING,
    "pytype": _TYPING,
    "pyupgrade": _FORMATTING,
    "radon": _CHECKING,
    "requests-mock": _TESTING,
    "responses": _TESTING,
    "rope": _FORMATTING,
    "ruff": _CHECKING,
    "safety": _CHECKING,
    "sphinx": _DOCUMENTING,
    "sphinx-rtd-theme": _DOCUMENTING,
    "tox": _TESTING,
    "twine": _PACKAGING,
    "vulture": _CHECKING,
    "yamllint": _CHECKING,
    "yapf": _FORMATTING,
    "zappa": _DEPLOYING,
}
"""Normalized name -> what it is for."""

FAMILIES = {
    "flake8-": _CHECKING,
    "pylint-": _CHECKING,
    "pytest-": _TESTING,
    "sphinxcontrib-": _DOCUMENTING,
    "types-": _TYPING,
}
"""The beginning of a name -> what all packages are for whose names begin so."""

IMPORTED_AS = {
    "aws-cdk-lib": "aws_cdk",
    "aws-lambda-builders": "aws_lambda_builders",
    "aws-sam-cli": "samcli",
    "aws-sam-translator": "samtranslator",
    "cdk-nag": "cdk_nag",
    "cfn-lint": "cfnlint",
    "factory-boy": "factory",
    "ipython": "IPython",
    "pyre-check": "pyre_check",
}
"""Normalized name -> the name of the module, where it is another than the name with underscores."""


def purpose_of(package: str) -> str | None:
    """What a package is for, if not for running functions."""
    family = (purpose for begin, purpose in FAMILIES.items() if package.startswith(begin))
    return PURPOSES.get(package) or next(family, None)


def module_of(package: str) -> str:
    """The name under which a package is imported."""
    return IMPORTED_AS.get(package, package.replace("-", "_"))
