from django.views.generic import View


class GroupCreate(View):
    """Being built."""


class GroupDetail(View):
    """Being built."""


class GroupUpdate(View):
    """Being built."""


class SeatCreate(View):
    """Being built."""


class SeatUpdate(View):
    """Being built."""


class SeatFill(View):
    """Being built."""


class SeatVacate(View):
    """Being built."""
