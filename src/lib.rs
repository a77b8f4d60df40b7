//! ready42: how ready an organisation is for ISO/IEC 42001 certification, and how long the way takes.
//!
//! The library is the program in layers; ARCHITECTURE.md draws them. What is named here is all that the binary, the
//! tests and the benchmarks see.

mod cli;
mod domain;
mod export;
mod shell;
mod storage;
mod tui;

pub use cli::main;
