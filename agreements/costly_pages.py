"""Pages that cost much: how many at once, and files that are made in a queue where there is a worker (ADR 36)."""

import datetime
import logging
import uuid
from functools import partial

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import resolve
from django.utils import timezone
from django.utils.http import content_disposition_header
from django_tasks import task

from documents.costly import Busy, costly_work
from documents.models import PreparedFile
from privacy.leaving import PersonalDataLeaving

logger = logging.getLogger("agreements")

PATIENCE_WITH_FORMS = 5
MOST_ON_THEIR_WAY = 3
MOST_OF_ALL = 60
UNEXPECTED = "Filen kunde inte göras. Försök igen. Händer det på nytt, hör av dig till den som sköter portalen."
INTERRUPTED = "Arbetet med filen avbröts. Försök igen."
NOT_YOURS = "Filen kan inte göras: det den handlar om är borttaget, eller så får du inte läsa det längre."


class CostlyMixin:
    """A page that one person has one of at a time, and that few have at once where it is `alone`.

    Who opens a page is told when to try again; who sends a form waits for a while, so that it need not be sent twice.
    """

    alone = True

    def dispatch(self, request, *args, **kwargs):
        patience = PATIENCE_WITH_FORMS if request.method == "POST" else 0
        with costly_work(f"person-{request.user.pk}", patience=patience, alone=self.alone):
            response = super().dispatch(request, *args, **kwargs)
            if hasattr(response, "render"):
                response.render()
            return response


class CostlyFileMixin:
    """A file that takes long to make: in the request, one at a time, or by a worker where BACKGROUND_WORK is on.

    With a worker the first request puts it in the queue and leads to the same address with the order's key in it, which
    shows how far it has come, and then is the file. Whether the person may have it is asked each time.
    """

    http_method_names = ["get", "head", "options"]
    content_type = "application/pdf"
    as_attachment = True

    def make(self) -> bytes:
        """Make the file; raise PersonalDataLeaving where it may not leave the portal."""
        raise NotImplementedError

    def get_file_name(self) -> str:
        raise NotImplementedError

    def get_refused_url(self) -> str:
        """Where to go when the file cannot be made; the reason stands there as a message."""
        return self.subject.get_absolute_url()

    def lead_elsewhere(self) -> HttpResponse | None:
        """An answer in place of the file, where there is none to be made."""
        return None

    def get(self, request, *args, **kwargs):
        if elsewhere := self.lead_elsewhere():
            return elsewhere
        if settings.BACKGROUND_WORK:
            return self.answer_from_queue()
        try:
            with costly_work(f"person-{request.user.pk}"):
                content = self.make()
        except PersonalDataLeaving as error:
            return self.refuse(error.message)
        return self.hand_out(content)

    def refuse(self, reason: str) -> HttpResponse:
        messages.error(self.request, reason)
        return go(self.get_refused_url(), by_script=self.is_asked_by_script)

    def hand_out(self, content: bytes) -> HttpResponse:
        logger.info("%s, %s bytes", self.request.path, len(content))
        name = self.get_file_name()
        return HttpResponse(
            content,
            content_type=self.content_type,
            headers={
                "Content-Disposition": content_disposition_header(as_attachment=self.as_attachment, filename=name),
                "Cache-Control": "private, no-store",
            },
        )

    @property
    def is_asked_by_script(self) -> bool:
        return "HX-Request" in self.request.headers

    def answer_from_queue(self) -> HttpResponse:
        address = address_of(self.request)
        ordered = PreparedFile.objects.filter(owner=self.request.user, address=address)
        key = key_of(self.request)
        prepared = ordered.filter(pk=key).first() if key else None
        if prepared is None:
            prepared = order_file(owner=self.request.user, address=address)
            return go(with_key(address, prepared), by_script=self.is_asked_by_script)
        if prepared.has_failed:
            prepared.delete()
            return self.refuse(prepared.error)
        is_fetched = not self.is_asked_by_script
        if prepared.is_done and is_fetched:
            return self.hand_out(bytes(prepared.content))
        if prepared.is_done and "hamta" in self.request.GET:
            return go(with_key(address, prepared), by_script=True)
        before = PreparedFile.objects.unfinished().filter(asked_at__lt=prepared.asked_at).count()
        context = {
            "prepared": prepared,
            "before": before,
            "address": with_key(address, prepared),
            "back": self.get_refused_url(),
        }
        return render(self.request, "agreements/file_wait.html", context)


def go(address: str, *, by_script: bool) -> HttpResponse:
    return HttpResponse(headers={"HX-Redirect": address}) if by_script else HttpResponseRedirect(address)


def address_of(request: HttpRequest) -> str:
    """Path and query of the file, without what says how far it has come."""
    asked = request.GET.copy()
    for name in ("fil", "hamta"):
        asked.pop(name, None)
    return f"{request.path}?{asked.urlencode()}" if asked else request.path


def key_of(request: HttpRequest) -> uuid.UUID | None:
    """The order that the address names."""
    try:
        return uuid.UUID(request.GET.get("fil", ""))
    except ValueError:
        return None


def with_key(address: str, prepared: PreparedFile) -> str:
    return f"{address}{'&' if '?' in address else '?'}fil={prepared.pk}"


def order_file(*, owner, address: str) -> PreparedFile:
    """Put the file in the queue, or join the person's order for the same one.

    Raises:
        Busy: the person has several on their way, has had their share, or the queue is long.
    """
    now = timezone.now()
    PreparedFile.objects.outdated(now=now).delete()
    mine = PreparedFile.objects.filter(owner=owner)
    if joined := mine.unfinished().filter(address=address).first():
        return joined
    most, seconds = settings.COSTLY_SHARE
    if mine.unfinished().count() >= MOST_ON_THEIR_WAY:
        raise Busy("Du har redan bett om flera filer. De görs klara först.", seconds=10, is_own=True)
    if mine.filter(asked_at__gt=now - datetime.timedelta(seconds=seconds)).count() >= most:
        raise Busy("Du har bett om många filer på kort stund.", seconds=60, is_own=True)
    if PreparedFile.objects.unfinished().count() >= MOST_OF_ALL:
        raise Busy("Många har bett om filer just nu.", seconds=30, is_own=False)
    try:
        with transaction.atomic():
            prepared = PreparedFile.objects.create(owner=owner, address=address, asked_at=now)
            transaction.on_commit(partial(prepare_file.enqueue, str(prepared.pk)))
    except IntegrityError:
        # Asked for twice in the same instant.
        return mine.unfinished().get(address=address)
    return prepared


@task()
def prepare_file(key: str) -> None:
    """Make a file that a person has asked for; run twice, it is made once."""
    order = PreparedFile.objects.filter(pk=key, state=PreparedFile.State.WAITING)
    if not order.update(state=PreparedFile.State.WORKING, started_at=timezone.now()):
        return
    prepared = PreparedFile.objects.select_related("owner").get(pk=key)
    try:
        content = view_of(prepared).make()
    except (PersonalDataLeaving, ValidationError) as error:
        finish(prepared, error=" ".join(error.messages))
    except (Http404, PermissionDenied, ObjectDoesNotExist):
        finish(prepared, error=NOT_YOURS)
    except Exception:
        logger.exception("%s failed", prepared.address)
        finish(prepared, error=UNEXPECTED)
    except BaseException:
        # The process is told to stop.
        finish(prepared, error=INTERRUPTED)
        raise
    else:
        finish(prepared, content=content)


def view_of(prepared: PreparedFile) -> CostlyFileMixin:
    """The page that hands the file out, as its owner would open it now; asks anew whether they may."""
    path, _, query = prepared.address.partition("?")
    match = resolve(path)
    request = HttpRequest()
    request.method, request.path, request.user = "GET", path, prepared.owner
    request.GET, request.resolver_match = QueryDict(query), match
    view = match.func.view_class(**match.func.view_initkwargs)
    view.setup(request, *match.args, **match.kwargs)
    return view


def finish(prepared: PreparedFile, *, content: bytes | None = None, error: str = "") -> None:
    state = PreparedFile.State.FAILED if error else PreparedFile.State.DONE
    PreparedFile.objects.filter(pk=prepared.pk).update(
        state=state, content=content, error=error, finished_at=timezone.now()
    )
