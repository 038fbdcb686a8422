"""The templates of a run: read, or taken from the cache if no file that they depend on has changed.

All are kept as one: what a template says may come from any other. With one edited file of code, that they are
not read again saves more than half of a run.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from hashlib import shake_256
from typing import TYPE_CHECKING, Any

from lambda_lint.deployment import access, fact, function, requirements, triggers
from lambda_lint.deployment.cdk_folders import cdk_modules, is_configured
from lambda_lint.deployment.claims import is_cdk_python, unread_terraform
from lambda_lint.deployment.files import Files
from lambda_lint.deployment.function import Template
from lambda_lint.deployment.manifests import is_list
from lambda_lint.deployment.packages import packaged
from lambda_lint.deployment.reader import decode, read_template
from lambda_lint.engine.packing import Packer, PackingError
from lambda_lint.engine.store import digest
from lambda_lint.errors import TemplateError
from lambda_lint.model.labels import SourceKind
from lambda_lint.model.location import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from lambda_lint.engine.inputs import Inputs
    from lambda_lint.engine.store import Store


@dataclass(frozen=True, slots=True)
class Broken:
    """A template that could not be read."""

    path: str
    offset: int
    message: str
    is_our_fault: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """The templates by path; files of the CDK in Python come last."""

    templates: tuple[Template, ...]
    broken: tuple[Broken, ...]


@dataclass(frozen=True, slots=True)
class _Said:
    """A template without its text; what it holds is told by numbers, as templates of a folder share it."""

    path: str
    functions: tuple[int, ...]
    resources: tuple[int, ...]
    others: tuple[int, ...]
    also_in: tuple[int, ...]


class _Shared:
    """The functions, resources and paths of all templates, each once and by number."""

    def __init__(self) -> None:
        self.all: list[object] = []
        self._numbers: dict[object, int] = {}

    def numbers(self, held: Iterable[object]) -> tuple[int, ...]:
        """The numbers of what a template holds."""
        return tuple(map(self._number, held))

    def _number(self, one: object) -> int:
        key = one if isinstance(one, str) else id(one)
        if key not in self._numbers:
            self._numbers[key] = len(self.all)
            self.all.append(one)
        return self._numbers[key]


_CLASSES = (
    Broken,
    Reading,
    Span,
    _Said,
    access.Access,
    access.ManagedPolicy,
    access.Named,
    access.PolicyTemplate,
    access.Statement,
    fact.Fact,
    fact.Listed,
    fact.Place,
    function.Declared,
    function.Delivery,
    function.DeployedFunction,
    function.InlineCode,
    function.Layer,
    function.Network,
    function.Variable,
    requirements.Packaging,
    requirements.Requirement,
    requirements.Requirements,
    triggers.EventSource,
    triggers.Polling,
    triggers.Queue,
)
KEPT = frozenset({*_CLASSES, SourceKind})
"""What templates are made of."""
_PACKER = Packer(_CLASSES, (SourceKind,))


class Templates:
    """Reads the templates of one run; `salt` stands for all that they depend on besides the inputs."""

    def __init__(
        self,
        inputs: Inputs,
        is_test: Callable[[str], bool],
        size_limit: int,
        store: Store | None,
        salt: bytes,
    ) -> None:
        self._templates = dict(sorted(inputs.templates.items()))
        self._programs = {
            path: data
            for path, data in sorted(inputs.files.items())
            if is_cdk_python(path, data) and not is_test(path)
        }
        # A file that is edited is not read from the disk.
        self._beside = {path: inputs.files.get(path, data) for path, data in inputs.beside.items()}
        self._modules = {
            named: inputs.files[named]
            for path, data in self._programs.items()
            for named in cdk_modules(path, data)
            if named in inputs.files
        }
        """What programs may import, by path."""
        programs = (*self._programs, *(path for path in self._templates if path.endswith(".ts")))
        is_asked = not all(is_configured(path, self._beside) for path in programs)
        self._code = sorted(inputs.files) if is_asked else []
        """The files of code, where it depends on them in which folder a program is run."""
        self._size_limit, self._store, self._salt = size_limit, store, salt

    def read(self) -> Reading:
        """All templates, and what is wrong with those that could not be read."""
        if self._store is None or not (self._templates or self._programs):
            return self._read()
        stamp = self._stamp()
        key, seal = digest(b"key", stamp), digest(b"seal", stamp)
        kept = self._store.get(key)
        if kept is not None:
            with contextlib.suppress(PackingError, TypeError, ValueError, LookupError, AttributeError):
                return self._with_texts(_PACKER.unpack(_masked(kept, seal)))
        reading = self._read()
        shared = _Shared()
        said = tuple(
            _Said(
                each.path,
                shared.numbers(each.functions),
                shared.numbers(each.resources),
                shared.numbers(each.others),
                shared.numbers(each.also_in),
            )
            for each in reading.templates
        )
        self._store.put(key, _masked(_PACKER.pack((tuple(shared.all), said, reading.broken)), seal))
        return reading

    def _read(self) -> Reading:
        beside = Files({**self._beside, **self._templates})
        beside.code = frozenset(self._code)
        to_programs = Files({**self._modules, **beside})
        to_programs.code = beside.code
        tried = [
            self._tried(path, data, beside) for path, data in self._templates.items() if not is_list(path)
        ]
        programs = [self._tried(path, data, to_programs) for path, data in self._programs.items()]
        found = (each for each in (*tried, *programs) if isinstance(each, Template))
        return Reading(
            tuple(packaged(found, self._templates)),
            # That a program is broken is told of it as a module.
            tuple(
                each
                for each in (*tried, *programs)
                if isinstance(each, Broken) and (each.is_our_fault or each.path in self._templates)
            ),
        )

    def _tried(self, path: str, data: bytes, beside: Files) -> Template | Broken:
        if len(data) > self._size_limit:
            # No more than its beginning was read.
            limit = self._size_limit // 1024
            return Broken(path, 0, f"larger than the limit of {limit} KiB, which `max-file-size` sets")
        try:
            return read_template(path, data, beside)
        except TemplateError as error:
            return Broken(path, error.offset, str(error))
        except Exception as error:  # noqa: BLE001 - whatever it is, the other templates are read
            fault = f"lambda-lint failed on it with {type(error).__name__}: this is a bug, please report it"
            return Broken(path, 0, fault, is_our_fault=True)

    def _with_texts(self, kept: tuple[tuple[Any, ...], tuple[_Said, ...], tuple[Broken, ...]]) -> Reading:
        shared, said, broken = kept
        files: Mapping[str, bytes] = {**self._programs, **self._templates}

        def held(numbers: tuple[int, ...]) -> tuple[Any, ...]:
            return tuple(shared[number] for number in numbers)

        templates = (
            Template(
                each.path,
                decode(files[each.path]),
                held(each.functions),
                held(each.resources),
                held(each.others),
                held(each.also_in),
            )
            for each in said
        )
        return Reading(tuple(templates), broken)

    def _stamp(self) -> bytes:
        """Stands for everything that the templates depend on."""
        unread = repr(unread_terraform(self._templates))
        parts = [b"templates", self._salt, unread.encode("utf-8", "surrogatepass")]
        parts += [b"%d" % len(self._code), "\0".join(self._code).encode("utf-8", "surrogatepass")]
        for files in (self._templates, self._programs, self._modules, self._beside):
            parts.append(b"%d" % len(files))
            for path, data in sorted(files.items()):
                parts += [path.encode("utf-8", "surrogatepass"), data]
        return digest(*parts)


def _masked(data: bytes, seal: bytes) -> bytes:
    """The data made unreadable, or readable again, for who does not have the files that `seal` stands for.

    Templates may hold secrets, of which nothing may stand in the cache that does not stand in them.
    """
    mask = shake_256(seal).digest(len(data))
    return (int.from_bytes(data, "big") ^ int.from_bytes(mask, "big")).to_bytes(len(data), "big")
