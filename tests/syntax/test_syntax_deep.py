import sys
import threading

import pytest

from lambda_lint.syntax.deep import with_deep_stack


def count_down(depth: int) -> int:
    return 0 if not depth else 1 + count_down(depth - 1)


def test_deep_recursion_succeeds() -> None:
    with pytest.raises(RecursionError):
        count_down(5000)
    assert with_deep_stack(lambda: count_down(5000)) == 5000


def test_the_limit_is_put_back() -> None:
    before = sys.getrecursionlimit()
    with_deep_stack(lambda: None)
    assert sys.getrecursionlimit() == before
    assert threading.stack_size() == 0


def test_failures_are_raised_here() -> None:
    def fail() -> None:
        raise KeyError("x")

    with pytest.raises(KeyError, match="x"):
        with_deep_stack(fail)


def test_one_thread_is_enough() -> None:
    assert with_deep_stack(lambda: with_deep_stack(threading.get_ident) == threading.get_ident())
