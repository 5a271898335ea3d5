"""Types of the core's objects, for annotations of modules that only look at them."""

from kolloc._core import Cooccurrence as Cooccurrence
from kolloc._core import TermDocument as TermDocument
from kolloc._core import Tokens as Tokens
from kolloc._core import Vocabulary as Vocabulary
