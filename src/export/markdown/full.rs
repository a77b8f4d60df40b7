//! The full report: what stands behind the summary.

use crate::domain::assessment::{Answer, Evidence, Response};
use crate::domain::profile::ProfileKey;
use crate::domain::questionnaire::Question;
use crate::domain::report::{AreaAnswers, NOTE, Report};
use crate::domain::scoring::{Finding, Grade, Views};
use crate::domain::soa::Applies;
use crate::domain::timeline::Forecast;
use crate::export::markdown::summary::{coverage, points, share};
use crate::export::markdown::text::{Page, plain};

/// Writes the full report below the summary.
pub fn write(page: &mut Page, report: &Report) {
    page.heading(2, "Organisation and scope");
    profile(page, report);
    page.heading(2, "Where you stand, by area");
    areas(page, report);
    obstacles(page, report);
    page.heading(2, "Findings");
    findings(page, report);
    page.heading(2, "Statement of Applicability");
    statement(page, report);
    page.heading(2, "What to do");
    actions(page, report);
    if let Some(forecast) = &report.forecast {
        page.heading(2, "Plan");
        plan(page, forecast);
    }
    page.heading(2, "Answers");
    report.areas.iter().for_each(|area| answers(page, area));
    leftovers(page, report);
    page.heading(2, "Method and limits");
    method(page, report);
}

fn profile(page: &mut Page, report: &Report) {
    let profile = report.assessment.profile();
    let told = |key: ProfileKey| match profile.text(key) {
        text if text.is_empty() => "–".to_owned(),
        text => plain(&text),
    };
    let rows = ProfileKey::ALL.map(|key| [key.label().to_owned(), told(key)]);
    page.table(["", ""], &rows);
}

fn areas(page: &mut Page, report: &Report) {
    let rows: Vec<[String; 6]> = report
        .card
        .areas
        .iter()
        .map(|area| {
            let figures = &area.figures;
            [
                area.id.to_string(),
                plain(&area.title),
                points(&figures.maturity.claimed),
                points(&figures.maturity.evidenced),
                share(&figures.stage2.claimed),
                coverage(&figures.maturity.claimed),
            ]
        })
        .collect();
    page.table(["Area", "", "Maturity", "By the evidence", "Stage 2 readiness", "Answered"], &rows);
}

fn obstacles(page: &mut Page, report: &Report) {
    if report.obstacles.is_empty() {
        return;
    }
    page.heading(3, "What stands in the way of the next audit");
    page.list(report.obstacles.iter().map(|(id, text)| format!("**{id}** {}", plain(text))));
}

fn findings(page: &mut Page, report: &Report) {
    for grade in Grade::ALL {
        let of_grade: Vec<&Finding> = report.card.findings.iter().filter(|finding| finding.grade == grade).collect();
        if of_grade.is_empty() {
            continue;
        }
        page.heading(3, &format!("{} ({})", grade.title(), of_grade.len()));
        let rows: Vec<[String; 3]> = of_grade
            .iter()
            .map(|finding| [finding.requirement.to_string(), plain(&finding.title), plain(&finding.because)])
            .collect();
        page.table(["", "Requirement", "Because"], &rows);
    }
    if !report.card.stale.is_empty() {
        page.heading(3, "Evidence that is no longer valid");
        let rows = report
            .card
            .stale
            .iter()
            .map(|stale| format!("**{}** {} (until {})", stale.question, plain(&stale.what), stale.valid_until));
        page.list(rows);
    }
}

fn statement(page: &mut Page, report: &Report) {
    if report.statement.is_empty() {
        page.paragraph("This questionnaire has no controls.");
        return;
    }
    let rows: Vec<[String; 5]> = report
        .statement
        .iter()
        .map(|row| {
            let (applicable, because) = match &row.applies {
                Applies::Yes => ("yes", "no reason to exclude it was given".to_owned()),
                Applies::No { because } => ("no", plain(because)),
                Applies::Undecided => ("to be decided", "no question of it concerns your role towards AI".to_owned()),
            };
            let status = row.status.map_or("–", |status| status.title());
            [row.control.to_string(), plain(&row.title), applicable.to_owned(), because, status.to_owned()]
        })
        .collect();
    page.table(["Control", "", "Applicable", "Because", "Implementation"], &rows);
    page.paragraph("Approved by: ______________________   Date: ______________");
}

fn actions(page: &mut Page, report: &Report) {
    if report.actions.is_empty() {
        page.paragraph("No gap is left that an audit would find.");
        return;
    }
    let rows: Vec<[String; 6]> = report
        .actions
        .iter()
        .map(|action| {
            [
                action.question.to_string(),
                action.level.map_or("open".to_owned(), |level| level.number().to_string()),
                plain(&action.next),
                action.reason.title().to_owned(),
                plain(&action.owner),
                action.due.map(|due| due.to_string()).unwrap_or_default(),
            ]
        })
        .collect();
    page.table(["", "Level", "The next step looks like this", "Why", "Owner", "Due"], &rows);
}

fn plan(page: &mut Page, forecast: &Forecast) {
    let rows: Vec<[String; 5]> = forecast
        .packages
        .iter()
        .map(|package| {
            [
                package.phase.title().to_owned(),
                plain(&package.title),
                format!("{:.1} to {:.1}", package.months.0, package.months.1),
                format!("{:.1}", package.effort),
                format!("{:.0} %", package.criticality * 100.0),
            ]
        })
        .collect();
    page.table(["Phase", "Work", "Months", "Person-days", "Binds the end"], &rows);
    page.paragraph(&format!(
        "Effort that remains: {:.0} person-days as likely less as more, {:.0} to be 80 % sure. Your people's time is the \
         limit in {:.0} % of the simulated projects, the sequence of the work in {:.0} %.",
        forecast.effort.p50,
        forecast.effort.p80,
        forecast.binding.people * 100.0,
        forecast.binding.path * 100.0,
    ));
}

fn answers(page: &mut Page, area: &AreaAnswers) {
    if area.requirements.is_empty() {
        return;
    }
    page.heading(3, &format!("{} {}", area.id, plain(&area.title)));
    for requirement in &area.requirements {
        page.heading(4, &format!("{} {}", requirement.id, plain(&requirement.title)));
        for (question, response) in &requirement.answers {
            page.paragraph(&format!("**{}** {}", question.id, plain(&question.ask)));
            page.list(answer(question, response));
        }
    }
}

fn answer(question: &Question, response: &Response) -> Vec<String> {
    let mut lines = vec![match &response.answer {
        None => "Open.".to_owned(),
        Some(Answer::Level(level)) => format!("**{level}.** {}", plain(question.level_text(*level))),
        Some(Answer::NotApplicable { because }) => format!("**Not applicable:** {}", plain(because)),
    }];
    lines.extend(recorded(response));
    lines
}

fn recorded(response: &Response) -> Vec<String> {
    let mut lines = vec![];
    if !response.note.is_empty() {
        lines.push(format!("Note: {}", plain(&response.note)));
    }
    lines.extend(response.evidence.iter().map(evidence));
    if !response.owner.is_empty() || response.due.is_some() {
        let owner = if response.owner.is_empty() { "nobody yet".to_owned() } else { plain(&response.owner) };
        let due = response.due.map(|due| format!(", due {due}")).unwrap_or_default();
        lines.push(format!("Owner: {owner}{due}"));
    }
    lines
}

fn evidence(evidence: &Evidence) -> String {
    let date = evidence.date.map(|date| format!(", of {date}")).unwrap_or_default();
    let until = evidence.valid_until.map(|date| format!(", valid until {date}")).unwrap_or_default();
    format!("Evidence ({}): {}{date}{until}", evidence.kind.word(), plain(&evidence.what))
}

/// Writes what was answered and no longer counts: nothing that was answered is dropped in silence.
fn leftovers(page: &mut Page, report: &Report) {
    if report.orphans.is_empty() {
        return;
    }
    page.heading(3, "Answers to questions that are gone");
    page.list(report.orphans.iter().map(|(id, response)| {
        let level = response.claimed().map_or("open".to_owned(), |level| level.to_string());
        format!("**{id}** {level}. {}", recorded(response).join(" "))
    }));
}

fn method(page: &mut Page, report: &Report) {
    let Views { claimed, .. } = report.card.verdict;
    page.list([
        "Each question is answered with one of six levels: 0 absent, 1 ad hoc, 2 documented (the bar of the Stage 1 \
         audit), 3 operating (the bar of the Stage 2 audit), 4 measured, 5 improving. The standard asks for conformity, \
         not for a level; level 3 is the bar because of how the levels are worded."
            .to_owned(),
        "The evidenced level is the least of what is claimed and what the best valid evidence carries: a document up to \
         2, a record up to 3, a measurement up to 5, nothing up to 1."
            .to_owned(),
        "Maturity is the weighted mean of the levels; Stage 1 readiness that of min(level, 2) / 2 over the questions \
         that Stage 1 reads documents for; Stage 2 readiness that of min(level, 3) / 3 over all. What is excluded or not \
         applicable counts in none of them."
            .to_owned(),
        "Findings come from the weakest answer of a requirement, not from a mean. The words are those of ISO/IEC 17021-1."
            .to_owned(),
        format!(
            "Completion: {} of {} questions. Verdict as claimed: {}.",
            report.card.completion.answered,
            report.card.completion.asked,
            claimed.title()
        ),
    ]);
    if let Some(forecast) = &report.forecast {
        page.paragraph(&format!(
            "The timeline plays the plan through {} times with correlated three-point estimates (seed {}). It is an \
             estimate, as good as the answers and the profile.",
            forecast.trials, forecast.seed.0
        ));
    }
    page.paragraph(&plain(&report.questionnaire.notice));
    page.paragraph(&format!("**{NOTE}**"));
}
