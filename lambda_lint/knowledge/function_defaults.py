"""What Lambda does where a function's configuration says nothing.

Source: the API reference of Lambda, `CreateFunction`; as of 2026-11.
"""

AS_OF = "2026-11"
SOURCE = "https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html"

MEMORY = 128
"""MiB."""
TIMEOUT = 3
"""Seconds."""
PACKAGE_TYPE, IMAGE = "Zip", "Image"
"""The default, and the other one."""
