"""The top level of a module: where its imports end."""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

if TYPE_CHECKING:
    from lambda_lint.syntax.tree import Tree

IMPORTS = (cst.Import, cst.ImportFrom, cst.LazyImport, cst.LazyImportFrom)
GUARDS = (cst.If, cst.Try, cst.TryStar)


def imports_end(tree: Tree) -> int:
    """How many statements of the module's body stand up to the last of the imports at its top; 0 without any.

    Between imports other simple statements may stand. A `try` or `if` around imports is one of them; the
    first function, class or loop ends them.
    """
    found = 0
    for number, statement in enumerate(tree.module.body, 1):
        if isinstance(statement, cst.SimpleStatementLine):
            if any(isinstance(small, IMPORTS) for small in statement.body):
                found = number
        elif isinstance(statement, GUARDS) and _imports(statement):
            found = number
        else:
            break
    return found


def _imports(statement: cst.If | cst.Try | cst.TryStar) -> bool:
    """Whether an import stands directly in the first block of the statement."""
    return any(
        isinstance(line, cst.SimpleStatementLine) and any(isinstance(small, IMPORTS) for small in line.body)
        for line in statement.body.body
    )
