"""The archive: every page that was fetched, in WARC files of a day each, from which a source can be read again.

`keeping` writes them, `records` knows what stands in one, `reading` takes pages out again.
"""

from collector.archive.keeping import Archive as Archive
from collector.archive.reading import Archived as Archived
from collector.archive.reading import archived as archived
