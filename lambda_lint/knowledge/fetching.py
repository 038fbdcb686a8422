"""Calls that fetch more than they are asked for: SQL that is executed, items of DynamoDB, objects of S3.

Source: the Python Database API (PEP 249), the documentation of pandas and AWS SDK for pandas, and the API
references of the services; as of 2026-11.
"""

from __future__ import annotations

AS_OF = "2026-11"
SOURCE = (
    "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.ProjectionExpressions.html"
)

SQL_METHODS = frozenset(
    {
        "execute",
        "executemany",
        "fetch",
        "fetch_all",
        "fetch_one",
        "fetchrow",
        "fetchval",
        "query",
        "read_sql",
        "read_sql_query",
    }
)
"""Methods and functions that run the SQL in their first argument."""

SQL_OPERATIONS = {
    ("athena", "start_query_execution"): "QueryString",
    ("rds-data", "batch_execute_statement"): "sql",
    ("rds-data", "execute_statement"): "sql",
    ("redshift-data", "execute_statement"): "Sql",
    ("timestream-query", "query"): "QueryString",
}
"""Service and operation -> the argument that holds the SQL."""

ITEM_KEYS = {"get_item": "Item", "query": "Items", "scan": "Items"}
"""Operation of DynamoDB -> the key of its answer that holds an item, or a list of them."""

PROJECTIONS = ("ProjectionExpression", "AttributesToGet", "Select", "IndexName")
"""Arguments by which an answer of DynamoDB may hold less than whole items."""
