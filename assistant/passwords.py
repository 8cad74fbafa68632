"""Who may open the page: a file of names and hashed passwords. Knows no web server.

    clerk:scrypt$16384$8$5$<salt>$<hash>

is a line of it: scrypt (Percival and Josefsson, RFC 7914) with its cost, block size and parallelism, then salt and hash
in Base64. Empty lines and lines that begin with # are left alone. A password itself is kept nowhere.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import os
import re
import secrets
import stat
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import CouncilPapersError

SHORTEST = 12
"""Characters that a password must have. Length is worth more than odd signs, and three words are easy to keep."""

LONGEST = 1024
"""Characters of a password that are looked at: more is an attempt to keep the server busy."""

LARGEST_MEMORY = 256 * 2**20
"""Bytes that checking one password may take; a line that asks for more is refused."""

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._@-]{0,63}")
_SALT, _HASH = 16, 32


class BadPasswordFile(CouncilPapersError):
    """The file of passwords isn't what it should be; the sentence has the line."""


class BadPassword(CouncilPapersError):
    """A name or a password can't be taken."""


@dataclass(frozen=True, slots=True)
class Hashed:
    """A password that only who knows it can tell: scrypt's parameters (cost, block size, parallelism), salt, hash."""

    cost: int
    block: int
    parallel: int
    salt: bytes
    digest: bytes

    @property
    def memory(self) -> int:
        """Bytes of memory that a check takes."""
        return 128 * self.block * (self.cost + self.parallel + 2)

    def __str__(self) -> str:
        """As it stands in the file."""
        salt, digest = (base64.b64encode(each).decode() for each in (self.salt, self.digest))
        return f"scrypt${self.cost}${self.block}${self.parallel}${salt}${digest}"


@dataclass(frozen=True, slots=True)
class People:
    """The people of a file, by name, with their hashed passwords."""

    passwords: Mapping[str, Hashed]

    def admits(self, name: str, password: str) -> bool:
        """Whether this is somebody's name and password. Takes as long for a name that nobody has."""
        known = self.passwords.get(name)
        found = matches(password, known or _NOBODY)
        return found and known is not None


def hashed(password: str, *, salt: bytes | None = None, cost: int = 2**14, parallel: int = 5) -> Hashed:
    """A password hashed for the file, with a salt of its own if none is given.

    The parameters are those that OWASP's Password Storage Cheat Sheet gives for 16 MiB of memory a check.
    """
    salt = secrets.token_bytes(_SALT) if salt is None else salt
    return Hashed(cost, 8, parallel, salt, _scrypt(password, Hashed(cost, 8, parallel, salt, b"")))


def matches(password: str, known: Hashed) -> bool:
    """Whether a password is the one that was hashed; takes the same time wherever they differ."""
    return hmac.compare_digest(_scrypt(password, known), known.digest)


def _scrypt(password: str, known: Hashed) -> bytes:
    return hashlib.scrypt(
        password[:LONGEST].encode("utf-8", "surrogatepass"),
        salt=known.salt,
        n=known.cost,
        r=known.block,
        p=known.parallel,
        maxmem=known.memory + 2**20,
        dklen=len(known.digest) or _HASH,
    )


_NOBODY = Hashed(2**14, 8, 5, b"nobody has this.", bytes(_HASH))
"""What the password of a name that isn't known is compared with: no password has this hash."""


def read_people(path: Path) -> People:
    """The people in a file. Raises BadPasswordFile with the number of the line that isn't right."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is no text file"
        raise BadPasswordFile(
            f"The file of passwords {path} can't be read ({why}); make one with: {_adding(path)}"
        ) from error
    people: dict[str, Hashed] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        name, _, rest = line.strip().partition(":")
        found = _parsed(rest)
        if not _NAME.fullmatch(name) or found is None:
            raise BadPasswordFile(
                f"{path}, line {number}: it isn't a name, a colon and a hashed password; take the line out and make "
                f"it anew with: {_adding(path)}"
            )
        if name in people:
            raise BadPasswordFile(f"{path}, line {number}: {name} stands in it twice; take one of the lines out.")
        people[name] = found
    if not people:
        raise BadPasswordFile(f"The file of passwords {path} names nobody; add somebody with: {_adding(path)}")
    return People(people)


def too_open(path: Path) -> str | None:
    """A warning where others than the file's owner may read or change it; None where not, or where that isn't known."""
    if sys.platform == "win32":
        return None
    mode = stat.S_IMODE(path.stat().st_mode)
    if not mode & 0o077:
        return None
    return (
        f"Others on this machine may open the file of passwords {path} (its mode is {mode:03o}); "
        f"close it to them with: chmod 600 {path}"
    )


def add_person(path: Path, name: str, password: str) -> bool:
    """Add a person to a file, or give one a new password; says whether the person is new. The file is made if it isn't
    there, for its owner alone to read.

    Raises BadPassword for a name or password that can't be taken, BadPasswordFile for a file that isn't right or can't
    be written.
    """
    if not _NAME.fullmatch(name):
        raise BadPassword(
            f"{name!r} can't be a name here: use up to 64 letters without accents, digits and . _ @ -, and begin with "
            "a letter or digit."
        )
    if len(password) < SHORTEST:
        raise BadPassword(f"The password has {len(password)} characters; choose one of {SHORTEST} or more.")
    if len(password) > LONGEST:
        raise BadPassword(f"The password has {len(password)} characters; choose one of at most {LONGEST}.")
    lines = path.read_text(encoding="utf-8").splitlines() if _has_people(path) else []
    line = f"{name}:{hashed(password)}"
    others = [each for each in lines if not each.startswith(f"{name}:")]
    _write(path, "\n".join([*others, line]) + "\n")
    return len(others) == len(lines)


def _has_people(path: Path) -> bool:
    """Whether a file is there and has people in it; raises BadPasswordFile where it isn't right."""
    if not path.exists() or not path.stat().st_size:
        return False
    read_people(path)
    return True


def _write(path: Path, text: str) -> None:
    """Put a file in place whole, for its owner alone."""
    half = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            file.write(text)
        os.replace(half, path)
    except OSError as error:
        with suppress(OSError):
            half.unlink(missing_ok=True)
        raise BadPasswordFile(
            f"The file of passwords {path} can't be written ({error.strerror}); name another with --auth."
        ) from error


def _parsed(text: str) -> Hashed | None:
    """A hashed password as it stands in the file, None where it isn't one, or one that takes too much to check."""
    parts = re.fullmatch(r"scrypt\$(\d{1,9})\$(\d{1,4})\$(\d{1,4})\$([A-Za-z0-9+/]+=*)\$([A-Za-z0-9+/]+=*)", text)
    if parts is None:
        return None
    try:
        salt, digest = (base64.b64decode(each, validate=True) for each in parts.groups()[3:])
    except binascii.Error:
        return None
    cost, block, parallel = (int(each) for each in parts.groups()[:3])
    found = Hashed(cost, block, parallel, salt, digest)
    power_of_two = cost > 1 and cost & (cost - 1) == 0
    usable = power_of_two and block > 0 and 0 < parallel <= 64 and len(salt) >= 8 and len(digest) >= 16
    return found if usable and found.memory <= LARGEST_MEMORY else None


def _adding(path: Path) -> str:
    return f"python app.py --add-user NAME --auth {path}"
