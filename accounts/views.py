from django.views.generic import TemplateView


class AccountDetail(TemplateView):
    template_name = "accounts/account_detail.html"
