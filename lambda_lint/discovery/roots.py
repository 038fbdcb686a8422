"""How far a project goes, and what stands above the files that are asked for."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from lambda_lint.deployment.manifests import NAMES as MANIFESTS
from lambda_lint.discovery.walk import TEMPLATE_ENDINGS
from lambda_lint.settings.load import common_folder

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from lambda_lint.settings.load import ConfigFile


def project_root(paths: Sequence[Path], cwd: Path, config: ConfigFile | None = None) -> Path:
    """The folder of the configuration that was found, or else Git's root.

    If there is neither: the working folder if the arguments are below it, or the folder that holds them all.
    """
    if config is not None and config.root is not None:
        return config.root
    common = common_folder(paths, cwd)
    return git_root(common) or (cwd if common.is_relative_to(cwd) else common)


def git_root(folder: Path) -> Path | None:
    """The nearest folder, from this one up, that is a Git work tree's root."""
    return next((place for place in (folder, *folder.parents) if (place / ".git").exists()), None)


def templates_between(folder: Path, root: Path) -> Iterator[str]:
    """Possible templates, and lists of requirements, in the folders above `folder` up to `root`.

    `src/` is deployed by what stands beside it, also where no repository tells how far the project goes.
    """
    for place in (place for place in folder.parents if place.is_relative_to(root)):
        with os.scandir(place) as entries:
            yield from (
                entry.path
                for entry in entries
                if (entry.name.endswith(TEMPLATE_ENDINGS) or entry.name in MANIFESTS) and entry.is_file()
            )
