"""The kinds of collections that comprehensions make."""

from enum import Enum


class Made(Enum):
    """What a comprehension makes."""

    LIST = "list"
    SET = "set"
    DICT = "dict"
    GENERATOR = "generator"
    TRUTH = "truth"
    """True or false, of comparisons and `not`: it tells of the parts and holds nothing of them."""
