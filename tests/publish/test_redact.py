from __future__ import annotations

import msgspec
import pytest

from counterclaim.core.claim import Casualties, Claim
from counterclaim.core.link import Candidate, Link
from counterclaim.core.span import Evidence
from counterclaim.publish.formats import FORMATS, write
from counterclaim.publish.material import Material
from counterclaim.publish.redact import HIDDEN, MASK, PERSON, private, redacted, shown
from tests.publish.factories import demo, material
from tests.reconcile.factories import claim, control, figure, m, report, voice

TEXT = (
    "The dead were Amina Yusuf and two others. Amina was a baker. Her brother, Yusuf the elder, and Omar Deng saw it, Omar Deng said. Colonel Zoba denied it."
)
SENTENCES = ("The dead were Amina Yusuf and two others.", "Her brother, Yusuf the elder, and Omar Deng saw it, Omar Deng said.", "Colonel Zoba denied it.")


def quoted(made: Claim, sentence: str) -> Claim:
    start = TEXT.index(sentence)
    return msgspec.structs.replace(made, evidence=Evidence(start, start + len(sentence), sentence))


def record() -> Material:
    victim = Casualties(who=m("Amina Yusuf"), harm=("killed",), count=figure(1, words="Amina Yusuf"), named=m("Amina Yusuf"), place=m("Kibua"))
    claims = [
        quoted(claim(victim, days="2025-06-10"), SENTENCES[0]),
        quoted(claim(control("Kibua", "the army", "captured"), voice("Omar Deng", source_type="witness"), days="2025-06-10"), SENTENCES[1]),
        quoted(claim(control("Kibua", "the army", "captured"), voice("Ada Zoba", "army"), act="denies", days="2025-06-10"), SENTENCES[2]),
    ]
    told = msgspec.structs.replace(
        report("r1", TEXT, outlet="Daily", published="2025-06-11"), title="Amina Yusuf, 40", url="https://x.example/amina-yusuf-killed", source="/home/me/a.txt"
    )
    links = [Link("r1", "Amina Yusuf", "actor", Candidate("Amina Yusuf", "abc", 1.0), "made up")]
    return material(claims, [told], links)


def test_exactly_victims_and_witnesses_are_private() -> None:
    assert private(record()) == {"Amina Yusuf", "Omar Deng"}


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ("AMINA YUSUF and amina-yusuf", f"{HIDDEN} and {HIDDEN}"),
        ("Amina's flour", f"{HIDDEN}'s flour"),
        ("Yusufabad", "Yusufabad"),
        ("actor:omar_deng", f"actor:{HIDDEN}"),
        ("omar of the hills", "omar of the hills"),
        ("Yusuf Amina", HIDDEN),
        ("Amína Yúsuf", HIDDEN),
    ],
)
def test_how_a_name_is_found(words: str, left: str) -> None:
    made = record()
    told = msgspec.structs.replace(made.reports[0], title=words)
    assert redacted(msgspec.structs.replace(made, reports=(told,))).reports[0].title == left


@pytest.mark.parametrize(
    ("why", "made", "found"),
    [
        ("a witness", claim(control("Kibua", "army"), voice("Omar Deng", source_type="witness")), {"Omar Deng"}),
        ("a source without an office", claim(control("Kibua", "army"), voice("Omar Deng")), {"Omar Deng"}),
        ("with a title before the name", claim(control("Kibua", "army"), voice("Dr Omar Deng")), {"Omar Deng"}),
        ("a spokesman", claim(control("Kibua", "army"), voice("Omar Deng", "army")), set()),
        ("an official", claim(control("Kibua", "army"), voice("Omar Deng", source_type="official")), set()),
        ("an actor of the table", claim(control("Kibua", "army"), voice("United Nations", source_type="unnamed")), set()),
        ("a description", claim(control("Kibua", "army"), voice("two residents", source_type="witness")), set()),
        ("an article before it", claim(control("Kibua", "army"), voice("The Relief Desk")), set()),
        ("the outlet itself", claim(control("Kibua", "army"), voice("Daily Post"), outlet="Daily Post"), set()),
        ("a group that was harmed", claim(Casualties(who=m("nine civilians"), harm=("killed",), count=figure(9))), set()),
        ("a victim who spoke for a side is judged by the table alone", claim(Casualties(who=(), harm=("killed",), named=m("Amina Yusuf"))), {"Amina Yusuf"}),
    ],
)
def test_who_is_private(why: str, made: Claim, found: set[str]) -> None:
    assert private(material([made], [report("r1")])) == found, why


def test_an_office_anywhere_in_the_record_makes_a_name_public() -> None:
    claims = [
        claim(control("Kibua", "army"), voice("Omar Deng", source_type="unnamed")),
        claim(control("Sake", "army"), voice("Omar Deng", "army"), sentence=1),
    ]
    assert private(material(claims, [report("r1")])) == set()


def test_names_and_their_parts_are_gone_from_every_export() -> None:
    made = redacted(record())
    for name in FORMATS.keys() - {"parquet"}:
        for path, data in write(made, name).files.items():  # type: ignore[arg-type]
            text = data.decode("utf-8", "replace").casefold()
            assert not [one for one in ("amina", "yusuf", "omar", "deng", "/home/me") if one in text], (name, path)


def test_in_quotations_a_mark_stands_for_the_name_and_elsewhere_the_same_words() -> None:
    made = redacted(record())
    quotes = sorted(one.evidence.quote for one in made.claims)
    assert quotes[1:] == [f"Her brother, {HIDDEN} the elder, and {HIDDEN} saw it, {HIDDEN} said.", f"The dead were {HIDDEN} and two others."]
    (victim,) = [one.proposition for one in made.claims if isinstance(one.proposition, Casualties)]
    assert [one.words for one in victim.named] == [PERSON]
    assert {one.chain[-1].name for one in made.claims} == {"Daily", PERSON, "Ada Zoba"}
    assert made.reports[0].title == f"{HIDDEN}, 40"
    assert (made.reports[0].url, made.reports[0].source) == (None, None)


def test_offsets_still_find_each_sentence() -> None:
    made = redacted(record())
    text = made.reports[0].text
    assert len(text) == len(TEXT)
    assert MASK in text
    assert all(shown(one.evidence.span.of(text)) == one.evidence.quote for one in made.claims)


def test_twice_is_once_and_a_record_without_private_names_stays() -> None:
    made = redacted(record())
    assert redacted(made) == made
    plain = material([claim(control("Kibua", "army"))], [report("r1", "x" * 120)])
    assert redacted(plain) == msgspec.structs.replace(plain, is_redacted=True)


def test_the_demo_keeps_its_shape() -> None:
    before, after = demo(), redacted(demo())
    assert [one.key for one in after.claims] == [one.key for one in before.claims]
    assert "Furaha Mapendo" in private(before)
    assert "Patrice Rwema" not in private(before)
    assert all("Mapendo" not in one.evidence.quote for one in after.claims)
    assert all(shown(one.evidence.span.of(text)) == one.evidence.quote for one in after.claims for text in [_text(after, one.report)])


def _text(made: Material, name: str) -> str:
    return next(one.text for one in made.reports if one.id == name)
