"""kolloc turns a pile of scraped news pages into trustworthy counts.

A :class:`Corpus` is made from a DataFrame, a list, Arrow data or files; every further object is made from it.
"""

from kolloc import datasets, exceptions, plots
from kolloc._build import __version__
from kolloc._policy_effect import compare_counts
from kolloc._significance import adjust_p
from kolloc.blocks import Blocks
from kolloc.bootstrap import Bootstrap
from kolloc.cleaning import CleaningReport
from kolloc.cooccurrence import Cooccurrence
from kolloc.corpus import Corpus
from kolloc.dtm import DocumentTermMatrix
from kolloc.duplicates import Duplicates
from kolloc.over_time import OverTime
from kolloc.tokens import Tokens
from kolloc.vocabulary import Vocabulary
from kolloc.weighted import WeightedMatrix

__all__ = [
    "Blocks",
    "Bootstrap",
    "CleaningReport",
    "Cooccurrence",
    "Corpus",
    "DocumentTermMatrix",
    "Duplicates",
    "OverTime",
    "Tokens",
    "Vocabulary",
    "WeightedMatrix",
    "__version__",
    "adjust_p",
    "compare_counts",
    "datasets",
    "exceptions",
    "plots",
]
