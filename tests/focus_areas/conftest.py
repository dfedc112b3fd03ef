from focus_areas.models import Activity
from tests.factories import make_activity, make_focus_area, organisation_of
from tests.ground import kept


@kept
def activity(agreement) -> Activity:
    """An activity that the police lead."""
    return make_activity(
        make_focus_area(agreement), title="Grannsamverkan", lead=[organisation_of(agreement, "Polisen")]
    )
