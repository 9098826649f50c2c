"""委托调解: the letter of a court or another organ, and the answer to it (F21, F23)."""

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.domain.cases import CaseView
from app.domain.confirming.entrustment import (
    COURT_PROCEDURES,
    EntrustmentInput,
    EntrustmentReply,
    EntrustmentResult,
    EntrustmentView,
    Organ,
)
from app.domain.flow import BEFORE_DECISION, MEDIATING
from app.services.confirmation.entrusting import (
    answer_entrustment,
    draft_entrustment,
    open_entrustment,
    record_entrustment,
)
from app.ui.clock import office_today
from app.ui.kit.buttons import Segments
from app.ui.kit.card import words
from app.ui.kit.date_edit import DateEditor, date_words
from app.ui.kit.dialog import Dialog
from app.ui.kit.editors import TextEditor, check, choice, line
from app.ui.kit.form import FULL_ROW, Field, Form
from app.ui.tasks import Tasks
from app.ui.theme import px
from app.ui.words.labels import label

_WIDTH, _LINE = 700, 22
LETTER, ANSWER = "letter", "answer"


def _few() -> TextEditor:
    made = TextEditor(lines=2)
    made.setMaximumHeight(px(_LINE) * 2 + 12)
    return made


class EntrustmentDialog(Dialog):
    """Begins with the letter; once it lies in the case and the mediation is over, with the answer."""

    def __init__(self, tasks: Tasks, case: CaseView, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("委托调解"), self.tr("登记签收"), tasks=tasks, parent=parent)
        self.setMinimumWidth(px(_WIDTH))
        self.case = case
        self.view: EntrustmentView | None = None
        self.submit_button.setDisabled(True)
        self.parts = Segments([(LETTER, self.tr("委托函")), (ANSWER, self.tr("答复"))])
        self.parts.chosen.connect(self._turn)
        self.told = words("", "sub")
        self.told.setWordWrap(True)
        self.letter = self._letter_form()
        self.reply = self._reply_form()
        for part in (self.parts, self.told, self.letter, self.reply):
            self.add(part)
        self.letter.field("organ").edited.connect(self._show_needed)
        self.reply.field("result").edited.connect(self._show_reply)
        self.reply.hide()
        self.told.hide()
        self._ask(open_entrustment, self._take)

    def _ask(self, use_case: Any, then: Callable[[Any], object]) -> None:
        if self.tasks is not None:
            self.tasks.run(use_case, self.case.id).then(then, owner=self)

    def _letter_form(self) -> Form[EntrustmentInput]:
        courts = [(one, label(one)) for one in COURT_PROCEDURES]
        form: Form[EntrustmentInput] = Form(
            EntrustmentInput,
            [
                Field("organ", self.tr("委托单位类别"), choice(Organ), required=True),
                Field("unit", self.tr("委托单位"), line(self.tr("如：某县人民法院"), 100), required=True),
                Field("letter_no", self.tr("函号"), line("", 80)),
                Field("procedure", self.tr("程序"), choice(courts, blank=True), required=True),
                Field("case_no", self.tr("对方案号"), line(self.tr("法院或公安的案号"), 80)),
                Field("contact", self.tr("联系人电话"), line("", 100)),
                Field("signed_by", self.tr("签收人"), line("", 50), required=True),
                Field("signed_on", self.tr("签收日期"), DateEditor, required=True,
                      hint=self.tr("委托调解的期限从这一天起算。")),
                Field("issues", self.tr("争议焦点"), _few, span=FULL_ROW),
                Field("materials", self.tr("移送材料"), _few, span=FULL_ROW),
                Field("no_penalty_asked", self.tr("治安案件"),
                      check(self.tr("当事人书面申请履行后不予处罚")), span=FULL_ROW),
            ],
            columns=2,
        )  # fmt: skip
        form.fill(EntrustmentInput(self.case.id, Organ.COURT))
        return form

    def _reply_form(self) -> Form[EntrustmentReply]:
        form: Form[EntrustmentReply] = Form(
            EntrustmentReply,
            [
                Field("result", self.tr("调解结果"), choice(EntrustmentResult), required=True),
                Field("replied_on", self.tr("答复日期"), DateEditor, required=True),
                Field("reply_letter_no", self.tr("复函文号"), line("", 80), span=FULL_ROW),
                Field("reply_note", self.tr("原因"), _few, span=FULL_ROW),
                Field("issues", self.tr("争议焦点"), _few, span=FULL_ROW),
                Field("undisputed", self.tr("无争议事实"), _few, span=FULL_ROW),
                Field("returned", self.tr("退回材料"), line(self.tr("退回了哪些材料"), 200), span=FULL_ROW),
            ],
            columns=2,
        )
        form.fill(EntrustmentReply("", EntrustmentResult.SETTLED))
        return form

    def _take(self, view: EntrustmentView | None) -> None:
        self.submit_button.setDisabled(False)
        if view is None or view.result is not None:
            self.parts.hide()
            self._ask(draft_entrustment, self._fill_letter)
            if view is not None and view.result is not None and view.replied_on is not None:
                said = self.tr("{day}已答复{unit}：{result}。再来函的，在这里登记。")
                self._tell(
                    said.format(
                        day=date_words(view.replied_on), unit=view.letter.unit, result=label(view.result)
                    )
                )
            return
        self.view = view
        self._fill_letter(view.letter)
        result = EntrustmentResult.SETTLED if view.agreements else EntrustmentResult.FAILED
        self.reply.fill(EntrustmentReply(view.id, result, issues=view.issues, undisputed=view.undisputed))
        self.reply.field("replied_on").set_value(office_today())
        over = self.case.status not in BEFORE_DECISION | MEDIATING
        self.parts.set_value(ANSWER if over else LETTER)
        self._turn(self.parts.value())

    def _fill_letter(self, letter: EntrustmentInput) -> None:
        self.letter.fill(letter)
        self._show_needed()
        if self.isVisible():
            self.letter.focus_first()

    def _turn(self, part: Any) -> None:
        answer = part == ANSWER
        self.letter.setHidden(answer)
        self.reply.setHidden(not answer)
        self.forms = [self.reply if answer else self.letter]  # both ask for the issues
        self.submit_button.setText(self.tr("登记答复") if answer else self.tr("登记签收"))
        self._show_reply()
        (self.reply if answer else self.letter).focus_first()

    def _show_needed(self) -> None:
        """A court has a procedure, the police may leave a penalty out, others have neither."""
        organ = self.letter.field("organ").value()
        extra = {Organ.COURT: ("procedure", "case_no"), Organ.POLICE: ("case_no", "no_penalty_asked")}
        shown = ("organ", "unit", "letter_no", *extra.get(organ, ()), "contact", "signed_by", "signed_on")
        self.letter.show_fields((*shown, "issues", "materials"))

    def _show_reply(self) -> None:
        settled = self.reply.field("result").value() is EntrustmentResult.SETTLED
        needed = () if settled else ("reply_note", "issues", "undisputed")
        self.reply.show_fields(("result", "replied_on", "reply_letter_no", *needed, "returned"))
        if self.view is None:
            return
        if self.reply.isHidden():
            self._tell("")
        elif settled:
            numbers = "、".join(self.view.agreements) or self.tr("无")
            performed = self.view.performed_on
            state = self.tr("已履行完毕") if performed else self.tr("尚未履行完毕")
            said = self.tr("生效的协议：{numbers}（{state}）")
            self._tell(said.format(numbers=numbers, state=state))
        else:
            self._tell(self.tr("调解不成的，写明原因、争议焦点和无争议事实，连同材料退回。"))

    def _tell(self, text: str) -> None:
        self.told.setText(text)
        self.told.setVisible(bool(text))

    @override
    def submit(self) -> None:
        """Write down the letter, or the answer to it."""
        if self.reply.isHidden():
            letter = self.letter.value()
            if letter is not None:
                self.act(record_entrustment, letter, self.view.row_version if self.view else None)
            return
        reply = self.reply.value()
        if reply is not None and self.view is not None:
            self.act(answer_entrustment, reply, self.view.row_version)
