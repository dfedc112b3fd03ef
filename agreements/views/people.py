from django.views.generic import View


class PersonList(View):
    """Being built."""


class PersonDetail(View):
    """Being built."""


class PersonCreate(View):
    """Being built."""


class PersonUpdate(View):
    """Being built."""


class PersonInvite(View):
    """Being built."""


class PersonDeactivate(View):
    """Being built."""
