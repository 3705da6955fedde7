"""The commands by which a person judges the record, as a user runs them one after another."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import pytest

from counterclaim.cli import main

COMMANDS = ("accept", "reject", "correct", "add", "grade", "comment", "merge", "split", "undo", "review")
PAGE = (
    "Title: Rebels take river town\nOutlet: Harrow Wire\nPublished: 2024-03-04\n\n"
    "Rebels captured the town of Arvad on Sunday, the governor said. The bridge [red]north\x1b[31m of it is gone. Three soldiers were killed, the army said.\n"
)


class Run(Protocol):
    """Runs a command, and gives its status with what it wrote to standard output and standard error."""

    def __call__(self, *words: str) -> Done: ...


class Done(NamedTuple):
    """How a command ended."""

    status: int
    out: str
    err: str


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Commands in a folder with a report read, whose settings name Ada."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("COUNTERCLAIM_RECORD", raising=False)
    for name, value in (("COLUMNS", "200"), ("COUNTERCLAIM_SETTINGS", "settings.toml"), ("COUNTERCLAIM_GAZETTEERS", "gazetteers")):
        monkeypatch.setenv(name, value)

    def ran(*words: str) -> Done:
        with pytest.raises(SystemExit) as ended:
            main(list(words))
        return Done(int(ended.value.code or 0), *capsys.readouterr())

    (tmp_path / "settings.toml").write_text('reader = "rules"\nby = "Ada"\n', encoding="utf-8")
    (tmp_path / "page.txt").write_text(PAGE, encoding="utf-8")
    assert ran("read", "page.txt").status == 0
    return ran


def _claims(run: Run) -> dict[str, dict[str, Any]]:
    """The claims by kind."""
    found = [json.loads(line) for line in run("claims", "--json").out.splitlines()]
    return {one["proposition"]["kind"]: one for one in found}


def test_a_claim_is_rejected_corrected_and_given_back(run: Run) -> None:
    about = _claims(run)["control"]
    done = run("reject", about["key"][:8], "--reason", "a rumour")
    assert done.status == 0, done.err
    assert f"reject {about['key']} (a rumour), by Ada; to take it back: counterclaim undo" in done.out
    assert "control" not in _claims(run)
    assert run("undo").out.startswith(f"Ada took back: reject {about['key']} (a rumour), by Ada")
    assert _claims(run)["control"] == about
    made = json.loads(run("correct", about["key"], "holder=Rebels=Free Army", "when=2024-03-03", "--by", "Bo", "--json").out)
    assert (made["decision"], made["by"], made["anchor"]["kind"]) == ("correct", "Bo", "control")
    now = _claims(run)["control"]
    assert (now["key"], now["proposition"]["holder"][0]["name"]) == (about["key"], "Free Army")
    assert "by Bo, " in run("why", about["key"]).out
    assert "corrected" in run("review", "--report", "page").out


def test_a_missed_claim_is_added_and_its_sentence_is_silent_no_more(run: Run) -> None:
    shown = run("review", "--report", "page")
    assert "sentences that gave no claim" in shown.out
    assert "[red]north" in shown.out
    assert "\x1b" not in shown.out
    done = run("add", "page", "--words", "The bridge", "--kind", "attack", "target=The bridge")
    assert done.status == 0, done.err
    assert _claims(run)["attack"]["because"] == "added by Ada"
    [review] = [json.loads(line) for line in run("review", "--json").out.splitlines()]
    assert [one["state"] for one in review["reviewed"]].count("added") == 1
    text = PAGE.partition("\n\n")[2]
    assert not any("bridge" in text[span["start"] : span["end"]] for span in review["silent"])


def test_an_offer_is_added_and_corrected_with_who_is_to_do_what_and_where(run: Run) -> None:
    done = run("add", "page", "--words", "The bridge", "--kind", "offer", "by=the governor", "asks=captured; who: Rebels=Free Army; where: Arvad; killed")
    assert done.status == 0, done.err
    offer = _claims(run)["offer"]
    first, second = offer["proposition"]["asks"]
    assert (first["act"], first["party"]["name"], [one["words"] for one in first["places"]]) == ("captured", "Free Army", ["Arvad"])
    assert (second["act"], second.get("party")) == ("killed", None)
    done = run("correct", offer["key"], "asks=captured; where: Arvad\nkilled; who: Three soldiers")
    assert "asks was captured [Rebels (Free Army), Arvad], killed, is captured [Arvad], killed [Three soldiers]" in done.out
    assert [one.get("party", {}).get("words") for one in _claims(run)["offer"]["proposition"]["asks"]] == [None, "Three soldiers"]


def test_sources_are_graded_actors_split_and_judgements_adrift_listed(run: Run) -> None:
    assert "grade outlet:Harrow Wire (B), by Ada" in run("grade", "Harrow Wire", "B").out
    about = _claims(run)["casualties"]
    for words in (("accept", about["key"]), ("grade", about["key"], "C3"), ("comment", "page", "[bold]see map")):
        done = run(*words)
        assert done.status == 0, done.err
    assert "every judgement fits a claim" in run("review", "--adrift").err
    assert run("read", "page.txt", "--reader", "trained").status == 0
    adrift = [json.loads(line) for line in run("review", "--adrift", "--json").out.splitlines()]
    found = [one for line in run("review", "--json").out.splitlines() for one in json.loads(line)["reviewed"]]
    # Every judgement either stands by a claim or is adrift, and none is lost.
    assert len(adrift) + sum(len(one["judgements"]) for one in found) == 2


def test_what_is_refused_is_one_line_with_a_remedy(run: Run) -> None:
    key = _claims(run)["control"]["key"]
    for words, status, reason in (
        (("accept", "zz"), 4, "no claim 'zz'; `counterclaim review` and `claims --json` show keys"),
        (("correct", key, "holder"), 9, "'holder': expected SLOT=VALUE"),
        (("correct", key, "place=a", "place=b"), 9, "place is given twice"),
        (("correct", key, "quote=x"), 9, "the evidence is the report's own words"),
        (("add", "page", "--words", "no bridge", "--kind", "attack", "target=x"), 9, "does not stand in report page"),
        (("grade", key, "Z9"), 9, "expected a letter A to F"),
        (("merge", "nobody", "noone"), 4, "nobody is called so"),
        (("undo",), 4, "Ada has no judgement in the record that stands"),
    ):
        done = run(*words)
        assert (done.status, "Traceback" in done.err) == (status, False), done.err
        assert reason in done.err


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself_with_an_example(command: str, run: Run) -> None:
    done = run(command, "--help")
    assert done.status == 0
    assert f"counterclaim {command}" in done.out.split("Example")[1]
