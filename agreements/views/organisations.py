from django.views.generic import View


class OrganisationList(View):
    """Being built."""


class OrganisationDetail(View):
    """Being built."""


class OrganisationCreate(View):
    """Being built."""


class OrganisationUpdate(View):
    """Being built."""
