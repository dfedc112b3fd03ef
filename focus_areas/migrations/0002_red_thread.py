import django.core.validators
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
        ("focus_areas", "0001_focus_areas_and_activities"),
    ]

    operations = [
        migrations.CreateModel(
            name="ActionPlan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveSmallIntegerField(verbose_name="version")),
                ("title", documents.fields.LineField(max_length=200, verbose_name="rubrik")),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "Utkast"), ("adopted", "Antagen"), ("replaced", "Ersatt")],
                        default="draft",
                        editable=False,
                        max_length=10,
                        verbose_name="tillstånd",
                    ),
                ),
                ("comment", documents.fields.ProseField(blank=True, max_length=2000, verbose_name="om versionen")),
                ("decided_on", models.DateField(blank=True, null=True, verbose_name="beslutad")),
                ("decided_by", documents.fields.LineField(blank=True, max_length=150, verbose_name="beslutad av")),
                ("paragraph", documents.fields.LineField(blank=True, max_length=20, verbose_name="paragraf")),
                (
                    "reference_number",
                    documents.fields.LineField(blank=True, max_length=50, verbose_name="diarienummer"),
                ),
                ("snapshot", models.JSONField(blank=True, editable=False, null=True, verbose_name="innehåll")),
                ("sha256", models.CharField(blank=True, editable=False, max_length=64, verbose_name="kontrollsumma")),
                (
                    "adopted_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="inlagd som antagen"),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        default=accounts.history.recording_moment, editable=False, verbose_name="påbörjad"
                    ),
                ),
                (
                    "adopted_entered_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="inlagd av",
                    ),
                ),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="action_plans",
                        to="agreements.agreement",
                        verbose_name="överenskommelse",
                    ),
                ),
                (
                    "based_on",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="action_plans",
                        to="agreements.situationpicture",
                        verbose_name="vilar på lägesbilden",
                    ),
                ),
            ],
            options={
                "verbose_name": "åtgärdsplan",
                "verbose_name_plural": "åtgärdsplaner",
                "ordering": ["-version"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("agreement", "version"), name="action_plan_version_unique_in_agreement"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "draft")),
                        fields=("agreement",),
                        name="action_plan_one_draft",
                        violation_error_message="Det finns redan ett utkast till ny version.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "adopted")),
                        fields=("agreement",),
                        name="action_plan_one_adopted",
                        violation_error_message="Det finns redan en antagen åtgärdsplan.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("snapshot__isnull", True), ("state", "draft")),
                            models.Q(
                                models.Q(("state", "draft"), _negated=True),
                                ("adopted_at__isnull", False),
                                ("decided_on__isnull", False),
                                ("snapshot__isnull", False),
                                models.Q(("decided_by", ""), _negated=True),
                                models.Q(("sha256", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="action_plan_frozen_when_adopted",
                        violation_error_code="decided_on",
                        violation_error_message="Ange vem som beslutade och vilken dag.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Renewal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", documents.fields.LineField(max_length=250, verbose_name="den nya överenskommelsens rubrik")),
                (
                    "reference_number",
                    documents.fields.LineField(blank=True, max_length=50, verbose_name="diarienummer"),
                ),
                ("starts_on", models.DateField(verbose_name="gäller från")),
                ("ends_on", models.DateField(verbose_name="gäller till")),
                (
                    "closing_statement",
                    documents.fields.ProseField(blank=True, max_length=10000, verbose_name="slutord om perioden"),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        default=accounts.history.recording_moment, editable=False, verbose_name="påbörjad"
                    ),
                ),
                (
                    "agreement",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="renewal",
                        to="agreements.agreement",
                        verbose_name="överenskommelse",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="påbörjad av",
                    ),
                ),
                (
                    "successor",
                    models.OneToOneField(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="made_by_renewal",
                        to="agreements.agreement",
                        verbose_name="ny överenskommelse",
                    ),
                ),
            ],
            options={
                "verbose_name": "förnyelse",
                "verbose_name_plural": "förnyelser",
                "ordering": ["-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                        name="renewal_ends_after_start",
                        violation_error_code="ends_on",
                        violation_error_message="Sista dagen kan inte vara före den första.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ActivityChoice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "choice",
                    models.CharField(
                        choices=[("continue", "Fortsätter"), ("change", "Fortsätter ändrad"), ("end", "Avslutas")],
                        max_length=10,
                        verbose_name="val",
                    ),
                ),
                ("reason", documents.fields.ProseField(blank=True, max_length=1000, verbose_name="skäl")),
                (
                    "activity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="focus_areas.activity",
                        verbose_name="aktivitet",
                    ),
                ),
                (
                    "renewal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="activity_choices",
                        to="focus_areas.renewal",
                        verbose_name="förnyelse",
                    ),
                ),
            ],
            options={
                "verbose_name": "val för aktivitet",
                "verbose_name_plural": "val för aktiviteter",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("renewal", "activity"), name="activity_choice_once_in_renewal"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("choice", "continue"), models.Q(("reason", ""), _negated=True), _connector="OR"
                        ),
                        name="activity_choice_has_a_reason",
                        violation_error_code="reason",
                        violation_error_message="Skriv skälet när aktiviteten ändras eller avslutas.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CauseAnalysis",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("summary", documents.fields.ProseField(blank=True, max_length=4000, verbose_name="sammanfattning")),
                (
                    "problem",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="cause_analysis",
                        to="agreements.problem",
                        verbose_name="problem",
                    ),
                ),
            ],
            options={
                "verbose_name": "orsaksanalys",
                "verbose_name_plural": "orsaksanalyser",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Cause",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", documents.fields.LineField(max_length=200, verbose_name="orsak")),
                ("description", documents.fields.ProseField(blank=True, max_length=2000, verbose_name="beskrivning")),
                (
                    "leg",
                    models.CharField(
                        choices=[
                            ("victim", "Brottsutsatt"),
                            ("offender", "Gärningsperson"),
                            ("place", "Objekt eller plats"),
                        ],
                        max_length=10,
                        verbose_name="ben",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("risk", "Riskfaktor"), ("protective", "Skyddsfaktor")],
                        default="risk",
                        max_length=10,
                        verbose_name="slag",
                    ),
                ),
                (
                    "evidence",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (1, "Antagande"),
                            (2, "Erfarenhet i verksamheten"),
                            (3, "Statistik eller undersökning"),
                            (4, "Forskning"),
                        ],
                        default=1,
                        verbose_name="underlag",
                    ),
                ),
                ("source", documents.fields.LineField(blank=True, max_length=250, verbose_name="källa")),
                (
                    "carried_over_from",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="carried_over_to",
                        to="focus_areas.cause",
                        verbose_name="förd över från",
                    ),
                ),
                (
                    "analysis",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="causes",
                        to="focus_areas.causeanalysis",
                        verbose_name="orsaksanalys",
                    ),
                ),
            ],
            options={
                "verbose_name": "orsak",
                "verbose_name_plural": "orsaker",
                "ordering": ["leg", "kind", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("analysis", "title"),
                        name="cause_title_unique_in_analysis",
                        violation_error_code="title",
                        violation_error_message="Analysen har redan den orsaken.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CommunicationPlan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", documents.fields.LineField(max_length=200, verbose_name="rubrik")),
                ("is_joint", models.BooleanField(default=False, verbose_name="parternas gemensamma plan")),
                (
                    "aim",
                    documents.fields.ProseField(
                        blank=True, max_length=2000, verbose_name="vad kommunikationen ska leda till"
                    ),
                ),
                (
                    "principles",
                    documents.fields.ProseField(blank=True, max_length=2000, verbose_name="så delar vi på ansvaret"),
                ),
                ("starts_on", models.DateField(blank=True, null=True, verbose_name="från och med")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="till och med")),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="communication_plans",
                        to="agreements.agreement",
                        verbose_name="överenskommelse",
                    ),
                ),
            ],
            options={
                "verbose_name": "kommunikationsplan",
                "verbose_name_plural": "kommunikationsplaner",
                "ordering": ["-is_joint", "title"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("agreement", "title"),
                        name="communication_plan_title_unique_in_agreement",
                        violation_error_code="title",
                        violation_error_message="Det finns redan en kommunikationsplan med den rubriken.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("is_joint", True)),
                        fields=("agreement",),
                        name="communication_plan_one_joint",
                        violation_error_code="is_joint",
                        violation_error_message="Parterna har redan en gemensam kommunikationsplan.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("starts_on__isnull", True),
                            ("ends_on__isnull", True),
                            ("ends_on__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="communication_plan_ends_after_start",
                        violation_error_code="ends_on",
                        violation_error_message="Sista dagen kan inte vara före den första.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CommunicationItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "direction",
                    models.CharField(
                        choices=[("internal", "Inåt"), ("external", "Utåt")], max_length=10, verbose_name="riktning"
                    ),
                ),
                ("audience", documents.fields.LineField(max_length=150, verbose_name="målgrupp")),
                ("message", documents.fields.ProseField(max_length=1000, verbose_name="budskap")),
                ("channel", documents.fields.LineField(blank=True, max_length=150, verbose_name="kanal")),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="senast")),
                ("done_on", models.DateField(blank=True, null=True, verbose_name="gjord")),
                (
                    "activity",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="communication_items",
                        to="focus_areas.activity",
                        verbose_name="aktivitet",
                    ),
                ),
                (
                    "responsible",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="communication_items",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="ansvarig",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="items",
                        to="focus_areas.communicationplan",
                        verbose_name="kommunikationsplan",
                    ),
                ),
            ],
            options={
                "verbose_name": "kommunikationsinsats",
                "verbose_name_plural": "kommunikationsinsatser",
                "ordering": [models.OrderBy(models.F("due_on"), nulls_last=True), "pk"],
            },
        ),
        migrations.CreateModel(
            name="Evaluation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", documents.fields.LineField(max_length=200, verbose_name="rubrik")),
                ("done_by", documents.fields.LineField(blank=True, max_length=150, verbose_name="gjord av")),
                ("done_on", models.DateField(blank=True, null=True, verbose_name="klar")),
                ("method", documents.fields.ProseField(blank=True, max_length=2000, verbose_name="så gjordes den")),
                ("summary", documents.fields.ProseField(blank=True, max_length=4000, verbose_name="sammanfattning")),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="evaluations",
                        to="agreements.agreement",
                        verbose_name="överenskommelse",
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="evaluations",
                        to="agreements.agreementdocument",
                        verbose_name="handling",
                    ),
                ),
            ],
            options={
                "verbose_name": "utvärdering",
                "verbose_name_plural": "utvärderingar",
                "ordering": [models.OrderBy(models.F("done_on"), descending=True, nulls_first=True), "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("agreement", "title"),
                        name="evaluation_title_unique_in_agreement",
                        violation_error_code="title",
                        violation_error_message="Det finns redan en utvärdering med den rubriken.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Finding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("strategic", "Strategisk nivå"),
                            ("tactical", "Taktisk nivå"),
                            ("practical", "Praktisk nivå"),
                        ],
                        max_length=10,
                        verbose_name="nivå",
                    ),
                ),
                ("text", documents.fields.ProseField(max_length=2000, verbose_name="slutsats")),
                (
                    "evaluation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="findings",
                        to="focus_areas.evaluation",
                        verbose_name="utvärdering",
                    ),
                ),
            ],
            options={
                "verbose_name": "slutsats",
                "verbose_name_plural": "slutsatser",
                "ordering": ["evaluation", "pk"],
            },
        ),
        migrations.CreateModel(
            name="GoalChoice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "choice",
                    models.CharField(
                        choices=[("continue", "Fortsätter"), ("change", "Fortsätter ändrad"), ("end", "Avslutas")],
                        max_length=10,
                        verbose_name="val",
                    ),
                ),
                ("reason", documents.fields.ProseField(blank=True, max_length=1000, verbose_name="skäl")),
                ("new_statement", documents.fields.LineField(blank=True, max_length=300, verbose_name="ny lydelse")),
                (
                    "new_target",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=12, null=True, verbose_name="nytt målvärde"
                    ),
                ),
                (
                    "goal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="focus_areas.goal",
                        verbose_name="mål",
                    ),
                ),
                (
                    "renewal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="goal_choices",
                        to="focus_areas.renewal",
                        verbose_name="förnyelse",
                    ),
                ),
            ],
            options={
                "verbose_name": "val för mål",
                "verbose_name_plural": "val för mål",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("renewal", "goal"), name="goal_choice_once_in_renewal")
                ],
            },
        ),
        migrations.CreateModel(
            name="GoalCriterion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="ordning")),
                ("label", documents.fields.LineField(max_length=50, verbose_name="kriterium")),
                (
                    "check_for",
                    models.CharField(
                        choices=[
                            ("specific", "säger vad som ska ändras, för vem eller var"),
                            ("measurable", "har ett mått och ett målvärde"),
                            ("bounded", "håller sig till en sak"),
                            ("accepted", "är förankrat hos dem som ska göra det"),
                            ("realistic", "går att nå från utgångsvärdet"),
                            ("timed", "har en sista dag"),
                            ("owned", "har någon som ansvarar"),
                        ],
                        max_length=10,
                        verbose_name="granskas så att målet",
                    ),
                ),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="goal_criteria",
                        to="agreements.agreement",
                        verbose_name="överenskommelse",
                    ),
                ),
            ],
            options={
                "verbose_name": "målkriterium",
                "verbose_name_plural": "målkriterier",
                "ordering": ["position", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("agreement", "label"),
                        name="goal_criterion_label_unique_in_agreement",
                        violation_error_code="label",
                        violation_error_message="Kriteriet finns redan.",
                    ),
                    models.UniqueConstraint(
                        fields=("agreement", "check_for"),
                        name="goal_criterion_check_unique_in_agreement",
                        violation_error_code="check_for",
                        violation_error_message="Det granskas redan under ett annat kriterium.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Grant",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("source", documents.fields.LineField(max_length=200, verbose_name="bidragsgivare")),
                (
                    "reference_number",
                    documents.fields.LineField(blank=True, max_length=50, verbose_name="bidragets diarienummer"),
                ),
                (
                    "amount",
                    models.DecimalField(
                        decimal_places=2,
                        max_digits=12,
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="belopp i kronor",
                    ),
                ),
                ("starts_on", models.DateField(blank=True, null=True, verbose_name="från och med")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="till och med")),
                ("report_due_on", models.DateField(blank=True, null=True, verbose_name="ska redovisas senast")),
                ("reported_on", models.DateField(blank=True, null=True, verbose_name="redovisat")),
                (
                    "activity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="grants",
                        to="focus_areas.activity",
                        verbose_name="aktivitet",
                    ),
                ),
            ],
            options={
                "verbose_name": "bidrag",
                "verbose_name_plural": "bidrag",
                "ordering": [models.OrderBy(models.F("report_due_on"), nulls_last=True), "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("starts_on__isnull", True),
                            ("ends_on__isnull", True),
                            ("ends_on__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="grant_ends_after_start",
                        violation_error_code="ends_on",
                        violation_error_message="Sista dagen kan inte vara före den första.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount__gt", 0)),
                        name="grant_has_an_amount",
                        violation_error_code="amount",
                        violation_error_message="Beloppet ska vara större än noll.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalActionPlan",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("version", models.PositiveSmallIntegerField(verbose_name="version")),
                ("title", documents.fields.LineField(max_length=200, verbose_name="rubrik")),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "Utkast"), ("adopted", "Antagen"), ("replaced", "Ersatt")],
                        default="draft",
                        editable=False,
                        max_length=10,
                        verbose_name="tillstånd",
                    ),
                ),
                ("comment", documents.fields.ProseField(blank=True, max_length=2000, verbose_name="om versionen")),
                ("decided_on", models.DateField(blank=True, null=True, verbose_name="beslutad")),
                ("decided_by", documents.fields.LineField(blank=True, max_length=150, verbose_name="beslutad av")),
                ("paragraph", documents.fields.LineField(blank=True, max_length=20, verbose_name="paragraf")),
                (
                    "reference_number",
                    documents.fields.LineField(blank=True, max_length=50, verbose_name="diarienummer"),
                ),
                ("sha256", models.CharField(blank=True, editable=False, max_length=64, verbose_name="kontrollsumma")),
                (
                    "adopted_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="inlagd som antagen"),
                ),
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
                    "adopted_entered_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="inlagd av",
                    ),
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
                    "based_on",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="agreements.situationpicture",
                        verbose_name="vilar på lägesbilden",
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
                "verbose_name": "historical åtgärdsplan",
                "verbose_name_plural": "historical åtgärdsplaner",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalActivity_causes",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("m2m_history_id", models.AutoField(primary_key=True, serialize=False)),
                (
                    "activity",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_tablespace="",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="focus_areas.activity",
                    ),
                ),
                (
                    "cause",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_tablespace="",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="focus_areas.cause",
                    ),
                ),
                (
                    "history",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        to="focus_areas.historicalactivity",
                    ),
                ),
            ],
            options={
                "verbose_name": "HistoricalActivity_causes",
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalActivityChoice",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "choice",
                    models.CharField(
                        choices=[("continue", "Fortsätter"), ("change", "Fortsätter ändrad"), ("end", "Avslutas")],
                        max_length=10,
                        verbose_name="val",
                    ),
                ),
                ("reason", documents.fields.ProseField(blank=True, max_length=1000, verbose_name="skäl")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.TextField(null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "activity",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="focus_areas.activity",
                        verbose_name="aktivitet",
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
                    "renewal",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="focus_areas.renewal",
                        verbose_name="förnyelse",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical val för aktivitet",
                "verbose_name_plural": "historical val för aktiviteter",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalCause",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("title", documents.fields.LineField(max_length=200, verbose_name="orsak")),
                ("description", documents.fields.ProseField(blank=True, max_length=2000, verbose_name="beskrivning")),
                (
                    "leg",
                    models.CharField(
                        choices=[
                            ("victim", "Brottsutsatt"),
                            ("offender", "Gärningsperson"),
                            ("place", "Objekt eller plats"),
                        ],
                        max_length=10,
                        verbose_name="ben",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("risk", "Riskfaktor"), ("protective", "Skyddsfaktor")],
                        default="risk",
                        max_length=10,
                        verbose_name="slag",
                    ),
                ),
                (
                    "evidence",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (1, "Antagande"),
                            (2, "Erfarenhet i verksamheten"),
                            (3, "Statistik eller undersökning"),
                            (4, "Forskning"),
                        ],
                        default=1,
                        verbose_name="underlag",
                    ),
                ),
                ("source", documents.fields.LineField(blank=True, max_length=250, verbose_name="källa")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.TextField(null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "analysis",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="focus_areas.causeanalysis",
                        verbose_name="orsaksanalys",
                    ),
                ),
                (
                    "carried_over_from",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="focus_areas.cause",
                        verbose_name="förd över från",
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
                "verbose_name": "historical orsak",
                "verbose_name_plural": "historical orsaker",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalCauseAnalysis",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("summary", documents.fields.ProseField(blank=True, max_length=4000, verbose_name="sammanfattning")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.TextField(null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
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
                    "problem",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="agreements.problem",
                        verbose_name="problem",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical orsaksanalys",
                "verbose_name_plural": "historical orsaksanalyser",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalCommunicationItem",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "direction",
                    models.CharField(
                        choices=[("internal", "Inåt"), ("external", "Utåt")], max_length=10, verbose_name="riktning"
                    ),
                ),
                ("audience", documents.fields.LineField(max_length=150, verbose_name="målgrupp")),
                ("message", documents.fields.ProseField(max_length=1000, verbose_name="budskap")),
                ("channel", documents.fields.LineField(blank=True, max_length=150, verbose_name="kanal")),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="senast")),
                ("done_on", models.DateField(blank=True, null=True, verbose_name="gjord")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.TextField(null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "activity",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="focus_areas.activity",
                        verbose_name="aktivitet",
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
                    "plan",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="focus_areas.communicationplan",
                        verbose_name="kommunikationsplan",
                    ),
                ),
                (
                    "responsible",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="ansvarig",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical kommunikationsinsats",
                "verbose_name_plural": "historical kommunikationsinsatser",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalCommunicationPlan",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("title", documents.fields.LineField(max_length=200, verbose_name="rubrik")),
                ("is_joint", models.BooleanField(default=False, verbose_name="parternas gemensamma plan")),
                (
                    "aim",
                    documents.fields.ProseField(
                        blank=True, max_length=2000, verbose_name="vad kommunikationen ska leda till"
                    ),
                ),
                (
                    "principles",
                    documents.fields.ProseField(blank=True, max_length=2000, verbose_name="så delar vi på ansvaret"),
                ),
                ("starts_on", models.DateField(blank=True, null=True, verbose_name="från och med")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="till och med")),
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
                "verbose_name": "historical kommunikationsplan",
                "verbose_name_plural": "historical kommunikationsplaner",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalEvaluation",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("title", documents.fields.LineField(max_length=200, verbose_name="rubrik")),
                ("done_by", documents.fields.LineField(blank=True, max_length=150, verbose_name="gjord av")),
                ("done_on", models.DateField(blank=True, null=True, verbose_name="klar")),
                ("method", documents.fields.ProseField(blank=True, max_length=2000, verbose_name="så gjordes den")),
                ("summary", documents.fields.ProseField(blank=True, max_length=4000, verbose_name="sammanfattning")),
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
                    "document",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="agreements.agreementdocument",
                        verbose_name="handling",
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
                "verbose_name": "historical utvärdering",
                "verbose_name_plural": "historical utvärderingar",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalFinding",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("strategic", "Strategisk nivå"),
                            ("tactical", "Taktisk nivå"),
                            ("practical", "Praktisk nivå"),
                        ],
                        max_length=10,
                        verbose_name="nivå",
                    ),
                ),
                ("text", documents.fields.ProseField(max_length=2000, verbose_name="slutsats")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.TextField(null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "evaluation",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="focus_areas.evaluation",
                        verbose_name="utvärdering",
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
                "verbose_name": "historical slutsats",
                "verbose_name_plural": "historical slutsatser",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalFocusArea_problems",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("m2m_history_id", models.AutoField(primary_key=True, serialize=False)),
                (
                    "focusarea",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_tablespace="",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="focus_areas.focusarea",
                    ),
                ),
                (
                    "history",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        to="focus_areas.historicalfocusarea",
                    ),
                ),
                (
                    "problem",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_tablespace="",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="agreements.problem",
                    ),
                ),
            ],
            options={
                "verbose_name": "HistoricalFocusArea_problems",
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalGoalChoice",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "choice",
                    models.CharField(
                        choices=[("continue", "Fortsätter"), ("change", "Fortsätter ändrad"), ("end", "Avslutas")],
                        max_length=10,
                        verbose_name="val",
                    ),
                ),
                ("reason", documents.fields.ProseField(blank=True, max_length=1000, verbose_name="skäl")),
                ("new_statement", documents.fields.LineField(blank=True, max_length=300, verbose_name="ny lydelse")),
                (
                    "new_target",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=12, null=True, verbose_name="nytt målvärde"
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
                    "goal",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="focus_areas.goal",
                        verbose_name="mål",
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
                    "renewal",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="focus_areas.renewal",
                        verbose_name="förnyelse",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical val för mål",
                "verbose_name_plural": "historical val för mål",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalGoalCriterion",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="ordning")),
                ("label", documents.fields.LineField(max_length=50, verbose_name="kriterium")),
                (
                    "check_for",
                    models.CharField(
                        choices=[
                            ("specific", "säger vad som ska ändras, för vem eller var"),
                            ("measurable", "har ett mått och ett målvärde"),
                            ("bounded", "håller sig till en sak"),
                            ("accepted", "är förankrat hos dem som ska göra det"),
                            ("realistic", "går att nå från utgångsvärdet"),
                            ("timed", "har en sista dag"),
                            ("owned", "har någon som ansvarar"),
                        ],
                        max_length=10,
                        verbose_name="granskas så att målet",
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
                "verbose_name": "historical målkriterium",
                "verbose_name_plural": "historical målkriterier",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalGrant",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("source", documents.fields.LineField(max_length=200, verbose_name="bidragsgivare")),
                (
                    "reference_number",
                    documents.fields.LineField(blank=True, max_length=50, verbose_name="bidragets diarienummer"),
                ),
                (
                    "amount",
                    models.DecimalField(
                        decimal_places=2,
                        max_digits=12,
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="belopp i kronor",
                    ),
                ),
                ("starts_on", models.DateField(blank=True, null=True, verbose_name="från och med")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="till och med")),
                ("report_due_on", models.DateField(blank=True, null=True, verbose_name="ska redovisas senast")),
                ("reported_on", models.DateField(blank=True, null=True, verbose_name="redovisat")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.TextField(null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "activity",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="focus_areas.activity",
                        verbose_name="aktivitet",
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
                "verbose_name": "historical bidrag",
                "verbose_name_plural": "historical bidrag",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalPlannedFollowUp",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("production", "Produktion"), ("process", "Process"), ("effect", "Effekt")],
                        max_length=10,
                        verbose_name="slag",
                    ),
                ),
                ("what", documents.fields.LineField(max_length=250, verbose_name="vad som följs upp")),
                ("how", documents.fields.LineField(blank=True, max_length=250, verbose_name="hur")),
                ("due_on", models.DateField(verbose_name="senast")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.TextField(null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "activity",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="focus_areas.activity",
                        verbose_name="aktivitet",
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
                    "responsible",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="ansvarig",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical planerad uppföljning",
                "verbose_name_plural": "historical planerade uppföljningar",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalRecommendation",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("text", documents.fields.ProseField(max_length=2000, verbose_name="rekommendation")),
                (
                    "answer",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "Inte besvarad"),
                            ("accepted", "Genomförs"),
                            ("partly", "Genomförs delvis"),
                            ("declined", "Genomförs inte"),
                        ],
                        default="",
                        max_length=10,
                        verbose_name="svar",
                    ),
                ),
                ("reason", documents.fields.ProseField(blank=True, max_length=1000, verbose_name="skäl för svaret")),
                ("done_on", models.DateField(blank=True, null=True, verbose_name="genomförd")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.TextField(null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "evaluation",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="focus_areas.evaluation",
                        verbose_name="utvärdering",
                    ),
                ),
                (
                    "finding",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="focus_areas.finding",
                        verbose_name="slutsats",
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
                "verbose_name": "historical rekommendation",
                "verbose_name_plural": "historical rekommendationer",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Recommendation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", documents.fields.ProseField(max_length=2000, verbose_name="rekommendation")),
                (
                    "answer",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "Inte besvarad"),
                            ("accepted", "Genomförs"),
                            ("partly", "Genomförs delvis"),
                            ("declined", "Genomförs inte"),
                        ],
                        default="",
                        max_length=10,
                        verbose_name="svar",
                    ),
                ),
                ("reason", documents.fields.ProseField(blank=True, max_length=1000, verbose_name="skäl för svaret")),
                ("done_on", models.DateField(blank=True, null=True, verbose_name="genomförd")),
                (
                    "activities",
                    models.ManyToManyField(
                        blank=True,
                        related_name="recommendations",
                        to="focus_areas.activity",
                        verbose_name="aktiviteter",
                    ),
                ),
                (
                    "evaluation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="recommendations",
                        to="focus_areas.evaluation",
                        verbose_name="utvärdering",
                    ),
                ),
                (
                    "finding",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="recommendations",
                        to="focus_areas.finding",
                        verbose_name="slutsats",
                    ),
                ),
            ],
            options={
                "verbose_name": "rekommendation",
                "verbose_name_plural": "rekommendationer",
                "ordering": ["evaluation", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", "declined"), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="recommendation_declined_for_a_reason",
                        violation_error_code="reason",
                        violation_error_message="Skriv varför rekommendationen inte genomförs.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalRecommendation_activities",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("m2m_history_id", models.AutoField(primary_key=True, serialize=False)),
                (
                    "activity",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_tablespace="",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="focus_areas.activity",
                    ),
                ),
                (
                    "history",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        to="focus_areas.historicalrecommendation",
                    ),
                ),
                (
                    "recommendation",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_tablespace="",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="focus_areas.recommendation",
                    ),
                ),
            ],
            options={
                "verbose_name": "HistoricalRecommendation_activities",
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalRenewal",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("title", documents.fields.LineField(max_length=250, verbose_name="den nya överenskommelsens rubrik")),
                (
                    "reference_number",
                    documents.fields.LineField(blank=True, max_length=50, verbose_name="diarienummer"),
                ),
                ("starts_on", models.DateField(verbose_name="gäller från")),
                ("ends_on", models.DateField(verbose_name="gäller till")),
                (
                    "closing_statement",
                    documents.fields.ProseField(blank=True, max_length=10000, verbose_name="slutord om perioden"),
                ),
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
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="påbörjad av",
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
                    "successor",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="agreements.agreement",
                        verbose_name="ny överenskommelse",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical förnyelse",
                "verbose_name_plural": "historical förnyelser",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalSeatChoice",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "choice",
                    models.CharField(
                        choices=[
                            ("keep", "Platsen och innehavaren följer med"),
                            ("vacate", "Platsen följer med, innehavaren utses senare"),
                            ("end", "Platsen följer inte med"),
                        ],
                        max_length=10,
                        verbose_name="val",
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
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "seat",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="agreements.seat",
                        verbose_name="plats",
                    ),
                ),
                (
                    "renewal",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="focus_areas.renewal",
                        verbose_name="förnyelse",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical val för plats",
                "verbose_name_plural": "historical val för platser",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="PlannedFollowUp",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("production", "Produktion"), ("process", "Process"), ("effect", "Effekt")],
                        max_length=10,
                        verbose_name="slag",
                    ),
                ),
                ("what", documents.fields.LineField(max_length=250, verbose_name="vad som följs upp")),
                ("how", documents.fields.LineField(blank=True, max_length=250, verbose_name="hur")),
                ("due_on", models.DateField(verbose_name="senast")),
                (
                    "activity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="planned_follow_ups",
                        to="focus_areas.activity",
                        verbose_name="aktivitet",
                    ),
                ),
                (
                    "responsible",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="planned_follow_ups",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="ansvarig",
                    ),
                ),
            ],
            options={
                "verbose_name": "planerad uppföljning",
                "verbose_name_plural": "planerade uppföljningar",
                "ordering": ["due_on", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("activity", "kind", "due_on"),
                        name="follow_up_planned_once",
                        violation_error_code="due_on",
                        violation_error_message="En sådan uppföljning är redan planerad den dagen.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Reminder",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "occasion",
                    models.CharField(
                        choices=[("silent", "Inget hört"), ("follow_up", "Uppföljning")],
                        max_length=10,
                        verbose_name="anledning",
                    ),
                ),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="senast")),
                ("sent_at", models.DateTimeField(default=accounts.history.recording_moment, verbose_name="skickad")),
                (
                    "activity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reminders",
                        to="focus_areas.activity",
                        verbose_name="aktivitet",
                    ),
                ),
                (
                    "recipient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reminders",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="till",
                    ),
                ),
                (
                    "sent_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="av",
                    ),
                ),
            ],
            options={
                "verbose_name": "påminnelse",
                "verbose_name_plural": "påminnelser",
                "ordering": ["-sent_at", "-pk"],
                "indexes": [models.Index(fields=["activity", "-sent_at"], name="reminder_newest")],
            },
        ),
        migrations.CreateModel(
            name="SeatChoice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "choice",
                    models.CharField(
                        choices=[
                            ("keep", "Platsen och innehavaren följer med"),
                            ("vacate", "Platsen följer med, innehavaren utses senare"),
                            ("end", "Platsen följer inte med"),
                        ],
                        max_length=10,
                        verbose_name="val",
                    ),
                ),
                (
                    "renewal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="seat_choices",
                        to="focus_areas.renewal",
                        verbose_name="förnyelse",
                    ),
                ),
                (
                    "seat",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="agreements.seat",
                        verbose_name="plats",
                    ),
                ),
            ],
            options={
                "verbose_name": "val för plats",
                "verbose_name_plural": "val för platser",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("renewal", "seat"), name="seat_choice_once_in_renewal")
                ],
            },
        ),
        migrations.AddField(
            model_name="activity",
            name="public_text",
            field=documents.fields.ProseField(blank=True, max_length=1000, verbose_name="det invånarna får läsa"),
        ),
        migrations.AddField(
            model_name="focusarea",
            name="carried_over_from",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="carried_over_to",
                to="focus_areas.focusarea",
                verbose_name="fört över från",
            ),
        ),
        migrations.AddField(
            model_name="focusarea",
            name="child_summary",
            field=documents.fields.ProseField(blank=True, max_length=4000, verbose_name="barnets bästa, samlat"),
        ),
        migrations.AddField(
            model_name="focusarea",
            name="problems",
            field=models.ManyToManyField(
                blank=True, related_name="focus_areas", to="agreements.problem", verbose_name="problem"
            ),
        ),
        migrations.AddField(
            model_name="goal",
            name="carried_over_from",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="carried_over_to",
                to="focus_areas.goal",
                verbose_name="fört över från",
            ),
        ),
        migrations.AddField(
            model_name="goal",
            name="indicator",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="goals",
                to="agreements.indicator",
                verbose_name="mäts med indikatorn",
            ),
        ),
        migrations.AddField(
            model_name="goal",
            name="problem",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="goals",
                to="agreements.problem",
                verbose_name="problem",
            ),
        ),
        migrations.AddField(
            model_name="historicalactivity",
            name="public_text",
            field=documents.fields.ProseField(blank=True, max_length=1000, verbose_name="det invånarna får läsa"),
        ),
        migrations.AddField(
            model_name="historicalfocusarea",
            name="carried_over_from",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="focus_areas.focusarea",
                verbose_name="fört över från",
            ),
        ),
        migrations.AddField(
            model_name="historicalfocusarea",
            name="child_summary",
            field=documents.fields.ProseField(blank=True, max_length=4000, verbose_name="barnets bästa, samlat"),
        ),
        migrations.AddField(
            model_name="historicalgoal",
            name="carried_over_from",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="focus_areas.goal",
                verbose_name="fört över från",
            ),
        ),
        migrations.AddField(
            model_name="historicalgoal",
            name="indicator",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="agreements.indicator",
                verbose_name="mäts med indikatorn",
            ),
        ),
        migrations.AddField(
            model_name="historicalgoal",
            name="problem",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="agreements.problem",
                verbose_name="problem",
            ),
        ),
        migrations.AddConstraint(
            model_name="goal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("baseline__isnull", True),
                    ("target__isnull", True),
                    models.Q(("baseline", models.F("target")), _negated=True),
                    _connector="OR",
                ),
                name="goal_target_is_not_the_baseline",
                violation_error_code="target",
                violation_error_message="Målvärdet är detsamma som utgångsvärdet. Ange vad som ska bli annorlunda.",
            ),
        ),
        migrations.AddField(
            model_name="activity",
            name="causes",
            field=models.ManyToManyField(
                blank=True, related_name="activities", to="focus_areas.cause", verbose_name="orsaker"
            ),
        ),
        migrations.AddField(
            model_name="followup",
            name="planned",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="follow_ups",
                to="focus_areas.plannedfollowup",
                verbose_name="svarar mot",
            ),
        ),
        migrations.AddField(
            model_name="historicalfollowup",
            name="planned",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="focus_areas.plannedfollowup",
                verbose_name="svarar mot",
            ),
        ),
        migrations.AddConstraint(
            model_name="followup",
            constraint=models.UniqueConstraint(
                fields=("planned",),
                name="planned_follow_up_answered_once",
                violation_error_code="planned",
                violation_error_message="En annan uppföljning svarar redan mot den planerade.",
            ),
        ),
    ]
