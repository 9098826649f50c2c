"""Writes invented cases into a real data file: encrypted, with key slots, list rows and search index."""

import hashlib
import json
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from app.db.engine import open_connection
from app.db.migrations import versions
from app.domain.actor import NodeKind
from app.domain.cases import PartyRole, joined_parties
from app.domain.flow import NO_LONGER_OPEN, STEP_OF, CaseStatus
from app.domain.office.offices import NewOffice
from app.domain.values.catalogues import TYPE_B_OF_A, type_a_name
from app.domain.values.numbers import DEFAULT_PATTERNS, Series
from app.domain.values.search_tokens import SearchTokens, sort_rowid, tokens
from app.domain.values.text import initials_of, name_runs
from app.services.exchange.peers import enrol_card, inspect_card, save_own_card
from app.services.kernel.projection import initials
from app.services.office.opening import create_office, open_workspace
from app.services.office.sign_in import Unlocked, unlock
from tests.bench import generator
from tests.bench.generator import Dispute, Meeting, Someone, disputes

T = TypeVar("T")
LOGIN = "admin"
PASSPHRASE = "copper-barn-41-swallows"
CHANGED = 2000
REQUEST = "请求依法调解。"
CHUNK = 2000
_CHINA = timezone(timedelta(hours=8))
_FTS = "INSERT INTO case_search(rowid, name, ini, num, txt) VALUES (?, ?, ?, ?, ?)"


@dataclass(frozen=True, slots=True)
class Loaded:
    """A folder the program can be started on (`XIANGHE_DATA`), and how to sign in."""

    folder: Path
    cases: int
    login: str = LOGIN
    passphrase: str = PASSPHRASE

    @property
    def data_file(self) -> Path:
        """The office's data file."""
        return self.folder / "office.db"

    def unlock(self) -> Unlocked:
        """The opened file."""
        return unlock(self.data_file, self.login, self.passphrase)


def loaded(folder: Path, count: int, *, changed: int = CHANGED) -> Loaded:
    """The office with `count` cases; used again while generator, loader and schema are the same."""
    made = Loaded(folder / f"cases-{count}", count)
    stamp = made.folder / "made.json"
    wanted = {"cases": count, "changed": changed, "made by": _sources()}
    if stamp.exists() and json.loads(stamp.read_text(encoding="utf-8")) == wanted:
        return made
    shutil.rmtree(made.folder, ignore_errors=True)
    create_office(made.data_file, _township())
    _enrol_county(made)
    unlocked = made.unlock()
    connection = open_connection(made.data_file, unlocked.key)
    try:
        fill(connection, count, unlocked.office.node, changed)
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    finally:
        connection.close()
    stamp.write_text(json.dumps(wanted), encoding="utf-8")
    return made


def fill(connection: Any, count: int, own_node: str, changed: int = 0) -> None:
    """Write the cases in one transaction: wide rows as generated, list and search rows by day of receipt."""
    found = list(disputes(count))
    sks = _sort_numbers(found)
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("INSERT INTO case_search(case_search, rank) VALUES ('hashsize', 16777216)")
    _insert(connection, "mediator", map(_mediator_row, range(8)))
    _insert(connection, "case", (_case_row(one, sks[one.index], own_node) for one in found))
    _insert(
        connection,
        "party",
        (_party_row(one, seat, who) for one in found for seat, who in enumerate(one.people)),
    )
    _insert(connection, "assignment", map(_assignment_row, filter(_assigned, found)))
    _insert(connection, "hearing", (row for one in found for row in _hearing_rows(one)))
    _insert(connection, "booking", (row for one in found for row in _booking_rows(one)))
    _insert(connection, "case_event", (row for one in found for row in _event_rows(one)))
    found.sort(key=lambda one: sks[one.index])
    _insert(connection, "case_list", (_list_row(one, sks[one.index]) for one in found))
    _insert(connection, "case_due", (_due_row(one, sks[one.index]) for one in found if one.due_on))
    for chunk in _chunks(found):
        _index(connection, chunk, sks)
    _people(connection, [who for one in found if one.town == 0 for who in one.people])
    latest = [one for one in found if one.town == 0][-changed:] if changed else []
    _insert(connection, "change", ({"kind": "case", "object_id": one.id} for one in latest))
    connection.execute("INSERT INTO case_search(case_search, rank) VALUES ('hashsize', 1048576)")
    # as an index that grew with the years: else one of the first saves must merge all of the load
    connection.execute("INSERT INTO case_search(case_search) VALUES ('optimize')")
    connection.execute("COMMIT")


def _sources() -> str:
    """Everything the file depends on: the generator, this loader, the tables."""
    texts = [Path(generator.__file__ or ""), Path(__file__), *sorted(Path(*versions.__path__).glob("*.py"))]
    return hashlib.sha256(b"".join(path.read_bytes() for path in texts)).hexdigest()


def _township() -> NewOffice:
    town = generator.town_name(0)
    return NewOffice(
        kind=NodeKind.TOWNSHIP, name=f"{town}依法治理中心", short_name=town,
        committee=f"{town}人民调解委员会",
        division_code=f"{generator.AREA}101000", node_letter="A", case_pattern=DEFAULT_PATTERNS[Series.CASE],
        address=f"{town}政府院内", phone="0319-5550101", admin_login=LOGIN, admin_name="测试管理员",
        passphrase=PASSPHRASE,
    )  # fmt: skip


def _enrol_county(made: Loaded) -> None:
    """Let the township know a county, so that it can pack its cases."""
    county = NewOffice(
        kind=NodeKind.COUNTY, name="测试县依法治理中心", short_name="测试县", committee="",
        division_code=f"{generator.AREA}000000", node_letter="A", case_pattern=DEFAULT_PATTERNS[Series.CASE],
        address="县政府院内", phone="0319-5550100", admin_login=LOGIN, admin_name="县管理员",
        passphrase=PASSPHRASE,
    )  # fmt: skip
    above = Loaded(made.folder / "county", 0)
    create_office(above.data_file, county)
    giver, taker = open_workspace(above.unlock()), open_workspace(made.unlock())
    try:
        card = giver.run(save_own_card, above.folder).value
        taker.run(enrol_card, card, taker.run(inspect_card, card).value.fingerprint)
    finally:
        giver.close()
        taker.close()


def _sort_numbers(found: Iterable[Dispute]) -> dict[int, int]:
    """The row number of each case by its index: day first, then its place within the day."""
    places: dict[date, int] = {}
    numbers = {}
    for one in found:
        seq = places.get(one.received_on, 0)
        places[one.received_on] = seq + 1
        numbers[one.index] = sort_rowid(one.received_on, seq)
    return numbers


def _chunks(rows: Iterable[T]) -> Iterator[list[T]]:
    left = iter(rows)
    while chunk := list(islice(left, CHUNK)):
        yield chunk


def _insert(connection: Any, table: str, rows: Iterable[dict[str, Any]]) -> None:
    """Insert rows of one shape in chunks."""
    for chunk in _chunks(rows):
        names = list(chunk[0])
        holders = ", ".join("?" * len(names))
        quoted = ", ".join(f'"{name}"' for name in names)
        statement = f'INSERT INTO "{table}" ({quoted}) VALUES ({holders})'  # noqa: S608 - own names
        connection.executemany(statement, [tuple(row.values()) for row in chunk])


def _moment(one: Dispute) -> datetime:
    return datetime(
        one.received_on.year, one.received_on.month, one.received_on.day, one.minute // 60, one.minute % 60,
        tzinfo=_CHINA,
    )  # fmt: skip


def _stored(moment: datetime) -> str:
    return f"{moment.astimezone(timezone.utc):%Y-%m-%d %H:%M:%S}.000000"  # noqa: UP017


def _node(one: Dispute, own_node: str = "") -> str:
    return own_node if one.town == 0 and own_node else f"{generator.AREA}{101 + one.town}-A"


def _taken(one: Dispute) -> bool:
    return one.status not in (CaseStatus.REGISTERED, CaseStatus.REJECTED)


def _assigned(one: Dispute) -> bool:
    return _taken(one) and one.status != CaseStatus.ACCEPTED


def _case_row(one: Dispute, sk: int, own_node: str) -> dict[str, Any]:
    day = one.received_on.isoformat()
    return {
        "id": one.id, "row_version": 1, "sk": sk, "number": one.number, "status": one.status,
        "title": _title(one), "summary": one.summary, "request": REQUEST,
        "type_a": one.type_a, "type_b": TYPE_B_OF_A[one.type_a], "source": "application", "channel": "visit",
        "source_unit": "", "source_letter": "", "place": one.place, "amount_fen": one.amount_fen,
        "people_count": len(one.people), "risk_flags": '["brawl"]' if one.risky else "[]",
        "difficulty": "general", "received_at": _stored(_moment(one)), "first_contact": "周国平",
        "registrar": "测试管理员", "accepted_on": day if _taken(one) else None,
        "refused_on": day if one.status == CaseStatus.REJECTED else None,
        "refusal": "no_competence" if one.status == CaseStatus.REJECTED else None, "refusal_note": "",
        "rights_told_on": day if _assigned(one) else None,
        "effective_on": day if one.status == CaseStatus.EFFECTIVE else None,
        "owner": _node(one, own_node), "epoch": 1, "rev": 1,
    }  # fmt: skip


def _party_row(one: Dispute, seat: int, who: Someone) -> dict[str, Any]:
    return {
        "id": who.id, "row_version": 1, "case_id": one.id, "seat": seat, "role": who.role,
        "person_id": who.id if one.town == 0 else None,
        "represents": "[]", "agent_kind": None, "agent_powers": "[]", "consent": "oral",
        "consent_on": one.received_on.isoformat(), **_particulars(who),
    }  # fmt: skip


def _particulars(who: Someone) -> dict[str, Any]:
    return {
        "kind": "natural", "name": who.name, "sex": None, "birth": None, "id_kind": "resident_id",
        "id_no": who.id_no, "phone": who.phone, "nation": "汉族", "occupation": "", "village": who.village,
        "address": who.address, "uscc": "", "legal_representative": "", "representative_post": "",
    }  # fmt: skip


def _people(connection: Any, people: list[Someone]) -> None:
    """The register of the own township: everybody in its cases, each with the search entry."""
    rows = ({"id": who.id, "row_version": 1, "sk": sk, **_particulars(who)} for sk, who in enumerate(people))
    _insert(connection, "person", rows)
    for chunk in _chunks(enumerate(people)):
        words = ((sk, _person_tokens(who)) for sk, who in chunk)
        connection.executemany(
            _FTS.replace("case_search", "person_search"),
            [(sk, it.name, it.ini, it.num, it.txt) for sk, it in words],
        )


def _person_tokens(who: Someone) -> SearchTokens:
    readings = initials_of(who.name, initials())
    return tokens(name_runs(who.name), readings, (who.id_no, who.phone), f"{who.village} {who.address}")


def _mediator_id(number: int) -> str:
    return f"{number:036d}"


def _mediator_row(number: int) -> dict[str, Any]:
    return {
        "id": _mediator_id(number), "row_version": 1, "committee_id": None, "committee_role": "member",
        "name": generator.mediator_name(number), "nation": "", "education": "", "phone": "", "address": "",
        "full_time": 1, "specialities": "[]", "languages": "[]", "status": "active",
    }  # fmt: skip


def _assignment_row(one: Dispute) -> dict[str, Any]:
    return {
        "id": f"a{one.id[1:]}", "row_version": 1, "case_id": one.id, "seat": 0,
        "mediator_id": _mediator_id(one.mediator), "mediator_name": one.mediator_name, "role": "lead",
        "chosen_by": "committee", "assigned_on": one.received_on.isoformat(), "findings": "[]",
        "override_reason": "", "ended_on": None,
    }  # fmt: skip


def _meeting_id(one: Dispute, seq: int, mark: str = "b") -> str:
    return f"{mark}{seq}{one.id[2:]}"


def _hearing_rows(one: Dispute) -> Iterator[dict[str, Any]]:
    for seq, met in enumerate(one.meetings, start=1):
        yield {
            "id": _meeting_id(one, seq), "row_version": 1, "case_id": one.id, "seq": seq,
            "kind": "mediation", "day": met.day.isoformat(), "start": met.start, "end": met.end,
            "room_id": _room_id(one, met), "place": f"调解室{met.room + 1}", "open_to_public": 0,
            "open_agreed": 0, "status": "held", "recorder": "", "invited": "[]", "notice_waived": 0,
            "override_reason": "",
        }  # fmt: skip


def _room_id(one: Dispute, met: Meeting) -> str:
    return f"{one.town:018d}{met.room:018d}"


def _booking_rows(one: Dispute) -> Iterator[dict[str, Any]]:
    for seq, met in enumerate(one.meetings, start=1):
        held = [("room", _room_id(one, met), f"调解室{met.room + 1}")]
        held.append(("mediator", _mediator_id(one.mediator), one.mediator_name))
        held += [("party", who.id, who.name) for who in one.people]
        for place, (kind, ref, label) in enumerate(held):
            yield {
                "id": _meeting_id(one, seq, f"{place:x}")[:35] + "c", "row_version": 1, "case_id": one.id,
                "hearing_id": _meeting_id(one, seq), "kind": kind, "ref": ref, "label": label,
                "day": met.day.isoformat(), "start": met.start, "end": met.end,
            }  # fmt: skip


def _event_rows(one: Dispute) -> Iterator[dict[str, Any]]:
    for seq, day in enumerate(one.events):
        yield {
            "id": f"e{seq:x}{one.id[2:]}", "row_version": 1, "case_id": one.id,
            "at": f"{day.isoformat()} 01:00:00.000000", "actor_id": _mediator_id(one.mediator),
            "actor_name": one.mediator_name, "action": "registered" if seq == 0 else "consent_recorded",
            "from_status": None, "to_status": None, "note": "",
        }  # fmt: skip


def _list_row(one: Dispute, sk: int) -> dict[str, Any]:
    status = CaseStatus(one.status)
    assigned = _assigned(one)
    return {
        "sk": sk, "case_id": one.id, "org": _node(one).split("-")[0], "number": one.number,
        "parties": joined_parties(_names(one, PartyRole.APPLICANT), _names(one, PartyRole.RESPONDENT)),
        "type_a": one.type_a, "status": one.status, "mediators": one.mediator_name if assigned else "",
        "mediator_ids": _mediator_id(one.mediator) if assigned else "",
        "received_on": one.received_on.isoformat(), "amount_fen": one.amount_fen, "step": STEP_OF[status],
        "due_on": one.due_on.isoformat() if one.due_on else None, "due_code": "T-MED" if one.due_on else "",
        "risky": int(one.risky), "open": int(status not in NO_LONGER_OPEN),
    }  # fmt: skip


def _due_row(one: Dispute, sk: int) -> dict[str, Any]:
    return {"sk": sk, "due_on": one.due_on.isoformat() if one.due_on else None, "code": "T-MED"}


def _names(one: Dispute, role: str) -> list[str]:
    return [who.name for who in one.people if who.role == role]


def _index(connection: Any, chunk: list[Dispute], sks: dict[int, int]) -> None:
    """Write the search rows of these cases, in ascending order of their row numbers."""
    found = [(sks[one.index], _tokens(one)) for one in chunk]
    connection.executemany(_FTS, [(sk, it.name, it.ini, it.num, it.txt) for sk, it in found])
    connection.executemany(
        "INSERT INTO case_text(sk, folded) VALUES (?, ?)", [(sk, it.folded) for sk, it in found]
    )


def _tokens(one: Dispute) -> SearchTokens:
    names = [who.name for who in one.people]
    numbers = [one.number, *(number for who in one.people for number in (who.id_no, who.phone))]
    readings = [reading for name in names for reading in initials_of(name, initials())]
    runs = [run for name in names for run in name_runs(name)]
    return tokens(runs, readings, numbers, f"{_title(one)} {one.summary} {REQUEST} {one.place}")


def _title(one: Dispute) -> str:
    return f"{'、'.join(who.name for who in one.people[:2])}{type_a_name(one.type_a)}"[:100]
