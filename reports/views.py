from django.http import HttpResponse
from django.views.generic import View

from agreements.models import Agreement
from agreements.pages import SubjectMixin
from reports.access import Capability


class ReportListView(View):
    def get(self, request):
        return HttpResponse()


class ReportPage(SubjectMixin, View):
    subject_model = Agreement
    capability = Capability.READ_REPORT


class FollowUpReportView(ReportPage):
    def get(self, request, pk):
        return HttpResponse()


class FollowUpReportPdfView(ReportPage):
    def get(self, request, pk):
        return HttpResponse()
