"""Sending against a real SMTP server with login, TLS and refusals by script."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from mailwins.errors import LoginRefused, ServerError
from mailwins.model import Delivery, OutboxState, OutgoingMail
from mailwins.sender import SmtpSender, SmtpSettings
from tests.servers.odd_smtp import OddSmtp
from tests.servers.proxy import FaultProxy
from tests.servers.smtp import DROP, SmtpServer

RAW = b"From: wins@x.example\r\nTo: ana@x.example\r\nSubject: x\r\n\r\n.starts with a dot\r\n..two\r\nend\r\n"


def mail(raw: bytes = RAW, recipient: str = "ana@x.example") -> OutgoingMail:
    return OutgoingMail("edition", "2026-11-16", recipient, "id@x", "x", raw)


def sender(server: SmtpServer, port: int | None = None, **more: object) -> SmtpSender:
    values = {"host": "localhost", "port": port or server.port, "security": "none", "timeout_s": 2} | more
    return SmtpSender(SmtpSettings(**values))  # type: ignore[arg-type]


def send(through: SmtpSender, what: OutgoingMail | None = None) -> Delivery:
    return through.send(what or mail(), envelope_from="wins@x.example")


@pytest.fixture
def server() -> Iterator[SmtpServer]:
    with SmtpServer() as plain:
        yield plain


@pytest.fixture
def proxy(server: SmtpServer) -> Iterator[FaultProxy]:
    with FaultProxy(server.port) as between:
        yield between


def test_the_bytes_arrive_as_they_were_given(server: SmtpServer) -> None:
    assert send(sender(server)) == Delivery(OutboxState.SENT, "OK queued", 250)
    (arrived,) = server.messages
    assert (arrived.sender, arrived.recipients, arrived.raw) == ("wins@x.example", ["ana@x.example"], RAW)


def test_a_bare_line_feed_cannot_smuggle_a_second_mail(server: SmtpServer) -> None:
    """FAULT: a mail holds bare line feeds and dots that look like its end; THEN: it arrives as one mail."""
    send(sender(server), mail(b"Subject: x\r\n\r\nhello\n.\nMAIL FROM:<eve@x.example>\r\n"))
    (arrived,) = server.messages
    assert arrived.raw == b"Subject: x\r\n\r\nhello\r\n.\r\nMAIL FROM:<eve@x.example>\r\n"


def test_one_connection_serves_many_mails(server: SmtpServer) -> None:
    with FaultProxy(server.port) as proxy:
        through = sender(server, proxy.port)
        for n in range(5):
            assert send(through, mail(recipient=f"p{n}@x.example")).state is OutboxState.SENT
        assert proxy.connections == 1
    assert [m.recipients for m in server.messages] == [[f"p{n}@x.example"] for n in range(5)]


@pytest.mark.parametrize(
    ("command", "answer", "state"),
    [
        ("RCPT", "450 4.2.1 try later", OutboxState.DEFERRED),
        ("RCPT", "550 5.1.1 no such user", OutboxState.FAILED),
        ("RCPT", "421 4.3.2 closing", OutboxState.DEFERRED),
        ("MAIL", "451 4.3.0 later", OutboxState.DEFERRED),
        ("MAIL", "552 5.3.4 too big", OutboxState.FAILED),
        ("DATA", "451 4.3.0 later", OutboxState.DEFERRED),
        ("DATA", "554 5.7.1 spam", OutboxState.FAILED),
        ("DATA", "421 4.3.2 closing", OutboxState.DEFERRED),
    ],
)
def test_a_refusal_counts_for_its_mail_only(server: SmtpServer, command: str, answer: str, state: OutboxState) -> None:
    through = sender(server)
    server.script[command] = [answer]
    delivery = send(through)
    assert (delivery.state, delivery.code) == (state, int(answer[:3]))
    assert answer[4:] in delivery.reply
    assert send(through).state is OutboxState.SENT
    assert len(server.messages) == 1


def test_a_refused_sender_stops_the_pass_instead_of_failing_every_mail(server: SmtpServer) -> None:
    """FAULT: the SMTP server does not let us send as our address; THEN: the pass stops with the fix, no mail is failed for it."""
    through = sender(server)
    server.script["MAIL"] = ["550 5.7.1 not yours"]
    with pytest.raises(ServerError, match=r"send as wins@x\.example: 550 .*Check smtp\.from"):
        send(through)
    server.script["DATA"] = ["554 5.2.252 SendAsDenied; wins@x.example not allowed"]
    with pytest.raises(ServerError, match=r"Check smtp\.from"):
        send(through)
    assert send(through).state is OutboxState.SENT


def test_a_lost_answer_to_the_final_dot_is_uncertain(server: SmtpServer) -> None:
    through = sender(server)
    server.script["DATA"] = [DROP]
    assert send(through).state is OutboxState.UNCERTAIN
    assert len(server.messages) == 1
    assert send(through).state is OutboxState.SENT


def test_an_answer_swallowed_by_the_network_is_uncertain_and_in_time(server: SmtpServer, proxy: FaultProxy) -> None:
    """FAULT: the network swallows the answer to the final dot; THEN: the mail is uncertain, in time."""
    through = sender(server, proxy.port, final_dot_s=0.5)
    proxy.down.black_hole_on = rb"queued"
    began = time.monotonic()
    assert send(through).state is OutboxState.UNCERTAIN
    assert time.monotonic() - began < 1.5
    assert len(server.messages) == 1


def test_a_slow_answer_to_the_final_dot_is_waited_for(server: SmtpServer) -> None:
    """FAULT: the SMTP server takes long over the final dot (RFC 5321: up to ten minutes); THEN: the answer is waited for."""
    server.dot_delay_s = 0.6
    assert send(sender(server, timeout_s=0.3)).state is OutboxState.SENT


@pytest.mark.parametrize("after", [10, 100, 120, 400_000])
def test_a_connection_cut_before_the_final_dot_is_never_taken_for_sent(
    server: SmtpServer, proxy: FaultProxy, after: int
) -> None:
    """FAULT: the connection is cut before the final dot; THEN: the mail counts as not sent and is tried again."""
    through = sender(server, proxy.port)
    send(through, mail())
    server.messages.clear()
    through.close()
    proxy.up.reset_after = after
    big = mail(b"Subject: x\r\n\r\n" + b"0123456789abcd\r\n" * 30_000)
    if after < 70:
        with pytest.raises(ServerError):
            send(through, big)
    else:
        # What the system took from us before it noticed may have been the whole mail.
        assert send(through, big).state in (OutboxState.DEFERRED, OutboxState.UNCERTAIN)
    assert server.messages == []


@pytest.mark.parametrize("command", [rb"MAIL", rb"RCPT", rb"DATA"])
def test_a_connection_cut_before_the_mail_is_deferred(server: SmtpServer, proxy: FaultProxy, command: bytes) -> None:
    proxy.up.reset_on = command
    assert send(sender(server, proxy.port)).state is OutboxState.DEFERRED
    assert server.messages == []


@pytest.mark.parametrize("pattern", [rb"EHLO", rb"MAIL", rb"RCPT", rb"DATA"])
def test_silence_before_the_final_dot_ends_in_time(server: SmtpServer, proxy: FaultProxy, pattern: bytes) -> None:
    through = sender(server, proxy.port, timeout_s=0.5)
    proxy.up.black_hole_on = pattern
    began = time.monotonic()
    if pattern == rb"EHLO":
        with pytest.raises(ServerError):
            send(through)
    else:
        assert send(through).state is OutboxState.DEFERRED
    assert time.monotonic() - began < 2.5


def test_a_drip_is_cut(server: SmtpServer, proxy: FaultProxy) -> None:
    through = sender(server, proxy.port, until_dot_s=0.5)
    through.check()
    proxy.down.drip_s = 0.2
    began = time.monotonic()
    with pytest.raises(ServerError):
        # The kept connection is cut, and so is the new one.
        send(through)
    assert time.monotonic() - began < 3


def test_a_kept_connection_that_the_server_closed_is_made_anew(server: SmtpServer) -> None:
    """FAULT: the server closed the kept connection meanwhile; THEN: a new one is made and the mail sent once."""
    with FaultProxy(server.port) as proxy:
        through = sender(server, proxy.port)
        send(through)
        proxy.cut()
        assert send(through).state is OutboxState.SENT
    assert len(server.messages) == 2


def test_no_server_is_told_once_for_all(server: SmtpServer) -> None:
    server.stop()
    with pytest.raises(ServerError, match=r"Check smtp\.host") as caught:
        send(sender(server))
    assert not caught.value.permanent


@pytest.mark.parametrize(("tls", "security"), [("starttls", "starttls"), ("required", "starttls"), ("implicit", "tls")])
def test_tls_and_a_login_with_any_letters(tls: str, security: str) -> None:
    password = 'pä"ss \\wörd€'
    with SmtpServer(tls=tls, users={"wins@x.example": password}) as server:
        through = sender(
            server, security=security, user="wins@x.example", secret=lambda fresh: password, ca_file=server.cert
        )
        assert send(through).state is OutboxState.SENT
        through.close()
        assert server.messages[0].is_encrypted or tls == "implicit"


@pytest.mark.parametrize(("tls", "security"), [("starttls", "starttls"), ("implicit", "tls")])
def test_an_unknown_certificate_is_refused(tls: str, security: str) -> None:
    with SmtpServer(tls=tls) as server:
        with pytest.raises(ServerError, match="is not trusted"):
            send(sender(server, security=security))
        with pytest.raises(ServerError, match=r"is not trusted.*Use the name"):
            send(sender(server, security=security, host="127.1", ca_file=server.cert))
        assert server.messages == []


def test_starttls_that_is_not_offered_or_taken_out_is_not_gone_without(server: SmtpServer) -> None:
    """FAULT: STARTTLS is not offered, or taken out on the way; THEN: nothing is sent in the clear."""
    with pytest.raises(ServerError, match=r"offers no STARTTLS.*Nothing was sent in the clear"):
        send(sender(server, security="starttls"))
    with SmtpServer(tls="starttls") as good, FaultProxy(good.port) as proxy:
        proxy.down.replace = (rb"STARTTLS", b"XXXXXXXX")
        with pytest.raises(ServerError, match="offers no STARTTLS"):
            send(sender(good, proxy.port, security="starttls", ca_file=good.cert))
        assert good.messages == []


def test_a_wrong_password_stops_the_pass(server: SmtpServer) -> None:
    with SmtpServer(users={"wins": "right"}) as strict:
        with pytest.raises(LoginRefused, match=r"refused the login of wins: 535 .*Check smtp\.user") as caught:
            send(sender(strict, user="wins", secret=lambda fresh: "wrong"))
        assert caught.value.permanent
        with pytest.raises(LoginRefused, match=r"wants a login .*Set smtp\.user"):
            send(sender(strict))
    with pytest.raises(ServerError, match="takes no login"):
        send(
            sender(
                SmtpServer(auth_exclude_mechanism=["LOGIN", "PLAIN", "XOAUTH2"]), user="wins", secret=lambda fresh: "x"
            )
        )


def test_a_token_signs_in_and_a_stale_one_is_renewed_once() -> None:
    with SmtpServer(tls="starttls", users={}) as server:
        server.tokens.add("new")
        settings = {"security": "starttls", "user": "wins@x.example", "auth": "xoauth2", "ca_file": server.cert}
        assert (
            send(sender(server, secret=lambda fresh: "new" if fresh else "stale", **settings)).state is OutboxState.SENT
        )
        assert server.logins == ["stale", "new"]
        with pytest.raises(LoginRefused, match="401"):
            send(sender(server, secret=lambda fresh: "bad", **settings))


def test_utf8_addresses_only_where_they_are_needed_and_taken(server: SmtpServer) -> None:
    through = sender(server)
    send(through)
    assert "SMTPUTF8" not in server.messages[0].options
    send(through, mail(recipient="jörg@x.example"))
    assert "SMTPUTF8" in server.messages[1].options
    with SmtpServer(enable_SMTPUTF8=False) as old:
        assert send(sender(old), mail(recipient="ana@müller.example")).state is OutboxState.SENT
        assert old.messages[0].recipients == ["ana@xn--mller-kva.example"]
        assert send(sender(old), mail(recipient="jörg@x.example")).state is OutboxState.FAILED


def test_a_mail_larger_than_the_server_takes_fails_alone() -> None:
    """FAULT: a mail is larger than the SMTP server takes; THEN: it fails alone."""
    with SmtpServer(data_size_limit=1000) as small:
        through = sender(small)
        delivery = send(through, mail(b"Subject: x\r\n\r\n" + b"x" * 998 + b"\r\n" + b"y" * 500 + b"\r\n"))
        assert (delivery.state, delivery.code) == (OutboxState.FAILED, 552)
        assert send(through).state is OutboxState.SENT


def test_a_large_mail_over_a_slow_line_is_waited_for() -> None:
    """FAULT: the SMTP server takes a large mail more slowly than one timeout lasts; THEN: it is handed over all the same, and once."""
    with OddSmtp() as server:
        server.reads_slowly = True
        through = SmtpSender(SmtpSettings("127.0.0.1", server.port, "none", timeout_s=0.8))
        assert send(through, mail(b"Subject: x\r\n\r\n" + b"line of text\r\n" * 600_000)).state is OutboxState.SENT
        assert len(server.taken) == 1


def test_a_goodbye_without_an_end_is_left() -> None:
    """FAULT: the SMTP server answers QUIT with a byte now and then and never comes to an end; THEN: it is left after two seconds."""
    with OddSmtp(quit=b"221 bye" * 100) as server, FaultProxy(server.port) as slow:
        through = SmtpSender(SmtpSettings("127.0.0.1", slow.port, "none"))
        through.check()
        slow.down.drip_s = 0.05
        began = time.monotonic()
        through.close()
        assert time.monotonic() - began < 4


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_a_handshake_without_an_end_is_left(security: str) -> None:
    """FAULT: the SMTP server sends its part of the TLS handshake a byte now and then, so that no timeout of a single read ever strikes; THEN: the attempt ends within smtp.timeout_s, and the next one sends the mail."""
    tls = "implicit" if security == "tls" else "required"
    with SmtpServer(tls=tls) as server, FaultProxy(server.port) as slow:
        through = sender(server, slow.port, security=security, ca_file=server.cert, timeout_s=1)
        slow.down.drip_s = 0.01
        slow.down.drip_over = 400  # more than its answers in plain text have
        began = time.monotonic()
        with pytest.raises(ServerError):
            through.check()
        assert time.monotonic() - began < 3
        slow.heal()
        assert send(through).state is OutboxState.SENT


def test_an_address_cannot_carry_a_command(server: SmtpServer) -> None:
    """FAULT: an address holds line breaks and commands; THEN: it is refused before anything is said."""
    assert send(sender(server), mail(recipient="a@x.example>\r\nRCPT TO:<eve@x.example")).state is OutboxState.FAILED
    assert server.messages == []
