"""What was done and can be taken back, what was changed and by whom, and what lies in the bin."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from app.domain.errors import Reason
from app.domain.office.drafts import DraftKind

KEPT_IN_BIN = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class ActionName:
    """A use case by its name in the code; windows know its words."""

    name: str


@dataclass(frozen=True, slots=True)
class FieldName:
    """A column of a table; windows know its words. An empty `field` is the row itself."""

    kind: str
    field: str


@dataclass(frozen=True, slots=True)
class DoneAction:
    """Something the signed-in person did that can be taken back, or was.

    `hindrance` and its `details` say why it cannot be taken back (or, when undone, not done again);
    None: it can. `number` is the case's, "" where it concerns no case.
    """

    id: str
    action: ActionName
    number: str
    case_id: str
    at: datetime
    undone_at: datetime | None
    hindrance: Reason | None = None
    details: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One changed field: by whom, when, from what to what; the values as plain JSON, ids of people as names.

    A row that came or went has the field "" and `came` or `went`; `row` names the row where it has a name.
    """

    n: int
    at: datetime
    who: str
    action: ActionName
    name: FieldName
    row_id: str
    row: str
    before: Any
    after: Any
    came: bool = False
    went: bool = False
    undone: bool = False


@dataclass(frozen=True, slots=True)
class ChangesPage:
    """Some changes, the latest first; `more` is the number to ask on from, None at the end."""

    changes: tuple[FieldChange, ...]
    more: int | None


@dataclass(frozen=True, slots=True)
class BinRow:
    """Something removed that can be put back until `until`; `kind` is its table, or `draft`.

    `draft` says which form a draft belongs to; `number` is the case's, "" for none; `record` what a
    draft is about.
    """

    id: str
    kind: str
    draft: DraftKind | None
    title: str
    number: str
    case_id: str | None
    at: datetime
    until: datetime
    who: str
    record: str = ""
