"""Plays the story of test_real_input under the ministry's own host names, in a namespace where they lead to this machine.

Started with `unshare --net --mount`; arguments: a hosts file, a working folder, the folder of the known publications.
"""

from __future__ import annotations

import fcntl
import socket
import struct
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

from test_real_input import NAMES, REAL_HOSTS, Mirrored, Stage, check_story, seed_nodes  # noqa: E402
from world import Installation, Mailbox  # noqa: E402

from collector.demo.texts import texts  # noqa: E402

_SET_FLAGS, _UP_AND_RUNNING = 0x8914, 0x41


def main(hosts: str, folder: str, seeds: str) -> None:
    subprocess.run(["mount", "--bind", hosts, "/etc/hosts"], check=True)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        fcntl.ioctl(any_socket, _SET_FLAGS, struct.pack("16sh", b"lo", _UP_AND_RUNNING))
    nodes = [node for node in texts(datetime.now(UTC)).nodes if node.language == "ru" and "ШОС" not in node.title][:6]
    with Mirrored(nodes, port=80) as site, Mailbox() as mailbox:
        installation = Installation(Path(folder), "http://mpt.gov.by/", NAMES, mailbox)
        bases = [f"http://{host}" for host in REAL_HOSTS]
        check_story(Stage(site, installation, bases), seed_nodes(Path(seeds)), known=True)


main(*sys.argv[1:])
