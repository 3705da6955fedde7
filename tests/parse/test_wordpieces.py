"""Words become the very pieces the weights learned from: those of the `tokenizers` library."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

from counterclaim.knowledge.weights import load
from counterclaim.parse.wordpieces import encoder

Encode = Callable[[str], list[int]]
VOCABULARY = load().vocabulary
PIECES = VOCABULARY.split("\n")
# The library's tables are of Unicode 8: some characters have since been classed anew, and those added since it takes for letters.
CLASSED_ANEW = "\u166d\u1734\u1885\u1886"


def of_library() -> Encode:
    words = {piece: number for number, piece in enumerate(PIECES) if piece}
    tokenizer = Tokenizer(models.WordPiece(words, unk_token="[UNK]", max_input_chars_per_word=200))  # noqa: S106 - no password
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    return lambda word: list(tokenizer.encode(word, add_special_tokens=False).ids)


ours, library = encoder(VOCABULARY), of_library()


def is_old(character: str) -> bool:
    """Whether a character was there in Unicode 3.2, or will never be; the others the library's tables may not know."""
    known = unicodedata.ucd_3_2_0.category(character) != "Cn" or unicodedata.category(character) == "Cn"
    return known and unicodedata.category(character) != "Cs" and character not in CLASSED_ANEW


@pytest.mark.parametrize(
    ("word", "pieces", "why"),
    [
        ("Rebels", "rebels", "capitals are lowered"),
        ("Łódź", "łodz", "accents go, a stroke is none"),
        ("shelling", "shell ##ing", "the longest piece from the left, then the longest that goes on"),
        ("Al-Fashir", "al - fa ##shi ##r", "each punctuation mark is a part of its own"),
        ("$5", "$ 5", "so is a sign that ASCII has"),
        ("€5", "€ ##5", "others are letters like any"),
        ("ka\u00adtyusha", "katy ##ush ##a", "a soft hyphen goes"),
        ("two\u00a0men", "two men", "a word may have a space that does not break"),
        ("中国", "中 国", "ideographs stand alone"),
        ("ὈΔΟΣ", "ο ##δ ##ο ##σ", "a sigma has one small form, wherever it stands"),
        ("x\U0001f600", "[UNK]", "a part with a letter the vocabulary lacks is unknown as a whole"),
        ("a" * 201, "[UNK]", "so is one that is too long"),
        ("\u200b\ufffd\x00", "", "nothing is left"),
        ("[UNK]", "[ un ##k ]", "names of pieces mean nothing in a text"),
    ],
)
def test_pieces(word: str, pieces: str, why: str) -> None:
    assert " ".join(PIECES[number] for number in ours(word)) == pieces, why
    assert library(word) == ours(word), why


def test_every_character_alone_and_within_a_word() -> None:
    codes = (*range(0x3400), *range(0x3400, 0x30000, 29))  # all scripts but the East Asian, and some of those
    for one in filter(is_old, map(chr, codes)):
        text = f"{one} a{one}b"
        assert ours(text) == library(text)


@given(st.text(st.characters(exclude_categories=["Cs"]).filter(is_old), max_size=40))
def test_any_word(word: str) -> None:
    assert ours(word) == library(word)


@given(st.lists(st.sampled_from(PIECES).map(lambda piece: piece.removeprefix("##")), max_size=6).map("".join))
def test_words_made_of_pieces(word: str) -> None:
    assert ours(word) == library(word)
