"""The windows: the only floor that knows Qt."""

import ctypes
import sys

# PySide6 6.12 hands out None, True and NotImplemented without taking a reference. From Python 3.12 on these
# objects are immortal; on 3.11 the program would die after some thousand calls ("deallocating None").
if sys.version_info < (3, 12):
    for _single in (None, True, False, NotImplemented):
        ctypes.c_ssize_t.from_address(id(_single)).value += 1 << 40
