"""Which files may be templates, and which other files those name: told by a look at names and bytes.

What reads the templates is not imported here: a run of which everything is known from an earlier one asks
nothing but this.
"""

from __future__ import annotations

import codecs
import posixpath
import re
from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING, NamedTuple

from lambda_lint.deployment.cdk_folders import cdk_configurations

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

DEFAULT_STAGE = "dev"
"""Of the Serverless Framework."""
SAM_CONFIG = "samconfig.toml"
TERRAFORM = ".tf"
TERRAFORM_VARIABLES = "terraform.tfvars"


class Format(NamedTuple):
    """A format of templates."""

    reader: str
    """The module of this package that has `read(path, text, beside)`."""
    claims: Callable[[str, bytes], bool]
    """Whether a file, by its path and bytes, may be of the format."""
    companions: Callable[[str, bytes], tuple[str, ...]]
    """The paths, in the form of the file's, of other files that it may need; most are not there."""


def looks_like_template(path: str, data: bytes) -> bool:
    """Whether a file may declare functions; the answer is cheap, and `read_template` has the last word."""
    return next(claiming(path, data), None) is not None


def may_deploy_python(path: str, data: bytes) -> bool:
    """Whether a file, of which the beginning may be all that is known, seems to declare Python functions."""
    if not looks_like_template(path, data) or not may_be_python([_plain(data)]):
        return False
    return not path.endswith(TERRAFORM) or declares_functions(_plain(data))


def companions(path: str, data: bytes) -> tuple[str, ...]:
    """The paths, in the form of `path`, of other files that the template may need; most are not there."""
    # A companion itself is of no format; all may have to say what it names in turn.
    formats = list(claiming(path, data)) or FORMATS
    plain = _plain(data)
    return tuple(named for format_ in formats for named in format_.companions(path, plain))


def claiming(path: str, data: bytes) -> Iterator[Format]:
    """Yield the formats that a file may have, the likeliest first."""
    plain = _plain(data)
    return (format_ for format_ in FORMATS if format_.claims(path, plain))


def _plain(data: bytes) -> bytes:
    """UTF-16 without its zeros, so that ASCII words are found in it; others without their byte order mark."""
    is_wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    return data.replace(b"\0", b"") if is_wide else data.removeprefix(codecs.BOM_UTF8)


_PYTHON = re.compile(rb"[Pp]ython|PYTHON")
_OTHER_RUNTIME = re.compile(rb"(?i:nodejs|\bjava_?[0-9]|\bdotnet|\bruby_?[0-9]|\bprovided[._]al2)")


def may_be_python(files: Iterable[bytes]) -> bool:
    """Whether functions that are declared in these files may be Python: some runtime must be named for them.

    A look at the bytes takes a hundredth of the time of reading what declares functions of other languages.
    """
    files = list(files)
    return any(map(_PYTHON.search, files)) or not any(map(_OTHER_RUNTIME.search, files))


# -- CloudFormation

_SUFFIXES = frozenset({".json", ".template", ".yaml", ".yml"})
_RESOURCES = re.compile(rb"""\bResources["']?\s*:""")
_FUNCTION = re.compile(rb"""\bType["']?\s*:\s*["']?AWS::(?:Lambda|Serverless)::Function\b""")


def _is_cloudformation(path: str, data: bytes) -> bool:
    is_named = posixpath.splitext(path)[1].lower() in _SUFFIXES
    # Most files have not even the word, and looking for that takes a tenth of the time.
    if not is_named or b"::Function" not in data:
        return False
    return bool(_FUNCTION.search(data)) and bool(_RESOURCES.search(data))


def _beside_cloudformation(path: str, _data: bytes) -> tuple[str, ...]:
    return (posixpath.join(posixpath.dirname(path), SAM_CONFIG),)


# -- Serverless Framework

_SERVICE = re.compile(r"serverless[\w.-]*\.(?:json|ya?ml)")
_KEYS = tuple(
    re.compile(rb"(?:^|[{,])[ \t]*[\"']?%s[\"']?\s*:" % key, re.MULTILINE)
    for key in (b"service", b"provider")
)
_FILES = re.compile(r"file\(([^()\n]{1,200})\)")
_VARIABLE = re.compile(r"\$\{[^{},]*(?:,\s*['\"]?([\w.-]*)['\"]?\s*)?\}")


def _is_serverless(path: str, data: bytes) -> bool:
    is_named = _SERVICE.fullmatch(posixpath.basename(path)) is not None
    return is_named and all(key.search(data) for key in _KEYS)


def _beside_serverless(path: str, data: bytes) -> tuple[str, ...]:
    """What `${file(…)}` names, with variables in its path at their defaults."""
    if b"file(" not in data:
        return ()
    folder = posixpath.dirname(path)
    written = (match[1] for match in _FILES.finditer(data.decode("utf-8", "replace")))
    named = (_VARIABLE.sub(lambda match: match[1] or DEFAULT_STAGE, each).strip(" '\"") for each in written)
    return tuple(dict.fromkeys(posixpath.normpath(posixpath.join(folder, name)) for name in named))


# -- Chalice


def _is_chalice(path: str, data: bytes) -> bool:
    return posixpath.basename(path) == "config.json" and _in_chalice(path) and b"{" in data


def _beside_chalice(path: str, _data: bytes) -> tuple[str, ...]:
    return (chalice_app(path),) if _in_chalice(path) else ()


def chalice_app(path: str) -> str:
    """The file of an application, by the path of its configuration."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), "..", "app.py"))


def _in_chalice(path: str) -> bool:
    return posixpath.basename(posixpath.dirname(path)) == ".chalice"


# -- Terraform

_TERRAFORM_FUNCTION = re.compile(
    rb"""^[ \t]*resource[ \t]+"?aws_lambda_function"?[ \t]|^[ \t]*source[ \t]*=[ \t]*"[^"\n]*lambda""",
    re.MULTILINE,
)


def _is_terraform(path: str, _data: bytes) -> bool:
    """All files of Terraform: one without functions may say what those of another one are."""
    return path.endswith(TERRAFORM)


def _beside_terraform(path: str, _data: bytes) -> tuple[str, ...]:
    """The file of variables that Terraform reads by itself. A companion is asked for its own."""
    folder = posixpath.dirname(path)
    return (posixpath.join(folder, TERRAFORM_VARIABLES),) if path.endswith(TERRAFORM) else ()


def declares_functions(data: bytes) -> bool:
    """Whether a file of Terraform may declare functions."""
    return bool(_TERRAFORM_FUNCTION.search(data))


@cache
def reads_terraform() -> bool:
    """Whether the extra is installed."""
    return find_spec("tree_sitter") is not None and find_spec("tree_sitter_hcl") is not None


def unread_terraform(templates: Mapping[str, bytes]) -> tuple[str, ...]:
    """The files that are not read because the extra is not installed."""
    paths = [path for path in sorted(templates) if path.endswith(TERRAFORM)]
    if not paths or reads_terraform():
        return ()
    return tuple(path for path in paths if declares_functions(templates[path]))


# -- CDK

_NOT_APPS = (".d.ts", ".test.ts", ".spec.ts")
_CLASSES = rb"".join(
    (
        rb"Function(?:(?<=\bFunction)|(?<=\bDockerImageFunction)",
        rb"|(?<=\bPythonFunction)|(?<=\bSingletonFunction))",
    )
)
# Where a function is made, or imported under another name: most files that mention functions only use them.
_CONSTRUCT = re.compile(_CLASSES + rb"(?:\s*\(|\s+as\b)")
_NEW_CONSTRUCT = re.compile(rb"new\s+(?:[\w$]+\s*\.\s*)*\w*" + _CLASSES + rb"|" + _CLASSES + rb"\s+as\b")


def is_cdk_python(path: str, data: bytes) -> bool:
    """Whether a Python file may declare functions with the CDK."""
    return path.endswith(".py") and b"aws_cdk" in data and bool(_CONSTRUCT.search(data))


def _beside_cdk_python(path: str, data: bytes) -> tuple[str, ...]:
    return cdk_configurations(path) if is_cdk_python(path, data) else ()


def _is_cdk_typescript(path: str, data: bytes) -> bool:
    if not path.endswith(".ts") or path.endswith(_NOT_APPS):
        return False
    return b"aws-lambda" in data and bool(_NEW_CONSTRUCT.search(data)) and may_be_python([data])


def _beside_cdk_typescript(path: str, data: bytes) -> tuple[str, ...]:
    return cdk_configurations(path) if _is_cdk_typescript(path, data) else ()


CLOUDFORMATION = Format("cloudformation", _is_cloudformation, _beside_cloudformation)
FORMATS = (
    Format("chalice", _is_chalice, _beside_chalice),
    Format("serverless", _is_serverless, _beside_serverless),
    Format("terraform", _is_terraform, _beside_terraform),
    Format("cdk_python", is_cdk_python, _beside_cdk_python),
    Format("cdk_typescript", _is_cdk_typescript, _beside_cdk_typescript),
    CLOUDFORMATION,
)
