"""Deciding whether a mediator must leave a case: the ties found, the wishes of parties, the consents."""

from dataclasses import dataclass

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from app.domain.cases import PRINCIPALS, CaseView
from app.domain.recusal import RecusalInput, RecusalVerdict, RecusalView
from app.domain.roster import MediatorChoice
from app.services.parties.recusal import ask_recusal, decide_recusal, list_recusals
from app.services.roster.assignments import suggest_mediators
from app.ui.kit.banner import Banner
from app.ui.kit.buttons import Weight, button
from app.ui.kit.card import words
from app.ui.kit.date_edit import date_words
from app.ui.kit.dialog import Dialog
from app.ui.kit.editors import choice, text
from app.ui.kit.form import FULL_ROW, Field, Form
from app.ui.kit.row_view import SmallTable
from app.ui.kit.table import Column
from app.ui.parties.people_picker import PeoplePicker
from app.ui.parties.record_dialog import RecordDialog
from app.ui.room import Scrolled
from app.ui.tasks import Tasks
from app.ui.theme import Tone, px
from app.ui.words.finding_words import findings_words
from app.ui.words.labels import label

HEAD, ROW, MOST_ROWS = 42, 38, 4  # heights of the table of what was found
DECIDED = (RecusalVerdict.KEPT, RecusalVerdict.REPLACED, RecusalVerdict.NOT_FOUNDED)


@dataclass(frozen=True, slots=True)
class RecusalWish:
    """Which party wants which mediator to leave, and why."""

    mediator_id: str
    party_id: str
    reason: str = ""


class RecusalDialog(Dialog):
    """The table names what was found or asked; the form under it decides on the current row."""

    def __init__(self, tasks: Tasks, case: CaseView, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("回避"), self.tr("作出决定"), tasks=tasks, parent=parent)
        self._case, self._tasks = case, tasks
        self._shown = ("", 0)
        self.table: SmallTable[RecusalView] = SmallTable(
            self._columns(),
            title=self.tr("回避事项"),
            empty=self.tr("没有发现需要回避的情形，也没有当事人提出回避。"),
        )
        self.ties = Banner()
        self.form: Form[RecusalInput] = Form(
            RecusalInput,
            [
                Field(
                    "verdict",
                    self.tr("决定"),
                    choice([(verdict, label(verdict)) for verdict in DECIDED]),
                    required=True,
                ),
                Field("replacement_id", self.tr("接替的调解员"), choice([("", "")])),
                Field("reason", self.tr("理由"), text(2), required=True, span=FULL_ROW),
                Field("consented", self.tr("知情并同意"), PeoplePicker, span=FULL_ROW),
            ],
            columns=2,
        )
        self.all_button = button(self.tr("全部同意"), self._tick_all, weight=Weight.LINK)
        self.ask_button = button(self.tr("当事人申请回避"), self.ask)
        self.print_button = button(self.tr("打印记录"), self.print_record, picture="printer")
        self._build()
        tasks.run(list_recusals, case.id).then(self._take, owner=self)
        tasks.run(suggest_mediators, case.id).then(self._offer, owner=self)

    def _build(self) -> None:
        self.setMinimumSize(px(800), px(440))
        self.resize(px(820), px(600))
        self.add_foot(self.print_button)
        self.add_foot(self.ask_button)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 8, 0)
        column.addWidget(self.form)
        line = QHBoxLayout()
        line.addStretch(1)
        line.addWidget(self.all_button)
        column.addLayout(line)
        column.addStretch(1)
        self.table.setMinimumHeight(px(HEAD + ROW))
        self.add(self.table)
        self.add(self.ties)
        self.add(Scrolled(inner), 1)
        self.forms.append(self.form)
        self.form.submitted.connect(self.submit_button.click)
        self.form.field("verdict").edited.connect(self._suit)
        self.table.picked.connect(lambda _: self._show())
        people = [
            (one.id, f"{one.name}（{label(one.role)}）")
            for one in self._case.parties
            if one.role in PRINCIPALS
        ]
        self.form.field("consented").set_options(people)
        self.ask_button.setEnabled(bool(self._case.assignments and self._case.parties))
        self._show()

    @override
    def submit(self) -> None:
        """Decide on the current row."""
        row, wanted = self.table.current(), self.form.value()
        if row is not None and wanted is not None and self.submit_button.isEnabled():
            self.act(decide_recusal, row.id, wanted, row.row_version)

    def ask(self) -> None:
        """Write down that a party wants a mediator to leave."""
        dialog = AskDialog(self._tasks, self._case, self)
        dialog.accepted.connect(
            lambda: self._tasks.run(list_recusals, self._case.id).then(self._take, owner=self)
        )
        dialog.open()

    def print_record(self) -> None:
        """Show the record of the current row, to be printed and signed."""
        row = self.table.current()
        if row is not None:
            RecordDialog(self._tasks, self._case.id, row.id, self).open()

    def _take(self, found: tuple[RecusalView, ...]) -> None:
        self.table.show_records(found)
        self.table.setFixedHeight(px(HEAD + ROW * max(1, min(len(found), MOST_ROWS))))
        if found:
            self.table.setCurrentIndex(self.table.table.index(0, 0))
        self._show()

    def _offer(self, found: tuple[MediatorChoice, ...]) -> None:
        now = {row.mediator_id for row in self._case.assignments}
        free = [
            (one.mediator_id, one.name)
            for one in found
            if one.mediator_id not in now and not any(tie.blocks for tie in one.findings)
        ]
        self.form.field("replacement_id").set_options([("", self.tr("不另行指派")), *free])

    def _show(self) -> None:
        row = self.table.current()
        waits = row is not None and row.decided_on is None
        self.submit_button.setEnabled(waits)
        self.print_button.setEnabled(row is not None and row.verdict is not RecusalVerdict.MOOT)
        self.form.setVisible(waits)
        if row is None:
            self.ties.hide()
        else:
            self.ties.say(self._told(row), Tone.WARN if waits else Tone.INFO, lasting=True)
            self._fill(row)
        self._suit()

    def _fill(self, row: RecusalView) -> None:
        """Begin with what is known of a row; what is being typed about it stays."""
        key = (row.id, row.row_version)
        if key != self._shown:
            self._shown = key
            first = row.verdict if row.verdict in DECIDED else RecusalVerdict.KEPT
            self.form.fill(RecusalInput(first, row.reason, row.consented))

    def _suit(self) -> None:
        """Consents keep a mediator, a replacement takes the place of one who goes."""
        verdict = self.form.field("verdict").value()
        names = {"verdict", "reason"}
        if verdict is RecusalVerdict.KEPT:
            names.add("consented")
        if verdict is RecusalVerdict.REPLACED:
            names.add("replacement_id")
        self.form.show_fields(names)
        self.all_button.setVisible(self.form.isVisibleTo(self) and verdict is RecusalVerdict.KEPT)

    def _tick_all(self) -> None:
        self.form.field("consented").tick_all(True)

    def _told(self, row: RecusalView) -> str:
        """The ties in words, the wish, and what was decided."""
        parts = []
        if row.asked_by_name:
            wish = self.tr("{party}申请{mediator}回避：{wish}")
            parts.append(wish.format(party=row.asked_by_name, mediator=row.mediator, wish=row.wish))
        if row.findings:
            parts.append(findings_words(row.findings))
        if row.decided_on:
            parts.append(f"{label(row.verdict)}　{row.reason}".strip())
        return "\n".join(parts)

    def _columns(self) -> list[Column[RecusalView]]:
        def source(row: RecusalView) -> str:
            if row.asked_by_name:
                return self.tr("{party}申请").format(party=row.asked_by_name)
            return self.tr("核对发现")

        def tie(row: RecusalView) -> str:
            return "、".join(dict.fromkeys(label(one.kind) for one in row.findings)) or row.wish

        def when(row: RecusalView) -> str:
            return date_words(row.decided_on) if row.decided_on else ""

        def tone(row: RecusalView) -> Tone | None:
            return Tone.WARN if row.decided_on is None else None

        return [
            Column(self.tr("调解员"), lambda row: row.mediator, 100, bold=True),
            Column(self.tr("由来"), source, 110),
            Column(self.tr("情形"), tie, 200, stretch=True),
            Column(self.tr("决定"), lambda row: label(row.verdict), 170, tone=tone),
            Column(self.tr("日期"), when, 110),
        ]


class AskDialog(Dialog):
    """A party asks that a mediator leave (TY16 15)."""

    def __init__(self, tasks: Tasks, case: CaseView, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("当事人申请回避"), self.tr("记下"), tasks=tasks, parent=parent)
        self._case = case
        mediators = [(row.mediator_id, row.name) for row in case.assignments]
        people = [(one.id, f"{one.name}（{label(one.role)}）") for one in case.parties]
        self.form: Form[RecusalWish] = Form(
            RecusalWish,
            [
                Field("party_id", self.tr("申请人"), choice(people), required=True),
                Field("mediator_id", self.tr("要求回避的调解员"), choice(mediators), required=True),
                Field("reason", self.tr("理由"), text(3), required=True, span=FULL_ROW),
            ],
            columns=1,
        )
        self.form.fill(RecusalWish(mediators[0][0], people[0][0]))
        note = words(self.tr("当事人可以随时提出；作出决定以前，不能继续开调解会和签署协议。"), "sub")
        note.setWordWrap(True)
        self.add(self.form)
        self.add(note)

    @override
    def submit(self) -> None:
        """Write the wish down; it waits for a decision."""
        wish = self.form.value()
        if wish is not None:
            self.act(ask_recusal, self._case.id, wish.mediator_id, wish.party_id, wish.reason)
