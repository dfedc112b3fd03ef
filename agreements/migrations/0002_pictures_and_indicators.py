import django.core.validators
import django.db.models.deletion
import django.db.models.functions.comparison
import django.utils.timezone
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import accounts.history
import agreements.models.situation_pictures
import documents.fields


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "__first__"),
        ("agreements", "0001_agreements_and_groups"),
    ]

    operations = [
        migrations.CreateModel(
            name="HistoricalIndicator",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("name", documents.fields.LineField(max_length=150, verbose_name="indikator")),
                ("description", documents.fields.ProseField(blank=True, max_length=1000, verbose_name="vad den mäter")),
                ("source", documents.fields.LineField(blank=True, max_length=250, verbose_name="källa")),
                ("unit", documents.fields.LineField(blank=True, max_length=50, verbose_name="enhet")),
                (
                    "scale_lowest",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=12, null=True, verbose_name="skalans lägsta värde"
                    ),
                ),
                (
                    "scale_highest",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=12, null=True, verbose_name="skalans högsta värde"
                    ),
                ),
                ("lower_is_better", models.BooleanField(default=False, verbose_name="lågt värde är bra")),
                (
                    "kolada_id",
                    documents.fields.LineField(
                        blank=True,
                        max_length=20,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[NU][0-9]{5}\\Z", "Skriv nyckeltalet som i Kolada, till exempel N07403."
                            )
                        ],
                        verbose_name="nyckeltal i Kolada",
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
                "verbose_name": "historical indikator",
                "verbose_name_plural": "historical indikatorer",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalLinkedPlan",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("title", documents.fields.LineField(max_length=200, verbose_name="plan")),
                (
                    "subject",
                    models.CharField(
                        choices=[
                            ("drugs", "Alkohol, narkotika, dopning, tobak och spel (ANDTS)"),
                            ("violence", "Våld i nära relationer och hedersrelaterat våld"),
                            ("crisis", "Krisberedskap och skydd mot olyckor"),
                            ("youth", "Barn och unga"),
                            ("building", "Stadsmiljö och planering"),
                            ("other", "Annat"),
                        ],
                        max_length=10,
                        verbose_name="område",
                    ),
                ),
                (
                    "reference_number",
                    documents.fields.LineField(blank=True, max_length=50, verbose_name="diarienummer"),
                ),
                (
                    "address",
                    documents.fields.LineField(
                        blank=True,
                        max_length=300,
                        validators=[django.core.validators.URLValidator(schemes=["https", "http"])],
                        verbose_name="webbadress",
                    ),
                ),
                ("adopted_on", models.DateField(blank=True, null=True, verbose_name="antagen")),
                (
                    "how_connected",
                    documents.fields.ProseField(blank=True, max_length=1000, verbose_name="så hänger planerna ihop"),
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
                "verbose_name": "historical annan plan",
                "verbose_name_plural": "historical andra planer",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="SituationPicture",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", documents.fields.LineField(max_length=200, verbose_name="rubrik")),
                (
                    "reference_number",
                    documents.fields.LineField(blank=True, max_length=50, verbose_name="diarienummer"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "Arbetsmaterial"), ("adopted", "Fastställd")],
                        default="draft",
                        editable=False,
                        max_length=10,
                        verbose_name="tillstånd",
                    ),
                ),
                (
                    "mapping",
                    documents.fields.ProseField(
                        blank=True,
                        max_length=10000,
                        verbose_name="kartläggning: brotten, hur många de är och vad de leder till",
                    ),
                ),
                (
                    "other_information",
                    documents.fields.ProseField(blank=True, max_length=10000, verbose_name="annat som har betydelse"),
                ),
                (
                    "analysis",
                    documents.fields.ProseField(
                        blank=True, max_length=10000, verbose_name="analys av kartläggningen och det övriga"
                    ),
                ),
                ("adopted_on", models.DateField(blank=True, null=True, verbose_name="fastställd")),
                ("adopted_by", documents.fields.LineField(blank=True, max_length=150, verbose_name="fastställd av")),
                ("paragraph", documents.fields.LineField(blank=True, max_length=20, verbose_name="paragraf")),
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
                        related_name="%(class)ss",
                        to="agreements.agreement",
                        verbose_name="överenskommelse",
                    ),
                ),
                (
                    "supersedes",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="superseded_by",
                        to="agreements.situationpicture",
                        verbose_name="ersätter",
                    ),
                ),
            ],
            options={
                "verbose_name": "lägesbild",
                "verbose_name_plural": "lägesbilder",
                "ordering": [models.OrderBy(models.F("adopted_on"), descending=True, nulls_first=True), "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "draft")),
                        fields=("agreement",),
                        name="picture_one_draft_in_agreement",
                        violation_error_message="Det finns redan ett arbetsmaterial till ny lägesbild.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("adopted_on__isnull", True), ("state", "draft")),
                            models.Q(("adopted_on__isnull", False), ("state", "adopted")),
                            _connector="OR",
                        ),
                        name="picture_adopted_has_day",
                        violation_error_code="adopted_on",
                        violation_error_message="Ange vilken dag lägesbilden fastställdes.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("supersedes", models.F("id")), _negated=True),
                        name="picture_not_its_own_predecessor",
                        violation_error_code="supersedes",
                        violation_error_message="En lägesbild kan inte ersätta sig själv.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Problem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", documents.fields.LineField(max_length=200, verbose_name="problem")),
                ("description", documents.fields.ProseField(blank=True, max_length=4000, verbose_name="beskrivning")),
                (
                    "trend",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "Okänt"),
                            ("rising", "Ökar"),
                            ("unchanged", "Oförändrat"),
                            ("falling", "Minskar"),
                        ],
                        default="",
                        max_length=10,
                        verbose_name="utveckling",
                    ),
                ),
                (
                    "is_common",
                    models.PositiveSmallIntegerField(
                        blank=True, choices=[(0, "Nej"), (1, "Delvis"), (2, "Ja")], null=True, verbose_name="vanligt"
                    ),
                ),
                (
                    "is_rising",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        choices=[(0, "Nej"), (1, "Delvis"), (2, "Ja")],
                        null=True,
                        verbose_name="ökar eller avviker",
                    ),
                ),
                (
                    "is_tied_to_place",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        choices=[(0, "Nej"), (1, "Delvis"), (2, "Ja")],
                        null=True,
                        verbose_name="knutet till en plats",
                    ),
                ),
                (
                    "hits_vulnerable",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        choices=[(0, "Nej"), (1, "Delvis"), (2, "Ja")],
                        null=True,
                        verbose_name="drabbar särskilt utsatta",
                    ),
                ),
                (
                    "is_signal_crime",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        choices=[(0, "Nej"), (1, "Delvis"), (2, "Ja")],
                        null=True,
                        verbose_name="signalbrott som skapar otrygghet",
                    ),
                ),
                (
                    "touches_many",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        choices=[(0, "Nej"), (1, "Delvis"), (2, "Ja")],
                        null=True,
                        verbose_name="berör många",
                    ),
                ),
                (
                    "is_costly",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        choices=[(0, "Nej"), (1, "Delvis"), (2, "Ja")],
                        null=True,
                        verbose_name="stora följder eller kostnader",
                    ),
                ),
                (
                    "has_resources",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        choices=[(0, "Nej"), (1, "Delvis"), (2, "Ja")],
                        null=True,
                        verbose_name="resurser finns",
                    ),
                ),
                (
                    "can_be_influenced",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        choices=[(0, "Nej"), (1, "Delvis"), (2, "Ja")],
                        null=True,
                        verbose_name="går att påverka",
                    ),
                ),
                ("is_prioritised", models.BooleanField(default=False, verbose_name="prioriterat")),
                (
                    "priority_reason",
                    documents.fields.ProseField(blank=True, max_length=1000, verbose_name="skäl för prioriteringen"),
                ),
                (
                    "areas",
                    models.ManyToManyField(
                        blank=True, related_name="problems", to="agreements.area", verbose_name="delområden"
                    ),
                ),
                (
                    "carried_over_from",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="carried_over_to",
                        to="agreements.problem",
                        verbose_name="fört över från",
                    ),
                ),
                (
                    "situation_picture",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="problems",
                        to="agreements.situationpicture",
                        verbose_name="lägesbild",
                    ),
                ),
            ],
            options={
                "verbose_name": "problem",
                "verbose_name_plural": "problem",
                "ordering": ["-is_prioritised", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("situation_picture", "title"),
                        name="problem_title_unique_in_picture",
                        violation_error_code="title",
                        violation_error_message="Lägesbilden har redan ett problem med den rubriken.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalProblem",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("title", documents.fields.LineField(max_length=200, verbose_name="problem")),
                ("description", documents.fields.ProseField(blank=True, max_length=4000, verbose_name="beskrivning")),
                (
                    "trend",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "Okänt"),
                            ("rising", "Ökar"),
                            ("unchanged", "Oförändrat"),
                            ("falling", "Minskar"),
                        ],
                        default="",
                        max_length=10,
                        verbose_name="utveckling",
                    ),
                ),
                (
                    "is_common",
                    models.PositiveSmallIntegerField(
                        blank=True, choices=[(0, "Nej"), (1, "Delvis"), (2, "Ja")], null=True, verbose_name="vanligt"
                    ),
                ),
                (
                    "is_rising",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        choices=[(0, "Nej"), (1, "Delvis"), (2, "Ja")],
                        null=True,
                        verbose_name="ökar eller avviker",
                    ),
                ),
                (
                    "is_tied_to_place",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        choices=[(0, "Nej"), (1, "Delvis"), (2, "Ja")],
                        null=True,
                        verbose_name="knutet till en plats",
                    ),
                ),
                (
                    "hits_vulnerable",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        choices=[(0, "Nej"), (1, "Delvis"), (2, "Ja")],
                        null=True,
                        verbose_name="drabbar särskilt utsatta",
                    ),
                ),
                (
                    "is_signal_crime",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        choices=[(0, "Nej"), (1, "Delvis"), (2, "Ja")],
                        null=True,
                        verbose_name="signalbrott som skapar otrygghet",
                    ),
                ),
                (
                    "touches_many",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        choices=[(0, "Nej"), (1, "Delvis"), (2, "Ja")],
                        null=True,
                        verbose_name="berör många",
                    ),
                ),
                (
                    "is_costly",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        choices=[(0, "Nej"), (1, "Delvis"), (2, "Ja")],
                        null=True,
                        verbose_name="stora följder eller kostnader",
                    ),
                ),
                (
                    "has_resources",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        choices=[(0, "Nej"), (1, "Delvis"), (2, "Ja")],
                        null=True,
                        verbose_name="resurser finns",
                    ),
                ),
                (
                    "can_be_influenced",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        choices=[(0, "Nej"), (1, "Delvis"), (2, "Ja")],
                        null=True,
                        verbose_name="går att påverka",
                    ),
                ),
                ("is_prioritised", models.BooleanField(default=False, verbose_name="prioriterat")),
                (
                    "priority_reason",
                    documents.fields.ProseField(blank=True, max_length=1000, verbose_name="skäl för prioriteringen"),
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
                    "carried_over_from",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="agreements.problem",
                        verbose_name="fört över från",
                    ),
                ),
                (
                    "situation_picture",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="agreements.situationpicture",
                        verbose_name="lägesbild",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical problem",
                "verbose_name_plural": "historical problem",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Indicator",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", documents.fields.LineField(max_length=150, verbose_name="indikator")),
                ("description", documents.fields.ProseField(blank=True, max_length=1000, verbose_name="vad den mäter")),
                ("source", documents.fields.LineField(blank=True, max_length=250, verbose_name="källa")),
                ("unit", documents.fields.LineField(blank=True, max_length=50, verbose_name="enhet")),
                (
                    "scale_lowest",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=12, null=True, verbose_name="skalans lägsta värde"
                    ),
                ),
                (
                    "scale_highest",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=12, null=True, verbose_name="skalans högsta värde"
                    ),
                ),
                ("lower_is_better", models.BooleanField(default=False, verbose_name="lågt värde är bra")),
                (
                    "kolada_id",
                    documents.fields.LineField(
                        blank=True,
                        max_length=20,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[NU][0-9]{5}\\Z", "Skriv nyckeltalet som i Kolada, till exempel N07403."
                            )
                        ],
                        verbose_name="nyckeltal i Kolada",
                    ),
                ),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)ss",
                        to="agreements.agreement",
                        verbose_name="överenskommelse",
                    ),
                ),
            ],
            options={
                "verbose_name": "indikator",
                "verbose_name_plural": "indikatorer",
                "ordering": ["name"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("agreement", "name"),
                        name="indicator_name_unique_in_agreement",
                        violation_error_code="name",
                        violation_error_message="Överenskommelsen har redan en indikator med det namnet.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("scale_highest__isnull", True), ("scale_lowest__isnull", True)),
                            models.Q(
                                ("scale_highest__gt", models.F("scale_lowest")),
                                ("scale_highest__isnull", False),
                                ("scale_lowest__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="indicator_scale_is_a_span",
                        violation_error_code="scale_highest",
                        violation_error_message="Ange både lägsta och högsta värde, och det högsta sist.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("kolada_id", ""), _negated=True),
                        fields=("agreement", "kolada_id"),
                        name="indicator_kolada_id_unique_in_agreement",
                        violation_error_code="kolada_id",
                        violation_error_message="En annan indikator i överenskommelsen har redan det nyckeltalet.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalIndicatorValue",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "year",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1950),
                            django.core.validators.MaxValueValidator(2100),
                        ],
                        verbose_name="år",
                    ),
                ),
                ("value", models.DecimalField(decimal_places=2, max_digits=12, verbose_name="värde")),
                ("comparison", documents.fields.LineField(blank=True, max_length=100, verbose_name="jämförelse med")),
                (
                    "sex",
                    models.CharField(
                        blank=True,
                        choices=[("", "Alla"), ("women", "Kvinnor"), ("men", "Män")],
                        default="",
                        max_length=5,
                        verbose_name="kön",
                    ),
                ),
                ("source", documents.fields.LineField(blank=True, max_length=500, verbose_name="källa")),
                ("note", documents.fields.LineField(blank=True, max_length=250, verbose_name="anmärkning")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.TextField(null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "area",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="agreements.area",
                        verbose_name="delområde",
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
                    "indicator",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="agreements.indicator",
                        verbose_name="indikator",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical mätvärde",
                "verbose_name_plural": "historical mätvärden",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="IndicatorValue",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "year",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1950),
                            django.core.validators.MaxValueValidator(2100),
                        ],
                        verbose_name="år",
                    ),
                ),
                ("value", models.DecimalField(decimal_places=2, max_digits=12, verbose_name="värde")),
                ("comparison", documents.fields.LineField(blank=True, max_length=100, verbose_name="jämförelse med")),
                (
                    "sex",
                    models.CharField(
                        blank=True,
                        choices=[("", "Alla"), ("women", "Kvinnor"), ("men", "Män")],
                        default="",
                        max_length=5,
                        verbose_name="kön",
                    ),
                ),
                ("source", documents.fields.LineField(blank=True, max_length=500, verbose_name="källa")),
                ("note", documents.fields.LineField(blank=True, max_length=250, verbose_name="anmärkning")),
                (
                    "area",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="indicator_values",
                        to="agreements.area",
                        verbose_name="delområde",
                    ),
                ),
                (
                    "indicator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="values",
                        to="agreements.indicator",
                        verbose_name="indikator",
                    ),
                ),
            ],
            options={
                "verbose_name": "mätvärde",
                "verbose_name_plural": "mätvärden",
                "ordering": ["indicator", "comparison", "year", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("indicator"),
                        models.F("year"),
                        models.F("comparison"),
                        models.F("sex"),
                        django.db.models.functions.comparison.Coalesce(models.F("area_id"), models.Value(0)),
                        name="indicator_value_once",
                        violation_error_code="year",
                        violation_error_message="Indikatorn har redan ett värde för det året, kön, delområde och jämförelse.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("area__isnull", True), ("comparison", ""), _connector="OR"),
                        name="indicator_value_of_area_or_comparison",
                        violation_error_code="area",
                        violation_error_message="Ett värde gäller ett delområde eller en jämförelse, inte båda.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("year__gte", 1950), ("year__lte", 2100)),
                        name="indicator_value_year_plausible",
                        violation_error_code="year",
                        violation_error_message="Ange ett år mellan 1950 och 2100.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LinkedPlan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", documents.fields.LineField(max_length=200, verbose_name="plan")),
                (
                    "subject",
                    models.CharField(
                        choices=[
                            ("drugs", "Alkohol, narkotika, dopning, tobak och spel (ANDTS)"),
                            ("violence", "Våld i nära relationer och hedersrelaterat våld"),
                            ("crisis", "Krisberedskap och skydd mot olyckor"),
                            ("youth", "Barn och unga"),
                            ("building", "Stadsmiljö och planering"),
                            ("other", "Annat"),
                        ],
                        max_length=10,
                        verbose_name="område",
                    ),
                ),
                (
                    "reference_number",
                    documents.fields.LineField(blank=True, max_length=50, verbose_name="diarienummer"),
                ),
                (
                    "address",
                    documents.fields.LineField(
                        blank=True,
                        max_length=300,
                        validators=[django.core.validators.URLValidator(schemes=["https", "http"])],
                        verbose_name="webbadress",
                    ),
                ),
                ("adopted_on", models.DateField(blank=True, null=True, verbose_name="antagen")),
                (
                    "how_connected",
                    documents.fields.ProseField(blank=True, max_length=1000, verbose_name="så hänger planerna ihop"),
                ),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)ss",
                        to="agreements.agreement",
                        verbose_name="överenskommelse",
                    ),
                ),
            ],
            options={
                "verbose_name": "annan plan",
                "verbose_name_plural": "andra planer",
                "ordering": ["title"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("agreement", "title"),
                        name="linked_plan_title_unique_in_agreement",
                        violation_error_code="title",
                        violation_error_message="Planen är redan inlagd.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PendingIndicatorFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uploaded_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="uppladdad")),
                ("file_name", documents.fields.LineField(max_length=150, verbose_name="filnamn")),
                ("content", models.BinaryField(verbose_name="innehåll")),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="agreements.agreement",
                        verbose_name="överenskommelse",
                    ),
                ),
                (
                    "indicator",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="agreements.indicator",
                        verbose_name="indikator",
                    ),
                ),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="uppladdad av",
                    ),
                ),
            ],
            options={
                "verbose_name": "indikatorfil som väntar",
                "verbose_name_plural": "indikatorfiler som väntar",
                "ordering": ["-uploaded_at"],
            },
        ),
        migrations.CreateModel(
            name="HistoricalProblem_areas",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("m2m_history_id", models.AutoField(primary_key=True, serialize=False)),
                (
                    "area",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_tablespace="",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="agreements.area",
                    ),
                ),
                (
                    "history",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        to="agreements.historicalproblem",
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
                "verbose_name": "HistoricalProblem_areas",
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="PictureSource",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", documents.fields.LineField(max_length=200, verbose_name="källa")),
                ("is_rejected", models.BooleanField(default=False, verbose_name="prövad men inte använd")),
                (
                    "comment",
                    documents.fields.ProseField(
                        blank=True, max_length=1000, verbose_name="vad den gav, eller varför den valdes bort"
                    ),
                ),
                (
                    "situation_picture",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sources",
                        to="agreements.situationpicture",
                        verbose_name="lägesbild",
                    ),
                ),
            ],
            options={
                "verbose_name": "källa",
                "verbose_name_plural": "källor",
                "ordering": ["is_rejected", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("situation_picture", "title"),
                        name="source_title_unique_in_picture",
                        violation_error_code="title",
                        violation_error_message="Lägesbilden har redan den källan.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_rejected", False), models.Q(("comment", ""), _negated=True), _connector="OR"
                        ),
                        name="source_rejected_for_a_reason",
                        violation_error_code="comment",
                        violation_error_message="Skriv varför källan valdes bort.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PictureDocument",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", documents.fields.LineField(max_length=150, verbose_name="rubrik")),
                (
                    "file",
                    models.FileField(
                        upload_to=agreements.models.situation_pictures.picture_document_path, verbose_name="fil"
                    ),
                ),
                ("file_name", documents.fields.LineField(editable=False, max_length=150, verbose_name="filnamn")),
                ("content_type", models.CharField(editable=False, max_length=100, verbose_name="filtyp")),
                ("size", models.PositiveIntegerField(editable=False, verbose_name="storlek i byte")),
                (
                    "added_at",
                    models.DateTimeField(
                        default=accounts.history.recording_moment, editable=False, verbose_name="tillagd"
                    ),
                ),
                (
                    "added_by",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="tillagd av",
                    ),
                ),
                (
                    "situation_picture",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="documents",
                        to="agreements.situationpicture",
                        verbose_name="lägesbild",
                    ),
                ),
            ],
            options={
                "verbose_name": "bilaga till lägesbild",
                "verbose_name_plural": "bilagor till lägesbilder",
                "ordering": ["title", "pk"],
            },
        ),
        migrations.CreateModel(
            name="HistoricalSituationPicture",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("title", documents.fields.LineField(max_length=200, verbose_name="rubrik")),
                (
                    "reference_number",
                    documents.fields.LineField(blank=True, max_length=50, verbose_name="diarienummer"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "Arbetsmaterial"), ("adopted", "Fastställd")],
                        default="draft",
                        editable=False,
                        max_length=10,
                        verbose_name="tillstånd",
                    ),
                ),
                (
                    "mapping",
                    documents.fields.ProseField(
                        blank=True,
                        max_length=10000,
                        verbose_name="kartläggning: brotten, hur många de är och vad de leder till",
                    ),
                ),
                (
                    "other_information",
                    documents.fields.ProseField(blank=True, max_length=10000, verbose_name="annat som har betydelse"),
                ),
                (
                    "analysis",
                    documents.fields.ProseField(
                        blank=True, max_length=10000, verbose_name="analys av kartläggningen och det övriga"
                    ),
                ),
                ("adopted_on", models.DateField(blank=True, null=True, verbose_name="fastställd")),
                ("adopted_by", documents.fields.LineField(blank=True, max_length=150, verbose_name="fastställd av")),
                ("paragraph", documents.fields.LineField(blank=True, max_length=20, verbose_name="paragraf")),
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
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "supersedes",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="agreements.situationpicture",
                        verbose_name="ersätter",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical lägesbild",
                "verbose_name_plural": "historical lägesbilder",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalPictureSource",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("title", documents.fields.LineField(max_length=200, verbose_name="källa")),
                ("is_rejected", models.BooleanField(default=False, verbose_name="prövad men inte använd")),
                (
                    "comment",
                    documents.fields.ProseField(
                        blank=True, max_length=1000, verbose_name="vad den gav, eller varför den valdes bort"
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
                    "situation_picture",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="agreements.situationpicture",
                        verbose_name="lägesbild",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical källa",
                "verbose_name_plural": "historical källor",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalPictureDocument",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("title", documents.fields.LineField(max_length=150, verbose_name="rubrik")),
                ("file", models.TextField(max_length=100, verbose_name="fil")),
                ("file_name", documents.fields.LineField(editable=False, max_length=150, verbose_name="filnamn")),
                ("content_type", models.CharField(editable=False, max_length=100, verbose_name="filtyp")),
                ("size", models.PositiveIntegerField(editable=False, verbose_name="storlek i byte")),
                (
                    "added_at",
                    models.DateTimeField(
                        default=accounts.history.recording_moment, editable=False, verbose_name="tillagd"
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
                    "added_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="tillagd av",
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
                    "situation_picture",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="agreements.situationpicture",
                        verbose_name="lägesbild",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical bilaga till lägesbild",
                "verbose_name_plural": "historical bilagor till lägesbilder",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
    ]
