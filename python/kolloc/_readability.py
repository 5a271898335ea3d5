"""How hard documents or groups are to read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kolloc import _interop, _native, _readability_table
from kolloc._progress import Progress, reporting
from kolloc._token_arrays import TokenArrays
from kolloc._token_options import TokenOptions
from kolloc.exceptions import InputTypeError, ParameterError

__all__ = ["Readability"]

# Options that leave out words or change their letters, and the value that does not.
_WHOLE_WORDS = {"stopwords": None, "min_chars": None, "max_chars": None, "stem": None}


class Readability(TokenArrays):
    """Tokens that tell how hard a text is to read."""

    __slots__ = ()

    _options: TokenOptions | None

    def readability(
        self,
        measures: str | Iterable[str] = "all",
        *,
        language: str,
        by: str | None = None,
        familiar: Iterable[str] | None = None,
        syllables: Mapping[str, int] | None = None,
        n_threads: int | None = None,
        progress: Progress = None,
    ) -> Any:
        """Return scores of readability of each document or group, with the counts they come from.

        W are words (tokens with a letter), St sentences with a word, C letters and digits in words, Sy syllables; W1,
        W3 words of one, of three or more syllables, W7 words of seven letters or more, U words that are not familiar.
        ASL is W / St, ASW is Sy / W.

        Parameters
        ----------
        measures : str or iterable of str, default "all"
            ``"all"`` that hold for the language, or some of these:

            - English: ``flesch`` 206.835 − 1.015 ASL − 84.6 ASW, higher is easier (Flesch 1948). US grades, higher is
              harder: ``flesch_kincaid`` .39 ASL + 11.8 ASW − 15.59 (Kincaid et al. 1975); ``fog`` .4 (ASL + 100 W3 / W)
              (Gunning 1952); ``smog`` 1.0430 √(30 W3 / St) + 3.1291 (McLaughlin 1969); ``ari`` 4.71 C / W + .5 ASL −
              21.43 (Smith & Senter 1967); ``coleman_liau`` 5.88 C / W − 29.6 St / W − 15.8 (Coleman & Liau 1975);
              ``forcast`` 20 − 15 W1 / W (Caylor et al. 1973); ``linsear_write`` r = (W + 2 W3) / St, then r / 2 if r >
              20, else (r − 2) / 2 (O'Hayre 1966).
            - English, with `familiar`: ``dale_chall`` 15.79 U / W + .0496 ASL + 3.6365, higher is harder (Dale & Chall
              1948); ``dale_chall_conditional``, the constant added only if U / W > 5 %; ``dale_chall_1995`` 64 − 95 U /
              W − .69 ASL, higher is easier (Chall & Dale 1995).
            - German: ``flesch_amstad`` 180 − ASL − 58.5 ASW, higher is easier (Amstad 1978).
            - Italian: ``gulpease`` 89 + (300 St − 10 C) / W, higher is easier (Lucisano & Piemontese 1988).
            - Any language with an alphabet: ``lix`` ASL + 100 W7 / W, 20 easy, 60 hard (Björnsson 1968); ``rix`` W7 /
              St (Anderson 1983).
        language : str
            Two-letter code of the language of the texts. A score is refused for a language it was not fitted to.
        by : str, optional
            Metadata column whose values make the texts: counts are added up, with the weights of documents if they have
            any. By default each document is a text.
        familiar : iterable of str, optional
            The list of familiar words of ``dale_chall``; kolloc ships none. Regular inflections of a word on the list
            (-s, -ed, -ing, -er, -est) are familiar, as the authors say; names are not known as names.
        syllables : mapping of str to int, optional
            Syllables of words, such as from the CMU Pronouncing Dictionary. Other words go by rules, if there are any
            for the language (``"en"``, ``"de"``), else they have none.
        n_threads, progress
            As in `Corpus.tokens`; tokens.

        Returns
        -------
        frame
            ``document``, or the column `by`; ``n_sentences``, ``n_words``, ``n_letters`` (C), ``n_long_words`` (W7);
            where syllables are counted ``n_syllables``, ``n_monosyllables`` (W1), ``n_polysyllables`` (W3); with
            `familiar` ``n_unfamiliar`` (U), all int64 (float64 for groups of documents with weights); with `syllables`
            ``dictionary_share``, the share of words found there; then the scores (float64). In the order of the
            documents; groups in order of first appearance.

        Raises
        ------
        ParameterError
            If an option has a value that is not allowed, a score does not hold for the language, or the tokens lack
            words or have changed ones (stop words, limits of length, stems).
        InputTypeError
            If the tokens were given as lists, whose sentences are not known.

        Warns
        -----
        UndefinedWarning
            Of texts without words, whose scores are NaN.
        ShortTextWarning
            If ``smog`` is asked of texts below 30 sentences.

        Notes
        -----
        The rule for syllables in English: each group of vowel letters is one; less a silent e (``made``, ``walked``,
        ``statement``, not ``table``, ``wanted``); more where two vowels are spoken apart (``idea``, ``various``) or a
        consonant makes one (``prism``); with a short list of exceptions. Letters without a vowel are spelled out
        (``bbc`` has three), a digit is one. In German each vowel or diphthong is one.

        It agrees with the CMU Pronouncing Dictionary in 99.4 % of the running words of news and web texts that are in
        it (English PUD and EWT of Universal Dependencies, which the rule was not fitted to).

        Names, compounds, and words that -ed or -es makes longer count like other words in ``fog``, though Gunning
        leaves them out. What `Tokens.mask` or a policy took away is not in the text. ``’s`` belongs to the word only
        with ``possessive="keep"``; hyphenated words are one unless ``split_hyphens=True``.

        References
        ----------
        Flesch, R. (1948). A new readability yardstick. doi:10.1037/h0057532
        Coleman, M. & Liau, T. L. (1975). A computer readability formula. doi:10.1037/h0076540

        Examples
        --------
        >>> import kolloc
        >>> tokens = kolloc.Corpus(["The cat sat on the mat. It was happy."]).tokens()
        >>> print(tokens.readability(["flesch", "fog", "lix"], language="en").round(2).T.to_string(header=False))
        document              0
        n_sentences           2
        n_words               9
        n_letters            27
        n_long_words          0
        n_syllables          10
        n_monosyllables       8
        n_polysyllables       0
        flesch           108.27
        fog                 1.8
        lix                 4.5
        >>> tokens.readability("flesch", language="fr")
        Traceback (most recent call last):
        kolloc.exceptions.ParameterError: measures must be those that hold for 'fr': lix, rix; flesch was fitted to 'en'
        and says nothing of other languages
        """
        language = _readability_table.checked_language(language)
        known = _readability_table.familiar_words(familiar)
        dictionary = _readability_table.syllable_dictionary(syllables)
        names = _readability_table.chosen(measures, language, has_list=known is not None)
        self._refuse_changed_words()
        values, labels = (list(self._names), None) if by is None else self._grouping(by)
        with reporting(progress, "readability") as callback:
            counts: NDArray[Any] = _native.prose_counts(
                self._native, language, dictionary or {}, known or set(), n_threads=n_threads, progress=callback
            )
        if labels is not None:
            weighted = counts if self._doc_weights is None else counts * self._doc_weights[:, None]
            counts = np.zeros((len(values), counts.shape[1]), dtype=weighted.dtype)
            np.add.at(counts, labels, weighted)
        found = _readability_table.columns(
            counts, names, language, has_dictionary=dictionary is not None, has_list=known is not None
        )
        return _interop.frame_like(self._metadata, {by or "document": values} | found)

    def _refuse_changed_words(self) -> None:
        if self._options is None:
            raise InputTypeError("these tokens were given as lists: where their sentences end is not known")
        for name, harmless in _WHOLE_WORDS.items():
            value = self._options.parameters[name]
            if value != harmless:
                allowed = f"{harmless} in Corpus.tokens: readability needs every word as it is written"
                shown = f"{value!r}" if isinstance(value, str | int) else "a list of words"
                message = f"{name} must be {allowed}, got {shown}"
                raise ParameterError(message, parameter=name, value=value, allowed=allowed)
