//! Raw bytes as texts: refused with the right place, or read as the standard library reads them.

use kolloc::ErrorKind;
use kolloc::corpus::documents::Documents;
use kolloc::corpus::spans::Spans;
use kolloc::dedup::blocks::{find, left_out};
use kolloc::dedup::units::Units;
use kolloc::parallel::Workers;
use kolloc::text::fold::Fold;
use proptest::prelude::*;

use super::texts;

/// Bytes of texts, some of them damaged.
fn rows() -> impl Strategy<Value = Vec<Vec<u8>>> {
    let damaged = (texts(), any::<prop::sample::Index>(), any::<u8>()).prop_map(|(text, at, byte)| {
        let mut bytes = text.into_bytes();
        if !bytes.is_empty() {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        bytes
    });
    let row = prop_oneof![
        6 => texts().prop_map(String::into_bytes),
        1 => damaged,
        1 => prop::collection::vec(any::<u8>(), 0..40),
        1 => prop::collection::vec(prop::sample::select(b"a\xC3\xA9\xE4\xB8\xAD\xF0\x9F\xED\xA0\x80\xFF\xC0".to_vec()), 0..90),
    ];
    prop::collection::vec(row, 0..6)
}

proptest! {
    #[test]
    fn bytes_are_read_like_the_standard_library_or_refused_at_the_same_place(rows in rows()) {
        let expected: Result<Vec<&str>, (usize, usize)> = rows
            .iter()
            .enumerate()
            .map(|(row, bytes)| std::str::from_utf8(bytes).map_err(|error| (row, error.valid_up_to())))
            .collect();
        let offsets: Vec<i64> = std::iter::once(0)
            .chain(rows.iter().scan(0, |end, row| {
                *end += row.len() as i64;
                Some(*end)
            }))
            .collect();
        match (Documents::from_buffers(rows.concat(), offsets, None), expected) {
            (Ok(documents), Ok(texts)) => prop_assert!(documents.texts().eq(texts)),
            (Err(error), Err((row, byte))) => match error.kind() {
                &ErrorKind::Utf8 { row: told, byte: at } => prop_assert_eq!((told, at), (row, byte)),
                _ => prop_assert!(false, "{error}"),
            },
            (told, expected) => prop_assert!(false, "{:?} {expected:?}", told.map(|documents| documents.len())),
        }
    }

    #[test]
    fn any_text_is_folded_cut_into_blocks_and_read(texts in prop::collection::vec(texts(), 0..4), lowercase in any::<bool>()) {
        for text in &texts {
            let fold = Fold { lowercase, turkic: false, unify_spelling: true };
            let once = fold.apply(text).into_owned();
            prop_assert_eq!(&*fold.apply(&once), &once);
        }
        let documents = Documents::from_texts(texts.iter().map(Some)).unwrap();
        let workers = Workers::serial();
        let blocks = find(&documents, None, &workers).unwrap();
        for (row, text) in texts.iter().enumerate() {
            let of_row = blocks.of(row);
            prop_assert!(of_row.windows(2).all(|pair| pair[0].byte_end <= pair[1].byte_start && pair[0].line < pair[1].line));
            prop_assert!(of_row.iter().all(|block| text.get(block.byte_start..block.byte_end).is_some_and(|line| !line.is_empty())));
        }
        let cuts = left_out(&documents, None, &workers).unwrap();
        let cut = Units::read(&documents, &cuts, &workers).unwrap();
        let whole = Units::read(&documents, &Spans::none(texts.len()), &workers).unwrap();
        prop_assert_eq!(&cut.whole_hashes, &whole.folded_hashes);
        prop_assert_eq!(&cut.raw_hashes, &whole.raw_hashes);
    }
}
