"""Two shapes of one thing: what everybody who sees it reads, and what only the Home Office does.

Each says in `shape` which it is, so that a program that reads either knows which it has.
"""

from typing import Any

from drf_spectacular.utils import PolymorphicProxySerializer, extend_schema_field
from rest_framework import serializers

SHAPE = "shape"


def shape_field(word: str) -> serializers.Field:
    """The field that says `word`, of which the schema says that it says nothing else."""

    @extend_schema_field({"type": "string", "const": word})
    class ShapeField(serializers.ReadOnlyField):
        def get_attribute(self, instance: Any) -> str:
            return word

    return ShapeField()


class Shaped:
    """Beside a serializer: its answers say their shape first."""

    WORD = ""

    def get_fields(self) -> dict[str, serializers.Field]:
        """The serializer's own, after the shape."""
        fields: dict[str, serializers.Field] = super().get_fields()  # type: ignore[misc]
        return {SHAPE: shape_field(self.WORD), **fields}


class Shared(Shaped):
    """What the force reads."""

    WORD = "shared"


class Full(Shaped):
    """What the Home Office reads: it stands before `Shared` among a serializer's classes."""

    WORD = "full"


class BlankChoices:
    """Beside a serializer of a model that only reads: a choice that may not have been made yet is an empty text."""

    def get_fields(self) -> dict[str, serializers.Field]:
        """The serializer's own, honest about what is blank."""
        fields: dict[str, serializers.Field] = super().get_fields()  # type: ignore[misc]
        columns = {column.name: column for column in self.Meta.model._meta.get_fields()}  # type: ignore[attr-defined]
        for name, each in fields.items():
            if isinstance(each, serializers.ChoiceField) and getattr(columns.get(name), "blank", False):
                each.allow_blank = True
        return fields


def either(shared: type[Any], full: type[Any], **more: Any) -> Any:
    """One of the two, whichever the person's role may read; for the schema."""
    return PolymorphicProxySerializer(
        component_name=f"Any{shared.__name__.removesuffix('Serializer')}",
        serializers={shared.WORD: shared, full.WORD: full},
        resource_type_field_name=SHAPE,
        **more,
    )
