"""Where the project is: the folder with the site's configuration."""

from pathlib import Path

from site_builder.problems import Place, give_up, phrase

CONFIG_PATH = "content/site.yaml"


def project_folder(given: Path | None, start: Path) -> Path:
    """The project: `given`, or the nearest folder from `start` upwards with `content/site.yaml`.

    Raises ProblemsFound when there is none.
    """
    candidates = [given.resolve()] if given is not None else [start.resolve(), *start.resolve().parents]
    for folder in candidates:
        if (folder / CONFIG_PATH).is_file():
            return folder
    return give_up("no-project", Place(CONFIG_PATH), hint=phrase("hint.no-project"))
