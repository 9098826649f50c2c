"""The form of a session record, and the record read from it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, time

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from app.domain.errors import Problem, Reason, Refused
from app.domain.hearings import (
    Absence,
    HearingView,
    SessionInput,
    SessionOutcome,
    SessionView,
)
from app.domain.values.limits import MAX_TEXT
from app.ui.hearings.presence_editor import PresenceEditor
from app.ui.kit.date_edit import DateEditor
from app.ui.kit.editors import TimeEditor, check, choice, line, text
from app.ui.kit.form import FULL_ROW, Field, Form
from app.ui.theme import px

HOUR = 60
_NAME_BREAKS = str.maketrans(dict.fromkeys("、,，;；\n", "\t"))
_NEEDED = ("day", "start", "end", "place", "open_to_public", "body", "outcome")


@dataclass(frozen=True, slots=True)
class SessionFields:
    """The form as it is filled in."""

    day: date | None
    start: time | None
    end: time | None
    place: str
    recorder: str
    open_to_public: bool | None
    participants: str
    participants_agreed: bool
    absent: tuple[Absence, ...]
    identity_checked: bool
    rights_told: bool
    open_agreed: bool
    body: str
    outcome: SessionOutcome | None
    result: str


class SessionForm(Form[SessionFields]):
    """Time, place, who was there, what was told and said, how it ended (domain reference 4.9)."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(SessionFields, self._fields(), columns=3, parent=parent)
        self.field("result").setMaximumHeight(px(22) * 3 + 12)  # the record itself gets the room there is

    def _fields(self) -> list[Field]:
        public = [(False, self.tr("不公开")), (True, self.tr("公开"))]
        agreed = check(self.tr("各方都同意其参加"))
        return [
            Field("day", self.tr("日期"), DateEditor, required=True),
            Field("start", self.tr("开始"), TimeEditor, required=True),
            Field("end", self.tr("结束"), TimeEditor, required=True),
            Field("place", self.tr("地点"), line(), required=True),
            Field("recorder", self.tr("记录人"), line()),
            Field("open_to_public", self.tr("是否公开"), choice(public, blank=True), required=True),
            Field("absent", self.tr("当事人"), PresenceEditor, span=FULL_ROW),
            Field("participants", self.tr("参加人"), line(self.tr("亲属、邻居等，用顿号隔开")), span=2),
            Field("participants_agreed", self.tr("征求意见"), agreed, hint=self.tr("人民调解法第二十条")),
            Field("identity_checked", self.tr("身份"), check(self.tr("已核对身份")), required=True),
            Field("rights_told", self.tr("权利义务"), check(self.tr("已当场告知"))),
            Field("open_agreed", self.tr("公开意愿"), check(self.tr("公开的，各方都同意"))),
            Field("body", self.tr("调解记录"), text(8, limit=MAX_TEXT), required=True, span=FULL_ROW),
            Field("outcome", self.tr("结果"), choice(SessionOutcome, blank=True), required=True),
            Field("result", self.tr("结果说明"), text(2), span=FULL_ROW),
        ]

    def begin(self, hearing: HearingView) -> None:
        """Start from what was fixed."""
        self.set_values(
            {
                "day": hearing.day,
                "start": _time(hearing.start),
                "end": _time(hearing.end),
                "place": hearing.place,
                "recorder": hearing.recorder,
                "open_to_public": None,
                "participants": "、".join(guest.name for guest in hearing.invited if guest.kind != "party"),
                "participants_agreed": False,
                "absent": (),
                "identity_checked": False,
                "rights_told": False,
                "open_agreed": hearing.open_agreed,
                "body": "",
                "outcome": None,
                "result": "",
            }
        )

    def show_session(self, session: SessionView) -> None:
        """Show a record that was written."""
        same = set(SessionFields.__slots__) - {"start", "end", "participants", "absent"}
        self.set_values({name: getattr(session, name) for name in same})
        self.set_values(
            {
                "start": _time(session.start),
                "end": _time(session.end),
                "participants": "、".join(session.participants),
                "absent": tuple(Absence(one.party_id, one.reason, one.excused) for one in session.absent),
            }
        )

    def insert_line(self, words: str) -> None:
        """Begin a new line of the record with these words and go on typing there."""
        body: QPlainTextEdit = self.field("body")
        cursor = body.textCursor()
        cursor.movePosition(cursor.MoveOperation.EndOfBlock)
        before = "" if not cursor.block().text().strip() else "\n"
        cursor.insertText(f"{before}{words}：")
        body.setTextCursor(cursor)
        body.setFocus()

    def gaps(self) -> tuple[Problem, ...]:
        """What cannot be read, and what no record can do without."""
        read, problems = self.read()
        missing = [name for name in _NEEDED if name in read and read[name] in (None, "")]
        if not read["identity_checked"]:
            missing.append("identity_checked")
        return (*problems, *(Problem(name, "required") for name in missing))

    def wanted(self) -> SessionInput | None:
        """The record as typed; None while there are gaps."""
        fields = self.value() if not self.gaps() else None
        if fields is None:
            return None
        assert fields.day and fields.start is not None and fields.end is not None and fields.outcome  # noqa: S101, PT018
        return SessionInput(
            day=fields.day,
            start=fields.start.hour * HOUR + fields.start.minute,
            end=fields.end.hour * HOUR + fields.end.minute,
            place=fields.place,
            outcome=fields.outcome,
            body=fields.body,
            result=fields.result,
            open_to_public=fields.open_to_public,
            identity_checked=fields.identity_checked,
            rights_told=fields.rights_told,
            participants=_names(fields.participants),
            participants_agreed=fields.participants_agreed,
            absent=fields.absent,
            recorder=fields.recorder,
            open_agreed=fields.open_agreed,
        )


def at_their_fields(refused: Refused) -> Refused:
    """The same refusal with problems of one absence or participant put at the field that holds them all."""
    if refused.reason is not Reason.INVALID:
        return refused
    problems: Sequence[Problem] = refused.details.get("problems", ())
    placed = tuple(replace(problem, field=problem.field.partition(".")[0]) for problem in problems)
    return Refused(Reason.INVALID, problems=placed)


def _names(typed: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in typed.translate(_NAME_BREAKS).split("\t") if name.strip())


def _time(minutes: int) -> time:
    return time(*divmod(min(minutes, 24 * HOUR - 1), HOUR))
