"""The office's address and phone, and the recovery sheet made anew."""

import pytest
from pypdf import PdfReader
from sqlalchemy import text

from app.domain.actor import Role
from app.domain.errors import Reason, Refused
from app.domain.progress import Silent
from app.services.office.opening import recover
from app.services.office.particulars import change_office, read_office
from app.services.office.sign_in import unlock
from app.services.papers.recovery_sheet import make_office, renew_recovery_sheet
from tests.conftest import PASSPHRASE, THE_DAY, acting, township


def _secret(sheet: bytes) -> str:
    import io

    printed = "".join("".join(page.extract_text() for page in PdfReader(io.BytesIO(sheet)).pages).split())
    start = printed.index("AGE-SECRET-KEY-1")
    return printed[start : start + 74]


def test_address_and_phone_are_kept_and_audited(workspace):
    changed = workspace.run(change_office, " 平乡镇新华街1号 ", "0319 7654321").value
    assert (changed.address, changed.phone) == ("平乡镇新华街1号", "0319-7654321")
    assert workspace.run(read_office).value == changed
    workspace.run(change_office, "", "")
    with workspace._engine.connect() as connection:
        actions = connection.execute(text("SELECT action FROM audit")).scalars().all()
    assert actions.count("change_office") == 2


def test_an_unreadable_phone_is_refused_and_nothing_changes(workspace):
    before = workspace.run(read_office).value
    with pytest.raises(Refused) as refused:
        workspace.run(change_office, "路" * 101, "12")
    assert [problem.field for problem in refused.value.details["problems"]] == ["address", "phone"]
    assert workspace.run(read_office).value == before


def test_only_who_may_change_settings_changes_the_address(workspace):
    with pytest.raises(Refused) as refused:
        acting(workspace, Role.REGISTRAR).run(change_office, "", "")
    assert refused.value.reason is Reason.NOT_PERMITTED


def test_a_new_sheet_opens_the_office_and_the_old_one_no_longer(tmp_path):
    from app.services.office.opening import open_workspace

    made = make_office(Silent(), tmp_path / "office.db", township(), THE_DAY)
    data_file = made.created.data_file
    unlocked = unlock(data_file, "admin", PASSPHRASE)
    workspace = open_workspace(unlocked)
    try:
        sheet = workspace.run(renew_recovery_sheet, unlocked).value
        with pytest.raises(Refused) as refused:
            recover(data_file, _secret(made.sheet), "admin", "another-long-passphrase")
        assert refused.value.reason is Reason.WRONG_RECOVERY_KEY
        recover(data_file, _secret(sheet), "admin", "another-long-passphrase")
        assert unlock(data_file, "admin", "another-long-passphrase").key == unlocked.key
    finally:
        workspace.close()
