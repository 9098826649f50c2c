"""The two forms of the first start: the office, and its first administrator."""

from dataclasses import dataclass, replace

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.actor import NodeKind
from app.domain.errors import Problem
from app.domain.office.offices import NewOffice, office_problems
from app.domain.values.identity import IdFault, check_phone
from app.domain.values.numbers import DEFAULT_PATTERNS, Series
from app.ui.kit.card import words
from app.ui.kit.editors import line
from app.ui.kit.form import FULL_ROW, Field, Form
from app.ui.kit.passphrase import PassphraseEditor, judge, may_stand
from app.ui.words.number_words import pattern_words

_ADMIN = ("admin_login", "admin_name", "passphrase")


def blank_office(kind: NodeKind) -> NewOffice:
    """What the form starts with."""
    return NewOffice(
        kind=kind, name="", short_name="", committee="", division_code="", node_letter="A",
        case_pattern=DEFAULT_PATTERNS[Series.CASE], address="", phone="", admin_login="", admin_name="",
        passphrase="",
    )  # fmt: skip


class OfficeForm(QWidget):
    """The office: names, division code, this computer's letter, the pattern of case numbers."""

    def __init__(self, kind: NodeKind, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind = kind
        self._suggested = ""
        self.form = Form(NewOffice, self._fields(), columns=2, base=blank_office(kind))
        self.form.fill(blank_office(kind))
        self.form.edited.connect(self._edited)
        self.sample = words("", "good")
        self.sample.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.form)
        column.addWidget(self.sample)
        column.addStretch(1)
        self._show_sample()

    def _fields(self) -> list[Field]:
        township = self._kind == NodeKind.TOWNSHIP
        committee = Field(
            "committee", self.tr("调解委员会"), line(self.tr("如 平乡镇人民调解委员会"), 100),
            required=True, span=FULL_ROW,
        )  # fmt: skip
        pattern = Field("case_pattern", self.tr("案号格式"), line("", 80), required=True, span=FULL_ROW)
        code_hint = (
            self.tr("12 位统计用代码，如 130532101000")
            if township
            else self.tr("12 位统计用代码，如 130532000000")
        )
        return [
            Field(
                "name", self.tr("单位全称"),
                line(self.tr("如 平乡镇依法治理中心") if township else self.tr("如 平乡县依法治理中心"), 100),
                required=True, span=FULL_ROW,
            ),
            Field(
                "short_name", self.tr("简称"),
                line(self.tr("如 平乡镇") if township else self.tr("如 平乡县"), 40), required=True,
                hint=self.tr("写进案号") if township else "",
            ),
            Field("division_code", self.tr("区划代码"), line("", 12), required=True, hint=code_hint),
            *([committee] if township else []),
            Field("address", self.tr("地址"), line("", 200)),
            Field("phone", self.tr("电话"), line("", 40)),
            Field(
                "node_letter", self.tr("第几台电脑"), line("A", 1), required=True, span=FULL_ROW,
                hint=self.tr("本单位第一台电脑填 A；再装一台填 B，两台给出的编号就不会相同"),
            ),
            *([pattern] if township else []),
        ]  # fmt: skip

    def value(self) -> NewOffice | None:
        """The office as typed; None when something must be put right, which is then shown."""
        office = self.form.value()
        if office is None:
            return None
        problems = [problem for problem in office_problems(office) if problem.field not in _ADMIN]
        if not self._show_sample():
            problems.append(Problem("case_pattern", "bad_pattern"))
        phone = check_phone(office.phone) if office.phone.strip() else ""
        if isinstance(phone, IdFault):
            problems.append(phone.at("phone"))
        self.form.show_problems(problems)
        return None if problems or isinstance(phone, IdFault) else replace(office, phone=phone)

    def _edited(self) -> None:
        letter = self.form.field("node_letter")
        if letter.text() != letter.text().upper():
            self.form.set_values({"node_letter": letter.text().upper()})
        if self._kind == NodeKind.TOWNSHIP:
            self._suggest_committee()
        self._show_sample()

    def _suggest_committee(self) -> None:
        short = self.form.field("short_name").text().strip()
        typed = self.form.field("committee").text()
        if typed == self._suggested:
            self._suggested = self.tr("{short}人民调解委员会").format(short=short) if short else ""
            self.form.set_values({"committee": self._suggested})

    def _show_sample(self) -> bool:
        if self._kind == NodeKind.COUNTY:  # it numbers no cases
            return True
        good, said = pattern_words(
            self.form.field("case_pattern").text(),
            self.form.field("short_name").text().strip() or "…",
            self.form.field("node_letter").text(),
        )
        self.sample.setObjectName("good" if good else "problem")
        self.sample.style().polish(self.sample)
        self.sample.setText(said)
        return good


@dataclass(frozen=True, slots=True)
class FirstAdministrator:
    """Who looks after users and settings from the first day."""

    admin_login: str
    admin_name: str
    passphrase: str
    again: str


class AdministratorForm(QWidget):
    """The first administrator and the passphrase, typed twice."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.form = Form(
            FirstAdministrator,
            [
                Field(
                    "admin_login", self.tr("账号"), line(self.tr("如 admin 或 zhouguoping"), 20),
                    required=True, span=FULL_ROW,
                    hint=self.tr("登录时选用，2 至 20 位小写字母、数字或 . _ -"),
                ),
                Field("admin_name", self.tr("姓名"), line("", 50), required=True, span=FULL_ROW),
                Field(
                    "passphrase", self.tr("口令"), PassphraseEditor, required=True, span=FULL_ROW,
                    hint=self.tr("至少 10 个字符；几个不相干的词连在一起，好记又难猜"),
                ),
                Field("again", self.tr("再输一次"), PassphraseEditor, required=True, span=FULL_ROW),
            ],
            columns=1,
        )  # fmt: skip
        self.form.edited.connect(lambda: judge(self.form, "passphrase", "again"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.form)
        column.addStretch(1)

    def value(self, office: NewOffice) -> NewOffice | None:
        """The office with its administrator; None when something must be put right, which is then shown."""
        typed = self.form.value()
        if typed is None:
            return None
        whole = replace(
            office, admin_login=typed.admin_login, admin_name=typed.admin_name, passphrase=typed.passphrase
        )
        problems = [problem for problem in office_problems(whole) if problem.field in _ADMIN]
        if problems:
            self.form.show_problems(problems)
            return None
        return whole if may_stand(self.form, "passphrase", "again") else None
