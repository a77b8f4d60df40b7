//! Holds the exports to what they promise, on an assessment that has one of everything.

mod hostile;
mod sample;
mod shapes;
mod whole;
