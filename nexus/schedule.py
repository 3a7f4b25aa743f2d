"""How often a task runs by itself: the words of CELERY_BEAT_SCHEDULE.

A message that is not taken before the next one is due says nothing new, so it expires.
"""

from celery.schedules import crontab

Entry = dict[str, object]
HALF_AN_HOUR = 1800  # seconds


def every_seconds(task: str, seconds: int) -> Entry:
    return {"task": task, "schedule": float(seconds), "options": {"expires": seconds}}


def every_minutes(task: str, minutes: int) -> Entry:
    """At full multiples of so many minutes."""
    return {"task": task, "schedule": crontab(minute=f"*/{minutes}"), "options": {"expires": minutes * 60}}


def nightly(task: str, *, hour: int, minute: int) -> Entry:
    """Once a day, at this time of it (UTC)."""
    return {
        "task": task,
        "schedule": crontab(hour=hour, minute=minute),
        "options": {"expires": HALF_AN_HOUR},
    }


def hourly(task: str, *, minute: int) -> Entry:
    """Once an hour, at this minute of it: tasks of their own minute each do not stand in each other's way."""
    return {"task": task, "schedule": crontab(minute=minute), "options": {"expires": HALF_AN_HOUR}}
