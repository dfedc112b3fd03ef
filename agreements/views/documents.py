from django.views.generic import View

from agreements.access import Capability
from agreements.forms import DocumentForm
from agreements.models import Agreement, AgreementDocument
from agreements.operations import add_document, remove_document
from agreements.pages import ActionPage, FormPage, SubjectMixin
from documents.downloads import download


class DocumentCreate(FormPage):
    subject_model = Agreement
    capability = Capability.MANAGE
    form_class = DocumentForm
    heading = "Lägg till en handling"
    intro = "Filen kan laddas ner av alla som får läsa överenskommelsen."
    submit_label = "Lägg till handlingen"
    success_message = "Handlingen är tillagd."
    extra_context = {"menu_current": "agreement"}

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"instance": AgreementDocument(agreement=self.subject)}

    def perform(self, form):
        add_document(document=form.instance, file=form.cleaned_data["file"], by=self.request.user)


class DocumentMixin(SubjectMixin):
    subject_model = AgreementDocument

    def get_subjects(self):
        return super().get_subjects().select_related("agreement")


class DocumentDownload(DocumentMixin, View):
    def get(self, request, *args, **kwargs):
        document = self.subject
        return download(document.file, file_name=document.file_name, content_type=document.content_type)


class DocumentDelete(DocumentMixin, ActionPage):
    capability = Capability.MANAGE

    def perform(self):
        remove_document(document=self.subject, by=self.request.user)
        return "Handlingen är borttagen. Att den har funnits står kvar i historiken."

    def get_success_url(self):
        return self.subject.agreement.get_absolute_url()
