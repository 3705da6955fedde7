from __future__ import annotations

import datetime as dt

from counterclaim.core.judgement import Decision, Judgement
from counterclaim.reconcile.decisions import pairs, standing_judgements

NOON = dt.datetime(2025, 6, 12, 12, tzinfo=dt.UTC)


def judged(key: str, about: str, decision: Decision, value: str | None = None, *, hours: int = 0) -> Judgement:
    return Judgement(key=key, about=about, decision=decision, by="Ada", at=NOON + dt.timedelta(hours=hours), value=value)


def test_the_latest_stands_first_and_the_withdrawn_is_gone() -> None:
    first, second = judged("j1", "a", "merge", "b"), judged("j2", "a", "merge", "c", hours=1)
    assert [one.key for one in standing_judgements([first, second])] == ["j2", "j1"]
    assert [one.key for one in standing_judgements([judged("j3", "j2", "withdraw", hours=2), second, first])] == ["j1"]


def test_the_later_decision_on_a_pair_counts_whichever_way_round_it_was_put() -> None:
    merge, split = judged("j1", "a", "merge", "b"), judged("j2", "b", "split", "a", hours=1)
    assert [(one.a, one.b, one.is_merge) for one in pairs([merge, split])] == [("a", "b", False)]
    assert [one.is_merge for one in pairs([merge, split, judged("j3", "j2", "withdraw", hours=2)])] == [True]


def test_what_is_no_pair_is_passed_over() -> None:
    assert pairs([judged("j1", "a", "merge"), judged("j2", "a", "merge", "a"), judged("j3", "a", "comment", "b")]) == []
