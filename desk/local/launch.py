"""Becomes one child of `desk up`: tied to its parent's life, nice, unprivileged, then the program.

Run as a script by a bare interpreter (`python -I -S`), so it imports nothing of ours.
"""

import ctypes
import os
import sys

PR_SET_PDEATHSIG = 1


def main(arguments: list[str]) -> None:
    """`launch.py PARENT SIGNAL NICE UID GID PROGRAM …`; a negative uid keeps the user."""
    parent, on_parents_death, niceness, uid, gid = (int(text) for text in arguments[:5])
    command = arguments[5:]
    if niceness:
        os.nice(niceness)
    if uid >= 0:
        os.setgroups([])
        os.setgid(gid)
        os.setuid(uid)
    if sys.platform == "linux":
        # After setuid, which would clear it.
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, on_parents_death, 0, 0, 0)
    if os.getppid() != parent:
        sys.exit("the process that wanted this one is gone")
    os.execv(command[0], command)


if __name__ == "__main__":
    main(sys.argv[1:])
