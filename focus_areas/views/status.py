from django.utils.http import url_has_allowed_host_and_scheme

from accounts.forms import plain_label
from accounts.models import Submission
from agreements.pages import ActionPage, Difference, TwoVersionsPage, in_words, key_of_form
from focus_areas.access import Capability
from focus_areas.forms.status import StatusUpdateForm
from focus_areas.models import Activity
from focus_areas.operations import report_status, report_unchanged


class BackToStartMixin:
    """After a report from the start page, the start page again; else the activity."""

    def get_success_url(self):
        back = self.request.POST.get("tillbaka", "")
        if url_has_allowed_host_and_scheme(back, allowed_hosts=None):
            return back
        return self.subject.get_absolute_url()


class StatusCreateView(BackToStartMixin, TwoVersionsPage):
    subject_model = Activity
    capability = Capability.REPORT_STATUS
    form_class = StatusUpdateForm
    template_name = "focus_areas/statusupdate_form.html"
    heading = "Skriv lägesrapport"
    submit_label = "Spara lägesrapport"
    success_message = "Lägesrapporten är sparad."
    kept_message = "Den sparade lägesrapporten gäller. Din är inte sparad."

    def get_subjects(self):
        return super().get_subjects().select_related("focus_area__agreement")

    def get_form_kwargs(self):
        kwargs = super().get_form_kwargs()
        kwargs.pop("prefix", None)
        latest = self.subject.status_updates.newest_first().select_related("created_by").first()
        return kwargs | {"activity": self.subject, "latest": latest}

    def receive(self, request):
        return self.answer_choice() or super().receive(request)

    def form_valid(self, form):
        already = Submission.objects.has_received(key=key_of_form(self.request))
        if form.is_behind and not already and self.request.POST.get("conflict_choice") != "replace":
            return self.show_both(form)
        return super().form_valid(form)

    def show_both(self, form):
        """A colleague reported in the meantime: both reports, to choose from."""
        theirs = form.latest
        differences = [
            Difference(
                plain_label(form.fields[name]),
                in_words(form, name, getattr(theirs, name)),
                in_words(form, name, form.cleaned_data.get(name)),
            )
            for name in form.fields
            if name != "previous"
        ]
        return self.show_versions(
            differences,
            what=f"en lägesrapport för {self.subject.title}",
            saved_by=theirs.created_by,
            saved_at=theirs.created_at,
            version="",
            written_from=((form.add_prefix("previous"), theirs.pk),),
        )

    def perform(self, form):
        report_status(update=form.instance, by=self.request.user)


class StatusUnchangedView(BackToStartMixin, ActionPage):
    subject_model = Activity
    capability = Capability.REPORT_STATUS

    def perform(self):
        report_unchanged(activity=self.subject, by=self.request.user)
        return f"Läget för {self.subject.title} är bekräftat i dag."
