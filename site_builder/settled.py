"""When the times of a file prove that it has not changed since.

Two changes within a tick of a file system's clock leave the same times, so what changed just now proves nothing (Git
calls an index entry like that racy).
"""

# Nanoseconds after which a file system surely gives another time; one that knows no parts of a millisecond may count in
# two seconds, as FAT does.
FINE, COARSE = 50_000_000, 2_000_000_000


def settled(changed: int, now: int) -> bool:
    """Whether a file, whose inode changed at a time in nanoseconds, is so old that any later change would show."""
    return changed + (FINE if changed % 1_000_000 else COARSE) < now
