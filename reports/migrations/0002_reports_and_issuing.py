import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import accounts.history
import documents.fields


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "__first__"),
        ("agreements", "0002_pictures_and_indicators"),
        ("focus_areas", "0002_red_thread"),
        ("meetings", "0001_meetings_decisions_and_observations"),
        ("reports", "0001_council_reports"),
    ]

    operations = [
        migrations.CreateModel(
            name="Report",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("follow_up", "Uppföljningsrapport till styrgruppen"),
                            ("council", "Rapport till fullmäktige"),
                            ("public", "Rapport till invånarna"),
                            ("focus_area", "Rapport om ett fokusområde"),
                            ("working_group", "Arbetsgruppens rapport"),
                            ("closing", "Slutrapport för avtalsperioden"),
                            ("promises", "Lovat och hållet per part"),
                            ("grant", "Underlag för ansökan om bidrag"),
                        ],
                        default="follow_up",
                        max_length=15,
                        verbose_name="slag",
                    ),
                ),
                ("title", documents.fields.LineField(max_length=200, verbose_name="rubrik")),
                ("starts_on", models.DateField(verbose_name="från och med")),
                ("ends_on", models.DateField(verbose_name="till och med")),
                (
                    "stands_on",
                    models.DateField(
                        blank=True,
                        help_text="Tomt: periodens sista dag. Välj en senare dag om uppgifter om perioden har lagts in eller rättats efteråt.",
                        null=True,
                        verbose_name="läget den",
                    ),
                ),
                ("sections", models.JSONField(blank=True, default=list, verbose_name="avsnitt")),
                ("summary", documents.fields.ProseField(blank=True, max_length=4000, verbose_name="sammanfattning")),
                ("conclusions", documents.fields.ProseField(blank=True, max_length=4000, verbose_name="slutsatser")),
                (
                    "decisions_asked",
                    documents.fields.ProseField(
                        blank=True,
                        help_text="Ett beslut på varje rad. De som begärs i lägesrapporterna är redan med.",
                        max_length=4000,
                        verbose_name="beslut som begärs",
                    ),
                ),
                (
                    "police_comment",
                    documents.fields.ProseField(blank=True, max_length=4000, verbose_name="polisens kommentar"),
                ),
                (
                    "police_commented_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="kommenterad"),
                ),
                (
                    "correction_reason",
                    documents.fields.LineField(blank=True, max_length=300, verbose_name="varför den rättas"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "Utkast"), ("issued", "Utfärdad")],
                        default="draft",
                        editable=False,
                        max_length=10,
                        verbose_name="tillstånd",
                    ),
                ),
                (
                    "reference_number",
                    documents.fields.LineField(blank=True, max_length=50, verbose_name="diarienummer"),
                ),
                ("as_of", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="läget")),
                ("issued_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="utfärdad")),
                (
                    "created_at",
                    models.DateTimeField(
                        default=accounts.history.recording_moment, editable=False, verbose_name="påbörjad"
                    ),
                ),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reports",
                        to="agreements.agreement",
                        verbose_name="överenskommelse",
                    ),
                ),
                (
                    "focus_area",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reports",
                        to="focus_areas.focusarea",
                        verbose_name="fokusområde",
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reports",
                        to="agreements.group",
                        verbose_name="arbetsgrupp",
                    ),
                ),
                (
                    "issued_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="utfärdad av",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reports",
                        to="meetings.meeting",
                        verbose_name="till mötet",
                    ),
                ),
                (
                    "police_commented_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="kommenterad av",
                    ),
                ),
                (
                    "previous",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="reports.report",
                        verbose_name="föregående rapport",
                    ),
                ),
                (
                    "recipients",
                    models.ManyToManyField(
                        blank=True, related_name="+", to="agreements.group", verbose_name="mottagare"
                    ),
                ),
                (
                    "replaces",
                    models.OneToOneField(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="reports.report",
                        verbose_name="ersätter",
                    ),
                ),
            ],
            options={
                "verbose_name": "rapport",
                "verbose_name_plural": "rapporter",
                "ordering": ["-ends_on", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                        name="report_ends_after_start",
                        violation_error_code="ends_on",
                        violation_error_message="Sista dagen kan inte vara före den första.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("stands_on__isnull", True), ("stands_on__gte", models.F("ends_on")), _connector="OR"
                        ),
                        name="report_stands_for_the_whole_period",
                        violation_error_code="stands_on",
                        violation_error_message="Läget kan inte vara från en dag före periodens sista.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("focus_area__isnull", False), ("kind", "focus_area")),
                            models.Q(models.Q(("kind", "focus_area"), _negated=True), ("focus_area__isnull", True)),
                            _connector="OR",
                        ),
                        name="report_names_its_focus_area",
                        violation_error_code="focus_area",
                        violation_error_message="Ange fokusområde för en rapport om ett fokusområde, annars inte.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("group__isnull", False), ("kind", "working_group")),
                            models.Q(models.Q(("kind", "working_group"), _negated=True), ("group__isnull", True)),
                            _connector="OR",
                        ),
                        name="report_names_its_group",
                        violation_error_code="group",
                        violation_error_message="Ange arbetsgrupp för en arbetsgrupps rapport, annars inte.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("replaces__isnull", True),
                            models.Q(("correction_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="report_corrected_for_a_reason",
                        violation_error_code="correction_reason",
                        violation_error_message="Skriv varför rapporten rättas.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("as_of__isnull", True), ("issued_at__isnull", True), ("state", "draft")),
                            models.Q(
                                ("as_of__isnull", False),
                                ("issued_at__isnull", False),
                                ("state", "issued"),
                                models.Q(("reference_number", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="report_frozen_when_issued",
                        violation_error_code="reference_number",
                        violation_error_message="Ange diarienummer för en rapport som utfärdas.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalReport",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("follow_up", "Uppföljningsrapport till styrgruppen"),
                            ("council", "Rapport till fullmäktige"),
                            ("public", "Rapport till invånarna"),
                            ("focus_area", "Rapport om ett fokusområde"),
                            ("working_group", "Arbetsgruppens rapport"),
                            ("closing", "Slutrapport för avtalsperioden"),
                            ("promises", "Lovat och hållet per part"),
                            ("grant", "Underlag för ansökan om bidrag"),
                        ],
                        default="follow_up",
                        max_length=15,
                        verbose_name="slag",
                    ),
                ),
                ("title", documents.fields.LineField(max_length=200, verbose_name="rubrik")),
                ("starts_on", models.DateField(verbose_name="från och med")),
                ("ends_on", models.DateField(verbose_name="till och med")),
                (
                    "stands_on",
                    models.DateField(
                        blank=True,
                        help_text="Tomt: periodens sista dag. Välj en senare dag om uppgifter om perioden har lagts in eller rättats efteråt.",
                        null=True,
                        verbose_name="läget den",
                    ),
                ),
                ("sections", models.JSONField(blank=True, default=list, verbose_name="avsnitt")),
                ("summary", documents.fields.ProseField(blank=True, max_length=4000, verbose_name="sammanfattning")),
                ("conclusions", documents.fields.ProseField(blank=True, max_length=4000, verbose_name="slutsatser")),
                (
                    "decisions_asked",
                    documents.fields.ProseField(
                        blank=True,
                        help_text="Ett beslut på varje rad. De som begärs i lägesrapporterna är redan med.",
                        max_length=4000,
                        verbose_name="beslut som begärs",
                    ),
                ),
                (
                    "police_comment",
                    documents.fields.ProseField(blank=True, max_length=4000, verbose_name="polisens kommentar"),
                ),
                (
                    "police_commented_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="kommenterad"),
                ),
                (
                    "correction_reason",
                    documents.fields.LineField(blank=True, max_length=300, verbose_name="varför den rättas"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "Utkast"), ("issued", "Utfärdad")],
                        default="draft",
                        editable=False,
                        max_length=10,
                        verbose_name="tillstånd",
                    ),
                ),
                (
                    "reference_number",
                    documents.fields.LineField(blank=True, max_length=50, verbose_name="diarienummer"),
                ),
                ("as_of", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="läget")),
                ("issued_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="utfärdad")),
                (
                    "created_at",
                    models.DateTimeField(
                        default=accounts.history.recording_moment, editable=False, verbose_name="påbörjad"
                    ),
                ),
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
                    "focus_area",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="focus_areas.focusarea",
                        verbose_name="fokusområde",
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="agreements.group",
                        verbose_name="arbetsgrupp",
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
                (
                    "issued_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="utfärdad av",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="meetings.meeting",
                        verbose_name="till mötet",
                    ),
                ),
                (
                    "police_commented_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="kommenterad av",
                    ),
                ),
                (
                    "previous",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="reports.report",
                        verbose_name="föregående rapport",
                    ),
                ),
                (
                    "replaces",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="reports.report",
                        verbose_name="ersätter",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical rapport",
                "verbose_name_plural": "historical rapporter",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="IssuedDocument",
            fields=[
                (
                    "report",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="document",
                        serialize=False,
                        to="reports.report",
                        verbose_name="rapport",
                    ),
                ),
                ("data", models.TextField(verbose_name="data")),
                ("data_sha256", models.CharField(max_length=64, verbose_name="datas kontrollsumma")),
                ("pdf", models.BinaryField(verbose_name="pdf")),
                ("pdf_sha256", models.CharField(max_length=64, verbose_name="pdf-filens kontrollsumma")),
                ("page_count", models.PositiveIntegerField(verbose_name="sidor")),
                ("size", models.PositiveIntegerField(verbose_name="storlek")),
            ],
            options={
                "verbose_name": "utfärdat dokument",
                "verbose_name_plural": "utfärdade dokument",
            },
        ),
        migrations.CreateModel(
            name="HistoricalReport_recipients",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("m2m_history_id", models.AutoField(primary_key=True, serialize=False)),
                (
                    "group",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_tablespace="",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="agreements.group",
                    ),
                ),
                (
                    "history",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        to="reports.historicalreport",
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_tablespace="",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="reports.report",
                    ),
                ),
            ],
            options={
                "verbose_name": "HistoricalReport_recipients",
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalFocusAreaComment",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("text", documents.fields.ProseField(max_length=2000, verbose_name="kommentar")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.TextField(null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "focus_area",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="focus_areas.focusarea",
                        verbose_name="fokusområde",
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
                (
                    "report",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="reports.report",
                        verbose_name="rapport",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical kommentar till fokusområde",
                "verbose_name_plural": "historical kommentarer till fokusområden",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="FocusAreaComment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", documents.fields.ProseField(max_length=2000, verbose_name="kommentar")),
                (
                    "focus_area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="report_comments",
                        to="focus_areas.focusarea",
                        verbose_name="fokusområde",
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="focus_area_comments",
                        to="reports.report",
                        verbose_name="rapport",
                    ),
                ),
            ],
            options={
                "verbose_name": "kommentar till fokusområde",
                "verbose_name_plural": "kommentarer till fokusområden",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("report", "focus_area"), name="report_comment_once_per_focus_area")
                ],
            },
        ),
        migrations.CreateModel(
            name="ReportDelivery",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="skickad")),
                ("error", models.CharField(blank=True, max_length=200, verbose_name="fel")),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agreements.group",
                        verbose_name="grupp",
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="deliveries",
                        to="reports.report",
                        verbose_name="rapport",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="report_deliveries",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
            ],
            options={
                "verbose_name": "utskick av rapport",
                "verbose_name_plural": "utskick av rapporter",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("report", "user"), name="report_delivered_once_to_a_person")
                ],
            },
        ),
        migrations.CreateModel(
            name="ReportReading",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("first_read_at", models.DateTimeField(verbose_name="först läst")),
                ("last_read_at", models.DateTimeField(verbose_name="senast läst")),
                ("times", models.PositiveIntegerField(default=1, verbose_name="gånger")),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="readings",
                        to="reports.report",
                        verbose_name="rapport",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="report_readings",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
            ],
            options={
                "verbose_name": "läsning av rapport",
                "verbose_name_plural": "läsningar av rapporter",
                "ordering": ["first_read_at"],
                "constraints": [
                    models.UniqueConstraint(fields=("report", "user"), name="report_reading_once_per_person")
                ],
            },
        ),
        migrations.CreateModel(
            name="IssuingJob",
            fields=[
                (
                    "report",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="issuing_job",
                        serialize=False,
                        to="reports.report",
                        verbose_name="rapport",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Väntar"),
                            ("running", "Pågår"),
                            ("failed", "Misslyckades"),
                            ("done", "Klar"),
                        ],
                        default="waiting",
                        max_length=10,
                        verbose_name="tillstånd",
                    ),
                ),
                (
                    "step",
                    models.CharField(
                        choices=[
                            ("content", "Samlar in uppgifterna"),
                            ("layout", "Sätter sidorna"),
                            ("writing", "Sparar rapporten"),
                        ],
                        default="content",
                        max_length=10,
                        verbose_name="steg",
                    ),
                ),
                ("draft_sha256", models.CharField(blank=True, max_length=64, verbose_name="utkastets kontrollsumma")),
                ("error", models.TextField(blank=True, verbose_name="fel")),
                ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="försök")),
                ("requested_at", models.DateTimeField(verbose_name="begärd")),
                ("started_at", models.DateTimeField(blank=True, null=True, verbose_name="påbörjad")),
                ("finished_at", models.DateTimeField(blank=True, null=True, verbose_name="avslutad")),
                (
                    "requested_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="begärd av",
                    ),
                ),
            ],
            options={
                "verbose_name": "utfärdande",
                "verbose_name_plural": "utfärdanden",
            },
        ),
    ]
