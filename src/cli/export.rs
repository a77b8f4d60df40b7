//! `ready42 export NAME`

use std::io::{IsTerminal, stderr};

use serde_json::json;

use crate::cli::args::Export as Arguments;
use crate::cli::context::Context;
use crate::cli::fault::{Fault, Status};
use crate::cli::template;
use crate::domain::report::{Audience, Names};
use crate::domain::text::visible;
use crate::domain::timeline::{TRIALS, plan};
use crate::export::Format;
use crate::export::brand::Brand;
use crate::shell::delivery::Existing;
use crate::shell::reports::{Commission, Destination, ReportError, write_reports};
use crate::shell::simulation::simulate;
use crate::shell::workspace::Document;

/// Writes reports: all of them or none, never over one that is there unless it is forced.
pub fn run(context: &mut Context, arguments: &Arguments) -> Result<(), Fault> {
    let (formats, left_out) = formats(&arguments.format, arguments.audience)?;
    let workspace = context.workspace()?;
    let document = context.read(&arguments.name)?;
    context.tell_notices(&document.notices);
    let brand = match arguments.template.as_deref().or(document.template.as_deref()) {
        Some(folder) => template::load(folder)?,
        None => Brand::default(),
    };
    let commission = commission(context, arguments, (formats, brand), &document);
    let destination = Destination {
        folder: &arguments.out,
        existing: if arguments.force { Existing::Replace } else { Existing::Keep },
        kept: workspace.data_folder(),
    };
    let shows_progress = stderr().is_terminal() && commission.formats.len() > 1;
    let total = commission.formats.len();
    let mut written = write_reports(&commission, destination, |number, format| {
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

fn commission(
    context: &Context,
    arguments: &Arguments,
    (formats, brand): (Vec<Format>, Brand),
    document: &Document,
) -> Commission {
    let (questionnaire, assessment) = (&document.questionnaire, &document.assessment);
    let plan = plan(questionnaire, assessment, context.today).filter(|_| arguments.audience.reads_dates());
    let forecast = plan.map(|plan| simulate(&plan, assessment.seed(), TRIALS));
    Commission {
        questionnaire: questionnaire.clone(),
        assessment: assessment.clone(),
        forecast,
        snapshots: context.snapshots(document),
        on: context.today,
        formats,
        audience: arguments.audience,
        names: if arguments.anonymous { Names::LeftOut } else { Names::Shown },
        brand,
    }
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
