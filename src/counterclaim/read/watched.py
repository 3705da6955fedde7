"""Feeds to the pages they announce, round after round, each page once; what was seen is kept in a small file beside the record.

An entry counts as seen when its page was read or refused for good. One that cannot be reached is tried again in the next
rounds, a few times. A round that was stopped goes on where it stopped.
"""

from __future__ import annotations

import io
import os
from collections.abc import Generator, Iterable, Iterator
from pathlib import Path

import msgspec

from counterclaim.errors import InputRefused, SettingsError
from counterclaim.read.feeds import Entry, Feed, feed
from counterclaim.read.fetching import Fetcher
from counterclaim.read.guard import Unreachable
from counterclaim.read.located import source_of
from counterclaim.read.sources import Around, Source, is_address, printable

MOST_TRIES = 3
DONE = -1


class FeedState(msgspec.Struct, kw_only=True):
    """What is known of one feed: what its server said last time, and its entries with how often each was tried (-1: done)."""

    etag: str | None = None
    modified: str | None = None
    entries: dict[str, int] = {}


class State(msgspec.Struct, kw_only=True):
    """What is known of all feeds, by their addresses."""

    version: int = 1
    feeds: dict[str, FeedState] = {}


class Watched:
    """The feeds of a watch, with what was seen of them before."""

    def __init__(self, feeds: Iterable[str], kept: Path) -> None:
        """`kept` is the file of what was seen. Raises SettingsError for one that is something else."""
        self.feeds, self._kept = tuple(dict.fromkeys(feeds)), kept
        try:
            self._state = msgspec.json.decode(kept.read_bytes(), type=State) if kept.exists() else State()
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise SettingsError(
                f"{kept}: {error}; it is to hold what was seen of watched feeds. Move it away, and the feeds are read from the start"
            ) from error

    def round(self, fetcher: Fetcher) -> Generator[Source, None, None]:
        """Return a source for each page that the feeds announce and that was not seen, and for each feed that cannot be had.

        A source counts as seen once the next is asked for.
        """
        for address in self.feeds:
            known = self._state.feeds.setdefault(address, FeedState())
            try:
                found = fetcher.get(address, etag=known.etag, modified=known.modified)
                if found.status == 304:
                    continue
                announced = feed(printable(address), found.body, found.charset)
                if announced.is_list:
                    raise InputRefused(address, "a list of feeds, not a feed; save it and watch the file")
            except InputRefused as refused:
                yield Source(printable(address), printable(address), io.BytesIO, refused.reason)
                continue
            yield from self._new(announced, known, fetcher)
            # Only a feed whose entries are all done may say next time that nothing has changed.
            is_done = all(tries == DONE for tries in known.entries.values())
            known.etag, known.modified = (found.etag, found.modified) if is_done else (None, None)
            self._save()

    def _new(self, announced: Feed, known: FeedState, fetcher: Fetcher) -> Iterator[Source]:
        # What the feed no longer announces does not come back: the file stays as small as the feeds.
        known.entries = {entry.mark: known.entries.get(entry.mark, 0) for entry in announced.entries}
        for entry in announced.entries:
            if known.entries[entry.mark] == DONE:
                continue
            source, is_final = _page(announced, entry, fetcher)
            known.entries[entry.mark] += 1
            if is_final or known.entries[entry.mark] >= MOST_TRIES:
                yield source
                known.entries[entry.mark] = DONE
            self._save()

    def _save(self) -> None:
        """Write aside and move into place. Raises SettingsError where that cannot be done."""
        part = self._kept.with_name(f"{self._kept.name}.part")
        try:
            part.write_bytes(msgspec.json.encode(self._state, order="sorted"))
            os.replace(part, self._kept)
        except OSError as error:
            raise SettingsError(f"{self._kept}: cannot be written ({error.strerror}); it is to hold what was seen of watched feeds") from error


def _page(announced: Feed, entry: Entry, fetcher: Fetcher) -> tuple[Source, bool]:
    """Return the page an entry leads to, and whether that is the last word on it."""
    if entry.url is None:
        shown = entry.title or entry.mark
        return Source(shown, shown, io.BytesIO, "the entry of the feed leads to no page"), True
    around = Around(title=entry.title, outlet=announced.title, day=entry.day)
    try:
        return source_of(fetcher.get(entry.url), around), True
    except InputRefused as refused:
        return Source(printable(entry.url), printable(entry.url), io.BytesIO, refused.reason), not isinstance(refused, Unreachable)


def feeds_named(given: Iterable[str]) -> list[str]:
    """Return the addresses of feeds: those given, and those in the lists (OPML) given. Raises InputRefused for a file that is no list."""
    found: list[str] = []
    for each in given:
        if is_address(each):
            found.append(each)
            continue
        name = printable(each)
        try:
            raw = Path(each).read_bytes()
        except OSError as error:
            raise InputRefused(name, f"cannot be read ({error.strerror}); name a list of feeds (.opml) or the address of a feed") from error
        listed = feed(name, raw)
        if not listed.is_list:
            raise InputRefused(name, "a feed, not a list of feeds (OPML); name its address to watch it")
        if not listed.feeds:
            raise InputRefused(name, "no address of a feed is in the list (outline elements with xmlUrl)")
        found += listed.feeds
    return list(dict.fromkeys(found))
