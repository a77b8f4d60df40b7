//! How the figures came about, and what they can't say.

use crate::domain::assessment::Assessment;
use crate::domain::questionnaire::Questionnaire;
use crate::domain::report::open::answered;
use crate::domain::report::words;
use crate::domain::scoring::Scorecard;
use crate::domain::timeline::{Forecast, TYPICAL_MONTHS};

/// What every report and every score says about itself.
pub const SELF_ASSESSMENT: &str = "This is a self-assessment. It is not an audit, and it certifies nothing: only an \
                                   accredited certification body can issue a certificate.";

const LEVELS: &str = "Each question is answered with a level from 0 to 5, in words of its own. The claimed level is the \
                      one that was chosen. The evidenced level is what the recorded evidence would carry before an \
                      auditor: a document up to 2, a record up to 3, a measurement up to 5, and an answer without valid \
                      evidence up to 1. Level 3 is the bar because of how the levels are worded (practised as \
                      documented, and records show it), not because the standard asks for a maturity level: it asks \
                      for conformity.";
const FIGURES: &str = "Maturity is the weighted mean of the levels, 0 to 5. Stage 1 readiness is how much of level 2 is \
                       reached by the questions for which the Stage 1 audit reads a document; Stage 2 readiness is how \
                       much of level 3 is reached by all questions. What is excluded or not applicable counts for \
                       nothing.";
/// What the findings are. For whoever reads them.
pub const ON_FINDINGS: &str = "The findings are those that an auditor would probably write, in the words of ISO/IEC 17021-1. \
                        A potential major is an element that is absent, or three or more requirements of one area that \
                        fall short together. They follow the weakest answer and not the mean: an audit does not forgive a gap for what is \
                        good elsewhere. They are potential findings; auditors judge by what they see.";

/// How the order of the action plan comes about. It can be recomputed by hand.
pub const RANKED: &str = "First come the questions at which Stage 1 would find you not ready, then the others for which it \
                          reads a document, then those without which Stage 2 does not pass, then what belongs to a \
                          potential major, then the rest. Each brings with it the gaps that it builds on. Among what is \
                          equally urgent, what can be begun now comes before what builds on it, step by step: a gap below \
                          level 2 can be begun once the work before it in the road map is at level 2 on average, and an \
                          internal audit or a review that is planned is held once all other work is nearer to level 3 than \
                          to 2. Within a step, audits and reviews come after the rest of their kind, and among equals what \
                          gains most for a person-day comes first. What is claimed and only lacks its evidence stands at \
                          the end. Gains are the percentage points by which the three readiness figures rise together \
                          (Stage 1, Stage 2, and Stage 2 by the evidence) once the answer is at level 3 and records show \
                          it, and 10 for each month by which the certificate comes earlier; for an audit or a review that \
                          is not planned yet, those of planning it.";

/// How the columns of the action plan are to be read.
pub const ACTIONS_READ: &str = "“1 → 2” leads from level 1 to level 2, and beside it stands what one sees there. Days are \
                                person-days to level 3: the question's share of the work package that closes it. To hold an \
                                audit or a review is work of its own, with its own days in the timeline. Now can be begun \
                                today, a later step when what comes before it is at level 2.";

/// What gains are, where how the order comes about is not told.
pub const GAINS_READ: &str = "Gains are the percentage points by which the three readiness figures rise together (Stage 1, \
                              Stage 2, and Stage 2 by the evidence) once the answer is at level 3 and records show it, and 10 \
                              for each month by which the certificate comes earlier.";

/// Returns the paragraphs on method and limits.
pub(super) fn paragraphs(
    questionnaire: &Questionnaire,
    assessment: &Assessment,
    scorecard: &Scorecard,
    forecast: Option<&Forecast>,
) -> Vec<String> {
    let mut paragraphs = vec![
        SELF_ASSESSMENT.to_owned(),
        LEVELS.to_owned(),
        FIGURES.to_owned(),
        coverage(scorecard),
        ON_FINDINGS.to_owned(),
    ];
    paragraphs.extend(forecast.map(timeline));
    paragraphs.push(source(questionnaire, assessment));
    paragraphs
}

fn coverage(scorecard: &Scorecard) -> String {
    let progress = scorecard.completion;
    let open = progress.asked.saturating_sub(progress.answered);
    let rest = match open {
        _ if progress.asked == 0 => "No figure can be given.".to_owned(),
        _ if progress.answered == 0 => "No figure is known before one is.".to_owned(),
        0 => "Nothing is open: every figure is one number.".to_owned(),
        open => format!(
            "{} {} open, and every figure above {} is a range: from what it is if the open ones turn out at level 0 to \
             what it can become if they turn out at level 5. The figure beside the range takes them for what is \
             answered around them; while less than half is answered, the summary puts the range first.",
            words::count(open, "question"),
            if open == 1 { "is" } else { "are" },
            if open == 1 { "it" } else { "them" },
        ),
    };
    format!("{}. {rest}", answered(scorecard))
}

fn timeline(forecast: &Forecast) -> String {
    format!(
        "The dates come from playing the project through {} times, with seed {}; the same seed gives the same dates. \
         Half of the trials end by the P50 date, 80 % of them by the P80 date. They are estimates from the answers, \
         the profile and the road map of the questionnaire, and no promise of anybody. Published projects typically \
         take {} to {} months.",
        words::whole(forecast.trials),
        forecast.seed.0,
        TYPICAL_MONTHS.0,
        TYPICAL_MONTHS.1
    )
}

fn source(questionnaire: &Questionnaire, assessment: &Assessment) -> String {
    let (header, answered) = (questionnaire.header(), assessment.questionnaire());
    let begun = if answered.version == header.version && answered.id == header.id {
        String::new()
    } else {
        format!(" The answers were begun with {} {}.", answered.id, answered.version)
    };
    let notice = header.notice.trim();
    let gap = if notice.is_empty() { "" } else { " " };
    let licence = match header.licence.trim() {
        "" => String::new(),
        licence => format!(" Licence of its texts: {licence}."),
    };
    format!(
        "The questions are those of {} ({} {}).{begun}{gap}{notice}{licence}",
        header.title, header.id, header.version
    )
}
