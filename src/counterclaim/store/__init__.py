"""Keeps the record: one SQLite file of events that are only ever added, and what stands now derived from them."""

from counterclaim.store.filters import Filter
from counterclaim.store.log import Event, Withdrawal
from counterclaim.store.reading import link_key
from counterclaim.store.search import Hit
from counterclaim.store.store import Added, Store
from counterclaim.store.verify import Problem
from counterclaim.store.views import Counts

__all__ = ["Added", "Counts", "Event", "Filter", "Hit", "Problem", "Store", "Withdrawal", "link_key"]
