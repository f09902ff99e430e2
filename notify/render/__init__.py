"""Owns: what a message says, in the recipient's language and time zone. `alert` and `notice` make it. The one home of jinja2."""
