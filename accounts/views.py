from allauth.account.views import PasswordChangeView
from django.contrib import messages
from django.http import Http404
from django.urls import reverse_lazy
from django.utils import timezone
from django.views.generic import FormView

from accounts.forms import ThemeForm
from accounts.models import User


class AccountDetail(FormView):
    """One's own page: who I am here, which seats I have, and how the portal looks to me."""

    template_name = "accounts/account_detail.html"
    form_class = ThemeForm
    success_url = reverse_lazy("account_detail")

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"instance": self.request.user}

    def form_valid(self, form):
        # Not form.save(): how it looks is no part of a person's history.
        User.objects.filter(pk=self.request.user.pk).update(theme=form.cleaned_data["theme"])
        messages.success(self.request, "Utseendet är sparat.")
        return super().form_valid(form)

    def get_context_data(self, **context):
        user = self.request.user
        held = user.memberships.held(on=timezone.localdate())
        seats = held.select_related("seat__group__agreement", "seat__organisation")
        return super().get_context_data(**{"memberships": seats} | context)


class PasswordChange(PasswordChangeView):
    success_url = reverse_lazy("account_detail")

    def dispatch(self, request, *args, **kwargs):
        if not request.user.has_usable_password():
            raise Http404("Du har inget lösenord att byta.")
        return super().dispatch(request, *args, **kwargs)

    def get_default_success_url(self):
        return self.success_url
