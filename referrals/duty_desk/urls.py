"""Pages of the Duty Desk."""

from django.urls import path

from referrals.duty_desk.verbs import calls as call_verbs
from referrals.duty_desk.verbs import enquiries as enquiry_verbs
from referrals.duty_desk.verbs import matters as matter_verbs
from referrals.duty_desk.verbs import rota as rota_verbs
from referrals.duty_desk.views import calls, enquiries, matters, rota

app_name = "duty_desk"
urlpatterns = [
    path("enquiries/", enquiries.listed, name="enquiries"),
    *enquiry_verbs.log_pages.urls(""),
    path("enquiries/<int:pk>/", enquiries.detail, name="detail"),
    *enquiry_verbs.pages.urls("enquiries/<int:pk>/"),
    path("pending/", matters.listed, name="matters"),
    path("pending/add/<slug:reference>/", matter_verbs.add_pages.view("add_matter"), name="add_matter"),
    path("pending/<int:matter_id>/", matters.detail, name="matter"),
    *matter_verbs.pages.urls("pending/<int:matter_id>/"),
    path("litigation/", matters.litigation, name="litigation"),
    path(
        "litigation/add/<slug:reference>/",
        matter_verbs.add_pages.view("add_litigation"),
        name="add_litigation",
    ),
    path("calls/", calls.listed, name="calls"),
    *call_verbs.take_pages.urls("calls/"),
    *call_verbs.raise_pages.urls("calls/"),
    path("calls/<int:call_id>/", calls.detail, name="call"),
    path("rota/", rota.week, name="rota"),
    *rota_verbs.rota_pages.urls("rota/"),
    *rota_verbs.swap_pages.urls("rota/shifts/<int:shift_id>/"),
    *rota_verbs.shift_pages.urls("rota/shifts/<int:shift_id>/"),
]
