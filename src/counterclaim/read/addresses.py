"""An address of the web to the path that a report from there is kept under."""

from __future__ import annotations

import hashlib
import re
from urllib.parse import unquote, urlsplit

from counterclaim.read.sources import printable

_UNFIT = re.compile(r"[\x00-\x20\x7f-\x9f\\:*?\"<>|]+")
_ENDINGS = re.compile(r"\.(?:html?|xhtml|php|aspx?|jsp|txt|md|pdf|xml)$", re.IGNORECASE)


def path_of(url: str, suffix: str) -> str:
    """Return host and path of the address with this suffix; a query, which may tell two pages apart, leaves its hash."""
    try:
        parts = urlsplit(url)
    except ValueError:  # brackets that hold no address
        return f"web-{hashlib.sha256(url.encode('utf-8', 'replace')).hexdigest()[:8]}{suffix}"
    host = (parts.hostname or "web").removeprefix("www.")
    path = "/".join(piece for piece in unquote(parts.path).split("/") if piece not in {"", ".", ".."})
    path = _UNFIT.sub("-", printable(_ENDINGS.sub("", path)))
    query = f"-{hashlib.sha256(parts.query.encode('utf-8', 'replace')).hexdigest()[:8]}" if parts.query else ""
    return f"{host}/{path or 'index'}{query}{suffix}"
