"""The built-in rules: one folder a category, one module and one page a rule."""

PAGES_URL = "https://github.com/lambda-lint/lambda-lint/blob/main/rules"
"""Where the pages of this pack are read on the web; `<category>/<module>.md` follows."""
