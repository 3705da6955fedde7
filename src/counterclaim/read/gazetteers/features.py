"""GeoJSON feature collections to rows: the properties of each feature and a point for it, one feature in memory at a time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

import msgspec

from counterclaim.errors import GazetteerError
from counterclaim.read.gazetteers.files import unpacked
from counterclaim.read.gazetteers.points import inside
from counterclaim.read.gazetteers.tables import Cells, words_of

LARGEST = 24 * 1024 * 1024
"""The largest feature, in bytes: a coast drawn to the metre has some ten million, and takes six times that once read."""
_READ = 1024 * 1024
_FEATURES = re.compile(rb'"features"\s*:\s*\[')
# Strings whole, so that braces in them are passed over; a lone quotation mark is a string that goes on in what was not read yet.
_TOKEN = re.compile(rb'"(?:[^"\\]|\\.)*"|["{}]', re.DOTALL)


class Geometry(msgspec.Struct, frozen=True):
    """What is drawn of a feature."""

    type: str
    coordinates: msgspec.Raw = msgspec.Raw(b"[]")


class Feature(msgspec.Struct, frozen=True):
    """A feature with what is said of it."""

    properties: dict[str, Any] | None = None
    geometry: Geometry | None = None


def feature_rows(path: Path) -> Iterator[Cells]:
    """The features of a collection, numbered from one."""
    with unpacked(path) as (file, _):
        for number, (at, data) in enumerate(_features(path, file), 1):
            if data is None:
                yield Cells(number, at, {}, "the file ends in the middle of it")
                continue
            try:
                feature = msgspec.json.decode(data, type=Feature)
                point = _point(feature.geometry)
            except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
                yield Cells(number, at, {}, f"it is no feature: {error}")
                continue
            yield Cells(number, at, {name: words_of(value) for name, value in (feature.properties or {}).items()}, point=point)


def _point(geometry: Geometry | None) -> tuple[float, float] | None:
    """Latitude and longitude of a point inside the largest part of what is drawn; nothing where it has no area."""
    if geometry is None:
        return None
    if geometry.type == "Point":
        lon, lat, *_ = (*msgspec.json.decode(geometry.coordinates, type=list[float]), float("nan"), float("nan"))
        return lat, lon
    if geometry.type == "Polygon":
        return inside([msgspec.json.decode(geometry.coordinates, type=list[list[list[float]]])])
    if geometry.type == "MultiPolygon":
        return inside(msgspec.json.decode(geometry.coordinates, type=list[list[list[list[float]]]]))
    return None


def _features(path: Path, file: IO[bytes]) -> Iterator[tuple[int, bytes | None]]:
    """The bytes of each feature with those of the file up to its end; none for one that is cut off."""
    data = file.read(_READ)
    head = _FEATURES.search(data)
    if not head:
        raise GazetteerError(f"{path}: expected a GeoJSON FeatureCollection, there is JSON without features in its first MiB")
    data, behind = data[head.end() :], head.end()
    depth = start = at = 0
    while True:
        token = _TOKEN.search(data, at)
        if token is None or token[0] == b'"':
            at = len(data) if token is None else token.start()
            if not depth and b"]" in data[start:at]:
                return
            more = file.read(_READ)
            if not more:
                yield behind + len(data), None
                return
            # What was a feature is let go; what may become one is kept.
            keep = start if depth else at
            data, at, behind, start = data[keep:] + more, at - keep, behind + keep, 0
            if len(data) > LARGEST + _READ:
                raise GazetteerError(
                    f"{path}: a feature is larger than {LARGEST // 1024 // 1024} MiB; take outlines with less detail, or the table of the same units"
                )
            continue
        if not depth and b"]" in data[start : token.start()]:
            return
        at = token.end()
        if token[0] == b"{":
            if not depth:
                start = token.start()
            depth += 1
        elif token[0] == b"}":
            depth -= 1
            if depth < 0:
                return
            if not depth:
                yield behind + at, data[start:at]
                start = at
