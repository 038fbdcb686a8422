"""Environment variables that are there without a template, or that others read than a function's own code.

Source: "Defined runtime environment variables", the documentation of Python, of the layers and libraries that
are configured by variables; read 2026-11.
"""

from __future__ import annotations

import re
import sys

AS_OF = "2026-11"
SOURCE = (
    "https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime"
)

EXECUTION_WRAPPER = "AWS_LAMBDA_EXEC_WRAPPER"
"""Names a script that starts the runtime, and may set variables for it."""

_SET_ANYWAY = re.compile(
    r"AWS_\w+|_AWS_\w+|_HANDLER|_X_AMZN_TRACE_ID|LAMBDA_RUNTIME_DIR|LAMBDA_TASK_ROOT|LANG|LC_\w+|LD_LIBRARY_PATH"
    r"|PATH|PWD|PYTHON\w+|SHLVL|TZ|HOME"
)

_READ_BY_OTHERS = re.compile(
    r"(?:AWS|BOTO|CORALOGIX|DATADOG|DD|DYNATRACE|DT|EPSAGON|GODEBUG|INSTANA|LAMBDA|LC|LD|LUMIGO|NEW_RELIC|NODE|OTEL"
    r"|PARAMETERS_SECRETS|POWERTOOLS|PYTHON|SENTRY|SPLUNK|SSL|SSM|THUNDRA|_)\w*"
    r"|\w*_PROXY|\w*CA_BUNDLE|\w*LOG_?LEVEL|CURL\w*|HOME|LANG|MPLCONFIGDIR|NO_COLOR|PATH|TMPDIR|TZ",
    re.IGNORECASE,
)

_STARTING_OTHERS = frozenset(
    {"ctypes", "imp", "importlib", "multiprocessing", "pkgutil", "pty", "runpy", "subprocess", "zipimport"}
)

_WITHOUT_VARIABLES = frozenset(
    {
        "aws_lambda_powertools",
        "aws_lambda_typing",
        "aws_xray_sdk",
        "boto3",
        "botocore",
        "bs4",
        "certifi",
        "cfnresponse",
        "crhelper",
        "cryptography",
        "dateutil",
        "idna",
        "jmespath",
        "jsonschema",
        "jwt",
        "lxml",
        "mypy_boto3_dynamodb",
        "numpy",
        "pandas",
        "psycopg2",
        "pymysql",
        "pytz",
        "redis",
        "requests",
        "requests_aws4auth",
        "simplejson",
        "typing_extensions",
        "urllib3",
        "xmltodict",
        "yaml",
    }
)
"""Packages that read no variables but those of which `_READ_BY_OTHERS` tells."""


def is_set_anyway(name: str) -> bool:
    """Whether Lambda, its runtime or the system sets a variable of this name, or may."""
    return _SET_ANYWAY.fullmatch(name) is not None


def is_read_by_others(name: str) -> bool:
    """Whether the runtime, an extension or a library may read a variable of this name."""
    return _READ_BY_OTHERS.fullmatch(name) is not None


def reads_no_others(package: str) -> bool:
    """Whether a package that is imported reads no variables of other names, nor starts what may."""
    return package in _WITHOUT_VARIABLES or (
        package in sys.stdlib_module_names and package not in _STARTING_OTHERS
    )
