"""Where the code of a function of Terraform is: what was packed into the archive that it names."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, NamedTuple

from lambda_lint.deployment import hcl, made_values
from lambda_lint.deployment.terraform_names import shifted
from lambda_lint.deployment.terraform_shapes import ARCHIVE, OBJECTS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lambda_lint.deployment.document import Value
    from lambda_lint.deployment.terraform_module import Declared
    from lambda_lint.deployment.terraform_names import Instance
    from lambda_lint.deployment.terraform_values import Expressions

_PACKAGES = ("filename", "source", "s3_key", "source_code_hash", "source_hash", "etag")
"""Arguments that lead to the archive, most telling first."""
_READING = frozenset({"file", "templatefile"})
_ARCHIVES = (".jar", ".zip")


class Code(NamedTuple):
    """Where the code is."""

    value: Value
    is_guess: bool = False
    """Whether that is only where the code of an archive is looked for."""


def code_of(expressions: Expressions, instance: Instance, declared: Declared) -> Code:
    """The folder, or the one file, that is packed; unknown if an archive comes from elsewhere."""
    seen: set[tuple[str, str]] = set()
    pending = [declared]
    while pending:
        current = pending.pop(0)
        for name in _PACKAGES:
            attribute = current.block.attributes.get(name)
            if attribute is None:
                continue
            for type_, wanted in mentioned(attribute.value):
                if type_ == ARCHIVE:
                    archive = _archive(instance, wanted)
                    if archive is not None:
                        return Code(_packed(expressions, instance, archive))
                elif type_ in OBJECTS and (type_, wanted) not in seen:
                    seen.add((type_, wanted))
                    pending.extend(
                        known for key, known in instance.folder.resources.items() if key == (type_, wanted)
                    )
        found = _by_path(expressions, instance, current)
        if found is not None:
            return found
    return Code(made_values.unknown(shifted(declared.block.key, declared.base)))


def folder_of_archive(path: str) -> str:
    """Where the code of an archive that something else packs is looked for: beside it, or below."""
    return posixpath.dirname(path) or "."


def _archive(instance: Instance, name: str) -> Declared | None:
    key = (ARCHIVE, name)
    return instance.folder.data.get(key) or instance.folder.resources.get(key)


def _by_path(expressions: Expressions, instance: Instance, declared: Declared) -> Code | None:
    """What a literal path leads to: an archive that is packed here, or the code itself."""
    path = next(filter(None, map(declared.block.attributes.get, ("filename", "source"))), None)
    value = None if path is None else expressions.value(path.value, declared.base, instance)
    literal = expressions.evaluator.literal(value)
    if literal is None:
        return None
    for (type_, _), archive in (*instance.folder.data.items(), *instance.folder.resources.items()):
        output = archive.block.attributes.get("output_path") if type_ == ARCHIVE else None
        if output is not None:
            packed = expressions.evaluator.literal(expressions.value(output.value, archive.base, instance))
            if packed is not None and posixpath.normpath(packed) == posixpath.normpath(literal):
                return Code(_packed(expressions, instance, archive))
    if path is None or value is None:  # pragma: no cover - the literal comes from there
        return None
    if not literal.endswith(_ARCHIVES):
        return Code(value)
    return Code(made_values.text(shifted(path.key, declared.base), folder_of_archive(literal)), is_guess=True)


def _packed(expressions: Expressions, instance: Instance, archive: Declared) -> Value:
    for name in ("source_dir", "source_file"):
        attribute = archive.block.attributes.get(name)
        if attribute is not None:
            return expressions.value(attribute.value, archive.base, instance)
    for source in archive.block.all("source"):
        content, filename = source.attributes.get("content"), source.attributes.get("filename")
        if content is None or filename is None:
            continue
        if isinstance(content.value, hcl.Call) and content.value.name in _READING and content.value.arguments:
            path = expressions.value(content.value.arguments[0], archive.base, instance)
            packed = expressions.value(filename.value, archive.base, instance)
            names = [expressions.evaluator.literal(value) or "" for value in (path, packed)]
            # Another file is a part of the code at most, or made of it.
            if names[0].endswith(".py") and posixpath.basename(names[0]) == names[1]:
                return path
    return made_values.unknown(shifted(archive.block.key, archive.base))


def mentioned(expression: hcl.Expression) -> Iterator[tuple[str, str]]:
    """Yield type and name of the resources in an expression."""
    pending: list[hcl.Expression | str | None] = [expression]
    while pending:
        match pending.pop(0):
            case hcl.Access(base=hcl.Name(name="data"), steps=(str(type_), str(name), *_)):
                yield type_, name
            case hcl.Access(base=hcl.Name(name=type_), steps=(str(name), *_)):
                yield type_, name
            case hcl.Call(arguments=arguments):
                pending.extend(arguments)
            case hcl.Object(pairs=pairs):
                pending.extend(value for _, value in pairs)
            case hcl.Template(parts=parts):
                pending.extend(parts)
            case hcl.Conditional(yes=yes, no=no):
                pending += (yes, no)
