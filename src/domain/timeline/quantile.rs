//! Quantiles of the modified PERT-beta as tables, so that a draw is a look-up.
//!
//! A Gaussian copula needs the quantile of the beta distribution at Φ(x) for a standard normal x. That function of x is
//! smooth, so a straight line between few nodes is close to it. All PERT-betas with λ = 4 are one family: where the mode
//! lies between the least and the greatest amount decides the shape, and α + β = 6.

mod nodes;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use crate::domain::roadmap::ThreePoint;
use crate::domain::timeline::draw::{Lanes, each};
use crate::domain::timeline::quantile::nodes::{Nodes, PER_UNIT, REACH, STEPS, nodes, shape};

/// The most tables that are kept: a road map has some dozens, and whoever opens many shall not keep them all.
const MOST_TABLES: usize = 1_024;

/// The shapes of the built-in road maps, by their bits in rising order, each with its nodes: made when the program is built
/// (`build.rs`), as to find a quantile takes thousands of steps.
#[expect(clippy::unreadable_literal, reason = "a program wrote them, for a program")]
static BUILT_IN: &[(u64, Nodes)] = include!(concat!(env!("OUT_DIR"), "/quantiles.rs"));

/// The tables of the shapes that a plan needs, each made once.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Quantiles {
    modes: Vec<f64>,
    tables: Vec<Arc<Table>>,
}

/// The quantiles of a shape at both ends of each interval.
type Table = [[f32; 2]; STEPS];

/// A three-point estimate, ready to draw from: `low + span x (quantile of its shape)`.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Estimate {
    low: f64,
    span: f64,
    mode: f64,
    table: usize,
}

impl Quantiles {
    /// Returns the tables before any is needed.
    pub(super) fn new() -> Self {
        Self { modes: vec![], tables: vec![] }
    }

    /// Returns three points times a factor, ready to draw from; makes the table of their shape if it isn't there yet.
    pub(super) fn estimate(&mut self, points: ThreePoint, factor: f64) -> Estimate {
        let ThreePoint { low, mode, high } = points;
        let Some(share) = shape(low, mode, high) else {
            return Estimate { low: low * factor, span: 0.0, mode: mode * factor, table: 0 };
        };
        let known = self.modes.iter().position(|other| other.to_bits() == share.to_bits());
        let table = known.unwrap_or_else(|| {
            self.modes.push(share);
            self.tables.push(table_of(share));
            self.tables.len() - 1
        });
        Estimate { low: low * factor, span: (high - low) * factor, mode: mode * factor, table }
    }

    /// Returns the amounts at standard normal x: none falls when its x, or the factor of the estimate, rises.
    #[inline]
    pub(super) fn at(&self, estimate: &Estimate, x: Lanes) -> Lanes {
        let low = Lanes::splat(estimate.low);
        match self.tables.get(estimate.table) {
            Some(table) if estimate.span > 0.0 => low + look_up(table, x) * estimate.span,
            _ => low,
        }
    }
}

impl Estimate {
    /// Returns whether the amount is always nothing.
    pub(super) fn is_nothing(&self) -> bool {
        self.low <= 0.0 && self.span <= 0.0
    }

    /// Returns whether the amount can turn out differently.
    pub(super) fn varies(&self) -> bool {
        self.span > 0.0
    }

    /// Returns the three points.
    pub(super) fn points(&self) -> ThreePoint {
        ThreePoint { low: self.low, mode: self.mode, high: self.low + self.span }
    }
}

#[inline]
fn look_up(table: &Table, x: Lanes) -> Lanes {
    let position = ((x + Lanes::splat(REACH)) * PER_UNIT).fast_max(Lanes::ZERO).fast_min(Lanes::splat(255.999_999));
    each(position.to_array(), |position| {
        #[expect(clippy::cast_possible_truncation, reason = "at most 255")]
        let index = position as i32;
        let beyond = position - f64::from(index);
        #[expect(clippy::cast_sign_loss, reason = "at least 0")]
        let [left, right] = table.get(index as usize % STEPS).copied().unwrap_or_default().map(f64::from);
        left + (right - left) * beyond
    })
}

/// Returns the table of a shape. Each is made once for the whole program: it depends on nothing but the shape, and a
/// what-if needs the same as its base.
fn table_of(mode: f64) -> Arc<Table> {
    static TABLES: Mutex<Option<HashMap<u64, Arc<Table>>>> = Mutex::new(None);
    let mut tables = TABLES.lock().unwrap_or_else(PoisonError::into_inner);
    let tables = tables.get_or_insert_default();
    if tables.len() >= MOST_TABLES {
        tables.clear();
    }
    Arc::clone(tables.entry(mode.to_bits()).or_insert_with(|| Arc::new(table(mode))))
}

/// Returns the quantiles of the shape whose mode lies at this share of the way from the least to the greatest amount.
fn table(mode: f64) -> Table {
    let built_in = BUILT_IN.binary_search_by_key(&mode.to_bits(), |(bits, _)| *bits);
    let made;
    let nodes = if let Some((_, nodes)) = built_in.ok().and_then(|place| BUILT_IN.get(place)) {
        nodes
    } else {
        made = nodes(mode);
        &made
    };
    let mut table = [[0.0; 2]; STEPS];
    for (interval, ends) in table.iter_mut().zip(nodes.array_windows()) {
        *interval = *ends;
    }
    table
}

#[cfg(test)]
mod tests {
    use statrs::distribution::{Beta, ContinuousCDF, Normal};

    use super::*;
    use crate::storage::library::Library;

    fn at(quantiles: &Quantiles, estimate: &Estimate, x: f64) -> f64 {
        quantiles.at(estimate, Lanes::splat(x)).to_array()[0]
    }

    #[test]
    fn a_table_is_the_librarys_distribution_within_a_thousandth_of_the_range() {
        let normal = Normal::new(0.0, 1.0).unwrap();
        for (low, mode, high) in [(0.0, 0.0, 1.0), (1.0, 2.0, 6.0), (2.0, 4.0, 8.0), (0.0, 5.0, 10.0), (3.0, 9.0, 9.0)]
        {
            let mut quantiles = Quantiles::new();
            let estimate = quantiles.estimate(ThreePoint { low, mode, high }, 1.0);
            let share = (mode - low) / (high - low);
            let beta = Beta::new(1.0 + 4.0 * share, 1.0 + 4.0 * (1.0 - share)).unwrap();
            for step in 1..10_000 {
                let u = f64::from(step) / 10_000.0;
                let exact = low + (high - low) * beta.inverse_cdf(u);
                let ours = at(&quantiles, &estimate, normal.inverse_cdf(u));
                assert!(
                    (ours - exact).abs() <= 0.001 * (high - low),
                    "{low} {mode} {high} at {u}: {ours}, not {exact}"
                );
            }
        }
    }

    #[test]
    fn the_mean_is_that_of_the_pert_estimate() {
        let mut quantiles = Quantiles::new();
        let estimate = quantiles.estimate(ThreePoint { low: 2.0, mode: 4.0, high: 12.0 }, 1.5);
        let normal = Normal::new(0.0, 1.0).unwrap();
        let sum: f64 =
            (0..10_000).map(|n| at(&quantiles, &estimate, normal.inverse_cdf((f64::from(n) + 0.5) / 10_000.0))).sum();
        let mean = 1.5 * (2.0 + 4.0 * 4.0 + 12.0) / 6.0;
        assert!((sum / 10_000.0 - mean).abs() < 0.001 * mean, "{} is not {mean}", sum / 10_000.0);
    }

    #[test]
    fn a_quantile_never_falls_and_never_leaves_its_bounds() {
        let mut quantiles = Quantiles::new();
        let estimate = quantiles.estimate(ThreePoint { low: 2.0, mode: 3.0, high: 9.0 }, 1.0);
        let mut before = 2.0;
        for step in -9_000..9_000 {
            let at = at(&quantiles, &estimate, f64::from(step) / 1_000.0);
            assert!((before..=9.0).contains(&at), "{at} after {before}");
            before = at;
        }
    }

    #[test]
    fn what_the_build_made_is_what_this_program_would_make() {
        assert!(BUILT_IN.len() > 20, "{}", BUILT_IN.len());
        for (bits, built_in) in BUILT_IN {
            assert_eq!(built_in.map(f32::to_bits), nodes(f64::from_bits(*bits)).map(f32::to_bits));
        }
    }

    #[test]
    fn every_shape_of_the_built_in_road_map_was_made_by_the_build() {
        let questionnaire = Library::new(None).load("iso42001").unwrap().questionnaire;
        for package in &questionnaire.roadmap().unwrap().packages {
            for ThreePoint { low, mode, high } in [package.effort, package.waiting] {
                let Some(shape) = shape(low, mode, high) else { continue };
                let known = BUILT_IN.iter().any(|(bits, _)| *bits == shape.to_bits());
                assert!(known, "{}: {low}, {mode}, {high}", package.id);
            }
        }
    }

    #[test]
    fn one_shape_has_one_table() {
        let mut quantiles = Quantiles::new();
        quantiles.estimate(ThreePoint { low: 1.0, mode: 2.0, high: 5.0 }, 1.0);
        quantiles.estimate(ThreePoint { low: 2.0, mode: 4.0, high: 10.0 }, 0.3);
        assert_eq!(quantiles.tables.len(), 1);
    }

    #[test]
    fn a_certain_amount_needs_no_table() {
        let mut quantiles = Quantiles::new();
        let estimate = quantiles.estimate(ThreePoint { low: 40.0, mode: 40.0, high: 40.0 }, 0.5);
        assert!(quantiles.tables.is_empty());
        assert!((at(&quantiles, &estimate, 3.0) - 20.0).abs() < 1e-12);
    }
}
