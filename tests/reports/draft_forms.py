"""What a browser sends of a draft, and what it is answered."""

from django.urls import reverse

HALF_YEAR = {"starts_on": "2026-01-01", "ends_on": "2026-06-30"}
LONG = "å" * 5000


def url(name: str, thing) -> str:
    return reverse(f"reports:{name}", args=[thing.pk])


def written(report, **values) -> dict[str, object]:
    """What the form of a draft sends when nothing is touched."""
    return {
        "title": report.title,
        "summary": report.summary,
        "conclusions": report.conclusions,
        "decisions_asked": report.decisions_asked,
        "sections": report.sections,
        "starts_on": report.starts_on.isoformat(),
        "ends_on": report.ends_on.isoformat(),
        "meeting": report.meeting_id or "",
    } | values


def errors_of(response) -> dict[str, list[str]]:
    return {name: list(errors) for name, errors in response.context["form"].errors.items()}


def version_in(client, address: str) -> str:
    return str(client.get(address).context["version"])
