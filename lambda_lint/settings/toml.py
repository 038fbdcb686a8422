"""The TOML reader of the standard library, or the package that it came from."""

import sys

if sys.version_info >= (3, 11):
    from tomllib import TOMLDecodeError, loads
else:  # pragma: no cover - Python 3.10 has no tomllib; the tests' own Python decides
    from tomli import TOMLDecodeError, loads

__all__ = ["TOMLDecodeError", "loads"]
