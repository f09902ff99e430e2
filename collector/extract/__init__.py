"""What a page means: title, text, date, language, attachments. Everything here is a function of bytes, and runs in the child process."""
