"""What files for machines have in common: ids that hold for ever, and JSON."""

import json
import uuid

from site_builder.site import Site


def lasting_id(site: Site, *names: str) -> uuid.UUID:
    """An id that holds for ever (RFC 9562, version 5), made from the site's id and names that do not change."""
    return uuid.uuid5(uuid.UUID(site.config.id), ":".join(names))


def as_json(thing: object) -> bytes:
    """A JSON file (RFC 8259) that programs read: one line. Thousands are written, and Python indents slowly."""
    return (json.dumps(thing, ensure_ascii=False, separators=(",", ":")) + "\n").encode("utf-8")


def as_readable_json(thing: object) -> bytes:
    """A JSON file (RFC 8259) that people read as well."""
    return (json.dumps(thing, ensure_ascii=False, indent=1) + "\n").encode("utf-8")
