//! Holds the scoring to what it promises: tables for findings and verdicts, properties for what is always true.

mod checks;
mod figures;
mod findings;
mod properties;
mod real;
mod verdict;
