"""Pages for whoever writes a program against the API: the reference, made from the schema itself, and the guide."""
