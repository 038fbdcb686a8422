"""Drivers of relational databases that keep a process or a thread for each connection.

Of these each copy of a function holds connections of its own, of which a server has some hundreds to a few
thousand. Warehouses and serverless databases with an interface over HTTP are not among them.

Source: the documentation of the packages in `connections`, of RDS ("Quotas and constraints": the default of
`max_connections`) and of RDS Proxy; as of 2026-11.
"""

from __future__ import annotations

from lambda_lint.knowledge.connections import CONNECTIONS

AS_OF = "2026-11"
SOURCE = "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Limits.html"

PACKAGES = frozenset(
    {
        "MySQLdb", "aiomysql", "aiopg", "asyncpg", "cx_Oracle", "dbutils", "ibm_db", "ibm_db_dbi", "mariadb",
        "mysql", "oracledb", "pg8000", "playhouse", "psycopg", "psycopg2", "psycopg_pool", "pymssql",
        "pymysql", "pyodbc", "sqlalchemy", "sqlmodel",
    }
)  # fmt: skip

CONNECTS = frozenset(
    name
    for name, kind in CONNECTIONS.items()
    if name.partition(".")[0] in PACKAGES and kind.label != "a factory of database sessions"
) | {"peewee.MySQLDatabase", "peewee.PostgresqlDatabase"}
"""Full names of callables that connect to a server, or make what does."""

OTHER_DIALECTS = (
    "access", "athena", "awsathena", "bigquery", "clickhouse", "databricks", "duckdb", "redshift",
    "snowflake", "sqlite", "trino",
)  # fmt: skip
"""How URLs of SQLAlchemy begin that lead to a file, a warehouse or a service that scales by itself."""
DATA_API = "auroradataapi"
"""The dialect, after `+`, that speaks to Aurora over HTTP."""

ACCOUNT_CONCURRENCY = 1_000
"""How many copies the functions of an account may have at a time in a region, unless that was changed."""
