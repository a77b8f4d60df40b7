//! Chance, repeatable: one stream of `ChaCha8` a trial, and in it a fixed place for every draw.
//!
//! Because each draw has its own place, a change of one answer or of the profile leaves all other draws as they are
//! (common random numbers): what differs between two forecasts is the change, not the noise.
//!
//! Some trials are drawn side by side, each in a lane of its own: the processor reckons several at once, and each comes
//! out as it would alone.

use std::ops::Range;
use std::sync::OnceLock;

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use statrs::distribution::{ContinuousCDF, Normal};

use crate::domain::assessment::Seed;
use crate::domain::timeline::plan::Plan;

/// A figure of each of the trials that are played side by side.
pub(super) type Lanes = wide::f64x8;
/// How many trials are played side by side.
pub(super) const LANES: usize = 8;

/// Halvings of the probability that have intervals of their own; a word of 32 bits reaches no further.
const OCTAVES: usize = 32;
/// Intervals of an octave.
const STEPS: usize = 64;
/// All intervals; a power of two, so that an index that is cut to its bits always has one.
const INTERVALS: usize = OCTAVES * STEPS;

/// Draws for each activity: its effort, its waiting, and whether it is needed.
const DRAWS_PER_ACTIVITY: usize = 3;
/// Words that the generator makes at once.
const STRETCH: usize = 64;

/// Where each draw stands in the stream of a trial.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Layout {
    drivers: usize,
    activities: usize,
    questions: usize,
}

/// The draws of some trials after the other.
pub(super) struct Dice {
    /// Never drawn from itself: a clone of it starts a stream without a block of another being made first.
    unused: ChaCha8Rng,
    /// The words of each lane.
    streams: [Vec<[u8; 4]>; LANES],
    /// The standard normal draws, by their place: each is worked out once, however many plans are played with it.
    normals: Vec<Lanes>,
    /// The places of the normal draws that somebody asks for.
    wanted: Vec<usize>,
    /// The stretches of words that somebody asks for, each by its number.
    stretches: Vec<usize>,
    layout: Layout,
    table: &'static NormalTable,
}

/// The quantiles of the standard normal distribution at both ends of each interval; intervals are smaller where the
/// quantiles are steeper.
struct NormalTable(Box<[[f32; 2]; INTERVALS]>);

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
    /// Returns the dice of a seed that roll every draw, before the first trial.
    #[cfg(test)]
    pub(super) fn new(layout: Layout, seed: Seed) -> Self {
        Self::with(layout, seed, (0..layout.len()).collect(), &[])
    }

    /// Returns the dice of a seed that roll what these plans need and nothing else. The layout has a place for each of their
    /// draws.
    pub(super) fn of_plans<'p>(plans: impl IntoIterator<Item = &'p Plan>, layout: Layout, seed: Seed) -> Self {
        // What all open answers share, and the drivers.
        let mut normals: Vec<usize> = (0..=layout.drivers).collect();
        let mut needs = vec![];
        for plan in plans {
            for (index, activity) in plan.activities.iter().enumerate().filter(|(_, activity)| !activity.is_done()) {
                normals.extend(activity.effort.varies().then(|| layout.activity(index, 0)));
                normals.extend(activity.waiting.varies().then(|| layout.activity(index, 1)));
                needs.extend((activity.chance < 1.0).then(|| layout.activity(index, 2)));
            }
            normals.extend(plan.open.iter().map(|open| layout.question(open.draw)));
        }
        Self::with(layout, seed, normals, &needs)
    }

    fn with(layout: Layout, seed: Seed, mut normals: Vec<usize>, needs: &[usize]) -> Self {
        normals.sort_unstable();
        normals.dedup();
        let mut stretches: Vec<usize> = normals.iter().chain(needs).map(|place| place / STRETCH).collect();
        stretches.sort_unstable();
        stretches.dedup();
        let words = layout.len().next_multiple_of(STRETCH);
        Self {
            unused: ChaCha8Rng::seed_from_u64(seed.0),
            streams: std::array::from_fn(|_| vec![[0; 4]; words]),
            normals: vec![Lanes::ZERO; layout.len()],
            wanted: normals,
            stretches,
            layout,
            table: NormalTable::get(),
        }
    }

    /// Rolls the draws of up to [`LANES`] trials, one a lane; lanes without a trial keep what they had. Which trials were
    /// rolled before, or are rolled beside, makes no difference.
    pub(super) fn roll(&mut self, trials: impl IntoIterator<Item = u32>) {
        for (trial, stream) in trials.into_iter().zip(&mut self.streams) {
            let mut generator = self.unused.clone();
            generator.set_stream(u64::from(trial));
            let (stream, _) = stream.as_chunks_mut::<STRETCH>();
            let mut next = 0;
            for number in &self.stretches {
                if *number != next {
                    generator.set_word_pos((number * STRETCH) as u128);
                }
                // All at once: asking word by word takes longer than making the words.
                if let Some(words) = stream.get_mut(*number) {
                    generator.fill_bytes(words.as_flattened_mut());
                }
                next = number + 1;
            }
        }
        for place in &self.wanted {
            let words = words(&self.streams, *place);
            if let Some(normal) = self.normals.get_mut(*place) {
                *normal = each(words, |word| self.table.at(word));
            }
        }
    }

    /// Returns the standard normal draws that all open answers share.
    pub(super) fn openness(&self) -> Lanes {
        self.normal(0)
    }

    /// Returns the standard normal draws of a driver.
    pub(super) fn driver(&self, index: usize) -> Lanes {
        self.normal(1 + index)
    }

    /// Returns the standard normal draws of an activity's own effort.
    #[inline]
    pub(super) fn effort(&self, activity: usize) -> Lanes {
        self.normal(self.layout.activity(activity, 0))
    }

    /// Returns the standard normal draws of an activity's own waiting.
    #[inline]
    pub(super) fn waiting(&self, activity: usize) -> Lanes {
        self.normal(self.layout.activity(activity, 1))
    }

    /// Returns draws between 0 and 1, evenly distributed, for whether an activity is needed.
    pub(super) fn need(&self, activity: usize) -> Lanes {
        each(words(&self.streams, self.layout.activity(activity, 2)), |word| (f64::from(word) + 0.5) / 4_294_967_296.0)
    }

    /// Returns the standard normal draws of a question's own level.
    #[inline]
    pub(super) fn question(&self, index: usize) -> Lanes {
        self.normal(self.layout.question(index))
    }

    #[inline]
    fn normal(&self, place: usize) -> Lanes {
        self.normals.get(place).copied().unwrap_or_default()
    }
}

/// Returns the words of a place, one a lane.
#[inline]
fn words(streams: &[Vec<[u8; 4]>; LANES], place: usize) -> [u32; LANES] {
    let mut words = [0; LANES];
    for (word, stream) in words.iter_mut().zip(streams) {
        *word = u32::from_le_bytes(stream.get(place).copied().unwrap_or_default());
    }
    words
}

/// Returns what becomes of each. A plain loop, as the compiler doesn't unroll what `map` of an array makes.
#[inline]
pub(super) fn each<T>(lanes: [T; LANES], figure: impl Fn(T) -> f64) -> Lanes {
    let mut figures = [0.0; LANES];
    for (to, from) in figures.iter_mut().zip(lanes) {
        *to = figure(from);
    }
    Lanes::from(figures)
}

/// Cuts a range of trials into handfuls that are played side by side.
pub(super) fn handfuls(trials: Range<u32>) -> impl Iterator<Item = Range<u32>> {
    let end = trials.end;
    #[expect(clippy::cast_possible_truncation, reason = "a small constant")]
    trials.step_by(LANES).map(move |first| first..end.min(first.saturating_add(LANES as u32)))
}

impl NormalTable {
    /// Returns the table, made when it is first asked for: it depends on nothing.
    fn get() -> &'static Self {
        static TABLE: OnceLock<NormalTable> = OnceLock::new();
        TABLE.get_or_init(Self::new)
    }

    fn new() -> Self {
        let mut table = Box::new([[0.0; 2]; INTERVALS]);
        let Ok(normal) = Normal::new(0.0, 1.0) else { return Self(table) };
        let mut probability = 0.25;
        for octave in table.chunks_mut(STEPS) {
            #[expect(clippy::cast_precision_loss, reason = "an index of a small table")]
            let share = |node: usize| 1.0 + node as f64 / STEPS as f64;
            #[expect(clippy::cast_possible_truncation, reason = "single precision is meant, see `quantile`")]
            let quantile = |node: usize| normal.inverse_cdf(probability * share(node)) as f32;
            let mut left = quantile(0);
            for (index, interval) in octave.iter_mut().enumerate() {
                let right = quantile(index + 1);
                *interval = [left, right];
                left = right;
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
        let interval = (octave as usize * STEPS + index as usize) % INTERVALS;
        let [left, right] = self.0.get(interval).copied().unwrap_or_default().map(f64::from);
        let out = left + (right - left) * (f64::from(rest) / 33_554_432.0);
        // The first bit of a float is its sign too.
        f64::from_bits(out.to_bits() ^ (u64::from(word >> 31) << 63))
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

    /// Returns the words of each place, one a lane.
    fn all_words(dice: &Dice) -> Vec<[u32; LANES]> {
        (0..dice.layout.len()).map(|place| words(&dice.streams, place)).collect()
    }

    #[test]
    fn a_trial_is_the_same_whatever_was_rolled_before() {
        let layout = Layout::new(2, 3, 4);
        let (mut one, mut other) = (Dice::new(layout, Seed(7)), Dice::new(layout, Seed(7)));
        for trial in 0..5 {
            one.roll([trial]);
        }
        other.roll([4]);
        assert_eq!(all_words(&one), all_words(&other));
        assert_eq!(one.normals, other.normals);
        other.roll([5]);
        assert_ne!(all_words(&one), all_words(&other));
        assert_ne!(one.normals, other.normals);
    }

    #[test]
    fn a_trial_is_the_same_whatever_is_rolled_beside() {
        let layout = Layout::new(2, 3, 4);
        let (mut one, mut many) = (Dice::new(layout, Seed(7)), Dice::new(layout, Seed(7)));
        many.roll(10..18);
        for lane in 0..LANES {
            one.roll([10 + u32::try_from(lane).unwrap()]);
            let alone: Vec<u32> = all_words(&one).iter().map(|words| words[0]).collect();
            let beside: Vec<u32> = all_words(&many).iter().map(|words| words[lane]).collect();
            assert_eq!(alone, beside);
        }
    }

    #[test]
    fn a_draw_is_the_same_whatever_else_is_asked_for() {
        let layout = Layout::new(2, 3, 1_000);
        let places = [1, 70, 71, 400, 401, 1_011];
        let (mut all, mut some) = (Dice::new(layout, Seed(7)), Dice::with(layout, Seed(7), places.to_vec(), &[650]));
        all.roll(20..28);
        some.roll(20..28);
        for place in 0..layout.len() {
            let expected = if places.contains(&place) { all.normals[place] } else { Lanes::ZERO };
            assert_eq!(some.normals[place], expected, "{place}");
        }
        assert_eq!(all_words(&some)[650], all_words(&all)[650]);
    }

    #[test]
    fn handfuls_are_all_trials_once_and_in_order() {
        let trials: Vec<u32> = handfuls(3..30).flatten().collect();
        assert_eq!(trials, (3..30).collect::<Vec<_>>());
        assert!(handfuls(3..30).all(|handful| handful.len() <= LANES));
        assert_eq!(handfuls(5..5).count(), 0);
    }

    #[test]
    fn an_open_question_more_leaves_all_other_draws_as_they_are() {
        let (mut few, mut many) = (Dice::new(Layout::new(2, 3, 0), Seed(7)), Dice::new(Layout::new(2, 3, 90), Seed(7)));
        few.roll([3]);
        many.roll([3]);
        let (few, many) = (all_words(&few), all_words(&many));
        assert_eq!(few, many[..few.len()]);
    }

    #[test]
    fn the_words_of_a_seed_never_change() {
        let mut dice = Dice::new(Layout::new(0, 1, 0), Seed(1));
        dice.roll([0]);
        let words: Vec<u32> = all_words(&dice).iter().map(|words| words[0]).collect();
        // Whoever changes these changes every forecast that was ever printed.
        assert_eq!(words, [2_359_561_649, 1_728_662_762, 4_228_812_395, 345_245_400]);
    }
}
