"""From township to county: cards, the outbox, importing, and what must change nothing."""

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader
from sqlalchemy import text

from app.domain.actor import Role
from app.domain.errors import Reason, Refused
from app.domain.packages import OutboxState
from app.domain.papers.forms import FormId
from app.models.case import Case
from app.services.cases.decisions import accept_case
from app.services.cases.register import open_case, register_case
from app.services.exchange import packing as packages
from app.services.exchange.inbox import import_package, list_inbox, list_senders, preview_package
from app.services.exchange.outbox import (
    confirm_receipt,
    export_package,
    save_package,
    sweep_outbox,
    view_outbox,
)
from app.services.exchange.peers import (
    card_qr,
    enrol_card,
    inspect_card,
    own_card,
    registration_sheet,
    save_own_card,
)
from app.services.kernel.unit_of_work import UnitOfWork
from app.services.kernel.workspace import Workspace
from app.services.papers.printing import print_paper
from app.sync.records import read_body, write_body
from tests.conftest import ALL_TOWNSHIP_ROLES, OpenOffice, acting, intake, township


def enrol(township_at: Workspace, county_at: Workspace, folder: Path) -> None:
    """Both cards carried over, fingerprints compared."""
    for giver, taker in ((county_at, township_at), (township_at, county_at)):
        path = giver.run(save_own_card, folder).value
        shown = taker.run(inspect_card, path).value
        assert shown.fingerprint == giver.run(own_card).value.fingerprint
        taker.run(enrol_card, path, shown.fingerprint)


def send(township_at: Workspace, folder: Path) -> Path:
    """Export and carry to a stick."""
    row = township_at.run(export_package).value
    return folder / township_at.run(save_package, row.id, folder).value.file_name


def everything(workspace: Workspace) -> dict[str, list[tuple]]:
    """All rows but the audit, which notes every attempt."""
    with workspace._engine.connect() as connection:
        tables = connection.execute(
            text(
                "SELECT name FROM sqlite_master WHERE type='table'"
                " AND name <> 'audit' AND name NOT LIKE '%search%'"
            )
        )
        return {
            name: [tuple(row) for row in connection.execute(text(f'SELECT * FROM "{name}" ORDER BY 1'))]  # noqa: S608
            for (name,) in tables.all()
        }


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


def test_a_case_reaches_the_county_with_its_papers(
    workspace: Workspace, county_workspace: Workspace, stick: Path
) -> None:
    enrol(workspace, county_workspace, stick)
    case = workspace.run(register_case, intake()).value
    workspace.run(accept_case, case.id, competent=True, excluded=False)
    paper = workspace.run(print_paper, case.id, FormId.ACCEPTANCE, case.id).value
    package = send(workspace, stick)
    preview = county_workspace.run(preview_package, package).value
    assert (preview.new_cases, preview.changed_cases, preview.papers) == (1, 0, 1)
    assert preview.changes[0].number == case.number
    county_workspace.run(import_package, package)
    seen = county_workspace.run(open_case, case.id).value
    sent = workspace.run(open_case, case.id).value
    assert not seen.writable
    assert replace(seen, writable=True, row_version=sent.row_version) == sent
    from app.services.papers.printing import open_paper

    assert county_workspace.run(open_paper, paper.id).value.pdf == paper.pdf


def test_the_same_package_twice_changes_nothing_and_says_so(
    workspace: Workspace, county_workspace: Workspace, stick: Path
) -> None:
    enrol(workspace, county_workspace, stick)
    workspace.run(register_case, intake())
    package = send(workspace, stick)
    assert not county_workspace.run(import_package, package).value.already
    before = everything(county_workspace)
    assert county_workspace.run(import_package, package).value.already
    assert everything(county_workspace) == before


def test_a_changed_case_moves_forward_and_an_older_package_changes_nothing(
    workspace: Workspace, county_workspace: Workspace, stick: Path
) -> None:
    enrol(workspace, county_workspace, stick)
    case = workspace.run(register_case, intake()).value
    first = send(workspace, stick)
    workspace.run(accept_case, case.id, competent=True, excluded=False)
    second = send(workspace, stick)
    moved = county_workspace.run(import_package, second).value
    assert (moved.new_cases, moved.missing) == (1, (1,))
    late = county_workspace.run(import_package, first).value
    assert (late.new_cases, late.changed_cases, late.unchanged_cases) == (0, 0, 1)
    assert county_workspace.run(open_case, case.id).value.accepted_on is not None


def test_two_installations_of_a_township_never_issue_the_same_number(
    open_office: OpenOffice, county_workspace: Workspace, stick: Path
) -> None:
    first = open_office(township("A"), folder="a")
    second = open_office(township("B"), folder="b")
    numbers = []
    for office in (first, second):
        enrol(office, county_workspace, stick)
        numbers += [office.run(register_case, intake()).value.number for _ in range(3)]
        county_workspace.run(import_package, send(office, stick))
    assert len(set(numbers)) == 6
    with county_workspace._engine.connect() as connection:
        there = [row[0] for row in connection.execute(text("SELECT number FROM case_list"))]
    assert sorted(there) == sorted(numbers)


def test_without_a_county_card_nothing_is_sent_and_the_reason_is_named(workspace: Workspace) -> None:
    workspace.run(register_case, intake())
    with pytest.raises(Refused) as caught:
        workspace.run(export_package)
    assert caught.value.reason == Reason.NO_COUNTY_CARD
    assert workspace.run(view_outbox).value.county is None


def test_nothing_new_makes_no_package(workspace: Workspace, county_workspace: Workspace, stick: Path) -> None:
    enrol(workspace, county_workspace, stick)
    with pytest.raises(Refused) as caught:
        workspace.run(export_package)
    assert caught.value.reason == Reason.NOTHING_TO_SEND


def test_only_the_right_receipt_code_closes_a_package_and_then_only_news_is_sent(
    workspace: Workspace, county_workspace: Workspace, stick: Path
) -> None:
    enrol(workspace, county_workspace, stick)
    workspace.run(register_case, intake())
    package = send(workspace, stick)
    row = workspace.run(view_outbox).value.packages[0]
    code = county_workspace.run(import_package, package).value.receipt
    with pytest.raises(Refused) as caught:
        workspace.run(confirm_receipt, row.id, "AAAAAAAAAA")
    assert caught.value.reason == Reason.WRONG_RECEIPT
    assert workspace.run(confirm_receipt, row.id, code.lower()).value.state == OutboxState.ACKED
    workspace.run(register_case, intake())
    assert workspace.run(export_package).value.cases == 1


def test_an_unknown_township_is_refused_and_nothing_is_taken(
    workspace: Workspace, county_workspace: Workspace, stick: Path
) -> None:
    card = county_workspace.run(save_own_card, stick).value
    workspace.run(enrol_card, card, workspace.run(inspect_card, card).value.fingerprint)
    workspace.run(register_case, intake())
    package = send(workspace, stick)
    before = everything(county_workspace)
    with pytest.raises(Refused) as caught:
        county_workspace.run(import_package, package)
    assert caught.value.reason == Reason.PACKAGE_UNKNOWN_SENDER
    assert everything(county_workspace) == before


def test_a_damaged_package_changes_nothing(
    workspace: Workspace, county_workspace: Workspace, stick: Path
) -> None:
    enrol(workspace, county_workspace, stick)
    workspace.run(register_case, intake())
    package = send(workspace, stick)
    data = bytearray(package.read_bytes())
    data[len(data) // 2] ^= 1
    package.write_bytes(data)
    before = everything(county_workspace)
    with pytest.raises(Refused) as caught:
        county_workspace.run(import_package, package)
    assert caught.value.reason == Reason.PACKAGE_DAMAGED
    assert everything(county_workspace) == before


def test_another_installation_under_the_same_name_is_refused(
    open_office: OpenOffice, county_workspace: Workspace, stick: Path
) -> None:
    first, clone = open_office(folder="one"), open_office(township("A", "寻召乡"), folder="two")
    enrol(first, county_workspace, stick)
    card = clone.run(save_own_card, stick).value
    with pytest.raises(Refused) as caught:
        county_workspace.run(inspect_card, card)
    assert caught.value.reason == Reason.CARD_OTHER_KEY


def test_a_copied_data_file_sending_the_same_number_is_noticed(
    workspace: Workspace, county_workspace: Workspace, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    enrol(workspace, county_workspace, stick)
    workspace.run(register_case, intake())
    county_workspace.run(import_package, send(workspace, stick))
    with workspace._engine.begin() as connection:
        connection.execute(text("UPDATE package SET state = 'void', sums_sha256 = ''"))
    workspace.run(register_case, intake())
    with pytest.raises(Refused) as caught:
        county_workspace.run(preview_package, send(workspace, stick))
    assert caught.value.reason == Reason.PACKAGE_CLONE


def test_a_package_left_half_made_is_void_after_a_restart_and_its_number_is_used_again(
    workspace: Workspace, county_workspace: Workspace, stick: Path
) -> None:
    enrol(workspace, county_workspace, stick)
    workspace.run(register_case, intake())
    begun = workspace.run(packages.begin_package).value
    outbox = workspace.outbox
    outbox.mkdir()
    (outbox / f"{begun.file_name}.part").write_bytes(b"half")
    workspace.run(sweep_outbox)
    assert list(outbox.iterdir()) == []
    row = workspace.run(export_package).value
    assert (row.seq, row.state) == (1, OutboxState.READY)


def test_a_full_stick_leaves_the_package_waiting(
    workspace: Workspace, county_workspace: Workspace, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    enrol(workspace, county_workspace, stick)
    workspace.run(register_case, intake())
    row = workspace.run(export_package).value
    with pytest.raises(Refused) as caught:
        workspace.run(save_package, row.id, stick / "gone")
    assert caught.value.reason == Reason.NO_SUCH_PLACE
    assert workspace.run(view_outbox).value.packages[0].state == OutboxState.READY


def test_only_whoever_may_receive_imports(
    workspace: Workspace, county_workspace: Workspace, stick: Path
) -> None:
    enrol(workspace, county_workspace, stick)
    workspace.run(register_case, intake())
    package = send(workspace, stick)
    with pytest.raises(Refused) as caught:
        acting(county_workspace, Role.LEADER).run(import_package, package)
    assert caught.value.reason == Reason.NOT_PERMITTED
    assert county_workspace.run(list_inbox).value == ()
    assert ALL_TOWNSHIP_ROLES


def test_a_receipt_for_a_later_package_settles_the_earlier_ones(
    workspace: Workspace, county_workspace: Workspace, stick: Path
) -> None:
    enrol(workspace, county_workspace, stick)
    workspace.run(register_case, intake())
    send(workspace, stick)
    workspace.run(register_case, intake())
    code = county_workspace.run(import_package, send(workspace, stick)).value.receipt
    newest = workspace.run(view_outbox).value.packages[0]
    spoken = f"{code[:5].lower()} {code[5:]}".replace("O", "0").replace("I", "1")
    workspace.run(confirm_receipt, newest.id, spoken)
    states = [row.state for row in workspace.run(view_outbox).value.packages]
    assert states == [OutboxState.ACKED, OutboxState.SUPERSEDED]


def test_the_start_changes_nothing_when_nothing_was_left_half(
    workspace: Workspace, county_workspace: Workspace, stick: Path
) -> None:
    enrol(workspace, county_workspace, stick)
    workspace.run(register_case, intake())
    row = workspace.run(export_package).value
    assert workspace.run(sweep_outbox).changes == frozenset()
    assert workspace.run(view_outbox).value.packages == (row,)
    assert (workspace.outbox / row.file_name).is_file()


def test_a_waiting_package_whose_file_was_deleted_is_packed_again(
    workspace: Workspace, county_workspace: Workspace, stick: Path
) -> None:
    enrol(workspace, county_workspace, stick)
    workspace.run(register_case, intake())
    row = workspace.run(export_package).value
    (workspace.outbox / row.file_name).unlink()
    workspace.run(sweep_outbox)
    outbox = workspace.run(view_outbox).value
    assert (outbox.packages, outbox.waiting_cases) == ((), 1)
    assert workspace.run(export_package).value.seq == 2  # a copy may have left before


def test_the_county_sees_which_packages_of_whom_never_came(
    workspace: Workspace, county_workspace: Workspace, stick: Path
) -> None:
    enrol(workspace, county_workspace, stick)
    silent = county_workspace.run(list_senders).value[0]
    assert (silent.cases, silent.last_seq, silent.missing) == (0, None, ())
    workspace.run(register_case, intake())
    send(workspace, stick)
    county_workspace.run(import_package, send(workspace, stick))
    sender = county_workspace.run(list_senders).value[0]
    assert (sender.cases, sender.last_seq, sender.missing) == (1, 2, (1,))
    assert county_workspace.run(list_inbox).value[0].sender_name == sender.peer.name


def test_the_registration_sheet_and_the_code_on_the_screen_carry_the_fingerprint(
    workspace: Workspace,
) -> None:
    card = workspace.run(own_card).value
    pages = PdfReader(BytesIO(workspace.run(registration_sheet).value)).pages
    printed = "".join("".join(page.extract_text().split()) for page in pages)
    assert all(group in printed for group in card.fingerprint.split("-"))
    square = card_qr(card)
    assert {len(row) for row in square} == {len(square)}
    assert square[0][:7] == (True,) * 7


def test_a_row_of_another_case_cannot_be_taken_over(
    workspace: Workspace, county_workspace: Workspace, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A sender whose program was changed claims the party of a case the county has already."""
    enrol(workspace, county_workspace, stick)
    first = workspace.run(register_case, intake()).value
    county_workspace.run(import_package, send(workspace, stick))
    workspace.run(register_case, intake())
    honest = packages.bundle_of

    def dishonest(uow: UnitOfWork, case: Case) -> bytes:
        body = read_body(honest(uow, case))
        if case.id != first.id:
            body["parties"][0]["id"] = first.parties[0].id
        return write_body(body)

    monkeypatch.setattr(packages, "bundle_of", dishonest)
    package = send(workspace, stick)
    before = everything(county_workspace)
    with pytest.raises(Refused) as caught:
        county_workspace.run(import_package, package)
    assert caught.value.reason == Reason.PACKAGE_DAMAGED
    assert everything(county_workspace) == before
