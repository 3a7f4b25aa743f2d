"""The queue and the desk's tools, below /referrals/queue/."""

from django.urls import path

from referrals.desk.views import queue

app_name = "desk"
urlpatterns = [
    path("", queue.queue, name="queue"),
    path("take-next/", queue.take_next, name="take_next"),
]
