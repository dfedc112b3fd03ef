import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Exists, QuerySet
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView

from accounts.interrupted_forms import keep_form, kept_for
from agreements.access import Capability, Refused, seats_held
from agreements.models import Agreement
from agreements.open_work import has_left_behind, left_behind
from agreements.pages import NoAgreement, chosen_agreement
from agreements.people import invitations_to
from burlov_trygghet.search import SearchForm, search
from burlov_trygghet.start import start_page
from documents.costly import Busy
from documents.swedish_words import counted

OTHERS_SHOWN = 20


class StartView(TemplateView):
    """Läget i dag: what wants me now. Without an agreement or a seat: what to do about that (`first_steps.html`)."""

    template_name = "burlov_trygghet/start.html"

    def get(self, request, *args, **kwargs):
        """Whoever has no seat but is invited to one comes to the invitation."""
        try:
            return super().get(request, *args, **kwargs)
        except NoAgreement:
            if invitations_to(request.user, on=timezone.localdate()).exists():
                return redirect("agreements:invitation_list")
            raise

    def get_context_data(self, **context):
        today = timezone.localdate()
        agreement = self.request.subject = chosen_agreement(
            self.request,
            is_invited=Exists(invitations_to(self.request.user, on=today)),
            has_left_behind=has_left_behind(on=today),
        )
        waits_for_somebody = agreement.has_left_behind and self.request.user.has_perm(Capability.MANAGE, agreement)
        others = other_agreements(self.request.user, agreement)[:OTHERS_SHOWN]
        now = timezone.now()
        return super().get_context_data(
            menu_current="start",
            agreement=agreement,
            other_agreements=others,
            start=start_page(user=self.request.user, agreement=agreement, today=today, now=now),
            today=today,
            is_invited=agreement.is_invited,
            kept_forms=kept_for(self.request),
            left_behind=left_behind(agreement, on=today) if waits_for_somebody and not agreement.is_closed else [],
            submission_key=uuid.uuid4(),
            can_read_report=self.request.user.has_perm("reports.read_report", agreement),
            **context,
        )


def other_agreements(user, agreement: Agreement) -> QuerySet[Agreement]:
    """The rest of those that the person sees; nothing is asked where their seats are all in this one."""
    in_others = any(seat.group.agreement_id != agreement.pk for seat in seats_held(user))
    if not (in_others or user.is_superuser):
        return Agreement.objects.none()
    return Agreement.objects.visible_to(user).exclude(pk=agreement.pk)


class SearchView(TemplateView):
    """Everything I may see, by words."""

    template_name = "burlov_trygghet/search.html"

    def get_context_data(self, **context):
        user = self.request.user
        agreements = list(Agreement.objects.visible_to(user))
        self.request.subject = agreements[0] if agreements else chosen_agreement(self.request)
        form = SearchForm(self.request.GET or None)
        words = form.cleaned_data["q"] if form.is_valid() else ""
        hits = search(user=user, words=words, agreements=agreements) if words else []
        return super().get_context_data(form=form, hits=hits, **context)


@login_not_required
@require_safe
def accessibility(request):
    return render(request, "burlov_trygghet/accessibility.html")


@login_not_required
@require_safe
@never_cache
def alive(request):
    """The process answers."""
    return HttpResponse("ok", content_type="text/plain")


@login_not_required
@require_safe
@never_cache
def ready(request):
    """The database answers and has every migration."""
    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except Exception:
        return HttpResponse("no database", status=503, content_type="text/plain")
    if waiting:
        return HttpResponse("migrations are waiting", status=503, content_type="text/plain")
    return HttpResponse("ok", content_type="text/plain")


def refused(request, exception=None):
    """403: what the person may not do, and who can help."""
    refusal = exception if isinstance(exception, Refused) else Refused("")
    return render(request, "403.html", {"message": refusal.message, "locked": refusal.locked}, status=403)


@login_not_required
def not_found(request, exception=None):
    if isinstance(exception, NoAgreement):
        return render(request, "burlov_trygghet/first_steps.html", status=200 if request.path == "/" else 404)
    message = str(exception.args[0]) if isinstance(exception, Http404) and exception.args else ""
    ours = message.endswith(".") and "matches the given query" not in message
    return render(request, "404.html", {"message": message if ours else ""}, status=404)


@login_not_required
def busy(request, exception: Busy):
    """429 or 503: what cannot be done now, and when to try again. A page that was opened tries again by itself."""
    context = {
        "message": exception.message,
        "seconds": exception.seconds,
        "wait": wait_words(exception.seconds),
        "tries_again": request.method in ("GET", "HEAD"),
    }
    response = render(request, "busy.html", context, status=429 if exception.is_own else 503)
    response.headers["Retry-After"] = str(exception.seconds)
    response.headers["Cache-Control"] = "private, no-store"
    return response


def wait_words(seconds: int) -> str:
    """två sekunder, fem minuter: rounded up."""
    if seconds < 60:
        return counted(seconds, "sekund", "sekunder")
    return counted(-(-seconds // 60), "minut", "minuter")


@login_not_required
def server_error(request):
    return render(request, "500.html", status=500)


def csrf_failure(request, reason=""):
    """The form's token was old or missing: show the form again to who wrote it, with a new token."""
    if answer := keep_form(request):
        return answer
    match = request.resolver_match
    if match is not None and not getattr(match.func, "login_required", True):
        messages.warning(request, "Sidan var för gammal. Försök en gång till.")
        return HttpResponseRedirect(request.path)
    message = (
        "Formuläret var för gammalt och det du skrev är inte sparat. "
        "Gå tillbaka, kopiera det du skrev, ladda om sidan och klistra in det igen."
    )
    return render(request, "403.html", {"message": message}, status=403)
