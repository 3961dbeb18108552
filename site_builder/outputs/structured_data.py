"""schema.org descriptions, made from the same records and the same printed words as the pages.

A sensitive place gets its name and address, and never `geo`, a map or opening hours.
"""

import datetime
from typing import Any

from site_builder.content_types import Entry
from site_builder.content_types.news import first_day, last_change, published_day
from site_builder.site import Site

Thing = dict[str, Any]


def publisher(site: Site, language: str) -> Thing | None:
    """The publisher, once there is one; nobody is named until then."""
    given = site.config.publisher
    if given is None:
        return None
    return {
        "@type": "GovernmentOrganization",
        "@id": given.url,
        "name": site.localized(given.name, language),
        "url": given.url,
    }


def website(site: Site, language: str) -> Thing:
    thing: Thing = {
        "@type": "WebSite",
        "@id": site.absolute(f"/{language}/") + "#website",
        "name": site.localized(site.config.name, language),
        "url": site.absolute(f"/{language}/"),
        "inLanguage": language,
        "license": site.config.licence.url,
    }
    return _with_publisher(thing, site, language)


def news_article(site: Site, entry: Entry, language: str) -> Thing:
    others = [code for code in site.config.codes if code != language and entry.has_language(code)]
    thing: Thing = {
        "@type": "NewsArticle",
        "@id": site.absolute(site.address(entry, language)),
        "mainEntityOfPage": site.absolute(site.address(entry, language)),
        "headline": site.plain(entry, language, "title"),
        "description": site.plain(entry, language, "summary"),
        "articleBody": site.plain(entry, language, "body"),
        "datePublished": published_day(entry).isoformat(),
        "dateModified": last_change(entry, language).isoformat(),
        "temporalCoverage": entry.fields.date.iso,
        "inLanguage": language,
        "isPartOf": {"@id": site.absolute(f"/{language}/") + "#website"},
        "license": site.config.licence.url,
    }
    if others:
        thing["workTranslation"] = [
            {"@id": site.absolute(site.address(entry, code)), "inLanguage": code} for code in others
        ]
    cited = site.some("source", entry.fields.sources)
    thing["citation"] = [
        _drop_empty({"@type": "CreativeWork", "name": one.fields.title, "url": one.fields.url}) for one in cited
    ]
    return _with_publisher(thing, site, language)


def project(site: Site, entry: Entry, language: str) -> Thing:
    """The operation as a Project with the grant that funds it."""
    operation = entry.fields
    grant: Thing = {
        "@type": "MonetaryGrant",
        "name": site.plain(entry, language, "title"),
        "identifier": operation.number,
        "funder": {"@type": "Organization", "name": site.words[language](f"fund.{operation.fund}")},
    }
    if operation.eu_part:
        grant["amount"] = {
            "@type": "MonetaryAmount",
            "currency": "EUR",
            "value": float(site.figure(operation.eu_part).stated[0].value),
        }
    return _drop_empty(
        {
            "@type": "Project",
            "@id": site.absolute(site.address(entry, language)) + "#project",
            "name": site.plain(entry, language, "title"),
            "description": site.plain(entry, language, "aims"),
            "url": site.absolute(site.address(entry, language)),
            "foundingDate": operation.start.iso,
            "dissolutionDate": operation.end.iso,
            "parentOrganization": {"@type": "Organization", "name": site.plain(entry, language, "beneficiary")},
            "areaServed": site.plain(entry, language, "location"),
            "funding": _drop_empty(grant),
        }
    )


def place(site: Site, entry: Entry, language: str) -> Thing:
    """A facility; the only point where `geo` could come from, and not for a sensitive place."""
    facility = entry.fields
    thing: Thing = {
        "@type": "Place" if facility.sensitive else "CivicStructure",
        "@id": site.absolute(site.address(entry, language)) + "#place",
        "name": site.plain(entry, language, "title"),
        "description": site.plain(entry, language, "summary"),
        "url": site.absolute(site.address(entry, language)),
        "address": postal_address(facility.address),
    }
    if not facility.sensitive and facility.coordinates is not None:
        thing["geo"] = {
            "@type": "GeoCoordinates",
            "latitude": float(facility.coordinates.latitude),
            "longitude": float(facility.coordinates.longitude),
        }
    if facility.access is not None:
        thing["amenityFeature"] = {
            "@type": "LocationFeatureSpecification",
            "name": site.words[language]("facility.access"),
            "value": site.plain(entry, language, "access"),
        }
    return thing


def postal_address(address: Any) -> Thing:
    return _drop_empty(
        {
            "@type": "PostalAddress",
            "streetAddress": address.street,
            "addressLocality": address.locality,
            "postalCode": address.postcode,
            "addressCountry": "LV",
        }
    )


def government_service(site: Site, entry: Entry, language: str) -> Thing:
    service, words = entry.fields, site.words[language]
    places = site.some("facility", service.facilities)
    channel: Thing = {"@type": "ServiceChannel", "serviceUrl": site.absolute(site.address(entry, language))}
    if places:
        channel["serviceLocation"] = [
            {
                "@type": "Place",
                "name": site.plain(one, language, "name"),
                "address": postal_address(one.fields.address),
            }
            for one in places
        ]
    return {
        "@type": "GovernmentService",
        "@id": site.absolute(site.address(entry, language)) + "#service",
        "name": site.plain(entry, language, "name"),
        "description": site.plain(entry, language, "summary"),
        "url": site.absolute(site.address(entry, language)),
        "serviceType": site.plain(entry, language, "name"),
        "serviceOperator": {"@type": "GovernmentOrganization", "name": site.plain(entry, language, "provider")},
        "areaServed": {"@type": "City", "name": words("city")},
        "audience": [{"@type": "Audience", "audienceType": words(f"audience.{one}")} for one in service.audiences],
        "availableChannel": channel,
        "inLanguage": language,
    }


def page_about(site: Site, entry: Entry, language: str) -> Thing:
    """The page of a place or service, which has dates; the thing itself has none in schema.org."""
    name = site.plain(entry, language, "title" if entry.kind == "facility" else "name")
    page = web_page(site, language, site.address(entry, language), name, last_change(entry, language))
    return {**page, "datePublished": first_day(entry).isoformat()}


def web_page(site: Site, language: str, address: str, name: str, changed: datetime.date) -> Thing:
    return {
        "@type": "WebPage",
        "@id": site.absolute(address),
        "url": site.absolute(address),
        "name": name,
        "inLanguage": language,
        "dateModified": changed.isoformat(),
        "isPartOf": {"@id": site.absolute(f"/{language}/") + "#website"},
    }


def _with_publisher(thing: Thing, site: Site, language: str) -> Thing:
    known = publisher(site, language)
    if known is None:
        return thing
    return {**thing, "publisher": known, **({"author": known} if thing["@type"] == "NewsArticle" else {})}


def _drop_empty(thing: Thing) -> Thing:
    return {key: value for key, value in thing.items() if value not in (None, "")}
