from django.views.generic import TemplateView


class WorkbookView(TemplateView):
    template_name = "focus_areas/workbook.html"


WorkbookDownloadView = WorkbookPreviewView = WorkbookConfirmView = WorkbookView
