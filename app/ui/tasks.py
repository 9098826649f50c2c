"""Carries requests from the windows to the workers and the answers back; nothing blocks the GUI thread."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Concatenate, Generic, ParamSpec, Protocol, TypeVar, runtime_checkable

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QRunnable, Qt, QThreadPool, QTimer, Signal
from shiboken6 import isValid
from typing_extensions import override

from app.domain.changes import Changes
from app.domain.errors import Refused
from app.domain.progress import Cancelled, Progress

if TYPE_CHECKING:  # the sign-in window is painted before SQLAlchemy is loaded
    from app.services.kernel.use_case import UseCase
    from app.services.kernel.workspace import Workspace

P = ParamSpec("P")
T = TypeVar("T")

log = logging.getLogger(__name__)
NOTHING: Changes = frozenset()
STEP_SECONDS = 0.1


@runtime_checkable
class ShowsRefusals(Protocol):
    """A page or dialog with a place for the sentence of a refusal."""

    def show_refused(self, refused: Refused) -> None:
        """Say what was not done and what to do."""


@dataclass(frozen=True, slots=True)
class Bug:
    """An unexpected error: its kind and places in the code, never its text (it may quote personal data)."""

    kind: str
    during: str
    places: tuple[str, ...]


def bug_of(error: BaseException, during: str) -> Bug:
    """What may be shown and copied of an unexpected error."""
    places = []
    trace = error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        places.append(f"{Path(code.co_filename).name}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    return Bug(type(error).__name__, during, tuple(places))


@dataclass(frozen=True, slots=True)
class _Answer:
    value: Any = None
    changes: Changes = NOTHING
    error: Exception | None = None
    action_id: str = ""  # of what its doer may take back


class Request(Generic[T]):
    """One asked-for piece of work; its callbacks run on the GUI thread, never after `owner` is gone."""

    def __init__(self, name: str, work: Callable[[], _Answer], *, reads: bool = False) -> None:
        self.name = name
        self.stop = threading.Event()
        self.owner: QObject | None = None
        self.when_heard: Callable[[], None] | None = None
        self._work = work
        self._reads = reads
        self._dropped = False
        self._ok: Callable[[T], object] | None = None
        self._refused: Callable[[Refused], object] | None = None
        self._cancelled: Callable[[], object] | None = None
        self._done: Callable[[], object] | None = None
        self._stepped: Callable[[int, int], object] | None = None

    def then(
        self,
        ok: Callable[[T], object] | None = None,
        *,
        refused: Callable[[Refused], object] | None = None,
        cancelled: Callable[[], object] | None = None,
        done: Callable[[], object] | None = None,
        owner: QObject | None = None,
    ) -> Request[T]:
        """Say who hears the answer; `done` is called however it ended (end of the busy state)."""
        self._ok, self._refused, self._cancelled, self._done = ok, refused, cancelled, done
        self.owner = owner
        if self.when_heard is not None:
            self.when_heard()
        return self

    def stepping(self, stepped: Callable[[int, int], object]) -> Request[T]:
        """Hear how far long work is: `stepped(done, total)`, at most ten times a second."""
        self._stepped = stepped
        return self

    def cancel(self) -> None:
        """Ask long work to stop; it does so at its next step and leaves nothing behind."""
        self.stop.set()

    def drop(self) -> None:
        """Forget the answer; a request that only reads and has not begun is not run at all."""
        self._dropped = True
        self._ok = self._refused = self._cancelled = self._done = self._stepped = None

    @property
    def alive(self) -> bool:
        """Whether somebody still waits for the answer."""
        return not self._dropped and (self.owner is None or isValid(self.owner))

    def perform(self) -> _Answer:
        """Do the work (on the worker's thread); an error becomes a value."""
        if self._reads and self._dropped:
            return _Answer(error=Cancelled())
        try:
            return self._work()
        except Exception as error:  # noqa: BLE001 - the one place where a worker's error becomes a value
            return _Answer(error=error)

    def step(self, done: int, total: int) -> None:
        """Pass on how far the work is."""
        if self.alive and self._stepped is not None:
            self._stepped(done, total)

    def settle(self, answer: _Answer) -> Refused | None:
        """Tell whoever waits; a refusal nobody here took is handed back."""
        if not self.alive:
            return None
        if self._done is not None:
            self._done()
        match answer.error:
            case None if self._ok is not None:
                self._ok(answer.value)
            case Cancelled() if self._cancelled is not None:
                self._cancelled()
            case Refused() as refused if self._refused is not None:
                self._refused(refused)
            case Refused() as refused:
                return refused
        return None


class _Meter:
    """Progress on the worker's side: throttled into the signal of Tasks."""

    def __init__(self, stop: threading.Event, tell: Callable[[int, int], None]) -> None:
        self._stop = stop
        self._tell = tell
        self._told = 0.0

    def step(self, done: int, total: int) -> None:
        if self._stop.is_set():
            raise Cancelled
        now = time.monotonic()
        if done >= total or now - self._told >= STEP_SECONDS:
            self._told = now
            self._tell(done, total)


class _Job(QRunnable):
    def __init__(self, request: Request[Any], answer: Callable[[Request[Any], _Answer], None]) -> None:
        super().__init__()
        self._request = request
        self._answer = answer

    @override
    def run(self) -> None:
        self._answer(self._request, self._request.perform())


class Tasks(QObject):
    """Two lanes of one thread each: quick requests, and long work that must not hold them up."""

    changed = Signal(object)  # Changes, after commit
    can_undo = Signal(str, str)  # action id and use case of what may be taken back, after its answer was told
    refused = Signal(object)  # Refused nobody else showed
    failed = Signal(object)  # Bug
    _answered = Signal(object, object)
    _stepped = Signal(object, int, int)

    def __init__(self, workspace: Workspace | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._long_requests: list[Request[Any]] = []
        self._quick = self._lane()
        self._long = self._lane()
        self._answered.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._stepped.connect(self._step, Qt.ConnectionType.QueuedConnection)

    def serve(self, workspace: Workspace | None) -> None:
        """Work on `workspace` from now on (after unlocking; None after signing out)."""
        self._workspace = workspace

    def run(self, use_case: UseCase[P, T], *args: P.args, **kwargs: P.kwargs) -> Request[T]:
        """Run a use case on the quick lane."""
        request: Request[T] = Request(
            use_case.__name__,
            lambda: self._in_workspace(use_case, *args, **kwargs),
            reads=not getattr(use_case, "writes", True),
        )
        self._start(request, self._quick)
        return request

    def run_long(self, use_case: UseCase[..., T], *args: Any, **kwargs: Any) -> Request[T]:
        """Run a use case that takes `progress=` on the long lane; `cancel()` on the request stops it."""
        request: Request[T] = Request(
            use_case.__name__,
            lambda: self._in_workspace(use_case, *args, progress=self._meter(request), **kwargs),
        )
        self._start_long(request)
        return request

    def call(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> Request[T]:
        """Run a plain function on the quick lane (unlocking, before a workspace exists)."""
        request: Request[T] = Request(_name(function), lambda: _Answer(function(*args, **kwargs)))
        self._start(request, self._quick)
        return request

    def call_long(
        self, function: Callable[Concatenate[Progress, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> Request[T]:
        """Run a plain function whose first argument is its Progress on the long lane."""
        request: Request[T] = Request(
            _name(function),
            lambda: _Answer(function(self._meter(request), *args, **kwargs)),
        )
        self._start_long(request)
        return request

    def drain(self) -> None:
        """Stop long work, finish the rest, deliver every answer; call before the data is closed."""
        for request in list(self._long_requests):
            request.cancel()
        self._quick.waitForDone()
        self._long.waitForDone()
        QCoreApplication.sendPostedEvents(self, QEvent.Type.MetaCall)

    def _in_workspace(self, use_case: Any, *args: Any, **kwargs: Any) -> _Answer:
        if self._workspace is None:
            raise RuntimeError("no workspace is open")
        outcome = self._workspace.run(use_case, *args, **kwargs)
        return _Answer(outcome.value, outcome.changes, action_id=getattr(outcome, "action_id", ""))

    def _meter(self, request: Request[Any]) -> Progress:
        return _Meter(request.stop, lambda done, total: self._stepped.emit(request, done, total))

    def _start_long(self, request: Request[Any]) -> None:
        self._long_requests.append(request)
        self._start(request, self._long)

    def _start(self, request: Request[Any], lane: QThreadPool) -> None:
        lane.start(_Job(request, self._answered.emit))

    def _lane(self) -> QThreadPool:
        lane = QThreadPool(self)
        lane.setMaxThreadCount(1)
        lane.setExpiryTimeout(-1)
        return lane

    def _step(self, request: Request[Any], done: int, total: int) -> None:
        request.step(done, total)

    def _deliver(self, request: Request[Any], answer: _Answer) -> None:
        if request in self._long_requests:
            self._long_requests.remove(request)
        try:
            refused = request.settle(answer)
            if refused is not None:
                self._show(refused, request.owner)
        finally:
            if answer.changes:
                self.changed.emit(answer.changes)
            if answer.action_id:
                self.can_undo.emit(answer.action_id, request.name)
            if answer.error is not None and not isinstance(answer.error, Refused | Cancelled):
                log.error("bug in %s", request.name, exc_info=answer.error)
                self.failed.emit(bug_of(answer.error, request.name))

    def _show(self, refused: Refused, place: QObject | None) -> None:
        while place is not None:
            if isinstance(place, ShowsRefusals):
                place.show_refused(refused)
                return
            place = place.parent()
        self.refused.emit(refused)


class InlineTasks(Tasks):
    """The same promises without a thread: answers arrive inside `then` (tests, tools)."""

    @override
    def _start(self, request: Request[Any], lane: QThreadPool) -> None:
        answers = [request.perform()]

        def deliver() -> None:
            if answers and isValid(self):
                self._deliver(request, answers.pop())

        request.when_heard = deliver
        QTimer.singleShot(0, self, deliver)


def _name(function: Callable[..., object]) -> str:
    return getattr(function, "__name__", type(function).__name__)
