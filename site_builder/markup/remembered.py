"""The HTML of Markdown texts, kept from build to build under all that it is made from."""

import contextlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from site_builder.engine.serialization import decode_cached, encode
from site_builder.i18n.words import Words
from site_builder.markup.markdown import CannotRead, Html, to_html
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
            made = self._cached(key)
            if made is None:
                made = to_html(text(), words)
                self.store.put("html", [(key, encode(made))])
            while len(self.held) >= HELD:
                del self.held[next(iter(self.held))]
            self.held[key] = made
        return self.held[key]

    def _cached(self, key: bytes) -> Html | None:
        return decode_cached(self.store.get("html", key), Html)

    def prepare(self, project: Path, file: SourceFile, words: Mapping[str, Words]) -> Iterator[tuple[bytes, bytes]]:
        """A file's body as HTML, with the key to keep it under; nothing where it is known or cannot be read."""
        body = SourceText(file.path, project).body
        own = words[file.language]
        footnotes = own("footnotes.title"), own("footnotes.back")
        key = self.key(key_of(body), footnotes)
        if body and self._cached(key) is None:
            with contextlib.suppress(CannotRead):
                yield key, encode(to_html(body, footnotes))
