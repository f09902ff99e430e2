"""Owns: the network, as far as pages go. Polite, bounded requests; the home of httpx and of what carries it.

fetcher    one page: robots.txt, turn, redirects, deadline          -> Page | PageError
turns      one request at a time for each registrable host
robots     what robots.txt allows, remembered for a day
transport  connections, to admitted addresses alone; TLS; proxies
admission  which addresses may be connected to
body       an answer unpacked within its limit
answers    what status and headers say
troubles   a transport's errors in our words
control    whether it is our own connection that is down
"""

from collector.fetch.admission import Network, admission
from collector.fetch.fetcher import Answer, Fetcher, Limits
from collector.fetch.transport import DIRECT, Access

__all__ = ["DIRECT", "Access", "Answer", "Fetcher", "Limits", "Network", "admission"]
