"""Finding, reading and refusing configuration files."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest

from lambda_lint.errors import ConfigurationError, UsageError
from lambda_lint.model.labels import Severity
from lambda_lint.settings.load import common_folder, find, load
from lambda_lint.settings.options import Choices, FailOn, Options, RuleTable

EVERYTHING = """\
select = ["performance", "LL02"]
ignore = ["fat-handler"]
extend-select = ["LL070"]
extend-ignore = ["LL023"]
exclude = ["gen"]
extend-exclude = ["*_pb2.py"]
force-exclude = true
respect-gitignore = false
test-paths = ["spec/"]
handlers = ["src/app.py:main", "src/b.py:Service.run"]
src = ["lib"]
fail-on = "warning"
output-format = ["full", "sarif:out.sarif"]
max-file-size = 2048
jobs = 3
today = 2026-11-22

[per-file-ignores]
"scripts/*" = ["all"]
"!src/*" = ["LL001", "cost"]

[severity]
client-in-handler = "error"
cost = "info"

[rules.fat-handler]
statements = 40
services = ["s3"]
"""

OPTIONS = Options(
    choices=(
        Choices(
            "lambda-lint.toml",
            select=("performance", "LL02"),
            ignore=("fat-handler",),
            extend_select=("LL070",),
            extend_ignore=("LL023",),
        ),
    ),
    per_file_ignores=(("scripts/*", ("all",)), ("!src/*", ("LL001", "cost"))),
    severity=(("client-in-handler", Severity.ERROR), ("cost", Severity.INFO)),
    rules=(RuleTable("fat-handler", (("statements", 40), ("services", ("s3",)))),),
    exclude=("gen",),
    extend_exclude=("*_pb2.py",),
    force_exclude=True,
    respect_gitignore=False,
    test_paths=("spec/",),
    handlers=("src/app.py:main", "src/b.py:Service.run"),
    src=("lib",),
    fail_on=FailOn.WARNING,
    output_format=("full", "sarif:out.sarif"),
    max_file_size=2048,
    jobs=3,
    today="2026-11-22",
)


def write(path: Path, text: str = "") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(dedent(text).encode())
    return path


def options_of(folder: Path) -> Options:
    file = load([], folder)
    assert file is not None
    return file.options


def message_of(folder: Path, text: str) -> str:
    write(folder / "lambda-lint.toml", text)
    with pytest.raises(ConfigurationError) as raised:
        load([], folder)
    return str(raised.value)


def test_every_key(tmp_path: Path) -> None:
    write(tmp_path / "lambda-lint.toml", EVERYTHING)
    assert options_of(tmp_path) == OPTIONS


def test_the_table_of_pyproject_says_the_same(tmp_path: Path) -> None:
    text = EVERYTHING.replace("[", "[tool.lambda-lint.").replace('= [tool.lambda-lint."', '= ["')
    write(tmp_path / "pyproject.toml", f"[tool.lambda-lint]\n{text}")
    file = load([], tmp_path)
    assert file is not None
    assert (file.shown, file.root) == ("pyproject.toml", tmp_path)
    assert file.options.choices[0].source == "pyproject.toml"
    assert file.options == Options(choices=file.options.choices).merge(
        Options(**{name: getattr(OPTIONS, name) for name in Options.__slots__ if name != "choices"})
    )


def test_an_empty_file_says_nothing(tmp_path: Path) -> None:
    write(tmp_path / "lambda-lint.toml")
    assert options_of(tmp_path) == Options()


def test_a_byte_order_mark_and_windows_line_ends_are_read(tmp_path: Path) -> None:
    (tmp_path / "lambda-lint.toml").write_bytes(b"\xef\xbb\xbfjobs = 1\r\nsrc = []\r\n")
    assert options_of(tmp_path) == Options(jobs=1, src=())


# Finding


def test_the_nearest_file_above_what_the_arguments_share(tmp_path: Path) -> None:
    outer = write(tmp_path / "lambda-lint.toml")
    inner = write(tmp_path / "a/.lambda-lint.toml")
    write(tmp_path / "a/x/one.py")
    write(tmp_path / "a/y/two.py")
    write(tmp_path / "b/three.py")

    def found(*paths: str) -> Path | None:
        file = load([Path(path) for path in paths], tmp_path)
        return None if file is None else file.path

    assert found("a/x/one.py") == inner
    assert found("a/x/one.py", "a/y") == inner
    assert found("a/x/one.py", "b") == outer
    assert found() == outer


def test_own_files_come_before_pyproject(tmp_path: Path) -> None:
    shared = write(tmp_path / "pyproject.toml", "[tool.lambda-lint]")
    assert find(tmp_path) == shared
    hidden = write(tmp_path / ".lambda-lint.toml")
    assert find(tmp_path) == hidden
    plain = write(tmp_path / "lambda-lint.toml")
    assert find(tmp_path) == plain


@pytest.mark.parametrize(
    "text", ["", "[tool.ruff]", "tool = 1  # lambda-lint", "[project]\nname = 'lambda-lint'", "broken ="]
)
def test_a_pyproject_that_does_not_configure_us_is_passed_over(tmp_path: Path, text: str) -> None:
    outer = write(tmp_path / "lambda-lint.toml")
    write(tmp_path / "inner/pyproject.toml", text)
    assert find(tmp_path / "inner") == outer


def test_the_search_ends_at_the_root_of_a_repository(tmp_path: Path) -> None:
    write(tmp_path / "lambda-lint.toml")
    (tmp_path / "repository/src").mkdir(parents=True)
    write(tmp_path / "repository/.git", "gitdir: elsewhere")
    assert find(tmp_path / "repository/src") is None
    at_root = write(tmp_path / "repository/lambda-lint.toml")
    assert find(tmp_path / "repository/src") == at_root


def test_no_file_at_all(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    assert load([], tmp_path) is None


def test_isolated_reads_nothing(tmp_path: Path) -> None:
    write(tmp_path / "lambda-lint.toml", "broken =")
    assert load([], tmp_path, isolated=True) is None


def test_a_file_that_is_named(tmp_path: Path) -> None:
    write(tmp_path / "lambda-lint.toml", "jobs = 1")
    write(tmp_path / "ci/strict.toml", "jobs = 2")
    file = load([], tmp_path, config=Path("ci/strict.toml"))
    assert file is not None
    assert (file.shown, file.root, file.options) == ("ci/strict.toml", None, Options(jobs=2))


def test_a_file_elsewhere_is_shown_whole(tmp_path: Path) -> None:
    path = write(tmp_path / "strict.toml", "jobs = 2")
    (tmp_path / "work").mkdir()
    file = load([], tmp_path / "work", config=path)
    assert file is not None
    assert file.shown == path.as_posix()


def test_a_file_that_is_named_must_exist(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"^the configuration file `no.toml` does not exist$"):
        load([], tmp_path, config=Path("no.toml"))


def test_a_file_cannot_be_named_and_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"^`--isolated` and `--config` exclude each other$"):
        load([], tmp_path, config=Path("no.toml"), isolated=True)


def test_a_pyproject_that_is_named_must_configure_us(tmp_path: Path) -> None:
    write(tmp_path / "pyproject.toml", "[tool.ruff]")
    with pytest.raises(ConfigurationError) as raised:
        load([], tmp_path, config=Path("pyproject.toml"))
    assert str(raised.value) == "pyproject.toml: there is no table `[tool.lambda-lint]`"


def test_common_folder(tmp_path: Path) -> None:
    write(tmp_path / "a/b/x.py")
    write(tmp_path / "a/c/y.py")
    assert common_folder([Path("a/b/x.py"), Path("a/c")], tmp_path) == tmp_path / "a"
    assert common_folder([Path("a/b/x.py")], tmp_path) == tmp_path / "a/b"
    assert common_folder([Path("a/b/../c")], tmp_path) == tmp_path / "a/c"
    assert common_folder([], tmp_path) == tmp_path


# Refusing


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("selct = []", "1: unknown key `selct`; did you mean `select`?"),
        ("per_file_ignores = {}", "1: unknown key `per_file_ignores`; did you mean `per-file-ignores`?"),
        ("\n\n[tool.lambda-lint]", "3: unknown key `tool`"),
        ("select = 'all'", "1: `select` must be an array of strings, not a string"),
        ("ignore = ['a', 1]", "1: `ignore` must hold strings, not a number"),
        ("exclude = [[]]", "1: `exclude` must hold strings, not an array"),
        ("exclude = [\n'a',\n'[z-a]']", "3: `[z-a]` in `exclude` is not a pattern of paths"),
        ("force-exclude = 1", "1: `force-exclude` must be true or false, not a number"),
        ("jobs = 0", "1: `jobs` must be a whole number from 1"),
        ("today = '2026-02-30'", "1: `today` must be a day, such as 2026-11-22"),
        ("today = 2026-11-22T10:00:00", "1: `today` must be a day, such as 2026-11-22"),
        ("jobs = true", "1: `jobs` must be a whole number from 1"),
        ("max-file-size = '1MB'", "1: `max-file-size` must be a whole number from 1"),
        (
            "fail-on = 'warn'",
            "1: `fail-on` must be one of `error`, `warning`, `info`, `never`; did you mean `warning`?",
        ),
        ("fail-on = 1", "1: `fail-on` must be one of `error`, `warning`, `info`, `never`"),
        (
            "handlers = [\n  'a.py:x',\n  'app.main',\n]",
            "3: `app.main` in `handlers` is not of the form `src/app.py:main`",
        ),
        ("per-file-ignores = []", "1: `per-file-ignores` must be a table, not an array"),
        (
            "[per-file-ignores]\na = []\nb = 'LL001'",
            "3: `per-file-ignores` for `b` must be an array of strings, not a string",
        ),
        ("[per-file-ignores]\n'!' = []", "2: `!` in `per-file-ignores` is not a pattern of paths"),
        ("severity = 'error'", "1: `severity` must be a table, not a string"),
        (
            "[severity]\ncost = 'note'",
            "2: the severity of `cost` must be one of `info`, `warning`, `error`",
        ),
        (
            "[rules]\nfat-handler = 3",
            "2: `rules.fat-handler` must be a table of the rule's options, not a number",
        ),
    ],
)
def test_mistakes(tmp_path: Path, text: str, message: str) -> None:
    assert message_of(tmp_path, text) == f"lambda-lint.toml:{message}"


def test_all_mistakes_are_told_in_the_order_of_the_file(tmp_path: Path) -> None:
    assert message_of(tmp_path, "[severity]\nLL001 = 'bad'\n[rules]\nLL002 = 1\n") == (
        "lambda-lint.toml:2: the severity of `LL001` must be one of `info`, `warning`, `error`\n"
        "lambda-lint.toml:4: `rules.LL002` must be a table of the rule's options, not a number"
    )


def test_a_mistake_in_pyproject_has_the_line_of_the_shared_file(tmp_path: Path) -> None:
    write(tmp_path / "pyproject.toml", "[tool.ruff]\njobs = 0\n[tool.lambda-lint]\njobs = 0\n")
    with pytest.raises(ConfigurationError, match=r"^pyproject.toml:4: `jobs` must be"):
        load([], tmp_path)


def test_our_table_must_be_one(tmp_path: Path) -> None:
    write(tmp_path / "pyproject.toml", "[tool]\nlambda-lint = 1")
    with pytest.raises(ConfigurationError, match=r"^pyproject.toml: `tool.lambda-lint` must be a table$"):
        load([], tmp_path)


# The words behind "is not TOML" are those of the Python that reads it, and differ between versions.


def test_a_broken_pyproject_that_names_us(tmp_path: Path) -> None:
    write(tmp_path / "pyproject.toml", "[tool.lambda-lint]\njobs = \n")
    with pytest.raises(ConfigurationError, match=r"^pyproject.toml:2: is not TOML: [a-z][^()]*$"):
        load([], tmp_path)


def test_a_mistake_at_the_end_of_the_text_has_no_line(tmp_path: Path) -> None:
    assert message_of(tmp_path, "jobs = [").startswith("lambda-lint.toml: is not TOML: ")


def test_bytes_that_are_no_text(tmp_path: Path) -> None:
    (tmp_path / "lambda-lint.toml").write_bytes(b"src = ['\xff']")
    with pytest.raises(ConfigurationError, match=r"^lambda-lint.toml: is not UTF-8$"):
        load([], tmp_path)


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    # Reading one's own memory at address 0 fails for every user, root included.
    (tmp_path / "lambda-lint.toml").symlink_to("/proc/self/mem")
    with pytest.raises(ConfigurationError, match=r"^lambda-lint.toml: cannot be read: Input/output error$"):
        load([], tmp_path)


def test_the_search_ends_at_the_root_of_the_file_system(tmp_path: Path) -> None:
    assert find(Path(tmp_path.anchor)) is None
