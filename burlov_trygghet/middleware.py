from django.http import Http404

from burlov_trygghet.views import not_found


class NotFoundMiddleware:
    """What a person may not see is answered with the portal's own page, on a trial with DEBUG too."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        return not_found(request, exception) if isinstance(exception, Http404) else None
