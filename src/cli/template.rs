//! `ready42 template new DIR` and `ready42 template check DIR`

use std::path::Path;

use serde_json::json;

use crate::cli::args::Template as Arguments;
use crate::cli::context::Context;
use crate::cli::fault::{Fault, Status};
use crate::domain::text::visible_lines;
use crate::export::brand::Brand;
use crate::shell::template::{TemplateError, read_template, write_template};

/// Copies the built-in template out, or checks one.
pub fn run(context: &mut Context, arguments: &Arguments) -> Result<(), Fault> {
    match arguments {
        Arguments::New { folder } => {
            let written = write_template(folder).map_err(|error| fault(&error))?;
            let paths: Vec<String> = written.iter().map(|path| path.display().to_string()).collect();
            if context.global.json {
                context.json(&json!({ "written": paths }));
            } else {
                for path in &paths {
                    context.line(format!("✓ written: {}", crate::domain::text::visible(path)));
                }
                context.tell("ready42: edit template.toml, then: ready42 export NAME --template DIR");
            }
        }
        Arguments::Check { folder } => {
            load(folder)?;
            if context.global.json {
                context.json(&json!({ "template": folder.display().to_string(), "faults": [] }));
            } else {
                context.line("✓ the template can be used");
            }
        }
    }
    Ok(())
}

/// Reads a template.
///
/// # Errors
///
/// Returns why it can't be used.
pub fn load(folder: &Path) -> Result<Brand, Fault> {
    read_template(folder).map_err(|error| fault(&error))
}

fn fault(error: &TemplateError) -> Fault {
    let told = visible_lines(&error.to_string()).collect::<Vec<_>>().join("\n");
    match error {
        TemplateError::Io(_, io) if io.kind() == std::io::ErrorKind::NotFound => {
            Fault::not_found(told, "Copy the built-in template out with: ready42 template new DIR")
        }
        TemplateError::Io(_, io) if io.kind() == std::io::ErrorKind::AlreadyExists => {
            Fault::new(Status::NotWritten, told, "It was left as it is; choose another folder.")
        }
        TemplateError::Io(..) => Fault::new(Status::NotWritten, told, "Choose another folder."),
        TemplateError::TooLarge(_) => Fault::refused(told, "Leave only what the template names in its folder."),
        TemplateError::Faults(..) => Fault::refused(told, "Compare it with the built-in one: ready42 template new DIR"),
    }
}
