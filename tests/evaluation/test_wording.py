from __future__ import annotations

import pytest

from evaluation.wording import jaro_winkler, plain, same_name, same_text


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("The Army’s Général", "the army general"),
        ("the rebels' camp's gate", "the rebels camp gate"),
        ("Al-Sayed,  Mustafa!", "al sayed mustafa"),
        ("", ""),
    ],
)
def test_plain_drops_case_accents_possessives_and_punctuation(words: str, expected: str) -> None:
    assert plain(words) == expected


@pytest.mark.parametrize(
    ("said", "accepted", "expected", "why"),
    [
        ("the Northern League", "Northern League", True, "articles do not count"),
        ("President Amara Vell", "Vell", True, "titles do not count, and the surname stands last"),
        ("Amara", "Amara Vell", True, "the first word is the same"),
        ("Vell Bay", "Old Vell Bay Town", False, "inside the other, but neither first nor last is shared"),
        ("forces", "Northern League forces", False, "a bare description names nobody"),
        ("government forces", "government troops and forces", False, "generic words in both"),
        ("forces", "the forces", True, "equal once articles are dropped"),
        ("Karimi", "Kareemi", True, "a spelling variant of one word"),
        ("Sorn", "Sarn", True, "one word of four letters, 0.85 at the least"),
        ("Sor", "Sar", False, "too short for variants"),
        ("Amara Vell", "Amara Voll", True, "two words, 0.92 at the least"),
        ("Amara Vell", "Omar Vall", False, "two words need more likeness than one"),
        ("the", "The", True, "nothing but articles: compared as they are"),
        ("the", "a", False, "nothing but articles, and different ones"),
        ("", "Vell", False, "no name at all"),
    ],
)
def test_same_name(said: str, accepted: str, expected: bool, why: str) -> None:
    assert same_name(said, accepted) is expected, why


@pytest.mark.parametrize(
    ("said", "accepted", "expected", "why"),
    [
        ("withdraw troops from Arvad", "troops withdraw", True, "2 of 4 and 2: Dice 2·2/6"),
        ("withdraw troops from Arvad today", "withdraw soldiers", False, "1 of 5 and 2"),
        ("withdraw all", "withdraw now", True, "exactly half"),
        ("", "", False, "nothing said is nothing shared"),
    ],
)
def test_same_text(said: str, accepted: str, expected: bool, why: str) -> None:
    assert same_text(said, accepted) is expected, why


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        # All six letters are shared, one pair is swapped; three letters at the beginning.
        ("martha", "marhta", 17 / 18 + 0.3 * (1 / 18)),
        # d, i, o, n are shared in order: 4 of 5 and 4 of 8; two letters at the beginning.
        ("dixon", "dicksonx", (4 / 5 + 4 / 8 + 1) / 3 * 0.8 + 0.2),
        # Three letters reach no further than their own place.
        ("abc", "bca", 0.0),
        ("same", "same", 1.0),
        ("", "x", 0.0),
    ],
)
def test_jaro_winkler(a: str, b: str, expected: float) -> None:
    assert jaro_winkler(a, b) == pytest.approx(expected)


def test_half_transpositions_count() -> None:
    # The a lies two places off, out of reach; b, c, d and e match in order.
    assert jaro_winkler("abcde", "bcade") == pytest.approx((4 / 5 + 4 / 5 + 1) / 3)
    # A ring of three letters moved by one is three places out of order: one and a half transpositions.
    a, b = "abcxyzuvw", "bcaxyzuvw"
    assert jaro_winkler(a, b) == pytest.approx((1 + 1 + (9 - 1.5) / 9) / 3)
