"""Pictures of results. They need matplotlib and return its axes, so that everything can still be changed.

Colours are those of Okabe and Ito, which people with any colour vision tell apart. Letters that matplotlib's font
lacks, such as Hangul and Chinese characters, are drawn in a font of this machine that has them.
"""

from kolloc.plots._collocates import collocates
from kolloc.plots._dispersion import dispersion
from kolloc.plots._keyness import keyness
from kolloc.plots._misses import misses
from kolloc.plots._over_time import over_time

__all__ = ["collocates", "dispersion", "keyness", "misses", "over_time"]
