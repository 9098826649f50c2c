"""Where the program lives on this machine: resources, data folder, log, the pace of the interpreter."""

import gc
import logging
import os
import sys
from pathlib import Path
from typing import Any

from typing_extensions import override

OBJECTS_BETWEEN_SWEEPS = 50_000  # Python's own 700 makes the start a sixth longer
SECONDS_OF_A_TURN = 0.0005  # Python's own 0.005 holds up the windows for a third of a second beside long work

_BASE = Path(getattr(sys, "_MEIPASS", Path(__file__).resolve().parents[1]))


def set_pace() -> None:
    """Let the interpreter look for garbage rarely and change between threads often: windows come first."""
    gc.set_threshold(OBJECTS_BETWEEN_SWEEPS)
    sys.setswitchinterval(SECONDS_OF_A_TURN)


def resource(*parts: str) -> Path:
    """A file shipped with the program, from source or from the frozen bundle."""
    return _BASE.joinpath("resources", *parts)


def data_dir() -> Path:
    """The folder of the office's data; `XIANGHE_DATA` overrides the place the system gives."""
    chosen = os.environ.get("XIANGHE_DATA")
    if chosen:
        return Path(chosen)
    if sys.platform == "win32":
        root = Path(os.environ.get("LOCALAPPDATA", str(Path.home() / "AppData" / "Local")))
    else:
        root = Path(os.environ.get("XDG_DATA_HOME", str(Path.home() / ".local" / "share")))
    return root / "xianghe"


class _NoPersonalData(logging.Formatter):
    """Writes where an error arose, never what it said: database errors quote the values of the row."""

    @override
    def formatException(self, ei: Any) -> str:
        kind, _, trace = ei
        places = []
        while trace is not None:
            code = trace.tb_frame.f_code
            places.append(f"  {Path(code.co_filename).name}:{trace.tb_lineno} {code.co_name}")
            trace = trace.tb_next
        return "\n".join([*places, getattr(kind, "__name__", "?")])


class _LogFile(logging.Handler):
    """Opens the rotating file with the first record: a start has nothing to say and need not wait for it."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path
        self._file: logging.Handler | None = None

    @override
    def emit(self, record: logging.LogRecord) -> None:
        if self._file is None:
            from logging.handlers import RotatingFileHandler

            try:
                self._file = RotatingFileHandler(
                    self._path, maxBytes=1_000_000, backupCount=3, encoding="utf-8"
                )
            except OSError:  # a read-only place keeps no log
                self._file = logging.NullHandler()
            self._file.setFormatter(self.formatter)
        self._file.handle(record)

    @override
    def close(self) -> None:
        if self._file is not None:
            self._file.close()
        super().close()


def start_log(folder: Path) -> None:
    """Log to a rotating file in `folder`; the log holds ids and places in the code, no names or texts."""
    folder.mkdir(parents=True, exist_ok=True)
    handler = _LogFile(folder / "xianghe.log")
    handler.setFormatter(_NoPersonalData("%(asctime)s %(levelname)s %(name)s %(message)s"))
    root = logging.getLogger("app")
    root.setLevel(logging.INFO)
    root.addHandler(handler)
