//! What to count: the options of [`count`](super::count), and the refusal of combinations that make no sense.
//!
//! The struct has no default values; they live in one place, the signature of the caller. [`Config::validate`] names the
//! argument, its value and what would be accepted.

use serde::{Deserialize, Serialize};

use crate::corpus::tokens::Unit;
use crate::error::{Error, Result};

/// Which positions form pairs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Context {
    /// Positions at most `left` or `right` apart, in the same unit `within`.
    Window,
    /// All positions of a document.
    Document,
    /// All positions of a paragraph.
    Paragraph,
    /// All positions of a sentence.
    Sentence,
}

/// What a pair of positions adds to its cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Count {
    /// 1 for each pair of positions.
    Frequency,
    /// 1 for each unit in which the pair of terms occurs at least once.
    Boolean,
    /// The weight of the distance for each pair of positions.
    Weighted,
}

/// What the cell of a term with itself holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Diagonal {
    /// Each pair of positions once (boolean: 1 per unit); in a window with `left != right`, each pair within the wider side.
    Pairs,
    /// Each pair seen from both sides: twice `Pairs`. In a window with `left != right`, each side that reaches the other.
    Twice,
    /// Nothing.
    Zero,
}

/// The sampling model whose margins accompany the cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Margins {
    /// Pairs of positions, seen from both sides unless ordered.
    Pairs,
    /// Tokens that are not the node (Evert 2008); cells count the tokens in the span of at least one node token.
    Surface,
    /// Units (documents, paragraphs, sentences).
    Textual,
}

/// Options of [`count`](super::count).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Config {
    /// Which positions form pairs.
    pub context: Context,
    /// Positions before the node that its window covers; ignored outside window context.
    pub left: u32,
    /// Positions after the node that its window covers; ignored outside window context.
    pub right: u32,
    /// The unit a window may not leave; ignored outside window context.
    pub within: Unit,
    /// What a pair adds.
    pub count: Count,
    /// Weight of distances 1, 2, ... up to the wider side; `None` is `1 / distance`. Only with weighted counts.
    pub weights: Option<Vec<f64>>,
    /// Whether cell `[i, j]` counts only `i` before `j`. A window then looks to the right; `left` must be 0 or equal `right`.
    pub ordered: bool,
    /// What the diagonal holds.
    pub diagonal: Diagonal,
    /// The sampling model.
    pub margins: Margins,
    /// Collection frequency a term needs to get a column, and a row unless it is a node.
    pub min_count: u64,
    /// Term ids of the only rows wanted; `None` gives every column a row.
    pub nodes: Option<Vec<u32>>,
}

impl Config {
    /// Whether pairs come from a window.
    pub fn is_window(&self) -> bool {
        self.context == Context::Window
    }

    /// The unit that pairs may not leave, and that boolean counts count.
    pub fn unit(&self) -> Unit {
        match self.context {
            Context::Window => self.within,
            Context::Document => Unit::Document,
            Context::Paragraph => Unit::Paragraph,
            Context::Sentence => Unit::Sentence,
        }
    }

    /// Positions (before, after) the node in which its collocates lie, without limit outside window context.
    pub fn reach(&self) -> (usize, usize) {
        let (left, right) = if self.is_window() { (self.left, self.right) } else { (u32::MAX, u32::MAX) };
        (if self.ordered { 0 } else { left as usize }, right as usize)
    }

    /// Whether the cell of `(i, j)` always equals that of `(j, i)`.
    pub fn is_symmetric(&self) -> bool {
        let (before, after) = self.reach();
        before == after && self.margins != Margins::Surface
    }

    /// Weight of each distance from 1, to the end of the window or of the longest unit.
    pub fn distance_weights(&self, longest_unit: usize) -> Vec<f64> {
        let (before, after) = self.reach();
        match &self.weights {
            Some(weights) => weights.clone(),
            None => (1..=before.max(after).min(longest_unit)).map(|distance| 1.0 / distance as f64).collect(),
        }
    }

    /// Fails if the options contradict each other or the vocabulary of `n_types` terms.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Parameter`] for the first argument at fault.
    pub fn validate(&self, n_types: usize) -> Result<()> {
        if self.is_window() {
            self.validate_window()?;
        }
        self.validate_weights()?;
        self.validate_margins()?;
        if self.min_count == 0 {
            return Err(Error::parameter("min_count", 0, "at least 1"));
        }
        self.validate_nodes(n_types)
    }

    fn validate_window(&self) -> Result<()> {
        let (left, right) = (self.left, self.right);
        if left == 0 && right == 0 {
            return Err(Error::parameter("window", 0, "at least 1 on one side"));
        }
        if self.ordered && left != 0 && left != right {
            return Err(Error::parameter("left", left, format!("0 or equal to right ({right}) for ordered pairs")));
        }
        if self.ordered && right == 0 {
            return Err(Error::parameter("right", 0, "at least 1 for ordered pairs"));
        }
        Ok(())
    }

    fn validate_weights(&self) -> Result<()> {
        if self.count == Count::Weighted && !self.is_window() {
            return Err(Error::parameter("count", "weighted", "frequency or boolean outside window context"));
        }
        let Some(weights) = &self.weights else { return Ok(()) };
        if self.count != Count::Weighted {
            return Err(Error::parameter("weights", "a list", "None unless counts are weighted"));
        }
        let (before, after) = self.reach();
        if weights.len() != before.max(after) {
            let allowed = format!("one number for each distance from 1 to {}", before.max(after));
            return Err(Error::parameter("weights", format!("{} numbers", weights.len()), allowed));
        }
        match weights.iter().find(|weight| !(weight.is_finite() && **weight > 0.0)) {
            Some(weight) => Err(Error::parameter("weights", weight, "finite and above 0")),
            None => Ok(()),
        }
    }

    fn validate_margins(&self) -> Result<()> {
        let boolean = self.count == Count::Boolean;
        match self.margins {
            Margins::Textual if !boolean => {
                Err(Error::parameter("margins", "textual", "pairs or surface unless counts are boolean"))
            }
            Margins::Pairs if boolean => Err(Error::parameter("margins", "pairs", "textual with boolean counts")),
            Margins::Surface if boolean => Err(Error::parameter("margins", "surface", "textual with boolean counts")),
            Margins::Surface if self.count == Count::Weighted || !self.is_window() => {
                Err(Error::parameter("margins", "surface", "pairs unless counts are frequencies in a window"))
            }
            _ => Ok(()),
        }
    }

    fn validate_nodes(&self, n_types: usize) -> Result<()> {
        let Some(nodes) = &self.nodes else { return Ok(()) };
        let mut sorted = nodes.clone();
        sorted.sort_unstable();
        if let Some(&node) = sorted.last().filter(|&&node| node as usize >= n_types) {
            return Err(Error::parameter("nodes", node, format!("term ids below {n_types}")));
        }
        match sorted.windows(2).find(|pair| pair[0] == pair[1]) {
            Some(pair) => Err(Error::parameter("nodes", format!("{} twice", pair[0]), "distinct term ids")),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config() -> Config {
        Config {
            context: Context::Window,
            left: 2,
            right: 2,
            within: Unit::Document,
            count: Count::Frequency,
            weights: None,
            ordered: false,
            diagonal: Diagonal::Pairs,
            margins: Margins::Pairs,
            min_count: 1,
            nodes: None,
        }
    }

    #[test]
    fn unsound_combinations_are_refused_by_name() {
        let message = |config: Config| config.validate(3).unwrap_err().to_string();
        let base = config();
        assert!(base.validate(3).is_ok());
        let cases = [
            (Config { left: 0, right: 0, ..base.clone() }, "window must be at least 1 on one side, got 0"),
            (
                Config { left: 1, ordered: true, ..base.clone() },
                "left must be 0 or equal to right (2) for ordered pairs, got 1",
            ),
            (
                Config { count: Count::Boolean, ..base.clone() },
                "margins must be textual with boolean counts, got pairs",
            ),
            (
                Config { margins: Margins::Textual, ..base.clone() },
                "margins must be pairs or surface unless counts are boolean, got textual",
            ),
            (
                Config { margins: Margins::Surface, context: Context::Document, ..base.clone() },
                "margins must be pairs unless counts are frequencies in a window, got surface",
            ),
            (
                Config { count: Count::Weighted, context: Context::Sentence, ..base.clone() },
                "count must be frequency or boolean outside window context, got weighted",
            ),
            (
                Config { weights: Some(vec![1.0, 0.5]), ..base.clone() },
                "weights must be None unless counts are weighted, got a list",
            ),
            (
                Config { count: Count::Weighted, weights: Some(vec![1.0]), ..base.clone() },
                "weights must be one number for each distance from 1 to 2, got 1 numbers",
            ),
            (
                Config { count: Count::Weighted, weights: Some(vec![1.0, 0.0]), ..base.clone() },
                "weights must be finite and above 0, got 0",
            ),
            (Config { min_count: 0, ..base.clone() }, "min_count must be at least 1, got 0"),
            (Config { nodes: Some(vec![0, 3]), ..base.clone() }, "nodes must be term ids below 3, got 3"),
            (Config { nodes: Some(vec![1, 1]), ..base }, "nodes must be distinct term ids, got 1 twice"),
        ];
        for (config, expected) in cases {
            assert_eq!(message(config), expected);
        }
    }

    #[test]
    fn names_are_lower_case_words() {
        let json = serde_json::to_string(&config()).unwrap();
        assert!(json.contains(r#""context":"window""#) && json.contains(r#""diagonal":"pairs""#), "{json}");
        assert_eq!(serde_json::from_str::<Config>(&json).unwrap(), config());
    }
}
