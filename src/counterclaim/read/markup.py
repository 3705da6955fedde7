"""Markup to a tree, when its shape is that of a page."""

from __future__ import annotations

from typing import Any

from lxml import etree  # type: ignore[import-untyped, unused-ignore]
from lxml import html as markup_parser  # type: ignore[import-untyped, unused-ignore]

from counterclaim.errors import InputRefused
from counterclaim.read.shape import why_misshapen


def tree_of(name: str, markup: str) -> Any:
    """Return markup as a tree. Raises InputRefused when its shape is hostile or the parser had to stop."""
    if reason := why_misshapen(markup):
        raise InputRefused(name, reason)
    parser = markup_parser.HTMLParser(collect_ids=False, default_doctype=False, encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        tree = markup_parser.document_fromstring(markup.encode(), parser=parser)
    except etree.LxmlError as error:
        raise InputRefused(name, "there is no text in it") from error
    # Past a limit of its own the parser drops the rest of the page and says so only in its log.
    if any(entry.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for entry in parser.error_log):
        raise InputRefused(name, "the page nests too deep or has a single piece of over 10 MB, the rest of it would be lost; save its words as text (.txt)")
    return tree
