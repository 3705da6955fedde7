"""Turn tokens into what the engine reads: word pieces, word shapes and quotation state, packed into windows.

Training imports this module, so that what the engine learned from and what it is given cannot drift apart.
`FEATURE_VERSION` goes up whenever the meaning of a feature changes; weights name the version they were trained with.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

FEATURE_VERSION = 1

CLS, SEP, UNK = 101, 102, 100  # the special pieces of the BERT uncased vocabulary

# A word's pieces beyond this many say nothing more about its class; 50,000-character "words" exist.
PIECES_PER_WORD = 10
# Sentences of one report are read together up to this many pieces. Attention costs little below it, and
# names and quotations profit from neighbours; beyond 160 the padding of a report's last window costs more.
WINDOW = 128
# The encoder has 512 positions; a longer sentence is read in parts.
LONGEST = 384

SHAPES = ("special", "lower", "title", "upper", "mixed", "digit", "punct", "title-initial", "letter")
_SHAPE = {name: i for i, name in enumerate(SHAPES)}

_OPEN, _CLOSE, _EITHER = frozenset(("“", "„", "«", "``")), frozenset(("”", "»", "''")), frozenset(('"',))


@lru_cache(maxsize=50_000)
def shape(word: str, *, first: bool) -> int:
    """The index in `SHAPES` of a word's letter case; `first` says whether it opens its sentence."""
    if any(c.isdigit() for c in word):
        return _SHAPE["digit"]
    if not any(c.isalpha() for c in word):
        return _SHAPE["punct"]
    if word.islower():
        return _SHAPE["lower"]
    if word.isupper():
        return _SHAPE["letter" if len(word) == 1 else "upper"]
    if word[0].isupper() and (len(word) == 1 or word[1:].islower()):
        return _SHAPE["title-initial" if first else "title"]
    return _SHAPE["mixed"]


def quotation_state(words: Iterable[str], inside: bool = False) -> list[int]:
    """For each word of one paragraph 1 when it stands inside quotation marks (the marks included), else 0."""
    states = []
    for word in words:
        if word in _OPEN or (word in _EITHER and not inside):
            inside = True
            states.append(1)
        elif word in _CLOSE or word in _EITHER:
            states.append(int(inside))
            inside = False
        else:
            states.append(int(inside))
    return states


@dataclass
class Window:
    """Sentences read together: pieces with their features, and for every word the index of its first piece.

    `roots[k]` is the index of the special piece before sentence k (the root of its tree and its summary);
    `words[k]` the indices of its words' first pieces.
    """

    pieces: list[int] = field(default_factory=list)
    shapes: list[int] = field(default_factory=list)
    quoted: list[int] = field(default_factory=list)
    roots: list[int] = field(default_factory=list)
    words: list[list[int]] = field(default_factory=list)

    def add(self, pieces: Sequence[Sequence[int]], shapes: Sequence[int], quoted: Sequence[int]) -> None:
        """Append one sentence, given the pieces, shape and quotation state of each of its words."""
        self.roots.append(len(self.pieces))
        self._special(SEP if self.pieces else CLS)
        starts = []
        for of_word, word_shape, state in zip(pieces, shapes, quoted, strict=True):
            starts.append(len(self.pieces))
            self.pieces.extend(of_word)
            self.shapes.extend([word_shape] * len(of_word))
            self.quoted.extend([state] * len(of_word))
        self.words.append(starts)

    def close(self) -> None:
        """End the window with a separator."""
        self._special(SEP)

    def _special(self, piece: int) -> None:
        self.pieces.append(piece)
        self.shapes.append(0)
        self.quoted.append(0)


class Pieces:
    """Word → its word pieces, remembered; `encode` is the vocabulary's own encoder."""

    def __init__(self, encode: Callable[[str], list[int]], remember: int = 200_000) -> None:
        self._encode = encode
        self._seen: dict[str, tuple[int, ...]] = {}
        self._remember = remember

    def __call__(self, word: str) -> tuple[int, ...]:
        """The word's pieces, at least one and at most `PIECES_PER_WORD`."""
        known = self._seen.get(word)
        if known is None:
            # Only the head of a very long word can matter: ten pieces never reach beyond 200 characters.
            known = tuple(self._encode(word[:200])[:PIECES_PER_WORD]) or (UNK,)
            if len(self._seen) < self._remember:
                self._seen[word] = known
        return known


def windows(
    sentences: Sequence[Sequence[str]],
    quoted: Sequence[Sequence[int]],
    pieces: Pieces,
    limit: int = WINDOW,
) -> list[tuple[Window, list[int]]]:
    """Pack sentences of one report, in order, into windows; each comes with the numbers of its sentences.

    No sentence may have more than `LONGEST` pieces (see `fits`).
    """
    out: list[tuple[Window, list[int]]] = []
    for number, (sentence, states) in enumerate(zip(sentences, quoted, strict=True)):
        of_words = [pieces(word) for word in sentence]
        need = sum(map(len, of_words)) + 1
        if not out or len(out[-1][0].pieces) + need + 1 > limit:
            out.append((Window(), []))
        shapes = [shape(word, first=i == 0) for i, word in enumerate(sentence)]
        out[-1][0].add(of_words, shapes, states)
        out[-1][1].append(number)
    for window, _ in out:
        window.close()
    return out


def fits(sentence: Sequence[str], pieces: Pieces) -> list[slice]:
    """Cut a sentence into parts of at most `LONGEST` pieces: nearly always one part, the whole."""
    parts, start, size = [], 0, 0
    for i, word in enumerate(sentence):
        need = len(pieces(word))
        if size + need > LONGEST - 2:
            parts.append(slice(start, i))
            start, size = i, 0
        size += need
    parts.append(slice(start, len(sentence)))
    return parts
