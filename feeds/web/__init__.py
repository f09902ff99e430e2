"""Owns: what is answered over HTTP.

`app` puts the rest together: `pages` for browsers, `feed_routes` for feed readers, `conditional` and `security` for the headers,
`locale` with `locales/` for the words, `contract` for what is asked of the store.
"""
