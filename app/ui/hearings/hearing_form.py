"""The form of a hearing: what is asked, which fields show, what is read from it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from PySide6.QtWidgets import QWidget

from app.domain.clashes import ClashQuery, Slot
from app.domain.errors import Problem
from app.domain.hearings import (
    MAX_TRAVEL,
    GuestKind,
    HearingInput,
    HearingKind,
    HearingStatus,
    HearingView,
)
from app.ui.hearings.people_checks import PeopleChecks
from app.ui.kit.date_edit import DateEditor
from app.ui.kit.editors import NumberEditor, TimeEditor, check, choice, line
from app.ui.kit.form import COLUMN_WIDTH, FULL_ROW, Field, Form
from app.ui.theme import px

HOUR = 60
_NAME_BREAKS = str.maketrans(dict.fromkeys("、,，;； ", "\n"))


@dataclass(frozen=True, slots=True)
class HearingFields:
    """The form as it is filled in."""

    case_id: str | None
    kind: HearingKind
    day: date | None
    start: time | None
    end: time | None
    room_id: str | None
    place: str
    party_ids: tuple[str, ...]
    expert_ids: tuple[str, ...]
    guests: str
    recorder: str
    open_to_public: bool
    open_agreed: bool
    notice_waived: bool
    tentative: bool
    travel: int | None
    override_reason: str
    change_reason: str


class HearingForm(Form[HearingFields]):
    """Fields that do not apply are hidden; the reason shows only while something collides."""

    def __init__(self, cases: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        self._clashing = False
        self._hearing: HearingView | None = None
        self._travel: dict[HearingKind | None, int] = {}
        super().__init__(HearingFields, self._build_fields(cases), columns=2, parent=parent)
        self.setMinimumWidth(px(COLUMN_WIDTH))  # where two columns have no room there is one, none is cut off
        self.field("kind").edited.connect(self.show_needed)
        self.field("room_id").edited.connect(self.show_needed)
        self.field("open_to_public").edited.connect(self.show_needed)
        self.field("kind").edited.connect(self._suggest_travel)
        self.field("room_id").edited.connect(self._suggest_travel)
        for name in ("day", "start", "place"):
            self.field(name).edited.connect(self.show_needed)
        self.field("start").editingFinished.connect(self._follow_start)
        self.show_needed()

    def _build_fields(self, cases: Sequence[tuple[str, str]]) -> list[Field]:
        places = [(None, self.tr("不占用调解室"))]
        return [
            Field("case_id", self.tr("案件"), choice(cases, blank=True), required=True, span=FULL_ROW),
            Field("day", self.tr("日期"), DateEditor, required=True),
            Field("kind", self.tr("形式"), choice(HearingKind)),
            Field("start", self.tr("开始"), TimeEditor, required=True),
            Field("end", self.tr("结束"), TimeEditor, required=True),
            Field("room_id", self.tr("调解室"), choice(places)),
            Field("place", self.tr("地点"), line(self.tr("如：石门村村委会")), required=True),
            Field(
                "party_ids",
                self.tr("通知"),
                lambda: PeopleChecks(empty=self.tr("先选择案件"), rows=4),
                required=True,
                span=FULL_ROW,
            ),
            Field(
                "expert_ids",
                self.tr("邀请人才"),
                lambda: PeopleChecks(empty=self.tr("人才库里还没有人"), rows=2),
                span=FULL_ROW,
            ),
            Field("guests", self.tr("邀请他人"), line(self.tr("多人用顿号隔开"))),
            Field("recorder", self.tr("记录人"), line()),
            Field("open_to_public", self.tr("公开"), check(self.tr("公开进行"))),
            Field("open_agreed", self.tr("公开意愿"), check(self.tr("各方当事人都同意公开")), required=True),
            Field(
                "notice_waived",
                self.tr("通知时间"),
                check(self.tr("当事人同意不提前通知")),
            ),
            Field("tentative", self.tr("暂定"), check(self.tr("先占时间，谈妥后再确定"))),
            Field(
                "travel",
                self.tr("路途"),
                NumberEditor,
                hint=self.tr("单程分钟数，调解员前后各留出"),
            ),
            Field(
                "override_reason",
                self.tr("冲突理由"),
                line(self.tr("仍要这样安排的理由，会记入案件")),
                span=FULL_ROW,
            ),
            Field(
                "change_reason",
                self.tr("变更原因"),
                line(self.tr("印在变更通知书上，如：被申请人住院")),
                span=FULL_ROW,
            ),
        ]

    def set_clashing(self, *, clashing: bool) -> None:
        """Ask for a reason, or no more."""
        if clashing != self._clashing:
            self._clashing = clashing
            self.show_needed()

    def show_needed(self) -> None:
        """Show the fields this kind of hearing needs."""
        visit = self.field("kind").value() is HearingKind.VISIT
        if visit and self.field("room_id").value() is not None:
            self.set_values({"room_id": None})
        hidden = set() if self.field("room_id").value() is None else {"place"}
        if visit:
            hidden.add("room_id")
        if not self.field("expert_ids").ids():
            hidden.add("expert_ids")
        if not self.field("open_to_public").value():
            hidden.add("open_agreed")
        if not self._clashing:
            hidden.add("override_reason")
        if self.field("room_id").value() is not None:
            hidden.add("travel")
        if self._hearing is not None and self._hearing.status is not HearingStatus.TENTATIVE:
            hidden.add("tentative")
        if not self._moved():
            hidden.add("change_reason")
        self.show_fields(name for name in HearingFields.__slots__ if name not in hidden)

    def suggest_travel(self, minutes: dict[HearingKind | None, int]) -> None:
        """Keep what the office takes for the way, by kind; None is any other kind held elsewhere."""
        self._travel = minutes
        if self._hearing is None:
            self._suggest_travel()

    def _suggest_travel(self) -> None:
        outside = self.field("room_id").value() is None
        kind = self.field("kind").value()
        suggested = self._travel.get(kind, self._travel.get(None)) if outside else None
        self.set_values({"travel": suggested})

    def _moved(self) -> bool:
        """Whether a fixed hearing would be at another time or place."""
        hearing = self._hearing
        if hearing is None or hearing.status is not HearingStatus.SCHEDULED:
            return False
        read, _ = self.read()
        day, start = read.get("day", hearing.day), read.get("start")
        place = hearing.place if hearing.room_id and read["room_id"] else read["place"]
        same_room = read["room_id"] == hearing.room_id
        same_time = day == hearing.day and (start is None or _minutes(start) == hearing.start)
        return not (same_time and same_room and place == hearing.place)

    def show_hearing(self, hearing: HearingView) -> None:
        """Show a hearing as it was fixed; its lists of people are offered later."""
        self._hearing = hearing
        same = (
            "kind",
            "day",
            "recorder",
            "open_to_public",
            "open_agreed",
            "notice_waived",
            "override_reason",
        )
        named = [guest.name for guest in hearing.invited if guest.kind is GuestKind.NAMED]
        self.set_values({name: getattr(hearing, name) for name in same})
        self.set_values({"override_reason": hearing.override_reason})
        self.set_values({"guests": "、".join(named), "place": "" if hearing.room_id else hearing.place})
        self.set_times(hearing.start, hearing.end)
        self.set_values({"travel": hearing.travel or None})
        self.set_values({"tentative": hearing.status is HearingStatus.TENTATIVE})
        self.show_needed()

    def set_slot(self, slot: Slot) -> None:
        """Put a free time in."""
        self.set_values({"day": slot.day})
        self.set_times(slot.start, slot.end)

    def set_times(self, start: int, end: int) -> None:
        """Put a beginning and an end in, in minutes since midnight."""
        self.set_values({"start": _time(start), "end": _time(end)})

    def query(self, hearing: HearingView | None) -> ClashQuery | None:
        """What to ask about the time; None while something needed for it is missing or unreadable."""
        read, problems = self.read()
        if problems or None in (read["case_id"], read["day"], read["start"], read["end"]):
            return None
        if read["start"] >= read["end"]:
            return None
        return ClashQuery(
            case_id=read["case_id"],
            day=read["day"],
            start=_minutes(read["start"]),
            end=_minutes(read["end"]),
            room_id=read["room_id"],
            party_ids=read["party_ids"],
            expert_ids=read["expert_ids"],
            hearing_id=hearing.id if hearing else None,
            notice_waived=read["notice_waived"],
            travel=self._minutes_on_the_way(read),
            tentative=read["tentative"],
        )

    def wanted(self) -> HearingInput | None:
        """The hearing as asked for; None when something is missing, which is then shown at its field."""
        fields = self.value()
        if fields is None:
            return None
        missing = [name for name in ("case_id", "day", "start", "end") if getattr(fields, name) is None]
        if not fields.party_ids:  # the rule below takes an empty list for everybody
            missing.append("party_ids")
        if missing:
            self.show_problems([Problem(name, "required") for name in missing])
            return None
        assert fields.case_id and fields.day and fields.start is not None and fields.end is not None  # noqa: S101, PT018
        return HearingInput(
            case_id=fields.case_id,
            kind=fields.kind,
            day=fields.day,
            start=_minutes(fields.start),
            end=_minutes(fields.end),
            room_id=fields.room_id,
            place=fields.place,
            party_ids=fields.party_ids,
            expert_ids=fields.expert_ids,
            guests=tuple(fields.guests.translate(_NAME_BREAKS).split()),
            recorder=fields.recorder,
            open_to_public=fields.open_to_public,
            open_agreed=fields.open_agreed,
            notice_waived=fields.notice_waived,
            override_reason=fields.override_reason if self._clashing else "",
            travel=(fields.travel or 0) if fields.room_id is None else 0,
            tentative=fields.tentative,
            change_reason=fields.change_reason if self._moved() else "",
        )

    @staticmethod
    def _minutes_on_the_way(read: dict[str, Any]) -> int:
        return min(read["travel"] or 0, MAX_TRAVEL) if read["room_id"] is None else 0

    def _follow_start(self) -> None:
        read, _ = self.read()
        start, end = read.get("start"), read.get("end")
        if start is not None and (end is None or end <= start):
            self.set_values({"end": _time(_minutes(start) + HOUR)})


def _time(minutes: int) -> time:
    return time(*divmod(min(minutes, 24 * HOUR - 1), HOUR))


def _minutes(at: time) -> int:
    return at.hour * HOUR + at.minute
