//! Documents in classes of equal weight: each class is counted in integers, and weighted sums of classes are exact but for
//! the rounding of as many steps as there are classes.

use crate::error::{Error, Result};

/// The documents of each weight above zero, by ascending weight.
pub(crate) fn classes(doc_weights: &[f64], n_docs: usize) -> Result<Vec<(f64, Vec<u32>)>> {
    if doc_weights.len() != n_docs {
        return Err(Error::parameter("doc_weights", doc_weights.len(), format!("one for each of {n_docs} documents")));
    }
    if let Some(weight) = doc_weights.iter().find(|weight| !(weight.is_finite() && **weight >= 0.0)) {
        return Err(Error::parameter("doc_weights", weight, "finite and at least 0"));
    }
    let mut docs: Vec<u32> = (0..n_docs as u32).filter(|&doc| doc_weights[doc as usize] > 0.0).collect();
    let weight = |doc: u32| doc_weights[doc as usize];
    docs.sort_by(|&one, &other| weight(one).total_cmp(&weight(other)));
    Ok(docs
        .chunk_by(|&one, &other| weight(one) == weight(other))
        .map(|docs| (weight(docs[0]), docs.to_vec()))
        .collect())
}

#[cfg(test)]
mod tests {
    use super::classes;

    #[test]
    fn documents_come_in_classes_by_ascending_weight_and_those_without_weight_not_at_all() {
        let found = classes(&[1.0, 0.25, 0.0, 1.0], 4).unwrap();
        assert_eq!(found, vec![(0.25, vec![1]), (1.0, vec![0, 3])]);
        assert!(classes(&[1.0], 2).is_err() && classes(&[-1.0], 1).is_err() && classes(&[f64::NAN], 1).is_err());
    }
}
