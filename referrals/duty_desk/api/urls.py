"""Addresses of the Duty Desk's endpoints; names are within "api"."""

from referrals.duty_desk.api.enquiries import enquiries

urlpatterns = enquiries.urls()
