from django.urls import path

from reports.views import archive

urlpatterns = [
    path("overenskommelser/<int:pk>/arkiv/", archive.ArchivePage.as_view(), name="archive_page"),
    path("overenskommelser/<int:pk>/arkiv.zip", archive.ArchivePackage.as_view(), name="archive_package"),
]
