"""Who may read and write follow-up reports."""

from django.db import models

from agreements.access import Reach, Role, everywhere, grant_all
from agreements.models import Seat
from reports.models import Report


class Capability(models.TextChoices):
    READ_REPORT = "reports.read_report", "läsa rapporten"
    WRITE_REPORT = "reports.write_report", "skriva rapporter"
    ISSUE_REPORT = "reports.issue_report", "utfärda rapporter"
    COMMENT_REPORT = "reports.comment_report", "kommentera rapporten för polisen"
    SEE_READERS = "reports.see_readers", "se vilka som har läst rapporten"
    ARCHIVE = "reports.archive", "hämta arkivpaketet"
    REGISTER_COUNCIL_REPORT = "reports.register_council_report", "lägga in rapporter till fullmäktige"


def once_issued(seat: Seat | None, thing: models.Model) -> bool:
    """An issued report, or the working copy that anybody can compile; a draft is for those who write it."""
    return not isinstance(thing, Report) or thing.is_issued


READERS = (Role.STEERING_GROUP, Role.PREPARATION_GROUP, Role.WORKING_GROUP, Role.READER)
WRITERS = (Role.COORDINATOR, Role.POLICE_LIAISON, Role.SYSTEM_ADMINISTRATOR)
ISSUERS = (Role.COORDINATOR, Role.SYSTEM_ADMINISTRATOR)

GRANTS: dict[str, dict[Role, Reach]] = {
    Capability.READ_REPORT: dict.fromkeys(READERS, once_issued) | dict.fromkeys(WRITERS, everywhere),
    Capability.WRITE_REPORT: dict.fromkeys(WRITERS, everywhere),
    Capability.COMMENT_REPORT: {Role.POLICE_LIAISON: everywhere},
    Capability.ISSUE_REPORT: dict.fromkeys(ISSUERS, everywhere),
    Capability.SEE_READERS: dict.fromkeys(WRITERS, everywhere),
    Capability.ARCHIVE: dict.fromkeys(ISSUERS, everywhere),
    Capability.REGISTER_COUNCIL_REPORT: dict.fromkeys(ISSUERS, everywhere),
}

grant_all(GRANTS, Capability.choices)
