"""A real IMAP server for tests: Debian's Dovecot, run from a temporary folder.

Verified with Dovecot 2.3.19 (Debian 12), Python 3.11 - 3.13, started both
by root and by an ordinary user.  Nothing outside the temporary folder is read or
written, only loopback is bound, and every process belongs to one unprivileged
user.  The configuration is in the 2.3 language: 2.4 changed it, so 2.4 is refused.

    with DovecotServer(users={"wins@example.test": "secret"}) as srv:
        imaplib.IMAP4("127.0.0.1", srv.port).login("wins@example.test", "secret")

Offered: plain port (STARTTLS there), TLS port, PLAIN/LOGIN, XOAUTH2 and
OAUTHBEARER against a local token-introspection stub, IDLE, UIDPLUS, MOVE,
CONDSTORE/QRESYNC, SPECIAL-USE folders, LMTP delivery (optional),
kill/stop/start again (for reconnect tests), slow or failing token endpoint.
"""

from __future__ import annotations

import contextlib
import functools
import http.server
import json
import os
import pathlib
import pwd
import shutil
import signal
import socket
import ssl
import subprocess
import tempfile
import threading
import time

DOVECOT = shutil.which("dovecot") or next(
    (p for p in ("/usr/sbin/dovecot", "/usr/local/sbin/dovecot") if os.access(p, os.X_OK)), None
)


# --------------------------------------------------------------------------
# token introspection stub: what Dovecot asks about a bearer token
# --------------------------------------------------------------------------
class TokenStub:
    """HTTP endpoint that answers Dovecot's `introspection_mode = auth` request.

    tokens maps token -> user name. Take one out (or `expire()` it) to see the
    client refused, which is how refresh paths are tested against a real server.
    """

    def __init__(self) -> None:
        self.tokens: dict[str, str] = {}
        self.seen: list[str] = []
        self.delay = 0.0  # seconds; _OAUTH_CONF lets Dovecot wait 3
        self.status = 0  # e.g. 503 to act as a broken identity provider
        stub = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                token = self.headers.get("Authorization", "").removeprefix("Bearer ")
                stub.seen.append(token)
                time.sleep(stub.delay)
                user = stub.tokens.get(token)
                if stub.status:
                    code, body = stub.status, {"error": "stub"}
                elif user is None:  # RFC 7662; a 401 here reads as "[UNAVAILABLE] Temporary ... failure"
                    code, body = 200, {"active": False}
                else:
                    code, body = 200, {"active": True, "email": user, "scope": "imap"}
                raw = json.dumps(body).encode()
                with contextlib.suppress(OSError):
                    self.send_response(code)
                    self.send_header("Content-Type", "application/json")
                    self.send_header("Content-Length", str(len(raw)))
                    self.end_headers()
                    self.wfile.write(raw)

            def log_message(self, *args: object) -> None:
                pass

        self._httpd = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._httpd.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._httpd.server_port}/introspect"
        self._thread = threading.Thread(target=self._httpd.serve_forever, args=(0.05,), daemon=True)
        self._thread.start()

    def issue(self, user: str, token: str) -> str:
        self.tokens[token] = user
        return token

    def expire(self, token: str) -> None:
        self.tokens.pop(token, None)

    def close(self) -> None:
        self._httpd.shutdown()
        self._httpd.server_close()


# --------------------------------------------------------------------------
# certificate: made once per process with the openssl command (Debian: a
# dependency of dovecot-core), so no extra Python package is needed
# --------------------------------------------------------------------------
def _days_ago() -> dict[str, str]:
    """So that the certificate also holds for who thinks it is yesterday."""
    library = next(iter(pathlib.Path("/usr/lib").glob("*/faketime/libfaketime.so.1")), None)
    return {"LD_PRELOAD": str(library), "FAKETIME": "-3d"} if library else {}


@functools.lru_cache(maxsize=1)
def _self_signed() -> tuple[bytes, bytes]:
    with tempfile.TemporaryDirectory() as tmp:
        key, crt = f"{tmp}/k.pem", f"{tmp}/c.pem"
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
             "-nodes", "-days", "3650", "-subj", "/CN=localhost",
             "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1",
             "-addext", "basicConstraints=critical,CA:TRUE",
             "-keyout", key, "-out", crt],
            check=True, capture_output=True, env={**os.environ, **_days_ago()},
        )  # fmt: skip
        return pathlib.Path(key).read_bytes(), pathlib.Path(crt).read_bytes()


@functools.lru_cache(maxsize=1)
def why_not() -> str:
    """Empty when a server can be started here, else the reason (for skip messages)."""
    if DOVECOT is None:
        return "dovecot is not installed (Debian: apt-get install --no-install-recommends dovecot-imapd)"
    version = subprocess.run([DOVECOT, "--version"], capture_output=True, text=True).stdout.split()
    numbers = tuple(int(n) for n in (version or ["0"])[0].split(".")[:2] if n.isdigit())
    if not (2, 3) <= numbers < (2, 4):
        return f"dovecot {'.'.join(map(str, numbers))} found, this fixture speaks the 2.3 configuration language"
    return "" if shutil.which("openssl") else "the openssl command is missing"


def _free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


_CONF = """\
# Everything in one folder, one user, no chroot, loopback only.
base_dir = {run}
state_dir = {run}
instance_name = {name}
log_path = {home}/dovecot.log
auth_verbose = yes
protocols = {protocols}
listen = 127.0.0.1
import_environment = TZ
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
first_valid_uid = 1
first_valid_gid = 1
default_process_limit = 40
default_client_limit = 400
default_vsz_limit = 1G
shutdown_clients = yes
auth_failure_delay = 0
login_trusted_networks =
mail_max_userip_connections = 100
auth_cache_size = 0

# Dovecot takes a client whose address equals the server's for "secured": to see cleartext
# refused, connect with source_address=("127.0.0.2", 0)
disable_plaintext_auth = {no_cleartext}
ssl = {ssl_mode}
ssl_cert = <{home}/cert.pem
ssl_key = <{home}/key.pem

auth_mechanisms = {mechs}
auth_username_format = %Lu
passdb {{
  driver = passwd-file
  args = scheme=PLAIN username_format=%u {home}/users
}}
# any user of this domain, so that each test has a mailbox of its own: a line added
# to the passwd-file is seen only after about a second
passdb {{
  driver = static
  args = password=secret
  username_filter = *@each.test
}}
{oauth}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={home}/mail/%u
}}

mail_location = maildir:~/Maildir:LAYOUT=fs
mailbox_list_index = yes
maildir_very_dirty_syncs = no
mail_fsync = never
mail_cache_min_mail_count = 0
imap_idle_notify_interval = 2 mins
imap_capability = {capability}
namespace inbox {{
  inbox = yes
  separator = /
  mailbox Trash {{
    special_use = \\Trash
  }}
  mailbox Archive {{
    special_use = \\Archive
  }}
}}

service stats {{
  chroot =
  unix_listener stats-reader {{
    mode = 0600
  }}
  unix_listener stats-writer {{
    mode = 0600
  }}
}}
service anvil {{
  chroot =
  # or each wrong password doubles the wait of the next login from 127.0.0.1 (4, 8, 15 s)
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service auth {{
  user = {user}
}}
service auth-worker {{
  user = {user}
}}
service imap-login {{
  chroot =
  service_count = 0
  process_min_avail = 1
  inet_listener imap {{
    address = 127.0.0.1
    port = {port}
  }}
  inet_listener imaps {{
    address = 127.0.0.1
    port = {tls_port}
    ssl = yes
  }}
}}
service imap {{
  process_limit = 100
}}
{lmtp}
"""

_OAUTH_PASSDB = """\
passdb {{
  driver = oauth2
  mechanisms = xoauth2 oauthbearer
  args = {home}/oauth2.conf
}}
"""

# mode "auth": GET the url with `Authorization: Bearer <token>`
_OAUTH_CONF = """\
introspection_mode = auth
introspection_url = {url}
username_attribute = email
username_format = %Lu
active_attribute = active
active_value = true
force_introspection = yes
scope = imap
timeout_msecs = 3000
"""

_LMTP = """\
service lmtp {{
  chroot =
  user = {user}
  inet_listener lmtp {{
    address = 127.0.0.1
    port = {lmtp_port}
  }}
}}
"""


class DovecotServer:
    def __init__(
        self,
        users: dict[str, str] | None = None,
        *,
        oauth: bool = True,
        lmtp: bool = False,
        cleartext_login: bool = True,
        tls: str = "yes",  # yes | required | no
        capability: str = "",  # replace what the server announces, e.g. to hide IDLE or MOVE
        start: bool = True,
    ) -> None:
        if reason := why_not():
            raise RuntimeError(reason)
        self.users = users or {"wins@example.test": "secret"}
        self.port, self.tls_port = _free_port(), _free_port()
        self.lmtp_port = _free_port() if lmtp else 0
        self.tokens = TokenStub() if oauth else None
        self.process: subprocess.Popen[bytes] | None = None

        # Unix socket paths are limited to 108 bytes, and pytest's tmp_path is
        # both long and closed to other users (mode 0700): so a short folder of our own.
        self.home = pathlib.Path(tempfile.mkdtemp(prefix="dc-", dir="/tmp"))
        self.uid, self.gid, self._drop = os.getuid(), os.getgid(), {}
        if self.uid == 0:  # never run a mail store as root
            who = pwd.getpwnam("nobody")
            self.uid, self.gid = who.pw_uid, who.pw_gid
            self._drop = {"user": self.uid, "group": self.gid, "extra_groups": []}
        try:
            self._write(tls, cleartext_login, capability, lmtp)
            if start:
                self.start()
        except BaseException:
            self.close()
            raise

    # -- files ------------------------------------------------------------
    def _write(self, tls: str, cleartext: bool, capability: str, lmtp: bool) -> None:
        import grp

        home = self.home
        names = {
            "home": home, "run": home / "run", "name": home.name,
            "user": pwd.getpwuid(self.uid).pw_name, "group": grp.getgrgid(self.gid).gr_name,
            "uid": self.uid, "gid": self.gid, "port": self.port, "tls_port": self.tls_port if tls != "no" else 0,
            "lmtp_port": self.lmtp_port, "protocols": "imap lmtp" if lmtp else "imap",
            "ssl_mode": tls, "no_cleartext": "no" if cleartext else "yes", "capability": capability,
            "mechs": "plain login" + (" xoauth2 oauthbearer" if self.tokens else ""),
        }  # fmt: skip
        names["oauth"] = _OAUTH_PASSDB.format(**names) if self.tokens else ""
        names["lmtp"] = _LMTP.format(**names) if lmtp else ""
        key, crt = _self_signed()
        self.cert = home / "cert.pem"
        (home / "run").mkdir()
        (home / "mail").mkdir()
        (home / "key.pem").write_bytes(key)
        self.cert.write_bytes(crt)
        (home / "users").write_text("".join(f"{u}:{{PLAIN}}{p}::::::\n" for u, p in self.users.items()))
        if self.tokens:
            (home / "oauth2.conf").write_text(_OAUTH_CONF.format(url=self.tokens.url))
        (home / "dovecot.conf").write_text(_CONF.format(**names))
        home.chmod(0o755)
        (home / "key.pem").chmod(0o600)
        if self._drop:
            for path in (home, *home.rglob("*")):
                os.chown(path, self.uid, self.gid)

    def renew_certificate(self) -> None:
        """Another key and certificate, used from the next start on."""
        for path, content in zip((self.home / "key.pem", self.cert), _self_signed.__wrapped__(), strict=True):
            path.write_bytes(content)

    # -- life -------------------------------------------------------------
    def start(self, wait: float = 10.0) -> None:
        self.process = subprocess.Popen(
            [DOVECOT, "-F", "-c", str(self.home / "dovecot.conf")],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
            env={"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "TZ": "UTC"}, cwd=self.home,
            start_new_session=True, **self._drop,
        )  # fmt: skip
        end = time.monotonic() + wait
        while True:
            if self.process.poll() is not None:
                err = self.process.stderr.read().decode(errors="replace")
                raise RuntimeError(f"dovecot ended with {self.process.returncode}: {err}\n{self.log()}")
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1) as s:
                s.settimeout(2)
                if s.recv(200).startswith(b"* OK"):
                    return
            if time.monotonic() > end:
                raise RuntimeError(f"dovecot did not answer in {wait} s\n{self.log()}")
            time.sleep(0.02)

    def stop(self) -> None:
        """End it as a shutdown does: clients are told `* BYE Server shutting down.`"""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """Cut every connection without a word (crash, network loss)."""
        self._end(signal.SIGKILL)

    def _end(self, sig: int) -> None:
        process, self.process = self.process, None
        if process is None:
            return
        if sig == signal.SIGKILL:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, sig)
        else:
            process.send_signal(sig)
        try:
            process.wait(5)
        except subprocess.TimeoutExpired:
            pass
        with contextlib.suppress(ProcessLookupError):  # children that outlived the master
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        if process.stderr:
            process.stderr.close()

    def close(self) -> None:
        self._end(signal.SIGKILL)  # a polite stop takes a second, and nothing here outlives the folder
        if self.tokens:
            self.tokens.close()
        shutil.rmtree(self.home, ignore_errors=True)

    def __enter__(self) -> DovecotServer:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    # -- help for tests ---------------------------------------------------
    def log(self) -> str:
        path = self.home / "dovecot.log"
        return path.read_text(errors="replace") if path.exists() else ""

    def ssl_context(self) -> ssl.SSLContext:
        """A context that trusts this server only: hostname checks stay on."""
        return ssl.create_default_context(cafile=str(self.cert))

    def maildir(self, user: str, folder: str = "INBOX") -> pathlib.Path:
        root = self.home / "mail" / user / "Maildir"
        return root if folder == "INBOX" else root / folder

    def drop(self, user: str, raw: bytes, folder: str = "INBOX", name: str | None = None) -> pathlib.Path:
        """Deliver as an MTA would, straight into the maildir; no connection needed (wakes IDLE)."""
        box = self.maildir(user, folder)
        for sub in ("cur", "new", "tmp"):
            (box / sub).mkdir(parents=True, exist_ok=True)
        name = name or f"{time.time_ns()}.{os.getpid()}.test"
        (box / "tmp" / name).write_bytes(raw)
        if self._drop:
            for path in (self.home / "mail" / user, *(self.home / "mail" / user).rglob("*")):
                if path.stat().st_uid != self.uid:
                    os.chown(path, self.uid, self.gid)
        (box / "tmp" / name).rename(box / "new" / name)
        return box / "new" / name


class Mailbox:
    """One user of a running server: what most tests need."""

    def __init__(self, server: DovecotServer, user: str, password: str = "secret") -> None:
        self.server, self.user, self.password = server, user, password
        self.host, self.port, self.tls_port = "localhost", server.port, server.tls_port

    def drop(self, raw: bytes, folder: str = "INBOX") -> pathlib.Path:
        return self.server.drop(self.user, raw, folder)

    def token(self) -> str:
        assert self.server.tokens is not None
        return self.server.tokens.issue(self.user, f"token-{time.monotonic_ns()}")
