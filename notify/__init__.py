"""Owns: who wants to know, and that they are told.

query and lemmas say what a watch asks for; match holds watches against a revision; render makes the message; senders bring it to a
recipient; outbox says when to try again. Nothing here keeps anything: the caller leases deliveries from the store and marks them there.
"""
