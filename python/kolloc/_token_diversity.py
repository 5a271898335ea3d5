"""How rich the vocabulary of documents or groups is, from their tokens in order."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from kolloc import _diversity_table, _interop, _measures, _native
from kolloc._progress import Progress, reporting
from kolloc._token_arrays import TokenArrays
from kolloc.exceptions import ParameterError

__all__ = ["TokenDiversity"]


class TokenDiversity(TokenArrays):
    """Tokens that tell how rich a vocabulary is."""

    __slots__ = ()

    def lexical_diversity(
        self,
        measures: str | Iterable[str] = ("ttr", "mattr", "mtld", "hdd"),
        *,
        by: str | None = None,
        window: int = 100,
        closed: str = "lt",
        sample: int = 42,
        log_base: float = 10,
        seed: int = 0,
        remove_punct: bool = True,
        remove_symbols: bool = True,
        remove_numbers: bool = True,
        lowercase: bool = True,
        n_threads: int | None = None,
        progress: Progress = None,
    ) -> Any:
        """Return measures of lexical diversity of each document or group.

        A text has N tokens of V types, V1 of which occur once; S2 is the sum of squared frequencies; log is the
        logarithm to `log_base`. Removed tokens are dropped and their neighbours close up.

        Parameters
        ----------
        measures : str or iterable of str, default ("ttr", "mattr", "mtld", "hdd")
            ``"all"``, or some of these, richer is higher unless said otherwise:

            - ``ttr`` V / N; ``herdan_c`` log V / log N; ``guiraud_r`` V / √N; ``cttr`` V / √(2N); ``dugast_u``
              (log N)² / (log N − log V); ``summer_s`` log log V / log log N;
            - ``yule_k`` 10⁴ (S2 − N) / N² (lower is richer); ``yule_i`` V² / (S2 − V); ``simpson_d`` Σ f (f − 1) /
              (N (N − 1)) (lower is richer); ``herdan_vm`` √(S2 / N² − 1 / V) (lower is richer);
            - ``maas_a2`` (log N − log V) / (log N)², ``maas_a`` its root (lower is richer; quanteda's Maas is the
              root); ``maas_lgv0`` log10 V / √(1 − (log V / log N)²), ``maas_lgev0`` the same times ln 10;
            - ``mattr``: mean TTR of all windows of `window` tokens (Covington & McFall 2010); ``msttr``: of consecutive
              segments of as many, an incomplete rest dropped (Johnson 1944);
            - ``mtld``: mean over the forward and backward run of N / number of factors, which are stretches whose TTR
              falls below .72, the rest counting as (1 − TTR) / .28 (McCarthy & Jarvis 2010); ``mtld_ma``: mean length
              of the factors from every token in both directions, the text taken as a ring;
            - ``rarefied_types``: expected number of types in `sample` tokens drawn without replacement (Hurlbert 1971),
              for texts of unequal length; ``hdd``: the same over `sample` (McCarthy & Jarvis 2007);
            - ``vocd_d``: D of the curve TTR = (D / n) (√(1 + 2n / D) − 1) fitted to mean TTRs of 100 random samples of
              each n from 35 to 50, mean of three such D (McKee et al. 2000); ``vocd_d_expected``: fitted to the
              expected TTRs, without chance;
            - ``honore_r`` 100 ln N / (1 − V1 / V); ``brunet_w`` N^(V^−.172) (lower is richer); ``fisher_alpha`` the α
              of V = α ln(1 + N / α); ``entropy`` −Σ p log2 p in bits; ``repeat_rate`` Σ p² (lower is richer);
              ``hapax_share`` V1 / V.

            All but ``mattr``, ``msttr``, ``mtld``, ``mtld_ma``, ``hdd``, ``rarefied_types`` and ``vocd_d`` depend
            strongly on the length of the text.
        by : str, optional
            Metadata column whose values make the texts: their documents one behind the other in the order of the
            corpus. By default each document is a text.
        window : int, default 100
            Tokens of a window of ``mattr`` and of a segment of ``msttr``. A shorter text gives NaN, for itself alone.
        closed : {"lt", "le"}, default "lt"
            Whether a factor of ``mtld`` closes below .72, as its authors say, or at .72 already.
        sample : int, default 42
            Tokens drawn for ``hdd`` and ``rarefied_types``.
        log_base : float, default 10
            Base of the logarithms of Herdan, Dugast, Summer and Maas; U, S and Maas depend on it.
        seed : int, default 0
            Of the draws of ``vocd_d``; each text meets the same random numbers, so its value does not depend on others.
        remove_punct, remove_symbols, remove_numbers : bool, default True
            Leave out types of punctuation, of symbols, of digits, as in `Corpus.tokens`.
        lowercase : bool, default True
            Take types that differ in case for one.
        n_threads, progress
            As in `Corpus.tokens`; tokens.

        Returns
        -------
        frame
            ``document``, or the column `by`; ``n_tokens``, ``n_types`` (int64, after removal); the measures (float64).
            In the order of the documents; groups in order of first appearance. Weights of documents do not matter to
            the diversity of each.

        Raises
        ------
        ParameterError
            If an option has a value that is not allowed, or `by` is given and documents have weights: diversity needs
            whole tokens.

        Warns
        -----
        UndefinedWarning
            Of values that are NaN, with the reason: an empty text, one shorter than window or sample, a division by
            zero (V = N, N = 1), where others print an infinity.
        ShortTextWarning
            If MTLD is asked of texts below 50 tokens.

        References
        ----------
        McCarthy, P. M. & Jarvis, S. (2010). MTLD, vocd-D, and HD-D. doi:10.3758/BRM.42.2.381

        Examples
        --------
        >>> import kolloc
        >>> tokens = kolloc.Corpus(["a b c d d e e f f f", "b a b a b a b a"]).tokens()
        >>> print(tokens.lexical_diversity(["ttr", "mattr", "yule_k"], window=4).round(3))
          document  n_tokens  n_types   ttr  mattr  yule_k
        0        0        10        6  0.60  0.679  1000.0
        1        1         8        2  0.25  0.500  3750.0
        """
        names = _measures.chosen(measures, _diversity_table.ALL)
        options = {
            "window": window, "closed": closed, "sample": sample, "log_base": log_base, "seed": seed,
            "remove_punct": remove_punct, "remove_symbols": remove_symbols, "remove_numbers": remove_numbers,
            "lowercase": lowercase,
        }  # fmt: skip
        config = _diversity_table.to_json(names, options)
        groups: tuple[Any, ...] = ()
        found: dict[str, Any] = {"document": list(self._names)}
        if by is not None:
            if self._doc_weights is not None:
                allowed = "None where documents have weights: diversity needs whole tokens"
                raise ParameterError(f"by must be {allowed}", parameter="by", value=by, allowed=allowed)
            values, labels = self._grouping(by)
            groups, found = (labels, len(values)), {by: values}
        with reporting(progress, "lexical diversity") as callback:
            table = _native.diversity_of_tokens(self._native, config, *groups, n_threads=n_threads, progress=callback)
        return _interop.frame_like(self._metadata, found | _diversity_table.columns(table, names))
