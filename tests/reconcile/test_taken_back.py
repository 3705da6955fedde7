from __future__ import annotations

import msgspec
import pytest

from counterclaim.core.claim import Casualties, Claim, Harm
from counterclaim.core.codec import claim_key
from counterclaim.core.report import Report
from counterclaim.core.span import Evidence
from counterclaim.core.story import Retelling, Version
from counterclaim.reconcile.context import context
from counterclaim.reconcile.taken_back import taken_back
from tests.reconcile.factories import claim, figure, m, report


def count(number: int, name: str = "r1", *, outlet: str = "Daily", harm: Harm = "killed", at: tuple[int, int] = (0, 10)) -> Claim:
    made = claim(Casualties(who=m("people"), harm=(harm,), count=figure(number)), "Ada", report=name, outlet=outlet)
    made = msgspec.structs.replace(made, evidence=Evidence(*at, "made up"))
    return msgspec.structs.replace(made, key=claim_key(made))


def correction(words: str, day: str = "2025-06-12") -> Report:
    return report("r2", words, outlet="Daily", published=day)


FIRST = report("r1", "The first report.", outlet="Daily", published="2025-06-10")


@pytest.mark.parametrize(
    ("words", "made", "is_gone"),
    [
        ("Daily withdraws the figure of 26 dead.", count(26), True),
        ("Daily withdraws its earlier figure of five dead.", count(5), True),
        ("The paper retracts the claim of 26 killed in Kibua.", count(26), True),
        ("The toll of 26 was wrong.", count(26), True),
        ("Daily corrects the number of 1,026 dead to 26.", count(1026), True),
        ("Daily corrects the number of 1,026 dead to 26.", count(26), False),
        ("Daily withdraws the figure of 26 dead.", count(26, harm="wounded"), False),
        ("Daily withdraws the figure of 26 dead.", count(27), False),
        ("Daily withdraws the figure of 26 dead.", count(26, outlet="Post"), False),
        ("The army withdrew from 26 posts, a report said.", count(26), False),
        ("The army withdraws its 26 guns.", count(26), False),
        ("A later report gives 26 dead.", count(26), False),
    ],
)
def test_a_figure_an_outlet_takes_back_in_a_sentence(words: str, made: Claim, is_gone: bool) -> None:
    reports = [msgspec.structs.replace(FIRST, outlet=made.chain[0].name), correction(words)]
    assert (made.key in taken_back(context([made], reports)).withdrawn) == is_gone


def test_what_was_printed_after_the_correction_or_long_before_stands() -> None:
    made = count(26)
    for day in ("2025-06-09", "2025-08-01"):
        assert not taken_back(context([made], [FIRST, correction("Daily withdraws the figure of 26 dead.", day)])).withdrawn


def test_the_sentence_that_takes_back_and_what_it_tells_again_count_for_nothing() -> None:
    words = "We said that 26 people died. Daily withdraws the figure of 26 dead. " + "Much later. " * 40 + "In Sake 26 people died."
    again, itself, other = (count(26, "r2", at=(words.index(one), words.index(one) + 5)) for one in ("We said", "Daily", "In Sake"))
    assert taken_back(context([again, itself, other], [correction(words)])).withdrawn == {again.key, itself.key}


def test_what_a_later_version_says_otherwise_is_replaced_and_what_it_drops_is_not() -> None:
    one, other, gone, heir = count(26), count(27), count(28), count(22, "r2")
    version = Version(
        older="r1",
        newer="r2",
        ground="title",
        overlap=0.9,
        because="made up",
        claims=(
            Retelling(one.key, "superseded", "said otherwise", heir.key),
            Retelling(other.key, "superseded", "its sentence is gone"),
            Retelling(gone.key, "withdrawn", "taken back"),
        ),
    )
    found = taken_back(context([one, other, gone, heir], [FIRST]), [version])
    assert (set(found.withdrawn), found.replaced) == ({gone.key}, {one.key: heir.key})
