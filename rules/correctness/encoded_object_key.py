"""LL058: the key of an S3 notification that is used without being decoded."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import libcst as cst

from lambda_lint.api import Module, Reach, Related, Rule, Safety, Severity, Violation, encoded_keys

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lambda_lint.api import Context, Edits, EncodedKey, Fix

DECODER = ("urllib.parse", "unquote_plus")
PLUS_MESSAGE = "`unquote` leaves the `+` that stand for spaces in the key of an S3 notification"


class EncodedObjectKey(Rule[Module]):
    """Objects with a space or an accent in their name are not found."""

    code = "LL058"
    severity = Severity.WARNING
    reach = Reach.HANDLERS
    message = "the key of an S3 notification is used as it came, URL-encoded"
    help = "decode it where it is read from the event: `urllib.parse.unquote_plus(…)`"
    fixable = (Safety.SAFE,)

    def check(self, module: Module, ctx: Context, /) -> Iterator[Violation]:
        for key in encoded_keys(ctx):
            read = module.tree.nodes[key.order]
            uses = [module.tree.nodes[order] for number, order in key.uses if number == module.number]
            yield self.violation(
                read,
                path=ctx.path_to(read),
                related=tuple(Related(use, "it is used here") for use in uses[:3]),
                fix=partial(_decoded, read, key, ctx),
                message=PLUS_MESSAGE if key.is_half_decoded else None,
            )


def _decoded(read: cst.CSTNode, key: EncodedKey, ctx: Context, edits: Edits) -> Fix | None:
    """Decode the key where it is read, or with `unquote_plus` instead of `unquote`."""
    if key.is_decoded_elsewhere:
        return None
    name, imports = edits.ensure_import(*DECODER, at=read)
    if not key.is_half_decoded:
        wrapped = edits.replace(read, f"{name}({edits.text_of(read)})")
        return edits.fix("decode it with `unquote_plus`", [wrapped, *imports], Safety.SAFE)
    around = ctx.parent(ctx.parent(read) or read)
    if isinstance(around, cst.Call) and (ctx.name_of(around.func) or "").endswith(".unquote"):
        better = edits.replace(around.func, name)
        return edits.fix("decode it with `unquote_plus`", [better, *imports], Safety.SAFE)
    return None
