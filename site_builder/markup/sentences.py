"""Where one sentence ends and the next begins: for the page in easy language, and for the check of what it says."""

import re
from collections.abc import Iterator

# Stands for a character that readers do not see: no letter, digit, space or mark, so no pattern takes it for one.
BLOT = "\0"
# What ends a sentence and what closes after it; a space, which is no no-break space; what opens, and a letter.
GAP = re.compile(r"[.!?…](?:[^\w\s,;:]|_)*([ \t\n]+)(?=(?:[^\w\s]|_)*(\w))")


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of every sentence of a `text` of one paragraph; a sentence follows where a capital letter does."""
    start = 0
    for gap in GAP.finditer(text):
        if gap[2].isupper():
            yield start, gap.start(1)
            start = gap.end(1)
    yield start, len(text)
