"""Signing in: the right passphrase opens, a wrong one counts, a bad file says what is wrong with it."""

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from app.bootstrap import Program
from app.db.keys import KeySlots, key_slots_path
from app.domain.errors import Reason, Refused
from app.services.office import opening
from app.services.office.sign_in import unlock
from app.ui.session.notice import Notice
from tests.conftest import PASSPHRASE, township

PATIENCE = 20_000


@pytest.fixture
def secret(tmp_path) -> str:
    """A township's office in the data folder; what its recovery sheet says."""
    return opening.create_office(tmp_path / "data" / "office.db", township()).recovery_secret


@pytest.fixture
def program(qapp, tmp_path, secret):
    made = Program(tmp_path / "data")
    made.start()
    yield made
    made.close()
    close(made.entrance)
    close(made.window)


def close(window: QWidget | None) -> None:
    if window is not None:
        window.close()


def try_passphrase(qtbot, program: Program, passphrase: str) -> None:
    card = program.entrance.card
    card.passphrase.setText(passphrase)
    card.submit()
    qtbot.waitUntil(lambda: program.entrance is None or bool(card.banner.text()), timeout=PATIENCE)


def test_the_office_is_not_named_before_it_is_open(program):
    shown = " ".join(part.text() for part in program.entrance.findChildren(QWidget) if hasattr(part, "text"))
    assert "乡和" in shown
    assert "平乡" not in shown


def test_the_right_passphrase_opens_the_main_window(qtbot, program):
    try_passphrase(qtbot, program, PASSPHRASE)
    assert program.window is not None
    assert program.window.isVisible()


def test_signing_out_gives_the_data_back(qtbot, program):
    try_passphrase(qtbot, program, PASSPHRASE)
    program.window.sign_out_asked.emit()
    qtbot.waitUntil(lambda: program.window is None, timeout=PATIENCE)
    assert program.entrance.isVisible()
    try_passphrase(qtbot, program, PASSPHRASE)
    assert program.window is not None


def test_a_wrong_passphrase_counts_and_then_waits(qtbot, program):
    card = program.entrance.card
    for left in ("4", "3", "2", "1"):
        card.banner.hide()
        try_passphrase(qtbot, program, "wrong")
        assert f"再错 {left} 次" in card.banner.text()
    card.banner.hide()
    try_passphrase(qtbot, program, "wrong")
    card.banner.hide()
    try_passphrase(qtbot, program, PASSPHRASE)
    assert program.window is None
    assert "秒后再试" in card.banner.text()
    assert not card.submit_button.isEnabled()


def test_the_wait_is_counted_down(program):
    card = program.entrance.card
    card.show_refused(Refused(Reason.THROTTLED, seconds=2))
    card._tick()
    assert "1 秒" in card.banner.text()
    card._tick()
    assert card.submit_button.isEnabled()


def test_capital_letters_without_shift_are_told(program):
    card = program.entrance.card
    QTest.keyClick(card.passphrase, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier)
    card.passphrase.capitals.emit(True)
    assert "Caps Lock" in card._hint.text()
    card.passphrase.capitals.emit(False)
    assert card._hint.isHidden()


def test_the_lock_opens_with_the_passphrase_only(qtbot, program):
    try_passphrase(qtbot, program, PASSPHRASE)
    window = program.window
    window.lock()
    window.unlock_asked.emit("wrong")
    qtbot.wait(300)
    assert window.locked
    window.unlock_asked.emit(PASSPHRASE)
    qtbot.waitUntil(lambda: not window.locked, timeout=PATIENCE)


def test_the_recovery_sheet_gives_a_new_passphrase(qtbot, program, secret):
    program.entrance.show_recover(program.offices.office_file)
    form = program.entrance.card.form
    spaced = " ".join(secret[at : at + 6] for at in range(0, len(secret), 6)).lower()
    form.field("secret").setPlainText(spaced)
    form.field("login").setText("admin")
    for name in ("passphrase", "again"):
        form.field(name).setText("lantern over the river")
    program.entrance.card.submit()
    qtbot.waitUntil(lambda: hasattr(program.entrance.card, "account"), timeout=PATIENCE)
    try_passphrase(qtbot, program, "lantern over the river")
    assert program.window is not None


@pytest.mark.parametrize(
    ("login", "key", "said"), [("admin", "AGE-SECRET-KEY-1X", "恢复密钥不对"), ("nobody", None, "管理员账号")]
)
def test_a_wrong_key_or_account_recovers_nothing(qtbot, program, secret, login, key, said):
    program.entrance.show_recover(program.offices.office_file)
    card = program.entrance.card
    card.form.field("secret").setPlainText(key or secret)
    card.form.field("login").setText(login)
    for name in ("passphrase", "again"):
        card.form.field(name).setText("lantern over the river")
    card.submit()
    qtbot.waitUntil(lambda: said in card.banner.text(), timeout=PATIENCE)


def spoil(data_file: Path, how: str) -> None:
    match how:
        case "text":
            data_file.write_bytes(b"no database at all, only words. " * 200)
        case "cut":
            data_file.write_bytes(data_file.read_bytes()[:-3])
        case "page":
            whole = bytearray(data_file.read_bytes())
            whole[1000:1100] = bytes(100)
            data_file.write_bytes(bytes(whole))
        case "slots":
            key_slots_path(data_file).write_text("[", encoding="utf-8")


@pytest.mark.parametrize(
    ("how", "said"),
    [("text", "不是本程序的数据"), ("cut", "已损坏"), ("page", "已损坏"), ("slots", "已损坏")],
)
def test_a_bad_file_says_what_it_is_and_stays_as_it_is(qtbot, qapp, tmp_path, secret, how, said):
    data_file = tmp_path / "data" / "office.db"
    spoil(data_file, how)
    before = data_file.read_bytes()
    program = Program(tmp_path / "data")
    program.start()
    try:
        if not program.entrance.card.banner.text():
            try_passphrase(qtbot, program, PASSPHRASE)
        assert said in program.entrance.card.banner.text()
    finally:
        program.close()
        close(program.entrance)
    assert data_file.read_bytes() == before


def test_a_newer_file_is_refused(qtbot, program):
    workspace = opening.open_workspace(unlock(program.offices.office_file, "admin", PASSPHRASE))
    with workspace._engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = 'v9999'")
    workspace.close()
    try_passphrase(qtbot, program, PASSPHRASE)
    assert "更新版本" in program.entrance.card.banner.text()
    assert program.window is None


def test_a_second_copy_of_the_program_stays_closed(qtbot, program):
    second = Program(program.offices.office_file.parent)
    with pytest.raises(Refused) as refused:
        second.start()
    assert refused.value.reason is Reason.IN_USE
    notice = Notice(refused.value)
    qtbot.addWidget(notice)
    assert "另一个程序" in notice.panel.banner.text()


def test_a_place_nobody_can_write_to_is_named(qapp, tmp_path):
    blocked = tmp_path / "data"
    blocked.write_text("a file where the folder should be", encoding="utf-8")
    program = Program(blocked)
    program.start()
    assert program.entrance.isVisible()
    program.close()
    close(program.entrance)


def test_office_and_sample_are_two_files(qtbot, program):
    sample = program.offices.sample_file
    shutil.copytree(
        program.offices.office_file.parent, sample.parent, ignore=shutil.ignore_patterns("*.lock", "sample")
    )
    card = program.entrance.show_sign_in(program.offices.office_file)
    assert card._offices.isVisibleTo(card)
    card.use(sample)
    assert program.offices._held == sample
    assert card.account.currentText() == "admin"
    slots = KeySlots.load(key_slots_path(sample))
    assert slots.logins == ("admin",)
