import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import documents.fields


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("agreements", "0002_pictures_and_indicators"),
    ]

    operations = [
        migrations.CreateModel(
            name="HistoricalCouncilReport",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("title", documents.fields.LineField(max_length=200, verbose_name="rapport")),
                ("reported_on", models.DateField(verbose_name="lämnad till fullmäktige")),
                ("paragraph", documents.fields.LineField(blank=True, max_length=20, verbose_name="paragraf")),
                (
                    "reference_number",
                    documents.fields.LineField(blank=True, max_length=50, verbose_name="diarienummer"),
                ),
                ("comment", documents.fields.ProseField(blank=True, max_length=1000, verbose_name="om rapporten")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.TextField(null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "agreement",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="agreements.agreement",
                        verbose_name="överenskommelse",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical rapport till fullmäktige",
                "verbose_name_plural": "historical rapporter till fullmäktige",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="CouncilReport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", documents.fields.LineField(max_length=200, verbose_name="rapport")),
                ("reported_on", models.DateField(verbose_name="lämnad till fullmäktige")),
                ("paragraph", documents.fields.LineField(blank=True, max_length=20, verbose_name="paragraf")),
                (
                    "reference_number",
                    documents.fields.LineField(blank=True, max_length=50, verbose_name="diarienummer"),
                ),
                ("comment", documents.fields.ProseField(blank=True, max_length=1000, verbose_name="om rapporten")),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="council_reports",
                        to="agreements.agreement",
                        verbose_name="överenskommelse",
                    ),
                ),
            ],
            options={
                "verbose_name": "rapport till fullmäktige",
                "verbose_name_plural": "rapporter till fullmäktige",
                "ordering": ["-reported_on", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("agreement", "title", "reported_on"),
                        name="council_report_once",
                        violation_error_code="title",
                        violation_error_message="Rapporten är redan inlagd.",
                    )
                ],
            },
        ),
    ]
