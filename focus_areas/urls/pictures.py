from django.urls import path

from focus_areas.views import pictures

urlpatterns = [
    path("lagesbilder/<int:pk>/faststall/", pictures.PictureAdoptView.as_view(), name="picture_adopt"),
]
