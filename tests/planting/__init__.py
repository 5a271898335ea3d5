"""Corpora of which every reuse is known, made at test time from natural or made-up articles.

`plant` takes articles and returns pages with typed truth: reposts, excerpts, pages of several articles, rewritten and
updated versions, quoted passages, site text, and pairs that only look alike. `confusion` and `span_iou` hold a tool's
findings against it. The package shares no code with kolloc.
"""

from planting.composer import made_articles
from planting.confusion import Confusion, confusion
from planting.kinds import ANY_LANGUAGE, KINDS, NEGATIVES, Kind
from planting.overlap import span_iou
from planting.plant import plant
from planting.related import naturally_related, without_related
from planting.reports import Found, FoundSpan
from planting.truth import InPage, Planted, Relation, Span

__all__ = [
    "ANY_LANGUAGE",
    "KINDS",
    "NEGATIVES",
    "Confusion",
    "Found",
    "FoundSpan",
    "InPage",
    "Kind",
    "Planted",
    "Relation",
    "Span",
    "confusion",
    "made_articles",
    "naturally_related",
    "plant",
    "span_iou",
    "without_related",
]
