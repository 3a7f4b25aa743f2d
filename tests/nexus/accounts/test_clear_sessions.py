"""Sessions that have ended do not pile up."""

from datetime import timedelta

import pytest
from celery import current_app
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from nexus.accounts.roles import Role
from nexus.accounts.tasks import clear_sessions
from tests.builders import a_user

pytestmark = pytest.mark.django_db


def test_ended_sessions_go_and_others_stay() -> None:
    for role in (Role.AUDITOR, Role.MANAGER):
        Client().force_login(a_user(role))
    ended, running = Session.objects.order_by("pk")
    Session.objects.filter(pk=ended.pk).update(expire_date=timezone.now() - timedelta(seconds=1))
    clear_sessions()
    assert list(Session.objects.all()) == [running]


def test_the_schedule_names_a_task_there_is() -> None:
    current_app.loader.import_default_modules()
    for entry in settings.CELERY_BEAT_SCHEDULE.values():
        assert entry["task"] in current_app.tasks
