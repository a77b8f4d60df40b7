//! `ready42 import FILE [--as NAME]`: an assessment that was exported as JSON, back without loss, or not at all.

pub(super) mod form;
mod strict;

use std::fs::File;
use std::io::Read;
use std::path::Path;

use serde_json::json;

use crate::cli::args::Import as Arguments;
use crate::cli::context::Context;
use crate::cli::fault::Fault;
use crate::domain::text::visible;
use crate::shell::workspace::{Draft, Workspace};

/// The greatest number of bytes of a file that is imported.
const MOST_BYTES: u64 = 16 << 20;
/// How many faults are told at the most.
const MOST_TOLD: usize = 20;

/// Makes an assessment of an exported one.
pub fn run(context: &mut Context, arguments: &Arguments) -> Result<(), Fault> {
    let workspace = context.workspace()?;
    let text = read(&arguments.file)?;
    let form = form::read(&text).map_err(|faults| refused(&arguments.file, &faults))?;
    let name = arguments.name.clone().unwrap_or_else(|| form.name.clone());
    let mut draft = workspace.draft(&name, &form.questionnaire.id, form.depth)?;
    let changes = form.fill(&mut draft).map_err(|faults| refused(&arguments.file, &faults))?;
    let because = arguments.because.clone().or_else(|| Some("imported".to_owned()));
    let desk = workspace.take_in(draft, &context.meta(because))?;
    let name = desk.assessment().name().to_owned();
    if context.global.json {
        context.json(&json!({ "name": name, "values": changes }));
    } else {
        context.line(format!("✓ saved, {} is there with {changes} values", visible(&name)));
    }
    Ok(())
}

/// Returns what an exported file holds, as an assessment that isn't made, to be merged into another.
pub fn draft(workspace: &Workspace, into: &str, path: &Path) -> Result<Draft, Fault> {
    let form = form::read(&read(path)?).map_err(|faults| refused(path, &faults))?;
    let mut draft = workspace.draft_to_merge(into, &form.name, &form.questionnaire.id, form.depth)?;
    form.fill(&mut draft).map_err(|faults| refused(path, &faults))?;
    Ok(draft)
}

fn read(path: &Path) -> Result<String, Fault> {
    let shown = visible(&path.display().to_string()).into_owned();
    let mut bytes = vec![];
    let found = path.metadata().and_then(|metadata| {
        if !metadata.is_file() {
            return Err(std::io::Error::new(std::io::ErrorKind::InvalidInput, "it is no file"));
        }
        File::open(path)?.take(MOST_BYTES + 1).read_to_end(&mut bytes)
    });
    found.map_err(|error| Fault::not_found(format!("{shown} can't be read: {error}"), "Nothing was made."))?;
    if bytes.len() as u64 > MOST_BYTES {
        return Err(refused(path, &[format!("the file has more than {MOST_BYTES} bytes")]));
    }
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        refused(path, &[format!("byte {at} is not UTF-8; an export is")])
    })
}

fn refused(path: &Path, faults: &[String]) -> Fault {
    let mut told: Vec<String> = faults.iter().take(MOST_TOLD).map(|fault| visible(fault).into_owned()).collect();
    if faults.len() > MOST_TOLD {
        told.push(format!("and {} more", faults.len() - MOST_TOLD));
    }
    Fault::refused(
        format!("{} was refused, and nothing was made:\n  {}", visible(&path.display().to_string()), told.join("\n  ")),
        "Give the file as `ready42 export NAME --format json` wrote it.",
    )
}
