"""What Lambda gives a function that asks for nothing, and what it gives at most.

Source: the API reference of `CreateFunction`, and "Configure Lambda function memory"
(https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html); as of 2026-11.
"""

from __future__ import annotations

AS_OF = "2026-11"
SOURCE = "https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html"

DEFAULT_TIMEOUT = 3
"""Seconds."""

DEFAULT_MEMORY = 128
"""MB."""

MEMORY_OF_A_PROCESSOR = 1769
"""MB with which a function has the whole of one virtual processor; with less it has that share of it."""
