"""FollowTheMoney statements, read back by followthemoney itself."""

from __future__ import annotations

import io
from collections import defaultdict
from typing import Any

import pytest

from counterclaim.publish.formats import write
from counterclaim.publish.ftm import DATASET, event_id
from counterclaim.publish.material import Material
from tests.publish.factories import demo, figure, shelling

pytest.importorskip("followthemoney", reason="followthemoney is not installed: pip install -r tests/standards.txt")
from followthemoney.dataset import Dataset
from followthemoney.statement import StatementEntity
from followthemoney.statement.serialize import read_json_statements


def read(found: Material) -> list[Any]:
    return list(read_json_statements(io.BytesIO(write(found, "ftm").files[""])))


def entities(statements: list[Any]) -> dict[str, Any]:
    by_entity: defaultdict[str, list[Any]] = defaultdict(list)
    for one in statements:
        by_entity[one.canonical_id].append(one)
    dataset = Dataset.make({"name": DATASET, "title": DATASET})
    return {name: StatementEntity.from_statements(dataset, of) for name, of in by_entity.items()}


def test_every_statement_has_the_id_and_type_followthemoney_gives_it() -> None:
    for one in read(demo()):
        if one.prop != "id":
            assert one.id == one.generate_key()


def test_every_value_is_one_its_type_would_keep() -> None:
    statements = read(demo())
    made = entities(statements)
    wrong = []
    for one in statements:
        if one.prop != "id":
            prop = made[one.canonical_id].schema.get(one.prop)
            assert prop is not None, (one.schema, one.prop)
            assert prop.type.name == one.prop_type
            wrong += [(one.prop, one.value)] if prop.type.clean(one.value) != one.value else []
    assert wrong == []


def test_entities_are_valid_by_their_schemas() -> None:
    for one in entities(read(demo())).values():
        one.schema.validate(one.to_dict())


def test_the_hash_of_an_entity_is_followthemoneys_own() -> None:
    for name, one in entities(read(demo())).items():
        (own,) = [row.value for row in read_of(demo(), name) if row.prop == "id"]
        assert [row.value for row in one.statements if row.prop == "id"] == [own]


def read_of(found: Material, name: str) -> list[Any]:
    return [one for one in _all(found) if one.canonical_id == name]


_KEPT: list[Any] = []


def _all(found: Material) -> list[Any]:
    if not _KEPT:
        _KEPT.extend(read(found))
    return _KEPT


def test_a_denial_is_no_value_and_each_value_names_its_claim() -> None:
    made = shelling(counts=[("Harrow", figure(9))], denied_by="the rebels")
    (story,) = made.stories
    rows = [one for one in read(made) if one.canonical_id == event_id(story.key) and one.prop != "id"]
    keys = {f"claim:{claim.key}" for claim in made.claims}
    assert {one.origin for one in rows} == keys
    denied = next(f"claim:{claim.key}" for claim in made.claims if claim.act == "denies")
    assert {one.prop for one in rows if one.origin == denied} == {"proof", "description"}
    assert {one.value for one in rows if one.prop == "location"} == {"Kibua"}
