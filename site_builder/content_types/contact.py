"""Institutions that a resident may turn to, as their own pages published them."""

from dataclasses import dataclass

from site_builder.content_types.content_type import ContentType
from site_builder.content_types.facility import Address
from site_builder.values import Email, Localized, Phone, SourceId, Url


@dataclass(frozen=True, slots=True)
class PhoneNumber:
    """A telephone number, +371 and eight digits."""

    number: Phone


@dataclass(frozen=True, slots=True)
class Contact:
    """An institution's published contacts; `verify` prints that they were not checked since."""

    name: Localized
    sources: tuple[SourceId, ...]
    verify: bool
    as_published: Localized | None = None
    address: Address | None = None
    phones: tuple[PhoneNumber, ...] = ()
    email: Email | None = None
    url: Url | None = None
    note: Localized | None = None


CONTACT = ContentType(kind="contact", layout="table", where="facts/contacts.yaml", fields=Contact)
