"""What Lambda gives a function that asks for nothing.

Source: the API reference of `CreateFunction`; as of 2026-11.
"""

from __future__ import annotations

AS_OF = "2026-11"
SOURCE = "https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html"

DEFAULT_TIMEOUT = 3
"""Seconds."""

DEFAULT_MEMORY = 128
"""MiB."""
