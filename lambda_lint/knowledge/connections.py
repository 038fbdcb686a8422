"""What opens a connection, or a pool of them, that is worth keeping between invocations.

Source: the documentation of each package, and "Best practices for working with AWS Lambda functions"
(https://docs.aws.amazon.com/lambda/latest/dg/best-practices.html); as of 2026-11.
"""

from __future__ import annotations

from dataclasses import dataclass

AS_OF = "2026-11"
SOURCE = "https://docs.aws.amazon.com/lambda/latest/dg/best-practices.html"


@dataclass(frozen=True, slots=True)
class Connection:
    """A kind of connection."""

    label: str
    is_async: bool = False
    """It belongs to the event loop that was running when it was made or first used."""
    can_be_lost: bool = False
    """It does not connect again by itself: whoever keeps it must look whether it is alive."""
    place: str | None = None
    """The first parameter, if it may name a database in memory or in a file."""
    is_url: bool = False
    """Whether that parameter is a URL, of which only `sqlite:` names such a database."""


DATABASE = Connection("a database connection", can_be_lost=True)
DATABASE_CLIENT = Connection("a database client")
POOL = Connection("a database connection pool")
ENGINE = Connection("a database engine", place="url", is_url=True)
CACHE = Connection("a cache client")
SEARCH = Connection("a search client")
BROKER = Connection("a message broker client")
HTTP = Connection("an HTTP session")
HTTP_POOL = Connection("an HTTP connection pool")
HTTP_CONNECTION = Connection("an HTTP connection", can_be_lost=True)

POOLED_HTTP = ("httpx.", "requests.", "urllib3.")
"""Packages whose sessions and pools connect when they need to, and again when a connection was lost."""

ASYNC_DATABASE = Connection("a database connection", is_async=True, can_be_lost=True)
ASYNC_DATABASE_CLIENT = Connection("a database client", is_async=True)
ASYNC_POOL = Connection("a database connection pool", is_async=True)
ASYNC_ENGINE = Connection("a database engine", is_async=True, place="url", is_url=True)
ASYNC_CACHE = Connection("a cache client", is_async=True)
ASYNC_SEARCH = Connection("a search client", is_async=True)
ASYNC_BROKER = Connection("a message broker client", is_async=True)
ASYNC_HTTP = Connection("an HTTP session", is_async=True)

_BY_KIND: tuple[tuple[Connection, str], ...] = (
    (
        DATABASE,
        """
        aurora_dsql_psycopg.connect aurora_dsql_psycopg2.connect cx_Oracle.connect
        databricks.sql.connect ibm_db.connect ibm_db_dbi.connect mariadb.connect
        mysql.connector.connect mysql.connector.MySQLConnection
        mysql.connector.connection.MySQLConnection
        MySQLdb.connect MySQLdb.Connect MySQLdb.connections.Connection oracledb.connect
        pg8000.connect pg8000.dbapi.connect pg8000.native.Connection
        psycopg.connect psycopg.Connection.connect psycopg2.connect pymssql.connect
        pymysql.connect pymysql.Connect pymysql.Connection pymysql.connections.Connection pyodbc.connect
        redshift_connector.connect snowflake.connector.connect snowflake.connector.SnowflakeConnection
        trino.dbapi.connect vertica_python.connect
        """,
    ),
    (
        Connection("a database connection", can_be_lost=True, place="database"),
        """
        duckdb.connect sqlite3.connect sqlite3.dbapi2.connect peewee.SqliteDatabase
        """,
    ),
    (
        DATABASE_CLIENT,
        """
        cassandra.cluster.Cluster clickhouse_connect.get_client influxdb_client.InfluxDBClient
        mongoengine.connect neo4j.GraphDatabase.driver peewee.MySQLDatabase peewee.PostgresqlDatabase
        playhouse.pool.PooledMySQLDatabase playhouse.pool.PooledPostgresqlDatabase
        pymongo.MongoClient pymongo.mongo_client.MongoClient
        """,
    ),
    (
        POOL,
        """
        dbutils.pooled_db.PooledDB mysql.connector.pooling.MySQLConnectionPool oracledb.create_pool
        psycopg2.pool.SimpleConnectionPool psycopg2.pool.ThreadedConnectionPool
        psycopg_pool.ConnectionPool psycopg_pool.NullConnectionPool
        """,
    ),
    (
        ENGINE,
        """
        sqlalchemy.create_engine sqlalchemy.engine.create_engine sqlalchemy.engine.create.create_engine
        sqlalchemy.engine_from_config sqlmodel.create_engine
        """,
    ),
    (
        Connection("a factory of database sessions"),
        """
        sqlalchemy.orm.sessionmaker sqlalchemy.orm.session.sessionmaker
        """,
    ),
    (
        CACHE,
        """
        pymemcache.Client pymemcache.client.Client pymemcache.client.base.Client
        pymemcache.client.base.PooledClient pymemcache.client.hash.HashClient
        redis.ConnectionPool redis.ConnectionPool.from_url redis.BlockingConnectionPool redis.Redis
        redis.Redis.from_url redis.RedisCluster redis.RedisCluster.from_url redis.StrictRedis
        redis.StrictRedis.from_url redis.client.Redis redis.cluster.RedisCluster redis.from_url
        redis.sentinel.Sentinel rediscluster.RedisCluster rediscluster.StrictRedisCluster
        valkey.StrictValkey valkey.Valkey valkey.Valkey.from_url valkey.ValkeyCluster
        valkey.cluster.ValkeyCluster valkey.from_url
        """,
    ),
    (
        SEARCH,
        """
        elasticsearch.Elasticsearch opensearchpy.OpenSearch opensearchpy.client.OpenSearch
        """,
    ),
    (
        BROKER,
        """
        confluent_kafka.Consumer confluent_kafka.Producer confluent_kafka.admin.AdminClient
        kafka.KafkaAdminClient kafka.KafkaConsumer kafka.KafkaProducer kafka.admin.KafkaAdminClient
        paho.mqtt.client.Client pika.BlockingConnection
        """,
    ),
    (
        HTTP,
        """
        authlib.integrations.requests_client.OAuth2Session cloudscraper.create_scraper httpx.Client
        requests.Session requests.session requests.sessions.Session requests.sessions.session
        requests_oauthlib.OAuth1Session requests_oauthlib.OAuth2Session
        """,
    ),
    (
        HTTP_POOL,
        """
        urllib3.HTTPConnectionPool urllib3.HTTPSConnectionPool urllib3.PoolManager urllib3.ProxyManager
        urllib3.connectionpool.HTTPConnectionPool urllib3.connectionpool.HTTPSConnectionPool
        urllib3.poolmanager.PoolManager urllib3.poolmanager.ProxyManager
        """,
    ),
    (
        HTTP_CONNECTION,
        """
        http.client.HTTPConnection http.client.HTTPSConnection
        """,
    ),
    (
        ASYNC_DATABASE,
        """
        aiomysql.connect aiopg.connect asyncpg.connect oracledb.connect_async
        psycopg.AsyncConnection.connect
        """,
    ),
    (
        Connection("a database connection", is_async=True, can_be_lost=True, place="database"),
        """
        aiosqlite.connect
        """,
    ),
    (
        ASYNC_DATABASE_CLIENT,
        """
        motor.motor_asyncio.AsyncIOMotorClient neo4j.AsyncGraphDatabase.driver pymongo.AsyncMongoClient
        """,
    ),
    (
        ASYNC_POOL,
        """
        aiomysql.create_pool aiopg.create_pool asyncpg.create_pool oracledb.create_pool_async
        psycopg_pool.AsyncConnectionPool
        """,
    ),
    (
        ASYNC_ENGINE,
        """
        sqlalchemy.ext.asyncio.create_async_engine sqlalchemy.ext.asyncio.engine.create_async_engine
        """,
    ),
    (
        ASYNC_CACHE,
        """
        aioredis.create_redis_pool aioredis.from_url
        redis.asyncio.Redis redis.asyncio.Redis.from_url redis.asyncio.RedisCluster
        redis.asyncio.from_url valkey.asyncio.Valkey valkey.asyncio.from_url
        """,
    ),
    (
        ASYNC_SEARCH,
        """
        elasticsearch.AsyncElasticsearch opensearchpy.AsyncOpenSearch
        """,
    ),
    (
        ASYNC_BROKER,
        """
        aio_pika.connect aio_pika.connect_robust aiokafka.AIOKafkaProducer
        """,
    ),
    (
        ASYNC_HTTP,
        """
        aiohttp.ClientSession aiohttp.client.ClientSession httpx.AsyncClient
        """,
    ),
)
"""Each kind, and the full names of what opens it, one word each."""

CONNECTIONS: dict[str, Connection] = {name: kind for kind, names in _BY_KIND for name in names.split()}
"""Full name of a callable -> what it opens."""
