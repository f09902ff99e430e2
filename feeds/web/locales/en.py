"""English."""

from __future__ import annotations

WORDS = {
    "site_name": "Vestnik",
    "tagline": "Publications of the sites that we watch: new and changed, each of them once",
    "feed_title": "Vestnik: all publications",
    "feed_description": "New and changed publications of all sources that Vestnik watches",
    "feeds": "Feeds",
    "home": "All publications",
    "skip": "To the content",
    "articles": "Publications",
    "source_never": "not read yet",
    "source_read": "read on {when}",
    "source_failing": "can't be read: {error}",
    "source_last_good": "last read on {when}",
    "unknown_error": "no reason was recorded",
    "nothing_read": "No source has been read yet: publications appear after the first look. "
    "To see it all at work without settings or network, run",
    "no_sources": "There are no sources yet: they are listed in vestnik.toml. To see it all at work without settings or network, run",
    "no_articles": "There are no publications yet.",
    "no_more_articles": "There are no earlier publications.",
    "undated": "undated",
    "noticed": "noticed on {when}",
    "published": "published on {when}",
    "original": "Open on the source's site",
    "original_short": "original",
    "newer": "To the newest",
    "older": "Earlier",
    "pages": "Pages of the list",
    "edited": "revision {number}",
    "edited_at": "revision {number}, recorded on {when}",
    "known_before": "there before watching began",
    "author": "Author: {author}",
    "attachments_heading": "Attachments",
    "attachment_text": "Text of the document",
    "attachment_unread": "Its text was not read: {reason}",
    "locations_heading": "Other addresses of this publication",
    "images_elsewhere": "Images are not loaded from other sites; they are on the source's site.",
    "text_unread": "The text of this publication has not been read yet.",
    "zone": "Times are given for the zone {zone}.",
    "error_400": "The page's address is written wrongly",
    "error_400_help": "Check the address, or begin with the list of publications.",
    "error_404": "There is no such page",
    "error_404_help": "The address may be mistyped. All publications are in the list.",
    "error_405": "This page can't be used in that way",
    "error_405_help": "Pages can only be read.",
    "error_500": "The page could not be shown",
    "error_500_help": "This is a mistake in the program; the log has the details. Please try again.",
    "error_503": "The database does not answer now",
    "error_503_help": "Nothing is lost. Try again in a minute; the log has the details.",
}

PLURALS = {
    "sources": ("{number} source", "{number} sources", "{number} sources"),
    "failing": ("{number} can't be read", "{number} can't be read", "{number} can't be read"),
    "articles": ("{number} publication", "{number} publications", "{number} publications"),
    "attachments": ("{number} attachment", "{number} attachments", "{number} attachments"),
}

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)

DAY = "{day} {month} {year}"
