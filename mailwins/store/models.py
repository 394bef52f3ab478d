"""The tables. Everything docs/design.md names has one; JSON only for lists that are never searched by themselves."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Date,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Text,
    TypeDecorator,
    UniqueConstraint,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Moment(TypeDecorator[datetime]):
    """An aware moment, stored as UTC. SQLite keeps no zone, so it is taken off on the way in and put back on the way out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs its zone")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


# SQLite only counts up by itself for its own INTEGER PRIMARY KEY.
Number = BigInteger().with_variant(Integer, "sqlite")


class Base(DeclarativeBase):
    type_annotation_map = {datetime: Moment, dict[str, Any]: JSON, list[Any]: JSON}  # noqa: RUF012


class MailRow(Base):
    __tablename__ = "mails"

    id: Mapped[int] = mapped_column(Number, primary_key=True, autoincrement=True)
    sha256: Mapped[str] = mapped_column(String(64), unique=True)
    size_bytes: Mapped[int] = mapped_column(BigInteger)
    arrived_at: Mapped[datetime]
    kept_at: Mapped[datetime]
    is_silent: Mapped[bool] = mapped_column(Boolean, default=False)
    outcome: Mapped[str | None] = mapped_column(String(20))
    reason: Mapped[str | None] = mapped_column(String(60))
    kind: Mapped[str | None] = mapped_column(String(20))
    attempts: Mapped[int] = mapped_column(Integer, default=0)
    worker: Mapped[str | None] = mapped_column(String(200))
    lease_until: Mapped[datetime | None]
    error: Mapped[str | None] = mapped_column(Text)
    sender: Mapped[str | None] = mapped_column(Text)
    subject: Mapped[str | None] = mapped_column(Text)
    message_id: Mapped[str | None] = mapped_column(Text)
    sent_at: Mapped[datetime | None]
    read_at: Mapped[datetime | None]
    note: Mapped[str | None] = mapped_column(Text)
    candidates: Mapped[list[Any]] = mapped_column(JSON, default=list)
    duplicate_of: Mapped[str | None] = mapped_column(String(64))
    proof: Mapped[str | None] = mapped_column(Text)
    is_resolved: Mapped[bool] = mapped_column(Boolean, default=False)
    is_purged: Mapped[bool] = mapped_column(Boolean, default=False)

    __table_args__ = (
        Index("ix_mails_waiting", "outcome", "arrived_at", "id"),
        Index("ix_mails_message_id", "message_id"),
    )


class SightingRow(Base):
    """Where a mail stood on the server: the ledger. One mail may be seen in several places."""

    __tablename__ = "sightings"

    id: Mapped[int] = mapped_column(Number, primary_key=True, autoincrement=True)
    mailbox: Mapped[str] = mapped_column(String(500))
    uidvalidity: Mapped[int] = mapped_column(BigInteger)
    uid: Mapped[int] = mapped_column(BigInteger)
    sha256: Mapped[str] = mapped_column(ForeignKey("mails.sha256", ondelete="CASCADE"), index=True)
    seen_at: Mapped[datetime]
    said_bytes: Mapped[int] = mapped_column(BigInteger)
    arrived_at: Mapped[datetime]
    moved_to: Mapped[str | None] = mapped_column(String(500))

    __table_args__ = (
        UniqueConstraint("mailbox", "uidvalidity", "uid", name="uq_sightings_uid"),
        Index("ix_sightings_unmoved", "mailbox", "uidvalidity", "moved_to"),
    )


class MailboxRow(Base):
    __tablename__ = "mailboxes"

    mailbox: Mapped[str] = mapped_column(String(500), primary_key=True)
    uidvalidity: Mapped[int] = mapped_column(BigInteger)
    last_uid: Mapped[int] = mapped_column(BigInteger)
    start_at: Mapped[datetime | None]
    relisted_below: Mapped[int] = mapped_column(BigInteger)


class AccountRow(Base):
    __tablename__ = "accounts"

    name: Mapped[str] = mapped_column(String(300), primary_key=True)
    domains: Mapped[list[Any]] = mapped_column(JSON, default=list)
    aliases: Mapped[list[Any]] = mapped_column(JSON, default=list)
    csm: Mapped[str | None] = mapped_column(String(320))
    tier: Mapped[str | None] = mapped_column(String(60))
    renewal_on: Mapped[date | None] = mapped_column(Date)
    goals: Mapped[list[Any]] = mapped_column(JSON, default=list)
    language: Mapped[str | None] = mapped_column(String(10))


class MemberRow(Base):
    __tablename__ = "members"

    address: Mapped[str] = mapped_column(String(320), primary_key=True)
    name: Mapped[str] = mapped_column(String(300))
    addresses: Mapped[list[Any]] = mapped_column(JSON)
    role: Mapped[str] = mapped_column(String(100), default="")
    team: Mapped[str] = mapped_column(String(100), default="")


class ContactRow(Base):
    __tablename__ = "contacts"

    id: Mapped[int] = mapped_column(Number, primary_key=True, autoincrement=True)
    address: Mapped[str] = mapped_column(String(320), unique=True)
    name: Mapped[str | None] = mapped_column(String(300))
    account: Mapped[str | None] = mapped_column(String(300), index=True)
    role: Mapped[str | None] = mapped_column(String(300))
    learned: Mapped[bool] = mapped_column(Boolean, default=True)


class WinRow(Base):
    __tablename__ = "wins"

    id: Mapped[int] = mapped_column(Number, primary_key=True, autoincrement=False)
    token: Mapped[str] = mapped_column(String(40), unique=True)
    mail: Mapped[str] = mapped_column(String(64), index=True)
    ordinal: Mapped[int] = mapped_column(Integer)
    captured_at: Mapped[datetime]
    win_date: Mapped[date] = mapped_column(Date)
    summary: Mapped[str] = mapped_column(Text)
    account: Mapped[str | None] = mapped_column(String(300))
    quote: Mapped[str | None] = mapped_column(Text)
    note: Mapped[str | None] = mapped_column(Text)
    internal_note: Mapped[str | None] = mapped_column(Text)
    contact: Mapped[dict[str, Any] | None]
    praised: Mapped[list[Any]] = mapped_column(JSON, default=list)
    csm: Mapped[str | None] = mapped_column(String(320))
    submitted_by: Mapped[str | None] = mapped_column(String(320))
    credits: Mapped[list[Any]] = mapped_column(JSON, default=list)
    category: Mapped[str | None] = mapped_column(String(60))
    value: Mapped[int | None] = mapped_column(Integer)
    value_effective: Mapped[int] = mapped_column(Integer)
    cause: Mapped[str | None] = mapped_column(Text)
    factors: Mapped[list[Any]] = mapped_column(JSON, default=list)
    features: Mapped[list[Any]] = mapped_column(JSON, default=list)
    measures: Mapped[list[Any]] = mapped_column(JSON, default=list)
    expected: Mapped[str | None] = mapped_column(Text)
    experienced: Mapped[str | None] = mapped_column(Text)
    urls: Mapped[list[Any]] = mapped_column(JSON, default=list)
    attachments: Mapped[list[Any]] = mapped_column(JSON, default=list)
    stance: Mapped[str] = mapped_column(String(20))
    visibility: Mapped[str] = mapped_column(String(20))
    customer_text: Mapped[str | None] = mapped_column(Text)
    is_public: Mapped[bool] = mapped_column(Boolean, default=False)
    is_named: Mapped[bool] = mapped_column(Boolean, default=False)
    review: Mapped[str] = mapped_column(String(20))
    review_why: Mapped[str | None] = mapped_column(Text)
    is_deleted: Mapped[bool] = mapped_column(Boolean, default=False)
    language: Mapped[str | None] = mapped_column(String(10))
    kind: Mapped[str] = mapped_column(String(20))
    doubts: Mapped[list[Any]] = mapped_column(JSON, default=list)
    in_tray: Mapped[bool] = mapped_column(Boolean, default=False)
    reasons: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    origin_key: Mapped[str | None] = mapped_column(String(200), unique=True)
    thread_keys: Mapped[list[Any]] = mapped_column(JSON, default=list)
    update_id: Mapped[int | None] = mapped_column(BigInteger)
    search_text: Mapped[str] = mapped_column(Text, default="")

    __table_args__ = (
        Index("ix_wins_account", "account", "win_date", "id", "is_deleted"),
        Index("ix_wins_csm", "csm", "win_date", "id", "is_deleted"),
        Index("ix_wins_submitted_by", "submitted_by", "is_deleted", "captured_at"),
        # Walked from the newest on; what follows the number is checked on the way, so that only the page's own rows are fetched.
        Index(
            "ix_wins_newest",
            "win_date",
            "id",
            "is_deleted",
            "value_effective",
            "category",
            "visibility",
            "stance",
            "in_tray",
        ),
        Index("ix_wins_captured", "captured_at", "id", "is_deleted"),
        Index("ix_wins_tray", "in_tray", "win_date", "id", "is_deleted"),
    )


class WinFeatureRow(Base):
    """What a win names, case-folded, beside its day: the newest that name one are read off the index."""

    __tablename__ = "win_features"

    win_id: Mapped[int] = mapped_column(ForeignKey("wins.id", ondelete="CASCADE"), primary_key=True)
    feature: Mapped[str] = mapped_column(String(200), primary_key=True)
    win_date: Mapped[date] = mapped_column(Date)

    __table_args__ = (Index("ix_win_features_newest", "feature", "win_date", "win_id"),)


class ChangeRow(Base):
    __tablename__ = "win_history"

    id: Mapped[int] = mapped_column(Number, primary_key=True, autoincrement=True)
    win_id: Mapped[int] = mapped_column(ForeignKey("wins.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime] = mapped_column(index=True)
    by: Mapped[str] = mapped_column(String(320))
    how: Mapped[str] = mapped_column(String(60))
    field: Mapped[str] = mapped_column(String(60))
    old: Mapped[str | None] = mapped_column(Text)
    new: Mapped[str | None] = mapped_column(Text)
    why: Mapped[str | None] = mapped_column(Text)


class MailWinRow(Base):
    """Which wins a mail led to: its own, or those it repeated or corrected."""

    __tablename__ = "mail_wins"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    win_id: Mapped[int] = mapped_column(ForeignKey("wins.id", ondelete="CASCADE"), primary_key=True, index=True)


class RefRow(Base):
    __tablename__ = "refs"

    id: Mapped[int] = mapped_column(Number, primary_key=True, autoincrement=True)
    kind: Mapped[str] = mapped_column(String(20))
    key: Mapped[str] = mapped_column(String(500))
    sha256: Mapped[str] = mapped_column(String(64), index=True)

    __table_args__ = (UniqueConstraint("kind", "key", "sha256", name="uq_refs"),)


class QuestionRow(Base):
    __tablename__ = "questions"

    id: Mapped[int] = mapped_column(Number, primary_key=True, autoincrement=True)
    win_id: Mapped[int | None] = mapped_column(BigInteger, index=True)
    mail: Mapped[str] = mapped_column(String(64), index=True)
    member: Mapped[str] = mapped_column(String(320), index=True)
    asked: Mapped[str] = mapped_column(String(60))
    text: Mapped[str] = mapped_column(Text)
    options: Mapped[list[Any]] = mapped_column(JSON, default=list)
    asked_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]


class PreferenceRow(Base):
    __tablename__ = "preferences"

    address: Mapped[str] = mapped_column(String(320), primary_key=True)
    key: Mapped[str] = mapped_column(String(200), primary_key=True)
    value: Mapped[str] = mapped_column(Text)


class ThanksRow(Base):
    __tablename__ = "thanks"

    id: Mapped[int] = mapped_column(Number, primary_key=True, autoincrement=True)
    win_id: Mapped[int] = mapped_column(ForeignKey("wins.id", ondelete="CASCADE"), index=True)
    by: Mapped[str] = mapped_column(String(320))
    words: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]


class EditionRow(Base):
    __tablename__ = "editions"

    id: Mapped[int] = mapped_column(Number, primary_key=True, autoincrement=True)
    audience: Mapped[str] = mapped_column(String(100))
    key: Mapped[str] = mapped_column(String(60))
    since: Mapped[datetime]
    until: Mapped[datetime]
    timezone: Mapped[str] = mapped_column(String(60))
    lead: Mapped[int | None] = mapped_column(BigInteger)
    state: Mapped[str] = mapped_column(String(20))
    opening: Mapped[str | None] = mapped_column(Text)
    published_at: Mapped[datetime]

    __table_args__ = (UniqueConstraint("audience", "key", name="uq_editions"),)


class EditionWinRow(Base):
    __tablename__ = "edition_wins"

    audience: Mapped[str] = mapped_column(String(100), primary_key=True)
    win_id: Mapped[int] = mapped_column(ForeignKey("wins.id", ondelete="CASCADE"), primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id", ondelete="CASCADE"), index=True)
    position: Mapped[int] = mapped_column(Integer)


class BodyRow(Base):
    """What the mails of one edition have in common: kept once, not for each of thousands of recipients."""

    __tablename__ = "outbox_bodies"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)


class OutboxRow(Base):
    __tablename__ = "outbox"

    id: Mapped[int] = mapped_column(Number, primary_key=True, autoincrement=True)
    kind: Mapped[str] = mapped_column(String(40))
    cause: Mapped[str] = mapped_column(String(200))
    recipient: Mapped[str] = mapped_column(String(320))
    message_id: Mapped[str] = mapped_column(String(300), unique=True)
    subject: Mapped[str] = mapped_column(Text)
    raw: Mapped[bytes] = mapped_column(LargeBinary)
    body: Mapped[str | None] = mapped_column(ForeignKey("outbox_bodies.sha256"), index=True)
    shared: Mapped[BodyRow | None] = relationship()
    to_customer: Mapped[bool] = mapped_column(Boolean, default=False)
    win_ids: Mapped[list[Any]] = mapped_column(JSON, default=list)
    state: Mapped[str] = mapped_column(String(20))
    attempts: Mapped[int] = mapped_column(Integer, default=0)
    uncertain_times: Mapped[int] = mapped_column(Integer, default=0)
    worker: Mapped[str | None] = mapped_column(String(200))
    lease_until: Mapped[datetime | None]
    created_at: Mapped[datetime]
    next_attempt_at: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    reply: Mapped[str | None] = mapped_column(Text)

    __table_args__ = (
        UniqueConstraint("kind", "cause", "recipient", name="uq_outbox"),
        Index("ix_outbox_due", "state", "next_attempt_at", "id"),
        Index("ix_outbox_recipient", "recipient", "kind", "created_at"),
    )


class UpdateRow(Base):
    __tablename__ = "updates"

    id: Mapped[int] = mapped_column(Number, primary_key=True, autoincrement=True)
    token: Mapped[str] = mapped_column(String(60), unique=True)
    account: Mapped[str] = mapped_column(String(300), index=True)
    since: Mapped[date] = mapped_column(Date)
    until: Mapped[date] = mapped_column(Date)
    drafted_at: Mapped[datetime]
    drafted_for: Mapped[str] = mapped_column(String(320))
    recipient: Mapped[dict[str, Any]]
    subject: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    win_ids: Mapped[list[Any]] = mapped_column(JSON, default=list)
    state: Mapped[str] = mapped_column(String(20))
    sent_at: Mapped[datetime | None]
    sent_text: Mapped[str | None] = mapped_column(Text)
    sent_message_id: Mapped[str | None] = mapped_column(Text)
    plan: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    is_recipient_named: Mapped[bool] = mapped_column(Boolean, default=False)


class ToldRow(Base):
    """The told-ledger: which win was told to which account in which update, when."""

    __tablename__ = "told"

    win_id: Mapped[int] = mapped_column(ForeignKey("wins.id", ondelete="CASCADE"), primary_key=True)
    account: Mapped[str] = mapped_column(String(300), primary_key=True)
    update_id: Mapped[int] = mapped_column(ForeignKey("updates.id", ondelete="CASCADE"))
    told_at: Mapped[datetime]


class ExampleRow(Base):
    """A correction of a kind, kept as an example a person can read and remove."""

    __tablename__ = "examples"

    id: Mapped[int] = mapped_column(Number, primary_key=True, autoincrement=True)
    text: Mapped[str] = mapped_column(Text)
    category: Mapped[str] = mapped_column(String(60))
    win_id: Mapped[int | None] = mapped_column(BigInteger)
    by: Mapped[str] = mapped_column(String(320))
    at: Mapped[datetime]


class SuppressedRow(Base):
    """Addresses that refused for good; nothing is sent there until somebody lifts it."""

    __tablename__ = "suppressed"

    address: Mapped[str] = mapped_column(String(320), primary_key=True)
    reason: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]


class LeaseRow(Base):
    __tablename__ = "leases"

    name: Mapped[str] = mapped_column(String(300), primary_key=True)
    owner: Mapped[str] = mapped_column(String(200))
    until: Mapped[datetime]


class BeatRow(Base):
    __tablename__ = "beats"

    job: Mapped[str] = mapped_column(String(60), primary_key=True)
    at: Mapped[datetime]
    error: Mapped[str | None] = mapped_column(Text)
    ok_at: Mapped[datetime | None]


class MetaRow(Base):
    __tablename__ = "meta"

    key: Mapped[str] = mapped_column(String(200), primary_key=True)
    value: Mapped[str] = mapped_column(Text)
