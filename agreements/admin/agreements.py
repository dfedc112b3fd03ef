from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.admin import AccessInline, OrganisationAdmin, UserAdmin
from accounts.models import Organisation, User
from agreements.admin.access import AgreementAccessAdmin, FileAdmin, SignedPartAdmin
from agreements.models import (
    Agreement,
    AgreementDocument,
    AgreementSection,
    Area,
    Definition,
    Group,
    Membership,
    Party,
    Seat,
)
from agreements.operations.groups import set_confirmed, speaks_for_side
from agreements.people import (
    organisations_in,
    organisations_visible_to,
    people_to_seat,
    people_visible_to,
    why_not_change_organisation,
)


class PartyInline(AccessInline):
    model = Party
    autocomplete_fields = ["organisation"]


class SectionInline(AccessInline):
    model = AgreementSection
    fields = ["position", "heading", "text"]


class SignedInlineMixin:
    def _follows(self, request, obj):
        return super()._follows(request, obj) and not (obj and obj.is_locked)


class SignedPartyInline(SignedInlineMixin, PartyInline):
    pass


class SignedSectionInline(SignedInlineMixin, SectionInline):
    pass


@admin.register(Agreement)
class AgreementAdmin(AgreementAccessAdmin):
    list_display = ["title", "reference_number", "municipality", "starts_on", "ends_on", "state"]
    list_filter = ["state", "has_example_work"]
    list_select_related = ["municipality"]
    search_fields = ["title", "reference_number", "municipality__name"]
    date_hierarchy = "starts_on"
    autocomplete_fields = ["municipality", "predecessor", "organisations"]
    readonly_fields = ["state"]
    fields = [
        "municipality",
        "title",
        "reference_number",
        "state",
        "purpose",
        "starts_on",
        "ends_on",
        "signed_on",
        "predecessor",
        "organisations",
        "has_example_work",
    ]
    inlines = [SignedPartyInline, SignedSectionInline]
    can_be_removed = False
    locked_fields = (
        "municipality",
        "title",
        "reference_number",
        "purpose",
        "starts_on",
        "ends_on",
        "signed_on",
        "predecessor",
        "has_example_work",
    )
    may_point_elsewhere = ("predecessor",)

    def is_partly_locked(self, thing):
        return thing.is_locked

    def check_rules(self, user, thing, values):
        """As in the portal: others' organisations are linked by their own people, or by the system administrator."""
        super().check_rules(user, thing, values)
        if user.is_superuser or "organisations" not in values:
            return
        known = organisations_in(thing) | Organisation.objects.filter(
            pk__in=Organisation.objects.kept_by(thing.municipality_id).values("pk")
        )
        if set(values["organisations"]) - set(known):
            raise ValidationError({"organisations": "En av dem hålls av en annan kommun och kan inte läggas till här."})

    def may_add_somewhere(self, user):
        return user.is_superuser


@admin.register(Party)
class PartyAdmin(SignedPartAdmin):
    list_display = ["organisation", "agreement", "signatory_name", "signed_on"]
    list_filter = [("agreement", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["agreement", "organisation"]
    search_fields = ["organisation__name", "signatory_name", "agreement__title"]
    autocomplete_fields = ["agreement", "organisation"]


@admin.register(AgreementSection)
class AgreementSectionAdmin(SignedPartAdmin):
    list_display = ["heading", "agreement", "position"]
    list_filter = [("agreement", admin.RelatedOnlyFieldListFilter)]
    search_fields = ["heading", "text"]
    autocomplete_fields = ["agreement"]


@admin.register(Definition)
class DefinitionAdmin(SignedPartAdmin):
    list_display = ["term", "agreement", "source"]
    list_filter = [("agreement", admin.RelatedOnlyFieldListFilter)]
    search_fields = ["term", "text", "source"]
    autocomplete_fields = ["agreement"]


@admin.register(Area)
class AreaAdmin(AgreementAccessAdmin):
    list_display = ["name", "agreement"]
    list_filter = [("agreement", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["agreement"]
    search_fields = ["name"]
    autocomplete_fields = ["agreement"]


@admin.register(AgreementDocument)
class AgreementDocumentAdmin(FileAdmin):
    list_display = ["title", "reference_number", "agreement", "file_name", "size", "added_by", "added_at"]
    list_filter = [("agreement", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["agreement", "added_by"]
    search_fields = ["title", "reference_number", "file_name"]
    date_hierarchy = "added_at"
    fields = ["title", "reference_number", "agreement", "download", "content_type", "size", "added_by", "added_at"]
    readonly_fields = ["agreement", "download", "content_type", "size", "added_by", "added_at"]


class SeatInline(AccessInline):
    model = Seat
    autocomplete_fields = ["organisation"]
    show_change_link = True


@admin.register(Group)
class GroupAdmin(AgreementAccessAdmin):
    list_display = ["name", "kind", "parent", "agreement"]
    list_filter = ["kind", ("agreement", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["agreement", "parent"]
    search_fields = ["name", "also_known_as"]
    autocomplete_fields = ["agreement", "parent"]
    inlines = [SeatInline]


@admin.register(Seat)
class SeatAdmin(AgreementAccessAdmin):
    list_display = ["title", "organisation", "group", "function", "is_leading_position", "holder"]
    list_filter = ["function", ("group__agreement", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["group__agreement", "organisation"]
    search_fields = ["title", "organisation__name", "organisation__short_name", "group__name"]
    autocomplete_fields = ["group", "organisation"]

    def get_queryset(self, request):
        return super().get_queryset(request).with_holder(on=timezone.localdate())

    @admin.display(description="innehas av", empty_value="vakant")
    def holder(self, seat):
        return seat.holding.user if seat.holding else None


@admin.register(Membership)
class MembershipAdmin(AgreementAccessAdmin):
    """Who has held which seat; a time in a seat is ended, never removed."""

    list_display = ["user", "seat", "group", "starts_on", "ends_on"]
    list_filter = [("seat__group__agreement", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["user", "seat__organisation", "seat__group__agreement"]
    search_fields = ["user__full_name", "seat__title", "seat__group__name"]
    date_hierarchy = "starts_on"
    autocomplete_fields = ["seat", "user"]
    fields = ["seat", "user", "starts_on", "ends_on"]
    can_be_removed = False
    locked_fields = ("seat", "user")

    def is_partly_locked(self, thing):
        return bool(thing.pk)

    def check_rules(self, user, thing, values):
        """As in the portal: only people of the municipality, and who sits there already, are seated by others."""
        super().check_rules(user, thing, values)
        if not thing.pk and not people_to_seat(thing.agreement, by=user, on=timezone.localdate()).filter(
            pk=thing.user_id
        ):
            raise ValidationError({"user": "Bara kommunens egna personer kan tillsättas. Andra bjuds in i portalen."})

    def save_model(self, request, obj, form, change):
        """The first to speak for a side is put in here, by the system administrator."""
        if not change and speaks_for_side(request.user, obj.seat, on=timezone.localdate()):
            set_confirmed(obj, by=request.user)
        super().save_model(request, obj, form, change)

    @admin.display(description="grupp", ordering="seat__group__name")
    def group(self, membership):
        return membership.seat.group


@admin.register(Organisation)
class AgreementOrganisationAdmin(OrganisationAdmin):
    """Which organisations a person sees and changes follows from the agreements."""

    def seen_by(self, user, queryset):
        return queryset.filter(pk__in=organisations_visible_to(user).values("pk"))

    def allows(self, user, thing):
        return user.is_superuser or bool(thing.pk and not why_not_change_organisation(user, thing))


@admin.register(User)
class AgreementUserAdmin(UserAdmin):
    """Which people a person sees follows from the agreements."""

    def seen_by(self, user, queryset):
        return queryset.filter(pk__in=people_visible_to(user).values("pk"))
