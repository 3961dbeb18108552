"""`site-builder changes`: what Git knows beyond the recorded changes, and writing it down."""

import contextlib
from pathlib import Path

from site_builder.config import Options, load_config
from site_builder.problems import Place, ProblemsFound, give_up, phrase
from site_builder.record.load import History, Newer, load_log
from site_builder.record.log import LOG, Log, joined, write_log
from site_builder.store import FOLDER, Store


def pending(project: Path) -> tuple[Log, Newer]:
    """The log and what is newer. Raises ProblemsFound where Git cannot tell, or the log is wrong."""
    config, _, _ = load_config(project, Options())
    store = Store(project / FOLDER)
    with contextlib.closing(store):
        log, problems = load_log(project, config.codes, store)
        if problems:
            raise ProblemsFound(problems)
        found = History(project, config.codes, config.timezone, store).newer(log)
    return log, found or give_up("record-no-history", Place(LOG), hint=phrase("hint.record-no-history"))


def keep(project: Path, log: Log, found: Newer) -> bool:
    """Write what is newer into the log; tells whether there was something to write."""
    whole = joined(log, found.changes, found.begins, found.tree)
    if whole == log:
        return False
    target = project / LOG
    written = target.with_name(f".{target.name}.new")
    written.write_text(write_log(whole), "utf-8", newline="\n")
    written.replace(target)
    return True
