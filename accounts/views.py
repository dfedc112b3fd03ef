from allauth.account.views import PasswordChangeView, PasswordResetFromKeyView, PasswordResetView
from django.contrib import messages
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse_lazy
from django.utils import timezone
from django.views.generic import FormView, View

from accounts.forms import ThemeForm
from accounts.interrupted_forms import KEPT_FIELD, NOT_WRITTEN, forget, has_page, kept_for, read
from accounts.interrupted_forms import address_of as page_of
from accounts.models import InterruptedForm, User
from accounts.sign_in_limits import (
    OF_RESET_ADDRESS,
    TooManyAttempts,
    address_of,
    count_attempt,
    forget_attempts,
    remember_browser,
)


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

    def form_valid(self, form):
        response = super().form_valid(form)
        remember_browser(self.request, response, self.request.user)
        return response


class PasswordReset(PasswordResetView):
    """The same answer whoever is asked for; too many from one address are asked to wait."""

    def form_valid(self, form):
        try:
            count_attempt([(OF_RESET_ADDRESS, address_of(self.request))])
        except TooManyAttempts as full:
            form.add_error(None, f"För många försök härifrån. Försök igen {full.words}.")
            return self.form_invalid(form)
        return super().form_valid(form)


class PasswordFromLink(PasswordResetFromKeyView):
    """The link of an invitation or of a forgotten password. Opened where somebody else is signed in, it asks first."""

    def logout(self):
        if self.request.method == "POST" and "sign_out" in self.request.POST:
            super().logout()
        else:
            raise SomebodyElseSignedIn

    def dispatch(self, request, *args, **kwargs):
        try:
            response = super().dispatch(request, *args, **kwargs)
        except SomebodyElseSignedIn:
            return render(request, "account/password_link_of_another.html", {"invited": self.reset_user})
        if request.method == "POST" and "sign_out" in request.POST:
            return HttpResponseRedirect(request.path)
        return response

    def form_valid(self, form):
        response = super().form_valid(form)
        forget_attempts(self.request, self.reset_user.email or "")
        return response


class SomebodyElseSignedIn(Exception):
    """A password link was opened by somebody who is signed in as another person."""


class InterruptedFormView(View):
    """What the person wrote that could not be taken in: all of it, or the one that `nr` names. Others' do not exist.

    One without a page of its own is shown here, to be sent again. POST throws one away.
    """

    http_method_names = ["get", "head", "options", "post"]

    def get(self, request):
        if "nr" not in request.GET:
            rows = [(kept, page_of(kept), beginning_of(kept)) for kept in kept_for(request)]
            return render(request, "accounts/interrupted_form_list.html", {"rows": rows})
        kept = self.find(request.GET["nr"])
        if kept is None:
            messages.info(request, "Det finns inget kvar att skicka här. Det som skrevs sparas ett dygn.")
            return HttpResponseRedirect("/")
        request.kept_form = kept
        fields = [(name, value) for name, values in read(kept).lists() for value in values]
        address = f"{kept.path}?{kept.query}" if kept.query else kept.path
        context = {"kept_form": kept, "fields": fields, "written": written_in(kept), "address": address}
        return render(request, "accounts/interrupted_form.html", context)

    def post(self, request):
        if kept := self.find(request.POST.get(KEPT_FIELD, "")):
            address = page_of(kept)
            forget(request, kept)
            messages.success(request, "Det du hade skrivit är borttaget.")
            if has_page(kept.path):
                return HttpResponseRedirect(address)
        return HttpResponseRedirect("/")

    def find(self, number: str) -> InterruptedForm | None:
        is_number = number.isdecimal() and len(number) < 18
        return kept_for(self.request).filter(pk=number).first() if is_number else None


def written_in(kept: InterruptedForm) -> list[str]:
    """What was filled in, without what only the form or its button says."""
    fields = [(name, values) for name, values in read(kept).lists() if name not in NOT_WRITTEN and name[:1] != "_"]
    return [value for _, values in fields for value in values if value.strip()]


def beginning_of(kept: InterruptedForm) -> str:
    """The longest of what was filled in, by which the person knows which form it was."""
    return max(written_in(kept), key=len, default="")
