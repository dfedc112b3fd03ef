"""Writes that touch more than one kind of row, or have consequences. Each says who acts, and is all or nothing."""

from agreements.operations.agreements import (
    add_document,
    adopt_agreement,
    close_agreement,
    move_agreement,
    remove_document,
)
from agreements.operations.groups import (
    confirm_holder,
    fill_seat,
    may_confirm,
    set_confirmed,
    vacate_seat,
    withdraw_holder,
)
from agreements.operations.indicators import keep_indicator_file, load_series, load_values, remove_indicator
from agreements.operations.people import (
    accept_invitation,
    add_contact,
    add_organisation,
    change_person,
    deactivate_person,
    decline_invitation,
    has_changeable_email,
    invite_person,
    why_not_invite,
)
from agreements.operations.pictures import (
    add_picture_document,
    copy_picture,
    delete_picture,
    remove_part,
    save_part,
    save_picture,
    save_problem,
    start_picture,
)

__all__ = [
    "accept_invitation",
    "add_contact",
    "add_document",
    "add_organisation",
    "add_picture_document",
    "adopt_agreement",
    "change_person",
    "close_agreement",
    "confirm_holder",
    "copy_picture",
    "deactivate_person",
    "decline_invitation",
    "delete_picture",
    "fill_seat",
    "has_changeable_email",
    "invite_person",
    "keep_indicator_file",
    "may_confirm",
    "set_confirmed",
    "load_series",
    "load_values",
    "move_agreement",
    "remove_document",
    "remove_indicator",
    "remove_part",
    "save_part",
    "save_picture",
    "save_problem",
    "start_picture",
    "vacate_seat",
    "why_not_invite",
    "withdraw_holder",
]
