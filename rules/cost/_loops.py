"""What rules about loops ask: does the loop end with the call, and does it run over single records?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

from lambda_lint.api import SourceKind

if TYPE_CHECKING:
    from lambda_lint.api import Context, HandlerFacts

ONE_RECORD = frozenset({SourceKind.S3, SourceKind.SES, SourceKind.SNS})
"""Sources whose events have a list of records, which holds one.

https://docs.aws.amazon.com/lambda/latest/dg/with-sns.html, https://docs.aws.amazon.com/lambda/latest/dg/with-s3.html
"""
BATCH_SIZE = "BatchSize"
BLOCKS = (cst.IndentedBlock, cst.SimpleStatementSuite)


def is_left_after(node: cst.CSTNode, loop: cst.CSTNode, ctx: Context) -> bool:
    """Whether the loop around ends in the round in which the node runs, in the ordinary course.

    `for key in keys: item = get(key); break`, and a loop that tries again until nothing fails.
    """
    child = node
    while child is not loop:
        above = ctx.module.tree.parents[child]
        if isinstance(above, BLOCKS):
            following = above.body[above.body.index(child) + 1 :]
            if any(leaves(statement) for statement in following):
                return True
        orelse = above.orelse if isinstance(above, cst.Try) and child is above.body else None
        if orelse is not None and any(leaves(statement) for statement in orelse.body.body):
            return True
        child = above
    return False


def leaves(statement: cst.CSTNode) -> bool:
    """Whether a statement is `break` or `return`."""
    small = statement.body if isinstance(statement, cst.SimpleStatementLine) else (statement,)
    return any(isinstance(each, (cst.Break, cst.Return)) for each in small)


def has_one_record(node: cst.CSTNode, ctx: Context) -> bool:
    """Whether the events that reach the node hold one record each, as far as their sources are known."""
    reaching = ctx.handlers_reaching(node)
    return bool(reaching) and all(_is_single(handler) for handler in reaching)


def _is_single(handler: HandlerFacts) -> bool:
    settings = [dict(source.settings) for deployed in handler.deployed for source in deployed.sources]
    if settings and all(each.get(BATCH_SIZE) == "1" for each in settings):
        return True
    return bool(handler.sources) and ONE_RECORD.issuperset(handler.sources)
