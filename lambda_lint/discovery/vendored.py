"""Packages of others that were copied beside the code, as `pip install -t` does.

One file in four of public Lambda repositories is such a copy. It is recognized by what pip leaves behind
(`*.dist-info`) or, where that was deleted to save space, by the names of packages that everybody knows.
The project's own files in the same folder stay.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

SITE_FOLDERS = frozenset({"site-packages", "dist-packages"})
METADATA_ENDINGS = (".dist-info", ".egg-info")

KNOWN = frozenset(
    {
        "Crypto", "Cryptodome", "MySQLdb", "OpenSSL", "PIL", "_cffi_backend", "_yaml", "aiobotocore",
        "aioboto3", "aiohttp", "anyio", "async_timeout", "attr", "attrs", "aws_lambda_powertools",
        "aws_requests_auth", "aws_xray_sdk", "bcrypt", "boto", "boto3", "botocore", "bs4", "cachetools",
        "certifi", "cffi", "chalice", "chardet", "charset_normalizer", "click", "colorama", "crhelper",
        "cryptography", "dateutil", "docutils", "elasticsearch", "fastapi", "flask", "frozenlist",
        "google", "googleapiclient", "grpc", "h11", "httpcore", "httplib2", "httpx", "idna",
        "importlib_metadata", "isodate", "itsdangerous", "jinja2", "jmespath", "jose", "jsonpickle",
        "jsonschema", "jwt", "lxml", "mangum", "markupsafe", "marshmallow", "more_itertools",
        "multidict", "mysql", "numpy", "oauthlib", "openpyxl", "opensearchpy", "packaging", "pandas",
        "paramiko", "pg8000", "pip", "pkg_resources", "psycopg", "psycopg2", "pyasn1", "pycparser",
        "pydantic", "pydantic_core", "pymongo", "pymysql", "pynamodb", "pyparsing", "pytz", "redis",
        "requests", "requests_oauthlib", "requests_toolbelt", "rsa", "s3fs", "s3transfer", "setuptools",
        "simplejson", "six", "slack_sdk", "sniffio", "soupsieve", "sqlalchemy", "starlette", "stripe",
        "tenacity", "telegram", "tqdm", "twilio", "typing_extensions", "tzdata", "tzlocal", "urllib3",
        "websocket", "werkzeug", "wheel", "wrapt", "xmltodict", "yaml", "yarl", "zipp",
    }
)  # fmt: skip
"""Import names of the packages that are most often copied into functions."""

KNOWN_ENTRIES = KNOWN.union(f"{name}.py" for name in KNOWN)

VERSION = re.compile(rb"^__version__\b", re.MULTILINE)


def vendored_children(folder: str, names: Collection[str]) -> frozenset[str]:
    """Of the entries of a folder, those that belong to packages of others."""
    metadata = [name for name in names if name.endswith(METADATA_ENDINGS)]
    if not metadata and KNOWN_ENTRIES.isdisjoint(names):
        return frozenset()
    claimed = {top for name in metadata for top in _claimed_by(folder, name)}
    known = [name for name in names if name in KNOWN_ENTRIES and name not in claimed]
    # One known name may be the project's own `click` or `stripe`; among others of its kind, or with a
    # version of its own, it is the package.
    crowded = len(known) > 1 or bool(claimed)
    claimed.update(name for name in known if crowded or _tells_version(folder, name))
    return frozenset(claimed.union(metadata).intersection(names))


def _claimed_by(folder: str, metadata: str) -> set[str]:
    """The top-level files and folders of one installed distribution."""
    place = Path(folder, metadata)
    if metadata.endswith(".egg-info") and not (place / "installed-files.txt").exists():
        # `pip install -e .` and `setup.py` leave such a folder beside the project's own packages.
        return set()
    tops = {line.partition("/")[0].partition(",")[0] for line in _lines(place / "RECORD")}
    if not tops:
        names = _lines(place / "top_level.txt") or [metadata.partition("-")[0]]
        return {form for name in names for form in (name, name.lower(), f"{name}.py", f"{name.lower()}.py")}
    return tops


def _tells_version(folder: str, name: str) -> bool:
    module = Path(folder, name) if name.endswith(".py") else Path(folder, name, "__init__.py")
    try:
        with module.open("rb") as file:
            return VERSION.search(file.read(64 * 1024)) is not None
    except OSError:
        return False


def _lines(path: Path) -> list[str]:
    try:
        text = path.read_text("utf-8", errors="replace")
    except OSError:
        return []
    return [line.strip() for line in text.splitlines() if line.strip()]
