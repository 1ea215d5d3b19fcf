"""The user for PostgreSQL, which refuses to run as root, when the desk is started as root."""

import errno
import os
import pwd
import shutil
import stat
import struct
import subprocess
import sys
from pathlib import Path

import msgspec

from desk.local.refusal import Refusal

NAME = "streamdesk"

_HAS_ACLS = sys.platform == "linux"
_ACL = "system.posix_acl_access"
_VERSION = struct.pack("<I", 2)
_ENTRY = struct.Struct("<HHI")
_OWNER, _USER, _GROUP, _MASK, _OTHERS = 0x01, 0x02, 0x04, 0x10, 0x20
_NOBODY_IN_PARTICULAR = 0xFFFFFFFF


class Account(msgspec.Struct, frozen=True):
    """A user of this machine, by number."""

    uid: int
    gid: int


def account_for_postgres() -> Account | None:
    """The dedicated user when we are root, made if it is missing; None for an ordinary user."""
    if os.geteuid() != 0:
        return None
    try:
        entry = pwd.getpwnam(NAME)
    except KeyError:
        _add_user()
        entry = pwd.getpwnam(NAME)
    return Account(entry.pw_uid, entry.pw_gid)


def _add_user() -> None:
    tool = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin:/bin")
    sentence = (
        "PostgreSQL does not run as root, and the user "
        f"'{NAME}' could not be made for it{{}}. Start the desk as an ordinary user, "
        "or set DATABASE_URL."
    )
    if tool is None:
        raise Refusal("no_user_for_postgres", sentence.format(" (there is no useradd here)"))
    made = subprocess.run(
        [tool, "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", NAME],
        capture_output=True,
        text=True,
        check=False,
    )
    already_there = 9
    if made.returncode not in (0, already_there):
        raise Refusal("no_user_for_postgres", sentence.format(f": {made.stderr.strip()}"))


def let_through(path: Path, account: Account) -> None:
    """Let the account pass every folder above the path: that one user, and only to pass."""
    for folder in path.resolve().parents:
        if not _may_pass(folder, account):
            _grant_passage(folder, account)


def _may_pass(folder: Path, account: Account) -> bool:
    facts = folder.stat()
    if facts.st_mode & stat.S_IXOTH:
        return True
    if facts.st_uid == account.uid:
        return bool(facts.st_mode & stat.S_IXUSR)
    return (_USER, account.uid) in {(tag, who) for tag, _, who in _acl_of(folder)}


def _acl_of(folder: Path) -> list[tuple[int, int, int]]:
    if not _HAS_ACLS:
        return []
    try:
        raw = os.getxattr(folder, _ACL)
    except OSError as error:
        if error.errno not in (errno.ENODATA, errno.EOPNOTSUPP):
            raise
        return []
    return list(_ENTRY.iter_unpack(raw[len(_VERSION) :]))


def _grant_passage(folder: Path, account: Account) -> None:
    mode = stat.S_IMODE(folder.stat().st_mode)
    entries = _acl_of(folder) or [
        (_OWNER, mode >> 6 & 7, _NOBODY_IN_PARTICULAR),
        (_GROUP, mode >> 3 & 7, _NOBODY_IN_PARTICULAR),
        (_OTHERS, mode & 7, _NOBODY_IN_PARTICULAR),
    ]
    kept = [entry for entry in entries if entry[0] != _MASK]
    kept.append((_USER, 1, account.uid))
    mask = 0
    for tag, rights, _ in kept:
        if tag not in (_OWNER, _OTHERS):
            mask |= rights
    kept.append((_MASK, mask, _NOBODY_IN_PARTICULAR))
    raw = _VERSION + b"".join(_ENTRY.pack(*entry) for entry in sorted(kept, key=_order))
    try:
        if not _HAS_ACLS:
            raise OSError(errno.EOPNOTSUPP, os.strerror(errno.EOPNOTSUPP))
        os.setxattr(folder, _ACL, raw)
    except OSError as error:
        if error.errno != errno.EOPNOTSUPP:
            raise
        folder.chmod(mode | stat.S_IXOTH)


def _order(entry: tuple[int, int, int]) -> tuple[int, int]:
    return entry[0], entry[2]
