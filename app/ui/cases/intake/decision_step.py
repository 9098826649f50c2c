"""Step three of the intake: who agreed to mediation, whether the case is taken, who mediates."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.actor import Actor, Permission
from app.domain.cases import PartyInput
from app.domain.errors import Problem
from app.ui.cases.intake.consent_list import ConsentList
from app.ui.cases.intake.lead_choice import LeadChoice
from app.ui.kit.buttons import Segments
from app.ui.kit.card import rule, words
from app.ui.kit.editors import CheckEditor
from app.ui.words.messages import problem_sentence


@dataclass(frozen=True, slots=True)
class Decision:
    """What is to happen once the case is registered."""

    accept: bool
    lead_id: str = ""
    override_reason: str = ""


class DecisionStep(QWidget):
    """Consent of the parties; for those who may decide: accept at once, and with whom."""

    edited = Signal()

    def __init__(self, actor: Actor, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._may_decide = actor.may(Permission.CASE_DECIDE)
        self._may_assign = actor.may(Permission.CASE_ASSIGN)
        self._quiet = False
        self.consents = ConsentList()
        self.accept = Segments([(False, self.tr("只登记")), (True, self.tr("登记并受理"))])
        self.competent = CheckEditor(
            self.tr("属于调解范围：纠纷发生地或一方当事人在本地，或与有关调委会共同调解")
        )
        self.not_excluded = CheckEditor(
            self.tr("不是依法由专门机关处理的事项，法院、公安、行政机关也没有受理或处理")
        )
        self.problem = words(style="problem")
        self.problem.hide()
        self.lead = LeadChoice()
        self._build()
        self.accept.chosen.connect(self._turned)
        for part in (self.consents, self.competent, self.not_excluded, self.lead):
            part.edited.connect(self._told)
        self._turned()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 4, 0)
        column.setSpacing(10)
        column.addWidget(words(self.tr("各方是否同意调解"), "sectionTitle"))
        asked = words(
            self.tr("一方明确拒绝的，不得调解（人民调解法第十七条）。还没问到的先登记，问到后再受理。"), "sub"
        )
        asked.setWordWrap(True)
        column.addWidget(asked)
        column.addWidget(self.consents)
        column.addWidget(rule())
        column.addWidget(words(self.tr("受理"), "sectionTitle"))
        later = words(self.tr("登记后由主任决定是否受理，并指派调解员。"), "sub")
        later.setHidden(self._may_decide)
        column.addWidget(later)
        turn = QHBoxLayout()
        turn.addWidget(self.accept)
        turn.addStretch(1)
        column.addLayout(turn)
        self.accept.setHidden(not self._may_decide)
        self._deciding = QWidget()
        inner = QVBoxLayout(self._deciding)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(6)
        for part in (self.competent, self.not_excluded, self.problem, self.lead):
            inner.addWidget(part)
        self.lead.setHidden(not self._may_assign)
        column.addWidget(self._deciding)
        column.addStretch(1)

    def show_parties(self, parties: Sequence[PartyInput], own_initiative: bool, type_a: str) -> None:
        """Show the people and the matter as they were written in the steps before."""
        self.consents.show_parties(parties, own_initiative)
        self.lead.show_case(parties, type_a)

    def snapshot(self) -> dict[str, Any]:
        """What was chosen."""
        return {
            "consents": self.consents.snapshot(),
            "accept": bool(self.accept.value()),
            "competent": self.competent.raw(),
            "not_excluded": self.not_excluded.raw(),
            **self.lead.snapshot(),
        }

    def restore(self, body: Mapping[str, Any]) -> None:
        """Put a draft back; the rows of consent follow with `show_parties`."""
        self._quiet = True
        self.consents.restore(body.get("consents"))
        self.accept.set_value(bool(body.get("accept")))
        self.competent.set_raw(body.get("competent"))
        self.not_excluded.set_raw(body.get("not_excluded"))
        self.lead.restore(body.get("lead"), body.get("override"))
        self._turned()
        self._quiet = False

    def read(self) -> tuple[Decision, tuple[Problem, ...]]:
        """What was decided, and what speaks against it."""
        accept = self._may_decide and bool(self.accept.value())
        problems = self.consents.problems(accepting=accept)
        if not accept:
            return Decision(False), tuple(problems)
        if not self.competent.value():
            problems.append(Problem("competent", "competence_unchecked"))
        if not self.not_excluded.value():
            problems.append(Problem("not_excluded", "exclusion_unchecked"))
        if not self._may_assign:
            return Decision(True), tuple(problems)
        problems.extend(self.lead.problems())
        return Decision(True, self.lead.lead_id(), self.lead.reason.value()), tuple(problems)

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Write each problem at its place and go to the first."""
        by_field = {problem.field: problem for problem in problems}
        self.consents.show_problems(by_field)
        checked = by_field.get("competent") or by_field.get("not_excluded")
        self.problem.setText(problem_sentence(checked) if checked else "")
        self.problem.setVisible(checked is not None)
        places: dict[str, QWidget] = {row.field: row.consent for row in self.consents.rows}
        places |= {
            "competent": self.competent,
            "not_excluded": self.not_excluded,
            "override": self.lead.reason,
        }
        first = next((problem.field for problem in problems if problem.field in places), None)
        if first is not None:
            places[first].setFocus()

    def title_of(self, field: str) -> str:
        """What a field is called, for the list of problems."""
        for row in self.consents.rows:
            if field == row.field:
                return row.who.text()
        return self.tr("回避") if field == "override" else self.tr("受理")

    def state(self) -> str:
        """What was decided so far, in a few words."""
        decision, _ = self.read()
        if not decision.accept:
            return self.tr("只登记")
        name = self.lead.lead_name() if decision.lead_id else ""
        return self.tr("登记并受理　{name}").format(name=name).strip()

    def _turned(self, *_: object) -> None:
        self._deciding.setHidden(not (self._may_decide and self.accept.value()))
        self._told()

    def _told(self) -> None:
        if not self._quiet:
            self.problem.hide()
            self.edited.emit()
