"""Errors that only the face raises, each with the HTTP status it becomes; all others are those of the house."""

from __future__ import annotations

from counterclaim.errors import CounterclaimError


class Forbidden(CounterclaimError):
    """A request from elsewhere, or a change without its token."""

    status = 403


class TooLarge(CounterclaimError):
    """More was sent than is taken at once."""

    status = 413


class NotYet(CounterclaimError):
    """What is asked for is being made; soon it is there."""

    status = 503


class Misasked(CounterclaimError):
    """An address or a form says something that cannot be: a day that is none, a page number in letters."""

    status = 422
