"""What the forms about material share."""

from django import forms

FIT = "It holds no legal advice, nothing about health and nothing about other people"
FIT_MISSING = "Confirm that what the force reads holds no legal advice, health or other people’s details"
INSIDE = "The force does not read this."


def fit_field() -> forms.BooleanField:
    return forms.BooleanField(label=FIT)
