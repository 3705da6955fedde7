"""Learned triggers and roles become drafts in the words of the text."""

from __future__ import annotations

from counterclaim.core.claim import Answer, Attack, Casualties, Control, Demand
from counterclaim.extract.heads import find
from tests.extract.scenes import scene, trigger


def drafts(text: str, *args: object, **kwargs: object) -> list[object]:
    return [draft.proposition for _, draft in find(scene(text, trigger(text, *args, **kwargs)))]  # type: ignore[arg-type]


def test_a_bomb_carries_out_no_attack() -> None:
    text = "A roadside bomb struck a police van in Tank Khel on Tuesday."
    (said,) = drafts(text, "attack", "struck", ("actor", "bomb"), ("target", "van"), ("place", "Khel"))
    assert isinstance(said, Attack)
    assert said.actor == ()
    assert [m.words for m in said.target] == ["a police van"]
    assert [m.words for m in said.place] == ["Tank Khel"]


def test_where_somebody_stands_is_no_part_of_who_he_is() -> None:
    text = "A school bus was attacked by gunmen near Birnin Yero."
    (said,) = drafts(text, "attack", "attacked", ("actor", "gunmen"), ("target", "bus"))
    assert isinstance(said, Attack)
    assert [m.words for m in said.actor] == ["gunmen"]


def test_the_triggers_own_figure_counts_a_shared_phrase() -> None:
    text = "Five policemen were killed and 12 wounded in the blast."
    (said,) = drafts(text, "casualties", "wounded", ("who", "policemen"), ("count", "12"), values=("harm=wounded",))
    assert isinstance(said, Casualties)
    assert said.harm == ("wounded",)
    assert said.count is not None
    assert (said.count.low, said.count.high) == (12, 12)


def test_one_person_counts_one_and_people_count_nothing_certain() -> None:
    text = "The shelling killed a teacher and wounded residents."
    (one,) = drafts(text, "casualties", "killed", ("who", "teacher"), values=("harm=killed",))
    (many,) = drafts(text, "casualties", "wounded", ("who", "residents"), values=("harm=wounded",))
    assert isinstance(one, Casualties)
    assert isinstance(many, Casualties)
    assert one.count is not None
    assert many.count is not None
    assert (one.count.low, one.count.high) == (1, 1)
    assert many.count.is_vague


def test_a_harm_the_word_itself_names_is_never_another() -> None:
    text = "Sixty people are still missing."
    (said,) = drafts(text, "casualties", "missing", ("who", "people"), ("count", "Sixty"), values=("harm=killed",))
    assert isinstance(said, Casualties)
    assert "missing" in said.harm


def test_what_is_asked_is_told_without_who_is_to_do_it() -> None:
    text = "The council said that the army must leave the valley at once."
    (said,) = drafts(text, "demand", "must", ("by", "council"), ("to", "army"), ("acts", "leave"))
    assert isinstance(said, Demand)
    assert said.acts == ("leave the valley at once",)


def test_whoever_welcomes_is_the_origin_of_the_answer() -> None:
    text = "The envoy welcomed the truce."
    found = list(find(scene(text, trigger(text, "answer", "welcomed", ("by", "envoy"), values=("value=supports",)))))
    assert isinstance(found[0][1].proposition, Answer)
    assert found[0][1].performer is not None
    assert found[0][1].performer.words == "The envoy"


def test_a_role_read_with_doubt_is_left_open() -> None:
    text = "Rebels captured the town."
    doubtful = trigger(text, "control", "captured", ("place", "town"), values=("change=captured",))
    doubtful = type(doubtful)(doubtful.word, doubtful.kind, doubtful.score, tuple(type(r)(r.slot, r.word, 0.3) for r in doubtful.roles), doubtful.values)
    (said,) = [draft.proposition for _, draft in find(scene(text, doubtful))]
    assert isinstance(said, Control)
    assert said.place == ()
