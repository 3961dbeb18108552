"""Titles to address words."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from site_builder.i18n.slugs import slugify


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Grupu dzīvokļi Viršu ielā 9/11", "grupu-dzivokli-virsu-iela-9-11"),
        ("ĀČĒĢĪĶĻŅŌŖŠŪŽ", "acegiklnorsuz"),
        ("āčēģīķļņōŗšūž", "acegiklnorsuz"),
        ("Ma\u0304ja", "maja"),
        ("  “Kurzeme visiem” – projekts!  ", "kurzeme-visiem-projekts"),
        ("2023. gada 1. septembrī", "2023-gada-1-septembri"),
        ("a_b.c", "a-b-c"),
        ("../../etc/passwd", "etc-passwd"),
        ("<script>", "script"),
        ("m²", "m2"),
        ("–", ""),
        ("日本", ""),
        ("", ""),
    ],
)
def test_a_title_becomes_an_address_word(title: str, slug: str) -> None:
    """Letters lose their marks, everything else becomes single hyphens within."""
    assert slugify(title) == slug


@settings(derandomize=True, deadline=None)
@given(st.text())
def test_a_slug_is_always_an_address_word_or_nothing(title: str) -> None:
    """Whatever is typed, no other character gets into an address."""
    assert re.fullmatch(r"([a-z0-9]+(-[a-z0-9]+)*)?", slugify(title))


@settings(derandomize=True, deadline=None)
@given(st.text())
def test_a_slug_of_a_slug_is_the_same(title: str) -> None:
    """An address word made again stays as it is."""
    assert slugify(slugify(title)) == slugify(title)
