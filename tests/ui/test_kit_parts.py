"""The small parts: search line, suggestions, banner, segments, steps, counters, progress, papers."""

import io

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAccessible, QImage, QInputMethodEvent
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from reportlab.pdfgen.canvas import Canvas

from app.ui import icons, theme
from app.ui.kit.banner import Banner
from app.ui.kit.buttons import Segments, Weight, button
from app.ui.kit.chip import Chip
from app.ui.kit.pdf_view import MOST_DOTS, PdfView, page_count, print_pdf, render_page_png
from app.ui.kit.progress import WorkProgress
from app.ui.kit.search_box import SearchBox
from app.ui.kit.steps import Steps
from app.ui.kit.suggest import Suggestions
from app.ui.theme import Tone
from app.ui.today.counter import Counter
from tests.services.scans import pdf


def read_aloud(widget):
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)


def type_chinese(field, text):
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(field, event)


def test_the_search_line_asks_once_when_typing_pauses(qtbot):
    box = SearchBox("姓名 / 案号")
    qtbot.addWidget(box)
    asked = []
    box.searched.connect(asked.append)
    qtbot.keyClicks(box, "zqw")
    assert asked == []
    qtbot.waitUntil(lambda: asked == ["zqw"])
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert asked == ["zqw"]
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert asked == ["zqw", ""]
    with qtbot.waitSignal(box.left_downwards):
        qtbot.keyClick(box, Qt.Key.Key_Down)


@pytest.fixture
def suggested(qtbot):
    window = QWidget()
    column = QVBoxLayout(window)
    field, other = QLineEdit(), QLineEdit()
    column.addWidget(field)
    column.addWidget(other)
    qtbot.addWidget(window)
    answers = []
    made = Suggestions(field, lambda text, answer: answers.append((text, answer)), str)
    window.show()
    window.activateWindow()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    qtbot.kept_window = window
    return field, made, answers


def test_suggestions_are_taken_by_keys_while_the_field_keeps_the_focus(qtbot, suggested):
    field, made, answers = suggested
    type_chinese(field, "张")
    qtbot.waitUntil(lambda: bool(answers))
    answers[0][1](["张㛃", "张伟"])
    assert made.offered() == ["张㛃", "张伟"]
    qtbot.keyClick(field, Qt.Key.Key_Down)
    qtbot.keyClick(field, Qt.Key.Key_Down)
    with qtbot.waitSignal(made.taken) as caught:
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert caught.args == ["张伟"]
    assert made.offered() == []
    assert field.hasFocus()


def test_a_late_answer_to_an_older_text_is_not_offered(qtbot, suggested):
    field, made, answers = suggested
    type_chinese(field, "张")
    qtbot.waitUntil(lambda: len(answers) == 1)
    qtbot.keyClicks(field, "w")
    qtbot.waitUntil(lambda: len(answers) == 2)
    answers[0][1](["张㛃"])
    assert made.offered() == []
    answers[1][1](["张伟"])
    assert made.offered() == ["张伟"]
    field.parentWidget().findChildren(QLineEdit)[1].setFocus()
    assert made.offered() == []


def test_the_banner_offers_one_deed(qtbot):
    banner = Banner()
    qtbot.addWidget(banner)
    done = []
    banner.say("已撤下 1 件", Tone.GOOD, action="撤销", then=lambda: done.append(True))
    assert banner.text() == "已撤下 1 件"
    banner._actions[0].click()
    assert done == [True]
    banner.say("好了", Tone.INFO)
    banner._close.click()
    assert banner.text() == ""


def test_segments_tell_the_value_chosen(qtbot):
    segments = Segments([(None, "全部"), ("open", "办理中")])
    qtbot.addWidget(segments)
    with qtbot.waitSignal(segments.chosen) as caught:
        segments._group.button(1).click()
    assert caught.args == ["open"]
    segments.set_value(None)
    assert segments.value() is None


def test_steps_tell_the_one_chosen_and_read_their_state(qtbot):
    steps = Steps(["当事人", "纠纷情况"])
    qtbot.addWidget(steps)
    steps.set_state(1, "有2处要改", Tone.BAD)
    with qtbot.waitSignal(steps.chosen) as caught:
        steps._steps[1].click()
    assert caught.args == [1]
    assert steps.current() == 1
    assert read_aloud(steps._steps[1]) == "纠纷情况"


def test_counters_and_icon_buttons_are_read_aloud(qtbot):
    counter = Counter("inbox", "待受理", Tone.WARN)
    qtbot.addWidget(counter)
    counter.show_count(3, "最早：8月31日登记")
    assert read_aloud(counter) == "待受理 3"
    bare = button("", picture="x", name="关闭", weight=Weight.LINK)
    qtbot.addWidget(bare)
    assert read_aloud(bare) == "关闭"


def test_a_chip_without_words_is_not_seen(qtbot):
    holder = QWidget()
    qtbot.addWidget(holder)
    chip = Chip("", parent=holder)
    assert chip.isHidden()
    chip.show_state("待受理", Tone.WARN)
    assert not chip.isHidden()


def test_progress_follows_a_request_and_stops_it(qtbot, inline):
    bar = WorkProgress()
    qtbot.addWidget(bar)
    request = inline.call(lambda: None)
    bar.follow(request, "正在生成案件包")
    bar.step(3, 10)
    assert bar._count.text() == "3 / 10"
    bar._stop.click()
    assert request.stop.is_set()
    bar.finish()
    assert bar.isHidden()


def two_pages():
    kept = io.BytesIO()
    canvas = Canvas(kept, pagesize=(595, 842))
    for word in ("first", "second"):
        canvas.drawString(100, 700, word)
        canvas.showPage()
    canvas.save()
    return kept.getvalue()


def test_papers_are_shown_from_memory(qtbot):
    view = PdfView()
    qtbot.addWidget(view)
    assert view.show_pdf(two_pages()) == 2
    assert view.show_pdf(two_pages()) == 2
    assert "second" in view.text()
    assert page_count(two_pages()) == 2


def test_a_page_is_rendered_on_white(qapp):
    picture = QImage.fromData(render_page_png(two_pages(), 1, dpi=72))
    assert picture.size() == QSize(595, 842)
    assert picture.pixelColor(5, 5).lightness() == 255
    assert any(picture.pixelColor(x, 137).lightness() < 128 for x in range(100, 150))


@pytest.mark.parametrize("size", [(100_000, 100_000), (10, 100_000), (100_000, 10)])
def test_a_huge_page_is_drawn_coarsely(qtbot, size):
    data = pdf(pages=1, size=size)
    picture = QImage.fromData(render_page_png(data, dpi=300))
    assert 0 < picture.width() * picture.height() <= MOST_DOTS * 1.01
    view = PdfView()
    qtbot.addWidget(view)
    view.resize(800, 600)
    view.show()
    view.show_pdf(data)
    for _ in range(20):
        view.zoom(1.25)
    dots = [side * view.zoomFactor() * view.logicalDpiX() / 72 for side in size]
    assert dots[0] * dots[1] <= MOST_DOTS * 1.01
    assert max(dots) < 32_768
    view.zoom(None)
    view.grab()


def test_papers_are_printed_page_by_page(qapp, tmp_path):
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    assert print_pdf(printer, two_pages())
    assert page_count((tmp_path / "printed.pdf").read_bytes()) == 2


def test_large_print_enlarges_the_sheet(qapp):
    try:
        theme.apply(qapp, 1.5)
        assert "font-size: 21px" in theme.style_sheet()
        assert theme.px(38) == 57
    finally:
        theme.apply(qapp)


def test_icons_take_the_asked_colour(qapp):
    drawn = icons.pixmap("check", "green", 24).toImage()
    seen = {drawn.pixelColor(x, y).name() for x in range(48) for y in range(48)}
    assert theme.COLOURS["green"].lower() in seen
    assert drawn.devicePixelRatio() == 2
