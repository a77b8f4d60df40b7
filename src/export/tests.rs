//! Holds the exports to what they promise, on an assessment that has one of everything.

mod audiences;
mod hostile;
mod office;
mod pages;
pub(super) mod sample;
mod shapes;
mod truth;
mod whole;
