"""Files of a preview replaced one by one, each in one step: what nobody else reads need not be a release.

The manifest stays as it is. The next publishing finds these files changed, as if by hand, and makes them anew.
"""

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from site_builder.publishing.lock import Lock
from site_builder.publishing.store import Store


def patch(output: Path, project: Path, contents: Mapping[str, bytes]) -> None:
    """Put contents in the place of files that an output has. Raises ProblemsFound when another holds it, OSError."""
    store = Store.of(output, project, lasting=False)
    with Lock(store.lock, output.name):
        try:
            for path, content in contents.items():
                os.replace(store.staged(store.stage(content)), output / path)
        finally:
            shutil.rmtree(store.staging, ignore_errors=True)
