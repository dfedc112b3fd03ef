"""An agreement as one workbook (.yaml or .xlsx): loading it, and writing it out again.

Not in the workbook: people and who holds seats, and what has been logged, reported and followed up.
"""

from focus_areas.sheets import SHEETS
from focus_areas.workbook.changes import Changes, FieldChange, RowChange
from focus_areas.workbook.exporting import export
from focus_areas.workbook.loading import Outcome, load, newest_change

__all__ = ["SHEETS", "Changes", "FieldChange", "Outcome", "RowChange", "export", "load", "newest_change"]
