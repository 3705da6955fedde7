"""The errors counterclaim raises on purpose, each with its exit code and the HTTP status it becomes.

CounterclaimError            1  500
├── InputRefused             3  422   a source cannot be read; the batch goes on without it
├── NotFound                 4  404   no such report, claim, finding or file
├── RecordError              5  500   the record on disk is not what it should be
│   ├── RecordCorrupt        5  500   a hash or a quotation does not match
│   └── RecordTooNew         5  500   written by a newer counterclaim
├── SettingsError            6  500   a settings file or option is wrong
├── ModelError               7  500   the engine's weights are absent, altered or of another version
├── GazetteerError           8  500   a gazetteer is absent, half imported or of another version
└── JudgementRefused         9  422   what a person decided does not fit the record or the text
    └── Stale                9  409   what was decided about changed after it was looked at
"""

from __future__ import annotations


class CounterclaimError(Exception):
    """Root of all errors raised on purpose. The message names the thing, what was expected and what is there instead."""

    exit_code = 1
    status = 500


class InputRefused(CounterclaimError):
    """A source cannot be read as a report. `source` names it, `reason` says why."""

    exit_code = 3
    status = 422

    def __init__(self, source: str, reason: str) -> None:
        super().__init__(f"{source}: {reason}")
        self.source = source
        self.reason = reason


class NotFound(CounterclaimError):
    """Nothing has this name or key."""

    exit_code = 4
    status = 404


class RecordError(CounterclaimError):
    """The record on disk cannot be used as it is."""

    exit_code = 5


class RecordCorrupt(RecordError):
    """A hash of the event log or a quotation does not match what is stored."""


class RecordTooNew(RecordError):
    """The record was written by a newer version of counterclaim."""


class SettingsError(CounterclaimError):
    """A settings file or a command-line option does not say what it must."""

    exit_code = 6


class ModelError(CounterclaimError):
    """The engine's weights are absent, altered or made for another version."""

    exit_code = 7


class GazetteerError(CounterclaimError):
    """A gazetteer is absent, half imported, or made for another version."""

    exit_code = 8


class JudgementRefused(CounterclaimError):
    """What a person decided does not fit the record or the text it is about."""

    exit_code = 9
    status = 422


class Stale(JudgementRefused):
    """What a person decided about was judged, read anew or withdrawn after they looked at it."""

    status = 409
