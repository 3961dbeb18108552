"""Social cards: the picture that stands beside a link to a page where people share it (Open Graph, 1200 by 630).

What a card shows and its address are known when its page is planned; it is drawn only when nobody remembers it.
"""

import functools
import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import PIL

from site_builder.outputs import eu_flag
from site_builder.outputs.assets import Assets
from site_builder.outputs.planned_file import PlannedFile
from site_builder.site import Site
from site_builder.store import key_of
from site_builder.theme import CARD_TOKENS

WIDTH, HEIGHT = 1200, 630


class CardWords(NamedTuple):
    """All that is written on a card: the page, what it is part of and of when, the site, the EU's support."""

    title: str
    label: str
    site_name: str
    eu: tuple[str, ...]


class Card(NamedTuple):
    """A page's card. `key` is made of all that its picture is made from."""

    words: CardWords
    key: str
    url: str
    alt: str
    width: int = WIDTH
    height: int = HEIGHT


class CardView(NamedTuple):
    """What a card is drawn from; colours as `#rrggbb` in the order of CARD_TOKENS."""

    words: CardWords
    colours: tuple[str, ...]
    font: bytes


def card(site: Site, assets: Assets, words: CardWords) -> Card:
    """The card that says these words. Its address is known before it is drawn."""
    made_from = [words, *_style(assets)]
    key = hashlib.sha256(json.dumps(made_from, ensure_ascii=False).encode()).hexdigest()
    alt = " · ".join(part for part in (words.title, words.site_name) if part)
    return Card(words, key, site.absolute("/" + _path(key)), alt)


def plan_cards(cards: Mapping[str, CardWords]) -> Iterator[PlannedFile]:
    """One picture for each of the `cards` that pages name, by key; equal cards are one file."""
    for key, words in cards.items():
        yield PlannedFile(_path(key), draw_card, (words,), inputs=key_of(key), dear=True)


def draw_card(site: Site, assets: Assets, words: CardWords) -> bytes:
    """Draw a card; Pillow is loaded only here."""
    from site_builder.outputs.card_drawing import draw

    return draw(CardView(words, theme_colours(assets), assets.font))


def theme_colours(assets: Assets) -> tuple[str, ...]:
    """The theme's colours of the light scheme."""
    return tuple(assets.tokens[name] for name in CARD_TOKENS)


def _path(key: str) -> str:
    return f"assets/card.{key[:12]}.png"


def _style(assets: Assets) -> tuple[str, ...]:
    """What all cards have in common: size, colours, font, how they are drawn and with what."""
    return (f"{WIDTH}x{HEIGHT}", *theme_colours(assets), _digest(assets.font), _drawing(), PIL.__version__)


@functools.lru_cache(maxsize=2)
def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


@functools.cache
def _drawing() -> str:
    """The code that draws, so that a change of it is a new picture at a new address."""
    sources = (Path(__file__).with_name("card_drawing.py"), Path(eu_flag.__file__))
    return _digest(b"".join(source.read_bytes() for source in sources))
