"""Every page of the documentation can be reached from its index, and no link from one file of the repository to another is dead."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
DOCS = ROOT / "docs"
LINK = re.compile(r"\[[^\]]*\]\(<?([^)\s>]+)>?(?:\s+\"[^\"]*\")?\)")
FENCED = re.compile(r"^(`{3,}|~{3,}).*?^\1`*\s*$", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"(`+)(?!`).+?(?<!`)\1(?!`)")
HEADING = re.compile(r"^#{1,6}\s+(.*?)\s*#*$", re.MULTILINE)


def written() -> list[Path]:
    """Every Markdown file of the repository; hidden and made folders are not looked into."""
    found = []
    for folder, inner, names in os.walk(ROOT):
        inner[:] = sorted(name for name in inner if not name.startswith(".") and name not in ("node_modules", "scratch", "build", "dist", "shared"))
        found += [Path(folder) / name for name in sorted(names) if name.endswith(".md")]
    return found


def links(path: Path) -> list[str]:
    """Where a page leads, as it is written; what stands in code leads nowhere."""
    return LINK.findall(CODE.sub("", FENCED.sub("", path.read_text(encoding="utf-8"))))


def anchors(path: Path) -> set[str]:
    """The anchors of a page's headings, as GitHub makes them."""
    found: set[str] = set()
    for heading in HEADING.findall(FENCED.sub("", path.read_text(encoding="utf-8"))):
        plain = re.sub(r"[^\w\- ]", "", re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading).lower()).replace(" ", "-")
        name, number = plain, 0
        while name in found:
            number += 1
            name = f"{plain}-{number}"
        found.add(name)
    return found


def dead(path: Path) -> list[str]:
    """The links of a page to files or headings that are not there."""
    found = []
    for link in links(path):
        if re.match(r"[a-z][a-z0-9+.-]*:", link):
            continue
        name, _, anchor = link.partition("#")
        target = (path.parent / name).resolve() if name else path
        if not target.exists() or (anchor and (target.suffix != ".md" or anchor not in anchors(target))):
            found.append(link)
    return found


PAGES = written()


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_link_is_dead(path: Path) -> None:
    assert not dead(path)


def test_every_page_is_linked_from_the_index_or_from_a_page_it_links() -> None:
    start = DOCS / "README.md"
    first = {(start.parent / link.partition("#")[0]).resolve() for link in links(start)}
    reached = {start} | first
    for page in first:
        if page.suffix == ".md" and DOCS in page.parents:
            reached |= {(page.parent / link.partition("#")[0]).resolve() for link in links(page)}
    assert not {path for path in PAGES if DOCS in path.parents} - reached


def test_the_readme_leads_to_the_index() -> None:
    assert "docs/README.md" in links(ROOT / "README.md")


def test_what_is_dead_is_seen(tmp_path: Path) -> None:
    (tmp_path / "other.md").write_text("# One `two`: three\n\n# Same\n\n# Same\n", encoding="utf-8")
    page = tmp_path / "page.md"
    page.write_text(
        "# Here\n[a](other.md) [b](#here) [c](other.md#one-two-three) [d](other.md#same-1) [e](https://example.org/x)\n"
        "[f](gone.md) [g](#gone) [h](other.md#gone)\n`[i](code.md)`\n```\n[j](fenced.md)\n```\n",
        encoding="utf-8",
    )
    assert dead(page) == ["gone.md", "#gone", "other.md#gone"]
