"""`site-builder changes`: what Git knows beyond the recorded changes, and writing it down."""

from pathlib import Path

from site_builder.config import Options, load_config
from site_builder.problems import Place, ProblemsFound, give_up, phrase
from site_builder.record.load import History, Newer
from site_builder.record.log import LOG, joined, read_log, write_log
from site_builder.store import FOLDER, Store


def pending(project: Path) -> Newer:
    """What is newer than the log. Raises ProblemsFound where Git cannot tell, or the log is wrong."""
    config, _, _ = load_config(project, Options())
    log, problems = read_log(project, config.codes)
    if problems:
        raise ProblemsFound(problems)
    store = Store(project / FOLDER)
    found = History(project, config.codes, config.timezone, store).newer(log)
    store.close()
    return found or give_up("record-no-history", Place(LOG), hint=phrase("hint.record-no-history"))


def keep(project: Path, found: Newer) -> bool:
    """Write what is newer into the log; tells whether there was something to write."""
    config, _, _ = load_config(project, Options())
    log, _ = read_log(project, config.codes)
    whole = joined(log, found.changes, found.begins, found.tree)
    if whole == log:
        return False
    target = project / LOG
    written = target.with_name(f".{target.name}.new")
    written.write_text(write_log(whole), "utf-8", newline="\n")
    written.replace(target)
    return True
