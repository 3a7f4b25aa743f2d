"""Writing an answer: JSON in which every time is UTC."""

from datetime import UTC, datetime
from typing import Any

from rest_framework import renderers
from rest_framework.utils.encoders import JSONEncoder

BYTES = "application/octet-stream"  # what every file is answered as


class UtcEncoder(JSONEncoder):
    """DRF's; a time leaves as 2026-07-01T05:27:00Z, whatever the season in London."""

    def default(self, obj: Any) -> Any:
        """A moment in UTC; everything else as DRF has it."""
        if isinstance(obj, datetime):
            obj = obj.astimezone(UTC)
        return super().default(obj)


class JSONRenderer(renderers.JSONRenderer):
    """DRF's, with times in UTC. Serializers leave times as they are: see DATETIME_FORMAT in the settings."""

    encoder_class = UtcEncoder


class WhateverIsAskedFor(JSONRenderer):
    """Of an endpoint that gives out a file: whatever type a program says it accepts; a refusal is JSON."""

    media_type = "*/*"
