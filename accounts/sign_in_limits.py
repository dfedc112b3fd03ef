"""How often a password may be tried, and from where: guessing is slow, and no stranger can shut anybody out.

An attempt is counted before the password is looked at, so that many at once are counted too. From a browser that the
person has signed in with before, their attempts are counted by the browser alone: what strangers do elsewhere does not
matter there. Otherwise they are counted by address together with account, and by address over all accounts. There is
no count over all addresses: that would let strangers shut out whoever sits at a new computer (ADR 30 has the figures).
"""

import datetime
import ipaddress
from collections.abc import Iterable
from dataclasses import dataclass

from django.core import signing
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import get_random_string, salted_hmac

from accounts.models import AttemptCount, User

KNOWN_BROWSER_COOKIE = "known_browser"
KNOWN_FOR = datetime.timedelta(days=365)
# People who share a computer; whoever signed in longest ago gives room.
MOST_KNOWN_PEOPLE = 5
SALT = "accounts.known_browser"
# An IPv6 subscriber has a network of addresses, not one.
IPV6_NETWORK = 64


@dataclass(frozen=True)
class AttemptLimit:
    """So many attempts freely; then a wait that doubles each time, from `first_wait` to `longest_wait`."""

    name: str
    free: int
    first_wait: datetime.timedelta
    longest_wait: datetime.timedelta
    forgotten_after: datetime.timedelta

    def wait_after(self, count: int) -> datetime.timedelta:
        """Return how long to wait after that many failed attempts in a row."""
        if count < self.free:
            return datetime.timedelta(0)
        # Bounded before it is raised: a thousandth doubling is no timedelta.
        doublings = min(count - self.free, 20)
        return min(self.first_wait * 2**doublings, self.longest_wait)


MINUTE, HOUR, DAY = (datetime.timedelta(**{unit: 1}) for unit in ("minutes", "hours", "days"))
OF_ACCOUNT = AttemptLimit("account", free=5, first_wait=MINUTE, longest_wait=17 * HOUR, forgotten_after=DAY)
OF_ADDRESS = AttemptLimit("address", free=50, first_wait=MINUTE, longest_wait=HOUR, forgotten_after=2 * HOUR)
OF_RESET_ADDRESS = AttemptLimit("reset", free=20, first_wait=MINUTE, longest_wait=HOUR, forgotten_after=2 * HOUR)
OF_RESET_MAILS = AttemptLimit("reset-mail", free=10, first_wait=DAY, longest_wait=DAY, forgotten_after=DAY)
OF_OLD_PASSWORD = AttemptLimit("old-password", free=5, first_wait=MINUTE, longest_wait=HOUR, forgotten_after=2 * HOUR)


class TooManyAttempts(Exception):
    """Nothing was tried; `until` is when it can be."""

    def __init__(self, until: datetime.datetime):
        super().__init__(until)
        self.until = until

    @property
    def words(self) -> str:
        """When to try again, on a whole minute that is not too early."""
        moment = timezone.localtime(self.until + datetime.timedelta(seconds=59))
        day = "i morgon " if moment.date() > timezone.localdate() else ""
        return f"{day}kl. {moment:%H.%M}"


@dataclass(frozen=True)
class CountedAttempt:
    """An attempt that has been let through and counted as failed until it is known to be right."""

    keys: tuple[tuple[AttemptLimit, str], ...]

    def was_right(self) -> None:
        """Forget the account's failures; of the address only this attempt, lest an own account wash off the rest."""
        with transaction.atomic():
            for limit, key in self.keys:
                if limit is OF_ADDRESS:
                    AttemptCount.objects.take_back(key)
                else:
                    AttemptCount.objects.filter(key=key).delete()


def count_attempt(limits: Iterable[tuple[AttemptLimit, str]]) -> CountedAttempt:
    """Count one attempt for each limit and what it is about. Raise TooManyAttempts, and count none, if one is full."""
    now = timezone.now()
    keys = tuple((limit, hidden(limit, of)) for limit, of in limits)
    with transaction.atomic():
        rows = [(limit, AttemptCount.objects.locked(key)) for limit, key in keys]
        for limit, row in rows:
            if now - row.last_at >= limit.forgotten_after:
                row.count = 0
        waits = [row.last_at + wait for limit, row in rows if (wait := limit.wait_after(row.count))]
        if waits and (until := max(waits)) > now:
            raise TooManyAttempts(until)
        for _, row in rows:
            row.count, row.last_at = row.count + 1, now
            row.save()
        AttemptCount.objects.filter(last_at__lt=now - DAY).delete()
    return CountedAttempt(keys)


def count_sign_in(request: HttpRequest, email: str) -> CountedAttempt:
    email = email.strip().lower()
    if browser := known_browser_of(request, email):
        return count_attempt([(OF_ACCOUNT, f"{browser} {email}")])
    address = address_of(request)
    return count_attempt([(OF_ACCOUNT, f"{address} {email}"), (OF_ADDRESS, address)])


def forget_attempts(request: HttpRequest, email: str) -> None:
    """Whoever chose a new password by a link from their own mailbox starts anew, at their own address."""
    of = f"{address_of(request)} {email.strip().lower()}"
    AttemptCount.objects.filter(key=hidden(OF_ACCOUNT, of)).delete()


def hidden(limit: AttemptLimit, of: str) -> str:
    """Return the key of a row: neither addresses nor e-mail addresses are kept."""
    return salted_hmac("accounts.attempts", f"{limit.name} {of}", algorithm="sha256").hexdigest()


def address_of(request: HttpRequest) -> str:
    """Return whom to count by: the address, or the network of an IPv6 subscriber."""
    from allauth.account.adapter import get_adapter

    text = get_adapter().get_client_ip(request)
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return text
    if address.version == 4:
        return str(address)
    return str(address.ipv4_mapped or ipaddress.ip_network((address, IPV6_NETWORK), strict=False))


# --- Browsers that a person has signed in with before ---


def known_browser_of(request: HttpRequest, email: str) -> str:
    """Return the browser's name for that person; empty when they have not signed in with it and today's password."""
    browsers = read_known_browsers(request)
    person = User.objects.filter(email__iexact=email).first() if browsers else None
    for key, name, proof in browsers:
        if person is not None and key == person.pk and proof == proof_of(person):
            return name
    return ""


def read_known_browsers(request: HttpRequest) -> list:
    try:
        return signing.loads(request.COOKIES.get(KNOWN_BROWSER_COOKIE, ""), salt=SALT, max_age=KNOWN_FOR)
    except signing.BadSignature:
        return []


def proof_of(person: User) -> str:
    """Changed with the password: a browser known to a thief is not known any more."""
    return salted_hmac(SALT, person.password, algorithm="sha256").hexdigest()[:16]


def remember_browser(request: HttpRequest, response: HttpResponse, person: User) -> None:
    others = [entry for entry in read_known_browsers(request) if entry[0] != person.pk]
    entries = [[person.pk, get_random_string(12), proof_of(person)], *others][:MOST_KNOWN_PEOPLE]
    response.set_cookie(
        KNOWN_BROWSER_COOKIE,
        signing.dumps(entries, salt=SALT),
        max_age=KNOWN_FOR,
        httponly=True,
        secure=request.is_secure(),
        samesite="Lax",
    )
