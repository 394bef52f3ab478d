"""The demo's own servers speak the protocols our mailbox and sender speak."""

from __future__ import annotations

import threading
import time
from datetime import UTC, datetime
from pathlib import Path

from mailwins.demo.servers import ImapServer, imap_server, smtp_sink
from mailwins.mailbox import ImapMailbox, ImapSettings, connect
from mailwins.model import OutboxState, OutgoingMail
from mailwins.sender import SmtpSender, SmtpSettings

RAW = b"From: a@x.example\r\nSubject: Gr\xc3\xbc\xc3\x9fe 8bit\r\n\r\n\xff body\r\n"


def opened(server: ImapServer, folder: str = "INBOX") -> ImapMailbox:
    return connect(
        ImapSettings(
            server.host, server.port, "none", server.user, lambda fresh: server.password, folder=folder, timeout_s=10
        )
    )


def test_the_whole_way_of_a_mail_through_the_embedded_mailbox() -> None:
    with imap_server() as server:
        box = opened(server)
        box.append(RAW, at=datetime(2026, 3, 2, 9, 30, tzinfo=UTC))
        (mail,) = box.list_since(0)
        assert mail.arrived_at == datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
        ((_, pieces),) = box.fetch([mail])
        assert b"".join(pieces) == RAW
        box.move([mail.uid, 99], "Wins/Erledigt für später")
        assert box.list_since(0) == []
        assert len(opened(server, "Wins/Erledigt für später").list_since(0)) == 1


def test_idle_wakes_on_arrival() -> None:
    with imap_server() as server:
        box, other = opened(server), opened(server)
        threading.Timer(0.2, other.append, [RAW]).start()
        began = time.monotonic()
        assert box.wait(10)
        assert time.monotonic() - began < 2
        assert len(box.list_since(0)) == 1


def test_two_servers_know_nothing_of_each_other() -> None:
    with imap_server() as one, imap_server() as two:
        opened(one).append(RAW)
        assert opened(two).list_since(0) == []


def test_the_sink_keeps_what_was_sent_byte_for_byte(tmp_path: Path) -> None:
    raw = b"Subject: Your weekly wins\r\n\r\n.dot first\r\n..two\r\nend\r\n"
    with smtp_sink(tmp_path / "outbox") as sink:
        sender = SmtpSender(SmtpSettings(sink.host, sink.port, "none"))
        mail = OutgoingMail("edition", "2026-11-16", "ana@x.example", "id@x", "s", raw)
        assert sender.send(mail, envelope_from="wins@x.example").state is OutboxState.SENT
        sender.close()
        (arrived,) = sink.messages
        assert (arrived.sender, arrived.recipients, arrived.raw) == ("wins@x.example", ("ana@x.example",), raw)
        assert arrived.path is not None
        assert arrived.path.name == "001-your-weekly-wins.eml"
        assert arrived.path.read_bytes() == raw
