"""How each party agreed to mediation, or that one refused: a row each."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from app.domain.cases import PRINCIPALS, Consent, PartyInput, PartyRole
from app.domain.errors import Problem
from app.ui.clock import office_today
from app.ui.kit.card import words
from app.ui.kit.date_edit import DateEditor
from app.ui.kit.editors import ChoiceEditor, UnreadableError
from app.ui.kit.focus import settle_tab_order
from app.ui.theme import px
from app.ui.words.labels import choices, label
from app.ui.words.messages import problem_sentence


class ConsentRow:
    """One party: name, how it agreed, when, and what is wrong with that."""

    def __init__(self, party: PartyInput, owner: "ConsentList") -> None:
        self.field = f"consents.{party.key}"
        self.key = party.key
        role = label(party.role)
        self.who = QLabel(f"{party.name}（{role}）" if party.name else role)
        self.consent = ChoiceEditor(choices(Consent))
        self.consent.setAccessibleName(owner.tr("{who}是否同意调解").format(who=self.who.text()))
        self.consent.setMinimumWidth(px(130))
        self.day = DateEditor()
        self.day.setAccessibleName(owner.tr("{who}表态日期").format(who=self.who.text()))
        self.day.setFixedWidth(px(170))
        self.note = words(style="problem")
        self.note.setWordWrap(True)
        self.consent.edited.connect(self._consented)
        self._consented()
        self.consent.edited.connect(owner.tell)
        self.day.edited.connect(owner.tell)

    def widgets(self) -> tuple[QWidget, ...]:
        """What stands in the row."""
        return self.who, self.consent, self.day, self.note

    def raw(self) -> list[str]:
        """As a draft keeps it."""
        return [self.consent.raw(), self.day.raw()]

    def set_raw(self, raw: Sequence[str]) -> None:
        """Put a draft back."""
        self.consent.set_raw(raw[0])
        self._consented()
        self.day.set_raw(raw[1] if raw[1] or not self.day.isEnabled() else self.day.raw())

    def unreadable(self) -> Problem | None:
        """Why the date cannot be read, or cannot be."""
        try:
            day = self.day.value()
        except UnreadableError as unreadable:
            return Problem(self.field, unreadable.code)
        return Problem(self.field, "future_date") if day and day > office_today() else None

    def gap(self) -> Problem | None:
        """Why the case cannot be accepted as far as this party goes."""
        codes = {Consent.REFUSED: "consent_refused", Consent.UNASKED: "consent_unasked"}
        code = codes.get(self.consent.value())
        return Problem(self.field, code) if code else None

    def say(self, problem: Problem | None) -> None:
        """Write a problem behind the fields."""
        self.note.setText(problem_sentence(problem) if problem else "")

    def _consented(self) -> None:
        given = self.consent.value()
        self.day.setEnabled(given is not Consent.UNASKED)
        if given is Consent.UNASKED:
            self.day.set_value(None)
        elif not self.day.text():
            self.day.set_value(office_today())
        self.say(self.gap() if given is Consent.REFUSED else None)


class ConsentList(QWidget):
    """The parties to be asked: respondents and third parties; applicants too if nobody applied."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: list[ConsentRow] = []
        self._kept: dict[str, Any] = {}
        self._quiet = False
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(3, 1)

    def show_parties(self, parties: Iterable[PartyInput], own_initiative: bool) -> None:
        """Show a row for each; what was said of those still there stays."""
        raw = self.snapshot()
        self._quiet = True
        self._clear_rows()
        for party in parties:
            if party.role in PRINCIPALS and (own_initiative or party.role is not PartyRole.APPLICANT):
                row = ConsentRow(party, self)
                if party.key in raw:
                    row.set_raw(raw[party.key])
                for place, part in enumerate(row.widgets()):
                    self._grid.addWidget(part, len(self.rows), place)
                self.rows.append(row)
        self._quiet = False
        settle_tab_order(self)

    def snapshot(self) -> dict[str, Any]:
        """What was said, by the key of the party."""
        return self._kept | {row.key: row.raw() for row in self.rows}

    def restore(self, kept: Any) -> None:
        """Put a draft back; its rows come with `show_parties`."""
        self._clear_rows()
        fit = kept.items() if isinstance(kept, Mapping) else ()
        self._kept = {str(key): raw for key, raw in fit if isinstance(raw, list) and len(raw) == 2}

    def consents(self) -> dict[str, tuple[Consent, date | None]]:
        """What each party said; a date that cannot be read is left out."""
        return {
            row.key: (row.consent.value(), None if row.unreadable() else row.day.value()) for row in self.rows
        }

    def problems(self, *, accepting: bool) -> list[Problem]:
        """Dates that cannot stay, and what keeps the case from being accepted."""
        found = [problem for row in self.rows if (problem := row.unreadable())]
        return found + [gap for row in self.rows if accepting and (gap := row.gap())]

    def show_problems(self, problems: Mapping[str, Problem]) -> None:
        """Write each problem behind its row."""
        for row in self.rows:
            row.say(problems.get(row.field))

    def tell(self) -> None:
        """Something was changed by the person."""
        if not self._quiet:
            self.edited.emit()

    def _clear_rows(self) -> None:
        self._kept = self.snapshot()
        for row in self.rows:
            for part in row.widgets():
                self._grid.removeWidget(part)
                part.hide()
                part.deleteLater()
        self.rows = []
