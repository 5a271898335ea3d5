"""Which build of the core is in use; warns of one that was made for debugging."""

import warnings

from kolloc import _core

__all__ = ["SEGMENTER_VERSION", "STEMMER_VERSION", "UNICODE_VERSION", "__version__"]

__version__ = _core.__version__
UNICODE_VERSION = _core.__unicode_version__
SEGMENTER_VERSION = _core.__segmenter_version__
STEMMER_VERSION = _core.__stemmer_version__

if _core.__debug_build__:
    warnings.warn(
        "this kolloc was built without optimization and is slow; rebuild it with `maturin develop --release`",
        RuntimeWarning,
        stacklevel=2,
    )
