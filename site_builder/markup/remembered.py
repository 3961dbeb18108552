"""The HTML of Markdown texts, kept from build to build under all that it is made from."""

import contextlib
import pickle
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from site_builder.i18n.words import Words
from site_builder.markup.markdown import CannotRead, Heading, Html, Mention, to_html
from site_builder.sources.discover import SourceFile
from site_builder.sources.read import SourceText
from site_builder.store import Store, key_of
from site_builder.versions import fingerprint

# So many are held in memory: a text is asked for by its check and its page, one after the other.
HELD = 64


class Texts:
    """Makes HTML from Markdown, or remembers it."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.held: dict[bytes, Html] = {}

    def key(self, digest: bytes, words: tuple[str, str]) -> bytes:
        """What a text's HTML is kept under: the renderer, with its versions and options, the text, the words."""
        return key_of(fingerprint(), digest, words)

    def to_html(self, text: Callable[[], str], digest: bytes, words: tuple[str, str]) -> Html:
        """HTML of the text that `text` gives and whose digest is `digest`. Raises CannotRead."""
        key = self.key(digest, words)
        if key not in self.held:
            kept = self.store.get("html", key)
            made = _unpacked(kept) if kept else to_html(text(), words)
            if kept is None:
                self.store.put("html", [(key, packed(made))])
            while len(self.held) >= HELD:
                del self.held[next(iter(self.held))]
            self.held[key] = made
        return self.held[key]

    def prepare(self, project: Path, file: SourceFile, words: Mapping[str, Words]) -> Iterator[tuple[bytes, bytes]]:
        """A file's body as HTML, with the key to keep it under; nothing where it is known or cannot be read."""
        body = SourceText(file.path, project).body
        own = words[file.language]
        footnotes = own("footnotes.title"), own("footnotes.back")
        key = self.key(key_of(body), footnotes)
        if body and self.store.get("html", key) is None:
            with contextlib.suppress(CannotRead):
                yield key, packed(to_html(body, footnotes))


def packed(html: Html) -> bytes:
    """As it is kept."""
    mentions = [(one.target, one.form, one.is_embed, one.is_picture) for one in html.mentions]
    headings = [(one.level, one.id, one.html) for one in html.headings]
    return pickle.dumps((html.text, mentions, headings, html.removed))


def _unpacked(kept: bytes) -> Html:
    text, mentions, headings, removed = pickle.loads(kept)  # noqa: S301  # written by us, under a checksum
    return Html(text, tuple(Mention(*one) for one in mentions), tuple(Heading(*one) for one in headings), removed)
