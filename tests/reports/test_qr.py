"""The QR code on paper shows, module for module, what was encoded."""

import subprocess
from io import BytesIO

import segno
from PIL import Image, ImageOps

from app.reports.pdf.flowables import QrCode
from app.reports.pdf.page import Cover, lay_out

TEXT = "130532101-A 9f86d081884c7d659a2feaa0c55ad015"


def test_printed_modules_equal_the_encoded_ones() -> None:
    sheets = lay_out(Cover("码", "乡", "", ""), lambda styles: [QrCode(TEXT, 150)])
    command = ["pdftoppm", "-r", "300", "-gray", "-png", "-"]
    png = subprocess.run(command, input=sheets.pdf, capture_output=True, check=True).stdout
    page = Image.open(BytesIO(png)).convert("L")
    ink = page.crop(ImageOps.invert(page).getbbox())
    matrix = segno.make(TEXT, error="m", micro=False).matrix
    side = ink.width / len(matrix)
    printed = [
        [ink.getpixel(((x + 0.5) * side, (y + 0.5) * side)) < 128 for x in range(len(matrix))]
        for y in range(len(matrix))
    ]
    assert printed == [[bool(module) for module in row] for row in matrix]
