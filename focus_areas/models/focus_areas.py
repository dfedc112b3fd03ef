from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from agreements.models import Agreement, Indicator, Problem
from documents.fields import LineField, ProseField
from documents.unique_names import UniqueName


class FocusAreaQuerySet(models.QuerySet):
    def visible_to(self, user) -> "FocusAreaQuerySet":
        return self.filter(agreement__in=Agreement.objects.visible_to(user))

    def in_order(self) -> "FocusAreaQuerySet":
        return self.order_by(F("number").asc(nulls_last=True), "pk")


class FocusArea(models.Model):
    """What the parties have agreed to work on together. Without a number: a plain heading over activities."""

    definite_name = "fokusområdet"
    history_name_fields = ["title"]

    agreement = models.ForeignKey(Agreement, models.CASCADE, verbose_name="överenskommelse", related_name="focus_areas")
    number = models.PositiveSmallIntegerField("nummer", null=True, blank=True)
    title = LineField("rubrik", max_length=250)
    description = ProseField("beskrivning", blank=True)
    problems = models.ManyToManyField(Problem, verbose_name="problem", related_name="focus_areas", blank=True)
    child_summary = ProseField("barnets bästa, samlat", blank=True)
    carried_over_from = models.ForeignKey(
        "self", models.PROTECT, verbose_name="fört över från", related_name="carried_over_to", null=True, blank=True
    )

    objects = FocusAreaQuerySet.as_manager()
    history = HistoricalRecords(m2m_fields=[problems])

    class Meta:
        verbose_name = "fokusområde"
        verbose_name_plural = "fokusområden"
        ordering = [F("number").asc(nulls_last=True), "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "number"],
                name="focus_area_number_unique_in_agreement",
                violation_error_code="number",
                violation_error_message="Överenskommelsen har redan ett fokusområde med det numret.",
            ),
            UniqueName(
                within=("agreement",),
                named="title",
                name="focus_area_title_unique_in_agreement",
                violation_error_code="title",
                violation_error_message="Överenskommelsen har redan ett fokusområde med den rubriken.",
            ),
        ]

    def __str__(self):
        return f"{self.number}. {self.title}" if self.number is not None else self.title

    def get_absolute_url(self):
        return reverse("focus_areas:focus_area_detail", args=[self.pk])

    @property
    def name(self) -> str:
        """What it is called in running text: its number, or its heading where it has none."""
        return f"Fokusområde {self.number}" if self.number is not None else self.title

    @property
    def is_locked(self) -> bool:
        """Number and title are part of what was signed (9 §: purposes and areas)."""
        return self.agreement.is_locked


class GoalQuerySet(models.QuerySet):
    def visible_to(self, user) -> "GoalQuerySet":
        return self.filter(focus_area__agreement__in=Agreement.objects.visible_to(user))


class Goal(models.Model):
    """What is to be reached: an effect, a way of working, or a number of things done (Brå, step 4)."""

    class Kind(models.TextChoices):
        EFFECT = "effect", "Effekt"
        PROCESS = "process", "Process"
        PRODUCTION = "production", "Produktion"

    definite_name = "målet"
    history_name_fields = ["statement"]

    focus_area = models.ForeignKey(FocusArea, models.CASCADE, verbose_name="fokusområde", related_name="goals")
    parent = models.ForeignKey(
        "self", models.PROTECT, verbose_name="delmål till", related_name="sub_goals", null=True, blank=True
    )
    kind = models.CharField("slag", max_length=10, choices=Kind)
    statement = LineField("mål", max_length=300)
    baseline = models.DecimalField("utgångsvärde", max_digits=12, decimal_places=2, null=True, blank=True)
    target = models.DecimalField("målvärde", max_digits=12, decimal_places=2, null=True, blank=True)
    unit = LineField("enhet", max_length=50, blank=True)
    due_on = models.DateField("senast", null=True, blank=True)
    problem = models.ForeignKey(
        Problem, models.SET_NULL, verbose_name="problem", related_name="goals", null=True, blank=True
    )
    indicator = models.ForeignKey(
        Indicator, models.PROTECT, verbose_name="mäts med indikatorn", related_name="goals", null=True, blank=True
    )
    carried_over_from = models.ForeignKey(
        "self", models.PROTECT, verbose_name="fört över från", related_name="carried_over_to", null=True, blank=True
    )

    objects = GoalQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = "mål"
        verbose_name_plural = "mål"
        ordering = ["focus_area", "pk"]
        constraints = [
            UniqueName(
                within=("focus_area",),
                named="statement",
                name="goal_statement_unique_in_focus_area",
                violation_error_code="statement",
                violation_error_message="Fokusområdet har redan det målet.",
            ),
            models.CheckConstraint(
                condition=~Q(parent=F("id")),
                name="goal_not_its_own_parent",
                violation_error_code="parent",
                violation_error_message="Ett mål kan inte vara delmål till sig självt.",
            ),
            models.CheckConstraint(
                condition=Q(baseline__isnull=True) | Q(target__isnull=False),
                name="goal_baseline_has_target",
                violation_error_code="target",
                violation_error_message="Ange målvärdet när ett utgångsvärde är angivet.",
            ),
            models.CheckConstraint(
                condition=Q(baseline__isnull=True) | Q(target__isnull=True) | ~Q(baseline=F("target")),
                name="goal_target_is_not_the_baseline",
                violation_error_code="target",
                violation_error_message="Målvärdet är detsamma som utgångsvärdet. Ange vad som ska bli annorlunda.",
            ),
        ]

    def __str__(self):
        return self.statement

    def get_absolute_url(self):
        return reverse("focus_areas:goal_detail", args=[self.pk])

    def clean(self):
        """No goal is below itself, and none is tied to what belongs elsewhere."""
        self._refuse_ring()
        self._refuse_other_places()

    def _refuse_ring(self):
        """In however many steps; stops at a ring further up."""
        above, passed = self.parent, set()
        while above is not None and (above.pk or id(above)) not in passed:
            if above == self:
                raise ValidationError({"parent": "Målet kan inte vara delmål till ett av sina egna delmål."})
            passed.add(above.pk or id(above))
            above = above.parent

    def _refuse_other_places(self):
        # Not chosen yet; or, in a workbook, about to be brought in with the goal and what it is tied to.
        if self.focus_area_id is None:
            return
        if self.parent and self.parent.focus_area_id and self.parent.focus_area_id != self.focus_area_id:
            raise ValidationError({"parent": "Ett delmål hör till samma fokusområde som målet ovanför."})
        for name in ("indicator", "problem"):
            chosen = getattr(self, name)
            if chosen and chosen.pk and chosen.agreement != self.agreement:
                raise ValidationError({name: "Det hör till en annan överenskommelse."})

    @property
    def agreement(self) -> Agreement:
        return self.focus_area.agreement

    @property
    def counts_in(self) -> str:
        """The unit that its values are in: the indicator's, where it has one."""
        return self.indicator.unit if self.indicator_id else self.unit


class GoalCriterion(models.Model):
    """One letter of SMARTA in an agreement's own words, and what the reviewer looks for under it.

    An agreement without rows is reviewed by the words of Burlöv's: see `focus_areas.smarta.DEFAULT`.
    """

    class Check(models.TextChoices):
        SPECIFIC = "specific", "säger vad som ska ändras, för vem eller var"
        MEASURABLE = "measurable", "har ett mått och ett målvärde"
        BOUNDED = "bounded", "håller sig till en sak"
        ACCEPTED = "accepted", "är förankrat hos dem som ska göra det"
        REALISTIC = "realistic", "går att nå från utgångsvärdet"
        TIMED = "timed", "har en sista dag"
        OWNED = "owned", "har någon som ansvarar"

    class CriterionQuerySet(models.QuerySet):
        def visible_to(self, user) -> models.QuerySet:
            return self.filter(agreement__in=Agreement.objects.visible_to(user))

    definite_name = "målkriteriet"
    history_name_fields = ["label"]

    agreement = models.ForeignKey(
        Agreement, models.CASCADE, verbose_name="överenskommelse", related_name="goal_criteria"
    )
    position = models.PositiveSmallIntegerField("ordning", default=0)
    label = LineField("kriterium", max_length=50)
    check_for = models.CharField("granskas så att målet", max_length=10, choices=Check)

    objects = CriterionQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = "målkriterium"
        verbose_name_plural = "målkriterier"
        ordering = ["position", "pk"]
        constraints = [
            UniqueName(
                within=("agreement",),
                named="label",
                name="goal_criterion_label_unique_in_agreement",
                violation_error_code="label",
                violation_error_message="Kriteriet finns redan.",
            ),
            models.UniqueConstraint(
                fields=["agreement", "check_for"],
                name="goal_criterion_check_unique_in_agreement",
                violation_error_code="check_for",
                violation_error_message="Det granskas redan under ett annat kriterium.",
            ),
        ]

    def __str__(self):
        return self.label

    def get_absolute_url(self):
        return reverse("focus_areas:goal_criteria", args=[self.agreement_id])
