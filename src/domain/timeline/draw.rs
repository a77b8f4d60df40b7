//! Chance, repeatable: one stream of `ChaCha8` a trial, and in it a fixed place for every draw.
//!
//! Because each draw has its own place, a change of one answer or of the profile leaves all other draws as they are
//! (common random numbers): what differs between two forecasts is the change, not the noise.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use statrs::distribution::{ContinuousCDF, Normal};

use crate::domain::assessment::Seed;

/// Halvings of the probability that have nodes of their own; a word of 32 bits reaches no further.
const OCTAVES: usize = 32;
/// Intervals of an octave.
const STEPS: usize = 64;
/// Nodes of an octave, both ends included.
const NODES: usize = STEPS + 1;

/// Draws for each activity: its effort, its waiting, and whether it is needed.
const DRAWS_PER_ACTIVITY: usize = 3;

/// Where each draw stands in the stream of a trial.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Layout {
    drivers: usize,
    activities: usize,
    questions: usize,
}

/// The draws of one trial after the other.
pub(super) struct Dice {
    /// Never drawn from itself: a clone of it starts a stream without a block of another being made first.
    unused: ChaCha8Rng,
    words: Vec<u32>,
    layout: Layout,
    normals: NormalTable,
}

/// The quantiles of the standard normal distribution, with finer nodes where they are steeper.
struct NormalTable([[f32; NODES]; OCTAVES]);

impl Layout {
    /// Returns the layout for so many drivers and activities, and for the open questions up to the last one.
    pub(super) fn new(drivers: usize, activities: usize, questions: usize) -> Self {
        Self { drivers, activities, questions }
    }

    /// Returns the layout that has a place for all draws of both, which are of the same road map.
    pub(super) fn covering(self, other: Self) -> Self {
        Self { questions: self.questions.max(other.questions), ..self }
    }

    fn len(self) -> usize {
        1 + self.drivers + DRAWS_PER_ACTIVITY * self.activities + self.questions
    }

    fn activity(self, index: usize, draw: usize) -> usize {
        1 + self.drivers + DRAWS_PER_ACTIVITY * index + draw
    }

    fn question(self, index: usize) -> usize {
        1 + self.drivers + DRAWS_PER_ACTIVITY * self.activities + index
    }
}

impl Dice {
    /// Returns the dice of a seed, before the first trial.
    pub(super) fn new(layout: Layout, seed: Seed) -> Self {
        Self {
            unused: ChaCha8Rng::seed_from_u64(seed.0),
            words: vec![0; layout.len()],
            layout,
            normals: NormalTable::new(),
        }
    }

    /// Rolls all draws of a trial. Which trials were rolled before makes no difference.
    pub(super) fn roll(&mut self, trial: u32) {
        let mut generator = self.unused.clone();
        generator.set_stream(u64::from(trial));
        self.words.fill_with(|| generator.next_u32());
    }

    /// Returns the standard normal draw that all open answers share.
    pub(super) fn openness(&self) -> f64 {
        self.normal(0)
    }

    /// Returns the standard normal draw of a driver.
    pub(super) fn driver(&self, index: usize) -> f64 {
        self.normal(1 + index)
    }

    /// Returns the standard normal draw of an activity's own effort.
    #[inline]
    pub(super) fn effort(&self, activity: usize) -> f64 {
        self.normal(self.layout.activity(activity, 0))
    }

    /// Returns the standard normal draw of an activity's own waiting.
    #[inline]
    pub(super) fn waiting(&self, activity: usize) -> f64 {
        self.normal(self.layout.activity(activity, 1))
    }

    /// Returns a draw between 0 and 1, evenly distributed, for whether an activity is needed.
    pub(super) fn need(&self, activity: usize) -> f64 {
        (f64::from(self.word(self.layout.activity(activity, 2))) + 0.5) / 4_294_967_296.0
    }

    /// Returns the standard normal draw of a question's own level.
    #[inline]
    pub(super) fn question(&self, index: usize) -> f64 {
        self.normal(self.layout.question(index))
    }

    #[inline]
    fn word(&self, place: usize) -> u32 {
        self.words.get(place).copied().unwrap_or(u32::MAX / 2)
    }

    #[inline]
    fn normal(&self, place: usize) -> f64 {
        self.normals.at(self.word(place))
    }
}

impl NormalTable {
    fn new() -> Self {
        let mut table = [[0.0; NODES]; OCTAVES];
        let Ok(normal) = Normal::new(0.0, 1.0) else { return Self(table) };
        let mut probability = 0.25;
        for octave in &mut table {
            for (index, node) in octave.iter_mut().enumerate() {
                #[expect(clippy::cast_precision_loss, reason = "an index of a small table")]
                let share = 1.0 + index as f64 / STEPS as f64;
                #[expect(clippy::cast_possible_truncation, reason = "single precision is meant, see `quantile`")]
                let quantile = normal.inverse_cdf(probability * share) as f32;
                *node = quantile;
            }
            probability /= 2.0;
        }
        Self(table)
    }

    /// Returns the quantile of the probability that the word stands for: its first bit is the sign, the others are the
    /// probability of being further out.
    #[inline]
    fn at(&self, word: u32) -> f64 {
        let tail = (word << 1) | 1;
        let octave = tail.leading_zeros();
        let mantissa = (tail << octave) & 0x7fff_ffff;
        let (index, rest) = (mantissa >> 25, mantissa & 0x01ff_ffff);
        let nodes = self.0.get(octave as usize).and_then(|nodes| nodes.get(index as usize..index as usize + 2));
        let Some(&[left, right]) = nodes else { return 0.0 };
        let (left, right) = (f64::from(left), f64::from(right));
        let out = left + (right - left) * (f64::from(rest) / 33_554_432.0);
        if word >> 31 == 0 { out } else { -out }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_normal_table_is_the_librarys_distribution() {
        let table = NormalTable::new();
        let normal = Normal::new(0.0, 1.0).unwrap();
        for step in 0..200_000_u32 {
            let word = step * 21_474;
            let tail = f64::from((word << 1) | 1) / 8_589_934_592.0;
            let exact = if word >> 31 == 0 { normal.inverse_cdf(tail) } else { -normal.inverse_cdf(tail) };
            assert!((table.at(word) - exact).abs() < 0.000_5, "{word}: {}, not {exact}", table.at(word));
        }
        assert!(table.at(0) < -6.0 && table.at(1 << 31) > 6.0);
    }

    #[test]
    fn a_trial_is_the_same_whatever_was_rolled_before() {
        let layout = Layout::new(2, 3, 4);
        let (mut one, mut other) = (Dice::new(layout, Seed(7)), Dice::new(layout, Seed(7)));
        for trial in 0..5 {
            one.roll(trial);
        }
        other.roll(4);
        assert_eq!(one.words, other.words);
        other.roll(5);
        assert_ne!(one.words, other.words);
    }

    #[test]
    fn an_open_question_more_leaves_all_other_draws_as_they_are() {
        let (mut few, mut many) = (Dice::new(Layout::new(2, 3, 0), Seed(7)), Dice::new(Layout::new(2, 3, 90), Seed(7)));
        few.roll(3);
        many.roll(3);
        assert_eq!(few.words, many.words[..few.words.len()]);
    }

    #[test]
    fn the_words_of_a_seed_never_change() {
        let mut dice = Dice::new(Layout::new(0, 1, 0), Seed(1));
        dice.roll(0);
        // Whoever changes these changes every forecast that was ever printed.
        assert_eq!(dice.words, [2_359_561_649, 1_728_662_762, 4_228_812_395, 345_245_400]);
    }
}
