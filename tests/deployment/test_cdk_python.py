"""Functions of CDK apps in Python."""

from __future__ import annotations

from textwrap import dedent
from typing import TYPE_CHECKING

import pytest

from lambda_lint.deployment.reader import companions, looks_like_template, read_template
from lambda_lint.model.labels import SourceKind

if TYPE_CHECKING:
    from lambda_lint.deployment.function import DeployedFunction, Template

IMPORTS = """
import os
from os import path
from pathlib import Path
import aws_cdk as cdk
from aws_cdk import Duration, Size, Stack, aws_lambda as _lambda, aws_sqs as sqs, aws_events as events
from aws_cdk import aws_lambda_event_sources as sources, aws_s3 as s3, aws_sns as sns
from aws_cdk import aws_events_targets as targets, aws_apigateway as apigateway
from aws_cdk import aws_sns_subscriptions as subscriptions, aws_dynamodb as dynamodb
from aws_cdk.aws_lambda_python_alpha import PythonFunction
"""
FUNCTION = """
fn = _lambda.Function(self, "Orders", handler="app.handler", code=_lambda.Code.from_asset("src"))
"""


def read(text: str, path: str = "infra/stacks/stack.py", **beside: str) -> Template:
    files = {name.replace("__", "/") + ".json": content.encode() for name, content in beside.items()}
    return read_template(path, (IMPORTS + dedent(text)).encode(), files)


def only(text: str, path: str = "infra/stacks/stack.py", **beside: str) -> DeployedFunction:
    (function,) = read(text, path, **beside).functions
    return function


def sources(text: str) -> list[tuple[SourceKind, str | None]]:
    (function,) = (each for each in read(FUNCTION + dedent(text)).functions if each.name == "Orders")
    return [(source.kind, source.target) for source in function.sources]


def declared(*arguments: str) -> DeployedFunction:
    return only(f'fn = _lambda.Function(self, "F", {", ".join(arguments)})')


@pytest.mark.parametrize(
    ("path", "text", "claimed"),
    [
        ("stack.py", "import aws_cdk\nFunction(", True),
        ("stack.py", "import aws_cdk\nlambda_.SingletonFunction (", True),
        ("stack.py", "from aws_cdk.aws_lambda import Function as Made", True),
        ("stack.py", "import aws_cdk\ndef of(function: IFunction): Function.from_name(MyFunction())", False),
        ("stack.py", "import aws_cdk\n", False),
        ("stack.py", "Function(", False),
        ("stack.txt", "import aws_cdk\nFunction(", False),
    ],
)
def test_claims(path: str, text: str, claimed: bool) -> None:
    assert looks_like_template(path, text.encode()) is claimed


def test_configurations_are_looked_for_in_all_folders_above() -> None:
    text = (IMPORTS + FUNCTION).encode()
    assert companions("a/b/stack.py", text) == ("a/b/cdk.json", "a/cdk.json", "cdk.json")
    assert companions("/a/stack.py", text) == ("/a/cdk.json", "/cdk.json")


def test_facts() -> None:
    template = read(
        """
        class Orders(Stack):
            def __init__(self, scope, id):
                queue = sqs.Queue(self, "Dead")
                name = "orders"
                self.fn = _lambda.Function(
                    self,
                    "Orders",
                    function_name=name,
                    handler="app.handler",
                    runtime=_lambda.Runtime.PYTHON_3_13,
                    code=_lambda.Code.from_asset("src"),
                    timeout=Duration.minutes(2),
                    memory_size=512,
                    tracing=_lambda.Tracing.ACTIVE,
                    architecture=_lambda.Architecture.ARM_64,
                    ephemeral_storage_size=Size.gibibytes(1),
                    environment={"TABLE": "table", "DEAD": queue.queue_url, "STAGE": scope},
                    dead_letter_queue=queue,
                    reserved_concurrent_executions=3,
                    retry_attempts=1,
                    vpc=scope.vpc,
                )
        """,
        infra__cdk="{}",
    )
    (found,) = template.functions
    assert (found.name, found.handler, found.folder) == ("Orders", "app.handler", "infra/src")
    assert (found.runtime.value, found.timeout.value, found.memory.value) == ("python3.13", 120, 512)
    assert (found.tracing.value, found.architectures.value) == ("Active", ("arm64",))
    assert (found.ephemeral_storage.value, found.reserved_concurrency.value) == (1024, 3)
    assert [(each.name, each.value) for each in found.environment] == [
        ("TABLE", "table"),
        ("DEAD", None),
        ("STAGE", None),
    ]
    assert found.deployed_name == "orders"
    assert found.delivery.dead_letter.value is not None
    assert found.delivery.dead_letter.value.id == "Dead"
    assert found.delivery.maximum_retries.value == 1
    assert not found.network.is_absent
    assert not found.environment_known
    assert not found.sources_known
    assert not found.access.statements.is_complete
    assert found.certain
    assert template.text[found.place.span.start : found.place.span.end] == '"Orders"'
    assert {each.type for each in template.resources} == {
        "AWS::Lambda::EventInvokeConfig",
        "AWS::Lambda::Function",
        "AWS::SQS::Queue",
    }


@pytest.mark.parametrize(
    ("arguments", "retries", "is_absent"),
    [("retry_attempts=0", 0, True), ("on_failure=somewhere()", None, False), ("**settings", None, False)],
)
def test_delivery_may_be_configured_later(arguments: str, retries: int | None, is_absent: bool) -> None:
    delivery = only(FUNCTION + f"fn.configure_async_invoke({arguments})").delivery
    assert (delivery.maximum_retries.value, delivery.on_failure.is_absent) == (retries, is_absent)
    assert delivery.dead_letter.is_absent


def test_delivery_of_what_is_not_known() -> None:
    assert only(FUNCTION + "other.configure_async_invoke(on_failure=1)").delivery.on_failure.is_absent


def test_what_feeds_a_function_may_be_named() -> None:
    found = only(
        FUNCTION
        + """
        queue = sqs.Queue(self, "Jobs")
        fn.add_event_source(sources.SqsEventSource(queue=queue))
        fn.add_event_source(sources.SqsEventSource(batch_size=1))
        """.replace("\n        ", "\n")
    )
    assert [each.target for each in found.sources] == ["Jobs", None]


def test_variables_name_what_the_file_makes() -> None:
    found = only(
        """
        queue = sqs.Queue(self, "Jobs")
        self.table = dynamodb.Table(self, "Table")
        size = 3
        fn = _lambda.Function(self, "Orders", handler="a.b", environment={
            "URL": queue.queue_url, "ARN": queue.queue_arn, "TABLE": self.table.table_name,
            "ODD": queue.metrics, "ELSE": elsewhere.queue_url, "SIZE": size.bucket_name,
        })
        """
    )
    assert {each.name: (each.target, each.attribute) for each in found.environment} == {
        "URL": ("Jobs", None),
        "ARN": ("Jobs", "Arn"),
        "TABLE": ("Table", None),
        "ODD": (None, None),
        "ELSE": (None, None),
        "SIZE": (None, None),
    }


@pytest.mark.parametrize(
    ("more", "names"),
    [
        ('fn.add_environment("A", "1")\nfn.add_environment("B", other)', ["A", "B"]),
        ('fn.add_environment(name, "1")', []),
        ('fn.add_environment(name, "1")\nfn.add_environment("A", "1")', []),
        ('fn.add_environment("A")', []),
        ('fn.add_environment(key="A", value="1")', []),
        ('other.add_environment("A", "1")\nsqs.Queue(self, "Q").add_environment("A", "1")', []),
        ('add_environment("A", "1")', []),
    ],
)
def test_variables_that_are_added_later(more: str, names: list[str]) -> None:
    found = only(FUNCTION + more)
    assert [each.name for each in found.environment] == names
    assert not found.environment_known


def test_places_count_characters() -> None:
    template = read("größe = 'ä'; fn = _lambda.Function(self, '\N{GRINNING FACE}', handler='ä.handler')")
    (found,) = template.functions
    place = found.handler_place
    assert place is not None
    assert template.text[place.span.start : place.span.end] == "'ä.handler'"
    assert template.text[found.place.span.start : found.place.span.end] == "'\N{GRINNING FACE}'"


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_line_ends(line_end: str) -> None:
    text = (IMPORTS + FUNCTION).replace("\n", line_end)
    template = read_template("stack.py", text.encode())
    place = template.functions[0].place
    assert text[place.span.start : place.span.end] == '"Orders"'


@pytest.mark.parametrize(
    "text",
    ["def f(:", "a = " + "(" * 5000, "x = 1\0", "a = " + "-" * 100_000 + "1"],
)
def test_what_python_cannot_read_has_no_functions(text: str) -> None:
    assert read(f"Function()\n{text}").functions == ()


def test_deep_expressions_are_not_known() -> None:
    deep = "[" * 70 + '"a.b"' + "]" * 70
    found = declared('handler="a.b"', f"layers={deep}", "function_name=" + "x." * 50 + "y")
    assert found.handler == "a.b"


def test_a_file_without_constructs() -> None:
    assert read("print(1)").functions == ()


# -- where the code is


@pytest.mark.parametrize(
    ("expression", "folder"),
    [
        ('_lambda.Code.from_asset("src")', "infra/src"),
        ('_lambda.Code.from_asset(path="src")', "infra/src"),
        ("_lambda.Code.from_asset()", None),
        ('_lambda.AssetCode("src")', "infra/src"),
        ('_lambda.Code.from_asset("./src/")', "infra/src"),
        ('_lambda.Code.from_asset("../src")', "src"),
        ('_lambda.Code.from_asset("dist/app.zip")', None),
        ('_lambda.Code.from_asset(os.path.join("a", "b"))', "infra/a/b"),
        ('_lambda.Code.from_asset(path.join("a", "b"))', "infra/a/b"),
        ('_lambda.Code.from_asset(os.path.join(os.path.dirname(__file__), "..", "src"))', "infra/src"),
        (
            '_lambda.Code.from_asset(os.path.join(os.path.dirname(os.path.abspath(__file__)), "x"))',
            "infra/stacks/x",
        ),
        ('_lambda.Code.from_asset(os.path.join(os.getcwd(), "x"))', "infra/x"),
        ('_lambda.Code.from_asset(str(Path(__file__).parent / "x"))', "infra/stacks/x"),
        ('_lambda.Code.from_asset(str(Path(__file__).resolve().parent.parent / "x"))', "infra/x"),
        ('_lambda.Code.from_asset(str(Path(__file__).resolve().parents[1] / "x"))', "infra/x"),
        ('_lambda.Code.from_asset(str(Path(__file__).parents[number] / "x"))', None),
        ('_lambda.Code.from_asset(Path(__file__).parent.joinpath("x", "y").as_posix())', "infra/stacks/x/y"),
        ('_lambda.Code.from_asset(str(HERE / "x"))', "infra/stacks/x"),
        ('_lambda.Code.from_asset(str(FILE.parent / "x"))', "infra/stacks/x"),
        ('_lambda.Code.from_asset(str(other.parent / "x"))', None),
        ('_lambda.Code.from_asset(f"{BASE}/x")', "infra/base/x"),
        ('_lambda.Code.from_asset(f"{BASE:>5}/{1}")', "infra/base/1"),
        ('_lambda.Code.from_asset(BASE + "/x")', "infra/base/x"),
        ('_lambda.Code.from_asset(f"{unknown}/x")', None),
        ('_lambda.Code.from_asset(os.path.join(unknown, "x"))', None),
        ("_lambda.Code.from_asset(os.path.dirname(unknown))", None),
        ("_lambda.Code.from_asset(str())", None),
        ("_lambda.Code.from_asset(Path(unknown).resolve())", None),
        ('_lambda.Code.from_asset(Path("a").with_name("b"))', None),
        ('_lambda.Code.from_asset(compute("a"))', None),
        ("_lambda.Code.from_asset(twice)", None),
        ("_lambda.Code.from_asset(itself)", None),
        ("CODE", "infra/src"),
        ('_lambda.Code.from_inline("x")', None),
        ('_lambda.InlineCode("x")', None),
        ("compute()", None),
        ("compute", None),
        ("(lambda: 1)()", None),
        ("[][0]", None),
    ],
)
def test_code(expression: str, folder: str | None) -> None:
    text = f"""
    HERE = Path(__file__).parent
    FILE = Path(__file__)
    BASE: str = "base"
    CODE = _lambda.Code.from_asset("src")
    twice = "a"
    twice = "b"
    itself = itself
    fn = _lambda.Function(self, "F", handler="app.handler", code={expression})
    """
    assert only(text, infra__cdk="{}").folder == folder


def test_long_sums_are_not_followed() -> None:
    long = " + ".join(['"a"'] * 55)
    assert declared(f'handler={long} + ".b"').handler is None


def test_without_a_configuration_paths_begin_at_the_file() -> None:
    assert only(FUNCTION).folder == "infra/stacks/src"
    assert only(FUNCTION, path="app.py").folder == "src"


def test_names_are_looked_up_in_the_functions_around() -> None:
    text = """
    where = "module"
    class Orders(Stack):
        def __init__(self):
            where = "function"
            self.place = "attribute"
            def inner():
                _lambda.Function(self, "A", handler="a.b", code=_lambda.Code.from_asset(where))
            _lambda.Function(self, "B", handler="a.b", code=_lambda.Code.from_asset(self.place))
        def other(self):
            _lambda.Function(self, "C", handler="a.b", code=_lambda.Code.from_asset(where))
    """
    found = {each.name: each.folder for each in read(text, path="app.py").functions}
    assert found == {"A": "function", "B": "attribute", "C": "module"}


@pytest.mark.parametrize(
    "assignment",
    [
        "for name in names:\n    pass",
        "for name, other in names:\n    pass",
        "name += 'x'",
        "print(name := 'x')",
        "name, other = 'a.b', 'x'",
        "names[0] = name = compute()",
    ],
)
def test_what_is_assigned_twice_is_not_known(assignment: str) -> None:
    text = f'name = "a.b"\n{assignment}\n_lambda.Function(self, "F", handler=name)\n'
    assert only(text).handler is None


# -- forms of functions


def test_python_function() -> None:
    text = """
    PythonFunction(self, "A", entry="src")
    PythonFunction(self, "B", entry=str(Path(__file__).parent / "src"), index="orders/app.py", handler="main")
    PythonFunction(self, "C", entry=unknown, index=unknown)
    PythonFunction(self, "D", **options)
    PythonFunction(self, "E", entry="src", index="app.py", handler="main", **options)
    """
    found = {each.name: (each.handler, each.folder) for each in read(text, path="app.py").functions}
    assert found == {
        "A": ("index.handler", "src"),
        "B": ("orders/app.main", "src"),
        "C": (None, None),
        "D": (None, None),
        "E": ("app.main", "src"),
    }


@pytest.mark.parametrize(
    ("code", "handler", "found"),
    [
        ("handler_code", "index.main", ("lambda-handler.main", "src")),
        ("handler_code", "other.main", (None, "src")),
        ('Path("x.py").read_text()', "index.main", ("x.main", ".")),
        ("other.read()", "index.main", ("index.main", None)),
        ("read()", "index.main", ("index.main", None)),
        ("open().read()", "index.main", ("index.main", None)),
        ("text", "index.main", ("index.main", None)),
    ],
)
def test_inline_code_of_a_file(code: str, handler: str, found: tuple[str | None, str | None]) -> None:
    text = f"""
    with open("src/lambda-handler.py", encoding="utf8") as file, lock:
        handler_code = file.read()
    _lambda.Function(self, "F", handler="{handler}", code=_lambda.InlineCode({code}))
    """
    function = only(text, path="app.py")
    assert (function.handler, function.folder) == found


def test_inline_code_of_a_file_without_a_handler() -> None:
    text = '_lambda.Function(self, "F", code=_lambda.Code.from_inline(open("x.py").read()))'
    assert only(text, path="app.py").handler is None


def test_images() -> None:
    text = """
    code = _lambda.DockerImageCode.from_image_asset("image", cmd=["app.handler"])
    _lambda.DockerImageFunction(self, "A", code=code)
    _lambda.DockerImageFunction(self, "B", code=_lambda.DockerImageCode.from_image_asset("image"))
    _lambda.DockerImageFunction(self, "C", code=unknown)
    _lambda.DockerImageFunction(self, "D")
    """
    found = {each.name: (each.handler, each.folder) for each in read(text, path="app.py").functions}
    assert found == {
        "A": ("app.handler", "image"),
        "B": (None, "image"),
        "C": (None, None),
        "D": (None, None),
    }


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ('cdk.aws_lambda.Function(self, "F", handler="a.b")', "F"),
        ('from aws_cdk.aws_lambda import Function as Fn\nFn(self, "F", handler="a.b")', "F"),
        ('import aws_cdk.aws_lambda\naws_cdk.aws_lambda.Function(self, "F", handler="a.b")', "F"),
        ('import aws_cdk.aws_lambda as l\nl.Function(self, id="F", handler="a.b")', "F"),
        ('_lambda.SingletonFunction(self, "F", handler="a.b")', "F"),
    ],
)
def test_ways_to_name_a_function(text: str, name: str) -> None:
    assert only(text).name == name


def test_ids_are_told_apart() -> None:
    text = """
    _lambda.Function(self, "F", handler="a.b")
    _lambda.Function(self, "F", handler="a.c")
    _lambda.Function(self, f"F{x}", handler="a.d")
    _lambda.Function(handler="a.e")
    """
    found = [each.name for each in read(text).functions]
    assert found[0] == "F"
    assert len(set(found)) == 4


@pytest.mark.parametrize(
    ("runtime", "count"),
    [
        ("_lambda.Runtime.PYTHON_3_13", 1),
        ("_lambda.Runtime.NODEJS_22_X", 0),
        ("_lambda.Runtime.NODEJS_LATEST", 0),
        ("RUNTIME", 1),
        ('_lambda.Runtime("x")', 1),
    ],
)
def test_runtimes(runtime: str, count: int) -> None:
    assert len(read(f'_lambda.Function(self, "F", handler="a.b", runtime={runtime})').functions) == count


def test_what_may_be_among_options_is_not_known() -> None:
    found = declared('handler="a.b"', "**options")
    assert not found.timeout.is_known
    assert not found.runtime.is_known
    assert declared('handler="a.b"', "*options").timeout.is_absent is False
    assert declared('handler="a.b"').timeout.is_absent


def test_options_of_the_same_file() -> None:
    text = """
    options = {"timeout": Duration.seconds(9), "handler": "x.y"}
    partly = {"memory_size": 512, **more}
    _lambda.Function(self, "A", handler="a.b", **options)
    _lambda.Function(self, "B", handler="a.b", **partly)
    """
    whole, partly = read(text).functions
    assert (whole.handler, whole.timeout.value) == ("a.b", 9)
    assert whole.memory.is_absent
    assert partly.memory.value == 512
    assert not partly.timeout.is_known


@pytest.mark.parametrize(
    ("argument", "value"),
    [
        ("timeout=Duration.seconds(30)", 30),
        ("timeout=cdk.Duration.hours(1)", 3600),
        ("timeout=Duration.seconds(amount)", None),
        ("timeout=Duration.parse('PT1M')", None),
        ("timeout=Duration.seconds()", None),
        ("timeout=30", 30),
        ("timeout=1.5", None),
        ("timeout=10000000000000000", None),
        ("timeout=TIMEOUT", None),
    ],
)
def test_timeouts(argument: str, value: int | None) -> None:
    found = declared('handler="a.b"', argument)
    assert found.timeout.value == value
    assert not found.timeout.is_absent


def test_environment_that_is_not_a_display() -> None:
    assert declared('handler="a.b"', "environment=variables").environment == ()
    assert declared('handler="a.b"', 'environment={name: "x"}').environment == ()
    found = declared('handler="a.b"', 'environment={"FLAG": True, "WHERE": str(Path("a") / "b")}')
    assert [(each.name, each.value) for each in found.environment] == [("FLAG", "true"), ("WHERE", "a/b")]


# -- sources


@pytest.mark.parametrize(
    ("text", "kind", "target"),
    [
        ('q = sqs.Queue(self, "Q")\nfn.add_event_source(sources.SqsEventSource(q))', SourceKind.SQS, "Q"),
        ("fn.add_event_source(sources.SqsEventSource(props.queue, batch_size=5))", SourceKind.SQS, None),
        ("source = sources.SqsEventSource(q)\nfn.add_event_source(source)", SourceKind.SQS, None),
        (
            't = dynamodb.Table(self, "T")\nfn.add_event_source(sources.DynamoEventSource(t))',
            SourceKind.DYNAMODB,
            "T",
        ),
        ("fn.add_event_source(sources.KinesisEventSource(s))", SourceKind.KINESIS, None),
        ("fn.add_event_source(sources.SqsEventSource())", SourceKind.SQS, None),
        ('b = s3.Bucket(self, "B")\nfn.add_event_source(sources.S3EventSource(b))', SourceKind.S3, "B"),
        ("fn.add_event_source(sources.S3EventSource(b))", SourceKind.S3, None),
        ('t = sns.Topic(self, "T")\nfn.add_event_source(sources.SnsEventSource(t))', SourceKind.SNS, "T"),
        ("topic.add_subscription(subscriptions.LambdaSubscription(fn))", SourceKind.SNS, None),
        (
            'events.Rule(self, "R", schedule=events.Schedule.rate(x), targets=[targets.LambdaFunction(fn)])',
            SourceKind.SCHEDULE,
            "R",
        ),
        (
            'r = events.Rule(self, "R", event_pattern=p)\nr.add_target(targets.LambdaFunction(handler=fn))',
            SourceKind.EVENTBRIDGE,
            "R",
        ),
        ('apigateway.LambdaRestApi(self, "A", handler=fn)', SourceKind.REST_API, None),
        ("root.add_method('GET', apigateway.LambdaIntegration(fn))", SourceKind.REST_API, None),
        ("fn.add_function_url()", SourceKind.FUNCTION_URL, None),
    ],
)
def test_sources(text: str, kind: SourceKind, target: str | None) -> None:
    ((found, feeder),) = sources(text)
    assert found is kind
    if target is not None:
        assert feeder == target


@pytest.mark.parametrize(
    "text",
    [
        "other.add_event_source(sources.SqsEventSource(q))",
        "fn.add_event_source(source)",
        "fn.add_event_source(sources.Something(q))",
        "fn.add_event_source()",
        "rule.add_target(targets.LambdaFunction(fn))",
        'r = events.Rule(self, "R")\nr.add_target(targets.SqsQueue(q))',
        'r = events.Rule(self, "R")\nr.add_target(target)',
        'events.Rule(self, "R", targets=targets)',
        "apigateway.LambdaIntegration(other)",
        "other.add_function_url()",
    ],
)
def test_what_connects_nothing(text: str) -> None:
    assert sources(text) == []


def test_settings_of_a_source() -> None:
    text = """
    queue = sqs.Queue(self, "Q", visibility_timeout=Duration.seconds(90))
    fn.add_event_source(sources.SqsEventSource(
        queue,
        batch_size=5,
        report_batch_item_failures=True,
        max_batching_window=Duration.seconds(3),
        max_concurrency=4,
    ))
    """
    (found,) = read(FUNCTION + dedent(text)).functions
    (source,) = found.sources
    assert source.polling is not None
    assert source.polling.batch_size.value == 5
    assert source.polling.batch_window.value == 3
    assert source.polling.maximum_concurrency.value == 4
    assert source.polling.response_types.value == ("ReportBatchItemFailures",)
    assert source.queue is not None
    assert source.queue.visibility_timeout.value == 90


def test_reported_failures_that_are_switched_off() -> None:
    text = "fn.add_event_source(sources.SqsEventSource(q, report_batch_item_failures=False))"
    (found,) = read(FUNCTION + text).functions
    polling = found.sources[0].polling
    assert polling is not None
    assert polling.response_types.value == ()


def test_starting_position() -> None:
    source = "sources.KinesisEventSource(s, starting_position=_lambda.StartingPosition.LATEST)"
    text = f"fn.add_event_source({source})"
    (found,) = read(FUNCTION + text).functions
    polling = found.sources[0].polling
    assert polling is not None
    assert polling.starting_position.value == "LATEST"


@pytest.mark.parametrize("form", ["a{1} + a{1}", "[a{1}, a{1}]", '{{"x": a{1}, "y": a{1}}}'])
def test_names_of_names_of_names_end(form: str) -> None:
    names = "\n".join(f"a{number} = {form.format(number, number + 1)}" for number in range(35))
    text = f'{names}\na35 = "x"\n_lambda.Function(self, "F", handler=a0, layers=a0, environment=a0)\n'
    assert only(text).handler is None


def test_many_functions_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lambda_lint.deployment.cdk_constructs.MAX_FUNCTIONS", 3)
    text = "\n".join(f'_lambda.Function(self, "F{number}", handler="a.b")' for number in range(5))
    assert len(read(text).functions) == 3


# -- other names


@pytest.mark.parametrize(
    "text",
    [
        """
        Feeding = sources.SqsEventSource
        fn = _lambda.Function(self, "F", runtime=_lambda.Runtime.PYTHON_3_13)
        fn.add_event_source(Feeding(sqs.Queue(self, "Q")))
        """,
        """
        functions, others = _lambda, sources
        of = functions = _lambda
        def make(self):
            Runtime = of.Runtime
            feeding = sources
            fn = of.Function(self, "F", runtime=Runtime.PYTHON_3_13)
            fn.add_event_source(feeding.SqsEventSource(sqs.Queue(self, "Q")))
        """,
        """
        class Made(_lambda.Function): ...
        Runtime = _lambda.Runtime
        Known = Runtime
        fn = _lambda.Function(self, "F", runtime=Known.PYTHON_3_13)
        More = sources.SqsEventSource
        fn.add_event_source(More(sqs.Queue(self, "Q")))
        """,
    ],
)
def test_classes_and_modules_under_other_names(text: str) -> None:
    function = only(text)
    assert function.runtime.value == "python3.13"
    assert [source.kind for source in function.sources] == [SourceKind.SQS]


def test_a_name_that_may_be_several_things_is_no_class() -> None:
    text = """
    Made = _lambda.Function
    Made = compute()
    Made(self, "A")
    _lambda.Function(self, "B")
    """
    assert [function.name for function in read(text).functions] == ["B"]


@pytest.mark.parametrize(
    ("schedule", "expression"),
    [
        ("events.Schedule.rate(Duration.minutes(5))", "rate(5 minutes)"),
        ("events.Schedule.expression('rate(1 day)')", "rate(1 day)"),
        ("events.Schedule.rate(Duration.parse('PT5M'))", ""),
        ("events.Schedule.rate(Duration.minutes(asked()))", ""),
        ("events.Schedule.rate(asked)", ""),
        ("events.Schedule.cron(minute='0')", ""),
        ("asked(5)", ""),
        ("asked", ""),
    ],
)
def test_schedules(schedule: str, expression: str) -> None:
    text = f"events.Rule(self, 'R', schedule={schedule}, targets=[targets.LambdaFunction(fn)])"
    (function,) = read(FUNCTION + text).functions
    assert [dict(source.settings)["ScheduleExpression"] for source in function.sources] == [expression]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("aws_cdk.custom_resources.Provider(self, 'P', on_event_handler=fn)", [SourceKind.CUSTOM_RESOURCE]),
        ("aws_cdk.CustomResource(self, 'C', service_token=fn.function_arn)", [SourceKind.CUSTOM_RESOURCE]),
        ("aws_cdk.CustomResource(self, 'C', service_token=provider.service_token)", []),
        ("aws_cdk.CustomResource(self, 'C', service_token=other.function_arn)", []),
        ("secret.add_rotation_schedule('R', rotation_lambda=fn)", [SourceKind.SECRET_ROTATION]),
        ("secret.add_rotation_schedule('R', hosted_rotation=hosted)", []),
        ("aws_cdk.aws_iot_actions_alpha.LambdaFunctionAction(fn)", [SourceKind.IOT]),
        (
            "aws_cdk.aws_secretsmanager.RotationSchedule(self, 'R', rotation_lambda=fn)",
            [SourceKind.SECRET_ROTATION],
        ),
    ],
)
def test_what_else_calls_a_function(text: str, kinds: list[SourceKind]) -> None:
    assert [kind for kind, _ in sources(text)] == kinds


@pytest.mark.parametrize(
    ("id_", "name"),
    [
        ("f'{PREFIX}Orders'", "Orders"),
        ("f'{PREFIX}-orders-{asked()}-fn'", "-orders--fn"),
        ("PREFIX", "line-"),
        ("f'{PREFIX}'", "line-"),
    ],
)
def test_an_id_is_as_much_of_it_as_is_known(id_: str, name: str) -> None:
    found = only(f"from names import PREFIX\n_lambda.Function(self, {id_}, handler='app.handler')")
    assert found.name.rstrip("0123456789") == name


def test_a_function_without_an_id_is_found() -> None:
    assert only("_lambda.Function(self, handler='app.handler')").name.startswith("line-")


@pytest.mark.parametrize(
    "text",
    [
        "_lambda.EventSourceMapping(self, 'M', target=fn, event_source_arn=q.queue_arn, batch_size=5)",
        "fn.add_event_source_mapping('M', event_source_arn=q.queue_arn, batch_size=5)",
        "fn.add_event_source(sources.SqsEventSource(q, batch_size=5))",
    ],
)
def test_ways_to_map_a_queue(text: str) -> None:
    (function,) = read(f"{FUNCTION}\nq = sqs.Queue(self, 'Q')\n{text}").functions
    (source,) = function.sources
    assert (source.kind, source.target) == (SourceKind.SQS, "Q")
    assert source.polling is not None
    assert source.polling.batch_size.value == 5


def test_events_of_a_function() -> None:
    text = """
    queue = sqs.Queue(self, "Queue")
    fed = sources.SqsEventSource(queue)
    events = [fed, sources.SnsEventSource(sns.Topic(self, "Topic")), unknown]
    fn = _lambda.Function(self, "F", handler="app.handler", events=events)
    other = _lambda.Function(self, "G", handler="app.handler", events=asked())
    """
    first, second = read(text).functions
    assert [(source.kind, source.target) for source in first.sources] == [
        (SourceKind.SQS, "Queue"),
        (SourceKind.SNS, "Topic"),
    ]
    assert second.sources == ()


@pytest.mark.parametrize(
    "text",
    [
        "_lambda.EventSourceMapping(self, 'M', target=other, event_source_arn='arn:aws:sqs:::q')",
        "other.add_event_source_mapping('M', event_source_arn='arn:aws:sqs:::q')",
    ],
)
def test_mappings_of_functions_that_are_elsewhere(text: str) -> None:
    assert sources(text) == []
