"""Addresses of the Duty Desk's endpoints; names are within "api"."""

from django.urls import path

from referrals.duty_desk.api import enquiries

ONE = "enquiries/<int:enquiry_id>/"
urlpatterns = [
    path("enquiries/", enquiries.enquiries, name="enquiries"),
    path(ONE, enquiries.enquiry, name="enquiry"),
    *(
        path(f"{ONE}{verb.replace('_', '-')}/", view, name=f"enquiry_{verb}")
        for verb, view in enquiries.VERBS.items()
    ),
]
