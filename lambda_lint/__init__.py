"""Static analysis of AWS Lambda functions in Python, joined with the template that deploys them."""

__version__ = "0.1.0"
