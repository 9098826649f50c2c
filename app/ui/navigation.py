"""Where one can go, and what every page is given."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from app.domain.actor import Actor, NodeKind
from app.ui.tasks import Tasks


class Place(StrEnum):
    """A page of the main window."""

    TODAY = "today"
    CASES = "cases"
    CASE = "case"  # id
    INTAKE = "intake"  # id of a draft, or none
    CALENDAR = "calendar"  # id of a case to fix a date for, or none
    SESSION = "session"  # id of a hearing
    AGREEMENT = "agreement"  # id of a case
    AFTER = "after"  # id of a case
    CONFIRMATION = "confirmation"  # id of a case
    WORK = "work"  # id of a case, and perhaps # and the name of a tab
    PAPERS = "papers"  # id of a case, or none
    ROSTER = "roster"
    PEOPLE = "people"  # id of a person, or none
    PACKAGES = "packages"
    SETTINGS = "settings"
    BIN = "bin"
    COUNTY_INBOX = "county_inbox"
    NODES = "nodes"


class Navigator(QObject):
    """Pages ask it to go somewhere; the main window follows. Pages do not know each other."""

    went = Signal(object, object)  # Place, id or None
    returned = Signal()

    def goto(self, place: Place, item: str | None = None) -> None:
        """Show a place, and there the record `item`."""
        self.went.emit(place, item)

    def back(self) -> None:
        """Show the place before this one."""
        self.returned.emit()


@dataclass(frozen=True, slots=True)
class Office:
    """This installation: the committee's name, its node and where its data lies."""

    name: str
    node_id: str
    kind: NodeKind
    folder: Path


@dataclass(frozen=True, slots=True)
class Context:
    """What every page is given."""

    tasks: Tasks
    navigator: Navigator
    actor: Actor
    office: Office
