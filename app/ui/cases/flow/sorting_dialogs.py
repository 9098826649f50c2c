"""Sorting a case and putting right what is written about it."""

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.domain.cases import CaseView, Difficulty
from app.domain.casework.inputs import CorrectInput, TriageInput
from app.domain.life.codes import LEVELS, Procedure
from app.domain.values.catalogues import DISPUTE_TYPES_A, DISPUTE_TYPES_B
from app.services.flow.on_spot import not_on_spot
from app.services.flow.triage import correct_case, raise_level, triage_case
from app.ui.cases.flow.flow_dialog import FlowDialog
from app.ui.cases.intake.filter_choice import FilterChoice
from app.ui.cases.level_words import level_words
from app.ui.kit.editors import MoneyEditor, NumberEditor, choice, line, text
from app.ui.kit.form import FULL_ROW, Field
from app.ui.tasks import Tasks
from app.ui.theme import px


class TriageDialog(FlowDialog):
    """甄别分流: how hard the case is, which procedure, which level, what is in issue."""

    def __init__(self, tasks: Tasks, case: CaseView, parent: QWidget | None = None) -> None:
        super().__init__((self.tr("甄别分流"), self.tr("保存")), tasks, case, parent)
        self.setMinimumWidth(px(640))
        self.form = self.make_form(
            TriageInput,
            [
                Field("difficulty", self.tr("难易程度"), choice(Difficulty)),
                Field("procedure", self.tr("适用程序"), choice(Procedure)),
                Field(
                    "difficulty_reason",
                    self.tr("难易理由"),
                    line(self.tr("疑难、重大的写明理由，如：涉及人数多、矛盾激化")),
                    span=FULL_ROW,
                ),
                Field("level", self.tr("办理层级"), choice([(at, level_words(at)) for at in LEVELS])),
                Field("issues", self.tr("争议焦点"), text(2), span=FULL_ROW),
                Field("note", self.tr("甄别意见"), text(2), span=FULL_ROW),
            ],
            columns=2,
        )
        now = case.standing.triage
        self.form.fill(
            TriageInput(
                case.difficulty, now.difficulty_reason, now.procedure, now.issues, now.note, now.level
            )
        )

    @override
    def submit(self) -> None:
        """Write it down."""
        given = self.form.value()
        if given is not None:
            self.act(triage_case, self.case.id, given)


class RaiseLevelDialog(FlowDialog):
    """提级办理: the next of the four levels takes it, with the whole history."""

    def __init__(self, tasks: Tasks, case: CaseView, parent: QWidget | None = None) -> None:
        super().__init__((self.tr("提级办理"), self.tr("提级")), tasks, case, parent)
        level = case.standing.triage.level
        said = self.tr("现在由{now}办理，提级后由{after}办理，原来的记录都保留。")
        self.tell(said.format(now=level_words(level), after=level_words(level + 1)), "")

    @override
    def submit(self) -> None:
        """Raise it."""
        self.act(raise_level, self.case.id)


class NotOnSpotDialog(FlowDialog):
    """当场未能化解: the case goes back to be decided on."""

    def __init__(self, tasks: Tasks, case: CaseView, parent: QWidget | None = None) -> None:
        super().__init__((self.tr("当场未能化解"), self.tr("转回甄别")), tasks, case, parent)
        self.tell(self.tr("案件转回甄别，再决定受理、移送或者上报。"), "")

    @override
    def submit(self) -> None:
        """Take the settlement on the spot back."""
        self.act(not_on_spot, self.case.id)


class CorrectDialog(FlowDialog):
    """更正案情: what is written about the matter."""

    def __init__(self, tasks: Tasks, case: CaseView, parent: QWidget | None = None) -> None:
        super().__init__((self.tr("更正案情"), self.tr("保存")), tasks, case, parent)
        self.setMinimumWidth(px(680))
        kinds_a, kinds_b = list(DISPUTE_TYPES_A.items()), list(DISPUTE_TYPES_B.items())
        self.form = self.make_form(
            CorrectInput,
            [
                Field("title", self.tr("卷名"), line(limit=100), required=True, span=FULL_ROW),
                Field("type_a", self.tr("纠纷类型"), lambda: FilterChoice(kinds_a), required=True),
                Field("type_b", self.tr("综治分类"), lambda: FilterChoice(kinds_b), required=True),
                Field("summary", self.tr("简要情况"), text(3), required=True, span=FULL_ROW),
                Field("request", self.tr("请求"), text(2), span=FULL_ROW),
                Field("place", self.tr("发生地点"), line(limit=200)),
                Field("amount_fen", self.tr("涉及金额"), MoneyEditor),
                Field("people_count", self.tr("涉及人数"), NumberEditor),
                Field("difficulty", self.tr("难易程度"), choice(Difficulty)),
                Field("difficulty_reason", self.tr("难易理由"), span=FULL_ROW),
            ],
            columns=2,
        )
        self.form.fill(
            CorrectInput(
                case.row_version,
                case.title,
                case.summary,
                case.type_a,
                case.type_b,
                case.request,
                case.place,
                case.amount_fen,
                case.people_count,
                case.difficulty,
                case.standing.triage.difficulty_reason,
            )
        )
        self.keep_draft("correct")

    @override
    def submit(self) -> None:
        """Put it right."""
        given = self.form.value()
        if given is not None:
            self.act(correct_case, self.case.id, given)
