from django.urls import path

from agreements.views import agreements, documents, groups, organisations, people

agreement_urls = [
    path("overenskommelser/", agreements.AgreementList.as_view(), name="agreement_list"),
    path("overenskommelser/<int:pk>/", agreements.AgreementDetail.as_view(), name="agreement_detail"),
    path("overenskommelser/<int:pk>/andra/", agreements.AgreementUpdate.as_view(), name="agreement_update"),
    path("overenskommelser/<int:pk>/faststall/", agreements.AgreementAdopt.as_view(), name="agreement_adopt"),
    path("overenskommelser/<int:pk>/avsluta/", agreements.AgreementClose.as_view(), name="agreement_close"),
    path("overenskommelser/<int:pk>/historik/", agreements.AgreementHistory.as_view(), name="agreement_history"),
]
document_urls = [
    path("overenskommelser/<int:pk>/handlingar/ny/", documents.DocumentCreate.as_view(), name="document_create"),
    path("handlingar/<int:pk>/", documents.DocumentDownload.as_view(), name="document_download"),
    path("handlingar/<int:pk>/ta-bort/", documents.DocumentDelete.as_view(), name="document_delete"),
]
group_urls = [
    path("overenskommelser/<int:pk>/grupper/ny/", groups.GroupCreate.as_view(), name="group_create"),
    path("grupper/<int:pk>/", groups.GroupDetail.as_view(), name="group_detail"),
    path("grupper/<int:pk>/andra/", groups.GroupUpdate.as_view(), name="group_update"),
    path("grupper/<int:pk>/platser/ny/", groups.SeatCreate.as_view(), name="seat_create"),
    path("platser/<int:pk>/andra/", groups.SeatUpdate.as_view(), name="seat_update"),
    path("platser/<int:pk>/tillsatt/", groups.SeatFill.as_view(), name="seat_fill"),
    path("platser/<int:pk>/avsluta/", groups.SeatVacate.as_view(), name="seat_vacate"),
    path("innehav/<int:pk>/bekrafta/", groups.MembershipConfirm.as_view(), name="membership_confirm"),
    path("platser/<int:pk>/ta-tillbaka/", groups.SeatWithdraw.as_view(), name="seat_withdraw"),
]
organisation_urls = [
    path("organisationer/", organisations.OrganisationList.as_view(), name="organisation_list"),
    path("organisationer/<int:pk>/", organisations.OrganisationDetail.as_view(), name="organisation_detail"),
    path(
        "overenskommelser/<int:pk>/organisationer/ny/",
        organisations.OrganisationCreate.as_view(),
        name="organisation_create",
    ),
    path("organisationer/<int:pk>/delta/", organisations.OrganisationJoin.as_view(), name="organisation_join"),
    path("organisationer/<int:pk>/andra/", organisations.OrganisationUpdate.as_view(), name="organisation_update"),
]
person_urls = [
    path("personer/", people.PersonList.as_view(), name="person_list"),
    path("personer/<int:pk>/", people.PersonDetail.as_view(), name="person_detail"),
    path("overenskommelser/<int:pk>/personer/ny/", people.PersonCreate.as_view(), name="person_create"),
    path("personer/<int:pk>/andra/", people.PersonUpdate.as_view(), name="person_update"),
    path("inbjudningar/", people.InvitationList.as_view(), name="invitation_list"),
    path("inbjudningar/<int:pk>/ja/", people.InvitationAccept.as_view(), name="invitation_accept"),
    path("inbjudningar/<int:pk>/nej/", people.InvitationDecline.as_view(), name="invitation_decline"),
    path("personer/<int:pk>/e-post/", people.PersonEmail.as_view(), name="person_email"),
    path("personer/<int:pk>/bjud-in/", people.PersonInvite.as_view(), name="person_invite"),
    path("personer/<int:pk>/inaktivera/", people.PersonDeactivate.as_view(), name="person_deactivate"),
]

urlpatterns = [*agreement_urls, *document_urls, *group_urls, *organisation_urls, *person_urls]
