"""How code reaches into an event other than by its keys, and what hands its parts on.

Source: Powertools for AWS Lambda (Python) 3.37 (data classes and event handlers), Chalice 1, Flask 3, Bottle
0.13, Starlette 0.4x, and the Python 3.14 library reference; as of 2026-11.
"""

from __future__ import annotations

from lambda_lint.knowledge.words import words

AS_OF = "2026-11"
SOURCE = "https://docs.aws.amazon.com/powertools/python/latest/utilities/data_classes/"

ANY_KEY = None
"""Stands in a path for any key, or any position of a list."""

JSON = "json.loads"
DECODED = "urllib.parse.unquote_plus"
BASE64 = "base64.b64decode"

ATTRIBUTES: dict[str, tuple[tuple[str | None, ...], tuple[str, ...]]] = {
    "args": (("queryStringParameters",), ()),
    "query": (("queryStringParameters",), ()),
    "query_params": (("queryStringParameters",), ()),
    "params": (("queryStringParameters",), ()),
    "resolved_query_string_parameters": (("queryStringParameters",), ()),
    "path_params": (("pathParameters",), ()),
    "uri_params": (("pathParameters",), ()),
    "view_args": (("pathParameters",), ()),
    "resolved_headers_field": (("headers",), ()),
    "resolved_cookies_field": (("cookies",), ()),
    "form": (("body",), ()),
    "forms": (("body",), ()),
    "files": (("body",), ()),
    "data": (("body",), ()),
    "raw_body": (("body",), ()),
    "json": (("body",), (JSON,)),
    "json_body": (("body",), (JSON,)),
    "decoded_body": (("body",), ()),
    "records": (("Records",), ()),
    "record": (("Records", ANY_KEY), ()),
    "raw_event": ((), ()),
    "to_dict": ((), ()),
    "get_object": (("object",), ()),
    "bucket_name": (("Records", ANY_KEY, "s3", "bucket", "name"), ()),
    "object_key": (("Records", ANY_KEY, "s3", "object", "key"), (DECODED,)),
    "sns": (("Sns",), ()),
    "sns_message": (("Records", ANY_KEY, "Sns", "Message"), ()),
    "message": (("Message",), ()),
    "subject": (("Subject",), ()),
    "new_image": (("NewImage",), ()),
    "old_image": (("OldImage",), ()),
    "decoded_nested_s3_event": (("body",), (JSON,)),
    "decoded_nested_sns_event": (("body",), (JSON,)),
    "detail_type": (("detail-type",), ()),
}
"""Attribute of an event, a record or a request -> the keys that it reads, and what it does with them.

Any other attribute reads the key of its own name in camel case. `key` of Powertools' `S3Object` is the key as
it came; only `S3Event.object_key` is decoded.
"""

RECORD_DATA = {
    "data_as_bytes": (BASE64,),
    "data_as_text": (BASE64,),
    "data_as_json": (BASE64, JSON),
}
"""Attribute of a stream's record -> what it does with the record's `data`."""

METHODS: dict[str, tuple[tuple[str, ...], tuple[str, ...], bool]] = {
    "get_query_string_value": (("queryStringParameters",), (), True),
    "get_multi_value_query_string_values": (("multiValueQueryStringParameters",), (), True),
    "get_header_value": (("headers",), (), True),
    "get_json": (("body",), (JSON,), False),
    "get_data": (("body",), (), False),
    "json": (("body",), (JSON,), False),
    "body": (("body",), (), False),
    "data_as_bytes": (("data",), (BASE64,), False),
    "data_as_text": (("data",), (BASE64,), False),
    "data_as_json": (("data",), (BASE64, JSON), False),
}
"""Method of an event or a request -> the keys that it reads, what it does with them, and whether its argument
is one more key."""

TEXT_METHODS = words(
    """
    capitalize casefold center decode encode expandtabs format format_map join ljust lower lstrip partition
    removeprefix removesuffix replace rjust rpartition rsplit rstrip split splitlines strip swapcase title
    translate upper zfill
    """
)
"""Methods of text whose result holds the text that they are called on."""
TEXT_METHODS_WITH_TEXT = frozenset({"format", "format_map", "join", "replace", "ljust", "rjust"})
"""Those whose result holds their arguments, too."""

COPIES = words(
    """
    builtins.dict builtins.frozenset builtins.iter builtins.list builtins.reversed builtins.set
    builtins.sorted builtins.tuple collections.OrderedDict copy.copy copy.deepcopy
    """
)
"""Callables whose result holds the same as their first argument."""

COPIES_OF_KEYS = COPIES - {"builtins.dict", "collections.OrderedDict", "copy.copy", "copy.deepcopy"}
"""Those that hold only the keys of a dict."""

PARSERS = words(
    """
    ast.literal_eval dynamodb_json.json_util.loads json.load json.loads orjson.loads rapidjson.loads
    simplejson.loads ujson.loads urllib.parse.parse_qs
    """
)
"""Callables that make structured data of a text, whose keys are parts of the text."""

WHOLE_EVENT_APPLICATIONS = frozenset({"CfnResource"})
"""Applications that hand the event, and the context, to the functions that are registered on them."""

ROUTES = words("api_route delete get head options patch post put route view")
"""Methods of a web application that register a function for a path, whose parts it is given."""

RESOLVERS = {"resolver": ("arguments",), "batch_resolver": ("arguments",), "tool": ("parameters",)}
"""Methods of other applications that register a function -> the part of the event from which it is given."""

RECORD_HANDLERS = frozenset({"record_handler", "handler"})
"""Arguments by which Powertools' batch processing is told what to call with each record."""

SECRET_CALLS = {
    "aws_lambda_powertools.utilities.parameters.get_secret": ("SecretString",),
    "aws_secretsmanager_caching.SecretCache().get_secret_string": ("SecretString",),
}
"""Callables outside the SDK that return a secret -> the part of the answer of Secrets Manager that it is."""

SCHEMA_BASES = frozenset({"pydantic.BaseModel", "aws_lambda_powertools.utilities.parser.BaseModel"})
"""Classes whose instances hold only what a schema lets through."""
