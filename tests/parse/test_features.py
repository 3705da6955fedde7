"""Features: word shapes, quotation states, and windows in which every word has a first piece."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counterclaim.parse.features import CLS, LONGEST, PIECES_PER_WORD, SEP, SHAPES, UNK, WINDOW, Pieces, Window, fits, quotation_state, shape, windows


def by_letters(word: str) -> list[int]:
    """A vocabulary with a piece a letter, and none for what is no letter."""
    return [1000 + ord(c) % 1000 for c in word if c.isalpha()]


@pytest.fixture
def pieces() -> Pieces:
    return Pieces(by_letters)


def packed(sentences: list[list[str]], pieces: Pieces, limit: int = WINDOW) -> list[tuple[Window, list[int]]]:
    return windows(sentences, [quotation_state(s) for s in sentences], pieces, limit)


@pytest.mark.parametrize(
    ("word", "first", "name", "why"),
    [
        ("rebels", False, "lower", "most words"),
        ("Goma", False, "title", "a name"),
        ("Rebels", True, "title-initial", "a capital that the start of the sentence explains"),
        ("UNHCR", False, "upper", "an abbreviation, or shouting"),
        ("GOMA", True, "upper", "capitals throughout say the same at the start"),
        ("A", True, "letter", "one capital letter: an article or an initial"),
        ("U.S.", False, "upper", "stops are no letters"),
        ("McCain", False, "mixed", "capitals inside"),
        ("iPhone", False, "mixed", "a capital inside, none before"),
        ("1,000", False, "digit", "a figure"),
        ("M23", False, "digit", "a figure among letters decides"),
        ("3rd", True, "digit", "an ordinal"),
        ("“", False, "punct", "a mark"),
        ("--", False, "punct", "two marks"),
        ("🙂", False, "punct", "neither letter nor figure"),
        ("é", False, "lower", "letters beyond ASCII"),
        ("Ærø", False, "title", "capitals beyond ASCII"),
        ("مرحبا", False, "mixed", "a script without cases is neither lower nor upper"),
        ("²", False, "digit", "a raised figure is a figure"),
    ],
)
def test_shape(word: str, first: bool, name: str, why: str) -> None:
    assert SHAPES[shape(word, first=first)] == name, why


@given(st.text(min_size=1, max_size=12), st.booleans())
@settings(derandomize=True, deadline=None)
def test_every_word_has_a_shape_of_its_own(word: str, first: bool) -> None:
    assert SHAPES[shape(word, first=first)] != "special"


@pytest.mark.parametrize(
    ("sentence", "inside", "states", "why"),
    [
        ("he said no", False, "000", "no marks"),
        ("“ We left ” he said", False, "111100", "the marks themselves are inside"),
        ('" We left " he said', False, "111100", "straight marks open and close in turn"),
        ("`` We left '' he said", False, "111100", "the treebanks' marks"),
        ("« Nous » dit", False, "1110", "French marks"),
        ("„ Wir ” sagt", False, "1110", "low marks open"),
        ("they left ” he said", True, "11100", "a quotation that goes on from the sentence before"),
        ("they left", True, "11", "and one that goes on after it"),
        ("they left ” he said", False, "00000", "a closing mark without an opening one quotes nothing"),
        ('they left " he said', True, "11100", "a straight mark closes what is open"),
        ("“ We “ left ” now ”", False, "1111100", "marks inside marks are not counted: the first closing mark ends all (accepted)"),
    ],
)
def test_quotation_state(sentence: str, inside: bool, states: str, why: str) -> None:
    assert "".join(map(str, quotation_state(sentence.split(), inside))) == states, why


@pytest.mark.parametrize(
    ("word", "number", "why"),
    [
        ("rebels", 6, "a piece a letter in this vocabulary"),
        ("🙂", 1, "unknown to the vocabulary, and still a piece"),
        ("", 1, "nothing at all, and still a piece"),
        ("x" * 50_000, PIECES_PER_WORD, "a word without end"),
    ],
)
def test_a_word_has_from_one_to_ten_pieces(word: str, number: int, why: str, pieces: Pieces) -> None:
    assert len(pieces(word)) == number, why


def test_an_unknown_word_is_the_unknown_piece(pieces: Pieces) -> None:
    assert pieces("🙂") == (UNK,)


def test_the_encoder_is_asked_once_a_word_and_never_for_more_than_its_head() -> None:
    asked: list[str] = []

    def encode(word: str) -> list[int]:
        asked.append(word)
        return by_letters(word)

    pieces = Pieces(encode)
    assert pieces("goma") == pieces("goma")
    pieces("y" * 50_000)
    assert asked == ["goma", "y" * 200]


def test_what_is_remembered_is_bounded() -> None:
    asked: list[str] = []

    def encode(word: str) -> list[int]:
        asked.append(word)
        return by_letters(word)

    pieces = Pieces(encode, remember=1)
    for word in ("goma", "bukavu", "goma", "bukavu"):
        pieces(word)
    assert asked == ["goma", "bukavu", "bukavu"]


def test_a_window_of_two_sentences(pieces: Pieces) -> None:
    ((window, numbers),) = packed([["Rebels", "left"], ["“", "No", "”"]], pieces)
    assert numbers == [0, 1]
    assert window.roots == [0, 11]
    assert window.words == [[1, 7], [12, 13, 15]]
    assert [window.pieces[i] for i in (0, 11, -1)] == [CLS, SEP, SEP]
    assert [SHAPES[window.shapes[i]] for of_sentence in window.words for i in of_sentence] == ["title-initial", "lower", "punct", "title", "punct"]
    assert window.quoted == [0] * 12 + [1] * 4 + [0]


@pytest.mark.parametrize(
    ("lengths", "numbers", "why"),
    [
        ([], [], "no sentence, no window"),
        ([0], [[0]], "a sentence without words still has its root"),
        ([50, 50], [[0, 1]], "both fit"),
        ([63, 63], [[0], [1]], "two roots and the end make 129"),
        ([62, 63], [[0, 1]], "exactly full"),
        ([100, 100, 20], [[0], [1, 2]], "in order: none is moved forward to fill a gap"),
        ([300, 5], [[0], [1]], "a long sentence is a window by itself, however long the window is meant to be"),
    ],
)
def test_sentences_fill_windows_in_order(lengths: list[int], numbers: list[list[int]], why: str, pieces: Pieces) -> None:
    assert [of_window for _, of_window in packed([["x"] * n for n in lengths], pieces)] == numbers, why


@pytest.mark.parametrize(
    ("letters", "parts", "why"),
    [
        ([], 1, "an empty sentence is one empty part"),
        ([1] * (LONGEST - 2), 1, "room for the root and the end"),
        ([1] * (LONGEST - 1), 2, "one word too many"),
        ([10] * 100, 3, "38 words of ten pieces a part"),
        ([1] * 1000, 3, "1,000 = 382 + 382 + 236"),
    ],
)
def test_long_sentences_are_cut(letters: list[int], parts: int, why: str, pieces: Pieces) -> None:
    assert len(fits(["x" * n for n in letters], pieces)) == parts, why


words = st.text(st.sampled_from('aZ9.“”"’🙂 é'), max_size=14) | st.just("x" * 3000)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.lists(st.lists(words, max_size=40), max_size=12), st.integers(8, WINDOW))
def test_every_word_has_its_place_in_one_window(sentences: list[list[str]], limit: int) -> None:
    pieces = Pieces(by_letters)
    found = packed(sentences, pieces, limit)
    assert [n for _, of_window in found for n in of_window] == list(range(len(sentences)))
    for window, numbers in found:
        assert len(window.pieces) == len(window.shapes) == len(window.quoted)
        assert len(numbers) == 1 or len(window.pieces) <= limit
        assert len(window.roots) == len(window.words) == len(numbers)
        for number, root, starts in zip(numbers, window.roots, window.words, strict=True):
            assert window.pieces[root] in (CLS, SEP)
            assert len(starts) == len(sentences[number])
            at = root + 1
            for word, start in zip(sentences[number], starts, strict=True):
                of_word = pieces(word)
                assert start == at
                assert tuple(window.pieces[start : start + len(of_word)]) == of_word
                at += len(of_word)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.lists(words, max_size=900))
def test_the_parts_of_a_sentence_are_the_sentence_and_each_can_be_read(sentence: list[str]) -> None:
    pieces = Pieces(by_letters)
    parts = fits(sentence, pieces)
    assert [w for part in parts for w in sentence[part]] == sentence
    assert all(sum(len(pieces(w)) for w in sentence[part]) + 2 <= LONGEST for part in parts)
    assert len(parts) == 1 or all(sentence[part] for part in parts)
