"""Pages of one's notifications, one's choices, and the e-mails that failed."""

from django.urls import path

from nexus.notifications.verbs import inbox_pages, mail_pages
from nexus.notifications.views import inbox, parked

app_name = "notifications"
urlpatterns = [
    path("notifications/", inbox.inbox, name="list"),
    path("notifications/read/", inbox_pages.view("mark_all_read"), name="mark_all_read"),
    path("notifications/<int:notification_id>/", inbox.follow, name="open"),
    path("account/notifications/", inbox_pages.view("choose"), name="preferences"),
    path("administration/mail/", parked.parked, name="parked"),
    *mail_pages.urls("administration/mail/<int:mail_id>/"),
]
