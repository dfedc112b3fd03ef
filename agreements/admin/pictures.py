"""Situation pictures and plans under other acts; what has been adopted is only read."""

from django.contrib import admin
from django.core.exceptions import ValidationError

from agreements.access import CLOSED, Capability
from agreements.admin.access import AgreementAccessAdmin, FileAdmin
from agreements.models import LinkedPlan, PictureDocument, PictureSource, Problem, SituationPicture
from agreements.operations.pictures import ADOPTED_PICTURE, refuse_second_draft
from agreements.pictures import readable
from agreements.references import ties_of


class WorkingMaterialMixin:
    """Working material is for those who work with it; once it is adopted it is locked, for everybody."""

    capability = Capability.CHANGE_PICTURE
    picture = "situation_picture"

    def seen_by(self, user, queryset):
        return readable(queryset, user, picture=self.picture)

    def lock_on(self, thing):
        if thing.agreement.is_closed:
            return CLOSED
        return ADOPTED_PICTURE if thing.is_locked else ""

    def get_deleted_objects(self, objs, request):
        """What would lose its tie keeps the thing, as in the portal."""
        to_delete, counts, missing, protected = super().get_deleted_objects(objs, request)
        kept_by = [f"{row._meta.verbose_name}: {row}" for thing in objs for row in ties_of(thing).kept_by]
        return to_delete, counts, missing, list(dict.fromkeys([*map(str, protected), *kept_by]))


@admin.register(SituationPicture)
class SituationPictureAdmin(WorkingMaterialMixin, AgreementAccessAdmin):
    """Adopting is done in the portal, where the plan follows along."""

    picture = ""
    list_display = ["title", "reference_number", "state", "adopted_on", "agreement"]
    list_filter = ["state", ("agreement", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["agreement"]
    search_fields = ["title", "reference_number"]
    date_hierarchy = "adopted_on"
    autocomplete_fields = ["agreement"]
    fields = [
        "agreement",
        "title",
        "reference_number",
        "state",
        "mapping",
        "other_information",
        "analysis",
        "adopted_on",
        "adopted_by",
        "paragraph",
        "supersedes",
    ]
    readonly_fields = ["state", "adopted_on", "adopted_by", "paragraph", "supersedes"]

    def check_rules(self, user, thing, values):
        super().check_rules(user, thing, values)
        moved = thing.pk and SituationPicture.objects.get(pk=thing.pk).agreement_id != thing.agreement_id
        if moved:
            raise ValidationError({"agreement": "En lägesbild flyttas inte till en annan överenskommelse."})
        if thing.pk is None:
            refuse_second_draft(thing.agreement)


@admin.register(PictureSource)
class PictureSourceAdmin(WorkingMaterialMixin, AgreementAccessAdmin):
    list_display = ["title", "is_rejected", "situation_picture"]
    list_filter = ["is_rejected", ("situation_picture", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["situation_picture__agreement"]
    search_fields = ["title", "comment"]
    autocomplete_fields = ["situation_picture"]


@admin.register(Problem)
class ProblemAdmin(WorkingMaterialMixin, AgreementAccessAdmin):
    list_display = ["title", "is_prioritised", "trend", "situation_picture"]
    list_filter = ["is_prioritised", "trend", ("situation_picture", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["situation_picture__agreement"]
    search_fields = ["title", "description"]
    autocomplete_fields = ["situation_picture", "areas"]
    readonly_fields = ["carried_over_from"]


@admin.register(PictureDocument)
class PictureDocumentAdmin(WorkingMaterialMixin, FileAdmin):
    list_display = ["title", "situation_picture", "file_name", "size", "added_by", "added_at"]
    list_filter = [("situation_picture", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["situation_picture__agreement", "added_by"]
    search_fields = ["title", "file_name"]
    date_hierarchy = "added_at"
    fields = ["title", "situation_picture", "download", "content_type", "size", "added_by", "added_at"]
    readonly_fields = ["situation_picture", "download", "content_type", "size", "added_by", "added_at"]


@admin.register(LinkedPlan)
class LinkedPlanAdmin(AgreementAccessAdmin):
    list_display = ["title", "subject", "reference_number", "adopted_on", "agreement"]
    list_filter = ["subject", ("agreement", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["agreement"]
    search_fields = ["title", "reference_number", "how_connected"]
    autocomplete_fields = ["agreement"]
