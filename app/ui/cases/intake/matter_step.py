"""Step two of the intake: what the dispute is about and how it came here."""

from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from app.domain.cases import CaseSource, Channel, Difficulty, RiskFlag
from app.domain.errors import Problem
from app.domain.intake import MAX_SUMMARY
from app.domain.intake_draft import Matter
from app.domain.values.catalogues import DISPUTE_TYPES_A, DISPUTE_TYPES_B, TYPE_B_OF_A
from app.ui.cases.intake.filter_choice import FilterChoice
from app.ui.clock import office_now
from app.ui.kit.banner import Banner
from app.ui.kit.card import words
from app.ui.kit.date_edit import DateEditor
from app.ui.kit.editors import (
    MoneyEditor,
    NumberEditor,
    TimeEditor,
    UnreadableError,
    checks,
    choice,
    line,
    text,
)
from app.ui.kit.form import FULL_ROW, Field, Form
from app.ui.theme import Tone, px

ENTRUSTED = (
    CaseSource.COURT,
    CaseSource.POLICE,
    CaseSource.PROCURATORATE,
    CaseSource.PETITION_OFFICE,
    CaseSource.OTHER_DEPARTMENT,
)
_UNIT_FIELDS = ("source_unit", "source_letter")
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class MatterForm(Form[Matter]):
    """The fields of a `Matter`."""

    def title_of(self, name: str) -> str:
        """The label of a field; "" for a field of elsewhere."""
        return self._cells[name].field.label if name in self._cells else ""


class MatterStep(QWidget):
    """Tells `edited` after each change, `finished` on Enter in the last field."""

    edited = Signal()
    finished = Signal()

    def __init__(self, registrar: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._registrar = registrar
        self._type_b_follows = True
        self.form = MatterForm(Matter, _fields())
        for name, lines in (("summary", 4), ("request", 2)):
            self.form.field(name).setFixedHeight(px(22) * lines + 16)
        self.risk = Banner()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 4, 0)
        column.setSpacing(10)
        column.addWidget(words(self.tr("纠纷情况"), "sectionTitle"))
        column.addWidget(self.form)
        column.addWidget(self.risk)
        column.addStretch(1)
        self.form.edited.connect(self.edited)
        self.form.field("type_a").edited.connect(self._follow_type)
        self.form.field("type_b").textEdited.connect(self._type_b_typed)
        self.form.field("source").edited.connect(self._show_unit)
        self.form.field("risk_flags").edited.connect(self._tell_risk)
        self.form.field("received_time").installEventFilter(self)
        self.clear()

    def clear(self) -> None:
        """Begin anew: received now, first met by the person signed in."""
        now = office_now()
        self._type_b_follows = True
        self.form.fill(
            Matter(
                received_on=now.date(),
                received_time=now.time().replace(second=0, microsecond=0),
                first_contact=self._registrar,
            )
        )
        self._show_unit()

    def snapshot(self) -> dict[str, Any]:
        """What was typed."""
        return self.form.snapshot()

    def restore(self, typed: Any) -> None:
        """Put a draft back."""
        self._type_b_follows = not typed.get("type_b")
        self.form.restore(typed)
        self._show_unit()
        self._tell_risk()

    def source(self) -> CaseSource:
        """Where the case comes from."""
        found: CaseSource = self.form.field("source").value()
        return found

    def read(self) -> tuple[Matter, tuple[Problem, ...]]:
        """The matter as far as readable, and the problems of the unreadable fields."""
        values, problems = self.form.read()
        missing = "received_on" in values and values["received_on"] is None
        own = (Problem("received_on", "required"),) if missing else ()
        if self.source() not in ENTRUSTED:
            values.update(dict.fromkeys(_UNIT_FIELDS, ""))
        return Matter(**values), (*problems, *own)

    def lacking(self) -> int:
        """How many fields that must be filled are still empty."""
        typed = self.form.snapshot()
        needed = ["type_a", "type_b", "summary", "received_on", "first_contact"]
        if self.source() in ENTRUSTED:
            needed.append("source_unit")
        return sum(not str(typed[name]).strip() for name in needed)

    def is_blank(self) -> bool:
        """Whether nothing was typed that would be missed."""
        typed = self.form.snapshot()
        return not any(str(typed[name] or "").strip() for name in ("type_a", "summary", "request", "place"))

    def _follow_type(self) -> None:
        try:
            type_a = self.form.field("type_a").value()
        except UnreadableError:
            return
        exact = DISPUTE_TYPES_A.get(type_a, "") == self.form.field("type_a").text()
        if self._type_b_follows and type_a and exact:
            self.form.set_values({"type_b": TYPE_B_OF_A[type_a]})

    def _type_b_typed(self) -> None:
        self._type_b_follows = not self.form.field("type_b").text().strip()

    def _show_unit(self) -> None:
        entrusted = self.source() in ENTRUSTED
        self.form.show_fields(name for name in _names() if entrusted or name not in _UNIT_FIELDS)

    def _tell_risk(self) -> None:
        if not self.form.field("risk_flags").value():
            self.risk.hide()
            return
        sentence = self.tr(
            "有激化可能：请采取针对性的预防措施；可能引起治安案件、刑事案件的，"
            "及时报告公安机关或者有关部门（人民调解法第二十五条）。"
        )
        self.risk.say(sentence, Tone.WARN, lasting=True)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            plain = not event.modifiers() & Qt.KeyboardModifier.ControlModifier
            if event.key() in _ENTER and plain:
                self.finished.emit()
                return True
        return super().eventFilter(watched, event)


def _names() -> list[str]:
    return [field.name for field in _fields()]


def _fields() -> list[Field]:
    translate = QCoreApplication.translate
    hint = translate("cases", "可输拼音首字母，如 ll")
    type_a, type_b = list(DISPUTE_TYPES_A.items()), list(DISPUTE_TYPES_B.items())
    return [
        Field(
            "type_a",
            translate("cases", "纠纷类型"),
            lambda: FilterChoice(type_a, placeholder=hint),
            required=True,
        ),
        Field("type_b", translate("cases", "综治分类"), lambda: FilterChoice(type_b), required=True, span=2),
        Field("source", translate("cases", "案件来源"), choice(CaseSource), required=True),
        Field("channel", translate("cases", "反映渠道"), choice(Channel), required=True),
        Field("difficulty", translate("cases", "难易程度"), choice(Difficulty)),
        Field("source_unit", translate("cases", "移送单位"), required=True, span=2),
        Field("source_letter", translate("cases", "移送函号")),
        Field(
            "summary",
            translate("cases", "纠纷简要情况"),
            text(4, translate("cases", "时间、地点、起因、经过、现状，双方争议的事项"), MAX_SUMMARY),
            required=True,
            span=FULL_ROW,
        ),
        Field("request", translate("cases", "当事人请求"), text(2, limit=MAX_SUMMARY), span=FULL_ROW),
        Field("place", translate("cases", "发生地点")),
        Field(
            "amount_fen", translate("cases", "涉及金额"), lambda: _money(translate("cases", "元，可写 3.5万"))
        ),
        Field("people_count", translate("cases", "涉及人数"), NumberEditor),
        Field("risk_flags", translate("cases", "激化风险"), checks(RiskFlag, columns=4), span=FULL_ROW),
        Field("first_contact", translate("cases", "首问责任人"), line(), required=True),
        Field("received_on", translate("cases", "接待日期"), DateEditor, required=True),
        Field("received_time", translate("cases", "接待时间"), TimeEditor),
    ]


def _money(placeholder: str) -> MoneyEditor:
    return MoneyEditor(placeholder=placeholder)
