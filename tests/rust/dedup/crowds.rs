//! Stories printed more often than a fingerprint may be common, and texts printed more often than pairs are listed.

use kolloc::dedup::pairs::NEIGHBOURS;

use super::*;

/// Versions of a story of 200 words, each with one word changed.
fn versions(n: usize) -> Vec<String> {
    (0..n)
        .map(|version| {
            let words: Vec<String> =
                (0..200).map(|at| if at == version % 200 { format!("v{version}") } else { format!("w{at}") }).collect();
            words.join(" ")
        })
        .collect()
}

#[test]
fn all_versions_of_one_story_are_one_cluster_however_many_there_are() {
    for n in [40, 60, 300, 2_000] {
        let (_, pairs, clusters) = search(&versions(n), &config(50), &workers(2));
        assert_eq!(clusters.anchors.len(), 1, "{n}");
        assert!(clusters.of_document.iter().all(|&cluster| cluster == 0), "{n}");
        assert!(pairs.listed.len() <= 50 * n, "{n}: {}", pairs.listed.len());
    }
}

#[test]
fn a_text_printed_too_often_to_list_all_pairs_is_listed_with_its_neighbours_and_stays_one_cluster() {
    let n = 500;
    let texts = vec!["peace talks resume in the capital after a week of silence".to_owned(); n];
    let (_, pairs, clusters) = search(&texts, &config(50), &workers(2));
    let listed = NEIGHBOURS * n - NEIGHBOURS * (NEIGHBOURS + 1) / 2;
    assert_eq!(pairs.listed.len(), listed);
    assert_eq!(pairs.left_out, (n * (n - 1) / 2 - listed) as u64);
    assert!(pairs.listed.windows(2).all(|two| (two[0].a, two[0].b) < (two[1].a, two[1].b)));
    assert!(clusters.of_document.iter().all(|&cluster| cluster == 0));
}

#[test]
fn two_texts_printed_too_often_are_listed_with_their_neighbours_in_time() {
    let n = 300;
    let story = versions(2);
    let texts: Vec<String> = (0..n).map(|row| story[row % 2].clone()).collect();
    let config = config(50);
    let dates: Vec<i64> = (0..n as i64).rev().collect();
    let admission = Admission { dates, ..Admission::default() };
    let search = Search::run(&documents(&texts), &Spans::none(n), &config, &admission, &workers(2)).unwrap();
    let (pairs, clusters) = search.relate(&config, &admission).unwrap();
    let (half, all) = (n / 2, n * (n - 1) / 2);
    assert_eq!(pairs.listed.len() as u64 + pairs.left_out, all as u64);
    assert!(pairs.listed.len() < n * 2 * NEIGHBOURS && half * half > 10_000);
    assert!(pairs.listed.iter().all(|pair| pair.b - pair.a <= 2 * NEIGHBOURS as u32));
    assert_eq!(clusters.anchors.len(), 1);
}
