"""A page saved with its pictures in one file (`.mht`, `.mhtml`) to the page itself."""

from __future__ import annotations

import email
import email.policy

from counterclaim.errors import InputRefused
from counterclaim.read.plain import web_address
from counterclaim.read.sources import Around

MOST_PARTS = 5_000


def page_in(name: str, raw: bytes) -> tuple[bytes, Around]:
    """Return the markup of the saved page, and its address and charset. Raises InputRefused when no page is in it."""
    # The parser of mail calls itself for each part within a part.
    if raw.count(b"boundary=") > 100 or raw.count(b"\n--") > MOST_PARTS:
        raise InputRefused(name, f"the saved page has more than {MOST_PARTS:,} parts, as no browser writes it; save the page again as .html")
    try:
        message = email.message_from_bytes(raw, policy=email.policy.compat32)
        found = next((part for part in message.walk() if part.get_content_type() in {"text/html", "application/xhtml+xml"}), None)
        markup = found.get_payload(decode=True) if found else None
        address = web_address(str((found and found.get("Content-Location")) or message.get("Snapshot-Content-Location") or ""))
        charset = found.get_content_charset() if found else None
    except Exception as error:  # what a hostile header brings out of the parser is not written anywhere
        raise InputRefused(name, f"the saved page cannot be taken apart ({type(error).__name__}); save it again as .html") from error
    if not isinstance(markup, bytes) or not markup.strip():
        raise InputRefused(name, "there is no page in it; a saved page has a part of type text/html. Save it again as .html")
    return markup, Around(url=address, charset=charset)
