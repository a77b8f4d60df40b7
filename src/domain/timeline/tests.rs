//! What must always be true of a timeline, on the real road map and on random ones.

mod calibration;
mod plausible;
mod properties;
mod reader;
mod sentences;
mod trials;
mod whatif;
