//! `ready42 score NAME`

use crate::cli::args::Gate;
use crate::cli::context::Context;
use crate::cli::fault::{Fault, Status};
use crate::cli::merge;
use crate::cli::table::aligned;
use crate::domain::report::SELF_ASSESSMENT;
use crate::domain::scoring::{
    Basis, Figures, Grade, Obstacle, Range, RequirementScore, Scorecard, Struck, Verdict, Views, checks, least_answers,
    score,
};
use crate::domain::text::visible;
use crate::export;

/// What the letters behind an area mean.
const RATINGS: [&str; 2] = [
    "Ratings as in ISO/IEC 33020, a letter for each requirement in order: N, P, L, F for not, partially, largely and fully",
    "achieved, with the turns at 15, 50 and 85 %; a dot where a question is open, a dash where it is excluded.",
];

/// The most that is named of what stands in the way.
const MOST_NAMED: usize = 5;

/// Prints maturity, readiness, findings and verdict.
pub fn run(context: &mut Context, name: &str, gate: Option<Gate>) -> Result<(), Fault> {
    let document = context.read_current(name)?;
    context.tell_notices(&document.notices);
    let card = score(&document.questionnaire, &document.assessment, context.today);
    let checks = checks(&document.questionnaire, &document.assessment, &card);
    if context.global.json {
        let value = export::json::score(&card, &document.questionnaire, &checks)
            .with_conflicts(document.assessment.conflicts().len());
        context.json(&value);
    } else {
        if !document.assessment.conflicts().is_empty() {
            context.line(merge::head(&document.assessment));
        }
        for line in lines(&card, &checks) {
            context.line(line);
        }
    }
    let wanted = match gate {
        None => return Ok(()),
        Some(Gate::Stage1) => Verdict::ReadyForStage1,
        Some(Gate::Stage2) => Verdict::ReadyForStage2,
    };
    if card.verdict.claimed >= wanted {
        return Ok(());
    }
    Err(Fault::new(
        Status::GateShort,
        format!("the verdict is {:?}, and the gate asks for {:?}", card.verdict_titles().claimed, wanted.title()),
        format!("{} things stand in the way; `score` lists the findings.", card.obstacles.claimed.len()),
    ))
}

fn lines(card: &Scorecard, checks: &[Struck]) -> Vec<String> {
    let mut lines = head(card);
    lines.push(String::new());
    lines.extend(areas(card));
    lines.push(String::new());
    lines.extend(findings(card));
    if !card.stale.is_empty() {
        lines.push(String::new());
        lines.push("Evidence that is no longer valid".to_owned());
        lines.extend(aligned(
            &card
                .stale
                .iter()
                .map(|s| [s.question.to_string(), s.valid_until.to_string(), s.what.clone()])
                .collect::<Vec<_>>(),
        ));
    }
    if !checks.is_empty() {
        lines.push(String::new());
        lines.push(format!("What does not fit together ({})", checks.len()));
        for struck in checks {
            lines.push(format!("  {}", visible(&struck.says)));
            lines.push(format!("    Ask next: {}", visible(&struck.ask)));
        }
    }
    lines.push(String::new());
    lines.push(SELF_ASSESSMENT.to_owned());
    lines
}

/// Returns the verdict and the overall figures as lines.
pub fn head(card: &Scorecard) -> Vec<String> {
    let Views { claimed, evidenced } = card.verdict;
    let overall = &card.overall;
    let row = |title: &str, range: &Views<Range>, of: Unit| {
        [title.to_owned(), of.told(&range.claimed), of.told(&range.evidenced), coverage(&range.claimed)]
    };
    let progress = card.completion;
    let mut lines = if progress.answered == 0 && progress.asked > 0 {
        vec![format!("{}: none of {} questions is answered.", card.verdict_titles().claimed, progress.asked)]
    } else {
        let titles = card.verdict_titles();
        vec![format!("{} as claimed; {} by the evidence.", titles.claimed, lower(titles.evidenced))]
    };
    if progress.answered > 0 {
        lines.extend(in_the_way("as claimed", claimed, &card.obstacles.claimed));
        if card.obstacles.evidenced != card.obstacles.claimed {
            lines.extend(in_the_way("by the evidence", evidenced, &card.obstacles.evidenced));
        }
    }
    if card.is_early() {
        lines.push(format!(
            "That is early: below {} answers, readiness says more about what is assumed than about the answers.",
            least_answers(card.answered().asked)
        ));
    }
    lines.push(String::new());
    lines.extend(aligned(&[
        ["", "CLAIMED", "EVIDENCED", "ANSWERED"].map(str::to_owned),
        row("Stage 1 readiness", &overall.stage1, Unit::Share),
        row("Stage 2 readiness", &overall.stage2, Unit::Share),
        row("Maturity, 0 to 5", &overall.maturity, Unit::Points),
    ]));
    lines
}

/// Returns what stands in the way of the next audit, the first of it by name; nothing where nothing does.
fn in_the_way(view: &str, verdict: Verdict, obstacles: &[Obstacle]) -> Option<String> {
    let named: Vec<&str> = obstacles.iter().take(MOST_NAMED).map(Obstacle::id).collect();
    let more = match obstacles.len().saturating_sub(MOST_NAMED) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let audit = verdict.audit_ahead();
    (!named.is_empty()).then(|| format!("In the way of {audit} {view}: {}{more}.", named.join(", ")))
}

fn areas(card: &Scorecard) -> Vec<String> {
    let mut rows = vec![["AREA", "", "MATURITY", "EVIDENCED", "STAGE 2", "ANSWERED", "RATINGS"].map(str::to_owned)];
    for area in &card.areas {
        let Figures { maturity, stage2, .. } = &area.figures;
        rows.push([
            area.id.to_string(),
            area.title.clone(),
            Unit::Points.told(&maturity.claimed),
            Unit::Points.told(&maturity.evidenced),
            Unit::Share.told(&stage2.claimed),
            coverage(&maturity.claimed),
            area.requirements.iter().map(rating).collect(),
        ]);
    }
    let mut lines = aligned(&rows);
    lines.extend(RATINGS.map(str::to_owned));
    lines
}

/// Returns the letter of a requirement's rating, claimed.
fn rating(requirement: &RequirementScore) -> char {
    match requirement.rating.claimed {
        _ if requirement.excluded => '–',
        Some(rating) => rating.letter(),
        None => '·',
    }
}

/// Returns the findings as lines: first what is absent by itself, then a line for each area that fails systematically,
/// then the rest.
fn findings(card: &Scorecard) -> Vec<String> {
    let mut lines = vec![];
    for grade in Grade::ALL {
        if grade == Grade::Minor && !card.systemic.is_empty() {
            lines.push(format!("{}: systemic failure of an area ({})", Grade::Major.title(), card.systemic.len()));
            let rows: Vec<[String; 3]> = card
                .systemic
                .iter()
                .map(|failure| [format!("  {}", failure.area), failure.title.clone(), failure.because()])
                .collect();
            lines.extend(aligned(&rows));
        }
        let own = card.findings.iter().filter(|finding| finding.basis == Basis::Own && finding.grade == grade);
        let rows: Vec<[String; 3]> = own
            .map(|finding| [format!("  {}", finding.requirement), finding.title.clone(), finding.because.clone()])
            .collect();
        if rows.is_empty() {
            continue;
        }
        let alone = if grade == Grade::Major { ": absent by itself" } else { "" };
        lines.push(format!("{}{alone} ({})", grade.title(), rows.len()));
        lines.extend(aligned(&rows));
    }
    lines
}

/// How a figure is told.
#[derive(Clone, Copy)]
enum Unit {
    Share,
    Points,
}

impl Unit {
    /// Returns the figure with its bounds, where open questions leave it a width.
    fn told(self, range: &Range) -> String {
        let figure = |value: f64| match self {
            Self::Share => format!("{:.0}", value * 100.0),
            Self::Points => format!("{value:.1}"),
        };
        let unit = match self {
            Self::Share => " %",
            Self::Points => "",
        };
        let Some(middle) = range.middle.filter(|_| range.answered.answered > 0) else { return "–".to_owned() };
        let (low, high) = (figure(range.low), figure(range.high));
        if low == high {
            format!("{}{unit}", figure(middle))
        } else {
            format!("{}{unit} ({low} to {high})", figure(middle))
        }
    }
}

fn coverage(range: &Range) -> String {
    format!("{} of {}", range.answered.answered, range.answered.asked)
}

fn lower(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_lowercase().to_string()).unwrap_or_default() + letters.as_str()
}
