"""What the page of agreements works with: the case, its agreements and sessions, today, a setting."""

from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import QObject

from app.domain.agreements import AgreementView
from app.domain.cases import CaseView
from app.domain.hearings import SessionView
from app.domain.office.settings import OfficeSettings, SettingKey
from app.domain.values.calendar import OfficeDay
from app.services.agreements.writing import case_agreements
from app.services.cases.register import open_case
from app.services.hearings.timetable import day_kinds
from app.services.kernel.settings import read_settings
from app.services.sessions.records import case_sessions
from app.ui.tasks import Tasks


@dataclass
class Desk:
    """Filled by the answers as they come; the last question asked is answered last."""

    case: CaseView | None = None
    agreements: tuple[AgreementView, ...] = ()
    sessions: tuple[SessionView, ...] = field(default_factory=tuple)
    today: date | None = None
    print_ids: bool = False

    def ask(self, tasks: Tasks, case_id: str, owner: QObject) -> None:
        """Ask for everything about a case."""
        tasks.run(read_settings).then(self._take_settings, owner=owner)
        tasks.run(day_kinds).then(self._take_days, owner=owner)
        tasks.run(open_case, case_id).then(partial(self._take, "case"), owner=owner)
        tasks.run(case_sessions, case_id).then(partial(self._take, "sessions"), owner=owner)
        tasks.run(case_agreements, case_id).then(partial(self._take, "agreements"), owner=owner)

    @property
    def type_a(self) -> str:
        """The dispute type of the case; "" before it came."""
        return self.case.type_a if self.case else ""

    def last_day(self) -> date | None:
        """The day the parties last met, else today."""
        return max((one.day for one in self.sessions), default=self.today)

    def _take(self, name: str, value: Any) -> None:
        setattr(self, name, value)

    def _take_settings(self, settings: OfficeSettings) -> None:
        self.print_ids = bool(settings.values[SettingKey.PRINT_ID_NUMBERS])

    def _take_days(self, days: tuple[OfficeDay, ...]) -> None:
        self.today = next((day.day for day in days if day.today), None)
