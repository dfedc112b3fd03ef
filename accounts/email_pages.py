"""The pages of a changed address: asking for one's own, and the link that confirms one."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.db import transaction
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.generic import FormView, View

from accounts.email_changes import EmailChange, ask_for_email_change, confirm_email_change
from accounts.forms import OwnEmailForm


class OwnEmailChange(FormView):
    template_name = "accounts/email_change.html"
    form_class = OwnEmailForm
    success_url = reverse_lazy("account_detail")

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"user": self.request.user}

    @transaction.atomic
    def form_valid(self, form):
        new = form.cleaned_data["email"]
        user = self.request.user
        ask_for_email_change(person=user, new=new, by=user, site_url=self.request.build_absolute_uri("/"))
        messages.success(self.request, f"En länk är skickad till {new}. Adressen ändras när du har öppnat den.")
        return super().form_valid(form)


@method_decorator([login_not_required, never_cache], name="dispatch")
class EmailChangeConfirm(View):
    """Opened from a mailbox, with or without being signed in; the button changes, not the opening."""

    template_name = "accounts/email_change_confirm.html"

    def get(self, request, key):
        try:
            change = EmailChange.read(key)
        except ValidationError as error:
            return render(request, self.template_name, {"reason": " ".join(error.messages)})
        return render(request, self.template_name, {"change": change})

    def post(self, request, key):
        try:
            change = confirm_email_change(key)
        except ValidationError as error:
            return render(request, self.template_name, {"reason": " ".join(error.messages)}, status=410)
        messages.success(request, f"E-postadressen är nu {change.new}.")
        return redirect("start")
