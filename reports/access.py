"""Who may read and write follow-up reports."""

from django.db import models

from agreements.access import Reach, Role, everywhere, grant_all


class Capability(models.TextChoices):
    READ_REPORT = "reports.read_report", "läsa uppföljningsrapporten"
    WRITE_REPORT = "reports.write_report", "skapa uppföljningsrapporter"
    REGISTER_COUNCIL_REPORT = "reports.register_council_report", "lägga in rapporter till fullmäktige"


GRANTS: dict[str, dict[Role, Reach]] = {
    Capability.READ_REPORT: {
        Role.COORDINATOR: everywhere,
        Role.POLICE_LIAISON: everywhere,
        Role.STEERING_GROUP: everywhere,
        Role.PREPARATION_GROUP: everywhere,
        Role.WORKING_GROUP: everywhere,
        Role.READER: everywhere,
        Role.SYSTEM_ADMINISTRATOR: everywhere,
    },
    Capability.WRITE_REPORT: {
        Role.COORDINATOR: everywhere,
        Role.POLICE_LIAISON: everywhere,
        Role.SYSTEM_ADMINISTRATOR: everywhere,
    },
    Capability.REGISTER_COUNCIL_REPORT: {Role.COORDINATOR: everywhere, Role.SYSTEM_ADMINISTRATOR: everywhere},
}

grant_all(GRANTS, Capability.choices)
