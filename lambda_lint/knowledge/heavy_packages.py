"""Packages that take long to import, and which of them import which others.

Source: measured: processor time of `import`, Python 3.11, a local x86 machine, files in the page cache, the
best of three runs in an environment that holds all of these packages; a package that uses others where they
are there takes less where they are not. Where a part is what one imports, it was measured:
`matplotlib.pyplot`, `plotly.express`, `statsmodels.api`, `dask.dataframe`. As of 2026-11, with the versions
of that month.
"""

from __future__ import annotations

AS_OF = "2026-11"
SOURCE = "https://docs.python.org/3/using/cmdline.html#cmdoption-X"

SECONDS: dict[str, float] = {
    "anthropic": 1.4,
    "awswrangler": 0.9,
    "cv2": 0.1,
    "dask": 1.1,
    "fastapi": 0.3,
    "gensim": 1.4,
    "geopandas": 0.5,
    "lightgbm": 1.6,
    "matplotlib": 0.6,
    "networkx": 0.2,
    "nltk": 1.6,
    "numpy": 0.1,
    "openai": 0.6,
    "openpyxl": 0.2,
    "pandas": 0.5,
    "plotly": 0.2,
    "polars": 0.2,
    "pyarrow": 0.1,
    "scipy": 0.2,
    "seaborn": 1.8,
    "sklearn": 1.3,
    "spacy": 2.3,
    "sqlalchemy": 0.2,
    "statsmodels": 1.9,
    "sympy": 0.3,
    "tensorflow": 5.9,
    "torch": 2.0,
    "xgboost": 1.5,
}
"""Package -> the seconds that its import takes, with all that it imports."""

_NUMERIC = frozenset({"numpy", "pandas", "pyarrow", "scipy"})

BRINGS: dict[str, frozenset[str]] = {
    "awswrangler": frozenset({"numpy", "pandas", "pyarrow"}),
    "cv2": frozenset({"numpy"}),
    "dask": _NUMERIC,
    "gensim": frozenset({"numpy", "scipy"}),
    "geopandas": frozenset({"numpy", "pandas", "pyarrow"}),
    "lightgbm": _NUMERIC | {"sklearn"},
    "matplotlib": frozenset({"numpy"}),
    "nltk": _NUMERIC | {"sklearn"},
    "openpyxl": frozenset({"numpy"}),
    "pandas": frozenset({"numpy", "pyarrow"}),
    "plotly": frozenset({"numpy"}),
    "pyarrow": frozenset({"numpy"}),
    "scipy": frozenset({"numpy"}),
    "seaborn": _NUMERIC | {"matplotlib", "statsmodels"},
    "sentence_transformers": frozenset({"numpy", "scipy", "sklearn", "torch"}),
    "sklearn": _NUMERIC,
    "spacy": frozenset({"numpy", "torch"}),
    "statsmodels": _NUMERIC,
    "tensorflow": frozenset({"numpy"}),
    "torch": frozenset({"numpy"}),
    "transformers": frozenset({"numpy", "torch"}),
    "xgboost": _NUMERIC | {"sklearn"},
}
"""Package -> the packages of the table that it imports itself, also those that it can do without."""
