"""[disk] Pages read and parsed by several processes, where there are so many that it pays.

Each process takes its share of the pages, reads and parses them as the run itself would, and gives back what the cache
keeps. Pages about whose encoding anything is to be said are left to the run, which knows the other pages. So the result
depends neither on the number of processes nor on their order.
"""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING, Any

from doclint import decode
from doclint.kept import Kept, kept_of, packed, unpacked
from doclint.model import Source
from doclint.plain_links import plain_links
from doclint.reading import Wanted, is_sound, parse_page

if TYPE_CHECKING:
    from collections.abc import Sequence
    from multiprocessing.connection import Connection

FEW = 400
"""With fewer pages to parse, one process is as quick: a second one costs some 50 ms."""


def jobs_for(pages: int, jobs: int | None) -> int:
    """Return how many processes are to parse so many pages, if the user wants `jobs` (None: what pays)."""
    if jobs is not None:
        return max(1, min(jobs, pages))
    return 1 if pages < FEW else min(os.cpu_count() or 1, pages // (FEW // 2))


def parse_all(root: str, paths: Sequence[str], wanted: Wanted, jobs: int) -> dict[str, Kept]:
    """Return what is to be kept of the pages at `paths` below `root`, read by so many processes.

    What a process does not give back, because somebody has killed it, is left to the run.

    Raises:
        KeyboardInterrupt: The user has had enough; no process is left.
    """
    import multiprocessing

    method = "fork" if "fork" in multiprocessing.get_all_start_methods() else "spawn"
    context: Any = multiprocessing.get_context(method)
    processes, answers = [], []
    found: dict[str, Kept] = {}
    try:
        for number in range(jobs):
            answer, send = context.Pipe(duplex=False)
            process = context.Process(target=_parse_share, args=(root, paths[number::jobs], wanted, send), daemon=True)
            process.start()
            # With the last end that writes gone, the one that reads knows that nothing comes any more.
            send.close()
            processes.append(process)
            answers.append(answer)
        for answer in answers:
            with contextlib.suppress(EOFError, OSError):
                found |= unpacked(answer.recv_bytes())
    finally:
        for process in processes:
            process.terminate()
            process.join()
    return found


def _parse_share(root: str, paths: Sequence[str], wanted: Wanted, send: Connection) -> None:
    import gc
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the run knows what to do
    gc.disable()  # the process ends before it would pay
    found = {}
    for path in paths:
        try:
            data = decode.read_bytes(root, path)
        except OSError:
            continue  # the run finds out why
        source = decode.decode(path, data)
        # A page that may be damaged takes what only the run knows.
        if isinstance(source, Source) and is_sound(source):
            parsed = parse_page(source, wanted)
            kept = kept_of(root, source, parsed, plain_links(path, parsed.links))
            if kept is not None:
                found[path] = kept
    send.send_bytes(packed(found))
