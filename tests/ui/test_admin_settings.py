"""Settings: users who can then sign in, numbers and their patterns, copies of the data, passphrases."""

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from app.db.keys import KeySlots, key_slots_path, recovery_path
from app.domain.actor import Actor, NodeKind, Role
from app.domain.errors import Refused
from app.domain.office.settings import SettingKey
from app.domain.office.users import UserInput
from app.domain.values.numbers import Series
from app.services.kernel.numbering import list_numbers
from app.services.kernel.settings import read_settings
from app.services.office.opening import create_office, give_slot, open_workspace
from app.services.office.particulars import read_office
from app.services.office.sign_in import unlock
from app.services.office.users import create_user, list_users
from app.ui.admin.settings_page import SettingsPage
from app.ui.navigation import Navigator, Office
from app.ui.signed_in import SignedIn
from app.ui.tasks import InlineTasks
from tests.conftest import PASSPHRASE, township

OTHER = "lantern over the river"


@pytest.fixture
def unlocked(tmp_path):
    data_file = tmp_path / "office" / "office.db"
    create_office(data_file, township())
    return unlock(data_file, "admin", PASSPHRASE)


@pytest.fixture
def workspace(unlocked):
    opened = open_workspace(unlocked)
    yield opened
    opened.close()


@pytest.fixture
def open_page(qtbot, unlocked, workspace) -> Callable[..., SettingsPage]:
    def make(*roles: Role) -> SettingsPage:
        if roles:
            workspace.actor = Actor(workspace.actor.user_id, workspace.actor.name, frozenset(roles))
        context = SignedIn(
            tasks=InlineTasks(workspace),
            navigator=Navigator(),
            actor=workspace.actor,
            office=Office(
                "平乡镇人民调解委员会", "130532101-A", NodeKind.TOWNSHIP, unlocked.data_file.parent
            ),
            unlocked=unlocked,
        )
        page = SettingsPage(context)
        qtbot.addWidget(page)
        page.resize(1274, 700)
        page.show()
        return page

    return make


def tabs(page: SettingsPage) -> list[str]:
    return [page.tabs.tabText(at) for at in range(page.tabs.count())]


def test_everybody_sees_what_the_duty_allows(open_page):
    assert {"单位", "编号", "用户", "数据", "我的口令"} <= set(tabs(open_page()))
    shown = tabs(open_page(Role.MEDIATOR))
    assert "用户" not in shown
    assert "数据" not in shown
    assert "我的口令" in shown


def test_choices_are_kept(open_page, workspace):
    page = open_page()
    page.office.form.field("notice_days").setText("5")
    page.office.form.field("print_id_numbers").setChecked(True)
    page.office.submit()
    kept = workspace.run(read_settings).value.values
    assert kept[SettingKey.NOTICE_DAYS] == 5
    assert kept[SettingKey.PRINT_ID_NUMBERS] is True
    assert "已保存" in page.office.banner.text()


def test_an_impossible_choice_is_marked_at_its_field(open_page, workspace):
    page = open_page()
    page.office.form.field("lock_minutes").setText("500")
    page.office.submit()
    assert page.office.form.field("lock_minutes").property("bad")
    assert workspace.run(read_settings).value.values[SettingKey.LOCK_MINUTES] == 10


def test_a_mediator_changes_no_setting(open_page):
    page = open_page(Role.MEDIATOR)
    assert page.office.save.isHidden()
    assert not page.office.form.field("notice_days").isEnabled()
    assert page.numbers.save.isHidden()
    assert page.numbers.void.isHidden()


def add_user(page: SettingsPage, login: str = "liuhua", passphrase: str = OTHER) -> None:
    page.users.add.click()
    form = page.users.dialog.form
    form.field("login").setText(login)
    form.field("name").setText("刘华")
    form.field("roles").set_value((Role.REGISTRAR, Role.MEDIATOR))
    for name in ("passphrase", "again"):
        form.field(name).setText(passphrase)
    page.users.dialog.submit()


def settle() -> None:
    for _ in range(5):
        QApplication.processEvents()


def test_a_new_user_signs_in(open_page, unlocked, workspace):
    page = open_page()
    add_user(page)
    settle()
    entered = unlock(unlocked.data_file, "liuhua", OTHER)
    assert entered.actor.roles == {Role.REGISTRAR, Role.MEDIATOR}
    assert [row.login for row in page.users.table.records()] == ["admin", "liuhua"]


@pytest.mark.parametrize(("login", "passphrase"), [("刘华", OTHER), ("liuhua", "short")])
def test_a_bad_account_or_weak_passphrase_makes_nobody(open_page, workspace, login, passphrase):
    page = open_page()
    add_user(page, login, passphrase)
    assert page.users.dialog.isVisible()
    assert len(workspace.run(list_users).value) == 1


@pytest.fixture
def second(unlocked, workspace):
    row = workspace.run(create_user, UserInput("liuhua", "刘华", frozenset({Role.REGISTRAR}))).value
    give_slot(unlocked, row.id, row.login, OTHER)
    return row


def test_a_barred_user_stays_outside(open_page, unlocked, second):
    page = open_page()
    page.users.table.go_to(1)
    page.users._change(second)
    page.users.dialog.form.field("active").setChecked(False)
    page.users.dialog.submit()
    settle()
    assert KeySlots.load(key_slots_path(unlocked.data_file)).of("liuhua") is None
    with pytest.raises(Refused):
        unlock(unlocked.data_file, "liuhua", OTHER)


def test_the_last_administrator_keeps_the_duty(open_page, workspace):
    page = open_page()
    page.users._change(workspace.run(list_users).value[0])
    page.users.dialog.form.field("roles").set_value((Role.REGISTRAR,))
    page.users.dialog.submit()
    settle()
    assert "最后一名管理员" in page.users.dialog.banner.text()


def test_a_forgotten_passphrase_is_reset(open_page, unlocked, second, monkeypatch):
    page = open_page()
    monkeypatch.setattr(page.users.table, "current", lambda: second)
    page.users._reset()
    for name in ("passphrase", "again"):
        page.users.dialog.form.field(name).setText("mountain road at dawn")
    page.users.dialog.submit()
    settle()
    assert unlock(unlocked.data_file, "liuhua", "mountain road at dawn").actor.user_id == second.id


def test_one_changes_ones_own_passphrase(open_page, unlocked):
    page = open_page(Role.MEDIATOR)
    form = page.own.form
    form.field("old").setText("wrong")
    for name in ("passphrase", "again"):
        form.field(name).setText(OTHER)
    page.own.submit()
    settle()
    assert "不对" in page.own.banner.text()
    form.field("old").setText(PASSPHRASE)
    page.own.submit()
    settle()
    assert unlock(unlocked.data_file, "admin", OTHER)


def test_a_number_is_taken_out_of_use_with_its_reason(open_page, workspace):
    page = open_page(Role.DIRECTOR, Role.ADMINISTRATOR)
    page.numbers.void.click()
    page.numbers.dialog.submit()
    settle()
    assert page.numbers.dialog.form.field("reason").property("bad")
    page.numbers.dialog.form.field("reason").setPlainText("纸质登记表写坏")
    page.numbers.dialog.submit()
    settle()
    (row,) = workspace.run(list_numbers, Series.CASE, date.today().year).value
    assert row.void_reason == "纸质登记表写坏"
    assert [shown.text for shown in page.numbers.table.records()] == [row.text]


def test_a_pattern_is_tried_before_it_is_kept(open_page, workspace):
    page = open_page()
    page.numbers.pattern.setText("{org}字第{seq}号")
    assert not page.numbers.save.isEnabled()
    page.numbers.pattern.setText("{org}调〔{year}〕{node}{seq:04d}号")
    assert "平乡镇调〔" in page.numbers.sample.text()
    assert "0001号" in page.numbers.sample.text()
    page.numbers.submit()
    settle()
    kept = workspace.run(read_settings).value.values[SettingKey.CASE_PATTERN]
    assert kept == "{org}调〔{year}〕{node}{seq:04d}号"


def test_the_data_is_checked_and_copied(open_page, tmp_path, workspace):
    page = open_page()
    page.data.check_now()
    settle()
    assert "完好" in page.data.banner.text()
    page.data.backup_to(tmp_path / "stick")
    settle()
    assert "已备份到" in page.data.banner.text()
    assert "上次备份" in page.data.last.text()
    (copy,) = (tmp_path / "stick").glob("xianghe-*/*")
    assert unlock(copy / "office.db", "admin", PASSPHRASE)


def test_a_damaged_file_is_told(open_page, unlocked, workspace, tmp_path: Path):
    page = open_page()
    workspace.close()
    whole = bytearray(unlocked.data_file.read_bytes())
    whole[9000:9100] = bytes(100)
    unlocked.data_file.write_bytes(bytes(whole))
    page.data.check_now()
    settle()
    assert "处问题" in page.data.banner.text() or "损坏" in page.data.banner.text()
    page.data.backup_to(tmp_path / "stick")
    settle()
    assert not list((tmp_path / "stick").rglob("2*")) if (tmp_path / "stick").exists() else True
    shutil.rmtree(tmp_path / "stick", ignore_errors=True)


def test_address_and_phone_are_kept_and_marked_when_wrong(open_page, workspace):
    page = open_page()
    page.office.contact.field("address").setText("新华街1号")
    page.office.contact.field("phone").setText("12")
    page.office.keep_contact.click()
    assert page.office.contact.field("phone").property("bad")
    page.office.contact.field("phone").setText("0319-7654321")
    page.office.keep_contact.click()
    kept = workspace.run(read_office).value
    assert (kept.address, kept.phone) == ("新华街1号", "0319-7654321")
    assert "已保存" in page.office.contact_banner.text()


def test_fields_stand_beside_their_labels_at_the_left(open_page):
    page = open_page()
    form = page.office.form
    field = form.field("notice_days")
    assert field.x() < form.width() / 2
    assert form.x() < 40


def test_a_new_recovery_sheet_is_shown_once_and_must_be_kept(open_page, unlocked):
    page = open_page()
    before = recovery_path(unlocked.data_file).read_bytes()
    page.data.renew.click()
    page.data.dialog.submit_button.click()
    sheet = page.data.dialog
    assert recovery_path(unlocked.data_file).read_bytes() != before
    assert not sheet.submit_button.isEnabled()
    sheet.reject()
    assert sheet.isVisible()
    assert "只显示这一次" in sheet.banner.text()
    sheet.sheet.tick.setChecked(True)
    sheet.submit_button.click()
    assert not sheet.isVisible()
