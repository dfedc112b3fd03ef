from django.urls import path

from agreements.views import linked_plans, pictures

picture_urls = [
    path("overenskommelser/<int:pk>/lagesbild/", pictures.PictureOverview.as_view(), name="picture_overview"),
    path("overenskommelser/<int:pk>/lagesbilder/ny/", pictures.PictureCreate.as_view(), name="picture_create"),
    path("lagesbilder/<int:pk>/", pictures.PictureDetail.as_view(), name="picture_detail"),
    path("lagesbilder/<int:pk>/andra/", pictures.PictureUpdate.as_view(), name="picture_update"),
    path("lagesbilder/<int:pk>/ta-bort/", pictures.PictureDelete.as_view(), name="picture_delete"),
]
source_urls = [
    path("lagesbilder/<int:pk>/kallor/ny/", pictures.SourceCreate.as_view(), name="source_create"),
    path("kallor/<int:pk>/andra/", pictures.SourceUpdate.as_view(), name="source_update"),
    path("kallor/<int:pk>/ta-bort/", pictures.SourceDelete.as_view(), name="source_delete"),
]
problem_urls = [
    path("lagesbilder/<int:pk>/problem/nytt/", pictures.ProblemCreate.as_view(), name="problem_create"),
    path("problem/<int:pk>/", pictures.ProblemDetail.as_view(), name="problem_detail"),
    path("problem/<int:pk>/andra/", pictures.ProblemUpdate.as_view(), name="problem_update"),
    path("problem/<int:pk>/ta-bort/", pictures.ProblemDelete.as_view(), name="problem_delete"),
]
document_urls = [
    path("lagesbilder/<int:pk>/bilagor/ny/", pictures.PictureDocumentCreate.as_view(), name="picture_document_create"),
    path("lagesbildsbilagor/<int:pk>/", pictures.PictureDocumentDownload.as_view(), name="picture_document_download"),
    path(
        "lagesbildsbilagor/<int:pk>/ta-bort/",
        pictures.PictureDocumentDelete.as_view(),
        name="picture_document_delete",
    ),
]
linked_plan_urls = [
    path(
        "overenskommelser/<int:pk>/andra-planer/ny/", linked_plans.LinkedPlanCreate.as_view(), name="linked_plan_create"
    ),
    path("andra-planer/<int:pk>/andra/", linked_plans.LinkedPlanUpdate.as_view(), name="linked_plan_update"),
    path("andra-planer/<int:pk>/ta-bort/", linked_plans.LinkedPlanDelete.as_view(), name="linked_plan_delete"),
]

urlpatterns = [*picture_urls, *source_urls, *problem_urls, *document_urls, *linked_plan_urls]
