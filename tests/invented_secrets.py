"""Texts that look random and are nobody's secret; whole tokens are put together only while the tests run."""

LETTERS_AND_DIGITS = (
    "q7ZkW2mXvB9LtR4sYd8NcH3fJp6GaE1uTo5iQ9fK2mQx7Lv4TzW1rBn8cKkXw3PzVb6NyHgTq2RsLm9DcFj4GkWx8ZaQe1UiOp5YtHs"
    "Kd7VnMb3CzXlJw2QrEf6TgBuA8hSjNdP4kRvYmZx5LcWqT9oUiE2bGnK7fVsHaJ3tXpQ6wMrDyL8zCeBgN1uSkOoFhIiRjPlTdYxVm"
)
LETTERS = "".join(character for character in LETTERS_AND_DIGITS if character.isalpha())
HEXADECIMAL = "2c376631b29f34369aad80b891baf90cf6939eb98229a91f3410b12041f0295d" * 2
UPPER = "Q7ZKW2MXVB4LTR6SYD5NCH3FJPGAEUTOIQFK"
DIGITS = "204817730912731322817180"


def soup(size: int) -> str:
    return LETTERS_AND_DIGITS[:size]


def hexadecimal(size: int) -> str:
    return HEXADECIMAL[:size]
