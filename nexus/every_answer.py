"""What belongs on every answer. It imports nothing: gunicorn's worker says it before the service is loaded."""

# The policy of contents is django-csp's, who may frame a page Django's: both stand just inside this one.
ON_EVERY_ANSWER = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
