//! What texts are compared by: units lie in their text, make up the folded text, and short cuts change nothing.

use kolloc::dedup::canonical::Reader;
use kolloc::text::normalize::NormalForm;
use proptest::prelude::*;
use proptest::sample::Index;

use super::{ranges, texts};

/// A unit with bytes of its own.
#[derive(Clone, Debug, PartialEq)]
struct Owned {
    folded: Vec<u8>,
    start: usize,
    end: usize,
    quoted: bool,
    unspaced: bool,
}

fn read(text: &str, left_out: &[std::ops::Range<usize>]) -> (Vec<Owned>, Vec<u8>) {
    let mut units = Vec::new();
    let mut reader = Reader::default();
    let folded = reader.read(text, left_out, |unit| {
        units.push(Owned {
            folded: unit.folded.to_vec(),
            start: unit.byte_start,
            end: unit.byte_end,
            quoted: unit.quoted,
            unspaced: unit.unspaced,
        });
    });
    let folded = folded.to_vec();
    (units, folded)
}

proptest! {
    #[test]
    fn units_ascend_within_their_text_on_character_borders(
        text in texts(), cuts in prop::collection::vec(any::<(Index, Index)>(), 0..4),
    ) {
        let left_out = ranges(&text, &cuts);
        let (units, folded) = read(&text, &left_out);
        prop_assert!(std::str::from_utf8(&folded).is_ok());
        prop_assert!(units.windows(2).all(|pair| pair[0].start <= pair[1].start && pair[0].end <= pair[1].end));
        for unit in &units {
            prop_assert!(unit.start < unit.end && unit.end <= text.len(), "{unit:?}");
            prop_assert!(text.is_char_boundary(unit.start) && text.is_char_boundary(unit.end), "{unit:?}");
            prop_assert!(!unit.folded.is_empty() && std::str::from_utf8(&unit.folded).is_ok(), "{unit:?}");
        }
        if NormalForm::Nfc.apply(&text) == text {
            let touches = |unit: &Owned| left_out.iter().any(|range| range.start < unit.end && unit.start < range.end);
            // A pair of an unspaced script may bridge what was left out, but neither of its characters was.
            let within = |unit: &Owned| left_out.iter().any(|range| range.contains(&unit.start) || range.contains(&(unit.end - 1)));
            let is_right = |unit: &Owned| if unit.unspaced { !within(unit) } else { !touches(unit) };
            prop_assert!(units.iter().all(is_right));
        }
    }

    #[test]
    fn the_units_make_up_the_folded_text(text in texts(), cuts in prop::collection::vec(any::<(Index, Index)>(), 0..3)) {
        let left_out = ranges(&text, &cuts);
        let (units, folded) = read(&text, &left_out);
        let mut rebuilt: Vec<u8> = Vec::new();
        let mut last: Option<&Owned> = None;
        for unit in &units {
            let shared = last.filter(|last| last.unspaced && unit.unspaced && unit.start < last.end);
            let from = shared.map_or(0, |last| last_char(&last.folded));
            rebuilt.extend(&unit.folded[from..]);
            last = Some(unit);
        }
        prop_assert_eq!(String::from_utf8(rebuilt), String::from_utf8(folded));
    }

    #[test]
    fn reading_again_gives_the_same_and_nothing_stays_in_a_reader(one in texts(), other in texts()) {
        let mut reader = Reader::default();
        let first = reader.read(&one, &[], |_| ()).to_vec();
        reader.read(&other, &[], |_| ());
        prop_assert_eq!(&first, reader.read(&one, &[], |_| ()));
        prop_assert_eq!(first, read(&one, &[]).1);
    }

    #[test]
    fn letters_taken_eight_at_a_time_are_those_taken_one_by_one(text in "[a-zA-Z0-9 .,'()中é\n-]{0,90}") {
        // An invisible character behind every letter keeps words whole and short cuts away.
        let slow: String = text
            .chars()
            .flat_map(|c| [Some(c), c.is_ascii_alphanumeric().then_some('\u{ad}')])
            .flatten()
            .collect();
        let folded = |text: &str| read(text, &[]).0.into_iter().map(|unit| (unit.folded, unit.quoted)).collect::<Vec<_>>();
        prop_assert_eq!(folded(&text), folded(&slow));
    }

    #[test]
    fn case_and_punctuation_do_not_count(words in prop::collection::vec("[a-z0-9äöüéдж]{1,12}", 0..12), marks in "[ .,!?;()\n-]{1,3}") {
        let plain = words.join(" ");
        prop_assert_eq!(read(&plain, &[]).1, read(&words.join(&format!("{marks} ")).to_uppercase(), &[]).1);
    }

    #[test]
    fn normal_forms_are_told_apart_piece_by_piece(text in texts()) {
        for form in [NormalForm::Nfc, NormalForm::Nfkc] {
            let whole = form.apply(&text);
            let pieces = form.pieces(&text);
            prop_assert_eq!(pieces.last().map(|piece| (piece.normal, piece.original)), Some((whole.len(), text.len())));
            let parts: String = pieces
                .windows(2)
                .map(|pair| form.apply(&text[pair[0].original..pair[1].original]).into_owned())
                .collect();
            prop_assert_eq!(&parts, &*whole);
            prop_assert!(pieces.iter().all(|piece| whole.is_char_boundary(piece.normal)));
        }
    }
}

/// Bytes of the last character, which two pairs of an unspaced script have in common.
fn last_char(folded: &[u8]) -> usize {
    str::from_utf8(folded).ok().and_then(|text| text.chars().next_back()).map_or(0, char::len_utf8)
}
