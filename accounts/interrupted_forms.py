"""What somebody sent when their session had ended is kept for them, and shown when they have signed in again.

Every form says in a signed field for whom it was rendered. So it is known whose text it is when no session says so,
when another person has signed in on that browser meanwhile, and when the person signed in again in another tab and the
form's token is of the session before. A form without that field is a stranger's: nothing of it is kept (ADR 30).

Looking at what is kept takes nothing away: a page is reloaded, and left by mistake. It goes when the form has been
taken in, when the person throws it away, and after a day.
"""

import datetime
import re
import zlib

from django.contrib import messages
from django.contrib.auth.middleware import LoginRequiredMiddleware as DjangoLoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.core import signing
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from accounts.models import InterruptedForm, User

FIELD = "written_by"
# Which kept form is sent again.
KEPT_FIELD = "kept_form"
SALT = "accounts.interrupted_forms"
# From Friday's last meeting to Monday morning, and then some.
FORM_SIGNED_FOR = datetime.timedelta(days=5)
KEPT_FOR = datetime.timedelta(days=1)
MOST_KEPT = 20
SESSION_KEY = "has_interrupted_forms"
TOKENS = ("csrfmiddlewaretoken", FIELD, KEPT_FIELD)
# Sent by forms and buttons, written by nobody.
NOT_WRITTEN = {"submission_key", "version", "digest", "tillbaka", "state", "was", "until", "question", "answer"}
SECRET = re.compile("password", re.IGNORECASE)


class LoginRequiredMiddleware(DjangoLoginRequiredMiddleware):
    """Everybody signs in; public pages opt out by name. A form sent too late is kept for who wrote it."""

    def process_view(self, request, view_func, view_args, view_kwargs):
        # Who asks is not looked up for what is public: a calendar's answer touches no session and varies by no cookie.
        if not getattr(view_func, "login_required", True):
            return None
        return super().process_view(request, view_func, view_args, view_kwargs)

    def handle_no_permission(self, request, view_func):
        if request.method != "POST":
            return super().handle_no_permission(request, view_func)
        return keep_form(request) or redirect_to_login(came_from(request))

    def process_response(self, request, response):
        """A form that is taken in leads on to another page: what was kept of it is no longer needed."""
        is_taken_in = request.method == "POST" and response.status_code == 302 and not hasattr(request, "is_kept")
        if is_taken_in and request.user.is_authenticated:
            forget_sent(request)
        return response


def sign_form(user: User) -> str:
    """Return what a form says about for whom it was rendered, and when."""
    return signing.TimestampSigner(salt=SALT).sign(str(user.pk))


def writer_of(request: HttpRequest) -> User | None:
    """Return the person for whom the form that was sent had been rendered; None for a stranger's or a very old one."""
    try:
        key = signing.TimestampSigner(salt=SALT).unsign(request.POST.get(FIELD, ""), max_age=FORM_SIGNED_FOR)
    except signing.BadSignature:
        return None
    return User.objects.filter(pk=key, is_active=True).first()


def keep_form(request: HttpRequest) -> HttpResponse | None:
    """Keep a form that cannot be taken in as it was sent; return where to go, or None for one that nobody wrote."""
    writer = writer_of(request)
    if writer is None:
        return None
    is_signed_in = request.user.is_authenticated
    if not has_writing(request):
        if is_signed_in:
            messages.warning(request, "Sidan var för gammal, så ingenting hände. Försök en gång till.")
            return go(request, came_from(request))
        return None
    kept = keep(request, writer)
    if is_signed_in and request.user != writer:
        return render(request, "accounts/kept_for_another.html", status=403)
    if is_signed_in:
        request.session[SESSION_KEY] = True
        return go(request, address_of(kept))
    messages.info(request, "Du har loggats ut. Det du skrev finns kvar när du har loggat in igen.")
    return redirect_to_login(address_of(kept))


def go(request: HttpRequest, address: str) -> HttpResponse:
    """Send the whole page on, also from a small form that htmx has sent."""
    if request.headers.get("HX-Request"):
        return HttpResponse(status=200, headers={"HX-Redirect": address})
    return HttpResponseRedirect(address)


def has_writing(request: HttpRequest) -> bool:
    """Whether something was filled in that can be kept. A button says nothing, and a password is never kept."""
    names = [name for name in request.POST if name not in (*TOKENS, *NOT_WRITTEN)]
    if any(SECRET.search(name) for name in names):
        return False
    return any(value.strip() for name in names for value in request.POST.getlist(name)) or bool(request.FILES)


def keep(request: HttpRequest, writer: User) -> InterruptedForm:
    """Keep it compressed, whatever its length: a request is never longer than DATA_UPLOAD_MAX_MEMORY_SIZE."""
    forget_old_forms()
    forget_same(request, writer)
    written = request.POST.copy()
    for name in TOKENS:
        written.pop(name, None)
    kept = InterruptedForm.objects.create(
        written_by=writer,
        path=request.path,
        query=request.META.get("QUERY_STRING", ""),
        # Not `request.body`: it cannot be read once a form with files has been.
        content=zlib.compress(written.urlencode().encode()),
        file_names=[file.name for files in request.FILES.lists() for file in files[1]],
    )
    request.is_kept = True
    beyond = writer.interrupted_forms.values_list("pk", flat=True)[MOST_KEPT:]
    InterruptedForm.objects.filter(pk__in=list(beyond)).delete()
    return kept


def forget_old_forms() -> None:
    InterruptedForm.objects.filter(sent_at__lt=timezone.now() - KEPT_FOR).delete()


def address_of(kept: InterruptedForm) -> str:
    """Return where the form is shown again: on its own page, or on one that shows what was written and sends it."""
    if has_page(kept.path):
        return f"{kept.path}?{kept.query}" if kept.query else kept.path
    return f"{reverse('interrupted_form')}?nr={kept.pk}"


def has_page(path: str) -> bool:
    """Whether the form's own address shows it, filled in (FormPage)."""
    try:
        match = resolve(path)
    except Resolver404:
        return False
    return getattr(getattr(match.func, "view_class", None), "keeps_interrupted", False)


def came_from(request: HttpRequest) -> str:
    """Return the page that a form was sent from, if it is one of ours; else the start page."""
    referer = request.headers.get("Referer", "")
    if url_has_allowed_host_and_scheme(referer, {request.get_host()}, require_https=request.is_secure()):
        return referer.split(request.get_host(), 1)[-1] or "/"
    return "/"


def forms_kept_for(user: User):
    """The person's own forms whose time is not out, the newest first."""
    return user.interrupted_forms.filter(sent_at__gte=timezone.now() - KEPT_FOR)


def note_kept_forms(sender, request, user, **kwargs) -> None:
    """Receiver: remember at sign-in that something is kept, so that pages need not ask the database each time."""
    forget_old_forms()
    if user.interrupted_forms.exists():
        request.session[SESSION_KEY] = True


def kept_for(request: HttpRequest) -> QuerySet[InterruptedForm]:
    """What is kept for who is signed in; nothing is asked where nothing was kept when they signed in."""
    return forms_kept_for(request.user) if request.session.get(SESSION_KEY) else InterruptedForm.objects.none()


def kept_here(request: HttpRequest) -> InterruptedForm | None:
    """Return what the person was writing on this page when their session ended, the newest; None if nothing was."""
    return kept_for(request).filter(path=request.path).first()


def forget_same(request: HttpRequest, writer: User) -> None:
    """Forget what was kept before of the form that is sent now: the one it was shown from, or an earlier try."""
    number, key = request.POST.get(KEPT_FIELD, ""), request.POST.get("submission_key")
    for kept in writer.interrupted_forms.filter(path=request.path):
        if str(kept.pk) == number or (key and read(kept).get("submission_key") == key):
            kept.delete()


def forget_sent(request: HttpRequest) -> None:
    """Forget what was kept of the form that has been taken in."""
    if request.session.get(SESSION_KEY):
        forget_same(request, request.user)
        note_what_is_left(request)


def forget(request: HttpRequest, kept: InterruptedForm) -> None:
    """Throw away what the person does not want to send."""
    kept.delete()
    note_what_is_left(request)


def note_what_is_left(request: HttpRequest) -> None:
    if not forms_kept_for(request.user).exists():
        del request.session[SESSION_KEY]


def read(kept: InterruptedForm) -> QueryDict:
    return QueryDict(zlib.decompress(kept.content))
