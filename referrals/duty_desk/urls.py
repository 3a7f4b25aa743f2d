"""Pages of the Duty Desk."""

from django.urls import path

from referrals.duty_desk.views import enquiry

app_name = "duty_desk"
urlpatterns = [
    path("enquiries/<int:pk>/", enquiry.detail, name="detail"),
]
