"""Mailboxes that others wrote, each on 127.0.0.1 over TLS: pymap, Dovecot and Hoodiecrow.

None of them belongs to what the suite needs. Whoever wants them has `pymap` (PyPI) or `dovecot`
(Debian's dovecot-imapd) among their programs, or npm, which fetches Hoodiecrow.
"""

from __future__ import annotations

import imaplib
import os
import shutil
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from grp import getgrgid
from pathlib import Path
from pwd import getpwnam, getpwuid
from socketserver import BaseRequestHandler, ThreadingTCPServer
from tempfile import TemporaryDirectory

from support.mail.certificates import Authority

USER, PASSWORD = "bounces", "s3cret"
TRIES = 200
HOODIECROW = "hoodiecrow-imap@2.1.0"
IN_HOODIECROW = """
const fs = require("fs"), [port, file] = process.argv.slice(1);
const pem = fs.readFileSync(file);
require("hoodiecrow-imap")({
  plugins: ["AUTH-PLAIN"], secureConnection: true, credentials: {key: pem, cert: pem},
  users: {%r: {password: %r}}, storage: {INBOX: {}, "": {separator: "/", folders: {Returned: {}}}},
}).listen(+port, "127.0.0.1");
"""
# It reads no settings of the machine's own, and needs no account but the one it runs as.
OF_DOVECOT = """
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
protocols = imap
listen = 127.0.0.1
ssl = required
ssl_cert = <{pem}
ssl_key = <{pem}
default_login_user = {user}
default_internal_user = {user}
default_internal_group = {group}
first_valid_uid = 1
mail_location = maildir:{folder}/mail
service imap-login {{
  chroot =
  inet_listener imap {{
    port = 0
  }}
  inet_listener imaps {{
    port = {port}
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/mail
}}
"""


@dataclass
class Mailbox:
    """A mailbox that others wrote: where it is reached, by whom, and who vouches for it."""

    port: int
    trusted: Path
    user: str = USER
    password: str = PASSWORD

    @contextmanager
    def entered(self) -> Iterator[imaplib.IMAP4]:
        """The mailbox as its owner enters it."""
        context = ssl.create_default_context(cafile=self.trusted)
        with imaplib.IMAP4_SSL("127.0.0.1", self.port, ssl_context=context, timeout=20) as mailbox:
            mailbox.login(self.user, self.password)
            yield mailbox

    def deliver(self, message: bytes) -> None:
        """Put a message into the mailbox."""
        with self.entered() as mailbox:
            mailbox.append("INBOX", "", "", message.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"))

    def seen(self) -> int:
        """How many messages are marked as seen."""
        with self.entered() as mailbox:
            mailbox.select("INBOX", readonly=True)
            return len((mailbox.search(None, "SEEN")[1][0] or b"").split())

    def delete(self, number: int) -> None:
        """Delete a message."""
        with self.entered() as mailbox:
            mailbox.select("INBOX")
            mailbox.uid("STORE", str(number), "+FLAGS", r"(\Deleted)")
            mailbox.expunge()


@contextmanager
def pymap(vouching: Authority, folder: Path) -> Iterator[Mailbox]:
    """A mailbox of pymap in memory, behind TLS, which it begins only later than we want it."""
    del folder
    command = [
        _program("pymap"),
        "--no-tls",
        "--host",
        "127.0.0.1",
        "--port",
        str(inside := _port()),
    ]
    command += ["dict", "--demo-user", USER, "--demo-password", PASSWORD]
    with _running(command, inside), _encrypted(vouching.context(), inside) as outside:
        yield Mailbox(outside, vouching.trusted)


@contextmanager
def dovecot(vouching: Authority, folder: Path) -> Iterator[Mailbox]:
    """A mailbox of Dovecot; it gives none to root, and its owner must get at the folder."""
    del folder
    owner = getpwnam("nobody") if os.getuid() == 0 else getpwuid(os.getuid())
    with TemporaryDirectory() as name:
        folder, port = Path(name), _port()
        folder.chmod(0o711)
        (folder / "mail").mkdir()
        os.chown(folder / "mail", owner.pw_uid, owner.pw_gid)
        text = OF_DOVECOT.format(
            folder=folder, pem=_pem(vouching), port=port, password=PASSWORD, user=owner.pw_name,
            group=getgrgid(owner.pw_gid).gr_name, uid=owner.pw_uid, gid=owner.pw_gid,
        )  # fmt: skip
        (folder / "dovecot.conf").write_text(text)
        with _running([_program("dovecot"), "-F", "-c", str(folder / "dovecot.conf")], port):
            yield Mailbox(port, vouching.trusted)


@contextmanager
def hoodiecrow(vouching: Authority, folder: Path) -> Iterator[Mailbox]:
    """A mailbox of Hoodiecrow in memory; npm fetches it into a folder."""
    npm = [_program("npm"), "install", "--silent", "--no-save", "--prefix", str(folder), HOODIECROW]
    if subprocess.run(npm, capture_output=True, check=False).returncode != 0:
        raise NotHere("npm fetches no Hoodiecrow")
    program = IN_HOODIECROW % (USER, PASSWORD)
    command = [_program("node"), "-e", program, str(port := _port()), str(_pem(vouching))]
    with _running(command, port, folder):
        yield Mailbox(port, vouching.trusted)


STRANGERS: Sequence[Callable[[Authority, Path], AbstractContextManager[Mailbox]]] = (
    pymap, dovecot, hoodiecrow,
)  # fmt: skip


class NotHere(Exception):
    """A program is not among those of this machine."""


def _program(name: str) -> str:
    path = os.pathsep.join((os.environ.get("PATH", ""), "/usr/sbin"))
    found = shutil.which(name, path=path)
    if found is None:
        raise NotHere(f"{name} is not installed")
    return found


def _pem(vouching: Authority) -> Path:
    """A file with a certificate for this machine and its key."""
    vouching.context()
    return max(vouching.folder.glob("127.0.0.1-*.pem"))


def _port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@contextmanager
def _running(command: Sequence[str], port: int, folder: Path | None = None) -> Iterator[None]:
    """A program that listens on a port, until the block ends."""
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, cwd=folder, stdout=quiet, stderr=quiet) as program:
        try:
            _wait_for(port)
            yield
        finally:
            program.terminate()


def _wait_for(port: int) -> None:
    for _ in range(TRIES):
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.05)
    raise TimeoutError("no mailbox began to listen")


@contextmanager
def _encrypted(tls: ssl.SSLContext, inside: int) -> Iterator[int]:
    """A port that hands on what comes over TLS."""

    class Line(BaseRequestHandler):
        def handle(self) -> None:
            with (
                suppress(OSError),
                tls.wrap_socket(self.request, server_side=True) as outer,
                socket.create_connection(("127.0.0.1", inside)) as inner,
            ):
                back = threading.Thread(target=_copy, args=(inner, outer))
                back.start()
                _copy(outer, inner)
                back.join()

    class Relay(ThreadingTCPServer):
        daemon_threads = True

    with Relay(("127.0.0.1", 0), Line) as relay:
        serving = threading.Thread(target=relay.serve_forever, args=(0.02,))
        serving.start()
        try:
            yield int(relay.server_address[1])
        finally:
            relay.shutdown()
            serving.join()


def _copy(one: socket.socket, other: socket.socket) -> None:
    with suppress(OSError):
        while data := one.recv(64 * 1024):
            other.sendall(data)
    with suppress(OSError):
        other.shutdown(socket.SHUT_RDWR)
