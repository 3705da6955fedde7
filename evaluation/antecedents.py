"""Measure what third-person pronouns refer back to on GUM's coreference in CoNLL-U.

    python -m evaluation.antecedents FILE.conllu [--reader trained|rules] [--weights DIR] [--json]

The text is rebuilt and read as the product reads it. A pronoun is right when the antecedent said for it overlaps another
mention of its entity. Precision is over the pronouns that were given an antecedent, those that stand for nothing ("it
rained") among them; recall is over the pronouns with an annotated earlier mention. A pronoun that opens its entity (it
points forward, or to several entities at once) counts for neither.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Any, NamedTuple

from counterclaim.core.mention import Reference
from counterclaim.core.span import Span
from counterclaim.errors import CounterclaimError
from evaluation.conllu import Document, Sentence, documents, rebuilt

FORMS = {
    form: name
    for name, forms in {
        "he": "he him his himself",
        "she": "she her hers herself",
        "it": "it its itself",
        "they": "they them their theirs themselves",
    }.items()
    for form in forms.split()
}

# A text → the references found in it.
Resolve = Callable[[str], Iterable[Reference]]

# "(12-person-…" opens a mention, "12)" closes one, "(12-person-…)" is a mention of one word.
_BRACKET = re.compile(r"\((?P<opens>[^()]*)(?P<shut>\)?)|(?P<closes>[^()]+)\)")
_FIELDS = re.compile(r"#\s*global\.Entity\s*=\s*(\S+)")


class Annotated(NamedTuple):
    """A document and, for each of its sentences, the Entity note of each word."""

    document: Document
    notes: list[list[str]]


class Mentioned(NamedTuple):
    """A mention in the text, with the entity that it names."""

    span: Span
    entity: str


@dataclass(slots=True)
class Tally:
    """Pronouns with an annotated earlier mention, pronouns that were given an antecedent, and those given a right one."""

    pronouns: int = 0
    said: int = 0
    right: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(*(a + b for a, b in zip(astuple(self), astuple(other), strict=True)))


def annotated(file: Path) -> Iterator[Annotated]:
    """Yield the documents of a file that names its entities."""
    lines = file.read_text(encoding="utf-8").split("\n")
    notes = iter(entity_notes(lines))
    for document in documents(lines):
        yield Annotated(document, [next(notes) for _ in document.sentences])


def entity_notes(lines: Iterable[str]) -> Iterator[list[str]]:
    """Yield the Entity notes of each sentence, one a word, with the name of the entity first in every opening bracket."""
    group = 0
    found: list[str] = []
    for line in [*lines, ""]:
        row = line.rstrip("\r").split("\t")
        if fields := _FIELDS.match(line):
            group = fields[1].split("-").index("GRP")
        elif len(row) == 10 and row[0].isdecimal():
            note = next((item.removeprefix("Entity=") for item in row[9].split("|") if item.startswith("Entity=")), "")
            found.append(_group_first(note, group))
        elif not line.strip() and found:
            yield found
            found = []


def _group_first(note: str, group: int) -> str:
    """Rewrite "(person-12)" as "(12)" where the file's fields say that the name of the entity comes second."""
    return re.sub(r"\(([^()]*)", lambda bracket: "(" + bracket[1].split("-")[group], note)


def mentions(sentences: Sequence[Sentence], notes: Sequence[Sequence[str]]) -> list[Mentioned]:
    """Return the annotated mentions of a document in its rebuilt text, in order of their beginnings."""
    _, spans = rebuilt(sentences)
    found: list[Mentioned] = []
    for sentence, (start, _), of_words in zip(sentences, spans, notes, strict=True):
        opened: dict[str, list[int]] = defaultdict(list)
        for (first, last), note in zip(words(sentence), of_words, strict=True):
            for bracket in _BRACKET.finditer(note):
                if bracket["opens"] is None:
                    if opened[bracket["closes"]]:
                        found.append(Mentioned(Span(opened[bracket["closes"]].pop(), start + last), bracket["closes"]))
                elif bracket["shut"]:
                    found.append(Mentioned(Span(start + first, start + last), bracket["opens"]))
                else:
                    opened[bracket["opens"]].append(start + first)
    return sorted(found)


def words(sentence: Sentence) -> Iterator[tuple[int, int]]:
    """Yield where each word stands in the sentence's text; a word that is not printed there is an empty span."""
    at = 0
    for word in sentence.words:
        found = sentence.text.find(word, at)
        if found >= 0:
            yield found, found + len(word)
            at = found + len(word)
        else:
            yield at, at


def measure(gold: Iterable[Annotated], resolve: Resolve) -> dict[str, Any]:
    """Return the figures over all documents, by pronoun and by GUM genre."""
    tallies: dict[tuple[str | None, str], Tally] = defaultdict(Tally)
    for document, notes in gold:
        text, _ = rebuilt(document.sentences)
        found = {reference.span: reference.antecedent for reference in resolve(text)}
        for pronoun, tally in _tallies(text, document, mentions(document.sentences, notes), found):
            tallies[document.genre, pronoun] += tally
    return {
        **figures(sum(tallies.values(), Tally())),
        "by_pronoun": {name: figures(sum((t for (_, of), t in tallies.items() if of == name), Tally())) for name in dict.fromkeys(FORMS.values())},
        "genres": {
            genre: figures(sum((t for (of, _), t in tallies.items() if of == genre), Tally()))
            for genre in sorted({genre for genre, _ in tallies if genre is not None})
        },
    }


def _tallies(text: str, document: Document, gold: Sequence[Mentioned], found: dict[Span, Span | None]) -> Iterator[tuple[str, Tally]]:
    entity_of = {mention.span: mention.entity for mention in gold}
    chains: dict[str, list[Span]] = defaultdict(list)
    for mention in gold:
        chains[mention.entity].append(mention.span)
    _, spans = rebuilt(document.sentences)
    for sentence, (start, _) in zip(document.sentences, spans, strict=True):
        for (first, last), word, upos in zip(words(sentence), sentence.words, sentence.upos, strict=True):
            if upos != "PRON" or word.lower() not in FORMS:
                continue
            span = Span(start + first, start + last)
            said, entity = found.get(span), entity_of.get(span)
            chain = chains[entity] if entity is not None else []
            if entity is not None and not any(other.start < span.start for other in chain):
                continue
            right = said is not None and any(said.meets(other) for other in chain if other != span)
            yield FORMS[word.lower()], Tally(bool(chain), said is not None, right)


def figures(tally: Tally) -> dict[str, float]:
    """Return precision, recall and f1 in percent, to two decimals, and how many pronouns were to be resolved."""
    both = tally.said + tally.pronouns
    return {
        "precision": round(100 * tally.right / tally.said, 2) if tally.said else 0.0,
        "recall": round(100 * tally.right / tally.pronouns, 2) if tally.pronouns else 0.0,
        "f1": round(200 * tally.right / both, 2) if both else 0.0,
        "pronouns": tally.pronouns,
    }


def resolver(reader: str, weights: Path | None = None) -> Resolve:
    """Return the product's own way from text to references, by either reader."""
    from counterclaim.clean.segments import lines
    from counterclaim.config import Settings
    from counterclaim.parse.antecedents import references
    from counterclaim.pipeline import Pipeline

    parse = Pipeline(Settings(reader="rules" if reader == "rules" else "trained", weights=str(weights) if weights else None)).parse

    def resolve(text: str) -> Iterator[Reference]:
        parsed = parse(text, lines(text))
        return references(text, parsed.sentences, parsed.names)

    return resolve


def table(found: dict[str, Any]) -> Iterator[str]:
    """Yield the figures as lines for people."""
    for name, row in [*found["by_pronoun"].items(), *found["genres"].items(), ("ALL", found)]:
        yield f"{name:13}" + "".join(f" {key} {row[key]:6}" for key in ("precision", "recall", "f1")) + f"  pronouns {row['pronouns']}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the measurement."""
    parser = argparse.ArgumentParser(prog="python -m evaluation.antecedents", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path, metavar="FILE.conllu")
    parser.add_argument("--reader", choices=("trained", "rules"), default="trained")
    parser.add_argument("--weights", type=Path, metavar="DIR", help="the engine's weights; without it the shipped ones")
    parser.add_argument("--json", action="store_true", help="print one JSON object of figures and nothing else")
    args = parser.parse_args(arguments)
    if not args.file.is_file():
        parser.error(f"no such file: {args.file}")
    try:
        found = measure(annotated(args.file), resolver(args.reader, args.weights))
    except CounterclaimError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    for line in [json.dumps(found)] if args.json else table(found):
        print(line)
    return 0


if __name__ == "__main__":
    sys.exit(main())
