"""Tests of the keys of forms and calls."""
