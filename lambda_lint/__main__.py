"""`python -m lambda_lint` is `lambda-lint`."""

from lambda_lint.cli import main

main()
