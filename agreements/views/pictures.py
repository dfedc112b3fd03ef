from django.contrib import messages
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView, View

from agreements.access import Capability, Refused
from agreements.forms.pictures import (
    ConfirmForm,
    NewPictureForm,
    PictureDocumentForm,
    PictureForm,
    ProblemForm,
    ProblemOrderForm,
    SourceForm,
)
from agreements.models import Agreement, PictureDocument, PictureSource, Problem, SituationPicture
from agreements.operations import (
    add_picture_document,
    delete_picture,
    remove_part,
    save_part,
    save_picture,
    save_problem,
    start_picture,
)
from agreements.operations.pictures import ADOPTED_PICTURE, DRAFT_EXISTS
from agreements.pages import ActionPage, EditPage, FormPage, SubjectMixin
from agreements.pictures import (
    compare_pictures,
    judgements,
    law_parts,
    picture_words,
    readable,
    sum_words,
    unchanged_parts,
)
from agreements.references import ties_of
from documents.downloads import download

MENU = {"menu_current": "picture"}


class PictureMixin(SubjectMixin):
    """A page about a picture; working material is read by those who work with it."""

    subject_model = SituationPicture
    capability = Capability.READ_PICTURE
    extra_context = MENU

    def get_subjects(self):
        return super().get_subjects().select_related("agreement__municipality", "supersedes__agreement")


class PartMixin(SubjectMixin):
    """A page about what belongs to a picture."""

    capability = Capability.READ_PICTURE
    extra_context = MENU

    def get_subjects(self):
        return super().get_subjects().select_related("situation_picture__agreement__municipality")

    def get_success_url(self):
        return self.subject.situation_picture.get_absolute_url()


class DraftMixin:
    """A page that changes working material; what has been adopted is refused, whoever asks."""

    capability = Capability.CHANGE_PICTURE

    def check_access(self):
        super().check_access()
        if self.subject.is_locked:
            raise Refused(ADOPTED_PICTURE)


class ProblemTableMixin:
    """A page with the comparison of a picture's problems, sorted as the address says."""

    def compared(self, picture: SituationPicture | None) -> dict[str, object]:
        order_form = ProblemOrderForm(self.request.GET)
        problems = picture.problems.prefetch_related("areas") if picture else []
        return {
            "order_form": order_form,
            "problems": [
                {"problem": problem, "judged": judgements(problem), "sum": sum_words(problem)}
                for problem in order_form.sort(problems)
            ],
        }


# --- Pictures ---


class PictureOverview(ProblemTableMixin, SubjectMixin, TemplateView):
    """Which picture holds, when the next is due, and all versions."""

    subject_model = Agreement
    template_name = "agreements/picture_overview.html"
    extra_context = MENU

    def get_subjects(self):
        return super().get_subjects().select_related("municipality")

    def get_context_data(self, **context):
        today = timezone.localdate()
        pictures = readable(self.subject.situationpictures.all(), self.request.user).newest_first()
        versions = list(pictures.select_related("agreement", "supersedes"))
        current = next((picture for picture in versions if picture.is_adopted), None)
        return super().get_context_data(
            **{
                "today": today,
                "versions": versions,
                "current": current,
                "draft": next((picture for picture in versions if not picture.is_adopted), None),
                "state": current and picture_words(current, today=today),
                "can_change": self.may(Capability.CHANGE_PICTURE) and not self.subject.is_closed,
            }
            | self.compared(current)
            | context
        )


class PictureDetail(ProblemTableMixin, PictureMixin, TemplateView):
    template_name = "agreements/picture_detail.html"

    def get_context_data(self, **context):
        picture, today = self.subject, timezone.localdate()
        adopted = list(picture.agreement.situationpictures.adopted().newest_first()[:1])
        is_current = picture in adopted
        sources = list(picture.sources.all())
        return super().get_context_data(
            **{
                "today": today,
                "state": picture_words(picture, today=today, is_current=is_current),
                "is_current": is_current,
                "successor": next(iter(adopted), None) if picture.is_adopted and not is_current else None,
                "parts": law_parts(picture),
                "is_rewritten": not picture.missing_parts and not unchanged_parts(picture),
                "used": [source for source in sources if not source.is_rejected],
                "rejected": [source for source in sources if source.is_rejected],
                "documents": picture.documents.all(),
                "differences": self.differences(),
                "can_change": self.may(Capability.CHANGE_PICTURE)
                and not picture.is_locked
                and not picture.agreement.is_closed,
            }
            | self.compared(picture)
            | context
        )

    def differences(self):
        """How it differs from the one before, for those who may read that one too."""
        before = self.subject.supersedes
        if before is None or not self.request.user.has_perm(Capability.READ_PICTURE, before):
            return None
        return compare_pictures(self.subject.problems.all(), before.problems.all())


class PictureCreate(FormPage):
    subject_model = Agreement
    capability = Capability.CHANGE_PICTURE
    form_class = NewPictureForm
    submit_label = "Börja lägesbilden"
    extra_context = MENU

    @property
    def previous(self) -> SituationPicture | None:
        return self.subject.situationpictures.adopted().newest_first().first()

    @property
    def heading(self):
        return "Nästa lägesbild" if self.previous else "Ny lägesbild"

    @property
    def intro(self):
        if self.previous is None:
            return "Den blir ett arbetsmaterial som samordnaren, kommunpolisen och beredningsgruppen skriver i."
        return (
            f"Den börjar som en kopia av ”{self.previous.title}”: texterna, källorna och problemen följer med, "
            "bilagorna inte. Den fastställda ändras inte."
        )

    def get(self, request, *args, **kwargs):
        draft = self.subject.situationpictures.filter(state=SituationPicture.State.DRAFT).first()
        if draft is None:
            return super().get(request, *args, **kwargs)
        messages.info(request, DRAFT_EXISTS)
        return HttpResponseRedirect(draft.get_absolute_url())

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {
            "instance": SituationPicture(agreement=self.subject),
            "initial": {"title": f"Lägesbild {self.today.year}"},
        }

    def get_success_url(self):
        return reverse("agreements:picture_overview", args=[self.subject.pk])

    def get_success_message(self, result):
        return f"Arbetsmaterialet ”{result.title}” är påbörjat."

    def perform(self, form):
        return start_picture(picture=form.instance, by=self.request.user)


class PictureUpdate(DraftMixin, PictureMixin, EditPage):
    form_class = PictureForm
    heading = "Skriv lägesbilden"
    intro = "Det är ett arbetsmaterial. När det är fastställt ändras det inte mer."
    submit_label = "Spara lägesbilden"

    def perform(self, form):
        save_picture(picture=form.instance, by=self.request.user)


class PictureDelete(DraftMixin, PictureMixin, FormPage):
    form_class = ConfirmForm
    template_name = "agreements/confirm_delete.html"
    heading = "Ta bort arbetsmaterialet"
    submit_label = "Ta bort arbetsmaterialet"
    success_message = "Arbetsmaterialet är borttaget. Att det har funnits står kvar i historiken."

    def get_context_data(self, **context):
        return super().get_context_data(**{"ties": ties_of(self.subject)} | context)

    def get_cancel_url(self):
        return self.subject.get_absolute_url()

    def get_success_url(self):
        return reverse("agreements:picture_overview", args=[self.subject.agreement_id])

    def perform(self, form):
        delete_picture(picture=self.subject, by=self.request.user)


# --- Sources ---


class SourceCreate(DraftMixin, PictureMixin, FormPage):
    form_class = SourceForm
    heading = "Lägg till en källa"
    submit_label = "Spara källan"
    success_message = "Källan är sparad."

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"instance": PictureSource(situation_picture=self.subject)}

    def perform(self, form):
        return save_part(part=form.instance, by=self.request.user)


class SourceUpdate(DraftMixin, PartMixin, EditPage):
    subject_model = PictureSource
    form_class = SourceForm
    heading = "Ändra källan"
    submit_label = "Spara källan"

    def perform(self, form):
        return save_part(part=form.instance, by=self.request.user)


class SourceDelete(DraftMixin, PartMixin, ActionPage):
    subject_model = PictureSource

    def perform(self):
        remove_part(part=self.subject, by=self.request.user)
        return f"Källan ”{self.subject}” är borttagen."


# --- Problems ---


class ProblemDetail(PartMixin, TemplateView):
    subject_model = Problem
    template_name = "agreements/problem_detail.html"

    def get_subjects(self):
        return super().get_subjects().select_related("carried_over_from__situation_picture__agreement")

    def get_context_data(self, **context):
        problem, user = self.subject, self.request.user
        before = problem.carried_over_from
        after = readable(Problem.objects.filter(carried_over_from=problem), user, picture="situation_picture")
        return super().get_context_data(
            **{
                "picture": problem.situation_picture,
                "criteria": judgements(problem, Problem.CRITERIA),
                "weighed_with": judgements(problem, Problem.WEIGHED_WITH),
                "sum": sum_words(problem),
                "areas": problem.areas.all(),
                "before": before if before and user.has_perm(Capability.READ_PICTURE, before) else None,
                "after": after.select_related("situation_picture").last(),
                "can_change": self.may(Capability.CHANGE_PICTURE)
                and not problem.is_locked
                and not self.get_agreement().is_closed,
            }
            | context
        )


class ProblemFormMixin(DraftMixin):
    form_class = ProblemForm
    template_name = "agreements/problem_form.html"
    submit_label = "Spara problemet"

    def save(self, form) -> Problem:
        areas = form.cleaned_data.get("areas", [])
        return save_problem(problem=form.instance, areas=areas, by=self.request.user)


class ProblemCreate(ProblemFormMixin, PictureMixin, FormPage):
    heading = "Nytt problem"
    success_message = "Problemet är sparat."

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"instance": Problem(situation_picture=self.subject)}

    def perform(self, form):
        self.save(form)


class ProblemUpdate(ProblemFormMixin, PartMixin, EditPage):
    subject_model = Problem
    heading = "Ändra problemet"

    def get_success_url(self):
        return self.subject.get_absolute_url()

    def perform(self, form):
        self.save(form)


class ProblemDelete(DraftMixin, PartMixin, FormPage):
    subject_model = Problem
    form_class = ConfirmForm
    template_name = "agreements/confirm_delete.html"
    heading = "Ta bort problemet"
    submit_label = "Ta bort problemet"

    def get_context_data(self, **context):
        return super().get_context_data(**{"ties": ties_of(self.subject)} | context)

    def get_cancel_url(self):
        return self.subject.get_absolute_url()

    def get_success_message(self, result):
        return f"Problemet ”{self.subject}” är borttaget."

    def perform(self, form):
        remove_part(part=self.subject, by=self.request.user)


# --- Attachments ---


class PictureDocumentCreate(DraftMixin, PictureMixin, FormPage):
    form_class = PictureDocumentForm
    heading = "Lägg till en bilaga"
    intro = "Filen kan laddas ner av alla som får läsa lägesbilden."
    submit_label = "Lägg till bilagan"
    success_message = "Bilagan är tillagd."

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"instance": PictureDocument(situation_picture=self.subject)}

    def perform(self, form):
        add_picture_document(document=form.instance, file=form.cleaned_data["file"], by=self.request.user)


class PictureDocumentDownload(PartMixin, View):
    subject_model = PictureDocument

    def get(self, request, *args, **kwargs):
        document = self.subject
        return download(document.file, file_name=document.file_name, content_type=document.content_type)


class PictureDocumentDelete(DraftMixin, PartMixin, ActionPage):
    subject_model = PictureDocument

    def perform(self):
        remove_part(part=self.subject, by=self.request.user)
        return f"Bilagan ”{self.subject}” är borttagen. Att den har funnits står kvar i historiken."
