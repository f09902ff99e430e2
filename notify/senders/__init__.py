"""Owns: how a message reaches a recipient. `addresses` opens channels; `mail` speaks SMTP; every other service goes through Apprise."""
