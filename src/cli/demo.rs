//! `ready42 demo [NAME]`

use crate::cli::context::Context;
use crate::cli::fault::Fault;
use crate::cli::new;

/// Makes an assessment with realistic answers.
pub fn run(context: &mut Context, name: &str) -> Result<(), Fault> {
    let desk = context.workspace()?.demo(name, &context.meta(None))?;
    new::tell(context, desk.assessment().name());
    Ok(())
}
