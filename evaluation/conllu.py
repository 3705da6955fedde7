"""Turn CoNLL-U into documents of sentences with their trees, and documents back into their text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

Span = tuple[int, int]

# "# newpar_block" is GUM's note beside "# newpar", not a paragraph of its own.
_NEWPAR = re.compile(r"#\s*newpar(?:\s|$)")
_NEWDOC = re.compile(r"#\s*newdoc(?:\s+id\s*=\s*(.*))?$")
_TEXT = re.compile(r"#\s*text\s*=\s?(.*)$")
_GENRE = re.compile(r"GUM_([^_]+)_")


@dataclass(slots=True)
class Sentence:
    """One gold sentence; `heads` are indices in it, -1 for the root. `text` is how it was printed.

    `starts`: it opens a paragraph. `spaced`: white space follows it.
    """

    text: str = ""
    words: list[str] = field(default_factory=list)
    upos: list[str] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    rels: list[str] = field(default_factory=list)
    starts: bool = False
    spaced: bool = True


class Document(NamedTuple):
    """The sentences of one text, in order. `id` is empty where the file names no documents."""

    id: str
    sentences: list[Sentence]

    @property
    def genre(self) -> str | None:
        """The GUM genre that its id names, or none."""
        found = _GENRE.match(self.id)
        return found[1] if found else None


def treebank(file: Path) -> Iterator[Document]:
    """Yield the documents of a CoNLL-U file on disk."""
    with file.open(encoding="utf-8", newline="\n") as lines:
        yield from documents(lines)


def documents(lines: Iterable[str]) -> Iterator[Document]:
    """Yield the documents of a CoNLL-U file. The first sentence of each opens a paragraph, said or not."""
    current = Document("", [])
    for comments, rows in _blocks(lines):
        opened = [found for comment in comments if (found := _NEWDOC.match(comment))]
        if opened:
            if current.sentences:
                yield current
            current = Document((opened[-1][1] or "").strip(), [])
        sentence = _sentence(comments, rows)
        sentence.starts = sentence.starts or not current.sentences
        current.sentences.append(sentence)
    if current.sentences:
        yield current


def rebuilt(sentences: Iterable[Sentence]) -> tuple[str, list[Span]]:
    """Return the running text of a document, a blank line between its paragraphs, and where each sentence stands in it."""
    parts: list[str] = []
    spans: list[Span] = []
    at, gap = 0, ""
    for sentence in sentences:
        if parts:
            gap = "\n\n" if sentence.starts else gap
            parts.append(gap)
            at += len(gap)
        parts.append(sentence.text)
        spans.append((at, at + len(sentence.text)))
        at += len(sentence.text)
        gap = " " if sentence.spaced else ""
    return "".join(parts), spans


def _blocks(lines: Iterable[str]) -> Iterator[tuple[list[str], list[list[str]]]]:
    comments: list[str] = []
    rows: list[list[str]] = []
    for line in [*lines, ""]:
        line = line.rstrip("\r\n")
        if line.startswith("#"):
            comments.append(line)
        elif line:
            rows.append(line.split("\t"))
        elif rows:
            yield comments, rows
            comments, rows = [], []


def _sentence(comments: list[str], rows: list[list[str]]) -> Sentence:
    sentence = Sentence(starts=any(_NEWPAR.match(comment) for comment in comments))
    printed: list[str] = []
    inside_until = 0  # the last word of the multi-word token that was printed as a whole
    for row in rows:
        number, form = row[0], row[1]
        if "." in number:  # an empty node stands for a word that was not written
            continue
        is_spaced = "SpaceAfter=No" not in row[9].split("|")
        if "-" in number:
            inside_until = int(number.split("-")[1])
        else:
            sentence.words.append(form)
            sentence.upos.append(row[3])
            sentence.heads.append(int(row[6]) - 1)
            sentence.rels.append(row[7])
            if int(number) <= inside_until:
                continue
        printed.append(form + (" " if is_spaced else ""))
        sentence.spaced = is_spaced
    given = [found[1] for comment in comments if (found := _TEXT.match(comment))]
    sentence.text = (given[-1] if given else "".join(printed)).strip()
    return sentence
