"""The queue and the desk's tools, below /referrals/queue/."""

from django.urls import path

from referrals.desk.views import export, many, queue, saved_views

app_name = "desk"
urlpatterns = [
    path("", queue.queue, name="queue"),
    path("take-next/", queue.take_next, name="take_next"),
    path("many/", many.many, name="many"),
    path("many/done/", many.many_done, name="many_done"),
    path("export/<slug:kind>/", export.export, name="export"),
    path("views/", saved_views.views, name="views"),
    path("views/save/", saved_views.save_view, name="save_view"),
    path("views/<int:view_id>/", saved_views.change_view, name="change_view"),
    path("views/<int:view_id>/queue/", saved_views.open_view, name="open_view"),
    path("views/<int:view_id>/alert/", saved_views.set_alert, name="set_alert"),
    path("views/<int:view_id>/delete/", saved_views.delete_view, name="delete_view"),
    path("views/<int:view_id>/default/", saved_views.make_default, name="make_default"),
]
