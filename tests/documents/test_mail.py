"""Mail against a real SMTP server on this machine, with the habits that real ones have."""

import smtplib
import socket
from collections import Counter
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from django.conf import settings

from documents.mail import MailRound, NotSent, has_hung_up, send_mail, write_mail

HOST = "127.0.0.1"
INVITATION = ("emails/invitation_subject.txt", "emails/invitation_body.txt")
OURS = ("accounts", "agreements", "burlov_trygghet", "documents", "focus_areas", "meetings", "privacy", "reports")


class Server:
    """An SMTP server that takes `limit` mails in a call, and does not know addresses with ”okand” in them."""

    def __init__(self, *, limit: int | None = None, politely: bool = True):
        self.limit = limit
        self.politely = politely
        self.received: list[str] = []
        self.calls = Counter()

    async def handle_MAIL(self, server, session, envelope, address, options):
        if self.limit is not None and self.calls[id(session)] >= self.limit:
            if not self.politely:
                server.transport.abort()
            return "421 4.7.0 Too many messages in this session"
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        if "okand" in address:
            return "550 5.1.1 No such user"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.calls[id(session)] += 1
        self.received += envelope.rcpt_tos
        self.last = envelope.content.decode("utf-8")
        return "250 OK"


@pytest.fixture
def run_server(settings, socket_enabled):
    """Start a server on a free port and let Django send there."""
    controllers = []

    def run(**habits) -> Server:
        handler = Server(**habits)
        with socket.socket() as found:
            found.bind((HOST, 0))
            port = found.getsockname()[1]
        controller = Controller(handler, hostname=HOST, port=port)
        controller.start()
        controllers.append(controller)
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = HOST, port
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        return handler

    yield run
    for controller in controllers:
        controller.stop()


class Person:
    full_name = "Maja Lind"


def mail_to(address: str):
    context = {"person": Person, "by": Person, "link": "https://trygghet.example/", "days": "tre", "portal_name": "T"}
    return write_mail(
        ("emails/invitation_subject.txt", "emails/invitation_body.txt"),
        context,
        to=address,
        reply_to="samordnaren@burlov.example",
    )


def send_to(addresses: list[str]) -> list[str]:
    """Send to each in one round; return who was not reached."""
    not_reached = []
    with MailRound() as mails:
        for address in addresses:
            try:
                mails.send(mail_to(address))
            except NotSent:
                not_reached.append(address)
    return not_reached


SIX = [f"person{number}@burlov.example" for number in range(6)]


@pytest.mark.parametrize("politely", [True, False], ids=["421", "hangs up"])
@pytest.mark.parametrize("limit", [1, 2, 5])
def test_server_that_takes_a_few_mails_in_a_call_is_called_again(run_server, limit, politely):
    server = run_server(limit=limit, politely=politely)

    not_reached = send_to(SIX)

    assert not_reached == []
    assert server.received == SIX


def test_refused_address_does_not_stop_the_others(run_server):
    server = run_server(limit=2)

    not_reached = send_to([SIX[0], "okand@burlov.example", *SIX[1:]])

    assert not_reached == ["okand@burlov.example"]
    assert server.received == SIX


def test_mail_says_that_a_machine_wrote_it_and_who_answers(run_server):
    server = run_server()

    send_mail(mail_to(SIX[0]))

    assert "Auto-Submitted: auto-generated" in server.last
    assert "X-Auto-Response-Suppress: OOF, AutoReply" in server.last
    assert "Reply-To: samordnaren@burlov.example" in server.last


def test_server_that_takes_none_is_told_apart_from_a_refused_address(run_server):
    run_server(limit=0)

    with pytest.raises(NotSent) as refused:
        send_mail(mail_to(SIX[0]))
    with pytest.raises(NotSent) as unknown:
        send_mail(mail_to("okand@burlov.example"))

    assert (refused.value.is_address, unknown.value.is_address) == (False, False)


def test_address_that_is_none_is_the_address_own_fault(run_server):
    run_server()

    with pytest.raises(NotSent) as refused:
        send_mail(mail_to("okand@burlov.example"))

    assert (refused.value.is_address, refused.value.is_gone) == (True, False)


def test_server_that_is_not_there_is_waited_for_once(settings, monkeypatch):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = HOST, 25
    calls = []

    def nobody_answers(*args, **kwargs):
        calls.append(args)
        raise TimeoutError

    monkeypatch.setattr(smtplib.SMTP, "connect", nobody_answers)

    assert send_to(SIX) == SIX
    assert len(calls) == 1


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (smtplib.SMTPServerDisconnected(), True),
        (ConnectionResetError(), True),
        (smtplib.SMTPSenderRefused(421, b"", ""), True),
        (smtplib.SMTPSenderRefused(550, b"", ""), False),
        (smtplib.SMTPRecipientsRefused({"a": (421, b"")}), True),
        (smtplib.SMTPRecipientsRefused({"a": (550, b"")}), False),
        (ValueError(), False),
    ],
)
def test_hanging_up_is_told_from_an_answer(error, expected):
    assert has_hung_up(error) is expected


def test_there_is_no_other_way_out():
    root = Path(settings.BASE_DIR)
    ours = (path for folder in OURS for path in (root / folder).rglob("*.py"))

    assert [str(path.relative_to(root)) for path in ours if "django.core.mail" in path.read_text(encoding="utf-8")] == [
        "documents/mail.py"
    ]
