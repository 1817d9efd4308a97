"""[disk] Pages read and parsed by several processes, where there are so many that it pays.

The run itself reads one share of the pages; each further process reads another, as the run itself would, and gives back
what the cache keeps. Pages that may be damaged are left to the run, which knows the other pages. So the result depends
neither on the number of processes nor on their order.
"""

from __future__ import annotations

import contextlib
import os
from itertools import cycle
from typing import TYPE_CHECKING, Any

from doclint import decode
from doclint.kept import ALONE, STRANGE, Batch, Keeping, flags_of, links_by_folder, packed, page_data
from doclint.model import Parsed, Source
from doclint.reading import Wanted, holds_strange, is_whole, parse_page
from doclint.signatures import Signature, signature_of
from doclint.value import Value
from doclint.watch import Watch, unwatched

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from multiprocessing.connection import Connection

FEW = 400
"""With fewer pages to parse, one process is as quick: a second one costs some 50 ms."""


def jobs_for(pages: int, jobs: int | None) -> int:
    """Return how many processes are to parse so many pages, if the user wants `jobs` (None: what pays)."""
    if jobs is not None:
        return max(1, min(jobs, pages))
    return 1 if pages < FEW else min(os.cpu_count() or 1, pages // (FEW // 2))


_SLICE = 32
"""So many pages, one behind another, are read by the same process."""
_TURNS = 9
"""After so many turns in which each process takes a slice the run takes two more, because it hands nothing over: with
two processes it reads 55 pages in 100."""


class ReadPage(Value):
    """A page that this process has read.

    Attributes:
        flags: What is known of it, as in `kept`.
        parsed: Its parse, without blocks; with code where rules on encodings may ask for it.
        signature: By what it is known again, where pages are to be kept.
    """

    flags: int
    parsed: Parsed
    signature: Signature | None

    @property
    def keeping(self) -> Keeping:
        """What is kept of it."""
        return Keeping(self.flags, self.signature, page_data(self.parsed, with_code=bool(self.flags & STRANGE)))


def read_all(  # noqa: PLR0913 - what to read, and how
    root: str, paths: Sequence[str], wanted: Wanted, jobs: int, watch: Watch = unwatched, *, signed: bool = False
) -> tuple[dict[str, ReadPage], list[Batch]]:
    """Read the pages at `paths` below `root` by so many processes, of which this is one.

    Pages that may be damaged are left out, and so is what a process does not give back because somebody has killed it.

    Args:
        root: Absolute path of the repository.
        paths: The pages.
        wanted: What the run wants to know of them.
        jobs: How many processes read.
        watch: Wants to know how far reading them is.
        signed: Whether it is to be known by what they are known again.

    Returns:
        What this process has read, and what the others have.

    Raises:
        KeyboardInterrupt: The user has had enough; no process is left.
    """
    if jobs == 1:
        return read_share(root, watch("reading", paths), wanted, signed=signed), []
    import multiprocessing

    # Pages of one folder stay together, because their links are looked at together.
    slices = [paths[start : start + _SLICE] for start in range(0, len(paths), _SLICE)]
    turns = [*range(jobs)] * _TURNS + [0, 0]
    shares: list[list[str]] = [[] for _ in range(jobs)]
    for turn, part in zip(cycle(turns), slices, strict=False):
        shares[turn] += part
    method = "fork" if "fork" in multiprocessing.get_all_start_methods() else "spawn"
    context: Any = multiprocessing.get_context(method)
    processes, answers = [], []
    batches = []
    try:
        for share in shares[1:]:
            answer, send = context.Pipe(duplex=False)
            answers.append(answer)
            # A process that is forked has all ends that this one has. Should this one be killed, none may be left that
            # could be read, or the others would wait for ever to be rid of what they have.
            ends = answers if method == "fork" else []
            process = context.Process(target=_send_share, args=(root, share, wanted, send, ends, signed), daemon=True)
            process.start()
            # With the last end that writes gone, the one that reads knows that nothing comes any more.
            send.close()
            processes.append(process)
        found = read_share(root, watch("reading", shares[0]), wanted, signed=signed)
        for answer in answers:
            with contextlib.suppress(EOFError, OSError):
                batches.append(Batch(answer.recv_bytes()))
    finally:
        for process in processes:
            process.terminate()
            process.join()
    return found, batches


def read_share(root: str, paths: Iterable[str], wanted: Wanted, *, signed: bool = False) -> dict[str, ReadPage]:
    """Return those of some pages that cannot be damaged; see `read_all`."""
    found = {}
    for path in paths:
        try:
            data, there, seen = decode.read_signed(root, path)
        except OSError:
            continue  # the run finds out why
        source = decode.decode(path, data)
        # A page that may be damaged takes what only the run knows.
        if isinstance(source, Source) and is_whole(source):
            parsed = parse_page(source, wanted, with_code=holds_strange(source.text))
            signature = signature_of(data, there, seen) if signed else None
            found[path] = ReadPage(flags_of(path, source.text, parsed), parsed, signature)
    return found


def _send_share(  # noqa: PLR0913, PLR0917 - handed over by place
    root: str, paths: Sequence[str], wanted: Wanted, send: Connection, ends: Sequence[Connection], signed: bool
) -> None:
    import gc
    import signal

    for end in ends:
        end.close()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the run knows what to do
    gc.disable()  # the process ends before it would pay
    found = read_share(root, paths, wanted, signed=signed)
    links = ((path, read.parsed.links) for path, read in found.items() if not read.flags & ALONE)
    pages = {path: read.keeping for path, read in found.items()}
    send.send_bytes(packed(pages, dict(links_by_folder(links))))
