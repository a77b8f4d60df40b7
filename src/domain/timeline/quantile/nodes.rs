//! The quantiles of a shape, node by node. It uses nothing of ready42: `build.rs` makes the nodes of the built-in road
//! maps with this very file.

use statrs::distribution::{Beta, ContinuousCDF, Normal};

/// Intervals of a table; a power of two, so that an index that is cut to its bits always has one.
pub const STEPS: usize = 256;
/// The tables reach from minus so many to plus so many standard deviations; beyond, the end holds.
pub const REACH: f64 = 5.0;
/// Intervals per unit of x.
#[expect(clippy::cast_precision_loss, reason = "a small constant")]
pub const PER_UNIT: f64 = STEPS as f64 / (2.0 * REACH);
/// The weight of the mode in the modified PERT-beta, as is customary (Malcolm et al. 1959).
const MODE_WEIGHT: f64 = 4.0;

/// The quantiles at both ends of all intervals, from the left to the right.
pub type Nodes = [f32; STEPS + 1];

/// Returns the shape of three points: where the most likely amount lies on the way from the least to the greatest, 0 to 1;
/// none where the amount is certain.
pub fn shape(low: f64, mode: f64, high: f64) -> Option<f64> {
    let span = high - low;
    (span > 0.0).then(|| (mode - low) / span)
}

/// Returns the nodes of a shape.
///
/// They are kept in single precision: the last bits of a library's logarithms differ between platforms, the forecast must
/// not.
pub fn nodes(shape: f64) -> Nodes {
    let mut nodes = [0.0; STEPS + 1];
    let (Ok(beta), Ok(normal)) =
        (Beta::new(1.0 + MODE_WEIGHT * shape, 1.0 + MODE_WEIGHT * (1.0 - shape)), Normal::new(0.0, 1.0))
    else {
        return nodes;
    };
    let mut least: f32 = 0.0;
    for (index, node) in nodes.iter_mut().enumerate() {
        #[expect(clippy::cast_precision_loss, reason = "an index of a small table")]
        let x = index as f64 / PER_UNIT - REACH;
        #[expect(clippy::cast_possible_truncation, reason = "single precision is meant")]
        let quantile = beta.inverse_cdf(normal.cdf(x)) as f32;
        // A search for a quantile may err in its last digits: a table that falls anywhere would break every promise of the
        // timeline.
        *node = quantile.clamp(least, 1.0);
        least = *node;
    }
    nodes
}
