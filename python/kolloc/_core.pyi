from collections.abc import Callable, Iterable, Sequence
from typing import Any, ClassVar, Final, final

import numpy as np
from numpy.typing import NDArray

__all__ = [
    "Collocations",
    "Cooccurrence",
    "Documents",
    "Duplicates",
    "KeynessScores",
    "Resampling",
    "TermColumns",
    "TermDocument",
    "Tokens",
    "Vocabulary",
    "__debug_build__",
    "__segmenter_version__",
    "__stemmer_version__",
    "__unicode_version__",
    "__version__",
    "_probe",
    "association",
    "association_measures",
    "block_names",
    "blocks",
    "corrections",
    "delta_distances",
    "dispersion",
    "dispersion_measures",
    "dispersion_of_weights",
    "distances",
    "diversity_measures",
    "diversity_of_counts",
    "diversity_of_tokens",
    "document_frequencies",
    "excerpts",
    "fisher_log_p",
    "has_syllables",
    "keyness",
    "keyness_measures",
    "left_out",
    "log_odds_prior",
    "pair_distances",
    "pair_documents",
    "pair_measures",
    "pair_similarities",
    "parts",
    "prose_counts",
    "prose_fields",
    "readability_measures",
    "readability_scores",
    "relations",
    "resampled_dispersion",
    "resampled_diversity",
    "resampled_slopes",
    "row_entropies",
    "spans",
    "stopword_list",
    "summaries",
    "trends",
    "type_counts",
    "weigh",
    "weighting_schemes",
    "word_shift",
]

__version__: Final[str]
__debug_build__: Final[bool]
__unicode_version__: Final[str]
__segmenter_version__: Final[str]
__stemmer_version__: Final[str]

@final
class Documents:
    @staticmethod
    def from_arrow(data: Any, column: str | None = None, *, n_rows: int | None = None) -> Documents: ...
    @staticmethod
    def from_strings(strings: Iterable[Any]) -> Documents: ...
    @staticmethod
    def from_buffers(
        text: bytes, offsets: NDArray[np.int64], missing: NDArray[np.bool_] | None = None
    ) -> Documents: ...
    def __len__(self) -> int: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __reduce__(self) -> tuple[Any, ...]: ...
    def text(self, row: int) -> str: ...
    def texts(self) -> list[str]: ...
    def is_missing(self) -> NDArray[np.bool_]: ...
    @property
    def n_missing(self) -> int: ...
    @property
    def n_bytes(self) -> int: ...
    def take(self, rows: NDArray[np.uint32]) -> Documents: ...
    def chain(self, others: Documents) -> Documents: ...
    def fingerprint(self, *, progress: Callable[[int, int], object] | None = None) -> str: ...
    def buffer_addresses(self) -> list[int]: ...
    def to_buffers(self) -> tuple[bytes, NDArray[np.int64]]: ...

def block_names() -> tuple[list[str], list[str], list[str], list[str]]: ...
def blocks(
    documents: Documents,
    sites: NDArray[np.uint32] | None = None,
    *,
    n_threads: int | None = None,
    progress: Callable[[int, int], object] | None = None,
) -> dict[str, NDArray[Any]]: ...
def left_out(
    documents: Documents,
    sites: NDArray[np.uint32] | None = None,
    *,
    n_threads: int | None = None,
    progress: Callable[[int, int], object] | None = None,
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.uint64]]: ...
def excerpts(
    documents: Documents,
    rows: NDArray[np.uint32],
    byte_start: NDArray[np.int64],
    byte_end: NDArray[np.int64],
    ends: NDArray[np.uint64],
    missing: NDArray[np.bool_],
) -> Documents: ...
def _probe(
    ending: str,
    *,
    seconds: float = 0.0,
    n_threads: int | None = None,
    progress: Callable[[int, int], object] | None = None,
) -> None: ...

_Progress = Callable[[int, int], object]

@final
class Tokens:
    @staticmethod
    def tokenize(
        documents: Documents, config: str, *, n_threads: int | None = None, progress: _Progress | None = None
    ) -> Tokens: ...
    @staticmethod
    def from_parts(
        term_ids: NDArray[np.uint32],
        doc_offsets: NDArray[np.uint64],
        sentence_starts: NDArray[np.uint64],
        paragraph_starts: NDArray[np.uint64],
        terms: str,
        boundaries: NDArray[np.int64],
    ) -> Tokens: ...
    @staticmethod
    def from_lists(lists: Iterable[Iterable[str | None]]) -> Tokens: ...
    @property
    def n_docs(self) -> int: ...
    @property
    def n_tokens(self) -> int: ...
    @property
    def term_ids(self) -> NDArray[np.uint32]: ...
    @property
    def doc_offsets(self) -> NDArray[np.uint64]: ...
    @property
    def sentence_starts(self) -> NDArray[np.uint64]: ...
    @property
    def paragraph_starts(self) -> NDArray[np.uint64]: ...
    @property
    def vocabulary(self) -> Vocabulary: ...
    def doc(self, row: int) -> list[str | None]: ...
    def doc_lengths(self) -> NDArray[np.uint64]: ...
    def take(self, rows: NDArray[np.uint32]) -> Tokens: ...
    def mask(
        self,
        documents: Documents,
        config: str,
        rows: NDArray[np.uint32],
        char_start: NDArray[np.int64],
        char_end: NDArray[np.int64],
        *,
        n_threads: int | None = None,
        progress: _Progress | None = None,
    ) -> Tokens: ...
    def equals(self, other: Tokens) -> bool: ...

@final
class Vocabulary:
    def __len__(self) -> int: ...
    def __contains__(self, term: str, /) -> bool: ...
    def terms(self) -> list[str]: ...
    def term(self, id: int) -> str: ...  # noqa: A002
    def id(self, term: str) -> int: ...
    @property
    def frequencies(self) -> NDArray[np.uint64]: ...
    def buffers(self) -> tuple[bytes, NDArray[np.int64]]: ...

def spans(documents: Documents, row: int, config: str) -> NDArray[np.int64]: ...
def stopword_list(name: str) -> list[str]: ...

@final
class TermDocument:
    @staticmethod
    def count(
        tokens: Tokens, config: str, *, n_threads: int | None = None, progress: _Progress | None = None
    ) -> TermDocument: ...
    @staticmethod
    def from_parts(
        indptr: NDArray[np.uint64],
        indices: NDArray[np.uint32],
        data: NDArray[np.uint32],
        terms: str,
        boundaries: NDArray[np.int64],
    ) -> TermDocument: ...
    @property
    def shape(self) -> tuple[int, int]: ...
    @property
    def indptr(self) -> NDArray[np.uint64]: ...
    @property
    def indices(self) -> NDArray[np.uint32]: ...
    @property
    def data(self) -> NDArray[np.uint32]: ...
    def term(self, column: int) -> str: ...
    def terms(self) -> tuple[bytes, NDArray[np.int64]]: ...
    def frequencies(self) -> tuple[NDArray[np.uint64], NDArray[np.uint64], NDArray[np.uint64]]: ...
    def row_sums(self) -> NDArray[np.uint64]: ...
    def top_terms(self, n: int) -> tuple[NDArray[np.uint32], NDArray[np.uint32], NDArray[np.uint32]]: ...
    def group(self, groups: NDArray[np.uint32], n_groups: int) -> TermDocument: ...
    def kept_columns(self, bounds: str) -> NDArray[np.uint32]: ...
    def select_columns(self, keep: NDArray[np.uint32]) -> TermDocument: ...
    def select_rows(self, rows: NDArray[np.uint32]) -> TermDocument: ...

@final
class Collocations:
    @staticmethod
    def count(
        tokens: Tokens,
        config: str,
        doc_weights: NDArray[np.float64] | None = None,
        *,
        n_threads: int | None = None,
        progress: _Progress | None = None,
    ) -> Collocations: ...
    def __len__(self) -> int: ...
    def lengths(self) -> NDArray[np.int64]: ...
    def counts(self) -> NDArray[Any]: ...
    def nested(self) -> NDArray[Any]: ...
    def interaction(
        self, smoothing: float, *, n_threads: int | None = None
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]: ...
    def tables(
        self,
    ) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]: ...
    def order(self, keys: NDArray[np.float64], *, n_threads: int | None = None) -> NDArray[np.uint32]: ...
    def terms(self, numbers: NDArray[np.uint32], concatenator: str) -> tuple[bytes, NDArray[np.int64]]: ...

@final
class Cooccurrence:
    @staticmethod
    def count(
        tokens: Tokens,
        config: str,
        doc_weights: NDArray[np.float64] | None = None,
        *,
        n_threads: int | None = None,
        progress: _Progress | None = None,
    ) -> Cooccurrence: ...
    @staticmethod
    def from_parts(
        config: str,
        totals: tuple[int, int, bool],
        amounts: tuple[float, float],
        terms: NDArray[np.uint32],
        row_terms: NDArray[np.uint32],
        frequencies: tuple[NDArray[Any], NDArray[Any]],
        margins: tuple[NDArray[Any], NDArray[Any]],
        cells: tuple[NDArray[np.uint64], NDArray[np.uint32], NDArray[Any]],
    ) -> Cooccurrence: ...
    @property
    def shape(self) -> tuple[int, int]: ...
    @property
    def is_upper(self) -> bool: ...
    @property
    def terms(self) -> NDArray[np.uint32]: ...
    @property
    def row_terms(self) -> NDArray[np.uint32]: ...
    @property
    def indptr(self) -> NDArray[np.uint64]: ...
    @property
    def indices(self) -> NDArray[np.uint32]: ...
    @property
    def data(self) -> NDArray[Any]: ...
    @property
    def row_margins(self) -> NDArray[Any]: ...
    @property
    def column_margins(self) -> NDArray[Any]: ...
    @property
    def frequencies(self) -> NDArray[Any]: ...
    @property
    def row_frequencies(self) -> NDArray[Any]: ...
    @property
    def n(self) -> float: ...
    @property
    def n_pairs(self) -> float: ...
    @property
    def n_tokens(self) -> int: ...
    @property
    def n_units(self) -> int: ...
    def edges(
        self, min_count: float, top: int | None = None
    ) -> tuple[NDArray[np.uint32], NDArray[np.uint32], NDArray[np.uint64]]: ...
    def partners(self, row: int) -> tuple[NDArray[np.uint32], NDArray[np.uint64]]: ...
    def tables(
        self, cells: NDArray[np.uint64], node: int | None = None
    ) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]: ...

def association_measures() -> list[tuple[str, bool]]: ...
def association(
    measure: str,
    o11: NDArray[np.float64],
    r1: NDArray[np.float64],
    c1: NDArray[np.float64],
    n: NDArray[np.float64],
) -> NDArray[np.float64]: ...
def pair_documents(
    table: Cooccurrence,
    tokens: Tokens,
    cells: NDArray[np.uint64],
    sizes: NDArray[np.float64],
    measures: Sequence[str],
    doc_weights: NDArray[np.float64] | None = None,
    *,
    n_threads: int | None = None,
    progress: _Progress | None = None,
) -> tuple[NDArray[np.float64], list[NDArray[np.float64]]]: ...
def dispersion_measures() -> list[tuple[str, bool]]: ...
def dispersion(
    counts: TermDocument,
    measures: Sequence[str],
    sizes: NDArray[np.float64],
    times: NDArray[np.float64] | None = None,
    *,
    equal_parts: bool = False,
    n_threads: int | None = None,
    progress: _Progress | None = None,
) -> NDArray[np.float64]: ...
def dispersion_of_weights(
    indptr: NDArray[np.uint64],
    indices: NDArray[np.uint32],
    data: NDArray[np.float64],
    n_columns: int,
    measures: Sequence[str],
    sizes: NDArray[np.float64],
    *,
    equal_parts: bool = False,
    n_threads: int | None = None,
    progress: _Progress | None = None,
) -> NDArray[np.float64]: ...
def type_counts(
    tokens: Tokens, n_parts: int | None = None, *, n_threads: int | None = None, progress: _Progress | None = None
) -> TermDocument: ...
def distances(tokens: Tokens, *, progress: _Progress | None = None) -> dict[str, NDArray[np.float64]]: ...
def diversity_measures() -> list[tuple[str, bool]]: ...
def diversity_of_tokens(
    tokens: Tokens,
    config: str,
    groups: NDArray[np.uint32] | None = None,
    n_groups: int = 0,
    *,
    n_threads: int | None = None,
    progress: _Progress | None = None,
) -> NDArray[np.float64]: ...
def diversity_of_counts(
    counts: TermDocument, config: str, *, n_threads: int | None = None, progress: _Progress | None = None
) -> NDArray[np.float64]: ...
def readability_measures() -> list[tuple[str, list[str], bool]]: ...
def prose_fields() -> list[str]: ...
def has_syllables(language: str) -> bool: ...
def prose_counts(
    tokens: Tokens,
    language: str,
    dictionary: dict[str, int],
    familiar: set[str],
    *,
    n_threads: int | None = None,
    progress: _Progress | None = None,
) -> NDArray[np.int64]: ...
def readability_scores(counts: NDArray[np.float64], measures: list[str]) -> NDArray[np.float64]: ...

@final
class Duplicates:
    FULLY_SAMPLED: ClassVar[int]
    @staticmethod
    def search(
        documents: Documents,
        config: str,
        columns: dict[str, NDArray[Any]],
        known: Duplicates | None = None,
        *,
        n_threads: int | None = None,
        progress: _Progress | None = None,
    ) -> Duplicates: ...
    def relate(self, config: str) -> Duplicates: ...
    @property
    def n_pairs(self) -> int: ...
    def pairs(self) -> dict[str, NDArray[Any]]: ...
    def measures(
        self, *, n_threads: int | None = None, progress: _Progress | None = None
    ) -> dict[str, NDArray[Any]]: ...
    def compare(self, a: int, b: int) -> tuple[int, int, int, int]: ...
    def relation_alone(self, a: int, b: int, config: str) -> int | None: ...
    def overlaps(
        self,
        a: NDArray[np.uint32],
        b: NDArray[np.uint32],
        n: int,
        *,
        n_threads: int | None = None,
        progress: _Progress | None = None,
    ) -> dict[str, NDArray[Any]]: ...
    def clusters(self) -> tuple[NDArray[np.uint32], NDArray[np.uint32], NDArray[np.float64], int]: ...
    def n_units(self) -> NDArray[np.uint64]: ...
    def bodies(self) -> NDArray[np.uint32]: ...
    def left_out(self) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.uint64]]: ...
    def tally(self) -> dict[str, int]: ...
    def spans(
        self,
        a: NDArray[np.uint32],
        b: NDArray[np.uint32],
        *,
        n_threads: int | None = None,
        progress: _Progress | None = None,
    ) -> dict[str, NDArray[Any]]: ...

def relations() -> list[str]: ...
def parts(
    documents: Documents,
    unit: str,
    sites: NDArray[np.uint32] | None = None,
    *,
    cut_furniture: bool = True,
    n_threads: int | None = None,
    progress: _Progress | None = None,
) -> tuple[Documents, NDArray[np.uint32], NDArray[np.uint64]]: ...

@final
class TermColumns:
    def __new__(
        cls, counts: TermDocument, *, n_threads: int | None = None, progress: _Progress | None = None
    ) -> TermColumns: ...
    def compare(
        self,
        labels: NDArray[np.uint8],
        sizes: NDArray[np.float64],
        *,
        dp: bool = False,
        kld_norm: bool = False,
        ranks: bool = False,
        n_threads: int | None = None,
        progress: _Progress | None = None,
    ) -> dict[str, NDArray[Any]]: ...

def keyness_measures() -> list[str]: ...
def corrections() -> list[str]: ...
def keyness(
    measures: list[str],
    a: NDArray[np.float64],
    b: NDArray[np.float64],
    n1: float,
    n2: float,
    *,
    correction: str = "none",
    added: float = 1.0,
    half_for_zero: bool = False,
    n_threads: int | None = None,
) -> NDArray[np.float64]: ...
def fisher_log_p(
    a: NDArray[np.float64],
    b: NDArray[np.float64],
    n1: float,
    n2: float,
    *,
    n_threads: int | None = None,
) -> tuple[NDArray[np.float64], NDArray[np.float64]]: ...
def log_odds_prior(
    a: NDArray[np.float64],
    b: NDArray[np.float64],
    n1: float,
    n2: float,
    alpha: NDArray[np.float64] | None = None,
    total_alpha: float = 0.0,
    n_groups: float = 2.0,
    *,
    variance: str = "two_term",
) -> tuple[NDArray[np.float64], NDArray[np.float64]]: ...

@final
class Resampling:
    def __new__(
        cls,
        documents: tuple[NDArray[np.uint32], NDArray[np.uint32], NDArray[np.float64], NDArray[np.float64]],
        strata: NDArray[np.uint32],
        n_groups: int,
        drawing: tuple[int, int, str],
        given: NDArray[np.uint8] | None = None,
    ) -> Resampling: ...
    def weights(self) -> NDArray[np.uint8]: ...
    def jackknife(
        self, estimates: NDArray[np.float64], without: NDArray[np.float64], level: float
    ) -> NDArray[np.float64]: ...
    def rates(
        self,
        counts: TermDocument,
        interval: str,
        level: float,
        *,
        n_threads: int | None = None,
        progress: _Progress | None = None,
    ) -> NDArray[np.float64]: ...
    def contrast(
        self,
        counts: TermDocument,
        measures: list[str],
        interval: str,
        level: float,
        *,
        n_threads: int | None = None,
        progress: _Progress | None = None,
    ) -> NDArray[np.float64]: ...
    def exchanged(
        self,
        counts: TermDocument,
        measures: list[str],
        *,
        n_threads: int | None = None,
        progress: _Progress | None = None,
    ) -> NDArray[np.float64]: ...
    def balanced(
        self,
        counts: TermDocument,
        interval: str,
        level: float,
        *,
        n_threads: int | None = None,
        progress: _Progress | None = None,
    ) -> tuple[NDArray[np.float64], float]: ...

@final
class KeynessScores:
    def __new__(
        cls,
        names: list[str],
        options: tuple[str, float, bool],
        counts_documents: bool,
        prior: tuple[NDArray[np.float64] | None, float, str],
        elsewhere: tuple[NDArray[np.float64], float] | None = None,
    ) -> KeynessScores: ...
    def summaries(
        self,
        resampling: Resampling,
        counts: TermDocument,
        interval: str,
        level: float,
        *,
        n_threads: int | None = None,
        progress: _Progress | None = None,
    ) -> NDArray[np.float64]: ...
    def ranks(
        self,
        resampling: Resampling,
        counts: TermDocument,
        terms: NDArray[np.uint32],
        top: int,
        level: float,
        *,
        n_threads: int | None = None,
        progress: _Progress | None = None,
    ) -> tuple[NDArray[np.uint32], NDArray[np.uint32], NDArray[np.float64]]: ...

def resampled_slopes(
    resampling: Resampling,
    counts: TermDocument,
    series: Sequence[tuple[NDArray[np.uint32], NDArray[np.float64], NDArray[np.uint32]]],
    scale: float,
    interval: str,
    level: float,
    *,
    n_threads: int | None = None,
    progress: _Progress | None = None,
) -> NDArray[np.float64]: ...
def resampled_dispersion(
    resampling: Resampling,
    counts: TermDocument,
    measures: list[str],
    interval: str,
    level: float,
    *,
    by_group: bool = False,
    equal_parts: bool = False,
    n_threads: int | None = None,
    progress: _Progress | None = None,
) -> NDArray[np.float64]: ...
def resampled_diversity(
    resampling: Resampling,
    counts: TermDocument,
    config: str,
    interval: str,
    level: float,
    *,
    n_threads: int | None = None,
    progress: _Progress | None = None,
) -> NDArray[np.float64]: ...
def summaries(
    estimates: NDArray[np.float64], replicates: NDArray[np.float64], interval: str, level: float
) -> NDArray[np.float64]: ...
def trends(
    counts: tuple[NDArray[np.uint64], NDArray[np.uint32], NDArray[np.float64]],
    periods: tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.uint32]],
    options: tuple[float, float | None, float],
    *,
    n_threads: int | None = None,
    progress: _Progress | None = None,
) -> NDArray[np.float64]: ...

_Cells = tuple[NDArray[np.uint64], NDArray[np.uint32], NDArray[np.float64]]

def weighting_schemes() -> list[list[str]]: ...
def document_frequencies(df: NDArray[np.float64], n: float, options: dict[str, Any]) -> NDArray[np.float64]: ...
def weigh(
    cells: _Cells,
    n_columns: int,
    options: dict[str, Any],
    factors: NDArray[np.float64] | None = None,
    lengths: NDArray[np.float64] | None = None,
    characters: NDArray[np.float64] | None = None,
    *,
    n_threads: int | None = None,
) -> tuple[NDArray[np.float64], float, float]: ...
def pair_measures() -> list[list[str]]: ...
def pair_similarities(
    cells: _Cells,
    other: _Cells | None,
    n_columns: int,
    options: dict[str, Any],
    *,
    n_threads: int | None = None,
    progress: _Progress | None = None,
) -> tuple[NDArray[np.uint32], NDArray[np.uint32], NDArray[np.float64]]: ...
def pair_distances(
    cells: _Cells,
    other: _Cells | None,
    n_columns: int,
    options: dict[str, Any],
    *,
    n_threads: int | None = None,
    progress: _Progress | None = None,
) -> tuple[NDArray[np.uint32], NDArray[np.uint32], NDArray[np.float64]]: ...
def delta_distances(
    measure: str, x: NDArray[np.float64], n_columns: int, *, n_threads: int | None = None
) -> tuple[NDArray[np.float64], NDArray[np.uint32]]: ...
def row_entropies(
    cells: _Cells, n_columns: int, base: float, normalized: bool, miller_madow: bool
) -> NDArray[np.float64]: ...
def word_shift(
    kind: str,
    p1: NDArray[np.float64],
    p2: NDArray[np.float64],
    scores1: NDArray[np.float64],
    scores2: NDArray[np.float64],
    reference: float,
    base: float,
) -> NDArray[np.float64]: ...
