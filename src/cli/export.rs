//! `ready42 export NAME`

use std::io::{IsTerminal, stderr};

use serde_json::json;

use crate::cli::args::Export as Arguments;
use crate::cli::context::Context;
use crate::cli::fault::{Fault, Status};
use crate::cli::template;
use crate::domain::report::Names;
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
    let formats = formats(&arguments.format)?;
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
    let written = write_reports(&commission, destination, |number, format| {
        if shows_progress {
            context.tell(format!("ready42: {} of {total}: {}", number + 1, format.word()));
        }
        true
    })
    .map_err(|error| fault(&error))?;
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

fn formats(words: &[String]) -> Result<Vec<Format>, Fault> {
    let mut formats = vec![];
    for word in words {
        match Format::from_word(word.trim()) {
            Some(format) if formats.contains(&format) => {}
            Some(format) => formats.push(format),
            None if word.trim() == "all" => {
                formats.extend(Format::ALL.into_iter().filter(|one| !formats.contains(one)).collect::<Vec<_>>());
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
    Ok(formats)
}
