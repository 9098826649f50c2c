"""The command line: sentences for people, exit codes for scripts, passphrases never among the arguments."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from app import __version__, commands
from app.domain.actor import Role
from app.domain.office.users import UserInput
from app.services.office.opening import create_office, give_slot, open_workspace
from app.services.office.sign_in import hold_instance, unlock
from app.services.office.users import create_user
from tests.conftest import PASSPHRASE, township

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def data_file(tmp_path, monkeypatch) -> Path:
    made = tmp_path / "office" / "township.db"
    create_office(made, township())
    monkeypatch.setenv("XIANGHE_PASSPHRASE", PASSPHRASE)
    return made


def run(*arguments: str, passphrase: str = PASSPHRASE) -> subprocess.CompletedProcess[str]:
    """The program as a script calls it."""
    return subprocess.run(
        [sys.executable, "-m", "app", *arguments],
        cwd=ROOT,
        env={**os.environ, "XIANGHE_PASSPHRASE": passphrase, "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


def test_the_version_is_told():
    told = run("--version")
    assert (told.returncode, told.stdout.strip()) == (0, f"xianghe {__version__}")


def test_the_selftest_passes():
    told = run("--selftest")
    assert told.returncode == 0, told.stdout + told.stderr
    assert told.stdout.count("通过") >= 6
    assert "没有通过" not in told.stdout


def test_a_sound_file_is_called_sound(data_file):
    told = run("check", "--data", str(data_file))
    assert (told.returncode, told.stderr) == (0, "")
    assert "数据完好" in told.stdout


def test_a_wrong_passphrase_is_a_sentence_and_no_traceback(data_file):
    told = run("check", "--data", str(data_file), passphrase="wrong")
    assert told.returncode == 1
    assert "口令不对" in told.stderr
    assert "Traceback" not in told.stderr


def test_a_damaged_page_is_found(data_file, capsys):
    whole = bytearray(data_file.read_bytes())
    whole[-3000:-2900] = bytes(100)
    data_file.write_bytes(bytes(whole))
    assert commands.main(["check", "--data", str(data_file)]) == 1
    assert "处问题" in capsys.readouterr().out


@pytest.mark.parametrize(
    "arguments", [["check"], ["import-package", "x.xhp"], ["no-such-command"], ["demo"], ["export-package"]]
)
def test_wrong_use_is_code_2(arguments, capsys):
    with pytest.raises(SystemExit) as left:
        commands.main(arguments)
    assert left.value.code == 2


def test_no_command_is_wrong_use(capsys):
    assert commands.main([]) == 2
    assert "--help" in capsys.readouterr().err


def test_a_missing_file_is_named(tmp_path, capsys):
    assert commands.main(["check", "--data", str(tmp_path / "nothing.db")]) == 1
    assert "找不到" in capsys.readouterr().err


def test_with_several_accounts_one_is_named(data_file, capsys):
    unlocked = unlock(data_file, "admin", PASSPHRASE)
    workspace = open_workspace(unlocked)
    row = workspace.run(create_user, UserInput("liuhua", "刘华", frozenset({Role.REGISTRAR}))).value
    workspace.close()
    give_slot(unlocked, row.id, row.login, PASSPHRASE)
    assert commands.main(["check", "--data", str(data_file)]) == 2
    assert "liuhua" in capsys.readouterr().err
    assert commands.main(["check", "--data", str(data_file), "--user", "liuhua"]) == 0


def test_the_passphrase_is_asked_where_the_environment_has_none(data_file, monkeypatch, capsys):
    monkeypatch.delenv("XIANGHE_PASSPHRASE")
    asked: list[str] = []

    def type_it(prompt: str) -> str:
        asked.append(prompt)
        return PASSPHRASE

    monkeypatch.setattr("getpass.getpass", type_it)
    assert commands.main(["check", "--data", str(data_file)]) == 0
    assert asked == ["admin 的口令："]


def test_without_anybody_to_ask_the_missing_passphrase_is_wrong_use(data_file):
    told = subprocess.run(
        [sys.executable, "-m", "app", "check", "--data", str(data_file)],
        cwd=ROOT,
        env={name: value for name, value in os.environ.items() if name != "XIANGHE_PASSPHRASE"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
        start_new_session=True,  # no terminal to ask on
    )
    assert told.returncode == 2
    assert "XIANGHE_PASSPHRASE" in told.stderr
    assert "Traceback" not in told.stderr


def test_without_a_county_card_nothing_is_exported(data_file, tmp_path, capsys):
    assert commands.main(["export-package", "--data", str(data_file), "--to", str(tmp_path)]) == 1
    assert "县中心名片" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["inspect-package", "import-package"])
def test_something_else_is_no_package(data_file, tmp_path, capsys, command):
    stranger = tmp_path / "letter.xhp"
    stranger.write_bytes(b"a letter, no package")
    before = data_file.read_bytes()
    assert commands.main([command, str(stranger), "--data", str(data_file)]) == 1
    assert capsys.readouterr().err.startswith("没有")
    assert len(before) == len(data_file.read_bytes())


def test_a_file_in_use_is_left_alone(data_file, tmp_path, capsys):
    lock = hold_instance(data_file)
    try:
        assert commands.main(["export-package", "--data", str(data_file), "--to", str(tmp_path)]) == 1
    finally:
        lock.release()
    assert "另一个程序" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("start", "length", "raw", "last"),
    [
        ("2026-03-02", (), "2026-04-01", "2026-04-01"),
        ("2026-03-05", (), "2026-04-04", "2026-04-07"),
        ("2026-01-30", (), "2026-03-01", "2026-03-02"),
        ("2026-09-10", (), "2026-10-10", "2026-10-10"),
        ("2026-09-01", (), "2026-10-01", "2026-10-08"),
        ("2026-06-01", ("60", "day"), "2026-07-31", "2026-07-31"),
        ("2026-08-31", ("6", "month"), "2027-02-28", "2027-03-01"),
        ("2025-08-30", ("6", "month"), "2026-02-28", "2026-02-28"),
        ("2026-11-30", ("3", "month"), "2027-02-28", "2027-03-01"),
        ("2026-01-31", ("1", "month"), "2026-02-28", "2026-02-28"),
        ("2026-08-07", ("3", "working_day"), "2026-08-12", "2026-08-12"),
        ("2026-08-07", ("5", "working_day"), "2026-08-14", "2026-08-14"),
        ("2026-08-07", ("7", "working_day"), "2026-08-18", "2026-08-18"),
    ],
)
def test_a_deadline_is_told_with_its_account(start, length, raw, last, capsys):
    other = ["--amount", length[0], "--unit", length[1]] if length else []
    assert commands.main(["deadline", "--rule", "T-CONF", "--start", start, *other]) == 0
    told = capsys.readouterr().out.splitlines()
    assert (told[2].split()[1], told[3].split()[1]) == (raw, last)
    assert ("缺2027年" in told[4]) == last.startswith("2027")
    assert "人民调解法" in told[4]


def test_a_deadline_is_counted_with_the_offices_calendar(tmp_path, capsys):
    notice = tmp_path / "2027.csv"
    notice.write_text("日期,类型,名称\n2027-01-04,放假,元旦\n", encoding="utf-8")
    asked = ["deadline", "--rule", "T-CONF", "--start", "2026-12-05"]
    assert commands.main(asked) == 0
    assert "2027-01-04" in capsys.readouterr().out.splitlines()[3]
    assert commands.main([*asked, "--calendar", str(notice)]) == 0
    told = capsys.readouterr().out
    assert "2027-01-05" in told.splitlines()[3]
    assert "元旦" in told
    assert "缺2027年" not in told


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["--rule", "T-NO", "--start", "2026-01-30"], 2, "没有期限“T-NO”"),
        (["--rule", "T-CONF", "--start", "30.1.2026"], 2, "2026-01-30"),
        (["--rule", "T-CONF", "--start", "9999-12-30"], 2, "推算不出"),
        (["--rule", "T-CONF", "--start", "2026-01-30", "--amount", "0"], 2, "推算不出"),
        (["--rule", "T-CONF", "--start", "2026-01-30", "--calendar", "/no/such"], 1, "找不到"),
        (["--rule", "T-CONF", "--start", "2026-01-30", "--calendar", __file__], 1, "没有导入"),
    ],
)
def test_a_deadline_that_cannot_be_counted_is_a_sentence(arguments, code, words, capsys):
    assert commands.main(["deadline", *arguments]) == code
    assert words in capsys.readouterr().err
