from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView

from agreements.access import Refused


class StartView(TemplateView):
    template_name = "burlov_trygghet/start.html"


class SearchView(TemplateView):
    template_name = "burlov_trygghet/search.html"


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
    message = exception.message if isinstance(exception, Refused) else "Du får inte göra det här."
    return render(request, "403.html", {"message": message}, status=403)


@login_not_required
def not_found(request, exception=None):
    message = str(exception.args[0]) if isinstance(exception, Http404) and exception.args else ""
    return render(request, "404.html", {"message": message if message.endswith(".") else ""}, status=404)


@login_not_required
def server_error(request):
    return render(request, "500.html", status=500)


def csrf_failure(request, reason=""):
    """The form's token was old or missing."""
    message = "Formuläret var för gammalt. Gå tillbaka, ladda om sidan och försök igen. Det du skrev är inte sparat."
    return render(request, "403.html", {"message": message}, status=403)
