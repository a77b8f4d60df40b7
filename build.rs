//! Builds anew when a questionnaire changes: they are embedded, and the compiler doesn't see their folder.

fn main() {
    println!("cargo:rerun-if-changed=questionnaires");
}
