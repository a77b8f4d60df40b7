//! The program `ready42`. Everything is in the library; here are the exit status and the last resort.

use std::process::ExitCode;

fn main() -> ExitCode {
    match ready42::run() {
        Ok(status) => status,
        Err(report) => ready42::tell(&report),
    }
}
