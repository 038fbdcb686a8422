"""Callables that only compute: the result is settled by what they are given.

Source: the Python 3.14 library reference, and the documentation of Jinja 3.1; as of 2026-11.
"""

from __future__ import annotations

AS_OF = "2026-11"
SOURCE = "https://docs.python.org/3/library/index.html"

PURE = frozenset(
    {
        "ast.literal_eval",
        "base64.b64decode",
        "base64.b64encode",
        "base64.decodebytes",
        "base64.standard_b64decode",
        "base64.urlsafe_b64decode",
        "binascii.unhexlify",
        "builtins.bool",
        "builtins.bytes",
        "builtins.bytes.fromhex",
        "builtins.dict",
        "builtins.enumerate",
        "builtins.float",
        "builtins.frozenset",
        "builtins.int",
        "builtins.len",
        "builtins.list",
        "builtins.map",
        "builtins.max",
        "builtins.min",
        "builtins.range",
        "builtins.reversed",
        "builtins.set",
        "builtins.sorted",
        "builtins.str",
        "builtins.sum",
        "builtins.tuple",
        "builtins.zip",
        "importlib.resources.files",
        "io.StringIO",
        "jinja2.FileSystemLoader",
        "jinja2.PackageLoader",
        "json.dumps",
        "json.loads",
        "os.fspath",
        "os.getcwd",
        "os.path.abspath",
        "os.path.basename",
        "os.path.dirname",
        "os.path.expanduser",
        "os.path.join",
        "os.path.normpath",
        "os.path.realpath",
        "os.path.split",
        "os.path.splitext",
        "os.sep",
        "pathlib.Path",
        "pathlib.Path.cwd",
        "pathlib.PosixPath",
        "pathlib.PurePath",
        "pathlib.PurePosixPath",
        "textwrap.dedent",
        "urllib.parse.quote",
        "urllib.parse.urljoin",
        "urllib.parse.urlparse",
    }
)
"""Full names. The working directory of a function is always `/var/task`; a method of what they return only
computes too."""

PURE_METHODS = frozenset(
    {
        "casefold",
        "decode",
        "encode",
        "endswith",
        "format",
        "format_map",
        "get",
        "items",
        "join",
        "keys",
        "lower",
        "lstrip",
        "partition",
        "removeprefix",
        "removesuffix",
        "replace",
        "rpartition",
        "rsplit",
        "rstrip",
        "split",
        "splitlines",
        "startswith",
        "strip",
        "title",
        "upper",
        "values",
        "zfill",
    }
)
"""Methods of text, bytes and dicts that only compute."""

MODULE_NAMES = frozenset({"__file__", "__name__", "__package__"})
"""What every module knows of itself."""
