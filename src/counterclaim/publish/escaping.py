"""Words of reports to HTML that shows them and does nothing else."""

from __future__ import annotations

import html
import re
from base64 import b64encode
from hashlib import sha256

from counterclaim.publish.redact import shown

# Characters that draw nothing and change how what follows is drawn or read: controls, and marks that turn the direction of text.
_UNSEEN = dict.fromkeys((*range(9), 11, 12, *range(14, 32), *range(127, 160), *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF, 0xFFFE, 0xFFFF), "\ufffd")


_IRI_UNSAFE = re.compile(r"[\s<>\"{}|\\^`\x00-\x20]")


def iri(url: str | None) -> str | None:
    """The address where it is a web address that can be written as it is; none for anything else, scripts above all."""
    return url if url and url.startswith(("http://", "https://")) and not _IRI_UNSAFE.search(url) else None


def text(words: object) -> str:
    """The words as text of a page or as a value of an attribute in double quotes; hidden ones as […]."""
    return html.escape(shown(str(words)).translate(_UNSEEN), quote=True)


def link(url: str | None, words: str) -> str:
    """A link to a web address; the escaped words alone where the address is none or of another sort (`javascript:`, `data:`, `file:`)."""
    safe = iri(url)
    return f'<a href="{text(safe)}" rel="noopener noreferrer nofollow external">{text(words)}</a>' if safe else text(words)


def page(title: str, body: str, style: str, *, root: str = "") -> bytes:
    """A whole page: no script, no picture, nothing fetched; the policy allows this one style and nothing else. `root` leads to the index."""
    allowed = f"'sha256-{b64encode(sha256(style.encode()).digest()).decode()}'"
    policy = f"default-src 'none'; style-src {allowed}; base-uri 'none'; form-action 'none'"
    links = " · ".join(
        f'<a href="{root}{name}.html">{name.title() if name != "index" else "Record"}</a>' for name in ("index", "findings", "events", "board", "promises")
    )
    return (
        "<!doctype html>\n"
        '<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="referrer" content="no-referrer">\n<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{text(title)}</title>\n<style>{style}</style>\n</head>\n"
        f"<body>\n<nav>{links}</nav>\n<main>\n<h1>{text(title)}</h1>\n{body}\n</main>\n</body>\n</html>\n"
    ).encode()
