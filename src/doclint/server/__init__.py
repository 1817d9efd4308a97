"""`doclint server`: what `doclint check` says, in an editor while one types.

    uris, positions     what an editor's addresses and positions mean
    documents           the texts that are open, and what pages are once they are saved
    survey              what there is in a folder, looked at beside the answering
    folder              a folder with its open pages: an index that is always that of the texts on the screen
    workspace           all folders, and where a file belongs
    here                what stands at a place of a page
    edits, actions, navigation, hover, completion, rename
                        what can be asked of a folder; they speak of paths, spans and edits
    wire                those to and from what the protocol calls them
    slices, upkeep      long work between the messages: surveys, pages that come in, what is said of open pages
    answers, protocol   the door: requests come in, answers go out

One thread does all that has to do with pages, in slices of some milliseconds where it is much. Only surveys, which
share nothing with it, run beside it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from doclint.model import UsageError

if TYPE_CHECKING:
    from typing import BinaryIO


def serve(stdin: BinaryIO) -> None:
    """Speak the Language Server Protocol until the editor says `exit`.

    Args:
        stdin: What the editor writes; it is answered on standard output.

    Raises:
        UsageError: What it takes is not installed.
    """
    try:
        from doclint.server.protocol import run
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in ("pygls", "lsprotocol", "cattrs", "attrs"):
            raise
        raise UsageError("`doclint server` needs pygls; install doclint with its extra `server`") from error
    run(stdin)
