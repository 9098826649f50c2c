"""延长期限: what the law asks for it, and the new last day while it is typed."""

from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QLabel, QWidget
from typing_extensions import override

from app.domain.cases import PRINCIPALS, CaseView, DueDate
from app.domain.deadlines import ExtendableLimit, ExtensionInput, ExtensionNeed, RuleCode
from app.domain.errors import Refused
from app.services.rules.extensions import extend_limit, list_extendable, preview_extension
from app.ui.clock import office_today
from app.ui.kit.date_edit import DateEditor, date_words
from app.ui.kit.dialog import Dialog
from app.ui.kit.editors import ChoiceEditor, NumberEditor, checks, line, text
from app.ui.kit.form import FULL_ROW, Field, Form
from app.ui.tasks import Request, Tasks
from app.ui.theme import px
from app.ui.words.counting_words import explain, span_words
from app.ui.words.labels import label
from app.ui.words.messages import sentence

_AGREED = (ExtensionNeed.ALL_PARTIES, ExtensionNeed.BOTH_PARTIES)
_GRANTED = (ExtensionNeed.ALL_PARTIES, ExtensionNeed.CHAIR, ExtensionNeed.COURT_PRESIDENT)
DEFAULT_LONGER = 30


@dataclass(frozen=True, slots=True)
class LongerLimit:
    """What is typed: which limit, how much longer, who agreed and who granted it."""

    code: RuleCode | None
    amount: int | None
    agreed_by: tuple[str, ...]
    approver: str
    document_no: str
    reason: str
    granted_on: date | None


class ExtendDialog(Dialog):
    """One limit of a case at a time; only limits that may be extended and have not ended are offered."""

    def __init__(self, tasks: Tasks, case: CaseView, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("延长期限"), self.tr("延长"), tasks=tasks, parent=parent)
        self.setMinimumWidth(px(660))
        self._runner = tasks
        self._case = case
        self._limits: dict[RuleCode, ExtendableLimit] = {}
        self._asked: Request[DueDate] | None = None
        self.form = self._make_form()
        self.add(self.form)
        self.before, self.after, self.how = QLabel(), QLabel(), QLabel()
        for made, style in ((self.before, ""), (self.after, "good"), (self.how, "sub")):
            made.setObjectName(style)
            made.setWordWrap(True)
            self.add(made)
        self.form.edited.connect(self._show)
        tasks.run(list_extendable, case.id).then(self._take, owner=self)

    def _make_form(self) -> Form[LongerLimit]:
        people = [(one.id, one.name) for one in self._case.parties if one.role in PRINCIPALS]
        made: Form[LongerLimit] = Form(
            LongerLimit,
            [
                Field("code", self.tr("期限"), lambda: ChoiceEditor([]), required=True),
                Field("amount", self.tr("延长多少"), NumberEditor, required=True),
                Field(
                    "agreed_by",
                    self.tr("同意的当事人"),
                    checks(people, columns=4),
                    required=True,
                    span=FULL_ROW,
                ),
                Field("approver", self.tr("批准人"), line(limit=50), required=True),
                Field("document_no", self.tr("法院文书号"), line(limit=80), required=True),
                Field("granted_on", self.tr("决定日期"), DateEditor, required=True),
                Field("reason", self.tr("理由"), text(2), required=True, span=FULL_ROW),
            ],
            columns=2,
        )
        made.set_values({"granted_on": office_today()})
        return made

    @override
    def submit(self) -> None:
        """Make it longer."""
        given = self.form.value()
        if given is None or given.code is None:
            return
        asked = ExtensionInput(
            given.amount or 0, given.agreed_by, given.approver, given.document_no, given.reason,
            given.granted_on,
        )  # fmt: skip
        self.act(extend_limit, self._case.id, given.code, asked)

    @override
    def show_refused(self, refused: Refused) -> None:
        super().show_refused(refused)
        self._make_room()

    def _make_room(self) -> None:
        """Grow so far that the words under the fields cover nothing."""
        column = self.layout()
        if column is not None:
            column.activate()
            least = column.totalMinimumHeightForWidth(self.width())
            self.resize(self.width(), max(self.height(), least))

    def _take(self, limits: tuple[ExtendableLimit, ...]) -> None:
        self._limits = {RuleCode(one.due.code): one for one in limits}
        self.submit_button.setEnabled(bool(limits))
        if not limits:
            self.form.hide()
            self.before.setText(
                self.tr("本案现在没有可以延长的期限：司法确认等法定期限不能延长，届满的期限也不能再延长。")
            )
            return
        self.form.field("code").set_options([(code, label(code)) for code in self._limits])
        first = next(iter(self._limits))
        self.form.set_values({"code": first, "amount": self._limits[first].left or DEFAULT_LONGER})
        self._show()

    def _show(self) -> None:
        """Show what the chosen limit needs, and where its end would move to."""
        values, _ = self.form.read()
        code = values.get("code")
        if code not in self._limits:
            return
        limit = self._limits[code]
        self.form.show_fields(_asked_of(limit.needs))
        most = (
            self.tr("，最多再延长{span}").format(span=span_words(limit.left, limit.unit))
            if limit.left
            else ""
        )
        needs = self.tr("现在的最后一天是{day}。需要：{needs}{most}。")
        day = date_words(limit.due.due_on)
        self.before.setText(needs.format(day=day, needs=label(limit.needs), most=most))
        if self._asked is not None:
            self._asked.drop()
        self.after.setText("")
        self.how.setText("")
        amount = values.get("amount")
        if amount:
            self._asked = self._runner.run(preview_extension, self._case.id, code, amount)
            self._asked.then(self._moved, refused=self._not_moved, owner=self)

    def _moved(self, due: DueDate) -> None:
        self.after.setText(self.tr("延长后最后一天：{day}").format(day=date_words(due.due_on)))
        self.how.setText(self.tr("怎么算的：{how}").format(how=explain(due)))

    def _not_moved(self, refused: Refused) -> None:
        self.how.setText(sentence(refused))


def _asked_of(needs: ExtensionNeed) -> list[str]:
    """The fields the law asks for."""
    agreed = ["agreed_by"] if needs in _AGREED else []
    granted = ["approver"] if needs in _GRANTED else []
    document = ["document_no"] if needs is ExtensionNeed.COURT_PRESIDENT else []
    return ["code", "amount", *agreed, *granted, *document, "granted_on", "reason"]
