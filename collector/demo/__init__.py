"""Owns: a sample ministry's site on loopback, so that the whole service can be shown and tested without a network.

    news.toml ── texts ──> Node ──┐
                                  ├── markup (drupal7 | drupal10, feed) ──> HTML, RSS ── routes ──> site (a web server)
                SiteLook ─────────┘

The markup is that of the two Drupal generations found on the sites that Vestnik was made for; ministry, people and texts are
invented. Nothing of the program is imported here.
"""
