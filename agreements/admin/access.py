"""What the registers of an agreement have in common: who may change them, and what is locked."""

from django.contrib import admin
from django.utils.html import format_html

from accounts.admin import AccessAdmin
from agreements.access import CLOSED, Capability
from agreements.models import (
    Agreement,
)

ADOPTED = "Överenskommelsen är fastställd. Det som är undertecknat ändras inte."


class AgreementAccessAdmin(AccessAdmin):
    """A register of what belongs to agreements; nothing in a closed one changes."""

    capability = Capability.MANAGE

    def may_add_somewhere(self, user):
        if user.is_superuser:
            return True
        return any(user.has_perm(self.capability, agreement) for agreement in Agreement.objects.visible_to(user))

    def lock_on(self, thing):
        return CLOSED if self.access_of(thing).agreement.is_closed else ""


class SignedPartAdmin(AgreementAccessAdmin):
    """A part of what was signed: open in a draft only."""

    list_select_related = ["agreement"]

    def lock_on(self, thing):
        return ADOPTED if thing.agreement.is_locked else ""


class FileAdmin(AgreementAccessAdmin):
    """Files come in through the portal, where their content is judged; here they are found and taken away."""

    def has_add_permission(self, request):
        return False

    @admin.display(description="fil")
    def download(self, thing):
        return format_html('<a href="{}">{}</a>', thing.get_absolute_url(), thing.file_name)
