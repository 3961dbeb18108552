"""The news items of the corpus: seeded, with the same text in two languages, before any generator's notation."""

import datetime
import random
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from sentences import (
    CATEGORIES,
    DOES,
    HEADINGS,
    HOW,
    LANGUAGES,
    LISTED,
    MORE,
    NUMBERS_SAY,
    PLACES,
    QUOTED,
    SEE_ALSO,
    TABLE_HEAD,
    TAGS,
    WHAT,
    WHO,
    WORKS,
    Pair,
)

LAST_DAY = datetime.date(2026, 10, 31)
YEARS = 12
PARTNERS, FIGURES, PICTURES = 40, 20, 8
# New ones; with the project's own four there are sixty.
FACILITIES = 56
FEWEST_WORDS, MOST_WORDS = 150, 480
# Items whose number ends so are linked to by no other, so that they may be deleted and renamed.
UNLINKED = 5

BlockKind = Literal["heading", "paragraph", "bullets", "numbers", "quote", "table"]


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a text; `rows` are lines, items or table rows. A paragraph may link to an item and name a figure."""

    kind: BlockKind
    rows: tuple[tuple[Pair, ...], ...]
    link: int | None = None
    figure: int | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """A news item. Numbers name tags, facilities, partners and pictures of the corpus."""

    number: int
    day: datetime.date
    slug: str
    title: Pair
    summary: Pair
    category: int
    tags: tuple[int, ...]
    facilities: tuple[int, ...]
    partners: tuple[int, ...]
    picture: int | None
    blocks: tuple[Block, ...]

    @property
    def key(self) -> str:
        return f"{self.day.year}/{self.slug}"


@dataclass(frozen=True, slots=True)
class Notation:
    """How a generator writes a link to an item (number, language) and a figure (number) in Markdown."""

    link: Callable[[int, str], str]
    figure: Callable[[int], str]


def make_items(count: int, seed: int) -> tuple[Item, ...]:
    """`count` items over twelve years, oldest first; equal arguments give equal items."""
    chance = random.Random(seed)
    step = datetime.timedelta(days=YEARS * 365.25) / count
    titles = [(chance.choice(PLACES), chance.choice(WORKS)) for _ in range(count)]
    days = [LAST_DAY - step * (count - 1 - number) for number in range(count)]
    return tuple(_item(number, days[number], titles, random.Random(f"{seed}/{number}")) for number in range(count))


def _item(number: int, day: datetime.date, titles: list[tuple[Pair, Pair]], chance: random.Random) -> Item:
    place, work = titles[number]
    return Item(
        number=number,
        day=day,
        slug=f"{slug(place[1])}-{slug(work[1])}-{number}",
        title=(f"{place[0]} {work[0]} ({number})", f"{work[1].capitalize()} in {place[1]} ({number})"),
        summary=_unmarked(_sentence(chance)),
        category=chance.randrange(len(CATEGORIES)),
        tags=tuple(sorted(chance.sample(range(len(TAGS)), chance.randint(2, 4)))),
        facilities=_some(chance, 0.3, FACILITIES),
        partners=_some(chance, 0.2, PARTNERS),
        picture=chance.randrange(PICTURES) if chance.random() < 0.1 else None,
        blocks=tuple(_blocks(chance, number, len(titles))),
    )


def _some(chance: random.Random, share: float, among: int) -> tuple[int, ...]:
    return tuple(sorted(chance.sample(range(among), chance.randint(1, 2)))) if chance.random() < share else ()


def _sentence(chance: random.Random) -> Pair:
    if chance.random() < 0.3:
        number = chance.randrange(110, 999)
        latvian, english = chance.choice(MORE)
        return latvian.format(n=number), english.format(n=number)
    parts = [chance.choice(words) for words in (WHO, DOES, WHAT, HOW)]
    return " ".join(part[0] for part in parts), " ".join(part[1] for part in parts)


def _unmarked(pair: Pair) -> Pair:
    return pair[0].replace("*", ""), pair[1].replace("*", "")


def _blocks(chance: random.Random, number: int, count: int) -> list[Block]:
    """Paragraphs with a heading before every second, lists, tables and quotations, to a wanted number of words."""
    wanted, links = chance.randint(FEWEST_WORDS, MOST_WORDS), chance.randint(1, 3)
    blocks: list[Block] = []
    paragraphs = 0
    while sum(map(_words, blocks)) < wanted:
        paragraphs += 1
        if paragraphs > 1 and paragraphs % 2:
            blocks.append(Block("heading", ((chance.choice(HEADINGS),),)))
        link = _target(chance, number, count) if links and chance.random() < 0.6 else None
        links -= link is not None
        figure = chance.randrange(FIGURES) if paragraphs == 1 and chance.random() < 0.05 else None
        told = tuple(_sentence(chance) for _ in range(chance.randint(2, 4)))
        blocks.append(Block("paragraph", (told,), link, figure))
        blocks += _interlude(chance)
    return blocks


def _target(chance: random.Random, number: int, count: int) -> int | None:
    target = chance.randrange(count)
    return None if target == number or target % 10 == UNLINKED else target


def _interlude(chance: random.Random) -> list[Block]:
    drawn = chance.random()
    if drawn < 0.22:
        rows = tuple((one,) for one in chance.sample(LISTED, chance.randint(3, 5)))
        return [Block("numbers" if drawn < 0.05 else "bullets", rows)]
    if drawn < 0.27:
        return [Block("table", tuple(_table_row(chance, what) for what in chance.sample(WHAT, 4)))]
    return [Block("quote", ((chance.choice(QUOTED),),))] if drawn < 0.35 else []


def _table_row(chance: random.Random, what: Pair) -> tuple[Pair, ...]:
    day, hour = chance.randint(1, 28), chance.randint(8, 19)
    return (f"{day}. novembris", f"{day} November"), (f"{hour}.00", f"{hour}.00"), what


def _words(block: Block) -> int:
    return sum(len(cell[1].split()) for row in block.rows for cell in row)


def slug(words: str) -> str:
    """Small Latin letters, digits and hyphens."""
    plain = unicodedata.normalize("NFKD", words.lower().replace("’", "")).encode("ascii", "ignore").decode()
    return "-".join("".join(c if c.isalnum() else " " for c in plain).split())


# Markdown -----------------------------------------------------------------------------------------------------


def markdown(item: Item, items: tuple[Item, ...], language: str, notation: Notation) -> str:
    """The body of an item in a language, in a generator's notation."""
    return "\n\n".join(_written(block, items, language, notation) for block in item.blocks) + "\n"


def _written(block: Block, items: tuple[Item, ...], language: str, notation: Notation) -> str:
    side = LANGUAGES.index(language)
    rows = [[cell[side] for cell in row] for row in block.rows]
    if block.kind == "paragraph":
        return " ".join([*rows[0], *_mentions(block, items, language, notation)])
    if block.kind == "table":
        head = [cell[side] for cell in TABLE_HEAD]
        return "\n".join("| " + " | ".join(row) + " |" for row in (head, ["---"] * len(head), *rows))
    marks = {"heading": "## ", "bullets": "- ", "quote": "> "}
    return "\n".join(marks.get(block.kind, f"{place}. ") + row[0] for place, row in enumerate(rows, 1))


def _mentions(block: Block, items: tuple[Item, ...], language: str, notation: Notation) -> list[str]:
    side = LANGUAGES.index(language)
    told = []
    if block.figure is not None:
        told.append(f"{NUMBERS_SAY[side]} {notation.figure(block.figure)}.")
    if block.link is not None:
        target = items[block.link]
        told.append(f"{SEE_ALSO[side]} [{target.title[side]}]({notation.link(block.link, language)}).")
    return told
