"""The administration: the registers, for those with `is_staff`, under the portal's own access and locks.

Django's model permissions open a register. What is seen in it and changed in it follows the portal: `visible_to`, the
capabilities of the access table and the locks. The locks hold for superusers too.
"""

from allauth.account import admin as allauth_admin
from allauth.account.decorators import secure_admin_login
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.contrib.auth.models import Permission
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import models, transaction
from django.db.models import prefetch_related_objects
from django.http import Http404
from simple_history.admin import SimpleHistoryAdmin

from accounts.history import m2m_rows_name, recording, tell
from accounts.models import ConfirmedPersonalData, Submission
from accounts.personal_data import written_personal_data

GONE = "Något av det valda har tagits bort av någon annan."
SAVED_IN_ADMIN = "Sparat i administrationen, som inte frågar efter skäl."

admin.site.site_title = "Burlöv trygghet"
admin.site.site_header = "Burlöv trygghet: administration"
admin.site.index_title = "Register"
# One door: the portal's own page for signing in, with its limits.
admin.site.login = secure_admin_login(admin.site.login)
# What is taken away is taken away one at a time, each with its own check.
admin.site.disable_action("delete_selected")
# A person has one address, their own; allauth's register of where links have been sent is nothing to edit.
admin.site.unregister(allauth_admin.EmailAddress)


def wait_for(row: models.Model | None) -> None:
    """Wait for whoever holds the row, then hold it until the transaction ends; others may still refer to it."""
    if row is not None and row.pk is not None:
        type(row)._base_manager.select_for_update(no_key=True).filter(pk=row.pk).order_by().first()


def forget_related(thing: models.Model) -> None:
    """Let what the thing refers to be fetched anew when it is next asked for."""
    for field in thing._meta.fields:
        if field.is_relation and field.is_cached(thing):
            field.delete_cached_value(thing)


class OffersWhatIsSeen:
    """Offers as choices only what the person sees in the other register."""

    def get_field_queryset(self, db, db_field, request):
        other = self.admin_site._registry.get(db_field.remote_field.model)
        return other.get_queryset(request) if other else super().get_field_queryset(db, db_field, request)


class AccessAdmin(OffersWhatIsSeen, SimpleHistoryAdmin):
    """A register that obeys the portal: seen as `visible_to` says, changed with a capability, never through a lock."""

    object_history_template = "admin/told_history.html"
    list_per_page = 50
    capability = ""
    locked_fields: tuple[str, ...] = ()
    written_in_portal = False
    can_be_removed = True
    may_point_elsewhere: tuple[str, ...] = ()
    personal_data_belongs_in: tuple[str, ...] = ()

    # --- What the subclasses say ---

    def seen_by(self, user, queryset: models.QuerySet) -> models.QuerySet:
        return queryset.visible_to(user)

    def access_of(self, thing: models.Model) -> models.Model:
        """The thing that the capability is asked for."""
        return thing

    def may_add_somewhere(self, user) -> bool:
        """Whether there is anything to which the person may add one of these."""
        return user.is_superuser

    def lock_on(self, thing: models.Model) -> str:
        """Why nobody can change the thing now, in Swedish; empty when it is open."""
        return ""

    def is_partly_locked(self, thing: models.Model) -> bool:
        """Whether `locked_fields` can no longer change, though the rest can."""
        return False

    # --- Access ---

    def get_queryset(self, request):
        queryset = super().get_queryset(request)
        return queryset if request.user.is_superuser else self.seen_by(request.user, queryset)

    def sees(self, request, thing: models.Model) -> bool:
        return request.user.is_superuser or self.get_queryset(request).filter(pk=thing.pk).exists()

    def allows(self, user, thing: models.Model) -> bool:
        return bool(self.capability) and user.has_perm(self.capability, self.access_of(thing))

    def is_open_to(self, request, thing: models.Model) -> bool:
        return self.sees(request, thing) and self.allows(request.user, thing) and not self.lock_on(thing)

    def has_view_permission(self, request, obj=None):
        return super().has_view_permission(request, obj) and (obj is None or self.sees(request, obj))

    def has_add_permission(self, request):
        if self.written_in_portal or not super().has_add_permission(request):
            return False
        return self.may_add_somewhere(request.user)

    def has_change_permission(self, request, obj=None):
        if self.written_in_portal or not super().has_change_permission(request, obj):
            return False
        return obj is None or self.is_open_to(request, obj)

    def has_delete_permission(self, request, obj=None):
        if self.written_in_portal or not self.can_be_removed or not super().has_delete_permission(request, obj):
            return False
        return obj is None or (self.is_open_to(request, obj) and not self.is_partly_locked(obj))

    def get_readonly_fields(self, request, obj=None):
        fields = super().get_readonly_fields(request, obj)
        return [*fields, *self.locked_fields] if obj and self.is_partly_locked(obj) else fields

    # --- Saving ---

    def get_form(self, request, obj=None, change=False, **kwargs):
        model_admin = self

        class CheckedForm(super().get_form(request, obj, change=change, **kwargs)):
            def _post_clean(self):
                super()._post_clean()
                if self.errors:
                    return
                try:
                    model_admin.check_rules(request.user, self.instance, self.cleaned_data)
                except ValidationError as error:
                    self.add_error(None, error)

        return CheckedForm

    def check_rules(self, user, thing: models.Model, values: dict) -> None:
        """Refuse, as the portal does, what the thing would become when saved.

        Raises:
            ValidationError: the person may not do this there, it is locked, or it points into another agreement.
        """
        if not self.allows(user, thing):
            raise ValidationError("Du får inte ändra det här. Vänd dig till den brottsförebyggande samordnaren.")
        agreement = getattr(self.access_of(thing), "agreement", None)
        wait_for(agreement)
        forget_related(thing)
        try:
            reason = self.lock_on(thing)
        except ObjectDoesNotExist as error:
            raise ValidationError(GONE) from error
        if reason:
            raise ValidationError(reason)
        for name, value in values.items():
            if agreement is None or name in self.may_point_elsewhere:
                continue
            chosen = value if isinstance(value, models.QuerySet) else [value]
            if any(getattr(one, "agreement", agreement) != agreement for one in chosen):
                raise ValidationError({name: "Det hör till en annan överenskommelse."})

    def save_related(self, request, form, formsets, change):
        """Personal numbers have been refused by the fields; the rest is told of afterwards: nothing can be asked."""
        super().save_related(request, form, formsets, change)
        for one in (form, *(row for formset in formsets for row in formset)):
            for label, kind in written_personal_data(one, besides=self.personal_data_belongs_in):
                message = f"{label} innehåller {kind.with_article}. Ta bort det om det inte behöver stå där."
                self.message_user(request, message, messages.WARNING)
                ConfirmedPersonalData.objects.create(
                    kind=kind, field=label, page=request.path, reason=SAVED_IN_ADMIN, confirmed_by=request.user
                )

    def changeform_view(self, request, object_id=None, *args, **kwargs):
        with transaction.atomic(), recording(by=request.user):
            self.hold(request, object_id)
            return super().changeform_view(request, object_id, *args, **kwargs)

    def delete_view(self, request, object_id, *args, **kwargs):
        with transaction.atomic(), recording(by=request.user):
            self.hold(request, object_id)
            return super().delete_view(request, object_id, *args, **kwargs)

    def hold(self, request, object_id: str | None) -> None:
        """Before saving, wait for whoever writes in the thing's agreement, as the portal's pages do.

        What was adopted or approved meanwhile is then seen, and is not written over. Needs a surrounding transaction.
        """
        thing = self.get_object(request, unquote(object_id)) if request.method == "POST" and object_id else None
        if thing is not None:
            wait_for(getattr(self.access_of(thing), "agreement", None))
            wait_for(thing)

    def get_deleted_objects(self, objs, request):
        """What is chosen on another thing's form protects what it chose, as a foreign key does."""
        to_delete, counts, missing, protected = super().get_deleted_objects(objs, request)
        relations = [
            relation
            for relation in self.model._meta.related_objects
            if relation.many_to_many and not relation.related_model.__name__.startswith("Historical")
        ]
        for relation in relations:
            referring = relation.related_model.objects.filter(**{f"{relation.field.name}__in": objs}).distinct()
            protected += [f"{relation.related_model._meta.verbose_name}: {thing}" for thing in referring]
        return to_delete, counts, missing, protected

    # --- History, read here and undone in the portal ---

    def get_urls(self):
        """Without simple-history's page for old versions: a post to it would bring one back past every lock."""
        return super(SimpleHistoryAdmin, self).get_urls()

    def history_view(self, request, object_id, extra_context=None):
        if self.get_object(request, unquote(object_id)) is None:
            raise Http404
        return super().history_view(request, object_id, extra_context)

    def history_view_title(self, request, obj):
        return f"Historik: {obj}"

    def set_history_delta_changes(self, request, historical_records, foreign_keys_are_objs=True):
        records = list(historical_records)
        table = self.model.history.model
        prefetch_related_objects(records, *(m2m_rows_name(table, field.name) for field in table._history_m2m_fields))
        before = [*records[1:], None]
        historical_records.changes = tell(
            [(self.model, record, earlier) for record, earlier in zip(records, before, strict=True)]
        )


class AccessInline(OffersWhatIsSeen, admin.TabularInline):
    """Rows that belong to the thing on the page: changed by those who may change it."""

    extra = 0

    def _follows(self, request, obj) -> bool:
        parent = self.admin_site._registry[self.parent_model]
        return parent.has_add_permission(request) if obj is None else parent.has_change_permission(request, obj)

    def has_view_permission(self, request, obj=None):
        parent = self.admin_site._registry[self.parent_model]
        return parent.has_view_permission(request, obj)

    def has_add_permission(self, request, obj=None):
        return self._follows(request, obj)

    def has_change_permission(self, request, obj=None):
        return self._follows(request, obj)

    def has_delete_permission(self, request, obj=None):
        return self._follows(request, obj)


class LookOnlyAdmin(admin.ModelAdmin):
    """A register of what the portal keeps for itself; only to look at, and only for system administrators."""

    def has_view_permission(self, request, obj=None):
        return request.user.is_superuser

    def has_module_permission(self, request):
        return request.user.is_superuser

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class OrganisationAdmin(AccessAdmin):
    """Organisations; which of them a person sees follows from the agreements, so it is registered there."""

    list_display = ["name", "short_name", "kind", "parent", "keeper"]
    list_filter = ["kind"]
    list_select_related = ["parent", "keeper"]
    search_fields = ["name", "short_name"]
    autocomplete_fields = ["parent", "keeper"]

    def get_readonly_fields(self, request, obj=None):
        """Which municipality keeps an organisation, and what it belongs to, is for the system administrator."""
        fields = super().get_readonly_fields(request, obj)
        return fields if request.user.is_superuser else [*fields, "keeper", "parent"]


class UserAdmin(AccessAdmin):
    """People and what they may open. Passwords are set by the person, through an invitation; nobody is removed."""

    list_display = ["full_name", "title", "organisation", "email", "is_active", "is_staff", "is_superuser"]
    list_filter = ["is_active", "is_staff", "is_superuser"]
    list_select_related = ["organisation"]
    search_fields = ["full_name", "email", "title"]
    personal_data_belongs_in = ("full_name", "title")
    autocomplete_fields = ["organisation"]
    filter_horizontal = ["groups", "user_permissions"]
    readonly_fields = ["last_login", "joined_at"]
    can_be_removed = False
    fieldsets = [
        (None, {"fields": ["full_name", "title", "organisation", "email"]}),
        ("Får öppna", {"fields": ["is_active", "is_staff", "is_superuser", "groups", "user_permissions"]}),
        ("Tider", {"fields": ["last_login", "joined_at"]}),
    ]

    def allows(self, user, thing):
        """Who may open what is decided by a system administrator; others change people in the portal."""
        return user.is_superuser

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name == "user_permissions":
            kwargs["queryset"] = Permission.objects.select_related("content_type")
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def lookup_allowed(self, lookup, value, request):
        """As in Django's own register of people: no guessing at a password's hash, a letter at a time."""
        return not lookup.startswith("password") and super().lookup_allowed(lookup, value, request)

    def save_model(self, request, obj, form, change):
        if not change:
            obj.set_unusable_password()
        if "email" in form.changed_data and obj.pk:
            # allauth remembers addresses that links have been sent to; an old one must not open the account.
            allauth_admin.EmailAddress.objects.filter(user=obj).delete()
        super().save_model(request, obj, form, change)


@admin.register(Submission)
class SubmissionAdmin(LookOnlyAdmin):
    """Which forms have been received."""

    list_display = ["key", "sent_by", "sent_at"]
    list_select_related = ["sent_by"]
    search_fields = ["sent_by__full_name"]
    date_hierarchy = "sent_at"


@admin.register(ConfirmedPersonalData)
class ConfirmedPersonalDataAdmin(LookOnlyAdmin):
    """Why personal data were let to stand in a text, and by whom."""

    list_display = ["confirmed_at", "kind", "field", "page", "reason", "confirmed_by"]
    list_filter = ["kind"]
    list_select_related = ["confirmed_by"]
    search_fields = ["reason", "page", "confirmed_by__full_name"]
    date_hierarchy = "confirmed_at"
