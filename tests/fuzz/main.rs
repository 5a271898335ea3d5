//! Random and hostile input: laws and slow twins of what reads texts, tables and raw bytes.
//!
//! A few hundred cases run with the other tests; `make fuzz CASES=100000` runs as many as one likes.

mod alignment;
mod bytes;
mod canonical;
mod words;

use proptest::prelude::*;

/// What tokenizers, folding and reading stumble over.
const TRAPS: [&str; 56] = [
    "peace",
    "Talks",
    "U.S.",
    "don't",
    "don\u{2019}t",
    "COVID-19",
    "1,000",
    "x_y",
    "http",
    "https://",
    "http://x.example/a?b=c&d",
    "www.x.example",
    "://",
    "a@b.co",
    "<p>",
    "</p",
    "<",
    ">",
    "<!--",
    "&nbsp;",
    "&#x41;",
    "&",
    ";",
    "İ",
    "ß",
    "ſ",
    "Σ",
    "ǅ",
    "ŉ",
    "ﬃ",
    "Å",
    "\u{212B}",
    "\u{301}",
    "e\u{301}",
    "\u{345}",
    "\u{0344}",
    "\u{1D15F}",
    "각",
    "\u{1100}\u{1161}\u{11A8}",
    "정부는",
    "中国",
    "中",
    "カ\u{FF9E}",
    "ไทย",
    "\u{e33}",
    "Ａｂ９",
    "٣",
    "½",
    "👩\u{200d}👩",
    "🇰🇷",
    "\u{200b}",
    "\u{ad}",
    "\u{feff}",
    "\u{2028}",
    "“",
    "”",
];

const SPACES: [&str; 8] = ["", "", " ", " ", "\n", "\n \n", "\u{a0}", "\u{3000}"];

/// Texts of all kinds: any characters, plain words, and traps in any order, some of them many times.
fn texts() -> impl Strategy<Value = String> {
    let trap = (
        prop::sample::select(&TRAPS[..]),
        prop::sample::select(&SPACES[..]),
        prop_oneof![9 => Just(1), 1 => 1..40usize],
    );
    let traps = prop::collection::vec(trap, 0..40).prop_map(|parts| {
        parts.into_iter().map(|(trap, space, n)| format!("{trap}{space}").repeat(n)).collect::<String>()
    });
    prop_oneof![4 => traps, 2 => any::<String>(), 2 => "[ -~\n]{0,80}", 1 => "\\PC{0,40}", 1 => "[a-zA-Z0-9 ]{0,120}"]
}

/// Ranges between characters of a text, ascending and disjoint.
fn ranges(text: &str, cuts: &[(prop::sample::Index, prop::sample::Index)]) -> Vec<std::ops::Range<usize>> {
    let borders: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let ends = cuts.iter().map(|(one, other)| (*one.get(&borders), *other.get(&borders)));
    let ranges = ends.map(|(one, other)| one.min(other)..one.max(other)).collect();
    [ranges].into_iter().collect::<kolloc::corpus::spans::Spans>().of(0).to_vec()
}
