from django.contrib import messages
from django.http import HttpResponseRedirect

from agreements.models import SituationPicture
from agreements.pages import FormPage
from agreements.pictures import compare_pictures, unchanged_parts
from documents.swedish_words import joined
from focus_areas.access import Capability
from focus_areas.forms.pictures import AdoptPictureForm
from focus_areas.models import FocusArea, Goal
from focus_areas.operations.pictures import adopt_picture

ALREADY = "Lägesbilden är redan fastställd."


class PictureAdoptView(FormPage):
    """Enter that the working material has been adopted; what is adopted already says so, rather than being refused."""

    subject_model = SituationPicture
    capability = Capability.ADOPT_PLAN
    form_class = AdoptPictureForm
    template_name = "focus_areas/picture_adopt.html"
    heading = "Fastställ lägesbilden"
    intro = "Lägesbilden låses och kan läsas av alla i överenskommelsen. Det går inte att ångra."
    submit_label = "Fastställ lägesbilden"
    success_message = "Lägesbilden är fastställd."
    extra_context = {"menu_current": "picture"}

    def get_subjects(self):
        return super().get_subjects().select_related("agreement__municipality", "supersedes")

    def get(self, request, *args, **kwargs):
        if not self.subject.is_adopted:
            return super().get(request, *args, **kwargs)
        messages.info(request, ALREADY)
        return HttpResponseRedirect(self.subject.get_absolute_url())

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {
            "initial": {"adopted_on": self.today, "reference_number": self.subject.reference_number}
        }

    def get_context_data(self, **context):
        gone = self.left_behind()
        return super().get_context_data(
            **{
                "missing": self.subject.missing_parts,
                "unchanged": joined(unchanged_parts(self.subject)),
                "goals_left": Goal.objects.filter(problem__in=gone).select_related("problem", "focus_area"),
                "focus_areas_left": FocusArea.objects.filter(problems__in=gone).distinct().in_order(),
            }
            | context
        )

    def left_behind(self) -> list:
        """The problems of the picture it supersedes that it does not carry on."""
        before = self.subject.supersedes
        if before is None or before.agreement_id != self.subject.agreement_id:
            return []
        return compare_pictures(self.subject.problems.all(), before.problems.all()).gone

    def perform(self, form):
        return adopt_picture(picture=self.subject, by=self.request.user, today=self.today, **form.cleaned_data)
