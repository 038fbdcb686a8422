"""The failures that end a run with exit code 2 and one clear message."""


class LambdaLintError(Exception):
    """Something that stops the run; the text is the whole message that the user sees."""


class UsageError(LambdaLintError):
    """The command line asks for something that cannot be done."""


class ConfigurationError(LambdaLintError):
    """A configuration file is wrong; the message names the file, and the line where it is known."""


class PluginError(LambdaLintError):
    """A rule pack or a rule in it is broken; the message names it."""


class WriteError(LambdaLintError):
    """A file cannot be written, or should not be: it is left as it was."""


class TemplateError(LambdaLintError):
    """A deployment template cannot be read; the engine turns it into a finding (LL905)."""

    def __init__(self, message: str, offset: int = 0) -> None:
        super().__init__(message)
        self.offset = offset


class SourceError(LambdaLintError):
    """A source file cannot be decoded, is too large or too deep; a finding (LL904)."""


class InvalidSyntaxError(LambdaLintError):
    """A source file is not valid Python; a finding (LL900). `offset` is where, in code points."""

    def __init__(self, message: str, offset: int = 0) -> None:
        super().__init__(message)
        self.offset = offset
