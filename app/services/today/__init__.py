"""The worklist of 今日: what is to be done, found by index, and its lines as they are read."""
