"""The text of a settlement as three blocks of fields, and the record read from them."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from app.domain.agreements import (
    AgreementForm,
    AgreementInput,
    AgreementView,
    FindingCode,
    ObligationInput,
    SignerInput,
    least_copies,
    principals_of,
)
from app.domain.cases import CaseView
from app.domain.errors import Problem, Reason, Refused
from app.domain.flow import CaseStatus
from app.ui.agreements.duties_editor import DutiesEditor
from app.ui.agreements.signers_editor import SignersEditor
from app.ui.agreements.terms_editor import TermsEditor
from app.ui.kit.date_edit import DateEditor
from app.ui.kit.editors import (
    LineEditor,
    MoneyEditor,
    NumberEditor,
    TextEditor,
    check,
    choice,
    line,
    text,
)
from app.ui.kit.form import COLUMN_WIDTH, FULL_ROW, Field, Form
from app.ui.theme import px

_TAIL = (
    "breach",
    "stated_total_fen",
    "copies",
    "show_id_numbers",
    "third_party_asked",
    "signers",
    "override_reason",
)
_HEAD = ("form", "agreed_on", "replaces_id", "partial", "facts", "terms")
_WRITTEN_ONLY = {"copies", "signers"}


class SettlementForm(QObject):
    """Facts and terms in `head`, duties in `duties`, the rest in `tail`; tells `edited` for all three."""

    edited = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._case_id = ""
        self._overridable = False
        self._on_spot = False
        self._broken: str | None = None
        self._subject = ""
        self.head: Form[AgreementInput] = Form(AgreementInput, self._head_fields(), columns=2)
        self.duties = DutiesEditor()
        self.tail: Form[AgreementInput] = Form(AgreementInput, self._tail_fields(), columns=2)
        self.head.field("facts").setMaximumHeight(px(22) * 6)
        for form in (self.head, self.tail):
            form.setMinimumWidth(px(COLUMN_WIDTH))  # else three columns keep it too wide to become two
        for part in (self.head, self.duties, self.tail):
            part.edited.connect(self.edited)
        self.head.field("form").edited.connect(self._show_needed)
        self.tail.field("stated_total_fen").edited.connect(self._compare)
        self.duties.split.connect(self._state_total)
        self._show_needed()

    def _head_fields(self) -> list[Field]:
        part = check(self.tr("只就部分争议达成，其余另行处理"))
        return [
            Field("form", self.tr("形式"), choice(AgreementForm)),
            Field("agreed_on", self.tr("达成日期"), DateEditor, required=True),
            Field("replaces_id", self.tr("原协议"), choice([(None, "")]), span=FULL_ROW),
            Field("partial", self.tr("范围"), part, span=FULL_ROW),
            Field("facts", self.tr("主要事实和争议"), text(4), required=True, span=FULL_ROW),
            Field("terms", self.tr("协议内容"), TermsEditor, required=True, span=FULL_ROW),
        ]

    def _tail_fields(self) -> list[Field]:
        asked = check(self.tr("不涉及案外人利益，或已征求其意见"))
        reason = line(self.tr("仍要保留这些内容的理由"))
        return [
            Field("breach", self.tr("违约责任"), line(self.tr("可不填")), span=FULL_ROW),
            Field(
                "stated_total_fen",
                self.tr("约定总额（元）"),
                lambda: MoneyEditor(placeholder=self.tr("用来核对各笔之和")),
            ),
            Field("copies", self.tr("份数"), NumberEditor),
            Field("third_party_asked", self.tr("案外人"), asked, required=True, span=FULL_ROW),
            Field("show_id_numbers", self.tr("证件号码"), check(self.tr("在协议书上打印")), span=FULL_ROW),
            Field("signers", self.tr("代签"), SignersEditor, span=FULL_ROW),
            Field("override_reason", self.tr("保留理由"), reason, span=FULL_ROW),
        ]

    def offer(self, case: CaseView, in_effect: Sequence[AgreementView] = ()) -> None:
        """Turn to a case: its parties owe, are owed and sign; what is in effect may be replaced."""
        self._case_id = case.id
        self._on_spot = case.status is CaseStatus.ON_SPOT
        replaced = self.tr("由本协议取代：第{seq}份 {number}")
        options: list[tuple[str | None, str]] = [(None, self.tr("不取代"))]
        options += [(one.id, replaced.format(seq=one.seq, number=one.number or "")) for one in in_effect]
        self.head.field("replaces_id").set_options(options)
        whole = [one.id for one in in_effect if not one.partial]
        self._broken = whole[-1] if whole else None  # mediated anew, it gives way to the new one
        self.duties.offer([(one.id, one.name) for one in principals_of(case.parties)])
        self.tail.field("signers").offer(case.parties)
        least = least_copies(case.parties)
        self.tail.field("copies").setPlaceholderText(
            self.tr("{count}份（当事人各一份，存档一份）").format(count=least)
        )
        self._show_needed()

    def begin(self, case: CaseView, agreed_on: Any, *, print_ids: bool = False) -> None:
        """Start from what the case says and the office usually prints."""
        self._overridable = False
        self._subject = ""
        form = AgreementForm.ORAL if self._on_spot else AgreementForm.WRITTEN
        self.head.set_values(
            {"form": form, "agreed_on": agreed_on, "facts": case.summary, "terms": (), "partial": False}
        )
        self.head.set_values({"replaces_id": self._broken})
        self.tail.set_values({**dict.fromkeys(_TAIL), "show_id_numbers": print_ids})
        self.duties.set_value(())
        self._show_needed()

    def show_agreement(self, agreement: AgreementView) -> None:
        """Show a settlement that was saved."""
        self._subject = agreement.id
        self.head.set_values({name: getattr(agreement, name) for name in _HEAD})
        same = set(_TAIL) - {"signers"}
        self.tail.set_values({name: getattr(agreement, name) for name in same})
        signers = [
            SignerInput(one.party_id, one.signer_id)
            for one in agreement.signatures
            if one.signer_id != one.party_id
        ]
        self.tail.set_values({"signers": signers})
        self.duties.set_value(
            ObligationInput(
                one.kind, one.debtor_id, one.creditor_id, one.amount_fen, one.act, one.manner, one.due_on
            )
            for one in agreement.obligations
        )
        self._overridable = bool(agreement.override_reason)
        self._show_needed()

    def begin_change(self, old: AgreementView, agreed_on: Any) -> None:
        """Start a change from what the agreement in effect says."""
        self.show_agreement(old)
        self._subject = f"change:{old.id}"
        self.head.set_values({"agreed_on": agreed_on, "replaces_id": old.id})
        self._show_needed()

    def writing_at(self) -> TextEditor | LineEditor:
        """The text one is writing, be it facts, a term, a duty or the breach clause; else the last term."""
        focused = QApplication.focusWidget()
        parts = (self.head, self.duties, self.tail)
        if (
            isinstance(focused, TextEditor | LineEditor)
            and type(focused) in (TextEditor, LineEditor)  # no date and no sum
            and any(part.isAncestorOf(focused) for part in parts)
        ):
            return focused
        last: TextEditor = self.head.field("terms").boxes()[-1]
        return last

    def oral(self) -> bool:
        """Whether the parties settled by word of mouth."""
        return self.head.field("form").value() is AgreementForm.ORAL

    def readable(self) -> AgreementInput | None:
        """The settlement as far as it can be read, for the check while one types."""
        head, problems = self.head.read()
        tail, _ = self.tail.read()
        if problems or head.get("agreed_on") is None:
            return None
        return AgreementInput(case_id=self._case_id, obligations=self.duties.readable(), **head, **tail)

    def gaps(self) -> tuple[Problem, ...]:
        """What cannot be read, and the date without which nothing can be checked."""
        head, problems = self.head.read()
        _, more = self.tail.read()
        found = [*problems, *more]
        if "agreed_on" in head and head["agreed_on"] is None:
            found.append(Problem("agreed_on", "required"))
        found += self.duties.gaps()
        return tuple(found)

    def place(self, refused: Refused) -> Refused:
        """Put the problems of duties and terms at their fields; what is left goes on as a refusal."""
        if refused.reason is not Reason.INVALID:
            return refused
        return Refused(
            Reason.INVALID, problems=self.duties.show_problems(refused.details.get("problems", ()))
        )

    def ask_reason(self, codes: set[FindingCode]) -> None:
        """Show the field for the reason only while there is something a reason can keep."""
        wanted = FindingCode.FORBIDDEN_WORDS in codes
        if wanted != self._overridable:
            self._overridable = wanted
            self._show_needed()

    def set_locked(self, *, all_of_it: bool, form: bool) -> None:
        """Let nothing be typed, or only keep the form and what is replaced as they are."""
        for part in (self.head, self.tail):
            part.set_locked(all_of_it)
        self.duties.set_locked(all_of_it)
        self.head.field("form").setDisabled(all_of_it or form or self._on_spot)
        changing = self._subject.startswith("change:")
        self.head.field("replaces_id").setDisabled(all_of_it or form or changing)

    def snapshot(self) -> dict[str, Any]:
        """Everything typed, for a draft."""
        return {
            "of": self._subject,
            "head": self.head.snapshot(),
            "duties": self.duties.snapshot(),
            "tail": self.tail.snapshot(),
        }

    def drafted(self, body: Mapping[str, Any]) -> bool:
        """Whether a draft is of what is shown: this agreement, this change, or a new one."""
        return bool(body.get("of", self._subject) == self._subject)

    def restore(self, body: Mapping[str, Any]) -> None:
        """Put a draft back."""
        self.head.restore(body.get("head", {}))
        self.duties.restore(body.get("duties", ()))
        self.tail.restore(body.get("tail", {}))
        self._show_needed()

    def _show_needed(self) -> None:
        hidden = set(_WRITTEN_ONLY) if self.oral() else set()
        if not self.tail.field("signers").party_ids():
            hidden.add("signers")
        if not self._overridable:
            hidden.add("override_reason")
        self.tail.show_fields(name for name in _TAIL if name not in hidden)
        unused = {"partial"} if self._on_spot else set()
        if self.head.field("replaces_id").count() < 2:
            unused.add("replaces_id")
        self.head.show_fields(name for name in _HEAD if name not in unused)
        self._compare()

    def _compare(self) -> None:
        self.duties.compare(self.tail.read()[0].get("stated_total_fen"))

    def _state_total(self) -> None:
        """What is split into instalments was one sum: it is kept to compare with."""
        if not self.tail.field("stated_total_fen").text():
            self.tail.set_values({"stated_total_fen": self.duties.total()})
            self._compare()
