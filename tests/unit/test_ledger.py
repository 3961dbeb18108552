"""What is read while a task runs is noted, whoever reads it and however deep."""

from typing import Any

import pytest
from conftest import Project
from site_builder.ledger import FEW, SIZE, Ledger, Truth, joined

from site_builder.build import make
from site_builder.render import Renderer
from site_builder.site import Noted, NotedConfig, Site


@pytest.fixture
def ledger() -> Ledger:
    ledger = Ledger()
    for name in "abc":
        ledger.declare(("word", name), name)
    ledger.declare(("word",), "abc")
    return ledger


def digests(ledger: Ledger, *names: str) -> set[bytes]:
    return {ledger.nodes["word", name] for name in names}


def test_an_input_has_one_digest_for_its_name_and_value() -> None:
    """Neither two inputs nor two values of one are mistaken for each other, nor the border between both."""
    ledger = Ledger()
    given: list[tuple[tuple[str, ...], object]] = [
        (("a",), "1"), (("a",), 1), (("a", "b"), "1"), (("ab",), "1"), (("a", "", "b"), "1"), (("b",), "1"),
    ]  # fmt: skip
    seen = []
    for node, value in given:
        ledger.declare(node, value)
        seen.append(ledger.nodes[node])
    assert len(set(seen)) == len(given)
    ledger.declare(("a",), "1")
    assert ledger.nodes["a",] == seen[0]


def test_reads_are_noted_while_something_runs(ledger: Ledger) -> None:
    """Each once; before and after nobody asks."""
    ledger.note("word", "c")
    with ledger.reading() as reads:
        for name in "aba":
            ledger.note("word", name)
    ledger.note("word", "c")
    assert reads == digests(ledger, "a", "b")


def test_an_input_that_was_not_declared_cannot_be_read(ledger: Ledger) -> None:
    """What a page is made from is declared, or the page fails: it cannot go unnoticed."""
    with ledger.reading(), pytest.raises(KeyError):
        ledger.note("word", "absent")


def test_what_runs_inside_notes_its_own_reads(ledger: Ledger) -> None:
    """They are not those of what surrounds it, unless it takes them over; also when something fails."""
    with ledger.reading() as outer:
        ledger.note("word", "a")
        with pytest.raises(ValueError, match="broken"), ledger.reading() as inner:
            ledger.note("word", "b")
            raise ValueError("broken")
        ledger.note("word", "c")
    assert (outer, inner) == (digests(ledger, "a", "c"), digests(ledger, "b"))
    with ledger.reading() as outer:
        ledger.note_all(inner)
    assert outer == inner


@pytest.mark.parametrize("others", [None, 0, FEW + 1], ids=["before unknown", "few gone", "many gone"])
def test_reads_hold_while_every_one_has_its_value(ledger: Ledger, others: int | None) -> None:
    """One that has another value, or is no more, is enough; in whichever way that is looked for."""
    reads = joined(digests(ledger, "a", "b"))
    gone = b"".join(bytes([number]) * SIZE for number in range(others or 0))
    before = None if others is None else joined(ledger.values) + gone
    truth = Truth(ledger.values, before)
    assert truth.of(reads, 0)
    assert truth.of(b"", 0)
    assert truth.of(b"head" + reads, 4)
    assert not Truth(digests(ledger, "a", "c"), before).of(reads, 0)
    ledger.declare(("word", "b"), "other")
    assert not Truth(ledger.values, before).of(reads, 0)


def test_every_access_of_a_mapping_is_noted(ledger: Ledger) -> None:
    """A value as itself; what is missing, how many there are and which, as the whole."""
    table = Noted("word", {"a": 1, "b": 2}, ledger)
    whole = {ledger.nodes["word",]}
    asked: list[tuple[Any, set[bytes]]] = [
        (lambda: table["a"], digests(ledger, "a")),
        (lambda: table.get("b"), digests(ledger, "b")),
        (lambda: "a" in table, digests(ledger, "a")),
        (lambda: "absent" in table, whole),
        (lambda: table.get("absent"), whole),
        (lambda: list(table), whole),
        (lambda: len(table), whole),
        (lambda: bool(table), whole),
    ]
    for ask, wanted in asked:
        with ledger.reading() as reads:
            ask()
        assert reads == wanted


def test_what_is_derived_of_the_configuration_is_noted_as_what_it_is_from(ledger: Ledger) -> None:
    """Every name that is no field is in DERIVED or its own: reading another would fail for lack of a node."""
    from site_builder.config import SiteConfig
    from site_builder.schema import field_specs

    fields = {spec.name for spec in field_specs(SiteConfig)}
    others = {name for name in vars(SiteConfig) if not name.startswith("_")} - set(SiteConfig.__slots__)
    assert others - vars(NotedConfig).keys() == NotedConfig.DERIVED.keys()
    assert set(NotedConfig.DERIVED.values()) <= fields


# Texts are linked once and shown by many -----------------------------------------------------------------------


@pytest.fixture
def site(project: Project, monkeypatch: pytest.MonkeyPatch) -> Site:
    """The small site, as a build has it."""
    sites: list[Site] = []
    begin = Renderer.__init__

    def caught(renderer: Renderer, site: Site, *rest: Any) -> None:
        sites.append(site)
        begin(renderer, site, *rest)

    monkeypatch.setattr(Renderer, "__init__", caught)
    assert make(project.folder, project.options(), jobs=1).publishable
    return sites[0]


def test_the_reads_of_a_text_are_those_of_every_page_that_shows_it(site: Site) -> None:
    """It is linked for the first and remembered for the others; what it names is noted for each."""
    news = site.get("news", "2016/lemums")
    site._linker.held.clear()
    read = []
    for _ in range(3):
        with site.ledger.reading() as reads:
            site.text(news, "en", "body")
        read.append(reads)
    assert read[0] == read[1] == read[2]
    named = {("entry", "fact", "children"), ("entry", "facility", "salmu"), ("body", "news", "2016/lemums", "en")}
    assert {site.ledger.nodes[node] for node in named} <= read[0]
    assert site.ledger.nodes["body", "news", "2016/lemums", "lv"] not in read[0]
    assert site.ledger.nodes["entry", "service", "care"] not in read[0]
