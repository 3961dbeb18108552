"""What EU-funded projects must publish about themselves (Regulations 1303/2013 Annex XII and 2021/1060 Art. 50)."""

from collections.abc import Iterator

from site_builder.content_types.operation import renewal_due
from site_builder.problems import Problem, phrase, problem
from site_builder.site import Site


def operations_described(site: Site) -> Iterator[Problem]:
    """A project's page says what the EU paid, or why no source states it; aims, results, fund and dates it always has.

    Regulation 1303/2013 Annex XII section 2.2: aims, results and the financial support from the Union.
    """
    for entry in site.all("operation"):
        operation = entry.fields
        for key, stated in (("total", operation.total), ("eu_part", operation.eu_part or operation.eu_rate)):
            if not stated and not operation.funding_note:
                hint = phrase("hint.operation-money", key=key)
                yield problem("operation-money", entry.origin, key=key, hint=hint)


def operations_kept_up(site: Site) -> Iterator[Problem]:
    """While a project runs, its description is renewed every half year."""
    today = site.config.today
    for entry in site.all("operation"):
        if renewal_due(entry, today):
            age = (today - entry.fields.last_updated).days
            hint = phrase("hint.operation-old")
            yield problem("operation-old", entry.place("last_updated"), severity="warning", days=age, hint=hint)
