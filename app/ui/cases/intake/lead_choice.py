"""The mediator chosen while a case is being registered, with load and what speaks against the choice."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.cases import PartyInput
from app.domain.errors import Problem
from app.domain.people import PersonKind
from app.domain.recusal import Finding, Someone, findings_of, home_of
from app.domain.roster import MediatorLoad, MediatorRow, may_mediate
from app.domain.values.identity import IdFault, check_id_number
from app.ui.clock import office_today
from app.ui.kit.banner import Banner
from app.ui.kit.card import words
from app.ui.kit.editors import ChoiceEditor, LineEditor
from app.ui.theme import Tone, px
from app.ui.words.finding_words import findings_words


@dataclass(frozen=True, slots=True)
class Offered:
    """The mediators as known before there is a case."""

    rows: tuple[MediatorRow, ...] = ()
    loads: tuple[MediatorLoad, ...] = ()


class LeadChoice(QWidget):
    """Nobody, or one mediator; a tie to a party asks for the reason to overrule it."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._offered = Offered()
        self._parties: tuple[PartyInput, ...] = ()
        self._type_a = ""
        self._kept = ""
        self._quiet = False
        self.choice = ChoiceEditor([], blank=True)
        self.choice.setAccessibleName(self.tr("主持调解员"))
        self.choice.setMinimumWidth(px(320))
        self.findings = Banner()
        self.reason = LineEditor(placeholder=self.tr("写明不回避的理由，如：当事人均知情并同意"))
        self.reason.setAccessibleName(self.tr("不回避的理由"))
        self.reason.hide()
        line = QHBoxLayout()
        line.setSpacing(10)
        line.addWidget(words(self.tr("主持调解员"), "fieldLabel"))
        line.addWidget(self.choice)
        line.addWidget(words(self.tr("可以先不选"), "sub"))
        line.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(line)
        column.addWidget(self.findings)
        column.addWidget(self.reason)
        self.choice.edited.connect(self._chosen)
        self.reason.edited.connect(self._tell)

    def offer(self, offered: Offered) -> None:
        """Offer these mediators: versed in the matter first, then the least loaded."""
        self._offered = offered
        self._refill()

    def show_case(self, parties: Sequence[PartyInput], type_a: str) -> None:
        """Say between whom and about what the dispute is."""
        self._parties, self._type_a = tuple(parties), type_a
        self._refill()

    def lead_id(self) -> str:
        """The mediator chosen, "" for none."""
        return self.choice.value() or ""

    def lead_name(self) -> str:
        """The name of the one chosen."""
        return next((row.name for row in self._offered.rows if row.id == self.lead_id()), "")

    def problems(self) -> list[Problem]:
        """A tie without a reason to overrule it."""
        tied = any(finding.blocks for finding in self.found())
        return [Problem("override", "override_required")] if tied and not self.reason.value() else []

    def snapshot(self) -> dict[str, Any]:
        """What was chosen."""
        return {"lead": self.choice.raw() or self._kept, "override": self.reason.raw()}

    def restore(self, lead: Any, override: Any) -> None:
        """Put a draft back; the mediator is chosen once it is offered."""
        self._quiet = True
        self._kept = str(lead or "")
        self.choice.set_value(None)
        self.reason.set_raw(override or "")
        self._quiet = False
        self._refill()

    def found(self) -> tuple[Finding, ...]:
        """Ties that can be seen before there is a case; earlier cases and kin are looked at afterwards."""
        row = next((row for row in self._offered.rows if row.id == self.lead_id()), None)
        if row is None:
            return ()
        mediator = Someone(row.name, row.id_no, row.phone, row.birth, home_of("", row.address))
        return findings_of(mediator, row.id, map(_someone, self._parties), (), ())

    def _refill(self) -> None:
        loads = {load.mediator_id: load for load in self._offered.loads}
        today = office_today()

        def order(row: MediatorRow) -> tuple[bool, int, str]:
            load = loads.get(row.id)
            return self._type_a not in row.specialities, load.open_cases if load else 0, row.name

        fit = [
            row for row in self._offered.rows if may_mediate(row.status, row.term_start, row.term_end, today)
        ]
        self._quiet = True
        self.choice.set_options(
            [(row.id, self._words(row, loads.get(row.id))) for row in sorted(fit, key=order)]
        )
        if self._kept:
            self.choice.set_raw(self._kept)
            self._kept = "" if self.choice.value() else self._kept
        self._quiet = False
        self._show()

    def _words(self, row: MediatorRow, load: MediatorLoad | None) -> str:
        parts = [row.name]
        if self._type_a in row.specialities:
            parts.append(self.tr("专长相符"))
        if load is not None:
            busy = self.tr("在办{cases}件、本周{hearings}场")
            parts.append(busy.format(cases=load.open_cases, hearings=load.hearings_this_week))
        return "　".join(parts)

    def _chosen(self) -> None:
        self._show()
        self._tell()

    def _tell(self) -> None:
        if not self._quiet:
            self.edited.emit()

    def _show(self) -> None:
        found = self.found()
        blocks = any(finding.blocks for finding in found)
        self.reason.setVisible(blocks)
        if found:
            self.findings.say(findings_words(found), Tone.BAD if blocks else Tone.WARN, lasting=True)
        elif self.lead_id():
            clear = self.tr("未发现与当事人是同一人或同户；指派时再核对亲属关系和以前的案件。")
            self.findings.say(clear, Tone.GOOD, lasting=True)
        else:
            self.findings.hide()


def _someone(party: PartyInput) -> Someone:
    checked = check_id_number(party.id_no, office_today())
    number = party.id_no if isinstance(checked, IdFault) else checked.number
    home = home_of(party.village, party.address) if party.kind is PersonKind.NATURAL else ""
    return Someone(party.name, number, party.phone, party.birth, home)
