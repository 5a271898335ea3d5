//! Lines that hold a date and little else.

use crate::dedup::blocks::lexicon::{Sign, Signs};

/// Words of a date line that nothing accounts for, at most: a place, a time zone.
const OTHERS: usize = 3;

/// Whether a short line is a date or announces one, by its text, its number of words and its signs.
pub(super) fn is_dateline(text: &str, n_words: usize, signs: &Signs) -> bool {
    let (n_numbers, dated, clock) = numbers(text);
    let known = n_numbers + usize::from(signs.n_date_words) + usize::from(signs.n_stamp_words);
    let others = n_words.saturating_sub(known);
    if signs.has(Sign::Stamp) && (n_words == usize::from(signs.n_stamp_words) || n_numbers > 0) {
        return others <= OTHERS;
    }
    let named = signs.has(Sign::Month) && n_numbers > 0;
    let timed = clock && signs.n_date_words > 0;
    (dated || named || timed) && others <= 1 + usize::from(named && dated)
}

/// Number of runs of digits, whether they look like a date, and whether like a time of day.
fn numbers(text: &str) -> (usize, bool, bool) {
    let bytes = text.as_bytes();
    let (mut n, mut at) = (0, 0);
    let (mut year, mut clock, mut joined, mut last_end) = (false, false, 0, usize::MAX);
    while at < bytes.len() {
        if !bytes[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let end = at + bytes[at..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        n += 1;
        year |= end - at == 4 && matches!(&bytes[at..at + 2], b"19" | b"20");
        // 2031-04-11, 11/04/2031, 11.4.2031, 18:30, and 2031年4月11日 or 2031년 with one character between.
        let between = if last_end < at { &text[last_end..at] } else { "" };
        joined += usize::from(matches!(between, "-" | "/" | "." | ":" | "年" | "月" | "년 " | "월 " | ". "));
        clock |= between == ":";
        last_end = end;
        at = end;
    }
    (n, (year && joined >= 1) || joined >= 2, clock)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dedup::blocks::lexicon::Lexicon;
    use crate::dedup::blocks::words::{Words, scan};

    fn dateline(text: &str) -> bool {
        let mut words = Words::default();
        scan(text, &mut words);
        is_dateline(text, words.hashes.len(), &Lexicon::get().signs(&words.hashes))
    }

    #[test]
    fn dates_in_many_languages_are_recognized() {
        for text in [
            "PUBLISHED : Friday, 11 April, 2031, 3:10pm",
            "Published",
            "on",
            "April 11, 2031",
            "11.04.2031",
            "2031-04-11 18:30",
            "Veröffentlicht am 11. April 2031",
            "2031年4月11日 18:30",
            "입력 2031.04.11 18:30",
            "Publié le 11 avril 2031 à 18:30",
            "11 апреля 2031",
            "7:38 P.M. EDT",
        ] {
            assert!(dateline(text), "{text}");
        }
    }

    #[test]
    fn lines_that_only_mention_a_date_are_none() {
        for text in ["Talks of April 2031 on the strait end without result", "24 Hours", "May comes to Oster", "3:1"] {
            assert!(!dateline(text), "{text}");
        }
    }
}
