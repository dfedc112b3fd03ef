from django.core.paginator import Paginator
from django.views.generic import ListView


class PagedList(ListView):
    """A list in pages of fifty. A page that does not exist gives the nearest one, as rows come and go."""

    paginate_by = 50

    def paginate_queryset(self, queryset, page_size):
        page = Paginator(queryset, page_size).get_page(self.request.GET.get("sida"))
        return page.paginator, page, page.object_list, page.has_other_pages()
