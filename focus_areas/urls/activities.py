from django.urls import path

from focus_areas.views import (
    action_plan,
    activities,
    commitments,
    follow_ups,
    history,
    log,
    status,
    workbooks,
)
from focus_areas.views import focus_areas as areas

of_agreement = [
    path("overenskommelser/<int:pk>/atgardsplan/", action_plan.ActionPlanView.as_view(), name="action_plan"),
    path(
        "overenskommelser/<int:pk>/atgardsplan/excel/",
        action_plan.ActionPlanExportView.as_view(),
        name="action_plan_export",
    ),
    path(
        "overenskommelser/<int:pk>/fokusomraden/nytt/",
        areas.FocusAreaCreateView.as_view(),
        name="focus_area_create",
    ),
    path("overenskommelser/las-in/", workbooks.WorkbookNewView.as_view(), name="workbook_new"),
    path("overenskommelser/<int:pk>/arbetsbok/", workbooks.WorkbookView.as_view(), name="workbook"),
    path(
        "overenskommelser/<int:pk>/arbetsbok/<str:suffix>/",
        workbooks.WorkbookDownloadView.as_view(),
        name="workbook_download",
    ),
    path("arbetsbocker/<int:pk>/", workbooks.WorkbookPreviewView.as_view(), name="workbook_preview"),
    path("arbetsbocker/<int:pk>/las-in/", workbooks.WorkbookConfirmView.as_view(), name="workbook_confirm"),
]

of_focus_area = [
    path("fokusomraden/<int:pk>/", areas.FocusAreaDetailView.as_view(), name="focus_area_detail"),
    path("fokusomraden/<int:pk>/andra/", areas.FocusAreaUpdateView.as_view(), name="focus_area_update"),
    path("fokusomraden/<int:pk>/ta-bort/", areas.FocusAreaDeleteView.as_view(), name="focus_area_delete"),
    path("fokusomraden/<int:pk>/aktiviteter/ny/", activities.ActivityCreateView.as_view(), name="activity_create"),
]

of_activity = [
    path("aktiviteter/<int:pk>/", activities.ActivityDetailView.as_view(), name="activity_detail"),
    path("aktiviteter/<int:pk>/andra/", activities.ActivityUpdateView.as_view(), name="activity_update"),
    path("aktiviteter/<int:pk>/historik/", history.ActivityHistoryView.as_view(), name="activity_history"),
    path("aktiviteter/<int:pk>/historik/<str:key>/angra/", history.ChangeUndoView.as_view(), name="change_undo"),
    path("aktiviteter/<int:pk>/logg/", log.LogListView.as_view(), name="log_list"),
    path("aktiviteter/<int:pk>/logga/", log.LogCreateView.as_view(), name="log_create"),
    path("aktiviteter/<int:pk>/lagesrapport/", status.StatusCreateView.as_view(), name="status_create"),
    path("aktiviteter/<int:pk>/oforandrat/", status.StatusUnchangedView.as_view(), name="status_unchanged"),
    path(
        "aktiviteter/<int:pk>/ataganden/nytt/",
        commitments.CommitmentCreateView.as_view(),
        name="commitment_create",
    ),
    path("ataganden/<int:pk>/andra/", commitments.CommitmentUpdateView.as_view(), name="commitment_update"),
    path("aktiviteter/<int:pk>/uppfoljningar/ny/", follow_ups.FollowUpCreateView.as_view(), name="follow_up_create"),
    path(
        "aktiviteter/<int:pk>/barnets-basta/",
        follow_ups.ChildImpactUpdateView.as_view(),
        name="child_impact_update",
    ),
]

of_log = [
    path("logga/", log.QuickLogView.as_view(), name="quick_log"),
    path("loggen/<int:pk>/andra/", log.LogUpdateView.as_view(), name="log_update"),
    path("loggen/<int:pk>/ta-bort/", log.LogDeleteView.as_view(), name="log_delete"),
    path("loggen/<int:pk>/igen/", log.LogRepeatView.as_view(), name="log_repeat"),
    path("bilagor/<int:pk>/", log.AttachmentDownloadView.as_view(), name="attachment_download"),
]

of_follow_up = [
    path("uppfoljningar/<int:pk>/", follow_ups.FollowUpDetailView.as_view(), name="follow_up_detail"),
    path("uppfoljningar/<int:pk>/andra/", follow_ups.FollowUpUpdateView.as_view(), name="follow_up_update"),
    path(
        "uppfoljningar/<int:pk>/godkann/<str:side>/",
        follow_ups.FollowUpApproveView.as_view(),
        name="follow_up_approve",
    ),
    path(
        "uppfoljningar/<int:pk>/dra-tillbaka/<str:side>/",
        follow_ups.FollowUpWithdrawView.as_view(),
        name="follow_up_withdraw",
    ),
]

urlpatterns = of_agreement + of_focus_area + of_activity + of_log + of_follow_up
