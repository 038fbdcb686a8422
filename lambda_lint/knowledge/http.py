"""Calls that send an HTTP request, and where the URL stands among their arguments.

Source: the documentation of requests, httpx, aiohttp and urllib3, and the Python library reference; as of
2026-11.
"""

from __future__ import annotations

AS_OF = "2026-11"
SOURCE = "https://requests.readthedocs.io/en/latest/api/"

VERBS = ("get", "post", "put", "patch", "delete", "head", "options")

REQUESTERS = (
    "requests",
    "requests.Session()",
    "requests.session()",
    "requests.sessions.Session()",
    "requests.api",
    "requests_toolbelt.sessions.BaseUrlSession()",
    "requests_futures.sessions.FuturesSession()",
    "httpx",
    "httpx.Client()",
    "httpx.AsyncClient()",
    "aiohttp.ClientSession()",
)
"""Modules and objects that have a function for each verb, which takes the URL first."""

POOLS = ("urllib3.PoolManager()", "urllib3.poolmanager.PoolManager()", "urllib3.ProxyManager()")

HOST_POOLS = (
    "urllib3.HTTPConnectionPool()",
    "urllib3.HTTPSConnectionPool()",
    "urllib3.connection_from_url()",
)

METHOD_FIRST = (
    *REQUESTERS,
    "aiohttp",
    "urllib3",
    *POOLS,
    *HOST_POOLS,
    "http.client.HTTPConnection()",
    "http.client.HTTPSConnection()",
)
"""Those with a function `request` that takes the verb and then the URL."""

STREAMERS = ("httpx", "httpx.Client()", "httpx.AsyncClient()")

URL_POSITION: dict[str, int] = {
    **{f"{requester}.{verb}": 0 for requester in REQUESTERS for verb in VERBS},
    **{f"{requester}.request": 1 for requester in METHOD_FIRST},
    **{f"{streamer}.stream": 1 for streamer in STREAMERS},
    **{f"{pool}.urlopen": 1 for pool in (*POOLS, *HOST_POOLS)},
    **{f"{pool}.request_encode_url": 1 for pool in POOLS},
    **{f"{pool}.request_encode_body": 1 for pool in POOLS},
    "requests.Request": 1,
    "httpx.Request": 1,
    "httpx.Client().build_request": 1,
    "httpx.AsyncClient().build_request": 1,
    "urllib.request.urlopen": 0,
    "urllib.request.Request": 0,
    "urllib.request.urlretrieve": 0,
}
"""Full name of a callable -> the position of its `url` argument."""

URL_KEYWORDS = ("url", "fullurl")

BASE_URL: dict[str, tuple[int | None, str]] = {
    "requests_toolbelt.sessions.BaseUrlSession": (0, "base_url"),
    "httpx.Client": (None, "base_url"),
    "httpx.AsyncClient": (None, "base_url"),
    "aiohttp.ClientSession": (0, "base_url"),
    "urllib3.HTTPConnectionPool": (0, "host"),
    "urllib3.HTTPSConnectionPool": (0, "host"),
    "urllib3.connection_from_url": (0, "url"),
    "http.client.HTTPConnection": (0, "host"),
    "http.client.HTTPSConnection": (0, "host"),
}
"""Full name of what makes an object whose requests go to one place -> the argument that names the place."""

FUNCTION_URL_MARK = ".lambda-url."
"""Function URLs are `https://<id>.lambda-url.<region>.on.aws`
(https://docs.aws.amazon.com/lambda/latest/dg/urls-configuration.html)."""
