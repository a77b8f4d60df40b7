//! Makes reports and writes them: the one way for the interface and the command line.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::NaiveDate;

use crate::domain::assessment::Assessment;
use crate::domain::profile::{Profile, ProfileKey};
use crate::domain::questionnaire::Questionnaire;
use crate::domain::report::{Audience, Names, Report, Road, Snapshot, redacted, remaining};
use crate::domain::scoring::score;
use crate::domain::timeline::{Forecast, TRIALS, plan, standard};
use crate::export::brand::Brand;
use crate::export::{Asks, ExportError, Format, Order, Press};
use crate::shell::delivery::{Existing, Planned, WriteError, write_all};
use crate::shell::simulation::simulate;
use crate::shell::workspace::report_name;

/// Reports that are to be written.
#[derive(Clone, Debug)]
pub struct Commission {
    /// The questionnaire.
    pub questionnaire: Arc<Questionnaire>,
    /// The answers, complete.
    pub assessment: Assessment,
    /// How long the way takes, where that is known already. Else it is worked out, if a format tells it.
    pub forecast: Option<Forecast>,
    /// The states that were given a label, oldest first, complete. No format of these may ask for more than are here.
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

/// Why reports were not written. Nothing was, unless it says otherwise.
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
/// Returns why nothing was written, or that of what was replaced something could not be put back.
pub fn write_reports(
    commission: &Commission,
    destination: Destination<'_>,
    mut proceed: impl FnMut(usize, Format) -> bool,
) -> Result<Written, ReportError> {
    let assessment = redacted(&commission.assessment, commission.audience, commission.names);
    let report = report(commission, &assessment, Asks::of(&commission.formats, commission.audience));
    let press = Press::new(Order {
        report: &report,
        questionnaire: &commission.questionnaire,
        audience: commission.audience,
        names: commission.names,
        brand: &commission.brand,
    });
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
        let rendered = press.render(*format)?;
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
    if commission.audience == Audience::Customer {
        written.remarks.extend(untold(report.assessment.profile()));
    }
    written.paths = write_all(destination.folder, &planned, destination.existing, destination.kept)?;
    Ok(written)
}

/// Returns which fields the customer reads as not stated, as nobody has told them; none where all are told.
fn untold(profile: &Profile) -> Option<String> {
    let is_open = |key: &ProfileKey| {
        let is_shown = Audience::Customer.reads_field(*key) && key.tells_of_the_organisation();
        is_shown && !profile.is_told(*key)
    };
    let labels: Vec<&str> = ProfileKey::ALL.into_iter().filter(is_open).map(ProfileKey::label).collect();
    let told = || format!("The customer reads “not stated” for what the profile doesn't say: {}.", labels.join(", "));
    (!labels.is_empty()).then(told)
}

/// Returns the report on an assessment that is redacted already, with what is asked for of what takes long.
fn report(commission: &Commission, assessment: &Assessment, asks: Asks) -> Report {
    let Commission { questionnaire, on, audience, names, .. } = commission;
    let card = score(questionnaire, assessment, *on);
    let road = Road {
        forecast: asks.forecast.then(|| forecast(commission)).flatten(),
        work: if asks.work { remaining(questionnaire, assessment, *on) } else { vec![] },
    };
    let report = Report::on_the_way(questionnaire, assessment, card, road, *on);
    let what_ifs = if asks.what_ifs { standard(questionnaire, assessment, *on) } else { vec![] };
    let asked = commission.snapshots.iter().filter(|_| asks.history);
    let snapshots: Vec<Snapshot> = asked.map(|snapshot| snapshot.redacted(*audience, *names)).collect();
    report.supposing(what_ifs).since(questionnaire, &snapshots)
}

fn forecast(commission: &Commission) -> Option<Forecast> {
    let Commission { questionnaire, assessment, forecast, on, .. } = commission;
    forecast.clone().or_else(|| Some(simulate(&plan(questionnaire, assessment, *on)?, assessment.seed(), TRIALS)))
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
            Self::Write(WriteError::Halfway { .. }) => "Nothing else was written. Write all of them again elsewhere.",
            Self::CalledOff => "",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::assessment::{Depth, QuestionnaireRef, Seed};
    use crate::domain::profile::ProfileKey;
    use crate::domain::questionnaire::EvidenceKind;
    use crate::domain::testing::{answer, evidence, profile, today};
    use crate::storage::library::Library;

    /// Returns a commission in which something is told in every part of a report.
    fn commission(audience: Audience) -> Commission {
        let questionnaire = Library::new(None).load("iso42001").unwrap().questionnaire;
        let reference = QuestionnaireRef { id: "iso42001".to_owned(), version: String::new() };
        let mut assessment = Assessment::new("half", reference, Depth::Full, Seed(1));
        profile(&mut assessment, ProfileKey::Organisation, "Half Way Ltd");
        let state = assessment.clone();
        for (number, question) in (0_u8..).zip(questionnaire.items().map(|item| item.question.id.clone()).take(90)) {
            answer(&mut assessment, question.as_str(), number % 5);
            if number % 3 == 0 {
                evidence(&mut assessment, question.as_str(), EvidenceKind::Record, None);
            }
        }
        let plan = plan(&questionnaire, &assessment, today()).unwrap();
        Commission {
            snapshots: vec![Snapshot { label: "Before".to_owned(), on: today(), state }],
            questionnaire,
            // Known already, from few trials: what is in it makes no difference here.
            forecast: Some(simulate(&plan, assessment.seed(), 200)),
            assessment,
            on: today(),
            formats: vec![],
            audience,
            names: Names::Shown,
            brand: Brand::default(),
        }
    }

    #[test]
    fn a_format_is_the_same_whether_it_is_told_all_or_what_it_asks_for() {
        for audience in Audience::ALL {
            let commission = commission(audience);
            let assessment = redacted(&commission.assessment, audience, commission.names);
            let mut made: Vec<(Asks, Report)> = vec![];
            let mut rendered = |format: Format, asks: Asks| {
                if made.iter().all(|(known, _)| *known != asks) {
                    made.push((asks, report(&commission, &assessment, asks)));
                }
                let (_, report) = made.iter().find(|(known, _)| *known == asks).unwrap();
                let Commission { questionnaire, names, brand, .. } = &commission;
                Press::new(Order { report, questionnaire, audience, names: *names, brand }).render(format).unwrap()
            };
            // What an audience may not read, it isn't told by any format.
            let (dates, what_ifs) = (audience.reads_dates(), matches!(audience, Audience::Full | Audience::Board));
            let all = Asks { forecast: dates, work: dates, what_ifs, history: true };
            // Markdown stands for the other pages: they show one document.
            let is_tried = |format: &Format| !matches!(format, Format::Html | Format::Pdf | Format::Docx);
            for format in Format::ALL.into_iter().filter(|format| format.suits(audience) && is_tried(format)) {
                let asked = rendered(format, format.asks(audience));
                assert!(asked == rendered(format, all), "{} for {}", format.word(), audience.word());
            }
        }
    }

    #[test]
    fn what_takes_long_is_left_out_where_no_format_tells_it() {
        let commission = commission(Audience::Full);
        let made = |formats: &[Format]| report(&commission, &commission.assessment, Asks::of(formats, Audience::Full));
        let calendar = made(&[Format::Calendar]);
        assert!(calendar.forecast.is_some() && calendar.what_ifs.is_empty() && calendar.history.is_empty());
        let tables = made(&[Format::Csv]);
        assert!(tables.forecast.is_none() && tables.changes.is_some());
        assert!(tables.actions.iter().any(|action| action.gain.months.is_some()));
        let both = made(&[Format::Csv, Format::Json]);
        assert!(both.forecast.is_some() && !both.what_ifs.is_empty() && !both.history.is_empty());
    }
}
