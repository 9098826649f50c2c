"""Write pinyin_initials.json from pypinyin (development only): readings, first letters, surnames.

Run `python resources/data/make_pinyin.py Unihan_OtherMappings.txt`: that file of the Debian package
unicode-data has the kTGH lines (the 8105 characters of the national list); all of GBK is added.
"""

import json
import os
import sys
from collections import defaultdict
from pathlib import Path

os.environ["PYPINYIN_NO_PHRASES"] = "true"  # single characters only: a tenth of the memory
os.environ["PYPINYIN_NO_DICT_COPY"] = "true"

from pypinyin import Style, pinyin

# Readings as a surname where they are not the usual reading of the character.
SURNAMES = {
    "单": "shan4", "曾": "zeng1", "仇": "qiu2", "解": "xie4", "查": "zha1", "翟": "zhai2", "朴": "piao2",
    "区": "ou1", "盖": "ge3", "任": "ren2", "华": "hua4", "员": "yun4", "乐": "yue4", "覃": "qin2",
    "洗": "xian3", "黑": "he4", "折": "she2", "秘": "bi4", "缪": "miao4", "隗": "kui2", "郇": "xun2",
    "召": "shao4", "卜": "bu3", "燕": "yan1", "过": "guo1", "纪": "ji3", "葛": "ge3", "哈": "ha3",
    "应": "ying1", "种": "chong2", "石": "shi2", "沈": "shen3", "俞": "yu2", "祭": "zhai4", "都": "du1",
    "车": "che1", "佴": "nai4", "幺": "yao1", "曲": "qu1", "宓": "mi4", "尹": "yin3", "贾": "jia3",
    "万俟": "mo4 qi2", "尉迟": "yu4 chi2", "长孙": "zhang3 sun1", "单于": "chan2 yu2", "澹台": "tan2 tai2",
    "令狐": "ling2 hu2", "宰父": "zai3 fu3", "皇甫": "huang2 fu3", "鲜于": "xian1 yu2", "夏侯": "xia4 hou2",
}  # fmt: skip


def main() -> None:
    """Write the table beside this file."""
    chars = sorted(_national_list(Path(sys.argv[1])) | _gbk())
    readings: dict[str, str] = defaultdict(str)
    also: dict[str, str] = defaultdict(str)
    alone = {surname: syllable for surname, syllable in SURNAMES.items() if len(surname) == 1}
    for char in chars:
        known = _readings_of(char)
        if not known:
            continue
        readings[known[0]] += char
        letters = {syllable[0] for syllable in (*known, alone.get(char, known[0]))}
        for letter in sorted(letters - {known[0][0]}):
            also[letter] += char
    table = {
        "readings": dict(sorted(readings.items())),
        "also": dict(sorted(also.items())),
        "surnames": {name: own for name, own in SURNAMES.items() if name not in readings.get(own, "")},
    }
    target = Path(__file__).with_name("pinyin_initials.json")
    target.write_text(json.dumps(table, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
    print(f"{sum(map(len, readings.values()))} characters, {target.stat().st_size} bytes")


def _readings_of(char: str) -> tuple[str, ...]:
    found = pinyin(char, style=Style.TONE3, heteronym=True, errors="ignore", neutral_tone_with_five=True)
    plain = (_ascii(syllable) for syllable in (found[0] if found else ()))
    return tuple(syllable for syllable in plain if syllable[:1].isalpha() and syllable.isascii())


def _ascii(syllable: str) -> str:
    return syllable.replace("ü", "v").replace("ê", "e")


def _national_list(unihan: Path) -> set[str]:
    lines = unihan.read_text(encoding="utf-8").splitlines()
    return {chr(int(line.split("\t")[0][2:], 16)) for line in lines if "\tkTGH\t" in line}


def _gbk() -> set[str]:
    return {char for code in range(0x4E00, 0xA000) if _in_gbk(char := chr(code))} | {"〇"}


def _in_gbk(char: str) -> bool:
    try:
        return bool(char.encode("gbk"))
    except UnicodeEncodeError:
        return False


if __name__ == "__main__":
    main()
