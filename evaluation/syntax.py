"""Measure tags, trees and sentence ends on a treebank in CoNLL-U.

    python -m evaluation.syntax FILE.conllu [--reader trained|rules] [--weights DIR] [--upper] [--json]

Tags and trees on gold words and gold sentences, a document read as a whole: upos, uas, las (punctuation and relation
subtypes count). Sentence ends from raw text: sentence_f1, a sentence being right when both its ends are.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass, replace
from pathlib import Path
from typing import Any

from counterclaim.errors import CounterclaimError
from evaluation.conllu import Document, Sentence, Span, rebuilt, treebank
from evaluation.engine import ReadTrees, trained

# Genres of GUM under a non-commercial licence: no part of the shipped weights was trained on them.
NOT_SHIPPED = frozenset(["essay", "fiction", "letter", "podcast", "whow"])

# A text → where its sentences stand.
Split = Callable[[str], Iterable[Span]]


@dataclass(slots=True)
class Tally:
    """What the figures are made of."""

    words: int = 0
    upos: int = 0
    uas: int = 0
    las: int = 0
    sentences_right: int = 0
    sentences_said: int = 0
    sentences_wanted: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(*(a + b for a, b in zip(astuple(self), astuple(other), strict=True)))


def product_sentences(text: str) -> Iterator[Span]:
    """Return the sentences as the product finds them: first the lines of a page, then the sentences in each."""
    from counterclaim.clean.segments import lines
    from counterclaim.parse.sentences import sentences

    for line in lines(text):
        for tokens in sentences(text, line.span.start, line.span.end):
            yield tokens[0][0], tokens[-1][1]


def measure(gold: Iterable[Document], read: ReadTrees | None, split: Split = product_sentences, *, upper: bool = False) -> dict[str, Any]:
    """Return the figures over all documents, by GUM genre, and over the genres that ship. Without an engine: sentence ends alone."""
    genres: dict[str | None, Tally] = defaultdict(Tally)
    for document in gold:
        if upper:
            document = Document(document.id, [uppercase(sentence) for sentence in document.sentences])
        genres[document.genre] += tree_tally(document.sentences, read) + sentence_tally(document.sentences, split)
    has_trees = read is not None
    return {
        **figures(sum(genres.values(), Tally()), has_trees=has_trees),
        "genres": {genre: figures(tally, has_trees=has_trees) for genre, tally in sorted(genres.items(), key=str) if genre is not None},
        "shippable": figures(sum((tally for genre, tally in genres.items() if genre not in NOT_SHIPPED), Tally()), has_trees=has_trees),
    }


def tree_tally(sentences: Sequence[Sentence], read: ReadTrees | None) -> Tally:
    """Tags and trees of one document against gold; without an engine the words are counted and no more."""
    tally = Tally(words=sum(len(sentence.words) for sentence in sentences))
    if read is None:
        return tally
    trees = read([sentence.words for sentence in sentences], [sentence.starts for sentence in sentences])
    for sentence, tree in zip(sentences, trees, strict=True):
        tally.upos += sum(a == b for a, b in zip(sentence.upos, tree.upos, strict=True))
        heads = [a == b for a, b in zip(sentence.heads, tree.heads, strict=True)]
        rels = [a == b for a, b in zip(sentence.rels, tree.rels, strict=True)]
        tally.uas += sum(heads)
        tally.las += sum(head and rel for head, rel in zip(heads, rels, strict=True))
    return tally


def sentence_tally(sentences: Sequence[Sentence], split: Split) -> Tally:
    """Sentence spans found in the rebuilt text of one document against gold."""
    text, wanted = rebuilt(sentences)
    said = list(split(text))
    return Tally(sentences_right=len(set(said) & set(wanted)), sentences_said=len(said), sentences_wanted=len(wanted))


def uppercase(sentence: Sentence) -> Sentence:
    """Return the sentence as a teleprinter would have it."""
    return replace(sentence, text=sentence.text.upper(), words=[word.upper() for word in sentence.words])


def figures(tally: Tally, *, has_trees: bool) -> dict[str, float]:
    """Return the tally in percent, to two decimals; tree figures only where trees were read."""
    found: dict[str, float] = {}
    for name in ("upos", "uas", "las") if has_trees else ():
        found[name] = round(100 * getattr(tally, name) / tally.words, 2) if tally.words else 0.0
    ends = tally.sentences_said + tally.sentences_wanted
    found["sentence_f1"] = round(200 * tally.sentences_right / ends, 2) if ends else 0.0
    found["words"] = tally.words
    return found


def table(found: dict[str, Any]) -> Iterator[str]:
    """Yield the figures as lines for people."""
    for name, row in [*found["genres"].items(), ("shippable", found["shippable"]), ("ALL", found)]:
        yield f"{name:13}" + "".join(f" {key} {row[key]:6}" for key in ("upos", "uas", "las", "sentence_f1") if key in row) + f"  words {row['words']}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the measurement."""
    parser = argparse.ArgumentParser(prog="python -m evaluation.syntax", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path, metavar="FILE.conllu")
    parser.add_argument("--reader", choices=("trained", "rules"), default="trained", help="rules: sentence ends alone")
    parser.add_argument("--weights", type=Path, metavar="DIR", help="the engine's weights; without it the shipped ones")
    parser.add_argument("--upper", action="store_true", help="upper-case the text first")
    parser.add_argument("--json", action="store_true", help="print one JSON object of figures and nothing else")
    args = parser.parse_args(arguments)
    if not args.file.is_file():
        parser.error(f"no such file: {args.file}")
    try:
        read = trained(args.weights) if args.reader == "trained" else None
        found = measure(treebank(args.file), read, upper=args.upper)
    except CounterclaimError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    for line in [json.dumps(found)] if args.json else table(found):
        print(line)
    return 0


if __name__ == "__main__":
    sys.exit(main())
