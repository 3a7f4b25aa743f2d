"""Pages of the Duty Desk."""

from django.urls import path

from referrals.duty_desk.views import calls, enquiries, enquiry, matters, rota

app_name = "duty_desk"
urlpatterns = [
    path("enquiries/", enquiries.listed, name="enquiries"),
    path("log/", enquiries.log, name="log"),
    path("enquiries/<int:pk>/", enquiry.detail, name="detail"),
    path("enquiries/<int:pk>/take/", enquiry.take, name="take"),
    *(path(f"enquiries/<int:pk>/{verb.replace('_', '-')}/", view, name=verb) for verb, view in enquiry.VERBS),
    path("pending/", matters.listed, name="matters"),
    path("pending/add/<slug:reference>/", matters.add, name="add_matter"),
    path("pending/<int:matter_id>/", matters.detail, name="matter"),
    *(
        path(f"pending/<int:matter_id>/{verb.split('_')[0]}/", view, name=verb)
        for verb, view in matters.VERBS
    ),
    path("litigation/", matters.litigation, name="litigation"),
    path("litigation/add/<slug:reference>/", matters.add_litigation, name="add_litigation"),
    path("calls/", calls.listed, name="calls"),
    path("calls/take/", calls.take, name="take_call"),
    path("calls/<int:call_id>/", calls.detail, name="call"),
    path("rota/", rota.week, name="rota"),
    path("rota/handover/", rota.handover, name="write_handover"),
    path("rota/shifts/add/", rota.add, name="add_shift"),
    path("rota/shifts/<int:shift_id>/swap/", rota.swap, name="swap_shift"),
    path("rota/shifts/<int:shift_id>/cancel/", rota.cancel, name="cancel_shift"),
]
