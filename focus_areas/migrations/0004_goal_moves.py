from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    """A goal's target is not where it starts."""

    dependencies = [("focus_areas", "0003_answered_once")]

    operations = [
        migrations.AddConstraint(
            model_name="goal",
            constraint=models.CheckConstraint(
                condition=Q(baseline__isnull=True) | Q(target__isnull=True) | ~Q(baseline=F("target")),
                name="goal_target_is_not_the_baseline",
                violation_error_code="target",
                violation_error_message="Målvärdet är detsamma som utgångsvärdet. Ange vad som ska bli annorlunda.",
            ),
        ),
    ]
