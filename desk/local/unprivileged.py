"""The user for PostgreSQL, which refuses to run as root, when the desk is started as root."""

import errno
import os
import pwd
import shutil
import stat
import struct
import subprocess
import sys
import time
from pathlib import Path

import msgspec

from desk.local.refusal import Refusal

NAME = "streamdesk"

_HAS_ACLS = sys.platform == "linux"
_ACL = "system.posix_acl_access"
_VERSION = struct.pack("<I", 2)
_ENTRY = struct.Struct("<HHI")
_OWNER, _USER, _GROUP, _MASK, _OTHERS = 0x01, 0x02, 0x04, 0x10, 0x20
_PASS = 1
_NOBODY_IN_PARTICULAR = 0xFFFFFFFF


class Account(msgspec.Struct, frozen=True):
    """A user of this machine, by number."""

    uid: int
    gid: int


def account_for_postgres() -> Account | None:
    """The dedicated user when we are root, made if it is missing; None for an ordinary user."""
    if os.geteuid() != 0:
        return None
    trouble = ""
    # Somebody else may hold the list of users for a moment, perhaps to add this very one.
    for _ in range(20):
        account = _known_account()
        if account is not None:
            return account
        trouble = _add_user()
        if trouble:
            time.sleep(0.2)
    account = _known_account()
    if account is None:
        raise _no_user(f": {trouble}")
    return account


def _known_account() -> Account | None:
    try:
        entry = pwd.getpwnam(NAME)
    except KeyError:
        return None
    return Account(entry.pw_uid, entry.pw_gid)


def _add_user() -> str:
    """Make the user; the answer is what the tool had to say."""
    tool = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin:/bin")
    if tool is None:
        raise _no_user(" (there is no useradd here)")
    made = subprocess.run(
        [tool, "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", NAME],
        capture_output=True,
        text=True,
        check=False,
    )
    return made.stderr.strip()


def _no_user(why: str) -> Refusal:
    return Refusal(
        "no_user_for_postgres",
        f"PostgreSQL does not run as root, and the user '{NAME}' could not be made for it{why}. "
        "Start the desk as an ordinary user, or set DATABASE_URL.",
    )


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
    entries = _acl_of(folder)
    mask = next((rights for tag, rights, _ in entries if tag == _MASK), 7)
    own = [rights & mask for tag, rights, who in entries if (tag, who) == (_USER, account.uid)]
    return any(rights & _PASS for rights in own)


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
    replaced = {(_MASK, _NOBODY_IN_PARTICULAR), (_USER, account.uid)}
    kept = [entry for entry in entries if (entry[0], entry[2]) not in replaced]
    kept.append((_USER, _PASS, account.uid))
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
