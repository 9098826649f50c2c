"""The fields of one person of a dispute: which there are, and what is said about them as one types."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from app.domain.cases import AgentKind, AgentPower, PartyInput, PartyRole
from app.domain.errors import Problem
from app.domain.intake import ADULT_AGE
from app.domain.people import PersonKind
from app.domain.values.catalogues import NATIONS
from app.domain.values.identity import (
    NUMBERED_BY_GB11643,
    IdFault,
    IdKind,
    IdProblem,
    Sex,
    age_on,
    check_id_number,
    check_uscc,
)
from app.ui.clock import office_today
from app.ui.kit.date_edit import DateEditor
from app.ui.kit.editors import ChecksEditor, IdEditor, UnreadableError, checks, choice, line
from app.ui.kit.form import FULL_ROW, Field, Form
from app.ui.words.messages import problem_sentence

NUMBER_LENGTH = 18
_PRINCIPAL_ONLY = ("nation", "occupation", "village")


class PersonForm(Form[PartyInput]):
    """The particulars of a natural person or of an organisation, by the part they have in the case.

    Tells `verified(sentence)` when the number is right, and "" when it is not or not yet.
    """

    verified = Signal(str)

    def __init__(self, key: str, role: PartyRole, kind: PersonKind, parent: QWidget | None = None) -> None:
        fields = _legal_fields() if kind is PersonKind.LEGAL else _natural_fields(role)
        super().__init__(PartyInput, fields, base=PartyInput(key=key, role=role, kind=kind), parent=parent)
        self.prefix = f"parties.{key}."
        self.kind = kind
        if kind is PersonKind.LEGAL:
            self._checked_as_typed("uscc", self._check_uscc)
        else:
            self._checked_as_typed("id_no", self._check_number)
            self.field("id_kind").edited.connect(lambda: self._check_number(finished=True))
            self.field("birth").editingFinished.connect(self._tell_age)

    def blame(self, problem: Problem) -> None:
        """Write a problem under its field and leave the cursor where it is."""
        self._cells[problem.field].say(problem_sentence(problem))

    def title_of(self, name: str) -> str:
        """The label of a field; "" for a field of elsewhere."""
        return self._cells[name].field.label if name in self._cells else ""

    def inputs(self) -> list[QWidget]:
        """What takes the focus, in order; Enter in the last goes on to the next person."""
        found: list[QWidget] = []
        for cell in self._cells.values():
            found.extend(cell.editor.boxes() if isinstance(cell.editor, ChecksEditor) else [cell.editor])
        return found

    def check_all(self) -> None:
        """Say again what the numbers say, after the form was filled from elsewhere."""
        if self.kind is PersonKind.LEGAL:
            self._check_uscc(finished=True)
        else:
            self._check_number(finished=True)

    def _checked_as_typed(self, name: str, check: Callable[..., None]) -> None:
        self.field(name).edited.connect(lambda: check(finished=False))
        self.field(name).editingFinished.connect(lambda: check(finished=True))

    def _check_number(self, *, finished: bool) -> None:
        """A whole number is checked at once, an unfinished one when the field is left."""
        text = self.field("id_no").value()
        numbered = self.field("id_kind").value() in NUMBERED_BY_GB11643
        self.field("id_no").setEnabled(self.field("id_kind").value() is not IdKind.NONE)
        self.verified.emit("")
        if not text or not numbered:
            return
        found = check_id_number(text, office_today())
        if isinstance(found, IdFault):
            too_short = found.code is IdProblem.LENGTH and len(text) < NUMBER_LENGTH
            if finished or not too_short:
                self.blame(found.at("id_no"))
            return
        if self.field("sex").value() is not found.sex or self.field("birth").text() == "":
            self.set_values({"sex": found.sex, "birth": found.birth})
        words = QCoreApplication.translate("cases", "✓ 证件校验码正确，已据此带出性别和出生日期（{age}岁）")
        self.verified.emit(words.format(age=age_on(found.birth, office_today())))
        for warning in found.warnings:
            self.warn("id_no", problem_sentence(Problem("id_no", warning)))
        self._tell_age()

    def _tell_age(self) -> None:
        birth = self._birth()
        if birth is None or birth > office_today():
            return
        age = age_on(birth, office_today())
        if age < ADULT_AGE:
            words = QCoreApplication.translate("cases", "{age}岁，未成年，应列明法定代理人")
            self.warn("birth", words.format(age=age))

    def _birth(self) -> date | None:
        try:
            found: date | None = self.field("birth").value()
        except UnreadableError:
            return None
        return found

    def _check_uscc(self, *, finished: bool) -> None:
        self.verified.emit("")
        text = self.field("uscc").text().strip()
        if not text or (len(text) < NUMBER_LENGTH and not finished):
            return
        found = check_uscc(text)
        if isinstance(found, IdFault):
            self.blame(found.at("uscc"))
        else:
            self.verified.emit(QCoreApplication.translate("cases", "✓ 统一社会信用代码校验正确"))


def _natural_fields(role: PartyRole) -> list[Field]:
    translate = QCoreApplication.translate
    fields = [
        Field(
            "name",
            translate("cases", "姓名"),
            line(translate("cases", "姓名、拼音首字母或证件号码")),
            required=True,
        ),
        Field("id_kind", translate("cases", "证件类型"), choice(IdKind)),
        Field("id_no", translate("cases", "证件号码"), IdEditor),
        Field("sex", translate("cases", "性别"), choice(Sex, blank=True)),
        Field("birth", translate("cases", "出生日期"), DateEditor),
        Field("phone", translate("cases", "联系电话")),
        Field("nation", translate("cases", "民族"), choice([("", ""), *((name, name) for name in NATIONS)])),
        Field("occupation", translate("cases", "职业")),
        Field("village", translate("cases", "所在村（社区）")),
        Field("address", translate("cases", "住址"), span=FULL_ROW),
    ]
    if role in (PartyRole.AGENT, PartyRole.GUARDIAN):
        fields = [field for field in fields if field.name not in _PRINCIPAL_ONLY]
    if role is PartyRole.AGENT:
        fields.append(Field("agent_kind", translate("cases", "代理人身份"), choice(AgentKind, blank=True)))
        powers = checks(AgentPower, columns=2)
        fields.append(Field("agent_powers", translate("cases", "代理权限"), powers, span=FULL_ROW))
    return fields


def _legal_fields() -> list[Field]:
    translate = QCoreApplication.translate
    return [
        Field(
            "name",
            translate("cases", "单位名称"),
            line(translate("cases", "名称或拼音首字母")),
            required=True,
            span=2,
        ),
        Field("uscc", translate("cases", "信用代码"), line(translate("cases", "统一社会信用代码 18 位"))),
        Field("legal_representative", translate("cases", "法定代表人")),
        Field("representative_post", translate("cases", "职务")),
        Field("phone", translate("cases", "联系电话")),
        Field("village", translate("cases", "所在村（社区）")),
        Field("address", translate("cases", "住所"), span=2),
    ]
