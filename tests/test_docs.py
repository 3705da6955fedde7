"""The reference pages say what there is: those made from the code are up to date, and the codebooks' table is the one that is measured."""

from __future__ import annotations

import inspect
import re
import runpy
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest

from counterclaim import errors
from counterclaim.commands.shared import app
from counterclaim.config import Settings
from counterclaim.core.claim import KEY_SLOTS, KINDS
from counterclaim.core.finding import Standing
from counterclaim.errors import CounterclaimError
from evaluation.plover_table import table_rows

ROOT = Path(__file__).resolve().parent.parent
REFERENCE = ROOT / "docs" / "reference"
SCRIPT: dict[str, Any] = runpy.run_path(str(ROOT / "scripts" / "kinds"))
MAKER: dict[str, Any] = runpy.run_path(str(ROOT / "scripts" / "reference"))
# ACLED's sub-event types by event type (codebook 2023) that a kind of ours may become.
ACLED = {
    "Battles": ("Government regains territory", "Non-state actor overtakes territory", "Armed clash"),
    "Protests": ("Excessive force against protesters", "Protest with intervention", "Peaceful protest"),
    "Riots": ("Violent demonstration", "Mob violence"),
    "Explosions/Remote violence": (
        "Chemical weapon",
        "Air/drone strike",
        "Suicide bomb",
        "Shelling/artillery/missile attack",
        "Remote explosive/landmine/IED",
        "Grenade",
    ),
    "Violence against civilians": ("Sexual violence", "Attack", "Abduction/forced disappearance"),
    "Strategic developments": (
        "Agreement",
        "Arrests",
        "Change to group/activity",
        "Disrupted weapons use",
        "Headquarters or base established",
        "Looting/property destruction",
        "Non-violent transfer of territory",
        "Other",
    ),
}


def page(name: str) -> str:
    return (REFERENCE / name).read_text(encoding="utf-8")


@pytest.mark.parametrize(("name", "made"), SCRIPT["pages"]().items())
def test_the_pages_of_the_kinds_are_up_to_date(name: str, made: str) -> None:
    assert page(f"kinds/{name}") == made, "run scripts/kinds"


@pytest.mark.parametrize(("name", "made"), MAKER["pages"]().items())
def test_the_reference_and_the_index_are_up_to_date(name: str, made: str) -> None:
    assert (ROOT / "docs" / name).read_text(encoding="utf-8") == made, "run scripts/reference"


@pytest.mark.parametrize(("name", "info"), sorted(MAKER["walk"](app)))
def test_every_command_says_what_it_does_with_an_example_and_all_its_options(name: str, info: Any) -> None:
    parameters = [one for one in inspect.signature(info.callback).parameters.values() if "Context" not in str(one.annotation)]
    rows = list(MAKER["parameters"](info.callback))
    assert len(rows) == len(parameters)
    assert all(help_text for _, _, help_text, _ in rows)
    assert MAKER["_help"](info)
    assert f"`counterclaim {name}" in (info.epilog or "")


def test_every_setting_and_error_says_what_it_is() -> None:
    assert set(MAKER["described"]()) == set(Settings.__struct_fields__)
    family = list(MAKER["family"](CounterclaimError))
    assert {one.__name__ for one in family} == {
        name for name, value in vars(errors).items() if isinstance(value, type) and issubclass(value, CounterclaimError)
    }
    assert all(one.__doc__ for one in family)


def test_every_standing_has_its_row() -> None:
    [table] = re.findall(r"\| standing \| when \|\n\|---\|---\|\n((?:\|.*\n)+)", page("findings.md"))
    assert {row.split(" | ")[0].removeprefix("| ") for row in table.splitlines()} == set(get_args(Standing))


def test_there_is_a_page_for_every_kind_and_no_other() -> None:
    assert {path.stem for path in (REFERENCE / "kinds").glob("*.md")} == {*KINDS, "README"}
    assert all(f"]({kind}.md)" in page("kinds/README.md") for kind in KINDS)


def _values(hint: Any) -> set[str]:
    return {value for part in get_args(hint) for value in (_values(part) or ({part} if isinstance(part, str) else set()))}


@pytest.mark.parametrize("kind", KINDS)
def test_every_slot_and_value_is_documented(kind: str) -> None:
    cls, text = KINDS[kind], page(f"kinds/{kind}.md")
    hints = get_type_hints(cls)
    for field, written in zip(cls.__struct_fields__, cls.__struct_encode_fields__, strict=True):
        [row] = re.findall(rf"^\| ★?`{written}` \|.*$", text, re.MULTILINE)
        assert (f"★`{written}`" in row) == (written in KEY_SLOTS[kind])
        assert all(f"`{value}`" in row for value in _values(hints[field]))


@pytest.mark.parametrize("kind", KINDS)
def test_every_page_has_its_parts_and_three_cases(kind: str) -> None:
    text = page(f"kinds/{kind}.md")
    for heading in ("What it captures", "What it does not", "Example", "Slots", "Words", "Cases"):
        assert re.search(rf"^## {heading}\n\n\S", text, re.MULTILINE), heading
    assert text.count("```json\n") == 3


def test_the_table_of_codebooks_is_the_one_that_is_measured() -> None:
    [table] = re.findall(r"\| kind \| when \| root \|\n\|---\|---\|---\|\n((?:\|.*\n)+)", page("codebooks.md"))
    assert table.splitlines() == list(table_rows())


def test_every_kind_has_its_row_of_acled_and_ucdp() -> None:
    [table] = re.findall(r"\| kind \| ACLED \| UCDP GED \|\n\|---\|---\|---\|\n((?:\|.*\n)+)", page("codebooks.md"))
    assert [row.split(" | ")[0].removeprefix("| ") for row in table.splitlines()] == list(KINDS)


def test_every_sub_event_type_of_acled_is_spoken_of() -> None:
    text = " ".join(page("codebooks.md").split())
    missing = [f"{event}: {sub}" for event, subs in ACLED.items() for sub in subs if event not in text or sub not in text]
    assert not missing
