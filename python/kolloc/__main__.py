"""`python -m kolloc demo`: the main job on the shipped sample or on a file."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from kolloc._demo import Wish, run
from kolloc.exceptions import KollocError

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Return the exit status: 0, or 2 with one line on what was wrong."""
    wish = _parser().parse_args(arguments)
    try:
        run(
            Wish(
                file=wish.file,
                text=wish.text,
                node=wish.node,
                by=wish.by,
                window=wish.window,
                stopwords=None if wish.stopwords == "none" else wish.stopwords,
                picture=wish.picture,
            )
        )
    except (KollocError, OSError, ImportError, KeyError) as error:
        message = error.args[0] if isinstance(error, KeyError) and error.args else error
        print("\n".join([f"kolloc: {message}", *getattr(error, "__notes__", ())]), file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("kolloc: interrupted", file=sys.stderr)
        return 130
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m kolloc", description="Trustworthy counts from scraped news.")
    commands = parser.add_subparsers(dest="command", required=True)
    demo = commands.add_parser("demo", help="count words and their neighbours in a file, or in a made-up sample")
    demo.add_argument("file", nargs="?", help="CSV, TSV, JSONL or Parquet file, or a folder of .txt files")
    demo.add_argument("--text", metavar="COLUMN", help="column with the texts")
    demo.add_argument("--node", metavar="WORD", help="word to look around (default: the most frequent)")
    demo.add_argument("--by", metavar="COLUMN", help="column to compare by (default: outlet, source or the like)")
    demo.add_argument("--window", metavar="N", type=int, default=5, help="how far two words may be apart (default: 5)")
    demo.add_argument("--stopwords", metavar="LIST", default="en", help="shipped list, or none (default: en)")
    demo.add_argument(
        "--picture", metavar="FILE", default="kolloc-demo.png", help="where to draw (default: kolloc-demo.png)"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
