"""The result of a run in which nothing has changed since an earlier one: neither parsed nor checked again.

Nothing here imports libcst.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from lambda_lint.deployment.claims import unread_terraform
from lambda_lint.engine.inputs import Texts, text_of
from lambda_lint.engine.mask import Mask
from lambda_lint.engine.packing import PackingError, pack, unpack
from lambda_lint.engine.store import digest

if TYPE_CHECKING:
    from lambda_lint.engine.inputs import Inputs
    from lambda_lint.engine.store import Store
    from lambda_lint.model.finding import Result


class Recall:
    """Results of whole runs; `salt` stands for all that they depend on besides the inputs."""

    def __init__(self, store: Store, salt: bytes, size_limit: int) -> None:
        self._store, self._salt, self._size_limit = store, salt, size_limit

    def get(self, inputs: Inputs) -> Result | None:
        """What an earlier run on the same inputs found."""
        kept, rules = self._store.get(self._key(inputs)), self._store.get(self._rules_key)
        if kept is None or rules is None:
            return None
        try:
            result, shown = unpack(kept)
            texts = Texts(lambda path: text_of(inputs, path, self._size_limit))
            mask = Mask(texts[path][span.start : span.end] for path, span in result.secrets)
            sources = {path: mask.text(texts[path]) for path in shown}
            return replace(result, rules=unpack(rules), sources=sources)  # type: ignore[no-any-return]
        except (PackingError, TypeError, ValueError, AttributeError):
            return None

    def put(self, inputs: Inputs, result: Result) -> None:
        """Keep a result, which another run would find again."""
        if self._store.get(self._rules_key) is None:
            self._store.put(self._rules_key, pack(result.rules))
        self._store.put(
            self._key(inputs), pack((replace(result, rules=(), sources={}), tuple(result.sources)))
        )

    @property
    def _rules_key(self) -> bytes:
        return digest(b"rules", self._salt)

    def _key(self, inputs: Inputs) -> bytes:
        said = (
            inputs.root,
            sorted(inputs.unreadable.items()),
            None if inputs.targets is None else sorted(inputs.targets),
            sorted(inputs.templates),
            sorted(inputs.beside),
            sorted(inputs.left_out),
            inputs.scope,
            unread_terraform(inputs.templates),
        )
        parts = [self._salt, repr(said).encode("utf-8", "surrogatepass")]
        for files in (inputs.files, inputs.templates, inputs.beside):
            for path, data in sorted(files.items()):
                parts += [path.encode("utf-8", "surrogatepass"), data]
        return digest(b"run", *parts)
