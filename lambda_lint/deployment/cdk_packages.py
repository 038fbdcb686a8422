"""What the functions and layers of a CDK program are packed from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambda_lint.deployment import made_values
from lambda_lint.deployment.cdk_expressions import Call
from lambda_lint.deployment.cdk_inline import code_text, file_read
from lambda_lint.deployment.made_values import put

if TYPE_CHECKING:
    from lambda_lint.deployment.cdk_expressions import Expression
    from lambda_lint.deployment.cdk_program import Program
    from lambda_lint.deployment.cdk_values import Values
    from lambda_lint.deployment.document import Value
    from lambda_lint.model.location import Span

_INLINE = frozenset(
    {
        "aws_lambda.Code.from_inline",
        "aws_lambda.Code.fromInline",
        "aws_lambda.Code.inline",
        "aws_lambda.InlineCode",
    }
)
_ASSETS = frozenset(
    {
        "aws_lambda.AssetCode",
        "aws_lambda.AssetCode.from_asset",
        "aws_lambda.AssetCode.fromAsset",
        "aws_lambda.Code.asset",
        "aws_lambda.Code.from_asset",
        "aws_lambda.Code.fromAsset",
    }
)


class Packages:
    def __init__(self, program: Program, values: Values) -> None:
        self._program = program
        self._values = values

    def layer(self, call: Call, key: Span) -> Value:
        """Where the content of a layer is."""
        if "entry" in call.named:
            return self._values.path(call.named["entry"][1])
        return self._code(self._code_of(call), key)

    def function(self, call: Call, name: str, properties: Value, key: Span) -> tuple[Value, str | None]:
        """The properties of a function with its code, and how it is packed if not as its folder says."""
        if "PythonFunction" in name:
            return self._packed(call, properties, key), "cdk-python"
        if name.endswith("DockerImageFunction"):
            return self._image(call, properties, key), None
        code = self._code_of(call)
        if isinstance(code, Call) and self._program.called(code) in _INLINE:
            return self._inline(call, code, properties)
        properties = put(properties, ["Code"], key, self._code(code, key))
        if isinstance(code, Call) and _is_bundled(code):
            made = made_values.text(key, "true")
            properties = put(properties, [made_values.PACKAGE_IS_MADE], key, made)
        return properties, None

    def _code_of(self, call: Call) -> Expression | None:
        return self._program.meant(call.named["code"][1]) if "code" in call.named else None

    def _code(self, code: Expression | None, key: Span) -> Value:
        if isinstance(code, Call) and self._program.called(code) in _ASSETS:
            given = [*code.arguments, *(value for name, (_, value) in code.named.items() if name == "path")]
            return self._values.path(given[0]) if given else made_values.unknown(key)
        return made_values.unknown(key)

    def _inline(self, call: Call, code: Call, properties: Value) -> tuple[Value, str | None]:
        """Code that stands in the program, or in a file that the program reads."""
        given = [*code.arguments, *(value for name, (_, value) in code.named.items() if name == "code")]
        if not given:
            return put(properties, ["Code"], code.span, made_values.unknown(code.span)), None
        path = file_read(self._program, given[0])
        if path is not None:
            return self._from_file(call, properties, code.span, path), "inline"
        text = code_text(self._program, given[0])
        return put(properties, ["Code", "ZipFile"], code.span, text), None

    def _from_file(self, call: Call, properties: Value, at: Span, path: str) -> Value:
        """The handler of inline code is in a module called `index`: here, in the file."""
        stated = self._program.text(call.named["handler"][1]) if "handler" in call.named else None
        module, _, name = (stated or "").partition(".")
        file = path.rpartition("/")[2].removesuffix(".py")
        handler = made_values.text(at, f"{file}.{name}") if module == "index" else made_values.unknown(at)
        folder = made_values.text(at, path.rpartition("/")[0] or ".")
        return put(put(properties, ["Code"], at, folder), ["Handler"], at, handler)

    def _packed(self, call: Call, properties: Value, key: Span) -> Value:
        """What `PythonFunction` makes of its entry, index and handler."""
        entry = call.named.get("entry")
        folder = self._values.path(entry[1]) if entry else made_values.unknown(key)
        stated = [call.named.get(name) for name in ("index", "handler")]
        index, handler = (
            default if given is None else self._program.text(given[1])
            for given, default in zip(stated, ("index.py", "handler"), strict=True)
        )
        at = next((given[1].span for given in reversed(stated) if given), key)
        if index is None or handler is None or not (call.is_complete or all(stated)):
            value: Value = made_values.unknown(at)
        else:
            value = made_values.text(at, f"{index.removesuffix('.py')}.{handler}")
        return put(put(properties, ["Code"], key, folder), ["Handler"], key, value)

    def _image(self, call: Call, properties: Value, key: Span) -> Value:
        code = self._program.meant(call.named["code"][1]) if "code" in call.named else None
        properties = put(properties, ["PackageType"], key, made_values.text(key, "Image"))
        if isinstance(code, Call) and code.arguments:
            properties = put(properties, ["DockerContext"], key, self._values.path(code.arguments[0]))
            if "cmd" in code.named:
                command = self._values.value("", code.named["cmd"][1])
                properties = put(properties, ["ImageConfig", "Command"], key, command)
        return properties


def _is_bundled(code: Call) -> bool:
    """Whether a command makes the package, or may do so."""
    return bool(code.spread) or not code.is_complete or len(code.arguments) > 1 or "bundling" in code.named
