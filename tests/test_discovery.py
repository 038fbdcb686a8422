"""Which files a run reads, and on which it reports."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from lambda_lint.discovery import Discovered, discover, git_root, project_root, shown
from lambda_lint.discovery.content import content
from lambda_lint.errors import UsageError
from lambda_lint.settings.load import load
from lambda_lint.settings.options import DEFAULT, Options

if TYPE_CHECKING:
    from collections.abc import Iterable

TEMPLATE = """\
AWSTemplateFormatVersion: "2010-09-09"
Transform: AWS::Serverless-2016-10-31
Resources:
  Main:
    Type: AWS::Serverless::Function
    Properties: {Handler: app.main, Runtime: python3.13, CodeUri: src/}
"""


def write(root: Path, *paths: str, text: str = "") -> None:
    for path in paths:
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text)


def found(root: Path, *paths: str, cwd: Path | None = None, **options: object) -> Discovered:
    cwd = cwd or root
    arguments = [Path(path) for path in paths]
    settings = DEFAULT.apply(Options(**options))  # type: ignore[arg-type]
    return discover(arguments, settings, cwd, load(arguments, cwd))


def names(paths: Iterable[str], root: Path) -> list[str]:
    return [shown(path, root) for path in paths]


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A Git work tree, as far as anybody looks."""
    (tmp_path / ".git/info").mkdir(parents=True)
    return tmp_path


# Targets and project


def test_nothing_given_is_the_working_folder(repository: Path) -> None:
    write(repository, "app.py", "src/a.py", "src/b.pyi", "notes.txt", "lib/c.pyc")
    result = found(repository)
    assert names(result.targets, repository) == ["app.py", "src/a.py"]
    assert result.project == result.targets
    assert result.root == repository


def test_folders_and_files(repository: Path) -> None:
    write(repository, "a/x.py", "b/y.py", "b/z.py", "c/w.py")
    result = found(repository, "a", "b/y.py")
    assert names(result.targets, repository) == ["a/x.py", "b/y.py"]
    assert names(result.project, repository) == ["a/x.py", "b/y.py", "b/z.py", "c/w.py"]


def test_overlapping_arguments_count_once(repository: Path) -> None:
    write(repository, "a/x.py")
    assert names(found(repository, "a", "a/x.py", "a/../a", ".").targets, repository) == ["a/x.py"]


def test_paths_are_seen_from_the_working_folder(repository: Path) -> None:
    write(repository, "a/x.py", "b/y.py")
    result = found(repository, "../b", cwd=repository / "a")
    assert names(result.targets, repository) == ["b/y.py"]
    assert names(result.project, repository) == ["a/x.py", "b/y.py"]


def test_a_path_that_does_not_exist(repository: Path) -> None:
    write(repository, "a.py")
    with pytest.raises(UsageError, match=r"^the path `nowhere` does not exist$"):
        found(repository, "a.py", "nowhere")


def test_a_path_that_is_no_file(repository: Path) -> None:
    os.mkfifo(repository / "pipe.py")
    with pytest.raises(UsageError, match=r"^the path `pipe.py` is neither a file nor a folder$"):
        found(repository, "pipe.py")
    assert found(repository).targets == ()


def test_a_file_that_is_named_is_python_whatever_it_is_called(repository: Path) -> None:
    write(repository, "script", "stub.pyi", "odd.cgi")
    assert names(found(repository, "script", "stub.pyi", "odd.cgi").targets, repository) == [
        "odd.cgi",
        "script",
    ]


# The project's root


def test_the_root_is_the_folder_of_the_configuration(repository: Path) -> None:
    write(repository, "service/lambda-lint.toml", "service/src/a.py", "other/b.py")
    result = found(repository, "service/src")
    assert result.root == repository / "service"
    assert names(result.project, repository) == ["service/src/a.py"]


def test_a_configuration_that_is_named_does_not_move_the_root(repository: Path) -> None:
    write(repository, "ci/strict.toml", "src/a.py", "b.py")
    config = load([Path("src")], repository, config=Path("ci/strict.toml"))
    assert project_root([Path("src")], repository, config) == repository
    result = discover([Path("src")], DEFAULT, repository, config)
    assert names(result.project, repository) == ["b.py", "src/a.py"]


def test_without_repository_the_root_is_the_working_folder_or_what_holds_the_arguments(
    tmp_path: Path,
) -> None:
    write(tmp_path, "p/src/a.py", "p/b.py", "q/c.py")
    assert git_root(tmp_path) is None
    inside = found(tmp_path, "p/src")
    assert inside.root == tmp_path
    assert names(inside.project, tmp_path) == ["p/src/a.py"]
    outside = found(tmp_path, "../p", cwd=tmp_path / "q")
    assert outside.root == tmp_path / "p"
    assert names(outside.project, tmp_path) == ["p/b.py", "p/src/a.py"]


def test_a_lone_file_brings_its_neighbors(tmp_path: Path) -> None:
    write(tmp_path, "a.py", "b.py", "package/c.py")
    result = found(tmp_path, "a.py")
    assert names(result.targets, tmp_path) == ["a.py"]
    assert names(result.project, tmp_path) == ["a.py", "b.py", "package/c.py"]


def test_a_lone_file_does_not_bring_a_whole_home(tmp_path: Path) -> None:
    write(tmp_path, "a.py", "b.py", "z/deep/c.py")
    for number in range(5_000):
        (tmp_path / f"z/{number}").touch()
    assert names(found(tmp_path, "a.py").project, tmp_path) == ["a.py", "b.py"]
    assert names(found(tmp_path, ".").project, tmp_path) == ["a.py", "b.py", "z/deep/c.py"]


def test_a_work_tree_of_git_has_a_file_instead_of_a_folder(tmp_path: Path) -> None:
    write(tmp_path, "tree/.git", "tree/src/a.py")
    assert git_root(tmp_path / "tree/src") == tmp_path / "tree"


# Excludes


def test_built_in_excludes(repository: Path) -> None:
    write(
        repository,
        "a.py", ".venv/x.py", "src/node_modules/x.py", ".aws-sam/build/F/app.py", "cdk.out/asset.1/app.py",
        "build/lib/x.py", ".chalice/deployments/x.py", "__pycache__/x.py", "vendored/x.py",
    )  # fmt: skip
    write(repository, ".chalice/config.py")
    assert names(found(repository).targets, repository) == [".chalice/config.py", "a.py"]


def test_a_virtual_environment_of_any_name(repository: Path) -> None:
    write(repository, "a.py", "my-env/pyvenv.cfg", "my-env/lib/x.py")
    result = found(repository)
    assert names(result.targets, repository) == ["a.py"]


def test_exclude_replaces_and_extend_exclude_adds(repository: Path) -> None:
    write(repository, "a.py", "build/b.py", "gen/c.py", "src/d_pb2.py")
    assert names(found(repository, exclude=("gen",)).targets, repository) == [
        "a.py",
        "build/b.py",
        "src/d_pb2.py",
    ]
    more = found(repository, extend_exclude=("gen/", "*_pb2.py"))
    assert names(more.targets, repository) == ["a.py"]


def test_patterns_are_relative_to_the_root(repository: Path) -> None:
    write(repository, "src/gen/a.py", "lib/src/gen/b.py")
    result = found(repository, "../lib", ".", cwd=repository / "src", extend_exclude=("/src/gen",))
    assert names(result.targets, repository) == ["lib/src/gen/b.py"]


def test_a_pattern_that_is_none(repository: Path) -> None:
    with pytest.raises(UsageError, match=r"^`\[z-a\]` is not a pattern of paths to exclude$"):
        found(repository, extend_exclude=("[z-a]",))


def test_what_is_named_is_not_excluded(repository: Path) -> None:
    write(repository, "build/a.py", "build/deep/b.py", "build/deep/build/c.py", "d.py")
    assert names(found(repository, "build/a.py").targets, repository) == ["build/a.py"]
    folder = found(repository, "build/deep")
    assert names(folder.targets, repository) == ["build/deep/b.py"]
    assert names(folder.project, repository) == ["build/deep/b.py", "d.py"]


def test_force_exclude(repository: Path) -> None:
    write(
        repository,
        "build/a.py",
        "build/template.yaml",
        "src/b.py",
        "src/script",
        "vend/six.py",
        "vend/own.py",
    )
    write(repository, "vend/six-1.0.dist-info/RECORD", text="six.py,,\n")
    arguments = (
        "build/a.py",
        "build/template.yaml",
        "build",
        "src/b.py",
        "src/script",
        "vend/six.py",
        "vend/own.py",
    )
    result = found(repository, *arguments, force_exclude=True)
    assert names(result.targets, repository) == ["src/b.py", "src/script", "vend/own.py"]
    assert result.templates == ()


def test_force_exclude_outside_of_the_project(tmp_path: Path) -> None:
    write(tmp_path, "elsewhere/a.py", "p/lambda-lint.toml", "p/b.py", "elsewhere/c/d.py")
    config = load([Path("p")], tmp_path)
    settings = DEFAULT.apply(Options(force_exclude=True))
    arguments = [Path("elsewhere/a.py"), Path("elsewhere/c"), Path("p")]
    result = discover(arguments, settings, tmp_path, config)
    assert names(result.targets, tmp_path) == ["elsewhere/a.py", "elsewhere/c/d.py", "p/b.py"]


# Git


def test_gitignore_files_of_every_folder(repository: Path) -> None:
    write(
        repository,
        "a.py",
        "gen/b.py",
        "src/c.py",
        "src/out/d.py",
        "src/e_local.py",
        "f_local.py",
        "src/keep.py",
    )
    write(repository, ".gitignore", text="gen/\n*_local.py\nkeep.py\n[z-a]\n")
    write(repository, "src/.gitignore", text="/out\n!keep.py\n")
    assert names(found(repository).targets, repository) == ["a.py", "src/c.py", "src/keep.py"]


def test_gitignore_files_above_what_is_asked_for(repository: Path) -> None:
    write(repository, "src/deep/a.py", "src/deep/b_local.py", "src/deep/c_tmp.py", "src/deep/d_own.py")
    write(repository, ".gitignore", text="*_local.py\n")
    write(repository, "src/.gitignore", text="*_tmp.py\n")
    write(repository, ".git/info/exclude", text="*_own.py\n")
    write(repository, "src/lambda-lint.toml")
    result = found(repository, "src/deep")
    assert result.root == repository / "src"
    assert names(result.targets, repository) == ["src/deep/a.py"]


def test_gitignore_can_be_disregarded(repository: Path) -> None:
    write(repository, "a.py", "src/b.py")
    write(repository, ".gitignore", text="a.py\n")
    write(repository, "src/.gitignore", text="b.py\n")
    result = found(repository, respect_gitignore=False)
    assert names(result.targets, repository) == ["a.py", "src/b.py"]


def test_an_ignored_folder_that_is_named(repository: Path) -> None:
    write(repository, "gen/a.py", "gen/b.py", "gen/deep/gen/c.py")
    write(repository, ".gitignore", text="gen/\n")
    write(repository, "gen/.gitignore", text="b.py\n")
    assert names(found(repository).targets, repository) == []
    assert names(found(repository, "gen").targets, repository) == ["gen/a.py", "gen/deep/gen/c.py"]
    assert names(found(repository, "gen/b.py").targets, repository) == ["gen/b.py"]
    assert found(repository, "gen", "gen/b.py", force_exclude=True).targets == ()


def test_a_gitignore_that_cannot_be_read(repository: Path) -> None:
    write(repository, "a.py")
    (repository / ".gitignore").mkdir()
    assert names(found(repository).targets, repository) == ["a.py"]


def test_gitignore_outside_of_a_repository(tmp_path: Path) -> None:
    write(tmp_path, "p/a.py", "p/b.py")
    write(tmp_path, "p/.gitignore", text="b.py\n")
    assert names(found(tmp_path, "p").targets, tmp_path) == ["p/a.py"]


# Packages of others


def test_packages_that_pip_installed_beside_the_code(repository: Path) -> None:
    write(
        repository,
        "src/app.py",
        "src/requests/api.py",
        "src/oddly_named/x.py",
        "src/six.py",
        "src/bin/run.py",
    )
    write(
        repository,
        "src/requests-2.31.0.dist-info/RECORD",
        text='requests/api.py,sha256=x,1\n"../../bin/a,b",,\n',
    )
    write(repository, "src/Oddly.Named-1.dist-info/top_level.txt", text="Oddly_Named\n\n")
    write(repository, "src/six-1.16.dist-info/METADATA")
    result = found(repository)
    assert names(result.targets, repository) == ["src/app.py", "src/bin/run.py"]
    assert result.skipped_vendored == ("src/oddly_named", "src/requests", "src/six.py")


def test_a_folder_of_nothing_but_packages_is_told_once(repository: Path) -> None:
    write(repository, "app.py", "layer/python/boto3/x.py", "layer/python/botocore/x.py")
    write(repository, "layer/python/lib/python3.13/site-packages/y/x.py", "own/python/shared.py")
    write(repository, "deps/boto3/x.py", "deps/urllib3/x.py", "deps/readme.md")
    result = found(repository)
    assert names(result.targets, repository) == ["app.py", "own/python/shared.py"]
    assert result.skipped_vendored == (
        "deps",
        "layer/python/boto3",
        "layer/python/botocore",
        "layer/python/lib/python3.13/site-packages",
    )


def test_a_project_of_its_own_is_not_vendored(repository: Path) -> None:
    # What `pip install -e .` leaves behind, and a lone package with the name of a known one.
    write(repository, "src/shop.egg-info/SOURCES.txt", "src/shop/a.py", "src/stripe/b.py")
    write(repository, "src/stripe/__init__.py", text="from .b import x\n")
    result = found(repository)
    assert names(result.targets, repository) == ["src/shop/a.py", "src/stripe/__init__.py", "src/stripe/b.py"]
    assert result.skipped_vendored == ()


def test_a_lone_package_with_a_version_of_its_own(repository: Path) -> None:
    write(repository, "f/app.py", "f/requests/api.py", "g/app.py", "h/redis/x.py")
    write(repository, "f/requests/__init__.py", text="import x\n__version__ = '2'\n")
    write(repository, "g/six.py", text="__version__ = '1'\n")
    result = found(repository)
    assert names(result.targets, repository) == ["f/app.py", "g/app.py", "h/redis/x.py"]
    assert result.skipped_vendored == ("f/requests", "g/six.py")


def test_eggs_that_were_installed(repository: Path) -> None:
    write(repository, "f/app.py", "f/odd/x.py", "f/odd-1.egg-info/installed-files.txt")
    assert found(repository).skipped_vendored == ("f/odd",)


def test_packages_of_others_that_are_named_are_read(repository: Path) -> None:
    write(repository, "env2/site-packages/odd/x.py", "env2/site-packages/odd-1.dist-info/RECORD", "a.py")
    for argument in ("env2/site-packages", "env2/site-packages/odd"):
        result = found(repository, argument)
        assert names(result.targets, repository) == ["env2/site-packages/odd/x.py"]
        assert result.skipped_vendored == ()
    assert found(repository, "a.py").skipped_vendored == ()


def test_only_what_is_asked_for_is_told(repository: Path) -> None:
    write(repository, "a/app.py", "b/boto3/x.py", "b/botocore/x.py")
    assert found(repository, "a").skipped_vendored == ()
    assert found(repository, "b").skipped_vendored == ("b",)


# Templates


def test_templates_of_the_project(repository: Path) -> None:
    write(
        repository,
        "template.yaml",
        "infra/stack.yml",
        "infra/stack.template",
        "src/local.yaml",
        text=TEMPLATE,
    )
    write(repository, "config.yaml", text="a: 1\n")
    write(repository, "src/a.py", "data.json")
    result = found(repository, "src")
    expected = ["infra/stack.template", "infra/stack.yml", "src/local.yaml", "template.yaml"]
    assert names(result.templates, repository) == expected
    assert names(result.target_templates, repository) == ["src/local.yaml"]


def test_a_template_that_is_named_is_taken_at_its_word(repository: Path) -> None:
    write(repository, "odd.yaml", text="a: 1\n")
    write(repository, "src/a.py")
    result = found(repository, "src", "odd.yaml")
    assert names(result.templates, repository) == ["odd.yaml"]
    assert result.target_templates == result.templates
    assert names(result.targets, repository) == ["src/a.py"]


def test_a_template_above_the_code_where_there_is_no_repository(tmp_path: Path) -> None:
    write(tmp_path, "p/template.yaml", "template.yaml", text=TEMPLATE)
    write(tmp_path, "p/services/src/a.py", "p/readme.md")
    assert names(found(tmp_path / "p", "services/src").templates, tmp_path) == ["p/template.yaml"]
    assert found(tmp_path, "../../services", cwd=tmp_path / "p/services/src").templates == ()


def test_a_template_that_is_too_large_is_not_passed_over_in_silence(repository: Path) -> None:
    more = "# more\n" * 100
    write(repository, "template.yaml", text=TEMPLATE + more)
    write(repository, "main.tf", text='resource "aws_lambda_function" "a" {}\n' + more)
    write(repository, "network.tf", text='resource "aws_vpc" "a" {}\n' + more)
    write(repository, "values.yaml", "requirements.txt", text=more)
    write(repository, "node.yaml", text=TEMPLATE.replace("python3.13", "nodejs22.x") + more)
    result = found(repository, max_file_size=400)
    assert names(result.templates, repository) == ["main.tf", "template.yaml"]
    assert not result.contents


# Robustness


def test_links_to_folders_and_files(repository: Path) -> None:
    write(repository, "shared/s.py", "f/app.py", "z/only.py", "f/dup.py")
    (repository / "f/shared").symlink_to("../shared")
    (repository / "f/again.py").symlink_to("dup.py")
    (repository / "f/loop").symlink_to(".")
    (repository / "f/up").symlink_to("../..")
    (repository / "f/root").symlink_to("/")
    (repository / "f/broken.py").symlink_to("nowhere.py")
    (repository / "f/self").symlink_to("self")
    assert names(found(repository).targets, repository) == [
        "f/app.py",
        "f/dup.py",
        "shared/s.py",
        "z/only.py",
    ]


def test_links_to_what_is_outside(tmp_path: Path) -> None:
    write(tmp_path, "elsewhere/s.py", "elsewhere/t.py", "p/a.py")
    (tmp_path / "p/.git").mkdir()
    (tmp_path / "p/shared").symlink_to("../elsewhere")
    (tmp_path / "p/u.py").symlink_to("../elsewhere/t.py")
    (tmp_path / "p/v.py").symlink_to("../elsewhere/t.py")
    result = found(tmp_path / "p")
    assert names(result.targets, tmp_path) == ["p/a.py", "p/shared/s.py", "p/shared/t.py"]


def test_two_links_to_one_file(tmp_path: Path) -> None:
    write(tmp_path, "elsewhere/t.py", "p/a.py")
    (tmp_path / "p/u.py").symlink_to("../elsewhere/t.py")
    (tmp_path / "p/v.py").symlink_to("../elsewhere/t.py")
    assert names(found(tmp_path / "p", ".").targets, tmp_path) == ["p/a.py", "p/u.py"]


def test_a_folder_that_cannot_be_read(repository: Path) -> None:
    # A path that is longer than the system allows cannot be opened by any user, root included.
    name = "d" * 250
    here = os.open(repository, os.O_RDONLY)
    depth = 0
    try:
        while len(str(repository)) + depth * 251 <= 4096:
            os.mkdir(name, dir_fd=here)
            below = os.open(name, os.O_RDONLY, dir_fd=here)
            os.close(here)
            here = below
            depth += 1
    finally:
        os.close(here)
    write(repository, "a.py")
    result = found(repository)
    assert names(result.targets, repository) == ["a.py"]
    assert [Path(path).name for path in result.unreadable] == [name]


def test_a_template_that_cannot_be_read(repository: Path) -> None:
    (repository / "template.yaml").symlink_to("/proc/self/mem")
    result = found(repository)
    assert names(result.unreadable, repository) == ["template.yaml"]
    assert result.templates == ()


def test_a_deep_tree(repository: Path) -> None:
    deep = repository
    for _ in range(300):
        deep /= "d"
        deep.mkdir()
    (deep / "a.py").touch()
    assert len(found(repository).targets) == 1


def test_shown() -> None:
    assert shown(Path("/srv/app/src/a.py"), Path("/srv/app")) == "src/a.py"
    assert shown(Path("/work"), Path("/work")) == "."
    assert shown(Path("/other/a.py"), Path("/work")) == "/other/a.py"


# Contents


def test_a_file_is_read_up_to_a_byte_behind_the_limit(tmp_path: Path) -> None:
    file = tmp_path / "a.py"
    for size, expected in ((0, 0), (9, 9), (10, 10), (11, 11), (12, 11), (100_000, 11)):
        file.write_bytes(b"x" * size)
        assert len(content(str(file), 10)) == expected


def test_what_tells_no_size_is_read_all_the_same(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with ThreadPoolExecutor(1) as pool:
        written = pool.submit(pipe.write_bytes, b"abc")
        assert content(str(pipe), 10) == b"abc"
        assert written.result() == 3


def test_a_folder_has_no_content(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="directory"):
        content(str(tmp_path), 10)


# What templates name

SERVICE = """\
service: orders
provider: {name: aws, runtime: python3.13}
functions: ${file(parts/functions.yml)}
custom: ${file(../../outside.yml)}
"""


def test_files_that_templates_name(repository: Path) -> None:
    write(repository, "api/serverless.yml", text=SERVICE)
    write(repository, "api/parts/functions.yml", text="f: {handler: a.b, environment: '${file(./env.yml)}'}")
    write(repository, "api/parts/env.yml", text="A: ${file(functions.yml)}")
    write(repository, "api/parts/other.yml", text="A: b")
    write(repository.parent, "outside.yml", text="A: b")
    result = found(repository)
    assert names(result.templates, repository) == ["api/serverless.yml"]
    assert names(result.companions, repository) == ["api/parts/env.yml", "api/parts/functions.yml"]


def test_what_cannot_be_read_or_is_too_large_is_no_companion(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(repository, "serverless.yml", text=SERVICE + "x: ${file(large.yml)} ${file(locked.yml)}\n")
    write(repository, "large.yml", text="a" * 2_000)
    write(repository, "locked.yml")

    def refusing(path: str, limit: int) -> bytes:
        if path.endswith("locked.yml"):
            raise PermissionError
        return content(path, limit)

    monkeypatch.setattr("lambda_lint.discovery.content", refusing)
    assert names(found(repository, max_file_size=1_000).companions, repository) == []


def test_a_named_template_that_cannot_be_read_is_still_one(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(repository, "serverless.yml", text=SERVICE)

    def refusing(path: str, _limit: int) -> bytes:
        raise PermissionError(path)

    monkeypatch.setattr("lambda_lint.discovery.content", refusing)
    result = found(repository, "serverless.yml")
    assert names(result.templates, repository) == ["serverless.yml"]
    assert result.unreadable == ()


def test_what_is_there_and_left_out(repository: Path) -> None:
    write(
        repository,
        "src/app.py",
        "src/gone.py",
        "src/data.json",
        "build/app.py",
        "src/lib.so",
        "src/notes.txt",
    )
    write(repository, "env/pyvenv.cfg", "pip/click/__init__.py", "pip/requests/__init__.py", "pip/own.py")
    write(
        repository,
        "src/__pycache__/app.pyc",
        ".hidden/a.py",
        "site-packages/x.py",
        "shared/s.py",
        "a/up/x.py",
        "shared/data.yaml",
    )
    write(repository, ".gitignore", text="gone.py\n/build/\n__pycache__/\ndata.json\n")
    (repository / "src/linked.py").symlink_to("app.py")
    (repository / "src/linked.json").symlink_to("../shared/data.yaml")
    (repository / "src/shared").symlink_to("../shared")
    (repository / "a/up/root").symlink_to("../..")
    result = found(repository)
    assert names(result.left_out, repository) == [
        "a/up/root",
        "build",
        "env",
        "pip/click",
        "pip/requests",
        "site-packages",
        "src/gone.py",
        "src/lib.so",
        "src/linked.py",
        "src/shared",
    ]
    assert names([result.scope], repository) == ["."]


def test_what_is_behind_the_limit_is_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lambda_lint.discovery.NEIGHBORHOOD", 2)
    write(tmp_path, "a.py", "b.py", "deep/c.py")
    result = found(tmp_path, "a.py")
    assert names(result.left_out, tmp_path) == ["deep"]


def test_the_scope_is_what_was_asked_for_where_there_is_no_repository(tmp_path: Path) -> None:
    write(tmp_path, "src/a.py", "b.py")
    assert names([found(tmp_path, "src").scope], tmp_path) == ["src"]
