//! Blocks: properties of any text, and texts made to be slow.

use std::sync::Arc;
use std::time::Instant;

use kolloc::corpus::documents::Documents;
use kolloc::dedup::blocks::{Blocks, Kind, LEFT_OUT, NO_BLOCK, Repeat, find, left_out};
use kolloc::dedup::site::Sites;
use kolloc::parallel::Workers;
use proptest::prelude::*;

fn documents(texts: &[String]) -> Documents {
    Documents::from_texts(texts.iter().map(Some)).unwrap()
}

fn workers(n: usize) -> Workers {
    Workers::new(Some(n), Arc::default()).unwrap()
}

fn blocks(texts: &[String]) -> Blocks {
    find(&documents(texts), None, &Workers::serial()).unwrap()
}

/// Lines by the definition: between line feeds, more than white space.
fn lines(text: &str) -> Vec<(u32, String)> {
    let invisible = ['\u{200b}', '\u{200c}', '\u{200d}', '\u{2060}', '\u{feff}'];
    let blank = |c: char| c.is_whitespace() || invisible.contains(&c);
    text.split('\n')
        .enumerate()
        .map(|(number, line)| (number as u32 + 1, line.trim_matches(blank).to_string()))
        .filter(|(_, line)| !line.is_empty())
        .collect()
}

/// Pieces of pages, so that rules meet each other.
fn page() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("Home\n".to_string()),
        Just("Continue Reading\n\n".to_string()),
        Just("7 hours ago\n".to_string()),
        Just("By Ada Holm\n".to_string()),
        Just("May 3, 2031\n\n".to_string()),
        Just("Leave a Reply\r\n".to_string()),
        Just(
            "The ferry line said on Monday that its oldest ship would sail one more winter, “it holds.\n\n".to_string()
        ),
        Just("A spokesman for the port said that engineers were waiting for stones from the hill.”\n\n".to_string()),
        Just("渡轮公司星期一表示，最老的一艘船在出售之前还将再航行一个冬天。\n".to_string()),
        Just("平和\u{a0}会谈 (Agency/Name)\n".to_string()),
        "[a-zA-Z .,!?“”’0-9\n]{0,60}",
        "\\PC{0,20}\n?",
    ];
    prop::collection::vec(piece, 0..14).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn every_line_is_a_block_with_a_kind(texts in prop::collection::vec(page(), 0..5)) {
        let found = blocks(&texts);
        prop_assert_eq!(found.n_docs(), texts.len());
        for (doc, text) in texts.iter().enumerate() {
            let of: Vec<(u32, String)> =
                found.of(doc).iter().map(|block| (block.line, text[block.byte_start..block.byte_end].to_string())).collect();
            prop_assert_eq!(of, lines(text));
            let mut article = 1;
            for (number, block) in found.of(doc).iter().enumerate() {
                prop_assert!((0.0..=1.0).contains(&block.score));
                prop_assert_eq!(block.article == 0, block.kind.is_outside());
                prop_assert!(block.article == 0 || block.article >= article);
                article = article.max(block.article);
                prop_assert_eq!(block.repeat == Repeat::None, block.repeat_of == NO_BLOCK);
                let other = block.repeat_of as usize;
                let earlier = block.repeat == Repeat::None || other < number;
                prop_assert!(earlier || other < found.of(doc).len() && block.kind == Kind::PullQuote
                    || block.repeat == Repeat::NearRepeat, "{:?}", block);
            }
        }
    }

    #[test]
    fn threads_do_not_matter(texts in prop::collection::vec(page(), 0..6)) {
        let documents = documents(&texts);
        let sites = Sites::new(vec![0; texts.len()], texts.len()).unwrap();
        let serial = find(&documents, Some(&sites), &Workers::serial()).unwrap();
        for n in [2, 3, 8] {
            prop_assert_eq!(&find(&documents, Some(&sites), &workers(n)).unwrap(), &serial);
        }
    }

    #[test]
    fn what_is_left_out_are_the_blocks_of_these_kinds(texts in prop::collection::vec(page(), 0..5)) {
        let found = blocks(&texts);
        let spans = left_out(&documents(&texts), None, &workers(2)).unwrap();
        for doc in 0..texts.len() {
            let expected: Vec<_> = found
                .of(doc)
                .iter()
                .filter(|block| LEFT_OUT.contains(&block.kind))
                .map(|block| block.byte_start..block.byte_end)
                .collect();
            prop_assert_eq!(spans.of(doc), &expected[..]);
        }
    }
}

#[test]
fn codes_of_sites_must_fit_the_documents() {
    assert!(Sites::new(vec![0], 2).is_err());
}

#[test]
fn a_cancelled_search_stops() {
    let workers = workers(2);
    workers.signal().cancel();
    assert!(find(&documents(&vec!["Home".to_string(); 10]), None, &workers).is_err());
}

/// Time for a text of twice the length over the time for the text, the best of several runs of each: other work on the
/// machine only ever adds to one.
fn growth(text: impl Fn(usize) -> String, n: usize) -> f64 {
    let seconds = |n: usize| {
        let documents = documents(&[text(n)]);
        let run = || {
            let start = Instant::now();
            find(&documents, None, &Workers::serial()).unwrap();
            start.elapsed().as_secs_f64()
        };
        (0..5).map(|_| run()).fold(f64::INFINITY, f64::min)
    };
    seconds(2 * n) / seconds(n)
}

/// A name, and a text of about so many words.
type Hostile = (&'static str, fn(usize) -> String);

#[test]
fn hostile_texts_take_time_in_proportion_to_their_length() {
    let texts: [Hostile; 8] = [
        ("one line", |n| "fog\n".repeat(n)),
        ("one word", |n| "fog ".repeat(n)),
        ("open marks", |n| "“It was a long and foggy winter on the strait, he said once more.\n\n".repeat(n / 8)),
        ("menus between text", |n| {
            "Home\nThe ferry line said on Monday that its oldest ship would sail for one more winter.\n".repeat(n / 8)
        }),
        ("titles", |n| (0..n / 8).map(|i| format!("Ship number {i} sails\n\nBy Ada Holm\n\n")).collect()),
        ("stops", |n| ". ".repeat(n)),
        ("one long word", |n| "fog".repeat(n)),
        ("ideographs", |n| "雾".repeat(n)),
    ];
    for (name, text) in texts {
        let growth = growth(text, 200_000);
        assert!(growth < 3.5, "{name}: {growth}");
    }
}
