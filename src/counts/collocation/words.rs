//! How often each word stands at each place of n-grams: an array, without keys or tables.

use crate::error::Result;
use crate::parallel::Workers;

use super::listing::Listing;
use super::pattern::{Pattern, Use};
use super::stream::{RARE, Stream};

/// Occurrences of each code, and by code and use how many of them lack the use.
struct Seen {
    seen: Vec<u32>,
    lacking: Vec<u32>,
}

/// Counts single words and answers for the n-grams that are listed.
pub(super) fn count(
    stream: &Stream,
    n_codes: usize,
    pattern: &Pattern,
    listings: &[Listing],
    workers: &Workers,
) -> Result<()> {
    let n_uses = pattern.uses.len();
    let n_states = workers.n_threads().min(stream.parts().len()).max(1);
    let mut states: Vec<Seen> =
        (0..n_states).map(|_| Seen { seen: vec![0; n_codes], lacking: vec![0; n_codes * n_uses] }).collect();
    workers.map_with(&mut states, (0..stream.parts().len()).collect(), |state, part| {
        stream.visit(part, 1, |words, before, after| {
            if let Some(class) = pattern.class(before, after).filter(|_| words[0] < RARE) {
                let code = words[0] as usize;
                state.seen[code] += 1;
                let lacking = pattern.lacking(class);
                if lacking != 0 {
                    for (i, count) in state.lacking[code * n_uses..][..n_uses].iter_mut().enumerate() {
                        *count += lacking >> i & 1;
                    }
                }
            }
        });
        workers.signal().advance(stream.parts()[part].len() as u64);
        Ok(())
    })?;
    // Sums of integers, whichever thread saw what.
    let count = |code: u32, use_: usize| {
        let code = code as usize;
        states.iter().map(|state| state.seen[code] - state.lacking[code * n_uses + use_]).sum()
    };
    let mut answers = Vec::new();
    for (use_, place) in pattern.uses.iter().enumerate() {
        let Use::Margin { size, places } = *place else { continue };
        for listing in listings.iter().filter(|listing| listing.size == size) {
            answers.extend(listing.chunks().into_iter().map(|chunk| (use_, places, listing, chunk)));
        }
    }
    workers.map(answers, |(use_, places, listing, chunk)| {
        let place = places.trailing_zeros() as usize;
        chunk.for_each(|i| listing.set_margin(i, places, count(listing.words(i)[place], use_)));
        Ok(())
    })?;
    Ok(())
}
