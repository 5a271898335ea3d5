"""What a corpus can do with pages as a crawler left them: label their lines, divide them, clean them."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Mapping
from typing import Any, Self

from kolloc import _interop, _sites
from kolloc import blocks as _blocks
from kolloc._document_rows import DocumentRows
from kolloc._interop import Documents
from kolloc._names import Names
from kolloc._progress import Progress, reporting
from kolloc.blocks import Blocks
from kolloc.cleaning import CleaningReport

__all__ = ["Pages"]


class Pages(DocumentRows):
    """Documents that are pages: an article, or several, and what a site prints around them."""

    __slots__ = ()

    _documents: Documents
    _cleaning: CleaningReport | None

    @abstractmethod
    def _remade(
        self,
        documents: Documents,
        step: str,
        parameters: Mapping[str, Any],
        extra: Mapping[str, Any],
        **changed: Any,
    ) -> Self:
        """Return a corpus of other documents."""

    @property
    def cleaning(self) -> CleaningReport | None:
        """What `clean` left out of these documents; ``None`` if they were not cleaned."""
        return self._cleaning

    def blocks(
        self,
        site: str | Iterable[Any] | None = None,
        *,
        n_threads: int | None = None,
        progress: Progress = None,
    ) -> Blocks:
        r"""Return what each line of each page is, why, what it repeats, and to which article it belongs.

        Nothing is removed; see `Blocks` for the kinds and `clean` for a corpus without some of them.

        Parameters
        ----------
        site : str or iterable, optional
            Metadata column with outlets or addresses, or one of either for each document; of addresses the host
            without ``www.`` counts. Lines that many pages of a site share are then known as its own: on at least three
            pages, and on more than 3 % of the site's pages by an exact binomial bound (risk 1e-6, so sites of fewer
            than four pages abstain); digits do not matter. Longer lines must stand at an edge of the page or among such
            lines. A paragraph of 40 words and more that several sites print is syndicated and never counted as theirs.
            Documents without a site are judged by themselves.
        n_threads : int, optional
            Number of threads; by default one for each processor. The result is the same.
        progress : None, bool or callable(done, total), optional
            ``None`` shows a bar after one second if tqdm is installed; a callable is called with bytes done and in all.

        Raises
        ------
        ParameterError
            If `site` is no column, or not one value for each document.

        Examples
        --------
        >>> import kolloc
        >>> page = "Home\nNews\n\nFerry sails again\n\nThe Grey Heron crossed the strait on Monday without a delay."
        >>> kolloc.Corpus([page]).blocks().to_frame()["kind"].tolist()
        ['navigation', 'navigation', 'headline', 'body']
        """
        sites = _sites.codes(site, self._metadata, len(self._names))
        with reporting(progress, "blocks", "B") as callback:
            return _blocks.find(
                self._documents,
                sites,
                n_threads,
                callback,
                _names=self._names,
                _metadata=self._metadata,
                _provenance=self._provenance.then("blocks", {"site": _shown(site)}),
            )

    def split_articles(
        self,
        site: str | Iterable[Any] | None = None,
        *,
        n_threads: int | None = None,
        progress: Progress = None,
    ) -> Self:
        r"""Return a corpus in which each article of a page is a document of its own.

        A page is cut where another article begins: before its title, or the label of a section above that. Nothing is
        lost, the pieces joined are the page. Pages with one article keep their name; of others the pieces are called
        ``page.1``, ``page.2`` and so on. Metadata are repeated for each piece.

        Parameters
        ----------
        site : str or iterable, optional
            As in `blocks`.
        n_threads : int, optional
            Number of threads; by default one for each processor.
        progress : None, bool or callable(done, total), optional
            As in `blocks`.

        Raises
        ------
        ParameterError
            If `site` is no column, or not one value for each document.
        DuplicateNamesError
            If a piece would have the name of another document.

        Examples
        --------
        >>> import kolloc
        >>> text = "The Grey Heron crossed the strait on Monday without delay, the ferry line said. " * 6
        >>> page = f"Ferry sails again\n\nBy Ada Holm\n\n{text}\n\nSchool opens late\n\nBy Jo Lind\n\n{text}"
        >>> articles = kolloc.Corpus({"monday": page}).split_articles()
        >>> list(articles.names), articles.text("monday.2")[:17]
        (['monday.1', 'monday.2'], 'School opens late')
        """
        blocks = self.blocks(site, n_threads=n_threads, progress=progress)
        documents, rows, numbers = blocks._divided()
        pages = self._names.take(rows)
        names = Names.from_labels(
            [name if number == 0 else f"{name}.{number}" for name, number in zip(pages, numbers, strict=True)]
        )
        return self._remade(
            documents,
            "split_articles",
            {"site": _shown(site)},
            {"documents": len(names)},
            _names=names,
            _metadata=_interop.take_rows(self._metadata, rows),
            _cleaning=None,
        )

    def clean(
        self,
        drop: Iterable[str] | None = None,
        site: str | Iterable[Any] | None = None,
        *,
        n_threads: int | None = None,
        progress: Progress = None,
    ) -> Self:
        r"""Return a corpus without the blocks of some kinds, and a report on what was left out.

        Blocks that stay keep their text and the blank lines before them; a document of which nothing is dropped stays
        as it is. The report is `cleaning` of the new corpus, its sums are a step of its provenance.

        Parameters
        ----------
        drop : iterable of str, optional
            Kinds of blocks, see `Blocks`. By default what is not an article's own words: ``"navigation"``,
            ``"boilerplate"``, ``"teaser"``, ``"related_link"``, ``"author_bio"``, ``"section"``, ``"repeated"`` and
            ``"pull_quote"``.
        site : str or iterable, optional
            As in `blocks`.
        n_threads : int, optional
            Number of threads; by default one for each processor.
        progress : None, bool or callable(done, total), optional
            As in `blocks`.

        Raises
        ------
        ParameterError
            If a kind is unknown, if all kinds would be dropped, or if `site` is no column.

        Examples
        --------
        >>> import kolloc
        >>> page = "Home\nNews\n\nFerry sails again\n\nThe Grey Heron crossed the strait on Monday without a delay."
        >>> cleaned = kolloc.Corpus([page]).clean()
        >>> cleaned[0]
        'Ferry sails again\n\nThe Grey Heron crossed the strait on Monday without a delay.'
        >>> cleaned.cleaning.totals()
        {'navigation': {'documents': 1, 'blocks': 2, 'characters': 8}}
        """
        kinds = _blocks.chosen_kinds("drop", drop)
        blocks = self.blocks(site, n_threads=n_threads, progress=progress)
        documents, report = blocks._without(kinds)
        parameters = {"drop": kinds, "site": _shown(site)}
        return self._remade(documents, "clean", parameters, {"left_out": report.totals()}, _cleaning=report)


def _shown(site: Any) -> str | None:
    return site if site is None or isinstance(site, str) else "given"
