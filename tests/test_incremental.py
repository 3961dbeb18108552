"""Whatever is done to a site, its tools or its cache: the next build is the one that a clean build would have made."""

import os
import random
import time
from collections import Counter
from collections.abc import Iterator
from typing import Any, ClassVar

import pytest
from conftest import PROVE, share
from hypothesis import HealthCheck, Phase, note, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test
from judge import Differs, Judge, replay, take
from little_world import LANGUAGES, NAMES, PAGES, PARTS, TABLES, TEMPLATES, THINGS, WORDS, WRONG, Step, World
from lying_engines import LIES, RESIDENT, Lie

STEPS_A_SITE = 30
SITES = 11
# The first site takes the simplest steps there are: a short run has several sites as well, with fewer steps each.
LEAST_SITES, LEAST_STEPS = 7, 6
# Some rules find nothing to do: this share of the steps of a site is judged in any case.
SURE = 5 / 6
# After so many steps with an error in the site, it is put right: with errors nothing is published.
ERRORS_BORNE = 3

# What was once wrong, and the steps that showed it. They are taken first.
REGRESSIONS: list[tuple[str, list[Step]]] = [
    (
        "a template that could not be compiled was not read by the page that failed",
        [("break_it", "template"), ("repair",)],
    ),
    (
        "the plan of assets was that of other media",
        [("turn_part", "news", "2015/timed", "lv", "heading"), ("edit_media", "a.svg", False)],
    ),
    (
        "a file of others came back from a copy of the second tree",
        [("add_foreign", "note.txt"), ("redirect", ""), ("keep_memory",), ("restore_memory",), ("delete_output",)],
    ),
    (
        "both trees were copied, and damage in the second went live, because the live one was taken to speak for it",
        [
            ("edit_body", "news", "2016/a05", "lv", True),
            ("damage_memory", 68, "bit"),
            ("rename", "news", "2016/a16", "lv"),
        ],
    ),
    (
        "the preview did not give contents that an older copy of the cache lacks, and no build made them again",
        [
            ("edit_body", "news", "2016/a01", "lv"),
            ("keep_memory",),
            ("edit_body", "news", "2016/a01", "lv"),
            ("restore_memory",),
        ],
    ),
]

DATES = ("2016-01-01", "2016-06-15", "2016-12-31")
DAYS = (-400, -1, 0, 1, 2, 3, 4, 5, 30, 400)
QUIET = st.booleans()
DATA = st.data()


@pytest.fixture(scope="module")
def one_judge(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Judge]:
    found = Judge(tmp_path_factory.mktemp("judge"))
    yield found
    found.end()


@pytest.fixture
def judge(one_judge: Judge, request: pytest.FixtureRequest) -> Iterator[Judge]:
    """A judge of the engine, or of the lie that a test names."""
    one_judge.world()
    one_judge.lie = getattr(request, "param", "")
    yield one_judge
    one_judge.lie, one_judge.resident = "", False


class Machine(RuleBasedStateMachine):
    """Takes any steps with a site; after each, the build is judged."""

    judge: ClassVar[Judge]
    counts: ClassVar[Counter[str]]
    world: World
    errors: int

    def take(self, name: str, *arguments: Any) -> None:
        """A step; sites that stay in error for long are repaired on the way."""
        self.counts[name] += 1
        try:
            published = take(self.judge, self.world, name, *arguments)
        except AssertionError:
            note(f"steps = {self.world.steps}")
            raise
        self.counts["(published)" if published else "(refused)"] += 1
        self.errors = 0 if published else self.errors + 1
        if self.errors > ERRORS_BORNE:
            self.world.do("return_to_good")

    @initialize()
    def begin(self) -> None:
        self.world = self.judge.world()
        self.errors = 0

    def key(self, data: st.DataObject, folder: str) -> str:
        """The name of something that is there."""
        model = self.world.model
        return data.draw(st.sampled_from(sorted({**model.texts, **model.things, **model.tables}[folder])))

    def text(self, data: st.DataObject) -> tuple[str, str, str]:
        """Folder, name and language of a news item, mostly, or a page."""
        folder = data.draw(st.sampled_from(("news", "news", "news", "pages")))
        there = self.world.model.texts[folder]
        keys = [key for key in sorted(there) if folder == "news" or key in PAGES]
        key = data.draw(st.sampled_from(keys))
        return folder, key, data.draw(st.sampled_from(sorted(self.world.model.texts[folder][key])))

    def path(self, data: st.DataObject) -> str:
        """A file of the project."""
        return data.draw(st.sampled_from(sorted(self.world.project.files)))

    # News and pages

    @rule(only=st.sampled_from(("", "", "lv", "en")))
    def add_news(self, only: str) -> None:
        self.take("add_news", only)

    @rule()
    def add_page(self) -> None:
        self.take("add_page")

    @rule(data=DATA, quiet=QUIET)
    def edit_body(self, data: st.DataObject, quiet: bool) -> None:
        self.take("edit_body", *self.text(data), quiet)

    @rule(data=DATA, part=st.sampled_from(sorted(PARTS)))
    def turn_part(self, data: st.DataObject, part: str) -> None:
        self.take("turn_part", *self.text(data), part)

    @rule(data=DATA, name=st.sampled_from(("title", "summary")), quiet=QUIET)
    def edit_text(self, data: st.DataObject, name: str, quiet: bool) -> None:
        self.take("edit_text", *self.text(data), name, quiet)

    @rule(data=DATA)
    def correct(self, data: st.DataObject) -> None:
        key = self.key(data, "news")
        self.take("correct", key, data.draw(st.sampled_from(sorted(self.world.model.texts["news"][key]))))

    @rule(data=DATA)
    def edit_field(self, data: st.DataObject) -> None:
        key = self.key(data, "news")
        days = [day.replace("2016", key[:4]) for day in DATES]
        values: dict[str, list[Any]] = {
            "date": days, "category": ["decisions", "results"], "tags": [[], ["families"], ["money", "families"]],
            "facilities": [[], ["salmu"]], "services": [[], ["care"]], "partners": [[], ["city"]],
            "related": [[], [one for one in ("2016/a01", "2016/a04") if one != key]], "draft": [True, False],
            "publish_from": ["2026-11-24"], "expires": ["2026-11-25"],
        }  # fmt: skip
        name = data.draw(st.sampled_from(sorted(values)))
        self.take("edit_field", key, name, data.draw(st.sampled_from(values[name])))

    @rule(data=DATA)
    def rename(self, data: st.DataObject) -> None:
        folder = data.draw(st.sampled_from(("news", "pages")))
        key = self.key(data, "news") if folder == "news" else "guide"
        languages = sorted(self.world.model.texts[folder].get(key, {}))
        if languages:
            self.take("rename", folder, key, data.draw(st.sampled_from(languages)))

    @rule(data=DATA)
    def rename_file(self, data: st.DataObject) -> None:
        self.take("rename_file", self.key(data, "news"))

    @rule(data=DATA, tidy=st.sampled_from((True, True, True, False)))
    def delete(self, data: st.DataObject, tidy: bool) -> None:
        folder = data.draw(st.sampled_from(("news", "news", *TABLES, "facilities", "services")))
        if len({**self.world.model.texts, **self.world.model.things, **self.world.model.tables}[folder]) > 1:
            self.take("delete", folder, self.key(data, folder), tidy)

    @rule(data=DATA)
    def delete_twin(self, data: st.DataObject) -> None:
        twins = [key for key, texts in sorted(self.world.model.texts["news"].items()) if len(texts) > 1]
        if twins:
            self.take("delete_twin", data.draw(st.sampled_from(twins)))

    # Facts

    @rule(folder=st.sampled_from((*TABLES, "facilities", "services")))
    def add_fact(self, folder: str) -> None:
        self.take("add_fact", folder)

    @rule(data=DATA, folder=st.sampled_from((*TABLES, *THINGS)), quiet=QUIET)
    def edit_fact(self, data: st.DataObject, folder: str, quiet: bool) -> None:
        assert folder in NAMES
        self.take("edit_fact", folder, self.key(data, folder), quiet)

    @rule(data=DATA, series=st.booleans())
    def edit_figure(self, data: st.DataObject, series: bool) -> None:
        self.take("edit_figure", self.key(data, "figures"), series)

    @rule(data=DATA)
    def rename_facility(self, data: st.DataObject) -> None:
        self.take("rename_facility", self.key(data, "facilities"))

    # Files as they are

    @rule(name=st.sampled_from(("a.svg", "b.svg", "rules.csv", "new.svg", "new.csv")), quiet=QUIET)
    def edit_media(self, name: str, quiet: bool) -> None:
        self.take("edit_media", name, quiet)

    @rule(name=st.sampled_from(("new.svg", "new.csv", "b.svg")))
    def delete_media(self, name: str) -> None:
        self.take("delete_media", name)

    @rule(name=st.sampled_from(sorted(TEMPLATES)), quiet=QUIET)
    def edit_template(self, name: str, quiet: bool) -> None:
        self.take("edit_template", name, quiet)

    @rule()
    def add_include(self) -> None:
        self.take("add_include")

    @precondition(lambda self: "templates/components/inner.html" in self.world.model.raw)
    @rule(name=st.sampled_from(("components/extra.html", "components/inner.html")), quiet=QUIET)
    def edit_include(self, name: str, quiet: bool) -> None:
        self.take("edit_template", name, quiet)

    @rule()
    def delete_include(self) -> None:
        self.take("delete_include")

    @rule(language=st.sampled_from(LANGUAGES), key=st.sampled_from(WORDS))
    def edit_word(self, language: str, key: str) -> None:
        if f"\n{key}: " in self.world.model.raw[f"templates/i18n/{language}.yaml"].decode():
            self.take("edit_word", language, key)

    @rule(
        name=st.sampled_from(("site.css", "theme.css", "site.js", "icon.svg", "pictograms.svg", "new.svg")), quiet=QUIET
    )
    def edit_static(self, name: str, quiet: bool) -> None:
        self.take("edit_static", name, quiet)

    @rule(form=st.sampled_from(("NFC", "NFD", "")))
    def spell_name(self, form: str) -> None:
        self.take("spell_name", form)

    @rule(data=DATA, spelling=st.sampled_from(("crlf", "nfd", "bom", "remark", "")))
    def spell(self, data: st.DataObject, spelling: str) -> None:
        texts = [path for path in sorted(self.world.project.files) if path.endswith((".md", ".yaml", ".html"))]
        self.take("spell", data.draw(st.sampled_from(texts)), spelling)

    # The configuration

    @rule(data=DATA)
    def configure(self, data: st.DataObject) -> None:
        values: dict[str, list[Any]] = {
            "navigation": [["about", "news"], ["news", "about", "services"]],
            "footer": [["privacy"], ["privacy", "site-map", "accessibility-statement"]],
            "key_figures": [["children"], ["homes", "children"], ["homes"]],
            "base_url": ["https://small.example/", "https://small.example/base/", "https://other.example/"],
            "name": [{"lv": "Cita", "en": "Other"}, {"lv": "Viena", "en": "Viena"}],
            "tagline": [{"lv": "Citai", "en": "For others"}],
            "funding": [["esf"], ["esf", "erdf"]],
            "charts": [[], self.world.model.config["charts"]],
        }
        name = data.draw(st.sampled_from(sorted(values)))
        self.take("configure", name, data.draw(st.sampled_from(values[name])))

    @rule(group=st.sampled_from(("categories", "tags")), index=st.sampled_from((0, 1)))
    def rename_label(self, group: str, index: int) -> None:
        self.take("rename_label", group, index)

    @rule(data=DATA)
    def add_tag(self, data: st.DataObject) -> None:
        self.take("add_tag", self.key(data, "news"))

    @rule(where=st.sampled_from(("", "/en/", "/lv/jaunumi/", "/lv/no-such/")))
    def redirect(self, where: str) -> None:
        self.take("redirect", where)

    # Errors and repairs

    @rule(name=st.sampled_from(sorted(WRONG)))
    def break_it(self, name: str) -> None:
        self.take("break_it", name)

    @precondition(lambda self: self.world.model.wrong)
    @rule()
    def repair(self) -> None:
        self.take("repair")

    @precondition(lambda self: self.world.before)
    @rule()
    def revert(self) -> None:
        self.take("revert")

    # What is asked of a build

    @rule(days=st.sampled_from(DAYS))
    def move_date(self, days: int) -> None:
        self.take("move_date", days)

    @rule(shown=st.booleans())
    def show_drafts(self, shown: bool) -> None:
        self.take("show_drafts", shown)

    @rule(name=st.sampled_from(("public", "dist", "far")))
    def use_output(self, name: str) -> None:
        self.take("use_output", name)

    @rule(name=st.sampled_from(("now", "next")))
    def use_tool(self, name: str) -> None:
        self.take("use_tool", name)

    @rule(name=st.sampled_from(("clean_build", "command_line", "wait")))
    def build_otherwise(self, name: str) -> None:
        self.take(name)

    @rule(milliseconds=st.integers(0, 600))
    def kill_first(self, milliseconds: int) -> None:
        self.take("kill_first", milliseconds)

    # What happens to files

    @rule(data=DATA)
    def touch(self, data: st.DataObject) -> None:
        self.take("touch", self.path(data))

    @rule()
    def fresh_checkout(self) -> None:
        self.take("fresh_checkout")

    @rule()
    def forget_memory(self) -> None:
        self.take("forget_memory")

    @rule(place=st.integers(0, 10_000), how=st.sampled_from(("cut", "bit", "empty", "delete")))
    def damage_memory(self, place: int, how: str) -> None:
        self.take("damage_memory", place, how)

    @rule()
    def keep_memory(self) -> None:
        self.take("keep_memory")

    @rule()
    def restore_memory(self) -> None:
        self.take("restore_memory")

    @rule()
    def delete_output(self) -> None:
        self.take("delete_output")

    @rule(place=st.integers(0, 500), how=st.sampled_from(("delete", "change")))
    def damage_output(self, place: int, how: str) -> None:
        self.take("damage_output", place, how)

    @rule(name=st.sampled_from(("note.txt", "lv/jaunumi/own.pdf", "stats/index.html")))
    def add_foreign(self, name: str) -> None:
        self.take("add_foreign", name)


class Editing(Machine):
    """After each of those steps edits a body as well, for which the preview has a short way."""

    def take(self, name: str, *arguments: Any) -> None:
        super().take(name, *arguments)
        texts = [
            (folder, key, language)
            for folder, keys in (("news", sorted(self.world.model.texts["news"])), ("pages", PAGES))
            for key in keys
            for language in sorted(self.world.model.texts[folder][key])
        ]
        number = len(self.world.steps)
        parts = ("", "heading", "", "link", "figure", "", "picture", "warning")
        text, part = texts[number * 7 % len(texts)], parts[number % len(parts)]
        super().take("turn_part" if part else "edit_body", *text, *filter(None, [part]))


def run_machine(
    judge: Judge,
    wanted: int,
    number: int,
    phases: tuple[Phase, ...] = tuple(Phase),
    kind: type[Machine] = Machine,
) -> Counter[str]:
    """Let machines with the seeds from `number` on take at least `wanted` steps; gives how often which was taken."""
    counts: Counter[str] = Counter()
    # an editing machine edits a body after each step
    a_step = 2 if kind is Editing else 1
    steps = min(STEPS_A_SITE, max(LEAST_STEPS, wanted // (a_step * LEAST_SITES)))
    sure = int(a_step * SURE * steps)
    chosen = settings(
        stateful_step_count=steps,
        database=None,
        deadline=None,
        derandomize=False,
        suppress_health_check=list(HealthCheck),
        phases=phases,
    )
    while (left := wanted - taken(counts)) > 0:
        chosen = settings(chosen, max_examples=min(SITES, -(-left // sure)))
        machine = type("TheMachine", (kind,), {"judge": judge, "counts": counts})
        run_state_machine_as_test(seed(number)(machine), settings=chosen)
        number += 1
    return counts


def taken(counts: Counter[str]) -> int:
    """The steps that were judged."""
    return counts["(published)"] + counts["(refused)"]


@pytest.mark.prove
@pytest.mark.timeout(12 * 3600)
def test_ten_thousand_steps(judge: Judge) -> None:
    """The same with other steps each time; SEED repeats a run, STEPS takes fewer, for a proof in parts."""
    wanted = int(os.environ.get("STEPS") or 10_000)
    many_steps(judge, wanted, int(os.environ.get("SEED") or random.randrange(2**32)))


@pytest.mark.timeout(1800)
def test_any_step_builds_what_a_clean_build_would(judge: Judge) -> None:
    """Steps of every kind with a small site; each time path, bytes, modes and problems are those of a clean build."""
    for _, steps in REGRESSIONS:
        replay(judge, steps)
    many_steps(judge, 300, 2026)


@pytest.mark.timeout(1800)
def test_any_step_while_texts_are_edited(judge: Judge) -> None:
    """In processes of their own, which let stay what an edit of a body does not concern."""
    judge.few = 0
    wanted = 1000 if PROVE else 40
    many_steps(judge, wanted, 2028, Editing)
    print(f"{judge.few} of them made few files")
    assert judge.few * 10 > wanted


@pytest.mark.timeout(1800)
def test_any_step_in_a_process_that_stays(judge: Judge) -> None:
    """As the preview builds: with what its earlier builds read in memory, and quickly after an edit of a body."""
    judge.resident = True
    for _, steps in REGRESSIONS:
        replay(judge, steps)
    judge.few = 0
    wanted = 1000 if PROVE else 40
    many_steps(judge, wanted, 2027, Editing)
    print(f"{judge.few} of them made few files")
    assert judge.few * 10 > wanted


@pytest.mark.parametrize(("judge", "lie"), RESIDENT.items(), indirect=["judge"], ids=list(RESIDENT))
def test_a_process_that_stays_and_believes_is_found(judge: Judge, lie: Lie) -> None:
    """The first step is built with nothing in memory; the last one differs, and does not with the real engine."""
    judge.resident = True
    *first, last = lie.steps
    world = replay(judge, first)
    with pytest.raises(Differs):
        take(judge, world, *last)
    judge.lie = ""
    replay(judge, lie.steps)


def many_steps(judge: Judge, wanted: int, number: int, kind: type[Machine] = Machine) -> None:
    """Run the machine and print seed, counts and speed."""
    print(f"\nSEED={number}")
    started = time.monotonic()
    counts = run_machine(judge, wanted, number, kind=kind)
    assert taken(counts) >= wanted
    speed = taken(counts) / (time.monotonic() - started)
    print(f"{taken(counts)} steps, {speed:.2f} a second: {dict(counts.most_common())}")


@pytest.mark.parametrize("lie", share(LIES, 11))
def test_an_engine_that_lies_is_found(judge: Judge, lie: str) -> None:
    """Each wrong engine differs at the last of the steps that show its lie, and at none before."""
    judge.lie = lie
    *first, last = LIES[lie].steps
    world = replay(judge, first)
    with pytest.raises(Differs):
        take(judge, world, *last)


@pytest.mark.prove
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("lie", list(LIES))
def test_the_steps_that_show_lies_are_honest(judge: Judge, lie: str) -> None:
    """With the real engine the same steps show nothing, so that what they show is the lie."""
    replay(judge, LIES[lie].steps)


@pytest.mark.prove
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("judge", [name for name, lie in LIES.items() if not lie.rare], indirect=True)
def test_the_machine_itself_finds_every_lie(judge: Judge) -> None:
    """Without being told how, the machine comes upon each lie in at most 2,000 steps."""
    with pytest.raises((Differs, ExceptionGroup)):
        run_machine(judge, 2000, 2026, phases=(Phase.generate,))
