"""What stands in a picture's working material is shown on no page of those who may not read it."""

import datetime
import io
import zipfile

from focus_areas.models import Activity, FocusArea, Goal
from tests.factories import as_person
from tests.test_url_sweep import routes
from tests.thread_factories import make_cause, make_picture, make_problem
from tests.worlds import fill

SECRET = "Hemligt"


def written_in(response) -> str:
    """All that the answer says; of a workbook what its sheets say."""
    content = response.getvalue() if response.streaming else response.content
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            content = b"".join(packed.read(name) for name in packed.namelist())
    return content.decode(errors="replace")


def test_reader_is_shown_nothing_of_working_material(client, agreement, coordinator, reader):
    things = fill(agreement, by=coordinator)
    agreement.situationpictures.all().filter(state="draft").update(title=f"{SECRET} arbete", mapping=SECRET)
    draft = agreement.situationpictures.filter(state="draft").first() or make_picture(agreement, title=SECRET)
    if not agreement.situationpictures.adopted().exists():
        make_picture(agreement, adopted_on=datetime.date(2022, 10, 3))
    problem = make_problem(draft, f"{SECRET} problem", description=SECRET, is_prioritised=True)
    cause = make_cause(problem, title=f"{SECRET} orsak")
    for focus_area in FocusArea.objects.filter(agreement=agreement):
        focus_area.problems.add(problem)
    for goal in Goal.objects.filter(focus_area__agreement=agreement):
        goal.problem = problem
        goal.save()
    for activity in Activity.objects.of(agreement):
        activity.causes.add(cause)
        activity.save()
    for plan in agreement.action_plans.filter(state="draft"):
        plan.based_on = draft
        plan.save()
    as_person(client, reader)

    # A PDF says what its page says, packed so that it cannot be searched.
    pages = [route for route in routes() if "key" not in route.parameters and not route.name.endswith("pdf")]
    told = {route.name: client.get(route.address(things)) for route in pages}

    told = {name: response for name, response in told.items() if response.status_code == 200}
    assert {name for name, response in told.items() if SECRET in written_in(response)} == set()
    assert {"focus_areas:red_thread", "focus_areas:plan_detail", "reports:follow_up_report"} <= set(told)
