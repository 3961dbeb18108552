"""Titles to address words: small Latin letters, digits and hyphens; Latvian letters lose their marks."""

import re
import unicodedata


def slugify(title: str) -> str:
    """`Grupu dzīvokļi Viršu ielā 9/11` becomes `grupu-dzivokli-virsu-iela-9-11`; empty when nothing is left."""
    plain = unicodedata.normalize("NFKD", title.lower())
    letters = "".join(character for character in plain if not unicodedata.combining(character))
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")
