"""The main job without a window: from the counter of a township to the county's list, papers and pictures."""

import sys
from dataclasses import replace
from pathlib import Path

from app.demo.story import Summary, play_story, played_before

__all__ = ["play", "played_before"]


def play(out: Path) -> Summary:
    """Play the demonstration into a folder; Refused when a step is, with what was made so far left there."""
    played = play_story(out, _say)
    _say("绘制主要界面……")
    from app.demo.screens import take_pictures

    screens = take_pictures(out / "screens", played)
    summary = replace(played.summary, screens=screens)
    summary.write(out)
    _say(f"完成：{out}")
    return summary


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
