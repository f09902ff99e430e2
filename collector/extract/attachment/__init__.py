"""Owns: the text of documents (PDF, DOCX, DOC, ODT, RTF) that publications link to.

Everything here reads what strangers made, and runs in the child process: what takes too long or too much memory is ended there.

    reading   what kind of document it is, by its bytes; the one way in
    pdf       pages by PDFium; `lines` makes paragraphs of their lines
    archive   a zipped document's parts, within limits
    markup    the XML of DOCX and ODT; `flow` makes paragraphs of it
    rtf       RTF by striprtf
    doc       DOC by catdoc, where it is installed
    tidy      clean paragraphs, cut where they are too long
"""

from collector.extract.attachment.limits import DocumentLimits
from collector.extract.attachment.reading import read_document

__all__ = ["DocumentLimits", "read_document"]
