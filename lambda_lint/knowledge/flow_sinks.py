"""What must not be given text that somebody else wrote, and what makes such text harmless.

Source: https://cwe.mitre.org/data/definitions/74.html and the weaknesses below it; the Python 3.14 library
reference; boto3 1.44 reference; the documentation of each package; as of 2026-11.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from lambda_lint.knowledge.event_parts import PARSERS, TEXT_METHODS
from lambda_lint.knowledge.words import words

AS_OF = "2026-11"
SOURCE = "https://cwe.mitre.org/data/definitions/74.html"


@dataclass(frozen=True, slots=True)
class SinkKind:
    """A way in which text becomes something else."""

    what: str
    """What happens to the part of the event."""
    cwe: int
    help: str
    is_milder: bool = False
    blocked_by: frozenset[str] = field(default=frozenset())
    """What makes text harmless for this alone."""


SHELL = SinkKind(
    "is run by a shell",
    78,
    "give the program and its arguments as a list, without a shell, or quote each with `shlex.quote`",
)
PROGRAM = SinkKind("says which program is run", 78, "look the program up in a dict of those that may be run")
CODE = SinkKind("is run as Python code", 95, "parse it with `json.loads` or `ast.literal_eval`")
TEMPLATE = SinkKind(
    "is run as a template", 1336, "keep templates in files, and give values to them as parameters"
)
OBJECTS = SinkKind(
    "is made into objects, which can run any code",
    502,
    "use a format that holds data alone: `json.loads`, `yaml.safe_load`",
)
SQL = SinkKind(
    "becomes part of SQL text",
    89,
    "give it to the statement as a parameter; look up names of tables and columns in a dict",
)
EXPRESSION = SinkKind(
    "becomes part of the text of a DynamoDB expression",
    943,
    "use placeholders and `ExpressionAttributeValues`, or `Key(…)` and `Attr(…)` of boto3, or `Parameters`",
)
HTML = SinkKind("is sent as HTML", 79, "escape it with `html.escape`, or use a template engine that does")
PATH = SinkKind(
    "becomes part of a file's path",
    22,
    "take the last part with `os.path.basename`, or a name of your own making",
    is_milder=True,
    blocked_by=frozenset({"str.partition", "str.rpartition", "str.rsplit", "str.split"}),
)


@dataclass(frozen=True, slots=True)
class Sink:
    """Where a callable takes such text: by keyword, by position or both."""

    kind: SinkKind
    position: int | None = 0
    keyword: str | None = None


def _all(kind: SinkKind, names: str, position: int | None = 0, keyword: str | None = None) -> dict[str, Sink]:
    return dict.fromkeys(names.split(), Sink(kind, position, keyword))


CALLABLES: dict[str, Sink] = {
    **_all(SHELL, "os.popen os.system", keyword="cmd"),
    **_all(
        SHELL,
        "asyncio.create_subprocess_shell subprocess.getoutput subprocess.getstatusoutput",
        keyword="cmd",
    ),
    **_all(
        PROGRAM, "os.execl os.execle os.execlp os.execv os.execve os.execvp asyncio.create_subprocess_exec"
    ),
    **_all(CODE, "builtins.compile builtins.eval builtins.exec"),
    **_all(CODE, "runpy.run_path", keyword="path_name"),
    **_all(
        TEMPLATE,
        "flask.render_template_string jinja2.Environment().from_string jinja2.Template",
    ),
    **_all(
        OBJECTS,
        "cPickle.loads cloudpickle.loads dill.loads jsonpickle.decode marshal.loads pickle.loads",
    ),
    **_all(
        OBJECTS,
        "dill.load pickle.load marshal.load shelve.open yaml.full_load yaml.unsafe_load yaml.unsafe_load_all",
    ),
    **_all(SQL, "sqlalchemy.text sqlalchemy.sql.text sqlalchemy.sql.expression.text", keyword="text"),
    **_all(SQL, "pandas.read_sql pandas.read_sql_query awswrangler.athena.read_sql_query", keyword="sql"),
    **_all(SQL, "psycopg2.extras.execute_values psycopg2.extras.execute_batch", 1, "sql"),
    **_all(PATH, "builtins.open io.open os.open", keyword="file"),
    **_all(PATH, "os.listdir os.makedirs os.mkdir os.remove os.rmdir os.scandir os.unlink", keyword="path"),
    **_all(PATH, "shutil.rmtree", keyword="path"),
    **_all(PATH, "flask.send_file starlette.responses.FileResponse fastapi.responses.FileResponse"),
    **_all(PATH, "zipfile.ZipFile", keyword="file"),
}
"""Full name of a callable -> where it takes text that it makes something of."""

TWO_PATHS = frozenset(
    {"os.rename", "os.replace", "shutil.copy", "shutil.copy2", "shutil.copyfile", "shutil.move"}
)
"""Callables whose first two arguments are paths."""

PATH_OBJECTS = frozenset({"pathlib.Path", "pathlib.PurePath", "pathlib.PosixPath"})
PATH_METHODS = frozenset(
    {"mkdir", "open", "read_bytes", "read_text", "rmdir", "touch", "unlink", "write_bytes", "write_text"}
)
"""Methods of paths that use the file."""

YAML_LOAD = frozenset({"yaml.load", "yaml.load_all"})
SAFE_LOADERS = frozenset({"yaml.BaseLoader", "yaml.CBaseLoader", "yaml.CSafeLoader", "yaml.SafeLoader"})

PROCESSES = frozenset(
    {
        "subprocess.Popen",
        "subprocess.call",
        "subprocess.check_call",
        "subprocess.check_output",
        "subprocess.run",
    }
)
"""Callables that take a list, or text for a shell if they are told so."""
SHELLS = frozenset({"-c", "-lc", "-ec", "/c"})
"""The word before the text that a shell is given to run."""
DIVIDED = frozenset({"shlex.split", "str.split"})

EXECUTE = frozenset({"execute", "executemany", "executescript", "raw", "run_query"})
"""Methods of database connections and cursors that take SQL text."""
DATABASE = "database"
"""In the label of a connection whose cursors do."""

OPERATIONS: dict[tuple[str, str], Sink] = {
    ("athena", "create_prepared_statement"): Sink(SQL, None, "QueryStatement"),
    ("athena", "start_query_execution"): Sink(SQL, None, "QueryString"),
    ("dynamodb", "batch_execute_statement"): Sink(EXPRESSION, None, "Statements"),
    ("dynamodb", "execute_statement"): Sink(EXPRESSION, None, "Statement"),
    ("dynamodb", "execute_transaction"): Sink(EXPRESSION, None, "TransactStatements"),
    ("rds-data", "batch_execute_statement"): Sink(SQL, None, "sql"),
    ("rds-data", "execute_sql"): Sink(SQL, None, "sqlStatements"),
    ("rds-data", "execute_statement"): Sink(SQL, None, "sql"),
    ("redshift-data", "batch_execute_statement"): Sink(SQL, None, "Sqls"),
    ("redshift-data", "execute_statement"): Sink(SQL, None, "Sql"),
    ("s3", "download_file"): Sink(PATH, 2, "Filename"),
    ("s3", "select_object_content"): Sink(SQL, None, "Expression"),
    ("timestream-query", "query"): Sink(SQL, None, "QueryString"),
}
"""Service and operation -> where it takes such text."""
EXPRESSIONS = frozenset({"ConditionExpression", "FilterExpression", "KeyConditionExpression"})
"""Arguments of DynamoDB's operations that are a language of their own."""

PASSED_ON = (
    PARSERS
    | {f"str.{method}" for method in TEXT_METHODS - {"replace", "translate"}}
    | words(
        """
        base64.b64decode base64.standard_b64decode base64.urlsafe_b64decode binascii.a2b_base64 builtins.bytes
        builtins.format builtins.repr builtins.str copy gzip.decompress html.unescape io.BytesIO io.StringIO
        json.dumps operation os.fspath os.path.abspath os.path.expanduser os.path.join os.path.normpath part
        pathlib.Path pathlib.Path().joinpath simplejson.dumps text textwrap.dedent urllib.parse.parse_qsl
        urllib.parse.unquote urllib.parse.unquote_plus zlib.decompress
        """
    )
)
"""What text can go through and be as dangerous as before. Whatever else it goes through may have checked."""

CHECKS = frozenset({"==", "in", "project", "raising!"})
"""Conditions that are taken for a check of what a text says."""
PATTERNS = ("fullmatch", "match", "search")
"""Methods of regular expressions."""
TEXT_TESTS = "str.is"
CONVERSIONS = words(
    """
    builtins.float builtins.int datetime.datetime.fromisoformat datetime.datetime.strptime decimal.Decimal
    ipaddress.ip_address ipaddress.ip_network uuid.UUID
    """
)
"""Conversions that fail for text that is not what it should be."""
VALIDATORS = words(
    """
    aws_lambda_powertools.utilities.parser.parse aws_lambda_powertools.utilities.validation.validate
    fastjsonschema.validate jsonschema.Draft202012Validator().validate jsonschema.Draft7Validator().validate
    jsonschema.validate
    """
)
"""Callables that raise unless all of what they are given fits a schema."""
VALIDATING_DECORATORS = ("parser.event_parser", "validation.validator", "validation.validator.validator")
"""Decorators of handlers that let only events through which fit a schema."""

HTML_TYPE = "text/html"
