"""Where pieces are: the address of a page to that of its piece and of its oEmbed answer. All of them are promised."""

from collections.abc import Iterator, Set

from site_builder.addresses import PAGED
from site_builder.outputs.frame import Discovery
from site_builder.site import Site

# The host script and its data: this address and its meaning hold for ever; what breaks them would be /embed/v2.js.
HOST_SCRIPT = "/embed/v1.js"
HOST_DATA = "/embed/v1"
OEMBED_TYPE = "application/json+oembed"


def piece_address(address: str) -> str:
    """The piece of a page: `/lv/jaunumi/` has `/embed/lv/jaunumi/`."""
    return f"/embed{address}"


def answer_address(address: str) -> str:
    """The oEmbed answer of a page: `/lv/jaunumi/` has `/oembed/lv/jaunumi.json`."""
    return f"/oembed{address.rstrip('/')}.json"


def news_address(site: Site, address: str, language: str) -> str:
    """What stands after `/embed` for the list of news about a facility or service, whose page is at `address`."""
    return f"{address}{site.addresses.word('news', language)}/"


def fact_address(language: str, key: str) -> str:
    return f"/{language}/fact/{key}/"


def chart_address(language: str, key: str) -> str:
    return f"/{language}/chart/{key}/"


def discovery(site: Site, address: str, title: str) -> tuple[Discovery, ...]:
    """How a page with a piece names its oEmbed answer (oembed.com, section 4): whole addresses only."""
    return (Discovery(OEMBED_TYPE, title, site.absolute(answer_address(address))),)


def language_of(site: Site, address: str) -> str:
    """The language of an address of ours, or nothing where it is no page that could have had a piece."""
    first = address.split("/")[1]
    return first if first in site.config.codes and address.endswith("/") else ""


def lists_news(site: Site, address: str, language: str) -> bool:
    """Whether an address is that of a facility or service, which have lists of their news."""
    sections = (site.addresses.section(PAGED[kind], language) for kind in ("facility", "service"))
    return any(address.startswith(section) and address != section for section in sections)


def hanging_on(site: Site, address: str) -> Iterator[str]:
    """The addresses of the kit that a page at an address has or had: they go where it goes."""
    language = language_of(site, address)
    if language:
        yield piece_address(address)
        yield answer_address(address)
        if lists_news(site, address, language):
            yield piece_address(news_address(site, address, language))


def hangs_on(address: str, pages: Set[str]) -> bool:
    """Whether an address is one of the kit's that belongs to one of the pages."""
    for prefix, ending in (("/embed", ""), ("/oembed", ".json")):
        if address.startswith(f"{prefix}/") and address.endswith(ending):
            parts = address.removeprefix(prefix).removesuffix(ending).strip("/").split("/")
            return any(f"/{'/'.join(parts[:count])}/" in pages for count in range(2, len(parts) + 1))
    return False
