"""`--changed` reports what is on lines that differ from a revision of Git."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

import pytest
from command_line import APP, PROJECT, STORE, write

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from command_line import LambdaLint

CONCISE = ("--output-format", "concise")
MORE = "\n\ndef load(key):\n    return boto3.client('s3').get_object(Bucket='orders', Key=key)\n"
CALLING = APP.replace("    return", "    store.load(event)\n    return")
OLD = "note: 1 finding on lines that have not changed since `HEAD` left out\n"


@pytest.fixture
def project(project: Path) -> Path:
    """The project, in which other rules than the tests are about may find what they like."""
    return write(project, {"lambda-lint.toml": "select = ['LL001', 'LL022', 'LL066', 'LL902']\n"})


@pytest.fixture
def git(project: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Git in the project, which is a repository with one commit on `main`."""
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    # Whatever somebody has configured must not change what comes out.
    config = project.parent / "gitconfig"
    config.write_text(
        "[user]\nname = A\nemail = a@example.com\n[init]\ndefaultBranch = main\n"
        "[color]\nui = always\n[core]\nquotePath = true\npager = false\n"
        "[diff]\nnoprefix = true\nmnemonicPrefix = true\nexternal = /nowhere\nrenames = false\ncontext = 9\n"
        "interHunkContext = 9\nrelative = true\nsubmodule = log\n[status]\nshowUntrackedFiles = no\n",
        "utf-8",
    )
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(config))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")

    def run(*arguments: str, cwd: Path = project) -> str:
        done = subprocess.run(["git", *arguments], cwd=cwd, check=True, capture_output=True, text=True)
        return done.stdout

    run("init", "--quiet")
    commit(run)
    return run


def commit(git: Callable[..., str]) -> None:
    git("add", "--all")
    git("commit", "--quiet", "--message", "change")


# -- what has changed


@pytest.mark.usefixtures("git")
def test_nothing_has_changed(lambda_lint: LambdaLint) -> None:
    run = lambda_lint("--changed", *CONCISE)
    assert (run.code, run.err) == (0, "")
    assert run.out.endswith(OLD + "no findings in 3 files, 1 handler\n")


def test_only_what_is_on_changed_lines(
    project: Path, git: Callable[..., str], lambda_lint: LambdaLint
) -> None:
    write(project, {"src/store.py": STORE + MORE, "src/app.py": CALLING})
    for _ in ("in the work tree", "in the index"):
        run = lambda_lint("--changed", *CONCISE)
        assert run.code == 1
        assert "src/store.py:9:12: LL001" in run.out
        assert "src/store.py:5" not in run.out
        assert OLD in run.out
        git("add", "--all")
    commit(git)
    assert lambda_lint("--changed", *CONCISE).code == 0


def test_lines_that_only_move_have_not_changed(
    project: Path, git: Callable[..., str], lambda_lint: LambdaLint
) -> None:
    del git
    write(project, {"src/store.py": '"""The store."""\n\n' + STORE + "\n# end"})
    assert lambda_lint("--changed", *CONCISE).code == 0


def test_any_line_of_a_finding_counts(
    project: Path, git: Callable[..., str], lambda_lint: LambdaLint
) -> None:
    spread = STORE.replace('"s3")', '\n        "s3",\n        use_ssl=True,\n        verify=True,\n    )')
    write(project, {"src/store.py": spread})
    commit(git)
    assert lambda_lint("--changed", *CONCISE).code == 0
    write(project, {"src/store.py": spread.replace("use_ssl=True", "use_ssl=False")})
    assert lambda_lint("--changed", *CONCISE).code == 1
    write(project, {"src/store.py": spread.replace("        use_ssl=True,\n", "")})
    assert lambda_lint("--changed", *CONCISE).code == 1
    write(project, {"src/store.py": spread.replace("import boto3\n\n", "import boto3\n")})
    assert lambda_lint("--changed", *CONCISE).code == 0


def test_untracked_files_are_new(project: Path, git: Callable[..., str], lambda_lint: LambdaLint) -> None:
    write(project, {"src/more.py": STORE, "src/app.py": APP.replace("store", "more")})
    assert "src/more.py:5:12: LL001" in lambda_lint("--changed", *CONCISE).out
    git("add", "--intent-to-add", "src/more.py")
    assert "src/more.py:5:12: LL001" in lambda_lint("--changed", *CONCISE).out
    write(project, {".gitignore": "more.py\n"})
    git("rm", "--cached", "--quiet", "src/more.py")
    assert "src/more.py:5:12: LL001" in lambda_lint("--changed", *CONCISE, "src/more.py").out


def test_a_renamed_file_has_not_changed(
    project: Path, git: Callable[..., str], lambda_lint: LambdaLint
) -> None:
    padded = STORE + "".join(f"\n\ndef f{number}():\n    return {number}\n" for number in range(20))
    write(project, {"src/store.py": padded})
    commit(git)
    git("mv", "src/store.py", "src/depot.py")
    write(project, {"src/app.py": APP.replace("store", "depot")})
    assert lambda_lint("--changed", *CONCISE).code == 0
    write(project, {"src/depot.py": padded.replace('Key="a"', 'Key="b"')})
    assert "src/depot.py:5:12: LL001" in lambda_lint("--changed", *CONCISE).out


@pytest.mark.parametrize(
    "name",
    [
        "o d.py",
        'o"d.py',
        "o\\d.py",
        "o\nd\t.py",
        "ö\N{SNOWMAN}.py",
        os.fsdecode(b"\xff.py"),
        "-b.py",
        "b\a.py",
    ],
)
def test_odd_names(project: Path, git: Callable[..., str], lambda_lint: LambdaLint, name: str) -> None:
    handler = "import boto3\n\n\ndef lambda_handler(event, context):\n    return boto3.client('s3')\n"
    (project / "src" / name).write_text(handler)
    commit(git)
    assert lambda_lint("--changed", *CONCISE).code == 0
    (project / "src" / name).write_text(handler + "# more\n")
    assert lambda_lint("--changed", *CONCISE).code == 0
    (project / "src" / name).write_text(handler.replace("'s3'", '"s3"'))
    assert lambda_lint("--changed", *CONCISE).code == 1


def test_lines_that_look_like_a_diff(project: Path, git: Callable[..., str], lambda_lint: LambdaLint) -> None:
    del git
    text = '"""\n++ b/src/app.py\n@@ -1 +1,99 @@\n-- a/src/app.py\n"""\n'
    write(project, {"src/extra.py": text, "src/store.py": text + STORE + text.replace('"""', "'''").rstrip()})
    assert lambda_lint("--changed", *CONCISE).code == 0


def test_a_file_without_an_end_of_line(
    project: Path, git: Callable[..., str], lambda_lint: LambdaLint
) -> None:
    write(project, {"src/store.py": STORE.rstrip()})
    commit(git)
    write(project, {"src/store.py": (STORE + MORE).rstrip(), "src/app.py": CALLING})
    assert "src/store.py:9:12" in lambda_lint("--changed", *CONCISE).out


def test_a_deleted_file_is_no_trouble(
    project: Path, git: Callable[..., str], lambda_lint: LambdaLint
) -> None:
    del git
    (project / "src/store.py").unlink()
    assert lambda_lint("--changed", *CONCISE).code == 0


def test_a_template_in_utf_16(project: Path, git: Callable[..., str], lambda_lint: LambdaLint) -> None:
    # To Git that is no text.
    template = PROJECT["template.yaml"].replace(
        "      Events", "      Environment:\n        Variables:\n          STAGE: x\n      Events"
    )
    path = project / "template.yaml"
    path.write_bytes(template.encode("utf-16"))
    commit(git)
    path.write_bytes(template.replace("STAGE", "AWS_REGION").encode("utf-16"))
    assert "template.yaml:14:" in lambda_lint("--changed", *CONCISE).out


def test_a_broken_file_counts_if_it_has_changed(
    project: Path, git: Callable[..., str], lambda_lint: LambdaLint
) -> None:
    write(project, {"src/broken.py": "x = 1\n\n\ndef f(:\n"})
    commit(git)
    assert lambda_lint("--changed", *CONCISE).code == 0
    write(project, {"src/broken.py": "x = 2\n\n\ndef f(:\n"})
    assert "LL900" in lambda_lint("--changed", *CONCISE).out


def test_suppressed_findings_and_comments_are_held_to_the_same(
    project: Path, git: Callable[..., str], lambda_lint: LambdaLint
) -> None:
    ignored = STORE.rstrip() + "  # lambda-lint: ignore[LL001]\n"
    unused = "\n\nX = 1  # lambda-lint: ignore[LL001]\n"
    write(project, {"src/store.py": ignored + unused})
    run = lambda_lint("--changed", *CONCISE)
    assert "LL902" in run.out
    assert "1 suppressed" in run.out
    commit(git)
    run = lambda_lint("--changed", *CONCISE)
    assert (run.code, "suppressed" in run.out) == (0, False)


def test_with_a_baseline(project: Path, git: Callable[..., str], lambda_lint: LambdaLint) -> None:
    del git
    lambda_lint("baseline", "create")
    write(project, {"src/store.py": STORE + MORE, "src/app.py": CALLING})
    run = lambda_lint("--changed", "--baseline", "lambda-lint-baseline.json", *CONCISE)
    assert "src/store.py:9:12: LL001" in run.out
    assert "left out" not in run.out


def test_a_crash_is_reported_wherever_it_is(
    git: Callable[..., str], lambda_lint: LambdaLint, monkeypatch: pytest.MonkeyPatch
) -> None:
    from lambda_lint.rule import Rule  # noqa: PLC0415 - patched here alone

    def crash(*_: object, **__: object) -> None:
        raise RuntimeError

    del git
    monkeypatch.setattr(Rule, "violation", crash)
    run = lambda_lint("--changed", *CONCISE)
    assert run.code == 2
    assert "LL901" in run.out


# -- since which revision


def test_since_a_branch_was_left(project: Path, git: Callable[..., str], lambda_lint: LambdaLint) -> None:
    git("switch", "--quiet", "--create", "feature")
    write(project, {"src/store.py": STORE + MORE, "src/app.py": CALLING})
    commit(git)
    git("switch", "--quiet", "main")
    write(project, {"src/store.py": STORE.replace('"a"', '"b"')})
    commit(git)
    git("switch", "--quiet", "feature")
    run = lambda_lint("--changed=main", *CONCISE)
    assert "src/store.py:9:12" in run.out
    assert "1 finding on lines that have not changed since `main` left out" in run.out
    assert lambda_lint("--changed=HEAD~1", *CONCISE).code == 1
    assert lambda_lint("--changed=HEAD", *CONCISE).code == 0
    git("tag", "v1")
    assert lambda_lint("--changed=v1", *CONCISE).code == 0


def test_paths_behind_it_are_paths(project: Path, git: Callable[..., str], lambda_lint: LambdaLint) -> None:
    write(project, {"src/store.py": STORE + MORE, "src/app.py": CALLING})
    assert "in 2 files" in lambda_lint("--changed", "src", *CONCISE).out
    assert "in 1 file" in lambda_lint(*CONCISE, "--changed", "--", "src/store.py").out
    git("branch", "-m", "trunk")
    run = lambda_lint("--changed", "trunk")
    assert (run.code, run.err) == (2, "error: the path `trunk` does not exist\n")


def test_from_another_folder(
    project: Path, git: Callable[..., str], lambda_lint: LambdaLint, monkeypatch: pytest.MonkeyPatch
) -> None:
    del git
    write(project, {"src/store.py": STORE + MORE, "src/app.py": CALLING})
    monkeypatch.chdir(project / "src")
    assert "store.py:9:12" in lambda_lint("--changed", *CONCISE).out
    (project.parent / "link").symlink_to(project)
    monkeypatch.chdir(project.parent)
    assert "link/src/store.py:9:12" in lambda_lint("--changed", "link", *CONCISE).out


def test_before_the_first_commit_everything_is_new(
    project: Path, git: Callable[..., str], lambda_lint: LambdaLint
) -> None:
    git("switch", "--quiet", "--orphan", "empty")
    write(project, PROJECT)
    assert lambda_lint("--changed", *CONCISE).code == 1


# -- what Git cannot tell


@pytest.mark.usefixtures("project")
def test_no_repository(lambda_lint: LambdaLint, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    monkeypatch.setenv("LC_ALL", "C")
    run = lambda_lint("--changed")
    assert (run.code, run.out) == (2, "")
    assert run.err.startswith("error: `--changed` cannot compare: git says: not a git repository")


def test_an_unknown_revision(git: Callable[..., str], lambda_lint: LambdaLint) -> None:
    run = lambda_lint("--changed=nonsense")
    assert (run.code, run.err) == (2, "error: git knows no revision `nonsense`\n")
    assert lambda_lint("--changed=--all").err == "error: git knows no revision `--all`\n"
    assert lambda_lint("--changed=").err == "error: `--changed=` is given without a revision\n"
    git("update-ref", "refs/remotes/origin/next", "HEAD")
    run = lambda_lint("--changed=next")
    assert run.err == "error: git knows no revision `next`; did you mean `origin/next`?\n"


def test_nothing_in_common(git: Callable[..., str], lambda_lint: LambdaLint, project: Path) -> None:
    git("switch", "--quiet", "--orphan", "other")
    write(project, {**PROJECT, "other.txt": ""})
    commit(git)
    run = lambda_lint("--changed=main")
    assert (run.code, run.err) == (2, "error: git finds no common ancestor of `main` and HEAD\n")


def test_a_shallow_clone(
    git: Callable[..., str], lambda_lint: LambdaLint, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        write(project, {"note.txt": str(number)})
        commit(git)
    git("switch", "--quiet", "--create", "feature", "HEAD~2")
    write(project, {"src/store.py": STORE + MORE})
    commit(git)
    clone = project.parent / "clone"
    git("clone", "--quiet", "--depth=1", "--no-single-branch", f"file://{project}", str(clone))
    monkeypatch.chdir(clone)
    run = lambda_lint("--changed=origin/main")
    why = "the clone is shallow, so fetch more of the history (such as `git fetch --unshallow`)"
    assert run.err == f"error: git finds no common ancestor of `origin/main` and HEAD: {why}\n"
    assert run.code == 2
    run = lambda_lint("--changed=v1")
    assert run.err == ("error: git knows no revision `v1`; the clone is shallow: fetch the revision first\n")


@pytest.mark.usefixtures("project")
def test_without_git(lambda_lint: LambdaLint, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    run = lambda_lint("--changed")
    assert (run.code, run.err) == (2, "error: `--changed` needs git, and it cannot be run\n")


@pytest.mark.usefixtures("git")
def test_not_for_standard_input(lambda_lint: LambdaLint) -> None:
    run = lambda_lint("--changed", "-", stdin=b"x = 1\n")
    assert (run.code, run.err) == (2, "error: `--changed` compares files, and standard input is none\n")
