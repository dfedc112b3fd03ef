import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("focus_areas", "0002_red_thread"),
        ("reports", "0002_reports_and_issuing"),
    ]

    operations = [
        migrations.AlterField(
            model_name="focusareacomment",
            name="focus_area",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.RESTRICT,
                related_name="report_comments",
                to="focus_areas.focusarea",
                verbose_name="fokusområde",
            ),
        ),
    ]
