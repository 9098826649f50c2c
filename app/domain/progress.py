"""How long work tells how far it is, and how it is stopped."""

from typing import Protocol


class Cancelled(Exception):  # noqa: N818 - not an error: the person asked for it
    """The person stopped the work; the unit of work rolls back."""


class Progress(Protocol):
    """Called by long work between steps."""

    def step(self, done: int, total: int) -> None:
        """Report `done` of `total` steps; raises Cancelled when the person asked to stop."""


class Silent:
    """Progress nobody watches (scripts, tests)."""

    def step(self, done: int, total: int) -> None:
        """Do nothing."""
