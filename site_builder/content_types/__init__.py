"""The kinds of content, written out. A new kind is a module here and a line in CONTENT_TYPES."""

from site_builder.content_types.contact import CONTACT
from site_builder.content_types.content_type import ContentType, Entry
from site_builder.content_types.facility import FACILITY
from site_builder.content_types.figure import FIGURE
from site_builder.content_types.milestone import MILESTONE
from site_builder.content_types.news import NEWS
from site_builder.content_types.operation import OPERATION
from site_builder.content_types.page import PAGE
from site_builder.content_types.partner import PARTNER
from site_builder.content_types.person import PERSON
from site_builder.content_types.service import SERVICE
from site_builder.content_types.source import SOURCE
from site_builder.content_types.term import TERM
from site_builder.content_types.working_group import MEMBER

CONTENT_TYPES: tuple[ContentType, ...] = (
    NEWS,
    PAGE,
    FACILITY,
    SERVICE,
    OPERATION,
    FIGURE,
    PARTNER,
    MEMBER,
    PERSON,
    MILESTONE,
    SOURCE,
    TERM,
    CONTACT,
)

__all__ = ["CONTENT_TYPES", "ContentType", "Entry"]
