"""What modules that hold no object of the core take from it: its types for annotations, and its names."""

from kolloc._core import Collocations as Collocations
from kolloc._core import Cooccurrence as Cooccurrence
from kolloc._core import Documents as Documents
from kolloc._core import Duplicates as Duplicates
from kolloc._core import Resampling as Resampling
from kolloc._core import TermDocument as TermDocument
from kolloc._core import Tokens as Tokens
from kolloc._core import Vocabulary as Vocabulary
from kolloc._core import association as association
from kolloc._core import association_measures as association_measures
from kolloc._core import dispersion as dispersion
from kolloc._core import dispersion_measures as dispersion_measures
from kolloc._core import dispersion_of_weights as dispersion_of_weights
from kolloc._core import distances as distances
from kolloc._core import diversity_measures as diversity_measures
from kolloc._core import diversity_of_counts as diversity_of_counts
from kolloc._core import diversity_of_tokens as diversity_of_tokens
from kolloc._core import document_frequencies as document_frequencies
from kolloc._core import parts as parts
from kolloc._core import relations as relations
from kolloc._core import summaries as summaries
from kolloc._core import trends as trends
from kolloc._core import type_counts as type_counts
from kolloc._core import weigh as weigh
from kolloc._core import weighting_schemes as weighting_schemes
