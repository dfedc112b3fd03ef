"""`{% csrf_token %}` that also says for whom the form was rendered, and which kept form it shows. Loaded everywhere."""

from django import template
from django.template.defaulttags import CsrfTokenNode
from django.utils.html import format_html_join

from accounts.interrupted_forms import FIELD, KEPT_FIELD, sign_form

register = template.Library()


class SignedCsrfTokenNode(CsrfTokenNode):
    def render(self, context):
        token = super().render(context)
        request = context.get("request")
        user = getattr(request, "user", None)
        if not token or user is None or not user.is_authenticated:
            return token
        fields = {FIELD: sign_form(user)}
        kept = getattr(request, "kept_form", None)
        if number := kept.pk if kept else request.POST.get(KEPT_FIELD):
            fields[KEPT_FIELD] = number
        return token + format_html_join("", '<input type="hidden" name="{}" value="{}">', fields.items())


@register.tag
def csrf_token(parser, token):
    return SignedCsrfTokenNode()
