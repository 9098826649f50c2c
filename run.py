"""The one start script: makes the private environment, then opens the window, tests, checks or builds.

Standard library only, and no syntax newer than Python 3.7: an old Python gets a sentence, not a traceback.
"""

from __future__ import annotations

import ctypes
import os
import re
import shutil
import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parent
LOCKS = ROOT / ".ci" / "locks"
CATALOGUE = ROOT / "resources" / "i18n" / "app_en.ts"
WINDOWS = sys.platform == "win32"
LINUX = sys.platform.startswith("linux")
OLDEST_PYTHON = (3, 11)
STAMP = "xianghe-lock.txt"

USAGE = """\
python3 run.py                    准备环境并打开窗口；没有屏幕时演示 / open the window, or play the demo
python3 run.py test [...]         运行全部测试 / run the tests; what follows goes to pytest
python3 run.py --old-qt test      用旧版 Qt 测试 / run the tests on the old Qt line
python3 run.py lint [--quick]     检查代码与依赖 / check the code and the locks (quick: the code only)
python3 run.py demo --out DIR     无窗口演示 / play the main job without a window
python3 run.py bench [--only IDS] [--cases N] [--quick] [--out DIR]   测速 / measure
python3 run.py build              打包并自检 / make the bundle and run its self-test
python3 run.py strings [--check]  界面文字 / collect the words of the screens, or check that none is missing
其余命令交给程序 / the rest goes to the program: inspect-package, import-package, export-package, check"""

# What Qt links against, by the Debian package that brings it.
QT_LIBRARIES = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libfontconfig.so.1": "libfontconfig1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libcups.so.2": "libcups2",
}
# Programs that only some commands call, by the package that brings them.
TOOLS = {
    "test": {"pdftotext": "poppler-utils", "age": "age", "minisign": "minisign"},
    "build": {"objdump": "binutils", "objcopy": "binutils"},
}
# Where wheels must exist, as pip's platform tags; PySide6 sets the newest of each (docs/platforms.md).
TARGETS = {
    "Windows x64": ["win_amd64"],
    "Linux x64": ["manylinux2014_x86_64", *(f"manylinux_2_{minor}_x86_64" for minor in range(34, 4, -1))],
    "Linux arm64": [
        "manylinux2014_aarch64",
        *(f"manylinux_2_{minor}_aarch64" for minor in range(39, 16, -1)),
    ],
}
PIP_INSTALL = ["-m", "pip", "--disable-pip-version-check", "install", "--no-deps", "--only-binary=:all:"]
PIN = re.compile(r'^([A-Za-z0-9][\w.-]*==[\w.]+)( ; sys_platform == "win32")?$')


class Stop(Exception):  # noqa: N818 - not an error: a sentence for the person, then the exit code
    """Set-up cannot go on; carries the Chinese and the English sentence and, it may be, what to type."""


def say(*lines: str) -> None:
    """Print one short message, Chinese first."""
    print("\n".join(lines), flush=True)


class Environment:
    """A private environment made from one lock."""

    def __init__(self, folder: str, lock: str) -> None:
        self.folder = ROOT / folder
        self.lock = LOCKS / lock
        self.python = self.folder.joinpath(*(("Scripts", "python.exe") if WINDOWS else ("bin", "python")))

    def _expected(self) -> bytes:
        """What the stamp says when the environment is whole: the interpreter it stands on and the lock."""
        return os.fsencode(f"# {os.path.realpath(self.python)}\n") + self.lock.read_bytes()

    def ready(self) -> bool:
        """Whether nothing has to be made: an upgraded system Python or a changed lock says no."""
        try:
            return self.python.exists() and (self.folder / STAMP).read_bytes() == self._expected()
        except OSError:
            return False

    def make(self) -> None:
        """Create the environment where there is none and install the lock into it."""
        say("正在准备运行环境，第一次需要几分钟……", "Setting up; the first time takes a few minutes...")
        if not self._pip_starts():
            self._run([sys.executable, "-m", "venv", "--clear", str(self.folder)])
        quiet = [] if sys.stdout.isatty() else ["--quiet"]
        self._run([str(self.python), *PIP_INSTALL, "--require-virtualenv", "-r", str(self.lock), *quiet])
        (self.folder / STAMP).write_bytes(self._expected())

    def _pip_starts(self) -> bool:
        """Whether there is an environment worth keeping."""
        if not self.python.exists():
            return False
        asked = [str(self.python), "-m", "pip", "--version"]
        return subprocess.run(asked, capture_output=True, check=False).returncode == 0

    @staticmethod
    def _run(command: list[str]) -> None:
        if subprocess.call(command):
            raise Stop(
                "没有装好。请检查网络（或 pip 镜像设置）和磁盘空间，再运行一次同样的命令。",
                "Not set up. Check the network (or pip's mirror) and the disk, then run the same command.",
            )

    def call(self, *arguments: str) -> int:
        """Run Python of this environment on the program's own tree and wait for it."""
        return subprocess.call([str(self.python), *arguments], cwd=str(ROOT))

    def become(self, *arguments: str) -> int:
        """Run Python of this environment in our place; Windows has no such thing, so there we wait."""
        command = [str(self.python), *arguments]
        if not WINDOWS:
            os.execv(command[0], command)  # noqa: S606 - no shell is wanted
        return subprocess.call(command)


def missing_packages(command: str, *, ready: bool) -> list[str]:
    """The Debian packages `command` still needs; Qt's libraries are looked for before set-up only."""
    python = "python{}.{}".format(*sys.version_info)
    missing = {package for tool, package in TOOLS.get(command, {}).items() if not shutil.which(tool)}
    if not ready:
        missing.update(package for library, package in QT_LIBRARIES.items() if not _loads(library))
        if find_spec("ensurepip") is None:
            missing.add(python + "-venv")
    if command == "build" and not _loads(f"lib{python}.so.1.0"):
        missing.add("lib" + python)
    return sorted(missing)


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def ensure_system(command: str, *, ready: bool) -> None:
    """Install what the system lacks (root on Debian and its kin), or name the one command to type."""
    packages = missing_packages(command, ready=ready) if LINUX else []
    if not packages:
        return
    names = " ".join(packages)
    if not shutil.which("apt-get"):
        raise Stop(
            "系统缺少下列软件包（Debian 名称），请先安装。", "Install these first (Debian's names):", names
        )
    if os.geteuid() == 0:
        say("正在安装系统软件包：" + names, "Installing system packages: " + names)
        quiet = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
        install = ["apt-get", "install", "-qq", "-y", "--no-install-recommends", *packages]
        subprocess.call(["apt-get", "update", "-qq"], env=quiet)
        if subprocess.call(install, env=quiet, stdout=subprocess.DEVNULL) == 0:
            return
    typed = "sudo apt-get update && sudo apt-get install -y --no-install-recommends " + names
    raise Stop("请先运行下面这一条命令，然后重试。", "Type this one command, then try again:", typed)


def screen_answers() -> bool:
    """Whether a window can be shown: a platform chosen by hand, Wayland, or an X server that takes us in."""
    if not LINUX or os.environ.get("QT_QPA_PLATFORM") or os.environ.get("WAYLAND_DISPLAY"):
        return True
    if not os.environ.get("DISPLAY"):
        return False
    xcb = ctypes.CDLL("libxcb.so.1")
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(None, None))
    failed = xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    return not failed


def program(environment: Environment, arguments: list[str]) -> int:
    """Hand over to the program; the caller's folder stays current, so relative paths mean what they say."""
    os.environ["PYTHONPATH"] = str(ROOT)
    return environment.become("-P", "-m", "app", *arguments)


def window(environment: Environment, arguments: list[str]) -> int:
    """Open the window, or play the demonstration where there is no screen."""
    if screen_answers():
        return program(environment, arguments)
    folder, count = "demo", 1
    while os.path.exists(folder):  # an earlier demonstration is never written over
        count += 1
        folder = f"demo-{count}"
    say(
        f"没有可用的屏幕，改为在 ./{folder} 演示全过程。",
        f"There is no screen: the demonstration plays into ./{folder}.",
    )
    return demo(environment, ["--out", folder])


def demo(environment: Environment, arguments: list[str]) -> int:
    """Play the main job through the use cases; its screens are painted offscreen."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    return program(environment, ["demo", *arguments])


def test(environment: Environment, arguments: list[str]) -> int:
    """Run the tests, one worker a core; windows are real but offscreen. `-n0` (for `--pdb`) takes one."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    return environment.call("-m", "pytest", "-n", "logical", "--dist", "worksteal", *arguments)


def lint(environment: Environment, arguments: list[str]) -> int:
    """Run every check of the code and prove the locks; all run, whatever the first says."""
    contracts = "from importlinter.cli import lint_imports_command as check; check()"
    checks = {
        "ruff check": ["-m", "ruff", "check"],
        "ruff format": ["-m", "ruff", "format", "--check"],
        "mypy": ["-m", "mypy"],
        "import-linter": ["-c", contracts, "--no-cache", "--no-logo"],
    }
    failed = []
    for name, command in checks.items():
        say("== " + name)
        if environment.call(*command):
            failed.append(name)
    if "--quick" not in arguments:
        say("== wheels of both locks")
        failed.extend(wheels_missing(environment))
    if failed:
        say("未通过 / failed: " + ", ".join(failed))
    else:
        say("检查全部通过。", "All checks passed.")
    return 1 if failed else 0


def pins(lock: Path, *, windows: bool) -> list[str]:
    """The `name==version` of a lock that one system installs; any other kind of line is an error."""
    found = []
    for line in lock.read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        match = PIN.match(line)
        if match is None:
            raise Stop("锁文件有一行写得不对。", "A line of the lock is no exact pin:", line)
        if windows or not match.group(2):
            found.append(match.group(1))
    return found


def wheels_missing(environment: Environment) -> list[str]:
    """Resolve both locks for every target without downloading; names the lock and target where one lacks."""
    running = []
    for target, tags in TARGETS.items():
        place = ["--python-version", "3.11", "--implementation", "cp", *("--platform=" + tag for tag in tags)]
        for lock in sorted(LOCKS.glob("*.txt")):
            resolve = [str(environment.python), *PIP_INSTALL, "--dry-run", "--quiet", "--ignore-installed"]
            resolve += ["--target", str(ROOT / "build"), *place, *pins(lock, windows=tags == ["win_amd64"])]
            running.append((f"{lock.name} on {target}", subprocess.Popen(resolve, stderr=subprocess.PIPE)))
    missing = []
    for name, started in running:
        errors = started.communicate()[1].decode(errors="replace")
        say(f"{name}: {'no' if started.returncode else 'ok'}")
        if started.returncode:
            say(errors)
            missing.append(name)
    return missing


def bench(environment: Environment, arguments: list[str]) -> int:
    """Measure on invented cases; what follows says which rows, how many cases, and where the figures go."""
    os.environ["PYTHONPATH"] = str(ROOT)
    return environment.become("-P", "-m", "tests.bench", *arguments)


def build(environment: Environment, _arguments: list[str]) -> int:
    """Make the one-folder bundle and run its self-test with an almost empty environment."""
    bundle = ["-m", "PyInstaller", "--noconfirm", "--log-level=WARN", "build.spec"]
    if compile_strings(environment) or environment.call(*bundle):
        return 1
    binary = ROOT / "dist" / "xianghe" / ("xianghe.exe" if WINDOWS else "xianghe")
    kept = {name: os.environ[name] for name in ("SYSTEMROOT", "TEMP", "TMP") if name in os.environ}
    with tempfile.TemporaryDirectory() as home:
        kept.update(HOME=home, XIANGHE_DATA=os.path.join(home, "data"), LANG="C.UTF-8")
        kept["QT_QPA_PLATFORM"] = "offscreen"
        failed = subprocess.call([str(binary), "--selftest"], env=kept, cwd=home)
    if failed:
        say("打包完成，但自检没有通过。", "The bundle was made but failed its self-test.")
    else:
        say("打包并自检通过。", "The bundle is made and passed its self-test:", str(binary))
    return failed


def qt_tool(environment: Environment, *arguments: str) -> int:
    """Run one of Qt's translation tools; their scripts would not survive a move of the folder."""
    tool = "import sys, PySide6.scripts.pyside_tool as tools; sys.exit(getattr(tools, sys.argv.pop(1))())"
    return environment.call("-c", tool, *arguments)


def compile_strings(environment: Environment) -> int:
    """Make the .qm the program loads, where there is a catalogue."""
    if not CATALOGUE.exists():
        return 0
    return qt_tool(
        environment, "lrelease", "-silent", str(CATALOGUE), "-qm", str(CATALOGUE.with_suffix(".qm"))
    )


def strings(environment: Environment, arguments: list[str]) -> int:
    """Collect the words of the screens into the catalogue and compile it; `--check` only compares."""
    sources = [str(path) for path in sorted((ROOT / "app" / "ui").rglob("*.py"))]
    languages = ["-source-language", "zh_CN", "-target-language", "en", "-no-obsolete", "-locations", "none"]
    update = ["lupdate", *sources, *languages, "-silent", "-ts"]
    if "--check" not in arguments:
        CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
        return qt_tool(environment, *update, str(CATALOGUE)) or compile_strings(environment)
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder, CATALOGUE.name)
        if CATALOGUE.exists():
            shutil.copyfile(str(CATALOGUE), str(fresh))
            if (
                qt_tool(environment, *update, str(fresh)) == 0
                and fresh.read_bytes() == CATALOGUE.read_bytes()
            ):
                return 0
    say("界面文字有变化，请运行 run.py strings。", "The words of the screens changed: run `run.py strings`.")
    return 1


COMMANDS = {
    "test": test,
    "lint": lint,
    "demo": demo,
    "bench": bench,
    "build": build,
    "strings": strings,
    "window": window,
}


def check_python() -> None:
    """Refuse a Python that no locked wheel fits."""
    if sys.version_info < OLDEST_PYTHON:
        found = "{}.{}".format(*sys.version_info)
        raise Stop(
            f"需要 Python 3.11 或更新版本，现在是 {found}。", f"Python 3.11 or newer is needed, not {found}."
        )
    if sys.maxsize < 2**32:
        raise Stop("需要 64 位的 Python。", "A 64-bit Python is needed.")


def main(arguments: list[str]) -> int:
    """Set up what the command needs, then run it."""
    if arguments[:1] in (["-h"], ["--help"], ["help"]):
        say(USAGE)
        return 0
    check_python()
    old = "--old-qt" in arguments
    arguments = [argument for argument in arguments if argument != "--old-qt"]
    environment = Environment(".venv-old", "old.txt") if old else Environment(".venv", "new.txt")
    command = arguments[0] if arguments else "window"
    ready = environment.ready()
    ensure_system(command, ready=ready)
    if not ready:
        environment.make()
    if command in COMMANDS:
        return COMMANDS[command](environment, arguments[1:])
    return program(environment, arguments)


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]  # a console that cannot show Chinese
    try:
        sys.exit(main(sys.argv[1:]))
    except Stop as stop:
        say(*stop.args)
        sys.exit(1)
    except KeyboardInterrupt:
        say("已停止。", "Stopped.")
        sys.exit(130)
