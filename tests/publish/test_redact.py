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


def killed(name: str) -> Claim:
    return claim(Casualties(who=m(name), harm=("killed",), count=figure(1, words=name), named=m(name)))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("President Omar Deng was killed.", set()),
        ("Omar Deng, the country's defence minister, was killed.", set()),
        ("Omar Deng, a commander of the front, was killed.", set()),
        ("The rebel leader Omar Deng was killed.", set()),
        ("Minister of Defence Omar Deng was killed.", set()),
        ("Omar Deng was killed, said President Amina Yusuf.", {"Omar Deng"}),
        ("Omar Deng, the governor said, was killed.", {"Omar Deng"}),
        ("Omar Deng, a cousin of the president, was killed.", {"Omar Deng"}),
        ("Omar Deng, the president's cousin, was killed.", {"Omar Deng"}),
        ("The president's cousin Omar Deng was killed.", {"Omar Deng"}),
        ("According to the governor, Omar Deng, a baker, was killed.", {"Omar Deng"}),
        ("He told the minister Omar Deng had died.", {"Omar Deng"}),
        ("Sergeant Omar Deng was killed.", {"Omar Deng"}),
        ("Doctor Omar Deng was killed.", {"Omar Deng"}),
    ],
)
def test_a_victim_whom_a_text_gives_an_office_is_public(text: str, found: set[str]) -> None:
    assert private(material([killed("Omar Deng")], [report("r1", text)])) == found


def test_a_speaker_is_public_by_an_office_before_a_comma_and_a_name_by_its_own_title() -> None:
    speaks = claim(control("Kibua", "army"), voice("Omar Deng"))
    assert private(material([speaks], [report("r1", "The governor, Omar Deng, said so.")])) == set()
    assert private(material([killed("Commander Omar Deng of the Front")], [report("r1")])) == set()
    assert private(material([killed("Dr Omar Deng of Kibua")], [report("r1")])) == {"Omar Deng"}


def test_a_place_and_a_body_are_nobodys_names() -> None:
    place = Link("r1", "Wad Madani", "place", Candidate("Wad Medani", "geo:1", 1.0), "made up")
    assert private(material([killed("Wad Madani")], [report("r1")], [place])) == set()
    speaks = claim(control("Kibua", "army"), voice("Quiet Lantern"))
    assert private(material([speaks], [report("r1", "The Quiet Lantern said so. It was the Quiet Lantern.")])) == set()
    assert private(material([speaks], [report("r1", "Quiet Lantern said so.")])) == {"Quiet Lantern"}


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Christian", set()),
        ("Muslims", set()),
        ("Ugandans", set()),
        ("Dozens", set()),
        ("SSCBC", set()),
        ("Kibua Medical College", set()),
        ("Voters Against Violence", set()),
        ("Fr", set()),
        ("Fr Omar Deng", {"Omar Deng"}),
        ("Peruvian-born Bishop-elect Omar Deng", {"Omar Deng"}),
        ("Rep. Omar Deng", set()),
    ],
)
def test_faiths_nations_and_bodies_are_nobodys_names_and_titles_are_no_part_of_one(name: str, found: set[str]) -> None:
    assert private(material([killed(name)], [report("r1")])) == found


def test_a_common_word_in_a_name_is_not_hidden_by_itself() -> None:
    text = "Christian Deng was killed. Deng was a Christian. Christian groups mourned."
    made = redacted(material([killed("Christian Deng")], [report("r1", text)]))
    assert shown(made.reports[0].text) == f"{HIDDEN} was killed. {HIDDEN} was a Christian. Christian groups mourned."


def test_a_public_name_is_shown_in_full_beside_a_private_one_that_shares_a_part() -> None:
    text = "Amina Deng was killed. President Omar Deng mourned Amina. Omar Deng left."
    made = redacted(material([killed("Amina Deng"), claim(control("Kibua", "army"), voice("Omar Deng", "army"))], [report("r1", text)]))
    assert shown(made.reports[0].text) == f"{HIDDEN} was killed. President Omar Deng mourned {HIDDEN}. Omar Deng left."


def test_a_person_of_two_spellings_is_public_under_both_or_neither() -> None:
    links = [Link("r1", words, "actor", Candidate("Omar Deng", "k1", 1.0), "made up") for words in ("Omar Deng", "Umar Deng")]
    claims = [killed("Umar Deng"), claim(control("Kibua", "army"), voice("Omar Deng", "army"), sentence=1)]
    assert private(material(claims, [report("r1")], links)) == set()
    assert private(material([claims[0]], [report("r1")], links)) == {"Umar Deng", "Omar Deng"}


def test_tolls_of_persons_hide_them_too() -> None:
    made = redacted(record())
    assert made.tolls["acled"]
    assert not [one for of in made.tolls.values() for tolls in of.values() for toll in tolls for one in toll.question.values() if one and "Amina" in one]


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
