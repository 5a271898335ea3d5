"""What modules that hold no object of the core take from it: its types for annotations, and its names."""

from kolloc._core import Collocations as Collocations
from kolloc._core import Cooccurrence as Cooccurrence
from kolloc._core import Documents as Documents
from kolloc._core import Duplicates as Duplicates
from kolloc._core import TermDocument as TermDocument
from kolloc._core import Tokens as Tokens
from kolloc._core import Vocabulary as Vocabulary
from kolloc._core import association as association
from kolloc._core import association_measures as association_measures
from kolloc._core import delta_distances as delta_distances
from kolloc._core import dispersion as dispersion
from kolloc._core import dispersion_measures as dispersion_measures
from kolloc._core import dispersion_of_weights as dispersion_of_weights
from kolloc._core import distances as distances
from kolloc._core import document_frequencies as document_frequencies
from kolloc._core import pair_distances as pair_distances
from kolloc._core import pair_measures as pair_measures
from kolloc._core import pair_similarities as pair_similarities
from kolloc._core import parts as parts
from kolloc._core import relations as relations
from kolloc._core import row_entropies as row_entropies
from kolloc._core import type_counts as type_counts
from kolloc._core import weigh as weigh
from kolloc._core import weighting_schemes as weighting_schemes
from kolloc._core import word_shift as word_shift
