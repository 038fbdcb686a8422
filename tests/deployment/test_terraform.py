"""Functions of Terraform, read from small folders."""

from __future__ import annotations

from textwrap import dedent, indent
from typing import TYPE_CHECKING

import pytest

from lambda_lint.deployment import claims
from lambda_lint.deployment.files import Files
from lambda_lint.deployment.reader import companions, looks_like_template, read_template
from lambda_lint.errors import TemplateError
from lambda_lint.model.labels import SourceKind

if TYPE_CHECKING:
    from lambda_lint.deployment.function import DeployedFunction, Template

FUNCTION = """
resource "aws_lambda_function" "f" {
  function_name = "orders"
  handler       = "app.handler"
  runtime       = "python3.13"
  role          = aws_iam_role.r.arn
}
resource "aws_iam_role" "r" {
  assume_role_policy = jsonencode({ Statement = [] })
}
"""


def read(files: dict[str, str] | str, path: str = "infra/main.tf") -> Template:
    texts = {path: files} if isinstance(files, str) else files
    data = {name: dedent(text).encode() for name, text in texts.items()}
    return read_template(path, data[path], data)


def functions(files: dict[str, str] | str, path: str = "infra/main.tf") -> dict[str, DeployedFunction]:
    return {function.name: function for function in read(files, path).functions}


def only(files: dict[str, str] | str, path: str = "infra/main.tf") -> DeployedFunction:
    (function,) = functions(files, path).values()
    return function


def function(*lines: str) -> str:
    body = indent("\n".join(lines), "  ")
    return f'resource "aws_lambda_function" "f" {{\n{body}\n}}\n'


def sources(text: str) -> list[tuple[SourceKind, str | None]]:
    return [
        (source.kind, source.target) for source in functions(FUNCTION + text)["aws_lambda_function.f"].sources
    ]


# -- which files


def test_every_file_of_terraform_is_a_template() -> None:
    assert looks_like_template("infra/variables.tf", b"")
    assert not looks_like_template("infra/terraform.tfvars", b"")


def test_a_file_names_its_variables() -> None:
    assert companions("infra/main.tf", b"") == ("infra/terraform.tfvars",)


def test_a_file_without_functions_is_not_looked_into() -> None:
    assert read("resource broken {").functions == ()


def test_broken_file() -> None:
    text = 'resource "aws_lambda_function" "f" {\n  handler = \n}\n'
    with pytest.raises(TemplateError, match="not valid HCL") as error:
        read(text)
    assert 0 < error.value.offset < len(text)


def test_missing_bracket_is_told_where_it_is_missing() -> None:
    text = 'resource "aws_lambda_function" "f" {\n  handler = "a.b"\n'
    with pytest.raises(TemplateError, match="not valid HCL"):
        read(text)


def test_broken_neighbor_counts_as_empty() -> None:
    found = only({"infra/main.tf": function("handler = var.x"), "infra/variables.tf": 'variable "x" {'})
    assert found.handler is None


def test_functions_need_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(claims, "reads_terraform", lambda: False)
    assert read(FUNCTION).functions == ()
    files = {"b.tf": FUNCTION.encode(), "a.tf": FUNCTION.encode(), "c.tf": b"", "d.py": FUNCTION.encode()}
    assert claims.unread_terraform(files) == ("a.tf", "b.tf")


def test_nothing_is_unread_with_the_extra() -> None:
    assert claims.unread_terraform({"a.tf": FUNCTION.encode()}) == ()


def test_a_file_on_its_own() -> None:
    template = read_template("main.tf", FUNCTION.encode())
    assert [each.name for each in template.functions] == ["aws_lambda_function.f"]


# -- the function


def test_facts_of_a_function() -> None:
    text = function(
        'function_name = "orders"',
        'handler = "app.handler"',
        'runtime = "python3.13"',
        "timeout = 3 * 10",
        "memory_size = 256",
        'architectures = ["arm64"]',
        "reserved_concurrent_executions = 5",
        "environment {",
        '  variables = { TABLE = "table", QUEUE = aws_sqs_queue.q.url, OTHER = var.other }',
        "}",
        "tracing_config {",
        '  mode = "Active"',
        "}",
        "dead_letter_config {",
        "  target_arn = aws_sqs_queue.q.arn",
        "}",
        "ephemeral_storage {",
        "  size = 1024",
        "}",
        "vpc_config {",
        '  subnet_ids = ["subnet-1"]',
        "  security_group_ids = []",
        "}",
        "tags = { handler = 1 }",
        "lifecycle {",
        "  ignore_changes = [handler]",
        "}",
    )
    template = read(f'{text}resource "aws_sqs_queue" "q" {{\n}}\n')
    (found,) = template.functions
    assert (found.handler, found.deployed_name) == ("app.handler", "orders")
    assert (found.runtime.value, found.timeout.value, found.memory.value) == ("python3.13", 30, 256)
    assert [(each.name, each.value, each.target) for each in found.environment] == [
        ("TABLE", "table", None),
        ("QUEUE", None, "aws_sqs_queue.q"),
        ("OTHER", None, None),
    ]
    assert found.environment_known
    assert found.tracing.value == "Active"
    assert found.architectures.value == ("arm64",)
    assert found.reserved_concurrency.value == 5
    assert found.ephemeral_storage.value == 1024
    assert found.delivery.dead_letter.value is not None
    assert found.delivery.dead_letter.value.id == "aws_sqs_queue.q"
    assert found.network.value is not None
    assert found.network.value.subnets.items == ("subnet-1",)
    place = found.timeout.place
    assert place is not None
    assert template.text[place.span.start : place.span.end] == "3 * 10"
    assert template.text[found.place.span.start : found.place.span.end] == '"f"'
    assert [(each.id, each.type) for each in template.resources] == [
        ("aws_lambda_function.f", "AWS::Lambda::Function"),
        ("aws_sqs_queue.q", "AWS::SQS::Queue"),
    ]


def test_places_count_characters_and_not_bytes() -> None:
    template = read("# größer \N{GRINNING FACE}\n" + function('handler = "größe.handler"'))
    place = template.functions[0].handler_place
    assert place is not None
    assert template.text[place.span.start : place.span.end] == '"größe.handler"'
    assert template.functions[0].handler == "größe.handler"


def test_what_is_left_out_is_absent_and_what_is_not_known_is_neither() -> None:
    found = only(function('handler = "a.b"', "memory_size = var.memory", "timeout = null"))
    assert found.timeout.is_absent
    assert not found.memory.is_known
    assert found.memory.place is not None


def test_dynamic_blocks_are_not_known() -> None:
    found = only(
        function('handler = "a.b"', 'dynamic "environment" {', "  for_each = [1]", "  content {", "  }", "}")
    )
    assert not found.environment_known


def test_functions_in_other_languages_are_left_out() -> None:
    assert functions(function('handler = "index.handler"', 'runtime = "nodejs22.x"')) == {}


def test_one_function_for_many_instances() -> None:
    found = only(function("for_each = var.all", "handler = each.value", 'runtime = "python3.13"'))
    assert (found.handler, found.runtime.value) == (None, "python3.13")


def test_image() -> None:
    found = only(
        function('package_type = "Image"', 'image_uri = "x"', "image_config {", '  command = ["a.b"]', "}")
    )
    assert (found.handler, found.folder) == ("a.b", None)


# -- expressions


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ('"a"', "a"),
        ('"\\"\\n\\t\\r\\\\\\u00e9\\U0001F600"', '"\n\t\r\\é😀'),
        ('"\\ud800"', "\N{REPLACEMENT CHARACTER}"),
        ('"$${a}%%{b}"', "${a}%{b}"),
        ('""', ""),
        ("true", "true"),
        ("1.5", "1.5"),
        ('"${local.one}"', "1"),
        ('"x-${local.one}-${var.two}"', "x-1-2"),
        ('"%{ if true }x%{ endif }"', None),
        ("(local.one)", "1"),
        ("local.map.key", "value"),
        ('local.map["key"]', "value"),
        ("local.map.other", None),
        ("local.list[1]", "b"),
        ("local.list[5]", None),
        ("local.list[var.two].x", None),
        ("local.objects[0].key", "inner"),
        ("local.objects.0.key", "inner"),
        ("local.itself", None),
        ("local.missing", None),
        ("local", None),
        ("var.untold", None),
        ("var.two", "2"),
        ("terraform.workspace", None),
        ("data.aws_region.current.name", None),
        ("aws_sqs_queue.missing.arn", None),
        ('var.untold ? "a" : "a"', "a"),
        ('var.untold ? "a" : "b"', None),
        ('var.untold ? "a" : null', None),
        ("2 + 3", "5"),
        ("7 - 3", "4"),
        ("60 * 2", "120"),
        ("6 / 2", "3"),
        ("7 / 2", None),
        ("7 / 0", None),
        ("7 % 2", None),
        ("var.untold + 1", None),
        ("-1", None),
        ("!true", None),
        ("[for x in local.list : x][0]", None),
        ("local.list[*]", None),
        ("local.objects[*].key", None),
        ("local.objects[*][0]", None),
        ("local.objects.*.key", None),
        ('join("-", ["a", "b"])', "a-b"),
        ('join("-", local.list)', "a-b"),
        ('join(var.untold, ["a"])', None),
        ('join("-", ["a"]...)', None),
        ('format("%s-%d", "a", 2)', "a-2"),
        ('format("%s", "a", "b")', None),
        ('format("%5s", "a")', None),
        ("format()", None),
        ('concat(local.list, ["c"])[2]', "c"),
        ('concat(var.untold, ["c"])[0]', None),
        ('merge(local.map, { key = "new" }).key', "new"),
        ("merge(local.map, var.untold).key", None),
        ('coalesce("a", "b")', "a"),
        ('coalesce(var.untold, "b")', None),
        ("try(local.map, {}).key", "value"),
        ("try()", None),
        ('lookup(local.map, "key", "x")', "value"),
        ('lookup(local.map, "none", "x")', None),
        ("element(local.list, 3)", "b"),
        ("element(local.list, var.untold)", None),
        ('upper("a")', "A"),
        ("upper(var.untold)", None),
        ('trimsuffix("a.py", ".py")', "a"),
        ('trimsuffix("a.py")', None),
        ('basename("a/b.py")', "b.py"),
        ("tostring(1)", "1"),
        ("tostring()", None),
        ('templatefile("x.tpl", {})', None),
        ("uuid()", None),
        ('{ (var.untold) = "x" }.a', None),
        ("path.module", "."),
        ("path.root", "."),
        ('jsonencode({ a = "b" }).a', "b"),
        ("module.missing.out", None),
        ("module.missing", None),
        ("local.deep", None),
    ],
)
def test_expressions(expression: str, value: str | None) -> None:
    deep = "[" * 100 + "]" * 100
    text = f"""
    locals {{
      one     = 1
      map     = {{ key = "value" }}
      list    = ["a", "b"]  # a comment
      objects = [{{ "key" : "inner" }}]
      itself  = local.itself
      deep    = {deep}
    }}
    variable "two" {{
      default = 2
    }}
    variable "untold" {{
    }}
    """
    environment = f"environment {{\n  variables = {{\n X = {expression}\n }}\n}}\n"
    found = only(dedent(text) + function('handler = "a.b"', environment))
    assert [each.value for each in found.environment] == [value]


def test_heredoc() -> None:
    text = function(
        'handler = "a.b"', "environment {", "  variables = {", "    X = <<EOT", "line\nEOT", "  }", "}"
    )
    assert [each.value for each in only(text).environment] == ["line\n"]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ('"a ${local.n} b"', "a 5 b"),
        ('"rate(${local.n} minutes)"', "rate(5 minutes)"),
        ('" ${local.n}  ${local.n} "', " 5  5 "),
        ('"${local.n}"', "5"),
        ("<<EOT\na ${local.n} ${local.n}\n  b\nEOT", "a 5 5\n  b\n"),
    ],
)
def test_white_space_beside_an_interpolation_is_kept(written: str, value: str) -> None:
    text = 'locals {\n  n = 5\n}\nresource "aws_lambda_function" "f" {\n  handler = "a.b"\n'
    text += f'  runtime = "python3.13"\n  environment {{\n    variables = {{\nX = {written}\n}}\n  }}\n}}\n'
    assert [each.value for each in only(text).environment] == [value]


def test_a_chain_of_locals_is_followed_only_so_far() -> None:
    chain = "\n".join(f"l{number} = local.l{number + 1}" for number in range(500))
    found = only(f'locals {{\n{chain}\nl500 = "a.b"\n}}\n' + function("handler = local.l0"))
    assert found.handler is None


def test_expressions_of_expressions_end() -> None:
    doubled = "\n".join(
        f'l{number} = "${{local.l{number + 1}}}${{local.l{number + 1}}}"' for number in range(70)
    )
    with pytest.raises(TemplateError, match="far more"):
        read(f'locals {{\n{doubled}\nl70 = "a"\n}}\n' + function("handler = local.l0"))


def test_lists_of_lists_end() -> None:
    doubled = "\n".join(
        f"l{number} = concat(local.l{number + 1}, local.l{number + 1})" for number in range(70)
    )
    files = {
        "main.tf": f"locals {{\n{doubled}\nl70 = [1, 2]\n}}\n" + function("handler = local.l0[0]"),
        "more.tf": 'resource "aws_lambda_function" "g" {\n}\n',
    }
    data = {name: text.encode() for name, text in files.items()}
    beside = Files.of(data)
    for name in files:
        with pytest.raises(TemplateError, match="more than"):
            read_template(name, data[name], beside)


def test_deeply_nested_blocks_are_left_out() -> None:
    text = "a {\n" * 200 + "}\n" * 200
    assert only(function('handler = "a.b"') + text).handler == "a.b"


# -- variables


def test_variables_of_a_file() -> None:
    files = {
        "infra/main.tf": 'variable "x" {\n  default = "a.b"\n}\nvariable "y" {\n}\n'
        + function("handler = var.x"),
        "infra/terraform.tfvars": 'x = "app.handler"\nunknown = 1\ny = { a = "secret" }\n',
    }
    template = read(files)
    place = template.functions[0].handler_place
    assert template.functions[0].handler == "app.handler"
    assert place is not None
    assert place.path == "infra/main.tf"
    assert template.text[place.span.start : place.span.end] == '"x"'


# -- where the code is

ARCHIVE = """
data "archive_file" "z" {
  type        = "zip"
  source_dir  = "${path.module}/../src"
  output_path = "${path.module}/build/app.zip"
}
"""


@pytest.mark.parametrize(
    ("lines", "folder"),
    [
        (["filename = data.archive_file.z.output_path"], "src"),
        (['filename = data.archive_file.z["k"].output_path'], "src"),
        (['filename = "${data.archive_file.z.output_path}"'], "src"),
        (['filename = "./build/app.zip"'], "src"),
        (['filename = "other.zip"'], "infra"),
        (['filename = "../dist/other.zip"'], "dist"),
        (['filename = "../src/app.py"'], "src"),
        (['s3_bucket = "b"', "s3_key = aws_s3_object.o.key"], "src"),
        (['s3_bucket = "b"', "s3_key = aws_s3_object.circle.key"], None),
        (['s3_key = "x.zip"', "source_code_hash = filebase64sha256(data.archive_file.z.output_path)"], "src"),
        (['s3_key = "x.zip"'], None),
        (["filename = var.untold ? data.archive_file.z.output_path : null"], "src"),
        (["filename = var.untold"], None),
        (["filename = data.archive_file.missing.output_path"], None),
        (["filename = data.archive_file.single.output_path"], "lambda"),
        (["filename = data.archive_file.read.output_path"], "lambda"),
        (["filename = data.archive_file.inline.output_path"], None),
        (["filename = archive_file.managed.output_path"], "managed"),
        (['filename = lookup({ a = data.archive_file.z.output_path }, "a")'], "src"),
    ],
)
def test_code(lines: list[str], folder: str | None) -> None:
    others = """
    resource "aws_s3_object" "o" {
      source = data.archive_file.z.output_path
    }
    resource "aws_s3_object" "circle" {
      source = aws_s3_object.circle.key
    }
    data "archive_file" "single" {
      source_file = "../lambda/app.py"
    }
    data "archive_file" "read" {
      source {
        filename = "app.py"
        content  = file("${path.module}/../lambda/app.py")
      }
    }
    data "archive_file" "inline" {
      output_path = var.untold
      source {
        filename = "app.py"
        content  = "def handler(event, context): ..."
      }
    }
    resource "archive_file" "managed" {
      source_dir = "../managed"
    }
    """
    assert only(ARCHIVE + dedent(others) + function('handler = "app.handler"', *lines)).folder == folder


def test_keys_of_a_bucket() -> None:
    notification = """
    resource "aws_s3_bucket_notification" "n" {
      bucket = "uploads"
      lambda_function {
        lambda_function_arn = aws_lambda_function.f.arn
        filter_prefix       = "in/"
        filter_suffix       = ".csv"
      }
    }
    """
    (source,) = only(function('handler = "a.b"') + dedent(notification)).sources
    assert (source.key_prefix.value, source.key_suffix.value) == ("in/", ".csv")


INLINE = """
data "archive_file" "code" {
  type        = "zip"
  output_path = "code.zip"
SOURCES
}
"""


def packed(*sources: str) -> DeployedFunction:
    blocks = "\n".join(f"source {{\n{source}\n}}" for source in sources)
    code = INLINE.replace("SOURCES", blocks)
    return only(code + function('handler = "index.handler"', "filename = data.archive_file.code.output_path"))


@pytest.mark.parametrize(
    ("sources", "folder"),
    [
        (['filename = "index.py"\ncontent = templatefile("../src/index.py", { table = "orders" })'], "src"),
        (['filename = "index.py"\ncontent = templatefile("../src/index.py.tftpl", {})'], None),
        (['filename = "index.py"\ncontent = file("../src/orders.py")'], None),
        (
            [
                'filename = "settings.json"\ncontent = file("settings.json")',
                'filename = "index.py"\ncontent = file("${path.module}/index.py")',
            ],
            "infra",
        ),
        (['filename = "index.py"\ncontent = file()'], None),
        (['filename = "index.py"\ncontent = upper(var.code)'], None),
        (['filename = "index.py"\ncontent = "a = 1"'], None),
        (['content = file("index.py")'], None),
        (['filename = "a.py"'], None),
    ],
)
def test_code_that_is_packed_piece_by_piece(sources: list[str], folder: str | None) -> None:
    found = packed(*sources)
    assert (found.folder, found.inline) == (folder, None)


def test_layers() -> None:
    layer = 'resource "aws_lambda_layer_version" "l" {\n  filename = data.archive_file.z.output_path\n}\n'
    found = only(ARCHIVE + layer + function('handler = "a.b"', "layers = [aws_lambda_layer_version.l.arn]"))
    assert found.layers == ("src",)


# -- sources


@pytest.mark.parametrize(
    ("text", "kind", "target"),
    [
        (
            """
            resource "aws_sqs_queue" "q" {
              visibility_timeout_seconds = 60
              redrive_policy = jsonencode({ deadLetterTargetArn = aws_sqs_queue.d.arn, maxReceiveCount = 3 })
            }
            resource "aws_sqs_queue" "d" {
            }
            resource "aws_lambda_event_source_mapping" "m" {
              event_source_arn = aws_sqs_queue.q.arn
              function_name    = aws_lambda_function.f.arn
              batch_size       = 5
              filter_criteria {
                filter {
                  pattern = "{}"
                }
                filter {
                  pattern = "[]"
                }
              }
            }
            """,
            SourceKind.SQS,
            "aws_sqs_queue.q",
        ),
        (
            """
            resource "aws_dynamodb_table" "t" {
            }
            resource "aws_lambda_event_source_mapping" "m" {
              event_source_arn = aws_dynamodb_table.t.stream_arn
              function_name    = aws_lambda_function.f.function_name
            }
            """,
            SourceKind.DYNAMODB,
            "aws_dynamodb_table.t",
        ),
        (
            """
            resource "aws_cloudwatch_event_rule" "r" {
              schedule_expression = "rate(1 minute)"
            }
            resource "aws_cloudwatch_event_target" "t" {
              rule = aws_cloudwatch_event_rule.r.name
              arn  = aws_lambda_function.f.arn
            }
            """,
            SourceKind.SCHEDULE,
            "aws_cloudwatch_event_rule.r",
        ),
        (
            """
            resource "aws_cloudwatch_event_rule" "r" {
              name          = "named"
              event_pattern = jsonencode({ source = ["x"] })
            }
            resource "aws_cloudwatch_event_target" "t" {
              rule = "named"
              arn  = aws_lambda_function.f.arn
            }
            """,
            SourceKind.EVENTBRIDGE,
            "aws_cloudwatch_event_rule.r",
        ),
        (
            """
            resource "aws_cloudwatch_event_target" "t" {
              rule = "elsewhere"
              arn  = aws_lambda_function.f.arn
            }
            """,
            SourceKind.EVENTBRIDGE,
            "aws_cloudwatch_event_target.t",
        ),
        (
            """
            resource "aws_scheduler_schedule" "s" {
              schedule_expression = "rate(1 minute)"
              target {
                arn      = aws_lambda_function.f.arn
                role_arn = "x"
              }
            }
            """,
            SourceKind.SCHEDULE,
            "aws_scheduler_schedule.s",
        ),
        (
            """
            resource "aws_s3_bucket" "b" {
            }
            resource "aws_s3_bucket_notification" "n" {
              bucket = aws_s3_bucket.b.id
              lambda_function {
                lambda_function_arn = aws_lambda_function.f.arn
                events              = ["s3:ObjectCreated:*"]
              }
            }
            """,
            SourceKind.S3,
            "aws_s3_bucket.b",
        ),
        (
            """
            resource "aws_sns_topic" "t" {
            }
            resource "aws_sns_topic_subscription" "s" {
              topic_arn = aws_sns_topic.t.arn
              protocol  = "lambda"
              endpoint  = aws_lambda_function.f.arn
            }
            """,
            SourceKind.SNS,
            "aws_sns_topic.t",
        ),
        (
            """
            resource "aws_api_gateway_rest_api" "a" {
            }
            resource "aws_api_gateway_integration" "i" {
              rest_api_id = aws_api_gateway_rest_api.a.id
              uri         = aws_lambda_function.f.invoke_arn
            }
            """,
            SourceKind.REST_API,
            "aws_api_gateway_rest_api.a",
        ),
        (
            """
            resource "aws_apigatewayv2_api" "a" {
              protocol_type = "HTTP"
            }
            resource "aws_apigatewayv2_integration" "i" {
              api_id          = aws_apigatewayv2_api.a.id
              integration_uri = aws_lambda_function.f.invoke_arn
            }
            """,
            SourceKind.HTTP_API,
            "aws_apigatewayv2_api.a",
        ),
        (
            """
            resource "aws_lambda_function_url" "u" {
              function_name      = aws_lambda_function.f.function_name
              authorization_type = "NONE"
            }
            """,
            SourceKind.FUNCTION_URL,
            "aws_lambda_function_url.u",
        ),
        (
            """
            resource "aws_lambda_permission" "p" {
              function_name = aws_lambda_function.f.function_name
              principal     = "s3.amazonaws.com"
              source_arn    = "arn:aws:s3:::named"
            }
            """,
            SourceKind.S3,
            "named",
        ),
        (
            """
            resource "aws_lb_target_group_attachment" "a" {
              target_id = aws_lambda_function.f.arn
            }
            """,
            SourceKind.ALB,
            "aws_lb_target_group_attachment.a",
        ),
        (
            """
            resource "aws_iot_topic_rule" "t" {
              lambda {
                function_arn = aws_lambda_function.f.arn
              }
            }
            """,
            SourceKind.IOT,
            "aws_iot_topic_rule.t",
        ),
        (
            """
            resource "aws_sfn_state_machine" "s" {
              definition = <<EOF
            { "States": { "A": { "Resource": "${aws_lambda_function.f.arn}" } } }
            EOF
            }
            """,
            SourceKind.STEP_FUNCTIONS,
            "aws_sfn_state_machine.s",
        ),
    ],
)
def test_sources(text: str, kind: SourceKind, target: str) -> None:
    assert sources(dedent(text)) == [(kind, target)]


def test_settings_of_a_mapping() -> None:
    text = """
    resource "aws_sqs_queue" "q" {
      visibility_timeout_seconds = 60
      redrive_policy = <<EOF
      {"deadLetterTargetArn": "${aws_sqs_queue.d.arn}", "maxReceiveCount": 3}
      EOF
    }
    resource "aws_sqs_queue" "d" {
    }
    resource "aws_lambda_event_source_mapping" "m" {
      event_source_arn        = aws_sqs_queue.q.arn
      function_name           = aws_lambda_function.f.arn
      batch_size              = 5
      function_response_types = ["ReportBatchItemFailures"]
      scaling_config {
        maximum_concurrency = 4
      }
    }
    """
    (source,) = functions(FUNCTION + dedent(text))["aws_lambda_function.f"].sources
    assert source.polling is not None
    assert source.polling.batch_size.value == 5
    assert source.polling.response_types.value == ("ReportBatchItemFailures",)
    assert source.polling.maximum_concurrency.value == 4
    assert source.queue is not None
    assert source.queue.visibility_timeout.value == 60
    assert source.queue.maximum_receives.value == 3
    assert source.queue.dead_letter.value is not None
    assert source.queue.dead_letter.value.id == "aws_sqs_queue.d"


def test_a_target_without_a_function_is_nothing() -> None:
    assert sources('resource "aws_cloudwatch_event_target" "t" {\n  arn = "x"\n}\n') == []


# -- roles


def allowed(text: str) -> tuple[list[str], bool]:
    found = functions(FUNCTION + dedent(text))["aws_lambda_function.f"].access
    actions = [action for statement in found.statements.items for action in statement.actions.items]
    return actions, found.statements.is_complete


def test_policy_documents() -> None:
    text = """
    data "aws_iam_policy_document" "d" {
      statement {
        effect    = "Allow"
        actions   = ["s3:GetObject"]
        resources = ["*"]
        condition {
          test = "x"
        }
      }
      statement {
        actions = ["s3:PutObject"]
      }
    }
    resource "aws_iam_role_policy" "p" {
      role   = aws_iam_role.r.id
      policy = data.aws_iam_policy_document.d.json
    }
    """
    assert allowed(text) == (["s3:GetObject", "s3:PutObject"], True)


def test_statements_of_policy_documents_allow_unless_they_say_otherwise() -> None:
    text = """
    data "aws_iam_policy_document" "d" {
      statement {
        actions = ["s3:GetObject"]
      }
      statement {
        effect  = "Deny"
        actions = ["s3:PutObject"]
      }
      statement {
        effect  = var.effect
        actions = ["s3:DeleteObject"]
      }
    }
    resource "aws_iam_role_policy" "p" {
      role   = aws_iam_role.r.id
      policy = data.aws_iam_policy_document.d.json
    }
    """
    found = functions(FUNCTION + dedent(text))["aws_lambda_function.f"].access
    assert [each.effect for each in found.statements.items] == ["Allow", "Deny", None]


@pytest.mark.parametrize(
    "more",
    [
        "source_policy_documents = [var.x]",
        'dynamic "statement" {\n  for_each = []\n  content {\n  }\n}',
    ],
)
def test_policy_documents_that_are_not_known_in_full(more: str) -> None:
    text = f"""
data "aws_iam_policy_document" "d" {{
  statement {{
    actions   = ["s3:GetObject"]
    resources = ["*"]
  }}
  {more}
}}
resource "aws_iam_role_policy" "p" {{
  role   = aws_iam_role.r.id
  policy = data.aws_iam_policy_document.d.json
}}
resource "aws_iam_role_policy" "again" {{
  role   = aws_iam_role.other.id
  policy = data.aws_iam_policy_document.d.json
}}
resource "aws_iam_role" "other" {{
}}
"""
    assert allowed(text) == (["s3:GetObject"], False)


def test_attached_policies() -> None:
    text = """
    resource "aws_iam_policy" "p" {
      policy = <<EOF
    {"Statement": [{"Effect": "Allow", "Action": ["sqs:SendMessage", "${var.x}y"], "Resource": "*"}]}
    EOF
    }
    resource "aws_iam_role_policy_attachment" "a" {
      role       = aws_iam_role.r.name
      policy_arn = aws_iam_policy.p.arn
    }
    resource "aws_iam_policy_attachment" "b" {
      roles      = [aws_iam_role.r.name]
      policy_arn = "arn:aws:iam::aws:policy/AmazonS3FullAccess"
    }
    resource "aws_iam_policy_attachment" "none" {
      roles = [aws_iam_role.r.name]
    }
    """
    found = functions(FUNCTION + dedent(text))["aws_lambda_function.f"].access
    assert "sqs:SendMessage" in found.statements.items[0].actions.items
    assert [policy.name for policy in found.managed] == ["AmazonS3FullAccess"]


@pytest.mark.parametrize(
    "policy",
    [
        "<<EOF\n{ broken\nEOF",
        "<<EOF\n---\na: 1\n---\nb: 1\nEOF",
        '<<EOF\n{"Statement": "${var.x}${jsonencode({})}" }\nEOF',
        "var.untold",
        "data.aws_iam_policy_document.missing.json",
    ],
)
def test_policies_that_are_not_known(policy: str) -> None:
    text = f'resource "aws_iam_role_policy" "p" {{\n  role = aws_iam_role.r.id\n  policy = {policy}\n}}\n'
    assert allowed(text) == ([], False)


@pytest.mark.parametrize(
    "text",
    [
        'resource "aws_iam_role_policy_attachment" "a" {\n  role = var.x\n  policy_arn = "x"\n}',
        'resource "aws_iam_policy_attachment" "a" {\n  roles = [aws_sqs_queue.q.arn]\n  policy_arn = "x"\n}',
        'resource "aws_iam_role_policy" "a" {\n  role = "elsewhere"\n  policy = jsonencode({})\n}',
    ],
)
def test_policies_of_nobody_knows_which_role(text: str) -> None:
    assert allowed(text)[1] is False


def test_inline_policies() -> None:
    text = """
    resource "aws_lambda_function" "f" {
      handler = "a.b"
      role    = aws_iam_role.r.arn
    }
    resource "aws_iam_role" "r" {
      inline_policy {
        name   = "x"
        policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "s3:GetObject", Resource = "*" }] })
      }
    }
    """
    (found,) = functions(text).values()
    assert [each.actions.items for each in found.access.statements.items] == [("s3:GetObject",)]


def test_logs() -> None:
    text = """
    resource "aws_cloudwatch_log_group" "g" {
      name              = "/aws/lambda/${aws_lambda_function.f.function_name}"
      retention_in_days = 14
    }
    """
    assert functions(FUNCTION + dedent(text))["aws_lambda_function.f"].log_retention.value == 14


# -- modules

CHILD = """
variable "handler" {
}
variable "memory" {
  default = 128
}
resource "aws_lambda_function" "this" {
  handler     = var.handler
  memory_size = var.memory
  filename    = data.archive_file.z.output_path
}
data "archive_file" "z" {
  source_dir = "${path.module}/src"
}
output "arn" {
  value = aws_lambda_function.this.arn
}
output "nothing" {
}
output "names" {
  value = { first = "inner" }
}
"""


def test_local_modules() -> None:
    files = {
        "infra/main.tf": """
            module "orders" {
              source  = "./modules/function"
              handler = "orders.handler"
              memory  = local.memory
            }
            module "bills" {
              source  = "./modules/function"
              handler = "bills.${module.orders.names.first}"
            }
            locals {
              memory = 512
            }
            resource "aws_lambda_function_url" "u" {
              function_name = module.orders.arn
            }
            """,
        "infra/modules/function/main.tf": CHILD,
    }
    found = functions(files, "infra/modules/function/main.tf")
    assert {name: (each.handler, each.memory.value, each.folder) for name, each in found.items()} == {
        "module.orders.aws_lambda_function.this": ("orders.handler", 512, "infra/modules/function/src"),
        "module.bills.aws_lambda_function.this": ("bills.inner", 128, "infra/modules/function/src"),
    }
    kinds = [source.kind for source in found["module.orders.aws_lambda_function.this"].sources]
    assert kinds == [SourceKind.FUNCTION_URL]
    place = found["module.orders.aws_lambda_function.this"].handler_place
    assert place is not None
    assert place.path == "infra/main.tf"
    assert functions(files, "infra/main.tf") == {}


def test_a_module_that_nobody_uses_is_read_on_its_own() -> None:
    found = only({"m/main.tf": CHILD, "other.tf": ""}, "m/main.tf")
    assert (found.name, found.handler, found.memory.value) == ("aws_lambda_function.this", None, 128)


def test_the_root_of_the_project_as_a_module() -> None:
    files = {"main.tf": CHILD, "examples/main.tf": 'module "x" {\n  source = "../"\n  handler = "a.b"\n}\n'}
    assert only(files, "main.tf").handler == "a.b"


def test_modules_that_use_each_other() -> None:
    call = 'module "x" {{\n  source = "../{0}"\n  handler = "a.b"\n}}\n'
    files = {"a/main.tf": call.format("b") + CHILD, "b/main.tf": call.format("a")}
    assert len(functions(files, "a/main.tf")) == 5


@pytest.mark.parametrize(
    "source",
    ['"./missing"', '"hashicorp/consul/aws"', "var.source", "null", '"git::https://example.com/x.git"'],
)
def test_modules_that_are_not_here(source: str) -> None:
    files = {
        "infra/main.tf": f'module "m" {{\n  source = {source}\n}}\n' + function("handler = module.m.handler")
    }
    assert only(files).handler is None


def test_a_module_without_a_source() -> None:
    assert only('module "m" {\n}\n' + function('handler = "a.b"')).handler == "a.b"


def test_modules_of_modules_of_modules_end() -> None:
    calls = "\n".join(f'module "m{number}" {{\n  source = "../b"\n}}' for number in range(10))
    files = {"a/main.tf": calls.replace("../b", "../c") + CHILD, "c/main.tf": calls.replace("../b", "../a")}
    assert 1 < len(functions(files, "a/main.tf")) < 400


# -- the common Lambda module


def lambda_module(*lines: str) -> DeployedFunction:
    body = indent("\n".join(lines), "  ")
    source = 'source = "terraform-aws-modules/lambda/aws"\n  handler = "app.handler"'
    return functions(f'module "m" {{\n  {source}\n{body}\n}}\n')["module.m"]


def test_lambda_module() -> None:
    found = lambda_module(
        'function_name = "orders"',
        'runtime = "python3.13"',
        "timeout = 20",
        "memory_size = null",
        'source_path = "${path.module}/../src"',
        'environment_variables = { A = "b" }',
        "maximum_retry_attempts = 1",
        'destination_on_failure = "arn:aws:sqs:eu-west-1:1:q"',
        "cloudwatch_logs_retention_in_days = 7",
        'policy_json = jsonencode({ Statement = [{ Effect = "Allow", Action = "s3:GetObject" }] })',
        "policy_statements = {",
        '  sqs = { effect = "Deny", actions = ["sqs:SendMessage"], resources = ["*"] }',
        '  sns = { actions = ["sns:Publish"], resources = ["*"] }',
        "}",
        "event_source_mapping = {",
        '  queue = { event_source_arn = "arn:aws:sqs:eu-west-1:1:q", batch_size = 2 }',
        "}",
        "allowed_triggers = {",
        '  api  = { service = "apigateway" }',
        '  rule = { principal = "events.amazonaws.com" }',
        "}",
    )
    assert (found.handler, found.folder, found.timeout.value) == ("app.handler", "src", 20)
    assert found.memory.is_absent
    assert [(each.name, each.value) for each in found.environment] == [("A", "b")]
    assert found.delivery.maximum_retries.value == 1
    assert found.log_retention.value == 7
    assert {source.kind for source in found.sources} == {
        SourceKind.SQS,
        SourceKind.API,
        SourceKind.EVENTBRIDGE,
    }
    stated = {each.actions.items: each.effect for each in found.access.statements.items}
    assert stated == {("s3:GetObject",): "Allow", ("sqs:SendMessage",): "Deny", ("sns:Publish",): "Allow"}


@pytest.mark.parametrize(
    ("lines", "folder"),
    [
        (['source_path = "../src/app.py"'], "src"),
        (['source_path = ["../src", "../more"]'], "src"),
        (["source_path = []"], None),
        (['source_path = [{ path = "../src", pip_requirements = true }]'], "src"),
        (['source_path = [{ path = "../code/src", prefix_in_zip = "src" }]'], "code"),
        (['source_path = [{ path = "../code", prefix_in_zip = "src" }]'], None),
        (['source_path = [{ path = var.x, prefix_in_zip = "src" }]'], None),
        (["source_path = [{ commands = [] }]"], None),
        (['source_path = "../src"', "create_package = false"], None),
        (['local_existing_package = "../dist/x.zip"'], "dist"),
        (["s3_existing_package = { bucket = 1 }"], None),
        (["s3_existing_package = module.package.s3_object"], "shared"),
        (["s3_existing_package = local.package"], "shared"),
        (["s3_existing_package = module.empty.s3_object"], None),
        (["s3_existing_package = { a = var.x, b = module.other.x, c = local.missing }"], None),
        ([], None),
    ],
)
def test_code_of_the_lambda_module(lines: list[str], folder: str | None) -> None:
    others = """
    locals {
      package = { key = module.package.s3_object.key, other = local.package, none = local.none }
    }
    module "package" {
      source          = "terraform-aws-modules/lambda/aws"
      create_function = false
      source_path     = "../shared"
    }
    module "empty" {
      source          = "github.com/terraform-aws-modules/terraform-aws-lambda?ref=1"
      create_function = false
    }
    """
    body = indent("\n".join(lines), "  ")
    text = f'module "m" {{\n  source = "terraform-aws-modules/lambda/aws"\n  handler = "a.b"\n{body}\n}}\n'
    assert only(dedent(others) + text).folder == folder


@pytest.mark.parametrize("line", ["create = false", "create_function = false", "create_layer = true"])
def test_lambda_module_that_makes_no_function(line: str) -> None:
    assert functions(f'module "m" {{\n  source = "terraform-aws-modules/lambda/aws"\n  {line}\n}}\n') == {}


@pytest.mark.parametrize(
    "line",
    [
        "policies = [var.x]",
        "policy_statements = var.x",
        'policy_statements = ["x"]',
        "attach_network_policy = true",
    ],
)
def test_lambda_module_with_policies_that_are_not_known(line: str) -> None:
    assert not lambda_module(line).access.statements.is_complete


def test_image_of_the_lambda_module() -> None:
    found = lambda_module('package_type = "Image"', 'image_uri = "x"', 'image_config_command = ["a.b"]')
    assert (found.handler, found.folder) == ("a.b", None)


def test_lambda_module_with_a_role_of_its_own() -> None:
    found = lambda_module("lambda_role = aws_iam_role.r.arn", "event_source_mapping = { q = var.x }")
    assert found.access.statements.items == ()


def test_outputs_of_the_lambda_module() -> None:
    text = """
    module "m" {
      source  = "terraform-aws-modules/lambda/aws"
      handler = "a.b"
    }
    resource "aws_lambda_function_url" "u" {
      function_name = module.m.lambda_function_name
    }
    resource "aws_api_gateway_integration" "i" {
      rest_api_id = module.m.anything
      uri         = module.m.lambda_function_invoke_arn
    }
    """
    found = functions(text)["module.m"]
    assert [source.kind for source in found.sources] == [SourceKind.FUNCTION_URL, SourceKind.REST_API]


@pytest.mark.parametrize(
    ("other", "is_read"),
    [("", False), ('variable "x" {\n  default = "python3.13"\n}\n', True), ("# Python\n", True)],
)
def test_functions_of_other_languages_are_not_read(other: str, is_read: bool) -> None:
    files = {"infra/main.tf": function('handler = "a.b"', "runtime = local.x") + "# nodejs22.x\n"}
    assert bool(read(files | {"infra/other.tf": other}).functions) is is_read


def test_the_language_of_a_module_may_be_told_by_who_uses_it() -> None:
    files = {
        "modules/f/main.tf": function('handler = "a.b"', "runtime = var.runtime") + "# java21\n",
        "modules/f/variables.tf": 'variable "runtime" {}\n',
        "main.tf": 'module "f" {\n  source  = "./modules/f"\n  runtime = "python3.13"\n}\n',
    }
    assert read(files, "modules/f/main.tf").functions
    files["main.tf"] = files["main.tf"].replace("python3.13", "nodejs22.x")
    assert read(files, "modules/f/main.tf").functions == ()
