"""The one way out for mail that the portal sends by itself: who it is to, and what to do when the server hangs up.

Such mail says that a machine wrote it (RFC 3834), so that no out-of-office answer comes back. Where it may be answered
it names who answers.
"""

import smtplib
from collections.abc import Mapping
from contextlib import suppress
from types import TracebackType
from typing import Any

from django.core.mail import EmailMessage, get_connection
from django.template.loader import render_to_string

# The second is Exchange's own word for the same; it does not read the first.
MACHINE_HEADERS = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "OOF, AutoReply"}

# What the server answers about one mail, not about itself.
ABOUT_THE_MAIL = (
    smtplib.SMTPRecipientsRefused,
    smtplib.SMTPSenderRefused,
    smtplib.SMTPDataError,
    smtplib.SMTPNotSupportedError,
    ValueError,
)
TRY_LATER = 421


class NotSent(Exception):
    """The mail was not taken: for its address (`is_address`), or because the server is not there (`is_gone`)."""

    def __init__(self, *, is_address: bool = False, is_gone: bool = False):
        super().__init__("not sent")
        self.is_address = is_address
        self.is_gone = is_gone


# The templates of a mail's subject and body.
Templates = tuple[str, str]


def write_mail(
    templates: Templates, context: Mapping[str, Any], *, to: str, reply_to: str | None = None
) -> EmailMessage:
    """A mail of the templates to one address; the subject on one line."""
    subject, body = templates
    return EmailMessage(
        " ".join(render_to_string(subject, context).split()),
        render_to_string(body, context),
        to=[to],
        reply_to=[reply_to] if reply_to else [],
        headers=MACHINE_HEADERS,
    )


class MailRound:
    """One call to the mail server for several mails: `with MailRound() as mails: mails.send(mail)`.

    A server that takes only so many mails in a call hangs up between two of them: then it is called again, once for
    that mail. One that cannot be called at all is not waited for again in this round.
    """

    def __init__(self):
        self.connection = get_connection()
        self.taken = 0
        self.is_gone = False

    def __enter__(self) -> "MailRound":
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.hang_up()

    def send(self, mail: EmailMessage) -> None:
        """Send one mail.

        Raises:
            NotSent: the server did not take it.
        """
        was_used = self.taken > 0
        try:
            self.try_to_send(mail)
        except (OSError, ValueError) as error:
            self.hang_up()
            if not (was_used and has_hung_up(error)):
                raise self.why(error) from error
            try:
                self.try_to_send(mail)
            except (OSError, ValueError) as again:
                self.hang_up()
                raise self.why(again) from again
        self.taken += 1

    def try_to_send(self, mail: EmailMessage) -> None:
        if self.is_gone:
            raise ConnectionError("the mail server did not answer before")
        self.connection.open()
        mail.connection = self.connection
        mail.send()

    def why(self, error: Exception) -> NotSent:
        self.is_gone = self.is_gone or not isinstance(error, ABOUT_THE_MAIL)
        is_address = isinstance(error, smtplib.SMTPRecipientsRefused | ValueError)
        return NotSent(is_address=is_address, is_gone=self.is_gone)

    def hang_up(self) -> None:
        self.taken = 0
        with suppress(OSError):
            self.connection.close()


def has_hung_up(error: Exception) -> bool:
    """Whether the server ended the call, rather than answered about the mail."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return bool(error.recipients) and all(code == TRY_LATER for code, _ in error.recipients.values())
    if isinstance(error, smtplib.SMTPResponseException):
        return error.smtp_code == TRY_LATER
    return isinstance(error, OSError)


def send_mail(mail: EmailMessage) -> None:
    """Send one mail in a call of its own.

    Raises:
        NotSent: the server did not take it.
    """
    with MailRound() as mails:
        mails.send(mail)
