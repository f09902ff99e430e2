"""From a channel's address, in Apprise's URL form, to a channel that sends. The one home of apprise."""

from __future__ import annotations

import logging
import re
import unicodedata
import warnings
from dataclasses import dataclass, field
from email.utils import getaddresses
from hashlib import sha256
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit
from zoneinfo import ZoneInfo

import apprise
from apprise.manager_plugins import NotificationManager

from notify.render.words import LANGUAGES
from notify.senders.channel import Channel, ChannelError, SendError, one_line
from notify.senders.letter import Mailbox
from notify.senders.mail import MailSender, Security, Server
from storage.model import Recipient

if TYPE_CHECKING:
    from notify.message import Message

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]{0,20})://")
_LOCAL = re.compile(r"[^\s@<>()\[\]\\,;:\"]{1,64}")
_DOMAIN = re.compile(r"(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*")
_BETWEEN = re.compile(r"[\s,;]+")
_MAIL_SCHEMES = frozenset(("mailto", "mailtos"))
_MAIL_KEYS = frozenset(("to", "from", "name", "smtp", "mode", "reply", "verify", "user", "pass"))
# What says how to send, not where to: two addresses that differ in these alone are one recipient.
_VOLATILE = frozenset(("format", "overflow", "verify", "redirect", "rto", "cto", "emojis", "tz", "store", "retry", "wait", "optional"))


def open_channel(name: str, url: str, *, language: str = "ru", zone: str = "Europe/Minsk") -> Channel:
    """A channel for an Apprise URL; nothing is connected yet. Raises ChannelError, which says what is wrong and never what the URL is."""
    if language not in LANGUAGES:
        raise ChannelError(f"channel {name}: language {language!r} is none of {', '.join(LANGUAGES)}")
    try:
        ZoneInfo(zone)
    except (KeyError, ValueError, OSError):  # unknown; no name at all; a folder
        raise ChannelError(f"channel {name}: there is no time zone {zone!r}") from None
    _silence()
    url = url.strip()
    service = _service(name, url)
    if _scheme(url) in _MAIL_SCHEMES:
        sender = _mail_sender(name, url, service)
        return Channel(name, language, zone, tuple(Recipient(key, name) for key in sender.mailboxes), sender)
    return Channel(name, language, zone, (Recipient(_service_key(url), name),), _ServiceSender.of(service))


def _scheme(url: str) -> str:
    found = _SCHEME.match(url)
    return found.group(1).lower() if found else ""


def _silence() -> None:
    """What Apprise and its HTTP client log has addresses in it, and an address may be a secret; what failed comes back as a SendError."""
    for library in ("apprise", "urllib3"):
        logger = logging.getLogger(library)
        logger.propagate = False
        if not any(isinstance(handler, logging.NullHandler) for handler in logger.handlers):
            logger.addHandler(logging.NullHandler())


def _service(name: str, url: str) -> Any:
    scheme = _scheme(url)
    if not scheme:
        raise ChannelError(
            f"channel {name}: its address is no URL of the form service://… (for e-mail mailtos://user:password@server?from=…&to=…)"
        )
    known = _schemes()
    service = apprise.Apprise.instantiate(url, asset=_asset())
    if service is None and scheme not in known:
        raise ChannelError(f"channel {name}: {scheme}:// is no service that messages can be sent to")
    if service is None:
        raise ChannelError(f"channel {name}: its {scheme}:// address is incomplete or wrong")
    if service.optional:
        raise ChannelError(f"channel {name}: optional= is not supported, for a failure would count as sent")
    return service


def _schemes() -> frozenset[str]:
    """All that Apprise knows; the first call loads its plugins, some of which import what Python is about to drop."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        return frozenset(NotificationManager().schemas())  # type: ignore[no-untyped-call]


def _asset() -> apprise.AppriseAsset:
    # A redirect may turn the POST into a GET of some page, which answers 200: that would count as sent.
    return apprise.AppriseAsset(
        app_id="Vestnik", app_desc="Vestnik", app_url="", http_redirects=False, interpret_emojis=False, secure_logging=True
    )


# --- mail --------------------------------------------------------------------------------------------------------------------------------


def _mail_sender(name: str, url: str, service: Any) -> MailSender:
    parsed = cast("dict[str, Any]", type(service).parse_url(url))
    if not _MAIL_KEYS.issuperset(parsed["qsd"]):
        # Which one isn't repeated: by an unescaped & in it, a password may have become a parameter.
        raise ChannelError(f"channel {name}: it has a parameter that is not supported; mail has {', '.join(sorted(_MAIL_KEYS))}")
    mailboxes = {_mailbox_key(mailbox): mailbox for mailbox in _mailboxes(name, "recipient", parsed["targets"])}
    if not mailboxes:
        raise ChannelError(f"channel {name}: its {_scheme(url)}:// address has no recipient; add /name@domain or to=")
    given = str(parsed["from_addr"] or "")
    authors = _mailboxes(name, "from=", [given if "@" in given else service.from_addr[1]])
    return MailSender(
        server=Server(
            host=service.smtp_host,
            port=service.port,
            security=Security(service.secure_mode),
            user=service.user or "",
            password=service.password or "",
            verify=service.verify_certificate,
        ),
        author=authors[0],
        author_name=one_line(service.from_addr[0] or "Vestnik"),
        mailboxes=mailboxes,
        reply_to=_mailboxes(name, "reply=", [parsed["qsd"].get("reply", "")]),
    )


def _mailboxes(name: str, role: str, written: list[str]) -> tuple[Mailbox, ...]:
    """Read by ourselves: Apprise drops in silence what is no address to it, and cuts domains like xn--e1afmkfd.xn--90ais short."""
    addresses: list[str] = []
    for part in written:
        addresses += [address for _, address in getaddresses([part])] if "<" in part else [found for found in _BETWEEN.split(part) if found]
    return tuple(_mailbox(name, role, address) for address in addresses)


def _mailbox(name: str, role: str, address: str) -> Mailbox:
    local, _, domain = unicodedata.normalize("NFC", address).rpartition("@")
    try:
        ascii_domain = domain.encode("idna").decode().lower()
    except UnicodeError:
        ascii_domain = ""
    if not (_LOCAL.fullmatch(local) and local.isprintable() and _DOMAIN.fullmatch(ascii_domain)):
        raise ChannelError(f"channel {name}: a {role} of its address is no mail address")
    return Mailbox(local, ascii_domain)


def _mailbox_key(mailbox: Mailbox) -> str:
    # RFC 5321 lets the local part depend on case; no mailbox that people use does, and two mails would reach one.
    return _digest(f"mailto:{mailbox.address.lower()}")


# --- all other services ------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _ServiceSender:
    """One Apprise object for the life of the channel: services keep sessions and rate limits in it."""

    service_name: str
    services: apprise.Apprise = field(repr=False)

    @classmethod
    def of(cls, service: Any) -> _ServiceSender:
        services = apprise.Apprise(asset=service.asset)
        services.add(service)
        return cls(str(service.service_name), services)

    def send(self, message: Message, recipient: Recipient) -> str:  # noqa: ARG002  (an address of Apprise's is one recipient)
        """Apprise tells no status code and no reason, so every failure may pass."""
        result = self.services.notify(body=message.text, title=message.subject, body_format=apprise.NotifyFormat.TEXT)
        if not result:
            raise SendError(f"{self.service_name}: the service did not accept it")
        return f"accepted by {self.service_name}"


def _service_key(url: str) -> str:
    """Only the scheme's case is evened out: in many services' addresses the host is a token."""
    parts = urlsplit(url)
    query = sorted((key, value) for key, value in parse_qsl(parts.query, keep_blank_values=True) if key.lower() not in _VOLATILE)
    return _digest(urlunsplit((parts.scheme.lower(), parts.netloc, parts.path.rstrip("/"), urlencode(query), "")))


def _digest(address: str) -> str:
    return sha256(address.encode("utf-8", "surrogatepass")).hexdigest()
