"""Hearings as a calendar file other programs read (RFC 5545), in UTC so that no zone table is needed."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from app.domain.hearings import HearingStatus
from app.domain.schedule.events import CalendarEvent

_STATUS = {
    HearingStatus.TENTATIVE: "TENTATIVE",
    HearingStatus.SCHEDULED: "CONFIRMED",
    HearingStatus.HELD: "CONFIRMED",
    HearingStatus.CANCELLED: "CANCELLED",
}
_OCTETS = 75  # of a line, without its end
_CONTROL = dict.fromkeys([*range(0x20), *range(0x7F, 0xA0)])  # pasted signs no calendar takes
_ESCAPES = _CONTROL | str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\t": " "})


def write_calendar(events: Iterable[CalendarEvent], made_at: datetime) -> bytes:
    """The events as an .ics file, UTF-8, lines ended by CR LF and folded at 75 octets."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Xianghe//Hearings//ZH",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
    ]
    for event in events:
        lines += _event(event, made_at)
    lines.append("END:VCALENDAR")
    return b"".join(part + b"\r\n" for line in lines for part in _folded(line))


def _event(event: CalendarEvent, made_at: datetime) -> list[str]:
    return [
        "BEGIN:VEVENT",
        f"UID:{event.uid}",
        f"DTSTAMP:{_moment(made_at)}",
        f"SEQUENCE:{event.sequence}",
        f"DTSTART:{_moment(event.starts)}",
        f"DTEND:{_moment(event.ends)}",
        f"STATUS:{_STATUS[event.status]}",
        f"SUMMARY:{_text(event.summary)}",
        f"LOCATION:{_text(event.place)}",
        f"DESCRIPTION:{_text(event.description)}",
        "END:VEVENT",
    ]


def _moment(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(value: str) -> str:
    return value.translate(_ESCAPES)


def _folded(line: str) -> Iterator[bytes]:
    """The line in pieces of at most 75 octets, never through a character; further ones begin with a space."""
    piece = b""
    for character in line:
        octets = character.encode()
        if len(piece) + len(octets) > _OCTETS:
            yield piece
            piece = b" "
        piece += octets
    yield piece
