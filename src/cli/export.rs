//! `ready42 export NAME`

use std::path::PathBuf;

use serde_json::json;

use crate::cli::args::Export as Arguments;
use crate::cli::context::Context;
use crate::cli::fault::{Fault, Status};
use crate::domain::report::Report;
use crate::domain::scoring::score;
use crate::domain::text::visible;
use crate::domain::timeline::{TRIALS, plan, simulate};
use crate::export::{Format, render};
use crate::shell::files::{Existing, write};
use crate::shell::workspace::report_name;

/// Writes reports: each whole or not at all, never over one that is there unless it is forced.
pub fn run(context: &mut Context, arguments: &Arguments) -> Result<(), Fault> {
    let formats = formats(&arguments.format)?;
    let document = context.read(&arguments.name)?;
    context.tell_notices(&document.notices);
    let (questionnaire, assessment) = (&document.questionnaire, &document.assessment);
    let card = score(questionnaire, assessment, context.today);
    let forecast =
        plan(questionnaire, assessment, context.today).map(|plan| simulate(&plan, assessment.seed(), TRIALS));
    let report = Report::new(questionnaire, assessment, card, forecast, context.today);
    let existing = if arguments.force { Existing::Replace } else { Existing::Keep };
    let mut planned: Vec<(PathBuf, Vec<u8>)> = vec![];
    for format in formats {
        let bytes =
            render(format, &report).map_err(|error| Fault::new(Status::Failure, error.to_string(), error.remedy()))?;
        let path = arguments.out.join(format!("{}.{}", report_name(assessment.name()), format.extension()));
        if existing == Existing::Keep && path.symlink_metadata().is_ok() {
            return Err(not_over(&path));
        }
        planned.push((path, bytes));
    }
    let mut written = vec![];
    for (path, bytes) in planned {
        write(&path, &bytes, existing).map_err(|error| {
            if error.kind() == std::io::ErrorKind::AlreadyExists {
                return not_over(&path);
            }
            let shown = visible(&path.display().to_string()).into_owned();
            Fault::new(
                Status::NotWritten,
                format!("{shown} can't be written: {error}"),
                "Choose another folder with --out. What was written before it is whole.",
            )
        })?;
        written.push(path.display().to_string());
    }
    if context.global.json {
        context.json(&json!({ "written": written }));
    } else {
        for path in &written {
            context.line(format!("✓ written: {}", visible(path)));
        }
    }
    Ok(())
}

fn formats(words: &[String]) -> Result<Vec<Format>, Fault> {
    let mut formats = vec![];
    for word in words {
        match Format::from_word(word.trim()) {
            Some(format) if formats.contains(&format) => {}
            Some(format) => formats.push(format),
            None => {
                let known: Vec<&str> = Format::ALL.into_iter().map(Format::word).collect();
                return Err(Fault::new(
                    Status::Usage,
                    format!("there is no format {:?}", visible(word)),
                    format!("The formats are {}.", known.join(", ")),
                ));
            }
        }
    }
    Ok(formats)
}

fn not_over(path: &std::path::Path) -> Fault {
    Fault::new(
        Status::NotWritten,
        format!("{} is there already, and was left as it is", visible(&path.display().to_string())),
        "Write over it with --force, or choose another folder with --out.",
    )
}
