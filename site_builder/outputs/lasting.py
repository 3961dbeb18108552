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


def as_readable_json(thing: object, levels: int = 1) -> bytes:
    """A JSON file (RFC 8259) that people read as well: so many levels of it have a line for each item."""
    return (_in_lines(thing, levels, "\n") + "\n").encode("utf-8")


def _in_lines(thing: object, levels: int, margin: str) -> str:
    """A value whose first levels have a line for each item, after a margin; what is deeper stands on the line."""
    inner = margin + " "
    if levels and isinstance(thing, dict) and thing:
        items = (f"{as_line(key)}: {_in_lines(one, levels - 1, inner)}" for key, one in thing.items())
        return "{" + inner + f",{inner}".join(items) + margin + "}"
    if levels and isinstance(thing, list | tuple) and thing:
        return "[" + inner + f",{inner}".join(_in_lines(one, levels - 1, inner) for one in thing) + margin + "]"
    return as_line(thing)


# As json.dumps does, which would make an encoder for every item.
as_line = json.JSONEncoder(ensure_ascii=False).encode
