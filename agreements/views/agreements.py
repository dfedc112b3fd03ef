from django.views.generic import View


class AgreementList(View):
    """Being built."""


class AgreementDetail(View):
    """Being built."""


class AgreementUpdate(View):
    """Being built."""


class AgreementAdopt(View):
    """Being built."""


class AgreementClose(View):
    """Being built."""


class AgreementHistory(View):
    """Being built."""
