//! The program `ready42`. Everything is in the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    ready42::main(std::env::args_os())
}
