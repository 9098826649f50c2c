"""What the files beside the program must hold: rare name characters, licences, drawable icons."""

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest
from fontTools.ttLib import TTFont

RESOURCES = Path(__file__).parents[2] / "resources"
FONTS = sorted((RESOURCES / "fonts").glob("*.ttf"))
ICONS = sorted((RESOURCES / "icons").glob("*.svg"))


def test_five_fonts_are_there() -> None:
    assert [font.stem for font in FONTS] == [
        "LXGWWenKai-Regular",
        "NotoSansSC-Medium",
        "NotoSansSC-Regular",
        "NotoSerifSC-Bold",
        "NotoSerifSC-Regular",
    ]


@pytest.mark.parametrize("path", FONTS, ids=lambda path: path.stem)
def test_every_known_reading_of_the_national_list_can_be_drawn(path: Path) -> None:
    drawn = set(TTFont(path).getBestCmap())
    wanted = set("㛃䶮𬭎堃喆〇〔〕□■①￥·…") | set(map(chr, range(0x20, 0x7F)))
    table = json.loads((RESOURCES / "data" / "pinyin_initials.json").read_bytes())
    supplementary = {char for chars in table["readings"].values() for char in chars if ord(char) > 0xFFFF}
    assert not {char for char in wanted | supplementary if ord(char) not in drawn}


def test_the_body_font_draws_all_of_gbk() -> None:
    drawn = set(TTFont(RESOURCES / "fonts" / "NotoSerifSC-Regular.ttf").getBestCmap())
    assert set(range(0x4E00, 0x9FA6)) <= drawn


def test_the_changed_kai_font_bears_no_reserved_name() -> None:
    names = TTFont(RESOURCES / "fonts" / "LXGWWenKai-Regular.ttf")["name"].names
    shown = [str(record) for record in names if record.nameID in (1, 3, 4, 6, 16)]
    assert shown
    assert not [name for name in shown if "LXGW" in name or "霞鹜" in name]


def test_licences_lie_beside_the_files() -> None:
    families = {font.stem.partition("-")[0] for font in FONTS}
    for family in families:
        assert "SIL OPEN FONT LICENSE" in (RESOURCES / "fonts" / f"OFL-{family}.txt").read_text(
            encoding="utf-8"
        )
    assert "ISC License" in (RESOURCES / "icons" / "LICENSE-lucide.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", ICONS, ids=lambda path: path.stem)
def test_icons_take_the_colour_they_are_given(path: Path) -> None:
    root = ElementTree.fromstring(path.read_text(encoding="utf-8"))  # noqa: S314 - our own file
    assert root.get("viewBox") == "0 0 24 24"
    assert root.get("stroke") == "currentColor"
