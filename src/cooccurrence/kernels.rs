//! Which kernel counts what, and how cells and margins come together.

use std::marker::PhantomData;
use std::sync::atomic::AtomicU64;

use super::boolean::Meetings;
use super::config::{Config, Count, Margins};
use super::layout::{Layout, Occurrences, RowCodes, lay_out};
use super::margins::{PairSums, pair_sums, unit_frequencies, weighted_pair_sums};
use super::ordered_context::Sweeps;
use super::ranking::Ranking;
use super::records::{self, Records};
use super::rows::{RowCounter, assemble, count_rows, total_work};
use super::scatter::Scatter;
use super::surface::Spans;
use super::transpose::{Head, upper_triangle};
use super::unit_context::{Detail, Precedences, Products, UnitTerms};
use super::weighted::Weights;
use super::window::{Frequencies, Span};
use super::{Amount, Amounts, Cells, Cooccurrence, Rows, Shape, Tuning, dense};
use crate::corpus::tokens::{Tokens, Unit};
use crate::counts::csr::Csr;
use crate::error::Result;
use crate::parallel::Workers;

/// Counts cells and margins for a valid configuration; `terms` gives the columns, otherwise the configuration decides.
pub(super) fn count(
    tokens: &Tokens,
    config: &Config,
    tuning: Tuning,
    terms: Option<&[u32]>,
    workers: &Workers,
) -> Result<Cooccurrence> {
    let ranking = Ranking::new(tokens, config, terms, workers)?;
    let triangle = config.nodes.is_none() && config.is_symmetric();
    let head_width = if triangle { head_width(tokens, config, &ranking, tuning) } else { 0 };
    let room = if head_width > 0 || tuning.records.is_some() {
        records_room(config, &ranking, tuning, triangle)
    } else {
        None
    };
    let rows = match &config.nodes {
        // Rows counted from records need no index.
        None if room.is_some() => RowCodes::From(ranking.n_columns() as u32),
        Some(nodes) => RowCodes::Nodes(nodes.iter().map(|&node| ranking.code_of[node as usize]).collect()),
        None => RowCodes::From(head_width as u32),
    };
    let (layout, occurrences) = lay_out(tokens, config.unit(), &ranking, &rows, workers)?;
    let corpus =
        Corpus { config, tuning, ranking, layout, occurrences, rows, triangle, head_width, room, longest: 0, workers };
    let corpus = Corpus { longest: corpus.longest_unit(), ..corpus };
    let (cells, in_span) = corpus.cells()?;
    corpus.result(tokens, cells, in_span)
}

/// Width of the dense block; none if its kernel does not apply.
fn head_width(tokens: &Tokens, config: &Config, ranking: &Ranking, tuning: Tuning) -> usize {
    if !config.is_window() || config.count != Count::Frequency || !window_counts_fit(config, ranking) {
        return 0;
    }
    match tuning.head_width {
        Some(width) => width.min(ranking.n_columns()).min(dense::MAX_WIDTH),
        None => dense::width(tokens.n_positions(), ranking.n_columns()),
    }
}

/// Room for the records of windows, in codes; none if windows are counted from an index.
fn records_room(config: &Config, ranking: &Ranking, tuning: Tuning, triangle: bool) -> Option<usize> {
    let frequencies = triangle && config.is_window() && config.count == Count::Frequency;
    let suits = frequencies && window_counts_fit(config, ranking) && records::suit(config.reach().1);
    // In codes of two bytes: as much again as the codes of the corpus.
    suits.then(|| tuning.records.unwrap_or((2 * ranking.n_tokens as usize).max(1 << 21)))
}

/// Whether no sum of a window, not even that of everything a row does not count, can exceed 32 bits.
pub(super) fn window_counts_fit(config: &Config, ranking: &Ranking) -> bool {
    let (before, after) = config.reach();
    let frequency = ranking.frequencies.iter().max().copied().unwrap_or(0);
    (before as u64 + after as u64 + 1).saturating_mul(frequency) <= u64::from(u32::MAX)
}

/// A corpus laid out for counting.
struct Corpus<'a> {
    config: &'a Config,
    tuning: Tuning,
    ranking: Ranking,
    layout: Layout,
    occurrences: Occurrences,
    rows: RowCodes,
    triangle: bool,
    head_width: usize,
    room: Option<usize>,
    longest: usize,
    workers: &'a Workers,
}

impl Corpus<'_> {
    /// Length of the longest unit.
    fn longest_unit(&self) -> usize {
        (0..self.layout.n_units()).map(|unit| self.layout.unit(unit).len()).max().unwrap_or(0)
    }

    /// What kernels see of the corpus.
    fn span(&self) -> Span<'_> {
        Span {
            layout: &self.layout,
            occurrences: &self.occurrences,
            rows: &self.rows,
            reach: self.config.reach(),
            triangle: self.triangle,
            diagonal: self.config.diagonal,
            ordered: self.config.ordered,
            n_columns: self.ranking.n_columns(),
            n_codes: self.ranking.n_codes,
        }
    }

    /// The cells, and with surface margins the tokens in the span of each row.
    fn cells(&self) -> Result<(Cells, Vec<u64>)> {
        let span = self.span();
        let cells = match (self.config.is_window(), self.config.count) {
            (true, Count::Weighted) => {
                let weights = self.config.distance_weights(self.layout.longest_unit());
                Cells::Weights(self.matrix(&Weights { span, weights: &weights })?)
            }
            (true, Count::Boolean) => Cells::Counts(self.matrix(&Meetings { span })?),
            (true, Count::Frequency) if self.config.margins == Margins::Surface => return self.surface(span),
            (true, Count::Frequency) => Cells::Counts(self.frequencies(span)?),
            (false, _) => Cells::Counts(self.unit_pairs(span)?),
        };
        Ok((cells, Vec::new()))
    }

    /// Tokens in the span of nodes.
    fn surface(&self, span: Span) -> Result<(Cells, Vec<u64>)> {
        let in_span = (0..span.n_rows()).map(|_| AtomicU64::new(0)).collect();
        let spans = Spans { span, gap: self.ranking.gap(), in_span };
        let cells = Cells::Counts(self.matrix(&spans)?);
        Ok((cells, spans.in_span.into_iter().map(AtomicU64::into_inner).collect()))
    }

    /// Frequencies in a window.
    fn frequencies(&self, span: Span) -> Result<Csr<u32>> {
        if let Some(room) = self.room {
            return self.frequencies_from_records(room);
        }
        if !window_counts_fit(self.config, &self.ranking) {
            return self.matrix(&Frequencies::<u64> { span, tally: PhantomData });
        }
        self.matrix(&Frequencies::<u32> { span, tally: PhantomData })
    }

    /// Frequencies in a symmetric window: the dense head, then records of all other windows.
    fn frequencies_from_records(&self, room: usize) -> Result<Csr<u32>> {
        let (reach, n_columns) = (self.config.reach().1, self.ranking.n_columns());
        let diagonal = self.config.diagonal;
        let rare: u64 = self.ranking.frequencies_of(&self.ranking.terms[self.head_width..]).iter().sum();
        self.workers.signal().begin(self.layout.codes.len() as u64 + rare * (2 * reach as u64 + 1));
        let head = dense::head(&self.layout, self.head_width, reach, diagonal, self.workers)?;
        let (layout, ranking, first_row) = (&self.layout, &self.ranking, self.head_width);
        let records = Records { layout, ranking, first_row, reach, diagonal };
        let narrow = ranking.n_codes <= 1 << 16 && !self.tuning.wide_records;
        let chunks = if narrow {
            records.count::<u16>(room, self.workers)
        } else {
            records.count::<u32>(room / 2, self.workers)
        }?;
        upper_triangle(&head, &chunks, n_columns, self.workers)
    }

    /// Pairs inside units.
    fn unit_pairs(&self, span: Span) -> Result<Csr<u32>> {
        let boolean = self.config.count == Count::Boolean;
        if self.config.ordered && !boolean {
            return self.matrix(&Sweeps { span });
        }
        let detail = if self.config.ordered { Detail::LastPosition } else { Detail::Count };
        let terms = &UnitTerms::new(&self.layout, span.n_columns, span.n_codes, detail, self.workers)?;
        if self.config.ordered {
            return self.matrix(&Precedences { span, terms });
        }
        let largest = self.ranking.frequencies.iter().max().copied().unwrap_or(0);
        if boolean || largest.saturating_mul(self.longest as u64) <= u64::from(u32::MAX) {
            return self.matrix(&Products::<u32> { span, terms, boolean, tally: PhantomData });
        }
        self.matrix(&Products::<u64> { span, terms, boolean, tally: PhantomData })
    }

    /// The rows of a counter as a matrix: a triangle behind its dense head, or all cells.
    fn matrix<C: RowCounter>(&self, counter: &C) -> Result<Csr<C::Cell>>
    where
        C::Cell: Scatter + FromHead,
    {
        let work = total_work(counter);
        // Few enough chunks that their rows fill large pages, enough to keep many threads busy.
        let chunk_work = self.tuning.chunk_work.unwrap_or((work / 64).clamp(1 << 18, 1 << 22));
        let head_work = if self.head_width > 0 { self.layout.codes.len() as u64 } else { 0 };
        self.workers.signal().begin(work + head_work);
        let n_columns = self.ranking.n_columns();
        if !self.triangle {
            let chunks = count_rows(counter, chunk_work, self.workers)?;
            return assemble(chunks, n_columns, self.workers);
        }
        let reach = self.config.reach().1;
        let head = dense::head(&self.layout, self.head_width, reach, self.config.diagonal, self.workers)?;
        let chunks = count_rows(counter, chunk_work, self.workers)?;
        upper_triangle(&C::Cell::head(head), &chunks, n_columns, self.workers)
    }

    /// Everything together.
    fn result(self, tokens: &Tokens, cells: Cells, in_span: Vec<u64>) -> Result<Cooccurrence> {
        let ranking = &self.ranking;
        let n_units = match self.config.unit() {
            Unit::Document => tokens.n_docs(),
            Unit::Paragraph | Unit::Sentence => self.layout.n_units(),
        } as u64;
        let margins = self.margins(in_span, n_units)?;
        let frequencies = ranking.frequencies_of(&ranking.terms);
        let rows = self.config.nodes.clone().map_or(Rows::Columns, Rows::Nodes);
        let row_frequencies = match &rows {
            Rows::Columns => frequencies.clone(),
            Rows::Nodes(nodes) => ranking.frequencies_of(nodes),
        };
        Ok(Cooccurrence {
            rows,
            shape: if self.triangle { Shape::Upper } else { Shape::Full },
            cells,
            row_margins: margins.rows,
            column_margins: margins.columns,
            n: margins.n,
            n_pairs: margins.n_pairs,
            frequencies: Amounts::Counts(frequencies),
            row_frequencies: Amounts::Counts(row_frequencies),
            n_tokens: ranking.n_tokens,
            n_units,
            config: self.config.clone(),
            terms: self.ranking.terms,
        })
    }

    /// The margins of the sampling model.
    fn margins(&self, in_span: Vec<u64>, n_units: u64) -> Result<SampleMargins> {
        let reach = self.config.reach();
        let ranking = &self.ranking;
        if self.config.count == Count::Weighted {
            let weights = self.config.distance_weights(self.layout.longest_unit());
            let sums = weighted_pair_sums(&self.layout, ranking, reach, &weights, self.workers)?;
            return Ok(self.pair_margins(sums, Amounts::Weights, Amount::Weight));
        }
        let sums = pair_sums(&self.layout, ranking, reach, self.workers)?;
        let n_pairs = Amount::Count(sums.n_pairs);
        let counts = |rows, columns, n| SampleMargins {
            rows: Amounts::Counts(rows),
            columns: Amounts::Counts(columns),
            n: Amount::Count(n),
            n_pairs,
        };
        Ok(match self.config.margins {
            Margins::Pairs => self.pair_margins(sums, Amounts::Counts, Amount::Count),
            Margins::Surface => counts(in_span, ranking.frequencies_of(&ranking.terms), ranking.n_tokens),
            Margins::Textual => {
                let units = unit_frequencies(&self.layout, ranking.n_codes, self.workers)?;
                counts(self.row_values(&units), units[..ranking.n_columns()].to_vec(), n_units)
            }
        })
    }

    /// Margins of pairs from sums per code.
    fn pair_margins<V: Copy>(
        &self,
        sums: PairSums<V>,
        many: fn(Vec<V>) -> Amounts,
        one: fn(V) -> Amount,
    ) -> SampleMargins {
        SampleMargins {
            rows: many(self.row_values(&sums.nodes)),
            columns: many(sums.collocates[..self.ranking.n_columns()].to_vec()),
            n: one(sums.incidences),
            n_pairs: one(sums.n_pairs),
        }
    }

    /// Values by row of values by code.
    fn row_values<V: Copy>(&self, by_code: &[V]) -> Vec<V> {
        match &self.rows {
            RowCodes::From(_) => by_code[..self.ranking.n_columns()].to_vec(),
            RowCodes::Nodes(codes) => codes.iter().map(|&code| by_code[code as usize]).collect(),
        }
    }
}

/// Margins, sample size and number of pairs.
struct SampleMargins {
    rows: Amounts,
    columns: Amounts,
    n: Amount,
    n_pairs: Amount,
}

/// A cell that a dense head of counts can be turned into.
trait FromHead: Sized {
    /// The head with such cells.
    fn head(head: Head<u32>) -> Head<Self>;
}

impl FromHead for u32 {
    fn head(head: Head<u32>) -> Head<Self> {
        head
    }
}

impl FromHead for f64 {
    /// Weighted counts have no dense head.
    fn head(_: Head<u32>) -> Head<Self> {
        Head { rows: Vec::new() }
    }
}
