"""What a process that builds again and again, as the preview does, keeps in memory from build to build.

Each thing stands under a digest of what it was made from, or with the digests of what was read while it was made, and
is used only while these are the same.
"""

from dataclasses import dataclass, field
from typing import Any

from site_builder.content_types import Entry
from site_builder.entries import UnitRead


@dataclass(slots=True)
class Held:
    """Units by their keys; entries by kind and key, with the digests that they had; linked texts with their reads.

    `last` is the last build that was sound, as `build.Last` (which this module must not know).
    """

    units: dict[bytes, UnitRead] = field(default_factory=dict)
    entries: dict[tuple[str, str], tuple[object, Entry]] = field(default_factory=dict)
    texts: dict[Any, Any] = field(default_factory=dict)
    last: Any = None
