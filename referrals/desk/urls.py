"""The queue and the desk's tools, below /referrals/queue/."""

from django.urls import path

from referrals.desk.verbs import own_pages, pages
from referrals.desk.views import export, many, officers, queue, saved_views
from referrals.verbs import start_pages

app_name = "desk"
VIEW = "views/<int:view_id>/"
urlpatterns = [
    path("", queue.queue, name="queue"),
    path("take-next/", start_pages.view("take_next"), name="take_next"),
    path("officers/", officers.officers, name="officers"),
    path("many/", many.many, name="many"),
    path("many/done/", many.many_done, name="many_done"),
    path("export/<slug:kind>/", export.export, name="export"),
    path("views/", saved_views.views, name="views"),
    path("views/save/", saved_views.save_view, name="save_view"),
    path(f"{VIEW}queue/", saved_views.open_view, name="open_view"),
    path(VIEW, own_pages.view("change_view"), name="change_view"),
    path(f"{VIEW}delete/", own_pages.view("delete_view"), name="delete_view"),
    path(f"{VIEW}alert/", pages.view("set_alert"), name="set_alert"),
    path(f"{VIEW}default/", pages.view("make_default"), name="make_default"),
]
