//! Makes reports and writes them: the one way for the interface and the command line.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::NaiveDate;

use crate::domain::assessment::Assessment;
use crate::domain::questionnaire::Questionnaire;
use crate::domain::report::{Audience, Names, Report, Snapshot, redacted};
use crate::domain::scoring::score;
use crate::domain::timeline::{Forecast, standard};
use crate::export::brand::Brand;
use crate::export::{ExportError, Format, Order, render};
use crate::shell::delivery::{Existing, Planned, WriteError, write_all};
use crate::shell::workspace::report_name;

/// Reports that are to be written.
#[derive(Clone, Debug)]
pub struct Commission {
    /// The questionnaire.
    pub questionnaire: Arc<Questionnaire>,
    /// The answers, complete.
    pub assessment: Assessment,
    /// How long the way takes, where that is known.
    pub forecast: Option<Forecast>,
    /// The states that were given a label, oldest first, complete.
    pub snapshots: Vec<Snapshot>,
    /// The day of the reports.
    pub on: NaiveDate,
    /// The formats, in the order in which they are written.
    pub formats: Vec<Format>,
    /// Who they are for.
    pub audience: Audience,
    /// Whether they name people.
    pub names: Names,
    /// How they look.
    pub brand: Brand,
}

/// Where reports go.
#[derive(Clone, Copy, Debug)]
pub struct Destination<'a> {
    /// The folder.
    pub folder: &'a Path,
    /// What to do about files that are there.
    pub existing: Existing,
    /// The folder that the assessments are kept in, which is refused.
    pub kept: &'a Path,
}

/// Reports that were written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// Where.
    pub paths: Vec<PathBuf>,
    /// What their reader should know: a sentence each.
    pub remarks: Vec<String>,
}

/// Why reports were not written. Nothing was.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    /// One could not be made.
    #[error(transparent)]
    Export(#[from] ExportError),
    /// They could not be written.
    #[error(transparent)]
    Write(#[from] WriteError),
    /// Nobody waits for them any more.
    #[error("it was called off; nothing was written")]
    CalledOff,
}

/// Makes reports and writes them: all of them, or none.
///
/// `proceed` is asked before each format, with its number from 0, and says whether anybody still waits.
///
/// # Errors
///
/// Returns why nothing was written.
pub fn write_reports(
    commission: &Commission,
    destination: Destination<'_>,
    mut proceed: impl FnMut(usize, Format) -> bool,
) -> Result<Written, ReportError> {
    let assessment = redacted(&commission.assessment, commission.audience, commission.names);
    let report = report(commission, &assessment);
    let order = Order {
        report: &report,
        questionnaire: &commission.questionnaire,
        audience: commission.audience,
        names: commission.names,
        brand: &commission.brand,
    };
    let name = report_name(assessment.name());
    let audience = match commission.audience {
        Audience::Full => String::new(),
        other => format!("-{}", other.word()),
    };
    let mut planned = vec![];
    let mut written = Written::default();
    for (number, format) in commission.formats.iter().enumerate() {
        if !proceed(number, *format) {
            return Err(ReportError::CalledOff);
        }
        let rendered = render(*format, &order)?;
        written.remarks.extend(rendered.remarks);
        planned.extend(rendered.files.into_iter().map(|file| Planned {
            stem: format!("{name}{audience}{}", file.suffix),
            extension: file.extension,
            bytes: file.bytes,
        }));
    }
    if matches!(commission.audience, Audience::Auditor | Audience::Customer) {
        let unfinished = report.soa.unfinished();
        written.remarks.extend(unfinished.map(|missing| {
            format!("The Statement of Applicability, which {} reads, {missing}.", commission.audience.reader())
        }));
    }
    written.paths = write_all(destination.folder, &planned, destination.existing, destination.kept)?;
    Ok(written)
}

/// Returns the report on an assessment that is redacted already.
fn report(commission: &Commission, assessment: &Assessment) -> Report {
    let Commission { questionnaire, forecast, on, audience, names, .. } = commission;
    let card = score(questionnaire, assessment, *on);
    let forecast = forecast.clone().filter(|_| audience.reads_dates());
    let report = Report::new(questionnaire, assessment, card, forecast, *on);
    // To play the suppositions through takes as long as all the rest: only where somebody reads them.
    let report = match audience {
        Audience::Full | Audience::Board if report.forecast.is_some() => {
            report.supposing(standard(questionnaire, assessment, *on))
        }
        Audience::Full | Audience::Board | Audience::Auditor | Audience::Customer | Audience::Owner => report,
    };
    let snapshots: Vec<Snapshot> = match audience {
        Audience::Full | Audience::Auditor => {
            commission.snapshots.iter().map(|snapshot| snapshot.redacted(*audience, *names)).collect()
        }
        Audience::Board | Audience::Customer | Audience::Owner => vec![],
    };
    report.since(questionnaire, &snapshots)
}

impl ReportError {
    /// Returns what to do about it.
    #[must_use]
    pub fn remedy(&self) -> &'static str {
        match self {
            Self::Export(error) => error.remedy(),
            Self::Write(WriteError::Exists(_)) => "Write over it with --force, or choose another folder with --out.",
            Self::Write(WriteError::NoFile(_) | WriteError::DataFolder(_)) => "Choose another folder with --out.",
            Self::Write(WriteError::Io(..)) => "Choose another folder with --out. Nothing was written.",
            Self::CalledOff => "",
        }
    }
}
