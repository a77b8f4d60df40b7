//! Builds anew when a questionnaire changes: they are embedded, and the compiler doesn't see their folder.
#![expect(clippy::print_stdout, reason = "this is how a build script speaks to Cargo")]

fn main() {
    println!("cargo:rerun-if-changed=questionnaires");
}
