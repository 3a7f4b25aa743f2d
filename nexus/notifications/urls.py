from django.urls import path

from nexus.notifications.views import inbox, parked, preferences

app_name = "notifications"
urlpatterns = [
    path("notifications/", inbox.inbox, name="list"),
    path("notifications/read/", inbox.mark_all_read, name="mark_all_read"),
    path("notifications/<int:notification_id>/", inbox.follow, name="open"),
    path("account/notifications/", preferences.preferences, name="preferences"),
    path("administration/mail/", parked.parked, name="parked"),
    path("administration/mail/<int:mail_id>/retry/", parked.retry, name="retry"),
]
