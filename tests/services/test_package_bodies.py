"""A signed package may still be wrong: preview and import refuse it alike, and nothing is touched."""

import hashlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.domain.actor import Permission
from app.domain.errors import Reason, Refused
from app.domain.papers.forms import FormId
from app.models.case import Case
from app.models.paper import PaperFile
from app.services.agreements.writing import case_agreement, save_agreement
from app.services.cases.register import register_case
from app.services.exchange import packing as outbox
from app.services.exchange.body_check import TESTS, check_body
from app.services.exchange.bundles import bundle_of, travelling_columns
from app.services.exchange.cargo import Cargo
from app.services.exchange.inbox import import_package, preview_package
from app.services.kernel.case_rows import CASE, PARTS
from app.services.kernel.unit_of_work import UnitOfWork
from app.services.kernel.use_case import use_case
from app.services.kernel.workspace import Workspace
from app.services.papers.printing import print_paper
from app.sync.records import read_body, write_body
from tests.conftest import OpenOffice, intake, township
from tests.services.full_case import fill_parts
from tests.services.stage import FRIDAY, Stage, settlement, stage
from tests.services.test_packages import enrol, everything, send, stick

__all__ = ["stage", "stick"]
Body = dict[str, Any]
STRANGE = "00000000-0000-7000-8000-000000000000"


@use_case(needs=Permission.READ, writes=False)
def written_body(uow: UnitOfWork, case_id: str) -> bytes:
    """The body of a case as it would travel."""
    return bundle_of(uow, uow.get(Case, case_id))


def whole_case(stage: Stage) -> bytes:
    """The body of a case with a row in every part."""
    case = stage.case()
    stage.session(case)
    agreement = stage.workspace.run(save_agreement, settlement(case)).value
    stage.workspace.run(print_paper, case.id, FormId.AGREEMENT, agreement.id)
    fill_parts(stage.workspace, case.id)
    return stage.workspace.run(written_body, case.id).value


def case_of(body: bytes) -> str:
    """The case a body is of."""
    return read_body(body)["case"]["id"]


def put(part: str, key: str, value: Any) -> Callable[[Body], None]:
    """Write a value into the first row of a part."""

    def change(body: Body) -> None:
        row = body[part] if part == "case" else body[part][0]
        row[key] = value

    return change


def drop(part: str, key: str | None = None) -> Callable[[Body], None]:
    """Take a part, or a key of its first row, away."""

    def change(body: Body) -> None:
        target = body if key is None else body[part] if part == "case" else body[part][0]
        del target[key or part]

    return change


def same_id(body: Body) -> None:
    body["parties"][1]["id"] = body["parties"][0]["id"]


WRONG = {
    "unknown status": put("case", "status", "bogus"),
    "number as status": put("case", "status", 5),
    "unknown source": put("case", "source", "zz"),
    "no risk flags": put("case", "risk_flags", None),
    "unknown risk flag": put("case", "risk_flags", ["boom"]),
    "number as moment": put("case", "received_at", 5),
    "no moment": put("case", "received_at", None),
    "moment without zone": put("case", "received_at", "2026-09-03T01:00:00"),
    "moment of year 1": put("case", "received_at", "0001-01-01T00:00:00+00:00"),
    "moment of year 9999": put("case", "received_at", "9999-12-31T23:59:59+00:00"),
    "huge amount": put("case", "amount_fen", 10**30),
    "amount as text": put("case", "amount_fen", "lots"),
    "amount yes": put("case", "amount_fen", True),
    "dict as text": put("case", "summary", {"a": 1}),
    "no number": put("case", "number", None),
    "empty number": put("case", "number", ""),
    "long title": put("case", "title", "争" * 101),
    "long type": put("case", "type_a", "01234"),
    "number missing": drop("case", "number"),
    "compact date": put("case", "accepted_on", "20260101"),
    "number as date": put("case", "accepted_on", 20260101),
    "case is a list": lambda body: body.update(case=[]),
    "no case": drop("case"),
    "parties are a dict": lambda body: body.update(parties={}),
    "parties are texts": lambda body: body.update(parties=["a"]),
    "parties missing": drop("parties"),
    "files missing": drop("files"),
    "unknown role": put("parties", "role", "king"),
    "name missing": drop("parties", "name"),
    "id is a number": put("parties", "id", 5),
    "id is no uuid": put("parties", "id", "../x"),
    "id twice": same_id,
    "huge seat": put("parties", "seat", 2**70),
    "birth with time": put("parties", "birth", "1980-01-01T00:00:00"),
    "row of another case": put("parties", "case_id", STRANGE),
    "stands for a stranger": put("parties", "represents", [STRANGE]),
    "unknown action": put("events", "action", "hack"),
    "invites a stranger": put("hearings", "invited", [{"kind": "party", "id": STRANGE, "name": "某"}]),
    "hearing after midnight": put("hearings", "end", 1441),
    "booking of another hearing": put("bookings", "hearing_id", STRANGE),
    "session of another hearing": put("sessions", "hearing_id", STRANGE),
    "duty of another agreement": put("obligations", "agreement_id", STRANGE),
    "a stranger owes": put("obligations", "debtor_id", STRANGE),
    "a stranger is owed": put("obligations", "creditor_id", STRANGE),
    "a stranger signs": put("signatures", "signer_id", STRANGE),
    "a stranger's signature": put("signatures", "party_id", STRANGE),
    "unknown form": put("papers", "form", "verdict"),
    "paper without file": put("papers", "pdf_sha256", "0" * 64),
    "scan without file": put("attachments", "sha256", "0" * 64),
    "scan that is a program": put("attachments", "mime", "application/x-msdownload"),
    "unknown heading": put("attachments", "category", "secret"),
    "size below zero": put("attachments", "size", -1),
    "unknown kind of evidence": put("evidence", "kind", "rumour"),
    "a stranger brought it": put("evidence", "party_id", STRANGE),
}


def test_an_honest_body_passes_and_what_a_newer_program_adds_is_let_through(stage: Stage) -> None:
    body = whole_case(stage)
    read = check_body(body, case_of(body))
    assert [part for part, _ in PARTS if not read[part]] == []
    read["case"]["mood"] = "calm"
    read["letters"] = [{"id": 1}]
    check_body(write_body(read), case_of(body))


def test_every_wrong_value_is_refused_with_the_case_and_the_column(stage: Stage) -> None:
    body = whole_case(stage)
    for name, change in WRONG.items():
        changed = read_body(body)
        change(changed)
        with pytest.raises(Refused) as caught:
            pytest.fail(f"{name}: {check_body(write_body(changed), case_of(body))['case']['id']}")
        assert caught.value.reason == Reason.PACKAGE_DAMAGED, name
        assert caught.value.details["at"] == f"case {case_of(body)}", name


def test_lone_surrogates_and_text_that_is_no_json_are_refused(stage: Stage) -> None:
    body = whole_case(stage)
    for text in (body.replace(b'"status":"', b'"status":"\\ud800'), body[:-1], b"[]", b""):
        with pytest.raises(Refused) as caught:
            check_body(text, case_of(body))
        assert caught.value.reason == Reason.PACKAGE_DAMAGED


def test_every_special_test_belongs_to_a_column() -> None:
    columns = {f"{part}.{column.key}" for part, kind in (CASE, *PARTS) for column in travelling_columns(kind)}
    assert TESTS.keys() <= columns


def test_a_case_with_a_row_in_every_part_arrives_as_it_was(
    stage: Stage, county_workspace: Workspace, stick: Path
) -> None:
    enrol(stage.workspace, county_workspace, stick)
    body = whole_case(stage)
    county_workspace.run(import_package, send(stage.workspace, stick))
    assert read_body(county_workspace.run(written_body, case_of(body)).value) == read_body(body)


def test_every_part_can_be_told_wrong(stage: Stage) -> None:
    body = whole_case(stage)
    for part, _ in PARTS:
        for change in (put(part, "case_id", STRANGE), put(part, "id", "../x"), drop(part)):
            changed = read_body(body)
            change(changed)
            with pytest.raises(Refused) as caught:
                check_body(write_body(changed), case_of(body))
            assert caught.value.reason is Reason.PACKAGE_DAMAGED, part


def tampered(monkeypatch: pytest.MonkeyPatch, change: Callable[[Body], None]) -> None:
    """Let the sender's program write something else than its rows, with a true signature."""
    honest = outbox.bundle_of

    def dishonest(uow: UnitOfWork, case: Case) -> bytes:
        body = read_body(honest(uow, case))
        change(body)
        return write_body(body)

    monkeypatch.setattr(outbox, "bundle_of", dishonest)
    monkeypatch.setattr(outbox, "check_body", lambda *_: {})


def refused_alike(county: Workspace, package: Path) -> Refused:
    """The refusal of preview and import, which must be the same and change nothing."""
    before = everything(county)
    found = []
    for step in (preview_package, import_package):
        with pytest.raises(Refused) as caught:
            county.run(step, package)
        found.append((caught.value.reason, caught.value.details))
    assert found[0] == found[1]
    assert everything(county) == before
    return caught.value


def test_preview_and_import_refuse_a_wrong_body_alike(
    workspace: Workspace, county_workspace: Workspace, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    enrol(workspace, county_workspace, stick)
    case = workspace.run(register_case, intake()).value
    tampered(monkeypatch, put("case", "status", "bogus"))
    refused = refused_alike(county_workspace, send(workspace, stick))
    assert refused.reason == Reason.PACKAGE_DAMAGED
    assert refused.details == {"at": f"case {case.id}", "why": "case.status"}


def test_a_township_cannot_write_into_the_agreement_of_another(
    stage: Stage,
    open_office: OpenOffice,
    county_workspace: Workspace,
    stick: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    victim = stage.workspace
    enrol(victim, county_workspace, stick)
    case = stage.case()
    stage.session(case)
    agreement = victim.run(save_agreement, settlement(case)).value
    county_workspace.run(import_package, send(victim, stick))
    other = open_office(replace(township("A", "城北乡"), division_code="130532102000"), folder="other")
    enrol(other, county_workspace, stick)
    other.run(register_case, intake())

    def claim(body: Body) -> None:
        body["obligations"] = [
            {
                "id": STRANGE, "case_id": body["case"]["id"], "agreement_id": agreement.id, "seq": 9,
                "kind": "money", "debtor_id": case.parties[1].id, "creditor_id": case.parties[0].id,
                "amount_fen": 99_999_900, "act": "", "manner": "现金", "due_on": FRIDAY.isoformat(),
            }
        ]  # fmt: skip

    tampered(monkeypatch, claim)
    before = county_workspace.run(case_agreement, case.id).value
    assert refused_alike(county_workspace, send(other, stick)).reason == Reason.PACKAGE_DAMAGED
    assert county_workspace.run(case_agreement, case.id).value == before


def test_a_file_that_is_no_pdf_is_refused(
    workspace: Workspace, county_workspace: Workspace, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    enrol(workspace, county_workspace, stick)
    workspace.run(register_case, intake())
    program = b"MZ not a paper"
    sha256 = hashlib.sha256(program).hexdigest()

    @use_case(needs=Permission.READ)
    def plant(uow: UnitOfWork) -> None:
        uow.session.add(PaperFile(sha256=sha256, size=len(program), pdf=program))

    workspace.run(plant)
    file = {"sha256": sha256, "size": len(program), "name": "agreement", "mime": "application/pdf"}
    monkeypatch.setattr(outbox, "cargo_of", lambda *_: Cargo(frozenset({sha256}), {}))
    tampered(monkeypatch, lambda body: body.update(files=[file]))
    assert refused_alike(county_workspace, send(workspace, stick)).details == {"at": f"blobs/{sha256}"}


def test_a_paper_that_is_neither_in_the_package_nor_here_is_refused(
    workspace: Workspace, county_workspace: Workspace, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    enrol(workspace, county_workspace, stick)
    workspace.run(register_case, intake())
    file = {"sha256": "0" * 64, "size": 1, "name": "agreement", "mime": "application/pdf"}
    tampered(monkeypatch, lambda body: body.update(files=[file]))
    assert refused_alike(county_workspace, send(workspace, stick)).reason == Reason.PACKAGE_DAMAGED
