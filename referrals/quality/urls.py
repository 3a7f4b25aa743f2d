"""Pages of the quality queue."""

from django.urls import path

from referrals.quality.views import figures, reading

app_name = "quality"
urlpatterns = [
    path("", reading.queue, name="queue"),
    path("figures/", figures.figures, name="figures"),
    path("draws/<int:draw_id>/", figures.draw, name="draw"),
    path("<int:reading_id>/", reading.reading, name="reading"),
]
