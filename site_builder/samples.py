"""The sample sentences of new content, which must be replaced before anything is published."""

SAMPLE_SUMMARY = {"lv": "Īss kopsavilkums vienā vai divos teikumos.", "en": "A short summary in one or two sentences."}
SAMPLE_TEXT = {"lv": "Šeit rakstiet tekstu.", "en": "Write the text here."}
SAMPLES = frozenset({*SAMPLE_SUMMARY.values(), *SAMPLE_TEXT.values()})


def sample(sentences: dict[str, str], language: str) -> str:
    """A sample sentence in a language; in English for a language that has none of its own."""
    return sentences.get(language, sentences["en"])
