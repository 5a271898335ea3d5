"""What a corpus can tell of texts that are printed more than once."""

from __future__ import annotations

from datetime import timedelta

from kolloc import _interop
from kolloc._duplicate_options import DuplicateOptions
from kolloc._pages import Pages
from kolloc._progress import Progress
from kolloc.duplicates import Duplicates

__all__ = ["Reprints"]


class Reprints(Pages):
    """Documents among which some are prints of one text."""

    __slots__ = ()

    def duplicates(
        self,
        *,
        date: str | None = None,
        source: str | None = None,
        site: str | None = None,
        furniture: str = "cut",
        window: str | timedelta | None = None,
        group: str | None = None,
        unit: str = "document",
        near: float = 0.7,
        contained: float = 0.8,
        revised: float = 0.4,
        passage: int | None = 12,
        quoted: float = 0.8,
        short: int = 30,
        short_contained: float = 0.8,
        short_run: int = 8,
        cohesion: float = 0.5,
        join_revised: bool = False,
        floor: float = 0.4,
        shingle: int = 4,
        winnow: int = 4,
        max_df: int = 50,
        n_threads: int | None = None,
        progress: Progress = None,
    ) -> Duplicates:
        """Return which documents have text in common, what they are to each other, and clusters of one text.

        Texts are compared as sequences of words in lower case (of pairs of characters in Chinese, Japanese, Thai);
        punctuation, spaces, HTML tags and the addresses of links do not count. Candidates share winnowed fingerprints;
        every pair is verified by the exact number of triples of words that both have. A run of `shingle` + `winnow` − 1
        words that two texts share has a fingerprint, and two are needed; those that repeat within a text, or are in
        more than `max_df` different texts, may not count. Texts made mostly of the latter are compared with a few
        anchors (see `Duplicates.report`).

        Parameters
        ----------
        date : str, optional
            Column of dates (dates, datetimes, ISO text): gives pairs a direction.
        source : str, optional
            Column of outlets, or of addresses, of which the host counts.
        site : str, optional
            Column of sites or addresses: what many pages of a site share is then left out of the comparison, too.
        furniture : {"cut", "keep"}, default "cut"
            Whether menus, teasers, repeated lines, pull quotes and the like (see `blocks`) are left out of the
            comparison.
        window : str or timedelta, optional
            Largest difference of dates, such as ``"30D"``; a document without a date is then in no pair.
        group : {"within", "across"}, optional
            Only pairs of one source, or of two.
        unit : {"document", "paragraph", "sentence"}, default "document"
            What is compared. Paragraphs and sentences are named by document and number (``page#3``); offsets stay those
            of the document, and parts of one document make no pairs.
        near : float, default 0.7
            Jaccard similarity of sets of triples from which two texts are near.
        contained : float, default 0.8
            Share of the smaller text's triples in the larger one that contains it.
        revised : float, default 0.4
            Share of either text's triples in the other, of which one is then a revision.
        passage : int, default 12
            Words of a run that is a shared passage; of scripts without spaces five pairs of characters count three.
            ``None`` looks only for texts akin as wholes, in about six tenths of the time: no ``quotes``, no
            ``shared_passage``.
        quoted : float, default 0.8
            Share of the passages between quotation marks, in either text, that makes them quotations.
        short, short_contained, short_run : int, float, int, default 30, 0.8, 8
            A pair with a text of fewer than `short` words needs this share of the smaller text and a run of `short_run`
            words, so that headlines and briefs do not meet by a stock phrase; words are counted as for `passage`. Texts
            of fewer than `shingle` words are related only if all their letters are the same.
        cohesion : float, default 0.5
            Jaccard similarity to the longest document of a cluster that every member has.
        join_revised : bool, default False
            Whether revised texts join clusters, too.
        floor : float, default 0.4
            Share of the smaller text below which no pair is kept for `Duplicates.rethreshold`, passages apart.
        shingle, winnow : int, default 4, 4
            Words in a fingerprint, and how many consecutive ones are sampled down to one; 8 and 9 for many millions of
            documents.
        max_df : int, default 50
            Different texts from which on a fingerprint is common.
        n_threads, progress
            As in `tokens`; documents.

        Raises
        ------
        ParameterError, InputTypeError
            If an option has a value that is not allowed.

        Warns
        -----
        MegaClusterWarning
            For a cluster of a hundred different texts and more (1 % of the documents in large corpora).

        Examples
        --------
        >>> import kolloc
        >>> wire = "The ferry to the northern islands sank in calm weather on Monday. All forty passengers were saved."
        >>> page = f"{wire} The harbour office opens again on Tuesday, said its head, but the pier will stay closed."
        >>> corpus = kolloc.Corpus({"wire": wire, "page": page})
        >>> corpus.duplicates().pairs[["document_a", "document_b", "relation", "containment_a"]]
          document_a document_b      relation  containment_a
        0       wire       page  contained_in            1.0
        >>> corpus.duplicates(unit="sentence").pairs[["document_a", "document_b", "relation"]]
          document_a document_b relation
        0     wire#1     page#1    exact
        1     wire#2     page#2    exact

        Notes
        -----
        Winnowing: Schleimer, Wilkerson & Aiken, SIGMOD 2003. Containment: Broder 1997. Defaults were chosen on planted
        reuse in two corpora of news and speeches.
        """
        options = DuplicateOptions(
            {
                "date": date,
                "source": source,
                "site": site,
                "furniture": furniture,
                "window": window,
                "group": group,
                "unit": unit,
                "near": near,
                "contained": contained,
                "revised": revised,
                "passage": passage,
                "quoted": quoted,
                "short": short,
                "short_contained": short_contained,
                "short_run": short_run,
                "cohesion": cohesion,
                "join_revised": join_revised,
                "floor": floor,
                "shingle": shingle,
                "winnow": winnow,
                "max_df": max_df,
            },
            _interop.columns(self._metadata),
        )
        return Duplicates._search(self, options, n_threads, progress)
