"""A record opened: reports read into it, its findings asked of it."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Literal

import msgspec

from counterclaim.config import Settings, gazetteer_folder
from counterclaim.core.amount import Amount
from counterclaim.core.board import Board
from counterclaim.core.claim import Claim
from counterclaim.core.derivation import Derivation
from counterclaim.core.finding import Finding
from counterclaim.core.judgement import Judgement, Review, Reviewed
from counterclaim.core.link import Link
from counterclaim.core.promise import Promise
from counterclaim.core.report import Received, Refusal, Report
from counterclaim.core.span import Span
from counterclaim.core.story import Story, Version
from counterclaim.core.toll import Reckoning
from counterclaim.core.version import __version__
from counterclaim.derivations import Derivations
from counterclaim.errors import NotFound, SettingsError
from counterclaim.frames import COLUMNS, Library, What, claim_rows, finding_rows, frame, link_rows, loaded, report_rows
from counterclaim.knowledge.gazetteer import Gazetteer, imported
from counterclaim.knowledge.houses import DEFAULT as HOUSE
from counterclaim.knowledge.houses import house as house_of
from counterclaim.pipeline import Pipeline, failure
from counterclaim.publish.brief import MOST, brief
from counterclaim.publish.material import Material
from counterclaim.read import Options, Source, received
from counterclaim.read import sources as found_in
from counterclaim.reconcile import findings
from counterclaim.reconcile.amounts import amounts
from counterclaim.reconcile.board import board
from counterclaim.reconcile.context import Context, context
from counterclaim.reconcile.exported import exported
from counterclaim.reconcile.lineage import Known, Lineage, lineage
from counterclaim.reconcile.origins import Kin, Origins
from counterclaim.reconcile.promises import promises
from counterclaim.reconcile.stories import stories
from counterclaim.reconcile.tolls import tolls
from counterclaim.reconcile.update import Changes
from counterclaim.reconcile.versions import versions
from counterclaim.resolve.registry import Registry, registry
from counterclaim.resolve.sets import expanded, speaks_of_set
from counterclaim.reviewing import Desk, review
from counterclaim.sidebyside import BATCH, DERIVED, Effective, concerned, refresh
from counterclaim.store import Filter, Store

DEFAULT = "record.db"
Versions = Mapping[str, str]


class Step(msgspec.Struct, frozen=True):
    """What became of one report or source: kept (new or read anew), left as it was, or refused with a reason."""

    name: str
    outcome: Literal["new", "reread", "unchanged", "refused"]
    claims: int = 0
    reason: str | None = None


class Memory:
    """What was worked out about texts and does not change: how they are kin. Given to one record after another on the same file, by one thread at a time."""

    def __init__(self) -> None:
        self.kin = Kin()
        self.known = Known()


def default_path() -> Path:
    """Where the record is when nobody says: `$COUNTERCLAIM_RECORD`, else `record.db` in this folder."""
    return Path(os.environ.get("COUNTERCLAIM_RECORD") or DEFAULT)


class Record:
    """One record file with everything that can be asked of it. Use as a context manager."""

    def __init__(self, store: Store, settings: Settings, memory: Memory | None = None) -> None:
        self.store = store
        self._settings = settings
        self._pipeline: Pipeline | None = None
        self._memory = memory or Memory()
        self._is_fresh = False
        self._gazetteer: Gazetteer | None = None

    @classmethod
    def open(cls, path: str | Path | None = None, *, settings: Settings | None = None, create: bool = False, readonly: bool = False) -> Record:
        """The record at this path (by default `default_path()`). Raises NotFound when there is none and `create` is false."""
        return cls(Store.open(path or default_path(), create=create, readonly=readonly), settings or Settings())

    def __enter__(self) -> Record:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.store.close()

    @property
    def pipeline(self) -> Pipeline:
        """The reader, made on first use: asking a record needs none."""
        if self._pipeline is None:
            self._pipeline = Pipeline(self._settings)
        return self._pipeline

    def read(
        self, sources: Iterable[Source | str | Path], options: Options | None = None, told: Callable[[Report, float], None] = lambda *_: None
    ) -> Iterator[Step]:
        """Read every source (or file or folder) into the record, one report a transaction; a report already read by this reader is left as it is.

        Stopping half-way loses nothing: the same call goes on where it stopped. `told` hears of each report what share of it is read.
        """
        for source in (one for each in sources for one in ([each] if isinstance(each, Source) else found_in([each]))):
            for item in received(source, options or Options(largest=self._settings.largest)):
                yield self._refuse(item) if isinstance(item, Refusal) else self._keep(item, told)

    def _refuse(self, refusal: Refusal) -> Step:
        self.store.refuse(refusal)
        return Step(refusal.source, "refused", reason=refusal.reason)

    def _keep(self, item: Received, told: Callable[[Report, float], None]) -> Step:
        report = msgspec.structs.replace(item.report, id=self.store.free_id(item.report))
        known = self._known(report)
        if known is not None:
            self.store.mend(Received(report, item.raw))
            return Step(report.id, "unchanged", claims=known)
        try:
            reading = self.pipeline.read(report, lambda share: told(report, share))
        except Exception as error:
            return self._refuse(failure(report, error))
        added = self.store.add(Received(reading.report, item.raw), reading.claims, reading.links)
        return Step(report.id, added.outcome, claims=len(reading.claims))

    def _known(self, report: Report) -> int | None:
        """How many claims the record has of this very report from this very reader; none when it must be read."""
        old = self.store.find(report.id)
        if old is None or old.reader != self.pipeline.reader or old.text != report.text:
            return None
        same = (old.outlet, old.title, old.url) == (report.outlet, report.title, report.url)
        dated = report.published.day is None or old.published == report.published
        return sum(1 for _ in self.store.claims(Filter(report=report.id))) if same and dated else None

    def claims(self, wanted: Filter | None = None, *, raw: bool = False) -> list[Claim]:
        """The claims that meet the filter, in the order of their reports: as people judged them, or (`raw`) as they were read."""
        return list(self.store.claims(wanted or Filter())) if raw else Effective(self.store).all(wanted or Filter())

    def derived(self, wanted: Filter | None = None) -> list[Claim]:
        """What follows from claims about sets of places, by the gazetteer; each names the claim it follows from. Nothing of it is stored."""
        return list(expanded([claim for claim in self.claims(wanted) if speaks_of_set(claim)], self.links(), self.gazetteer()))

    def gazetteer(self) -> Gazetteer:
        """The packaged gazetteer with those the user imported, opened once."""
        if self._gazetteer is None:
            self._gazetteer = Gazetteer(imported(gazetteer_folder(), self._settings.gazetteers))
        return self._gazetteer

    def links(self) -> list[Link]:
        """Every link of the record, as its report alone gave it, or a person in correcting one of its claims."""
        return Effective(self.store).all_links()

    def registry(self) -> Registry:
        """Who is who across the reports, and the links brought to the one key of each actor; what a person merged or split counts."""
        return registry(self.links(), self.claims(), self.store.reports(), self.store.judgements())

    def findings(self, kind: str | None = None, standing: str | None = None) -> list[Finding]:
        """The findings, of a kind and standing or of all, in the order of their questions; brought up to date first."""
        if not self.store.readonly:
            self.refresh()
        if self.is_current():
            return list(self.store.derived.findings(kind, standing))
        return [one for one in self.derive_all() if kind in (None, one.question["kind"]) and standing in (None, one.standing)]

    def is_current(self) -> bool:
        """Whether the findings the record keeps are those of its claims as they stand; a record opened for reading cannot bring them up to date."""
        return self.store.derived.version() == f"{__version__} {DERIVED}" and not self.store.derived.count_stale()

    def judge(self, judgement: Judgement, *, expecting: Versions | None = None) -> bool:
        """Add a person's decision; whether it is news.

        `expecting`, here and below, are things by key with the version that was looked at (`version`): where one has another by now, this
        raises Stale and keeps nothing, whichever process was first.
        """
        undone = [one for one in self.store.judgements() if one.key == judgement.about] if judgement.decision == "withdraw" else []
        pairs = [one for one in (judgement, *undone) if one.decision in ("merge", "split")]
        with self._deciding([key for one in pairs for key in (one.about, one.value or "")]):
            return self.store.judge(judgement, expecting=expecting)

    def accept(self, key: str, *, by: str, at: dt.datetime | None = None, expecting: Versions | None = None) -> Judgement:
        """Say that a claim stands as it was read. Keys of claims may be cut short, here and below. Raises NotFound, JudgementRefused."""
        return self._keeping(Desk(self.store, by, at).accept(key), expecting)

    def reject(self, key: str, reason: str, *, by: str, at: dt.datetime | None = None, expecting: Versions | None = None) -> Judgement:
        """Say that the report does not say this; the claim counts for nothing until that is undone."""
        return self._keeping(Desk(self.store, by, at).reject(key, reason), expecting)

    def correct(self, key: str, given: Mapping[str, str], *, by: str, at: dt.datetime | None = None, expecting: Versions | None = None) -> Judgement:
        """Say what a claim says instead: slots with the words that fill them."""
        return self._keeping(Desk(self.store, by, at).correct(key, given), expecting)

    def add(self, report: str, words: str | Span, kind: str, given: Mapping[str, str], *, by: str, at: dt.datetime | None = None) -> Judgement:
        """Add a claim the reader missed, at the sentences that hold these words of the report."""
        return self._keeping(Desk(self.store, by, at).add(report, words, kind, given))

    def merge(self, one: str, other: str, *, by: str, at: dt.datetime | None = None, expecting: Versions | None = None) -> Judgement:
        """Say that two actors, or claims of one event, are one."""
        return self._keeping(Desk(self.store, by, at).merge(one, other), expecting)

    def split(self, one: str, other: str, *, by: str, at: dt.datetime | None = None, expecting: Versions | None = None) -> Judgement:
        """Say that two actors, or claims of one event, are two."""
        return self._keeping(Desk(self.store, by, at).split(one, other), expecting)

    def grade(self, what: str, value: str, *, by: str, at: dt.datetime | None = None) -> Judgement:
        """Grade a claim (B2), or an outlet or actor (B), by the Admiralty scale."""
        return self._keeping(Desk(self.store, by, at).grade(what, value))

    def comment(self, what: str, words: str, *, by: str, at: dt.datetime | None = None, expecting: Versions | None = None) -> Judgement:
        """Remark on a claim, report, outlet or actor."""
        return self._keeping(Desk(self.store, by, at).comment(what, words), expecting)

    def undo(self, key: str | None = None, *, by: str, at: dt.datetime | None = None, expecting: Versions | None = None) -> Judgement:
        """Take back a judgement, the last one about a thing, or this person's last."""
        return self._keeping(Desk(self.store, by, at).undo(key), expecting)

    def _keeping(self, judgement: Judgement, expecting: Versions | None = None) -> Judgement:
        self.judge(judgement, expecting=expecting)
        return judgement

    def version(self, key: str) -> str:
        """What stands for a claim, actor or judgement and all that was decided about it, for `expecting` a decision to find it so."""
        return self.store.version(key)

    def reviewed(self, key: str) -> list[Reviewed]:
        """The claims whose keys begin so, as read, with what became of them."""
        return Effective(self.store).find(key)

    def review(self, report: str | None = None) -> Iterator[Review]:
        """How far the review has come, report by report: claims with states, judgements adrift, sentences that gave no claim."""
        return review(self.store, report)

    def withdraw(self, key: str, reason: str) -> bool:
        """Take back a claim, link or judgement, so that no later reading brings it back; whether this is news. Raises NotFound."""
        undone = [judgement for judgement in self.store.judgements() if judgement.key == key]
        with self._deciding([one for judgement in undone for one in (judgement.about, judgement.value or "")]):
            return self.store.withdraw(key, reason)

    @contextmanager
    def _deciding(self, keys: Iterable[str]) -> Iterator[None]:
        """Mark the reports that name these actors, as they are one or two before and after what a person decides."""
        keys = list(keys)
        if not keys:
            yield
            return
        reports = concerned(self.store, keys)
        yield
        with self.store.deriving() as derived:
            derived.touch(sorted(reports | concerned(self.store, keys)))

    def refresh(self, told: Callable[[int, int], None] | None = None, batch: int = BATCH) -> Changes:
        """Derive anew what changed since the last time. `told` is called with the reports done and all of them; stopping loses nothing.

        A `batch` of reports is worked out beside whoever writes, and put in in one transaction.
        """
        if not self.store.derived.count_stale() and self._is_fresh:
            return Changes(0, 0)
        found = refresh(self.store, f"{__version__} {DERIVED}", self._memory.kin, self.gazetteer, told, batch)
        self._is_fresh = True
        return found

    def board(self, at_hand: Context | None = None) -> Board:
        """Every claimant's word on every place and day, with what follows from claims about sets of places.

        Who asks for several things of one state gives the `context` of it, here and in `tolls`, as it takes long to make.
        """
        at_hand = at_hand or self.context()
        return board(at_hand, [claim for report in at_hand.reports for claim in at_hand.ground.source.derived(report)])

    def promises(self) -> list[Promise]:
        """Offers, demands, pledges and agreements with their terms, answers and silences."""
        return promises(self.claims(), list(self.store.reports()), self.registry().links, self.store.judgements())

    def stories(self) -> list[Story]:
        """Events as they are told across reports."""
        return stories(self.claims(), list(self.store.reports()), self.registry().links, self.store.judgements(), self.lineage().kinships)

    def tolls(self, house: str = HOUSE, at_hand: Context | None = None) -> list[Reckoning]:
        """How many were harmed in each matter, by the rule of one house (`knowledge/data/houses.toml`). Raises SettingsError for no house."""
        return tolls(at_hand or self.context(), house_of(house))

    def amounts(self, kind: Literal["aid", "need"] | None = None) -> list[Amount]:
        """Shipments of aid and people in need, each figure with its claim, the sum check and the unit check."""
        kinds = (kind,) if kind else ("aid", "need")
        return amounts(self.context(), [one for each in kinds for one in self.findings(each)])

    def versions(self) -> list[Version]:
        """Reports that are later versions of others, and what became of the earlier ones' claims."""
        return versions(list(self.store.reports()), self.claims())

    def lineage(self) -> Lineage:
        """Which report was copied or rewritten from which."""
        return lineage(self.store.reports(), self._memory.known)

    def origins(self) -> Origins:
        """Which claims have one origin, as derivations tell it."""
        return self.context().origins

    def why(self, key: str, origins: Origins | None = None) -> Derivation:
        """How the finding, claim, promise or story with this key (or the beginning of one) was come to. Raises NotFound.

        Who asks often gives the `origins` of the record as it stands, as it takes long to make them.
        """
        if not key:
            raise NotFound("no key is given; `counterclaim findings`, `claims`, `promises` and `stories` show keys with --json")
        if not self.store.readonly:
            self.refresh()
        effective = Effective(self.store)
        lays_open = self.derivations(origins)
        if finding := self.store.derived.finding(key) if self.is_current() else next((one for one in self.derive_all() if one.key.startswith(key)), None):
            return lays_open.of_finding(finding)
        if found := effective.find(key):
            return lays_open.of_claim(found[0].effective or found[0].claim)
        if promise := next((one for one in self.promises() if one.key.startswith(key)), None):
            return lays_open.of_promise(promise)
        if story := next((one for one in self.stories() if one.key.startswith(key)), None):
            return lays_open.of_story(story)
        raise NotFound(f"nothing in the record has the key {key!r}; `counterclaim findings`, `claims`, `promises` and `stories` show keys with --json")

    def derivations(self, origins: Origins | None = None) -> Derivations:
        """What lays open how findings, claims, promises and stories were come to."""
        return Derivations(origins or self.origins(), Effective(self.store), self.derived())

    def brief(self, *, since: dt.date | None = None, until: dt.date | None = None, place: str | None = None, most: int = MOST) -> str:
        """A short dated situation brief as Markdown, in which every sentence carries its standing and its references."""
        claims = {claim.key: claim for claim in self.claims()}
        return brief(self.findings(), claims, {report.id: report for report in self.store.reports()}, since=since, until=until, place=place, most=most)

    def material(self) -> Material:
        """Everything exports are made from (`publish/formats.py`), put together once."""
        links, stories, at_hand = self.registry().links, self.stories(), self.context()
        counted = exported(at_hand, stories, self.versions(), links)
        return Material(
            claims=tuple(self.claims()),
            findings=tuple(self.findings()),
            links=tuple(links),
            reports=tuple(self.store.reports()),
            stories=tuple(stories),
            cells=self.board(at_hand).cells,
            promises=tuple(self.promises()),
            **counted._asdict(),
        )

    def context(self) -> Context:
        """All claims that count, on the ground of all that is at hand: what boards, tolls, amounts and origins are made from."""
        return context(self.claims(), list(self.store.reports()), self.registry().links, self.derived())

    def frame(self, what: What = "claims", *, library: Library = "pandas") -> Any:
        """The claims, findings, links or reports as a data frame of pandas or polars; the columns are `counterclaim.frames.COLUMNS`.

        Raises SettingsError where the library is not installed, or for another word.
        """
        loaded(library)
        match what:
            case "claims":
                rows = claim_rows(self.claims())
            case "findings":
                rows = finding_rows(self.findings())
            case "links":
                rows = link_rows(self.links())
            case "reports":
                rows = report_rows(self.store.reports())
            case _:
                raise SettingsError(f"frame {what!r}: there are frames of {', '.join(COLUMNS)}")
        return frame(what, rows, library)

    def derive_all(self) -> list[Finding]:
        """All findings, derived from everything at once: what `findings` gives, more slowly; nothing is written."""
        return findings(self.claims(), list(self.store.reports()), self.registry().links, self.derived())
