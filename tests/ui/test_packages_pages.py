"""The township's pages: outbox, keys, enrolling a card, the receipt code."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from app.db.keys import open_recovery, recovery_path
from app.domain.actor import Actor, Role
from app.domain.packages import OutboxRow, OutboxState
from app.services.cases.register import register_case
from app.services.exchange.inbox import import_package
from app.services.exchange.outbox import export_package
from app.services.exchange.peers import list_peers, own_card, save_own_card
from app.services.kernel.workspace import Workspace
from app.services.office.opening import create_office, open_workspace
from app.services.office.sign_in import unlock
from app.ui.main_window import MainWindow
from app.ui.navigation import Navigator, Office, Place
from app.ui.packages import outbox_page
from app.ui.packages.keys_panel import KeysPanel
from app.ui.packages.outbox_page import OutboxPage, size_words
from app.ui.signed_in import SignedIn
from app.ui.tasks import InlineTasks
from tests.conftest import PASSPHRASE, county, intake
from tests.services.test_packages import enrol
from tests.ui.test_county_pages import nameless


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


def signed_in(workspace: Workspace) -> SignedIn:
    unlocked = unlock(workspace.folder / "office.db", "admin", PASSPHRASE)
    office = Office(unlocked.office.name, unlocked.office.node, unlocked.office.kind, workspace.folder)
    return SignedIn(
        tasks=InlineTasks(workspace),
        navigator=Navigator(),
        actor=workspace.actor,
        office=office,
        unlocked=unlocked,
    )


@pytest.fixture
def open_page(qtbot, workspace) -> Callable[[], OutboxPage]:
    def make() -> OutboxPage:
        page = OutboxPage(signed_in(workspace))
        qtbot.addWidget(page)
        page.show()
        return page

    return make


def column(page: OutboxPage, title: str) -> list[str]:
    """What a column of the package table shows."""
    QApplication.processEvents()
    table = page.packages.table
    for row in range(table.rowCount()):
        table.record(row)
    QApplication.processEvents()
    at = [one.title for one in table.columns].index(title)
    return [table.index(row, at).data() for row in range(table.rowCount())]


def chosen(page: OutboxPage) -> OutboxRow:
    """The current package, once its record has arrived."""
    QApplication.processEvents()
    row = page.packages.current()
    assert row is not None
    return row


def carry_card(county_workspace: Workspace, stick: Path) -> Path:
    return county_workspace.run(save_own_card, stick).value


def test_without_a_county_the_page_says_so_and_offers_the_one_step(open_page):
    page = open_page()
    assert "还没有读取县中心名片" in page.no_county.text()
    assert "不受影响" in page.no_county.text()
    assert not page.make_button.isEnabled()


def test_whoever_may_not_enrol_is_sent_to_the_administrator(open_page, workspace):
    workspace.actor = Actor(workspace.actor.user_id, "登记员", frozenset({Role.REGISTRAR}))
    page = open_page()
    assert "请管理员读取" in page.no_county.text()
    page.show_keys()
    assert not page.dialog.panel.read_button.isEnabled()
    assert not page.dialog.panel.own.save_button.isEnabled()


def test_a_card_is_trusted_only_after_its_outer_groups_were_typed(
    open_page, workspace, county_workspace, stick
):
    page = open_page()
    page.reader.read(carry_card(county_workspace, stick))
    dialog = page.reader.dialog
    groups = county_workspace.run(own_card).value.fingerprint.split("-")
    assert groups[0] not in dialog.fingerprint.text()
    assert groups[7] not in dialog.fingerprint.text()
    assert groups[3] in dialog.fingerprint.text()
    dialog.first.setText(groups[0].lower())
    dialog.last.setText("AAAA")
    assert "不一致" in dialog.verdict.text()
    dialog.submit()
    assert workspace.run(list_peers).value == ()
    dialog.last.setText(f" {groups[7]} ")
    assert dialog.submit_button.isEnabled()
    dialog.submit()
    assert [peer.node for peer in workspace.run(list_peers).value] == ["130532-A"]
    assert "已启用 平乡县依法治理中心" in page.banner.text()
    assert not page.no_county.isVisible()
    assert page.make_button.isEnabled()


def test_after_enrolling_the_county_can_open_the_data_too(open_page, workspace, stick, tmp_path, clock):
    made = create_office(tmp_path / "above" / "office.db", county(), clock)
    above = open_workspace(unlock(made.data_file, "admin", PASSPHRASE), clock)
    sealed = recovery_path(workspace.folder / "office.db")
    assert open_recovery(sealed.read_bytes(), made.recovery_secret) is None
    page = open_page()
    page.reader.read(carry_card(above, stick))
    first, *_, last = above.run(own_card).value.fingerprint.split("-")
    page.reader.dialog.first.setText(first)
    page.reader.dialog.last.setText(last)
    page.reader.dialog.submit()
    above.close()
    assert open_recovery(sealed.read_bytes(), made.recovery_secret) == page.context.unlocked.key


def test_the_same_card_again_needs_no_comparing(open_page, workspace, county_workspace, stick):
    enrol(workspace, county_workspace, stick)
    page = open_page()
    page.reader.read(carry_card(county_workspace, stick))
    assert page.reader.dialog.submit_button.isEnabled()
    page.reader.dialog.submit()
    assert len(workspace.run(list_peers).value) == 1


def test_a_wrong_file_is_refused_with_its_own_sentence(open_page, stick):
    page = open_page()
    (stick / "wrong.card").write_bytes(b"no card\n")
    page.reader.read(stick / "wrong.card")
    assert "没有启用" in page.banner.text()
    page.reader.read(stick / "gone.card")
    assert "找不到" in page.banner.text()


def test_a_package_is_made_saved_and_confirmed(open_page, workspace, county_workspace, stick):
    enrol(workspace, county_workspace, stick)
    workspace.run(register_case, intake())
    page = open_page()
    assert page.waiting.text() == "1 件"
    page.make_package()
    assert column(page, "状态") == ["待取走"]
    assert "第 1 号案件包已生成" in page.banner.text()
    assert page.waiting.text() == "0 件"
    page.save(chosen(page), stick)
    assert column(page, "状态") == ["已送出"]
    assert str(stick) in page.banner.text()
    assert chosen(page).seq == 1
    [package] = stick.glob("*.tjb.age")
    code = county_workspace.run(import_package, package).value.receipt
    page.ask_receipt()
    page.dialog.code.setText(f"{code[:5]} {code[5:].lower()}")
    page.dialog.submit()
    assert column(page, "状态") == ["已签收"]
    assert not page.save_button.isEnabled()
    assert not page.receipt_button.isEnabled()


def test_a_wrong_code_changes_nothing_and_the_dialog_stays(open_page, workspace, county_workspace, stick):
    enrol(workspace, county_workspace, stick)
    workspace.run(register_case, intake())
    page = open_page()
    page.make_package()
    assert chosen(page).seq == 1
    page.ask_receipt()
    page.dialog.code.setText("ABC")
    assert not page.dialog.submit_button.isEnabled()
    page.dialog.code.setText("ABCDEFGHIJ")
    page.dialog.submit()
    assert "对不上" in page.dialog.banner.text()
    assert column(page, "状态") == ["待取走"]


def test_a_waiting_package_is_there_after_a_restart(open_page, workspace, county_workspace, stick):
    enrol(workspace, county_workspace, stick)
    workspace.run(register_case, intake())
    workspace.run(export_package)
    page = open_page()
    assert column(page, "状态") == ["待取走"]
    assert page.save_button.isEnabled()


def test_nothing_new_is_said_not_packed(open_page, workspace, county_workspace, stick):
    enrol(workspace, county_workspace, stick)
    page = open_page()
    page.make_package()
    assert "没有新的变动" in page.banner.text()
    assert column(page, "状态") == []


def test_a_stick_that_is_gone_leaves_the_package_waiting(open_page, workspace, county_workspace, stick):
    enrol(workspace, county_workspace, stick)
    workspace.run(register_case, intake())
    page = open_page()
    page.make_package()
    page.save(chosen(page), stick / "pulled")
    assert "找不到" in page.banner.text()
    assert column(page, "状态") == ["待取走"]


def test_the_folder_dialog_begins_where_the_last_one_ended(
    open_page, workspace, county_workspace, stick, monkeypatch
):
    enrol(workspace, county_workspace, stick)
    workspace.run(register_case, intake())
    asked = []
    monkeypatch.setattr(
        outbox_page, "pick_folder", lambda parent, title, then, start="": asked.append((then, start))
    )
    page = open_page()
    page.make_package()
    assert chosen(page).seq == 1
    page.pick_folder()
    asked[0][0](stick)
    page.pick_folder()
    assert [start for _, start in asked] == ["", str(stick)]


def test_the_keys_panel_shows_saves_and_prints_the_own_card(qtbot, workspace, stick):
    panel = KeysPanel(signed_in(workspace))
    qtbot.addWidget(panel)
    panel.show()
    card = workspace.run(own_card).value
    assert panel.own.fingerprint.text().split() == card.fingerprint.split("-")
    assert panel.own.code.accessibleName()
    panel.own.save(stick)
    assert (stick / "130532101-A.reg").is_file()
    assert "可以交给县中心" in panel.banner.text()
    panel.own.print_button.click()
    words = "".join(panel.own.dialog.view.text().split())
    assert all(group in words for group in card.fingerprint.split("-"))
    panel.own.dialog._saved(stick / "sheet.pdf")
    assert (stick / "sheet.pdf").read_bytes().startswith(b"%PDF")


def test_everything_that_takes_the_focus_has_a_name(open_page, workspace, county_workspace, stick):
    page = open_page()
    page.show_keys()
    page.reader.read(carry_card(county_workspace, stick))
    assert nameless(page) == []


def test_the_window_finds_the_page(qtbot, workspace):
    context = signed_in(workspace)
    window = MainWindow(context)
    qtbot.addWidget(window)
    context.navigator.goto(Place.PACKAGES)
    assert isinstance(window.page(), OutboxPage)


def test_sizes_are_said_in_round_numbers():
    assert [size_words(size) for size in (7, 8_400, 2_340_000)] == ["1 KB", "8 KB", "2.3 MB"]


def test_every_state_has_a_colour():
    shown = set(OutboxState) - {OutboxState.VOID}
    assert set(outbox_page.TONES) == shown
