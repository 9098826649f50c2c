"""The command line: what scripts may do without a window, and the self-test of an installed program."""

import argparse
import getpass
import os
import pkgutil
import secrets
import sys
import tempfile
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import app
from app import __version__
from app.domain.errors import Reason, Refused
from app.services.office.sign_in import Unlocked, hold_instance, logins, unlock

if TYPE_CHECKING:
    from app.domain.office.offices import NewOffice
    from app.domain.packages import InboxPreview
    from app.services.kernel.workspace import Workspace

ALREADY = "这个包以前已经导入，没有任何变动。"
DONE, NOT_DONE, WRONG_USE, STOPPED = 0, 1, 2, 130
PASSPHRASE = "XIANGHE_PASSPHRASE"  # noqa: S105 - the name of a variable


class WrongUse(Exception):  # noqa: N818 - a sentence for whoever typed the command
    """The command cannot be understood; exit code 2."""


def say(line: str, *, error: bool = False) -> None:
    """Write one line; a console that lacks a character shows a mark in its place."""
    stream = sys.stderr if error else sys.stdout
    if stream is not None:  # a windowed program on Windows has none
        coding = stream.encoding or "utf-8"
        stream.write(line.encode(coding, "replace").decode(coding) + "\n")
        stream.flush()


def main(arguments: Sequence[str]) -> int:
    """Do what the arguments ask; 0 done, 1 refused or findings, 2 wrong use."""
    asked = _parser().parse_args(arguments)
    try:
        if "data" in asked and not asked.data.is_file():
            raise Refused(Reason.NO_SUCH_PLACE, path=asked.data)
        return int(asked.do(asked))
    except WrongUse as wrong:
        say(str(wrong), error=True)
        return WRONG_USE
    except Refused as refused:
        say(_sentence(refused), error=True)
        return NOT_DONE
    except KeyboardInterrupt:
        say("已停止。", error=True)
        return STOPPED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="xianghe",
        description="乡和：人民调解办案。不带参数时打开窗口。",
        epilog=f"口令从提示输入，或取自环境变量 {PASSPHRASE}，不写在命令行里。"
        "退出码：0 完成，1 没有完成或有问题，2 用法不对。",
    )
    parser.add_argument("--version", action="version", version=f"xianghe {__version__}")
    parser.add_argument(
        "--selftest",
        dest="do",
        action="store_const",
        const=selftest,
        help="自检：载入、演示、打开全部页面",
    )
    parser.set_defaults(do=_nothing_asked)
    commands = parser.add_subparsers(title="命令", metavar="")
    demo = commands.add_parser("demo", help="无窗口演示全部主要工作，结果放进一个文件夹")
    demo.add_argument("--out", type=Path, required=True, metavar="文件夹")
    demo.set_defaults(do=_play_demo)
    deadline = commands.add_parser("deadline", help="推算一个期限的最后一天，并说明怎么算的")
    deadline.add_argument("--rule", required=True, metavar="期限", help="如 T-CONF；写错时列出全部")
    deadline.add_argument("--start", required=True, metavar="日期", help="起算事件的日期，如 2026-01-30")
    deadline.add_argument("--calendar", type=Path, metavar="文件", help="放假安排：JSON、CSV 或 Excel")
    deadline.add_argument("--amount", type=int, metavar="长度", help="试算别的长度，如 60")
    deadline.add_argument("--unit", choices=("day", "working_day", "month"), help="试算别的单位")
    deadline.set_defaults(do=_tell_deadline)
    _data_command(commands.add_parser("check", help="检查数据文件是否完好"), _check)
    inspect = commands.add_parser("inspect-package", help="查看案件包，不导入")
    bring = commands.add_parser("import-package", help="导入案件包")
    for parsed, do in ((inspect, _inspect_package), (bring, _import_package)):
        parsed.add_argument("file", type=Path, metavar="案件包")
        _data_command(parsed, do)
    export = commands.add_parser("export-package", help="把变动的案件封成一个包，存到文件夹或优盘")
    export.add_argument("--to", type=Path, required=True, metavar="文件夹")
    _data_command(export, _export_package)
    return parser


def _data_command(parser: argparse.ArgumentParser, do: Callable[[argparse.Namespace], int]) -> None:
    parser.add_argument("--data", type=Path, required=True, metavar="数据文件")
    parser.add_argument("--user", metavar="账号", help="只有一个账号时可以不写")
    parser.set_defaults(do=do)


def _nothing_asked(_: argparse.Namespace) -> int:
    raise WrongUse("请写明命令；--help 列出全部命令。")


def _sentence(refused: Refused) -> str:
    from app.ui.words.messages import problem_sentence, sentence

    problems = refused.details.get("problems", ())
    return "\n".join([sentence(refused), *(f"{one.field}：{problem_sentence(one)}" for one in problems)])


def _unlocked(asked: argparse.Namespace) -> Unlocked:
    """Open the data file of a command with the passphrase of the environment or the prompt."""
    known = logins(asked.data)
    user = asked.user or (known[0] if len(known) == 1 else None)
    if user is None:
        raise WrongUse("有几个账号，请用 --user 写明：" + "、".join(known))
    return unlock(asked.data, user, os.environ.get(PASSPHRASE) or _typed_passphrase(user))


def _typed_passphrase(user: str) -> str:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", getpass.GetPassWarning)
        try:
            return getpass.getpass(f"{user} 的口令：")
        except EOFError as error:
            raise WrongUse(f"没有口令。请在提示处输入，或写在环境变量 {PASSPHRASE} 里。") from error


@contextmanager
def _workspace(asked: argparse.Namespace) -> Iterator["Workspace"]:
    from app.services.office.opening import open_workspace

    lock = hold_instance(asked.data)
    try:
        workspace = open_workspace(_unlocked(asked))
        try:
            yield workspace
        finally:
            workspace.close()
    finally:
        lock.release()


def _check(asked: argparse.Namespace) -> int:
    from app.services.office.storage import check_data

    found = check_data(_unlocked(asked))
    for finding in found:
        say(f"{finding.kind}: {finding.text}")
    say(f"检查完毕，有 {len(found)} 处问题。" if found else "检查完毕，数据完好。")
    return NOT_DONE if found else DONE


def _inspect_package(asked: argparse.Namespace) -> int:
    from app.services.exchange.inbox import preview_package

    with _workspace(asked) as workspace:
        seen = workspace.run(preview_package, asked.file).value
    _tell_package(seen)
    if seen.already:
        say(ALREADY)
    for change in seen.changes:
        say(f"{'新' if change.new else '变动'}　{change.number}　{change.parties}")
    return DONE


def _import_package(asked: argparse.Namespace) -> int:
    from app.services.exchange.inbox import import_package

    with _workspace(asked) as workspace:
        seen = workspace.run(import_package, asked.file).value
    _tell_package(seen)
    say(ALREADY if seen.already else f"已导入。回执码：{seen.receipt}")
    return DONE


def _tell_package(seen: "InboxPreview") -> None:
    say(f"发送单位：{seen.sender_name}（{seen.sender}）　第 {seen.seq} 包")
    say(
        f"新案件 {seen.new_cases}　有变动 {seen.changed_cases}　没有变动 {seen.unchanged_cases}"
        f"　分叉 {seen.forks}　不接收 {seen.rejected}　文书 {seen.papers}"
    )
    if seen.missing:
        say("还缺第 " + "、".join(map(str, seen.missing)) + " 包，请向发送单位索取。")


def _export_package(asked: argparse.Namespace) -> int:
    from app.services.exchange.outbox import export_package, save_package

    with _workspace(asked) as workspace:
        made = workspace.run(export_package).value
        workspace.run(save_package, made.id, asked.to)
    say(f"已生成并复制到 {asked.to / made.file_name}（案件 {made.cases}，文书 {made.papers}）")
    return DONE


def _tell_deadline(asked: argparse.Namespace) -> int:
    from app.services.rules.reckoning import countable, reckon
    from app.ui.words.counting_words import explain, full_day
    from app.ui.words.labels import label

    rule = next((code for code in countable() if code == asked.rule.strip().upper()), None)
    if rule is None:
        known = "\n".join(f"{code}　{label(code)}" for code in countable())
        raise WrongUse(f"没有期限“{asked.rule}”。可用的有：\n{known}")
    try:
        start = date.fromisoformat(asked.start)
        found = reckon(rule, start, asked.calendar, amount=asked.amount, unit=asked.unit)
    except (ValueError, OverflowError) as error:
        raise WrongUse(f"“{asked.start}”推算不出期限。日期请写成 2026-01-30，长度请写 1 至 1000。") from error
    say(f"期限　{rule}　{label(rule)}")
    say(f"起算　{start.isoformat()}　{full_day(start)}")
    say(f"届满　{found.raw_on.isoformat()}　{full_day(found.raw_on)}（未顺延）")
    say(f"最后一天　{found.due_on.isoformat()}　{full_day(found.due_on)}")
    say(f"怎么算的　{explain(found)}")
    return DONE


def _play_demo(asked: argparse.Namespace) -> int:
    from app.demo import play, played_before

    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    if played_before(asked.out):
        say(f"没有演示：{asked.out} 里已有演示的结果，没有改动。请换一个文件夹，或者删去它再试。", error=True)
        return NOT_DONE
    play(asked.out)
    return DONE


def selftest(_: argparse.Namespace) -> int:
    """Prove an installed program: all of it loads, the main job runs, every page opens, a backup opens."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as folder:
        for step, proved in _selftest_steps(Path(folder)):
            say(f"{'通过' if proved else '没有通过'}　{step}")
            if not proved:
                return NOT_DONE
    return DONE


def _selftest_steps(folder: Path) -> Iterator[tuple[str, bool]]:
    """Each step with its result; what cannot be imported or is refused ends the test as an error."""
    names = [found.name for found in pkgutil.walk_packages(app.__path__, "app.")]
    for name in names:
        import_module(name)
    yield f"载入程序的 {len(names)} 个部分", True
    from app.demo.screens import take_pictures
    from app.demo.story import play_story
    from app.domain.progress import Silent
    from app.services.office.storage import backup_now, check_data
    from app.services.papers.recovery_sheet import make_office
    from app.ui.navigation import Place

    made = make_office(Silent(), folder / "office.db", _selftest_office(), datetime.now(UTC).date())
    yield "建立单位和恢复单", made.sheet.startswith(b"%PDF")
    played = play_story(folder / "demo", lambda _: None)
    told = played.summary
    yield (
        f"演示 {told.cases_registered} 件纠纷，从登记到县中心收包",
        told.cases_imported == told.cases_registered > 0,
    )
    yield "在窗口中显示协议书", _shown_pages((folder / "demo" / "agreement.pdf").read_bytes()) > 0
    shown = {Path(name).stem.partition("-")[2] for name in take_pictures(folder / "screens", played)}
    yield "打开乡镇和县中心的全部页面", shown == {place.removeprefix("county_") for place in Place}
    yield "台账和名册写成表格", _books_written(played.township)
    copy = backup_now(played.township, folder / "copies", Silent())
    again = unlock(copy.folder / "township.db", told.openings[0].user, told.openings[0].passphrase)
    yield "备份、打开备份并检查", check_data(again) == ()


def _books_written(unlocked: Unlocked) -> bool:
    from app.domain.lists import CaseQuery
    from app.services.office.opening import open_workspace
    from app.services.papers.excel import export_case_register, export_roster

    workspace = open_workspace(unlocked)
    try:
        cases = workspace.run(export_case_register, CaseQuery()).value
        return cases[:2] == workspace.run(export_roster).value[:2] == b"PK"
    finally:
        workspace.close()


def _selftest_office() -> "NewOffice":
    from app.domain.actor import NodeKind
    from app.domain.office.offices import NewOffice
    from app.domain.values.numbers import DEFAULT_PATTERNS, Series

    return NewOffice(
        kind=NodeKind.TOWNSHIP, name="自检镇依法治理中心", short_name="自检镇",
        committee="自检镇人民调解委员会",
        division_code="130599101000", node_letter="A", case_pattern=DEFAULT_PATTERNS[Series.CASE], address="",
        phone="", admin_login="selftest", admin_name="自检员", passphrase=secrets.token_urlsafe(16),
    )  # fmt: skip


def _shown_pages(pdf: bytes) -> int:
    from PySide6.QtWidgets import QApplication

    from app.ui import theme
    from app.ui.kit.pdf_view import PdfView

    application = QApplication.instance() or QApplication(["xianghe"])
    if isinstance(application, QApplication):
        theme.apply(application)
    view = PdfView()
    pages = view.show_pdf(pdf)
    view.show()
    shown = not view.grab().isNull()
    view.close()
    return pages if shown else 0
