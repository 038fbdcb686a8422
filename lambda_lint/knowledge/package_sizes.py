"""How large packages are when they are installed, and which of them need which others.

Source: measured: the sum of all files in the newest wheel for x86 and Python 3.13 on PyPI, without the
bytecode that an installation adds; what a package needs is told by its metadata, without extras.
As of 2026-11.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

AS_OF = "2026-11"
SOURCE = "https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html"

LIMIT = 262
"""Megabytes, of a function's package and layers, unzipped: 250 MiB."""

MEGABYTES = {
    "awscli": 130,
    "botocore": 21,
    "cryptography": 15,
    "duckdb": 69,
    "lightgbm": 10,
    "llvmlite": 179,
    "lxml": 12,
    "matplotlib": 25,
    "numba": 16,
    "numpy": 53,
    "onnxruntime": 76,
    "opencv-python-headless": 159,
    "pandas": 43,
    "pillow": 20,
    "plotly": 40,
    "pyarrow": 171,
    "scikit-learn": 31,
    "scipy": 112,
    "spacy": 122,
    "statsmodels": 42,
    "sympy": 27,
    "transformers": 53,
    "xgboost": 87,
}
"""Normalized name -> its own size; packages of less than 10 MB are left out."""

_NEEDS = {
    "awscli": ("botocore",),
    "awswrangler": ("botocore", "numpy", "pandas", "pyarrow"),
    "boto3": ("botocore",),
    "geopandas": ("numpy", "pandas"),
    "lightgbm": ("numpy", "scipy"),
    "matplotlib": ("numpy", "pillow"),
    "numba": ("llvmlite", "numpy"),
    "onnxruntime": ("numpy",),
    "opencv-python-headless": ("numpy",),
    "pandas": ("numpy",),
    "scikit-learn": ("numpy", "scipy"),
    "scipy": ("numpy",),
    "seaborn": ("matplotlib", "numpy", "pandas"),
    "spacy": ("numpy",),
    "statsmodels": ("numpy", "pandas", "scipy"),
    "transformers": ("numpy",),
    "xgboost": ("numpy", "scipy"),
}


def brought(packages: Iterable[str]) -> dict[str, int]:
    """The packages of known size among these and what they need, with their sizes, the largest first."""
    seen: set[str] = set()
    pending = list(packages)
    while pending:
        package = pending.pop()
        if package not in seen:
            seen.add(package)
            pending.extend(_NEEDS.get(package, ()))
    sizes = {package: MEGABYTES[package] for package in seen if package in MEGABYTES}
    return dict(sorted(sizes.items(), key=lambda entry: (-entry[1], entry[0])))
