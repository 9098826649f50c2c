"""The form of a record of investigation (F06, 4.7)."""

from dataclasses import replace

from PySide6.QtWidgets import QHBoxLayout, QWidget
from typing_extensions import override

from app.domain.cases import CaseView
from app.domain.errors import Problem, Reason, Refused
from app.domain.values.identity import IdNumber, Sex, age_on, check_id_number
from app.domain.work.phrases import PhraseKind
from app.domain.work.visits import AskedPerson, InvestigationInput, InvestigationRow
from app.services.work.investigations import save_investigation
from app.ui.clock import office_today
from app.ui.kit.card import words
from app.ui.kit.date_edit import DateEditor
from app.ui.kit.dialog import Dialog
from app.ui.kit.draft_keeper import DialogDraft
from app.ui.kit.editors import IdEditor, NumberEditor, choice, line, text
from app.ui.kit.form import FULL_ROW, Field, Form
from app.ui.tasks import Tasks
from app.ui.theme import px
from app.ui.work.phrase_picker import phrase_button
from app.ui.work.small_editors import MinutesEditor, NamesEditor

_LISTS = ("attendees", "investigators")


class InvestigationDialog(Dialog):
    """One record, new or to be corrected before it is signed."""

    def __init__(
        self,
        tasks: Tasks,
        case: CaseView,
        row: InvestigationRow | None = None,
        recorder: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("", "", tasks=tasks, parent=parent)
        self.set_heading(self.tr("修改调查记录") if row else self.tr("写调查记录"))
        self.submit_button.setText(self.tr("保存"))
        self.setMinimumWidth(px(820))
        self._case, self._row = case, row
        self.head = Form(InvestigationInput, self._head_fields(), columns=3)
        self.asked = Form(AskedPerson, self._asked_fields(), columns=3)
        self.asked.prefix = "asked."
        self.text = Form(
            InvestigationInput,
            [Field("body", self.tr("调查内容"), text(9), required=True, span=FULL_ROW)],
            columns=1,
        )
        wanted = _input(case, row, recorder)
        self.head.fill(wanted)
        self.asked.fill(wanted.asked)
        self.text.fill(wanted)
        self.asked.field("id_no").editingFinished.connect(self._read_number)
        self._build()
        self.draft = DialogDraft(self, tasks, row.id if row else case.id, "investigate")

    def _build(self) -> None:
        self.add(self.head)
        self.add(words(self.tr("被调查人"), "sectionTitle"))
        self.add(self.asked)
        line_above = QHBoxLayout()
        line_above.addWidget(words(self.tr("问和答"), "sectionTitle"))
        line_above.addWidget(words(self.tr("先表明身份、说明来意、告知如实陈述；最后由本人核对"), "hint"))
        line_above.addStretch(1)
        self.phrases = phrase_button(
            self,
            lambda: self.text.field("body"),
            lambda: self._case.type_a,
            (PhraseKind.PROMPT, PhraseKind.FACT),
        )
        line_above.addWidget(self.phrases)
        self.add(line_above)
        self.add(self.text, 1)

    def _head_fields(self) -> list[Field]:
        several = self.tr("几人用顿号隔开")
        return [
            Field("day", self.tr("日期"), DateEditor, required=True),
            Field("start", self.tr("开始"), MinutesEditor, required=True),
            Field("end", self.tr("结束"), MinutesEditor, required=True),
            Field("place", self.tr("地点"), line(limit=100), required=True),
            Field(
                "investigators", self.tr("调查人"), lambda: NamesEditor(placeholder=several), required=True
            ),
            Field("recorder", self.tr("记录人"), line(limit=50), required=True),
            Field("attendees", self.tr("参加人"), lambda: NamesEditor(placeholder=several), span=FULL_ROW),
        ]

    def _asked_fields(self) -> list[Field]:
        return [
            Field("name", self.tr("姓名"), line(limit=50), required=True),
            Field("sex", self.tr("性别"), choice(Sex, blank=True)),
            Field("age", self.tr("年龄"), NumberEditor),
            Field("id_no", self.tr("身份证号"), IdEditor),
            Field("unit", self.tr("单位"), line(limit=100)),
            Field("phone", self.tr("电话"), line(limit=40)),
            Field("address", self.tr("住址"), line(limit=100), span=FULL_ROW),
        ]

    def _read_number(self) -> None:
        """Take sex and age from the number; say when the number looks wrong, which stops nothing."""
        typed = self.asked.field("id_no").value()
        if not typed:
            return
        found = check_id_number(typed, office_today())
        if isinstance(found, IdNumber):
            self.asked.set_values({"sex": found.sex, "age": age_on(found.birth, office_today())})
        else:
            self.asked.warn("id_no", self.tr("号码核对不上，请看清证件；也可以照此保存。"))

    @override
    def submit(self) -> None:
        head, asked, body = self.head.value(), self.asked.value(), self.text.value()
        if head is None or asked is None or body is None:
            return
        known = (self._row.id, self._row.row_version) if self._row else (None, None)
        self.act(save_investigation, replace(head, asked=asked, body=body.body), *known)

    @override
    def show_refused(self, refused: Refused) -> None:
        super().show_refused(in_one_field(refused, _LISTS))


def in_one_field(refused: Refused, lists: tuple[str, ...]) -> Refused:
    """The same refusal with the problems of entries of these lists put at the field that holds them all."""
    if refused.reason is not Reason.INVALID:
        return refused

    def placed(problem: Problem) -> Problem:
        name = problem.field.partition(".")[0]
        return replace(problem, field=name) if name in lists else problem

    return Refused(Reason.INVALID, problems=tuple(map(placed, refused.details.get("problems", ()))))


def _input(case: CaseView, row: InvestigationRow | None, recorder: str) -> InvestigationInput:
    if row is None:
        leading = tuple(one.name for one in case.assignments)
        return InvestigationInput(
            case.id, day=office_today(), place=case.place, investigators=leading, recorder=recorder
        )
    return InvestigationInput(
        case.id, row.day, row.start, row.end, row.place, row.attendees, row.asked, row.investigators,
        row.recorder, row.body,
    )  # fmt: skip
