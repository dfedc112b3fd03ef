from django.db.models import Max
from django.utils import timezone
from django.views.generic import DetailView

from agreements.access import Refused
from agreements.models import Agreement
from agreements.pages import ActionPage, EditPage, FormPage, SubjectMixin
from documents.swedish_words import counted, upper_first
from focus_areas.access import Capability
from focus_areas.forms.planning import FocusAreaForm
from focus_areas.goal_charts import charts_of
from focus_areas.models import Activity, FocusArea
from focus_areas.operations.focus_areas import remove_focus_area
from focus_areas.progress import goal_progress
from focus_areas.red_thread import read_thread


class FocusAreaDetailView(SubjectMixin, DetailView):
    subject_model = FocusArea

    def get_subjects(self):
        return super().get_subjects().select_related("agreement__municipality")

    def get_object(self, queryset=None):
        return self.subject

    def get_context_data(self, **context):
        today = timezone.localdate()
        activities = list(
            self.subject.activities.select_related("focus_area__agreement")
            .with_actors()
            .with_commitments(on=today)
            .with_latest_update()
            .in_order()
        )
        is_open = not self.subject.agreement.is_closed
        thread = read_thread(self.subject, today=today, reader=self.request.user)
        return super().get_context_data(
            menu_current="plan",
            today=today,
            thread=thread,
            gaps_in_words=upper_first(f"{counted(len(thread.gaps), 'länk', 'länkar')} saknas"),
            first_gap=thread.first_to_mend,
            activities=activities,
            on_plan=sum(activity.assessment == Activity.Assessment.GREEN for activity in activities),
            charts=charts_of(self.subject.goals.all()),
            goals=goal_progress(self.subject.goals.order_by("parent_id", "pk"), on=today),
            can_plan=self.may(Capability.PLAN) and is_open,
            can_create=self.may(Capability.CREATE_ACTIVITY) and is_open,
            **context,
        )


class FocusAreaCreateView(FormPage):
    subject_model = Agreement
    capability = Capability.PLAN
    form_class = FocusAreaForm
    heading = "Nytt fokusområde"
    submit_label = "Spara fokusområdet"
    success_message = "Fokusområdet är sparat."

    def check_access(self):
        super().check_access()
        if self.subject.is_locked:
            raise Refused(
                "Överenskommelsen är fastställd. Dess fokusområden kan inte bli fler; det görs i nästa överenskommelse."
            )

    def get_form_kwargs(self):
        highest = self.subject.focus_areas.aggregate(number=Max("number"))["number"] or 0
        return super().get_form_kwargs() | {
            "instance": FocusArea(agreement=self.subject),
            "initial": {"number": highest + 1},
        }

    def perform(self, form):
        return form.save()


class FocusAreaUpdateView(EditPage):
    subject_model = FocusArea
    capability = Capability.PLAN
    form_class = FocusAreaForm
    heading = "Ändra fokusområdet"
    submit_label = "Spara fokusområdet"
    template_name = "focus_areas/focusarea_form.html"


class FocusAreaDeleteView(ActionPage):
    subject_model = FocusArea
    capability = Capability.PLAN

    def get_success_url(self):
        return self.subject.agreement.get_plan_url() if self.subject.pk is None else self.subject.get_absolute_url()

    def perform(self):
        remove_focus_area(focus_area=self.subject, by=self.request.user)
        return "Fokusområdet är borttaget."
