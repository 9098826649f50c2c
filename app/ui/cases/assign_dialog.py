"""Choosing the mediators of a case: speciality, load, and what speaks against each."""

from operator import attrgetter

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from app.domain.cases import CaseView, Difficulty
from app.domain.errors import Reason, Refused
from app.domain.recusal import Finding
from app.domain.roster import AssignInput, ChosenBy, MediatorChoice
from app.services.roster.assignments import assign_mediators, suggest_mediators
from app.ui.kit.banner import Banner
from app.ui.kit.buttons import Segments
from app.ui.kit.card import words
from app.ui.kit.dialog import Dialog
from app.ui.kit.editors import ChecksEditor, LineEditor
from app.ui.kit.row_view import SmallTable
from app.ui.kit.table import Column
from app.ui.tasks import Tasks
from app.ui.theme import Tone, px
from app.ui.words.finding_words import findings_words
from app.ui.words.labels import choices, label

COLUMNS_OF_NAMES = 4


class AssignDialog(Dialog):
    """The current row of the table presides; the boxes under it choose who mediates with that person."""

    def __init__(self, tasks: Tasks, case: CaseView, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("指派调解员"), self.tr("指派"), tasks=tasks, parent=parent)
        self.setMinimumWidth(px(700))
        self._case = case
        self._choices: tuple[MediatorChoice, ...] = ()
        self.table: SmallTable[MediatorChoice] = SmallTable(
            self._columns(),
            title=self.tr("可选调解员"),
            empty=self.tr("名册里没有可以指派的调解员，请先在“名册”中登记。"),
        )
        self.table.setMinimumSize(px(640), px(190))
        self.co = ChecksEditor([], columns=COLUMNS_OF_NAMES)
        self.chosen_by = Segments(choices(ChosenBy))
        self.chosen_by_label = words(self.tr("由谁选定"), "fieldLabel")
        self.findings = Banner()
        self.reason = LineEditor(placeholder=self.tr("不回避的理由，如：当事人均知情并同意"))
        self.reason.setAccessibleName(self.tr("不回避的理由"))
        self._build()
        self.table.picked.connect(lambda _: self._show_findings())
        self.submit_button.setEnabled(False)
        tasks.run(suggest_mediators, case.id).then(self._take, owner=self)

    def _build(self) -> None:
        first = QHBoxLayout()
        first.setSpacing(10)
        first.addWidget(words(self.tr("主持调解员"), "sectionTitle"))
        first.addWidget(words(self.tr("专长相符、在办少的排在前面"), "sub"))
        first.addStretch(1)
        first.addWidget(self.chosen_by_label)
        first.addWidget(self.chosen_by)
        self.add(first)
        self.add(self.table, 1)
        needed = self._case.difficulty in (Difficulty.COMPLEX, Difficulty.MAJOR)
        title = self.tr("共同调解员（疑难、重大案件应再选一名）") if needed else self.tr("共同调解员")
        self.add(words(title, "sectionTitle"))
        self._names = QWidget()
        holder = QVBoxLayout(self._names)
        holder.setContentsMargins(0, 0, 0, 0)
        holder.addWidget(self.co)
        self.add(self._names)
        self.add(self.findings)
        self.add(self.reason)
        self.reason.hide()

    @override
    def submit(self) -> None:
        """Assign; a tie without a reason is refused with its sentence."""
        lead = self.table.current()
        co = tuple(one for one in self.co.value() if lead is None or one != lead.mediator_id)
        wanted = AssignInput(
            self._case.id,
            lead.mediator_id if lead else "",
            co,
            self.chosen_by.value(),
            self.reason.value(),
        )
        self.act(assign_mediators, wanted)

    @override
    def show_refused(self, refused: Refused) -> None:
        super().show_refused(refused)
        self.adjustSize()
        if refused.reason is Reason.RECUSAL:
            self.reason.setFocus()

    def found(self) -> tuple[Finding, ...]:
        """What ties those chosen to the people of the case."""
        lead = self.table.current()
        chosen = {*self.co.value(), *([lead.mediator_id] if lead else [])}
        return tuple(
            finding for one in self._choices if one.mediator_id in chosen for finding in one.findings
        )

    def _columns(self) -> list[Column[MediatorChoice]]:
        def against(one: MediatorChoice) -> str:
            kinds = dict.fromkeys(finding.kind for finding in one.findings)
            return "、".join(label(kind) for kind in kinds)

        def tone(one: MediatorChoice) -> Tone | None:
            if any(finding.blocks for finding in one.findings):
                return Tone.BAD
            return Tone.WARN if one.findings else None

        return [
            Column(self.tr("姓名"), attrgetter("name"), 100, bold=True, sort_key="name"),
            Column(self.tr("职务"), lambda one: label(one.committee_role), 110),
            Column(
                self.tr("专长"),
                lambda one: self.tr("相符") if one.specialised else "",
                70,
                sort_key="specialised",
            ),
            Column(
                self.tr("在办"),
                lambda one: self.tr("{n}件").format(n=one.open_cases),
                70,
                sort_key="open_cases",
            ),
            Column(
                self.tr("本周"),
                lambda one: self.tr("{n}场").format(n=one.hearings_this_week),
                70,
                sort_key="hearings_this_week",
            ),
            Column(self.tr("回避核对"), against, 200, stretch=True, tone=tone),
        ]

    def _take(self, found: tuple[MediatorChoice, ...]) -> None:
        self._choices = found
        self.submit_button.setEnabled(bool(found))
        old = self.co
        self.co = ChecksEditor([(one.mediator_id, one.name) for one in found], columns=COLUMNS_OF_NAMES)
        self.co.setAccessibleName(self.tr("共同调解员"))
        self.co.edited.connect(self._show_findings)
        layout = self._names.layout()
        if layout is not None:
            layout.replaceWidget(old, self.co)
        old.deleteLater()
        now = self._case.assignments
        self.co.set_value(tuple(row.mediator_id for row in now if not row.lead))
        self.table.show_records(found)
        lead = next((row.mediator_id for row in now if row.lead), None)
        at = next((place for place, one in enumerate(found) if one.mediator_id == lead), 0)
        if found:
            self.table.setCurrentIndex(self.table.table.index(at, 0))
            self.table.setFocus()
        self._show_findings()

    def _show_findings(self) -> None:
        found = self.found()
        blocks = any(finding.blocks for finding in found)
        self.reason.setVisible(blocks)
        if not found:
            self.findings.hide()
            self.adjustSize()
            return
        advice = (
            self.tr(
                "应当回避的请改选；确需由其调解的，写明不回避的理由，随案保存。"
                "指派后请在“回避”里记录各方是否同意，全部同意以前不能开调解会。"
            )
            if blocks
            else self.tr("供参考，不影响指派。")
        )
        tone = Tone.BAD if blocks else Tone.WARN
        self.findings.say(f"{findings_words(found)}\n{advice}", tone, lasting=True)
        self.adjustSize()
