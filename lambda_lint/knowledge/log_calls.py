"""What writes to the log of a function: `print`, and the loggers of the libraries in use.

All that a function writes to its standard streams goes to CloudWatch Logs.

Source: the Python 3.14 library reference, and the documentation of Powertools for AWS Lambda (Python) 3,
structlog 25 and loguru 0.7; as of 2026-11.
"""

from __future__ import annotations

from lambda_lint.knowledge import event_parts
from lambda_lint.knowledge.words import words

AS_OF = "2026-11"
SOURCE = "https://docs.aws.amazon.com/lambda/latest/dg/python-logging.html"

PRINTS = words(
    """
    builtins.print pprint.pp pprint.pprint rich.print rich.print_json sys.stderr.write sys.stdout.write
    """
)
"""Callables that write what they are given."""

LOGGERS = words(
    """
    aws_lambda_powertools.Logger() aws_lambda_powertools.logging.Logger()
    aws_lambda_powertools.logging.logger.Logger() crhelper.log_helper.setup() logging logging.Logger()
    logging.LoggerAdapter() logging.getLogger() logging.root loguru.logger structlog.get_logger()
    structlog.getLogger() structlog.stdlib.get_logger()
    """
)
"""Objects whose methods log, and modules whose functions do."""

SAME_LOGGER = ("().bind", "().new", "().getChild", "().opt", "().unbind")
"""Methods of a logger that return a logger."""

LEVELS = {
    "trace": 5,
    "debug": 10,
    "info": 20,
    "success": 25,
    "warn": 30,
    "warning": 30,
    "error": 40,
    "exception": 40,
    "critical": 50,
    "fatal": 50,
}
"""Method of a logger -> the level at which it logs."""
LOG = "log"
"""The method whose first argument is the level."""
INFO = 20

INJECT = "inject_lambda_context"
LOG_EVENT = "log_event"
"""Powertools' decorator of handlers, and the argument by which it logs each event."""

NOT_LOGGED = frozenset(
    {"end", "exc_info", "file", "flush", "indent", "sep", "stack_info", "stacklevel", "stream", "width"}
)
"""Arguments that say how to log."""

COPIES = event_parts.COPIES

SHOWN = words(
    """
    ast.literal_eval base64.b64decode builtins.ascii builtins.format builtins.repr builtins.str builtins.vars
    bson.json_util.dumps dynamodb_json.json_util.dumps json.dumps json.loads jsonpickle.dumps
    jsonpickle.encode orjson.dumps pprint.pformat simplejson.dumps simplejson.loads str.decode str.encode
    str.format str.format_map str.join str.lower str.replace str.rstrip str.strip str.upper textwrap.indent
    ujson.dumps yaml.dump yaml.safe_dump copy operation part text
    """
)
"""What an event can go through and still be there as a whole, readable text."""


def logger_method(name: str) -> str | None:
    """The method of a logger that a full name means; None for anything else."""
    owner, _, method = name.rpartition(".")
    while owner.endswith("()") and owner[:-2].rpartition(".")[0] and owner not in LOGGERS:
        bare = owner[:-2]
        if not bare.endswith(tuple(each for each in SAME_LOGGER)):
            return None
        owner = bare.rpartition(".")[0]
    return method if owner in LOGGERS and (method in LEVELS or method == LOG) else None
