"""Addresses of the notifications' endpoints; names are within "api"."""

from django.urls import path

from nexus.notifications.api import notifications

urlpatterns = [
    path("notifications/", notifications.notifications, name="notifications"),
    path("notifications/mark_all_read/", notifications.mark_all_read, name="notification_mark_all_read"),
    path(
        "notifications/<int:notification_id>/mark_read/",
        notifications.mark_read,
        name="notification_mark_read",
    ),
]
