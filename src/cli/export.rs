//! `ready42 export NAME`

use std::io::{IsTerminal, stderr};

use serde_json::json;

use crate::cli::args::Export as Arguments;
use crate::cli::context::Context;
use crate::cli::fault::{Fault, Status};
use crate::cli::template;
use crate::domain::report::{Audience, Names};
use crate::domain::text::visible;
use crate::export::brand::Brand;
use crate::export::{Asks, Format};
use crate::shell::delivery::Existing;
use crate::shell::reports::{Commission, Destination, ReportError, write_reports};
use crate::shell::workspace::{CurrentState, Document};

/// Writes reports: all of them or none, never over one that is there unless it is forced.
pub fn run(context: &mut Context, arguments: &Arguments) -> Result<(), Fault> {
    let (formats, left_out) = formats(&arguments.format, arguments.audience)?;
    let workspace = context.workspace()?;
    // The command ends when the reports are written: taking apart thousands of texts would only take time.
    let commission: &'static Commission = Box::leak(Box::new(commission(context, arguments, formats)?));
    let destination = Destination {
        folder: &arguments.out,
        existing: if arguments.force { Existing::Replace } else { Existing::Keep },
        kept: workspace.data_folder(),
    };
    let shows_progress = stderr().is_terminal() && commission.formats.len() > 1;
    let total = commission.formats.len();
    let mut written = write_reports(commission, destination, |number, format| {
        if shows_progress {
            context.tell(format!("ready42: {} of {total}: {}", number + 1, format.word()));
        }
        true
    })
    .map_err(|error| fault(&error))?;
    written.remarks.extend(told_left_out(&left_out, arguments.audience));
    for remark in &written.remarks {
        context.tell(format!("ready42: {remark}"));
    }
    let paths: Vec<String> = written.paths.iter().map(|path| path.display().to_string()).collect();
    if context.global.json {
        context.json(&json!({ "written": paths, "remarks": written.remarks }));
    } else {
        for path in &paths {
            context.line(format!("✓ written: {}", visible(path)));
        }
    }
    Ok(())
}

/// Reads the assessment: with its history where a format tells of that, as it costs far more to read.
fn commission(context: &mut Context, arguments: &Arguments, formats: Vec<Format>) -> Result<Commission, Fault> {
    let (current, snapshots) = if Asks::of(&formats, arguments.audience).history {
        let document = context.read(&arguments.name)?;
        let snapshots = context.snapshots(&document);
        let Document { questionnaire, assessment, notices, template, .. } = document;
        (CurrentState { questionnaire, assessment, notices, template }, snapshots)
    } else {
        (context.current(&arguments.name)?, vec![])
    };
    context.tell_notices(&current.notices);
    let brand = match arguments.template.as_deref().or(current.template.as_deref()) {
        Some(folder) => template::load(folder)?,
        None => Brand::default(),
    };
    Ok(Commission {
        questionnaire: current.questionnaire,
        assessment: current.assessment,
        forecast: None,
        snapshots,
        on: context.today,
        formats,
        audience: arguments.audience,
        names: if arguments.anonymous { Names::LeftOut } else { Names::Shown },
        brand,
    })
}

fn fault(error: &ReportError) -> Fault {
    let status = match error {
        ReportError::Export(crate::export::ExportError::NotForAudience(..)) => Status::Usage,
        ReportError::Export(crate::export::ExportError::Template(_) | crate::export::ExportError::Font(_)) => {
            Status::Refused
        }
        ReportError::Export(_) | ReportError::CalledOff => Status::Failure,
        ReportError::Write(_) => Status::NotWritten,
    };
    Fault::new(status, visible(&error.to_string()).into_owned(), error.remedy())
}

/// Says which of all formats were not written, and why.
fn told_left_out(left_out: &[Format], audience: Audience) -> Option<String> {
    let words: Vec<&str> = left_out.iter().map(|format| format.word()).collect();
    let (it, holds) = if words.len() == 1 { ("it", "holds") } else { ("they", "hold") };
    (!words.is_empty()).then(|| {
        format!("Left out: {}, as {it} {holds} more than {} is meant to see.", words.join(", "), audience.reader())
    })
}

/// Returns the formats that are to be written, and which of all were left out, as they don't suit the audience. One that
/// is asked for by its name is never left out: it is refused when it is made.
fn formats(words: &[String], audience: Audience) -> Result<(Vec<Format>, Vec<Format>), Fault> {
    let (mut formats, mut left_out) = (vec![], vec![]);
    for word in words {
        match Format::from_word(word.trim()) {
            Some(format) if formats.contains(&format) => {}
            Some(format) => formats.push(format),
            None if word.trim() == "all" => {
                let (suits, others) = Format::ALL.into_iter().partition::<Vec<_>, _>(|one| one.suits(audience));
                formats.extend(suits.into_iter().filter(|one| !formats.contains(one)).collect::<Vec<_>>());
                left_out = others;
            }
            None => {
                let known: Vec<&str> = Format::ALL.into_iter().map(Format::word).collect();
                return Err(Fault::new(
                    Status::Usage,
                    format!("there is no format {:?}", visible(word)),
                    format!("The formats are {}; all writes each of them.", known.join(", ")),
                ));
            }
        }
    }
    left_out.retain(|one| !formats.contains(one));
    Ok((formats, left_out))
}
