"""Whatever a task reads is recorded while it runs, whoever reads it and however deep."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import Project
from hypothesis import given
from hypothesis import strategies as st

from site_builder.build import make
from site_builder.content_types import Entry
from site_builder.content_types.content_type import LanguageText
from site_builder.engine.dependencies import DIGEST_SIZE, NOT_THERE, DependencyTracker, InputName, Memo
from site_builder.problems import Place
from site_builder.render import Renderer
from site_builder.site import Noted, NotedConfig, Site
from site_builder.sources.read import SourceText
from site_builder.tracked import ReadRecorder, TrackedEntry


@pytest.fixture
def tracker() -> DependencyTracker:
    """A tracker with three words, and the list of them."""
    found = DependencyTracker()
    for name in "abc":
        found.set_input(("word", name), name)
    found.set_input(("word",), "abc")
    return found


def numbers(tracker: DependencyTracker, *names: str) -> set[int]:
    """The numbers of some words."""
    return {tracker.inputs["word", name] for name in names}


def read_by(tracker: DependencyTracker, function: Callable[[], object]) -> set[InputName]:
    """The names of the inputs that a function reads."""
    with tracker.recording() as reads:
        function()
    return set(tracker.names_of(reads).values())


def following(tracker: DependencyTracker) -> DependencyTracker:
    """The tracker of the next build, without inputs yet."""
    return DependencyTracker(*tracker.state())


# Inputs ---------------------------------------------------------------------------------------------------------


def test_an_input_has_one_number_for_its_name_and_one_digest_for_its_value() -> None:
    """Neither two inputs nor two values of one input are confused, nor are words at the border between them."""
    tracker = DependencyTracker()
    names: list[InputName] = [("a",), ("a", "b"), ("ab",), ("a", "", "b"), ("b",), ("a", "")]
    for name in names:
        tracker.set_input(name, "1")
    assert sorted(tracker.inputs[name] for name in names) == list(range(len(names)))
    digests = []
    for value in ("1", 1, b"1", ("1",), None, "", b"", "\udcff"):
        tracker.set_input(("a",), value)
        digests.append(tracker.digest(("a",)))
    # an object and the bytes that its repr shows are the same value
    assert len(set(digests)) == len(digests) - 1
    assert digests[1] == digests[2]
    assert {len(one) for one in digests} == {DIGEST_SIZE}
    tracker.set_input(("a",), "1")
    assert tracker.digest(("a",)) == digests[0]
    tracker.set_digest(("b",), digests[3])
    assert tracker.digest(("b",)) == digests[3]


def test_an_input_that_this_build_lacks_has_no_digest(tracker: DependencyTracker) -> None:
    """Neither one that was never declared nor one of the last build."""
    after = following(tracker)
    after.set_input(("word", "a"), "a")
    assert after.digest(("word", "a")) == tracker.digest(("word", "a"))
    for name in ("b", "never"):
        with pytest.raises(KeyError):
            after.digest(("word", name))


def test_numbers_are_those_of_the_last_build(tracker: DependencyTracker) -> None:
    """In whatever order the inputs are declared; one that is new gets a number that nobody had."""
    after = following(tracker)
    for words in (("word",), ("word", "new"), *(("word", name) for name in "cba")):
        after.set_input(words, "now")
    assert after.inputs.pop(("word", "new")) == 4
    assert after.inputs == tracker.inputs


def test_the_number_of_an_input_that_is_gone_is_free_only_for_the_next_build(tracker: DependencyTracker) -> None:
    """In the build in which it is gone, the number still says which tasks have read it."""
    gone = tracker.inputs["word", "b"]
    second = following(tracker)
    for name in ("a", "c", "new"):
        second.set_input(("word", name), name)
    second.set_input(("word",), "abc")
    assert second.inputs["word", "new"] != gone
    assert second.changed() == {gone}
    names, digests = second.state()
    assert names[gone] == ""
    assert digests[gone * DIGEST_SIZE : (gone + 1) * DIGEST_SIZE] == NOT_THERE
    third = following(second)
    for words in second.inputs:
        third.set_digest(words, second.digest(words))
    third.set_input(("word", "newer"), "newer")
    assert third.inputs["word", "newer"] == gone
    assert third.changed() == set()
    assert third.state()[0][gone] == "word\0newer"


def test_names_of_inputs_are_known_by_number_also_of_those_that_are_gone(tracker: DependencyTracker) -> None:
    """So a message may name what is no more."""
    after = following(tracker)
    after.set_input(("word", "a"), "a")
    wanted = numbers(tracker, "a", "b")
    assert after.names_of(wanted) == {tracker.inputs["word", name]: ("word", name) for name in "ab"}


VALUES = st.dictionaries(st.sampled_from([(one,) for one in "abcdef"] + [("a", "b"), ("f", "")]), st.integers(0, 2))


@given(st.lists(VALUES, max_size=8))
def test_the_changed_inputs_are_those_of_the_last_build_with_another_value(builds: list[dict[InputName, int]]) -> None:
    """Or without one now; a new input has no readers and does not count. Numbers do not grow beyond what is needed."""
    tracker, before = DependencyTracker(), dict[InputName, int]()
    most = 0
    for values in builds:
        last, tracker = tracker, following(tracker)
        for name, value in values.items():
            tracker.set_input(name, value)
        wanted = {name for name, value in before.items() if values.get(name) != value}
        assert tracker.changed() == {last.inputs[name] for name in wanted}
        assert tracker.is_unchanged() == (values == before)
        assert tracker.names_of(tracker.changed()) == {last.inputs[name]: name for name in wanted}
        names, digests = tracker.state()
        assert {name: number for number, name in enumerate(names) if name} == {
            "\0".join(name): number for name, number in tracker.inputs.items()
        }
        assert len(digests) == len(names) * DIGEST_SIZE
        most = max(most, len(before.keys() | values.keys()))
        assert len(names) <= most
        before = values


# Reads ----------------------------------------------------------------------------------------------------------


def test_reads_are_recorded_while_a_task_runs(tracker: DependencyTracker) -> None:
    """Each input once; before and after the task nothing is recorded."""
    tracker.record_read("word", "c")
    with tracker.recording() as reads:
        for name in "aba":
            tracker.record_read("word", name)
    tracker.record_read("word", "c")
    tracker.record_reads(numbers(tracker, "c"))
    assert reads == numbers(tracker, "a", "b")


def test_an_input_that_is_not_declared_cannot_be_read(tracker: DependencyTracker) -> None:
    """A task that reads it fails, so no task depends on an input that nobody compares, nor on one of the last build."""
    with tracker.recording(), pytest.raises(KeyError):
        tracker.record_read("word", "absent")
    after = following(tracker)
    with after.recording(), pytest.raises(KeyError):
        after.record_read("word", "a")


def test_what_runs_inside_records_its_own_reads(tracker: DependencyTracker) -> None:
    """They are not those of the task around it, unless that takes them over; also when what runs inside fails."""
    with tracker.recording() as outer:
        tracker.record_read("word", "a")
        with pytest.raises(ValueError, match="broken"), tracker.recording() as inner:
            tracker.record_read("word", "b")
            raise ValueError("broken")
        tracker.record_read("word", "c")
    assert (outer, inner) == (numbers(tracker, "a", "c"), numbers(tracker, "b"))
    with tracker.recording() as outer:
        tracker.record_reads(inner)
    assert outer == inner


# Computed values ------------------------------------------------------------------------------------------------


def test_a_value_is_computed_once_and_read_by_everybody_who_uses_it(tracker: DependencyTracker) -> None:
    """The inputs that it was computed from are reads of each task that gets it, also through another value."""
    memo, calls = Memo(10), []

    def inner() -> str:
        calls.append("inner")
        tracker.record_read("word", "a")
        return "value"

    def outer() -> str:
        calls.append("outer")
        tracker.record_read("word", "b")
        return memo.get("inner", inner, tracker) + "!"

    for key, compute, wanted, names in (("outer", outer, "value!", "ab"), ("inner", inner, "value", "a")) * 2:
        with tracker.recording() as reads:
            assert memo.get(key, compute, tracker) == wanted
        assert reads == numbers(tracker, *names)
    assert calls == ["outer", "inner"]


def test_a_value_is_dropped_with_the_inputs_that_it_was_computed_from(tracker: DependencyTracker) -> None:
    """One that was computed from others stays, and so does one that was computed from nothing."""
    memo = Memo(10)

    def read(names: str) -> list[str]:
        for name in names:
            tracker.record_read("word", name)
        return [names]

    before = [memo.get(names, lambda names=names: read(names), tracker) for names in ("a", "ab", "c", "")]  # type: ignore[misc]  # a lambda with a default
    memo.drop(set())
    assert [memo.get(names, list, tracker) for names in ("a", "ab", "c", "")] == before
    memo.drop(numbers(tracker, "b", "c"))
    assert [memo.get(names, list, tracker) for names in ("a", "ab", "c", "")] == [["a"], [], [], [""]]


def test_a_value_that_cannot_be_computed_is_not_remembered(tracker: DependencyTracker) -> None:
    """The next one who asks computes it; what was read meanwhile was read by whoever asked in vain."""
    memo = Memo(10)

    def fail() -> None:
        tracker.record_read("word", "a")
        raise ValueError("broken")

    with tracker.recording() as reads:
        with pytest.raises(ValueError, match="broken"):
            memo.get("key", fail, tracker)
        assert memo.get("key", lambda: "value", tracker) == "value"
        tracker.record_read("word", "c")
    assert reads == numbers(tracker, "a", "c")


def test_the_newest_values_stay(tracker: DependencyTracker) -> None:
    """As many as the size says; `None` is a value like others."""
    memo = Memo(3)
    for number in range(5):
        memo.get(number, lambda: None, tracker)
    again = {number: memo.get(number, lambda: "again", tracker) for number in (2, 3, 4, 0, 1)}
    assert again == {2: None, 3: None, 4: None, 0: "again", 1: "again"}


# Entries --------------------------------------------------------------------------------------------------------


ORDERS: InputName = ("news", "2016/lemums")


@pytest.fixture
def recorded() -> tuple[DependencyTracker, ReadRecorder]:
    """A tracker with the inputs of a news item in two languages and of a fact, and what records reads of them."""
    recorder = ReadRecorder()
    tracker = recorder.tracker = DependencyTracker()
    for what in ("entry", "places"):
        tracker.set_input((what, *ORDERS), what)
        tracker.set_input((what, "fact", "children"), what)
    for what in ("text", "body"):
        for language in ("lv", "en"):
            tracker.set_input((what, *ORDERS, language), what)
    return tracker, recorder


@pytest.fixture
def news(recorded: tuple[DependencyTracker, ReadRecorder], tmp_path: Path) -> Entry:
    """A news item that records what is read of it."""
    texts = []
    for language in ("lv", "en"):
        path = f"content/news/2016/lemums.{language}.md"
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(f"---\ntitle: {language}\n---\nbody {language}\n", "utf-8")
        texts.append(LanguageText(language, {"title": language}, SourceText(path, tmp_path), 4))
    document = texts[0].document
    kind, key = ORDERS
    entry = Entry(kind, key, {"date": 2016}, Place(document.path, 2), document, (), tuple(texts), ())
    return TrackedEntry(entry, recorded[1])


READS: list[tuple[str, Callable[[Any], object], set[InputName]]] = [
    ("the key", lambda news: news.key, set()),
    ("the shared fields", lambda news: news.fields["date"], set()),
    ("whether there is a language", lambda news: (news.has_language("en"), news.has_language("de")), set()),
    ("a language that is absent", lambda news: news.text("de"), set()),
    ("a language", lambda news: news.text("en").fields["title"], {("text", *ORDERS, "en")}),
    ("the path of a language", lambda news: news.text("en").path, {("text", *ORDERS, "en")}),
    ("all languages", lambda news: news.texts, {("text", *ORDERS, "lv"), ("text", *ORDERS, "en")}),
    ("a body", lambda news: news.text("en").body, {("text", *ORDERS, "en"), ("body", *ORDERS, "en")}),
    ("the first body", lambda news: news.text("lv").body, {("text", *ORDERS, "lv"), ("body", *ORDERS, "lv")}),
    ("where the entry begins", lambda news: news.origin, {("places", *ORDERS)}),
    ("where a field stands", lambda news: news.place("title"), {("places", *ORDERS)}),
    ("where a body begins", lambda news: news.text("lv").body_line, {("text", *ORDERS, "lv"), ("places", *ORDERS)}),
    (
        "where a language says its address",
        lambda news: news.address_place("en"),
        {("text", *ORDERS, "en"), ("places", *ORDERS)},
    ),
    (
        "where words stand",
        lambda news: news.text("en").document.find(("title",), "en"),
        {("text", *ORDERS, "en"), ("places", *ORDERS)},
    ),
]


@pytest.mark.parametrize(("what", "ask", "wanted"), READS, ids=[what for what, _, _ in READS])
def test_an_entry_records_the_part_that_is_read(
    what: str,
    ask: Callable[[Any], object],
    wanted: set[InputName],
    news: Entry,
    recorded: tuple[DependencyTracker, ReadRecorder],
) -> None:
    """The fields of a language only when that language is asked for, a place and a body only when they are read."""
    for _ in range(2):
        assert read_by(recorded[0], lambda: ask(news)) == wanted, what


def test_an_entry_that_records_is_the_entry_itself(news: Entry) -> None:
    """What is read is what stands in the files, and where it stands."""
    assert [news.has_language(one) for one in ("lv", "en", "de")] == [True, True, False]
    assert [text.language for text in news.texts] == ["lv", "en"]
    text = news.text("en")
    assert text
    assert (text.fields, text.body, text.body_line) == ({"title": "en"}, "body en\n", 4)
    assert news.address_place("en") == Place(text.path, 2, 1)
    assert news.origin == Place("content/news/2016/lemums.lv.md", 2)


def test_a_fact_is_in_every_language_and_records_its_places(
    recorded: tuple[DependencyTracker, ReadRecorder], tmp_path: Path
) -> None:
    """It has no texts, so that nothing but a place is recorded."""
    (tmp_path / "figures.yaml").write_text("children: {value: 1}\n", "utf-8")
    fact = Entry("fact", "children", {"value": 1}, Place("figures.yaml"), SourceText("figures.yaml", tmp_path))
    tracked = TrackedEntry(fact, recorded[1])

    def asked() -> object:
        return tracked.texts, tracked.text("en"), tracked.has_language("en"), tracked.fields

    assert asked() == ((), None, True, {"value": 1})
    assert read_by(recorded[0], asked) == set()
    assert read_by(recorded[0], lambda: tracked.place("children")) == {("places", "fact", "children")}


def test_an_entry_in_memory_records_with_the_tracker_of_the_running_build(
    news: Entry, recorded: tuple[DependencyTracker, ReadRecorder]
) -> None:
    """Entries outlive a build; the next one has another tracker, with other numbers."""
    old, recorder = recorded
    assert read_by(old, lambda: news.origin) == {("places", *ORDERS)}
    new = recorder.tracker = DependencyTracker()
    for name in reversed(old.inputs):
        new.set_input(name, "")
    with old.recording() as before:
        assert read_by(new, lambda: (news.texts, news.origin)) == {
            ("text", *ORDERS, "lv"), ("text", *ORDERS, "en"), ("places", *ORDERS),
        }  # fmt: skip
    assert before == set()


# The site -------------------------------------------------------------------------------------------------------


def test_every_access_of_a_mapping_is_recorded(tracker: DependencyTracker) -> None:
    """A value as itself; what is missing, how many there are and which, as the whole."""
    table = Noted("word", {"a": 1, "b": 2}, tracker)
    whole: set[InputName] = {("word",)}
    asked: list[tuple[Callable[[], object], set[InputName]]] = [
        (lambda: table["a"], {("word", "a")}),
        (lambda: table.get("b"), {("word", "b")}),
        (lambda: "a" in table, {("word", "a")}),
        (lambda: "absent" in table, whole),
        (lambda: table.get("absent"), whole),
        (lambda: list(table), whole),
        (lambda: len(table), whole),
        (lambda: bool(table), whole),
    ]
    for number, (ask, wanted) in enumerate(asked):
        assert read_by(tracker, ask) == wanted, number


def test_what_is_derived_from_the_configuration_is_recorded_as_its_field() -> None:
    """Every name that is no field is in DERIVED or a method: a read of any other would fail for lack of an input."""
    from site_builder.config import SiteConfig
    from site_builder.schema import field_specs

    fields = {spec.name for spec in field_specs(SiteConfig)}
    others = {name for name in vars(SiteConfig) if not name.startswith("_")} - set(SiteConfig.__slots__)
    assert others - vars(NotedConfig).keys() == NotedConfig.DERIVED.keys()
    assert set(NotedConfig.DERIVED.values()) <= fields


@pytest.fixture
def site(project: Project, monkeypatch: pytest.MonkeyPatch) -> Site:
    """The small site, as a build has it."""
    sites: list[Site] = []
    begin = Renderer.__init__

    def catch(renderer: Renderer, site: Site, *rest: Any) -> None:
        sites.append(site)
        begin(renderer, site, *rest)

    monkeypatch.setattr(Renderer, "__init__", catch)
    assert make(project.folder, project.options(), jobs=1).publishable
    return sites[0]


def test_a_field_of_the_configuration_is_recorded_by_its_name(site: Site) -> None:
    """What is derived from it as well, and a section as the list of sections."""
    asked: list[tuple[Callable[[], object], str]] = [
        (lambda: site.config.name, "name"),
        (lambda: site.config.codes, "languages"),
        (lambda: site.config.origin, "base_url"),
        (lambda: site.config.section("news"), "sections"),
    ]
    for ask, name in asked:
        assert read_by(site.tracker, ask) == {("config", name)}


def test_every_access_of_a_table_of_entries_is_recorded(site: Site) -> None:
    """An entry as itself; which entries there are, and one that is missing, as the kind."""
    facilities = site.entries["facility"]
    kind: set[InputName] = {("kind", "facility")}
    asked: list[tuple[Callable[[], object], set[InputName]]] = [
        (lambda: facilities["salmu"], {("entry", "facility", "salmu")}),
        (lambda: "salmu" in facilities, {("entry", "facility", "salmu")}),
        (lambda: facilities.get("absent"), kind),
        (lambda: "absent" in facilities, kind),
        (lambda: list(facilities), kind),
        (lambda: len(facilities), kind),
        (lambda: site.all("facility"), kind),
    ]
    for number, (ask, wanted) in enumerate(asked):
        assert read_by(site.tracker, ask) == wanted, number


def test_the_reads_of_a_text_are_those_of_every_page_that_shows_it(site: Site) -> None:
    """It is linked for the first page and remembered for the others; what it names is recorded for each."""
    news = site.get("news", "2016/lemums")
    site._linker.texts.drop(set(site.tracker.inputs.values()))
    read = [read_by(site.tracker, lambda: site.text(news, "en", "body")) for _ in range(3)]
    assert read[0] == read[1] == read[2]
    body = ("body", *ORDERS)
    assert {("entry", "fact", "children"), ("entry", "facility", "salmu"), (*body, "en")} <= read[0]
    assert {(*body, "lv"), ("entry", "service", "care"), ("places", *ORDERS)}.isdisjoint(read[0])


def test_a_value_of_a_site_is_computed_once_for_all_pages(site: Site) -> None:
    """Whoever uses it depends on what it was computed from, and on the assets."""
    calls = []

    def compute() -> str:
        calls.append(site.config.name)
        return site.get("facility", "salmu").key

    for _ in range(2):
        read = read_by(site.tracker, lambda: site.once(("a test",), compute))
        assert read == {("assets",), ("config", "name"), ("entry", "facility", "salmu")}
    assert len(calls) == 1
