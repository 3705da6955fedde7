"""A line that says who speaks gives the paragraphs after it to that voice."""

from __future__ import annotations

from counterclaim.core.claim import Claim
from tests.reading import reading

STATEMENT = (
    "Envoy Tara Quist welcomes the release of the crew.\n\nSpeaking today, Envoy Quist said:\n\n"
    "I welcome the release of the crew of the Mary Ann. All parties must respect the truce.\n\n"
    "We know that the army has bombed the port of Kesh."
)


def chains(text: str) -> list[tuple[str, list[str | None]]]:
    return [(c.evidence.quote, names(c)) for c in reading(text, reader="trained", outlet="Wire").claims]


def names(claim: Claim) -> list[str | None]:
    return [v.name for v in claim.chain]


def test_the_words_after_the_line_are_the_speakers_to_the_end() -> None:
    after = [voices for quote, voices in chains(STATEMENT) if quote.startswith(("All parties", "We know"))]
    assert after
    assert all(voices[1] is not None and "Quist" in voices[1] for voices in after)


def test_i_and_we_of_the_statement_are_no_further_voice() -> None:
    assert all(voices[-1] not in ("I", "We") for _, voices in chains(STATEMENT))


def test_facts_after_a_colon_are_nobodys_statement() -> None:
    text = "The ministry reported:\n\nThe army attacked the port of Kesh on Monday.\n\nThe rebels attacked the mill."
    assert all(len(voices) == 1 for quote, voices in chains(text) if quote.startswith("The rebels"))
