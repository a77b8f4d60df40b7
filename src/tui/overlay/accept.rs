//! What a form comes to when it is accepted, and what is kept when it is left.

use chrono::NaiveDate;

use crate::domain::assessment::{Answer, Assessment, Depth, Evidence};
use crate::domain::change::{Change, check_name};
use crate::domain::id::{QuestionId, RequirementId};
use crate::domain::profile::{Certificate, ProfileKey, date};
use crate::domain::questionnaire::EvidenceKind;
use crate::domain::soa::soa;
use crate::domain::statement::{InclusionReason, OwnControl};
use crate::tui::effect::{Effect, Entry};
use crate::tui::overlay::field::Field;
use crate::tui::overlay::form::{Form, Purpose};
use crate::tui::overlay::forms::OWN_STATUSES;
use crate::tui::overlay::{Overlay, shelf};
use crate::tui::screens::{profile, questions};
use crate::tui::session::{Session, sentence};
use crate::tui::state::{Notice, Screen, State, Step};

/// Why a form was not accepted, and the field that is at fault.
struct Refused {
    field: usize,
    why: String,
}

impl From<String> for Refused {
    fn from(why: String) -> Self {
        Self { field: 0, why }
    }
}

/// Accepts the form that is open. What is refused stays open, with the reason and the text.
pub fn accept(state: &mut State) -> Vec<Effect> {
    let Some(Overlay::Form(mut form)) = state.overlay.take() else { return vec![] };
    let result = match (&form.purpose, &mut state.session) {
        (Purpose::New, _) => create(&mut form),
        (Purpose::Shelf(_), _) => shelf::accept(&mut form).map_err(|(field, why)| Refused { field, why }),
        (Purpose::Name, Some(session)) if is_taken(state.entries.as_deref(), session, &form) => {
            Err(Refused::from("Another assessment is called so.".to_owned()))
        }
        (_, Some(session)) => apply(session, &form),
        (_, None) => Ok(Step::default()),
    };
    match result {
        Err(Refused { field, why }) => {
            form.focus = field;
            form.error = Some(why);
            state.overlay = Some(Overlay::Form(form));
            vec![]
        }
        Ok(step) => {
            state.notice = step.notice;
            if form.is_waiting {
                state.overlay = Some(Overlay::Form(form));
            } else {
                close(state, &form);
            }
            step.effects
        }
    }
}

/// Returns whether another assessment of the list has the name in the form.
fn is_taken(entries: Option<&[Entry]>, session: &Session, form: &Form) -> bool {
    let name = form.text(0);
    name.trim() != session.assessment().name() && entries.into_iter().flatten().any(|entry| entry.name == name.trim())
}

/// Steps out of the form that is open. A note is kept as the note; anything else that was typed is there again when
/// the form is opened again.
pub fn leave(state: &mut State) -> Vec<Effect> {
    let Some(Overlay::Form(form)) = state.overlay.take() else { return vec![] };
    let mut refused = None;
    let is_altered = form.fields.iter().any(Field::is_altered);
    // What nobody has typed in stays as it is, to the last space.
    if let (Purpose::Note(_), true, Some(session)) = (&form.purpose, is_altered, &mut state.session) {
        match apply(session, &form) {
            Ok(step) => {
                state.notice = step.notice;
                close(state, &form);
                return step.effects;
            }
            Err(Refused { why, .. }) => refused = Some(why),
        }
    }
    let is_kept = keep(state, &form);
    state.notice = match refused {
        Some(why) => Some(Notice::problem(format!("{why} The text is kept in the form as long as the program runs."))),
        None if is_kept => Some(Notice::done("Nothing was changed. What you typed is there when you come back.")),
        None => None,
    };
    vec![]
}

/// Keeps what was typed; returns whether there was anything.
fn keep(state: &mut State, form: &Form) -> bool {
    if let (Screen::Home(home), Purpose::New) = (&mut state.screen, &form.purpose) {
        home.keep_draft(form.text(0));
        return !form.text(0).is_empty();
    }
    let Some(session) = &mut state.session else { return false };
    keep_in(session, form)
}

/// Keeps what was typed into a form of the open assessment; returns whether there was anything.
pub fn keep_in(session: &mut Session, form: &Form) -> bool {
    if matches!(form.purpose, Purpose::New | Purpose::Shelf(_)) {
        return false;
    }
    let key = form.purpose.draft_key();
    for (index, field) in form.fields.iter().enumerate() {
        let text = if field.is_altered() { field.text() } else { String::new() };
        session.keep_draft(format!("{key}/{index}"), text);
    }
    form.fields.iter().any(Field::is_altered)
}

/// Forgets what was left in the form, and goes on where accepting it leads.
fn close(state: &mut State, form: &Form) {
    let Some(session) = &mut state.session else { return };
    let key = form.purpose.draft_key();
    for index in 0..form.fields.len() {
        session.keep_draft(format!("{key}/{index}"), String::new());
    }
    if let (Purpose::NotApplicable(_), Screen::Assess(screen)) = (&form.purpose, &mut state.screen) {
        state.notice = screen.go_on(session).or(state.notice.take());
    }
}

fn create(form: &mut Form) -> Result<Step, Refused> {
    let name = form.text(0).trim().to_owned();
    check_name(&name).map_err(|refusal| sentence(&refusal.to_string()))?;
    let depth = if form.chosen(1) == [0] { Depth::Quick } else { Depth::Full };
    form.is_waiting = true;
    Ok(Step::effects(vec![Effect::Create { name, depth }]))
}

fn apply(session: &mut Session, form: &Form) -> Result<Step, Refused> {
    let text = form.text(0).trim().to_owned();
    match &form.purpose {
        Purpose::New | Purpose::Shelf(_) => Ok(Step::default()),
        Purpose::Note(question) => {
            let told = if text.is_empty() { "The note is gone; u brings it back." } else { "The note is kept." };
            record(session, Change::note(session.assessment(), question, form.text(0).trim_end().to_owned()), told)
        }
        Purpose::Evidence(question) => add_evidence(session, question, form),
        Purpose::NotApplicable(question) => {
            let answer = Answer::NotApplicable { because: text };
            let told = format!("{question} doesn't apply, with its justification.");
            record(session, Change::answer(session.assessment(), question, Some(answer)), &told)
        }
        Purpose::Exclude(requirement) => {
            let told = format!("{requirement} is excluded. x includes it again.");
            record(session, Change::exclusion(session.assessment(), requirement, Some(text)), &told)
        }
        Purpose::Owner(questions) => {
            let owner = if text.is_empty() { "nobody" } else { &text };
            let told = format!("Owner of {}: {owner}.", questions::told(questions));
            let change = |assessment: &Assessment, id: &QuestionId| Change::owner(assessment, id, text.clone());
            record_all(session, questions, change, &told)
        }
        Purpose::Due(questions) => {
            let due = optional_date(&text, "the due date")?;
            let day = due.map_or("none".to_owned(), |due| due.to_string());
            let told = format!("Due date of {}: {day}.", questions::told(questions));
            record_all(session, questions, |assessment, id| Change::due(assessment, id, due), &told)
        }
        Purpose::Profile(key) => set_field(session, *key, form),
        Purpose::Depth => {
            Ok(profile::set_depth(session, if form.chosen(0) == [0] { Depth::Quick } else { Depth::Full }))
        }
        Purpose::Reasons(control) => {
            let chosen = form.chosen(0).into_iter().filter_map(|index| InclusionReason::ALL.get(index).copied());
            let change = Change::inclusion(session.assessment(), control, chosen.collect());
            record(session, change, &format!("Why {control} is included is kept."))
        }
        Purpose::Approve if text.is_empty() => Err(Refused::from("Say who approves it.".to_owned())),
        Purpose::Approve => {
            let soa = soa(session.questionnaire(), session.assessment(), session.scorecard());
            let told = format!("Version {} is approved by {text}.", soa.version);
            record(session, soa.approved_by(text, session.today()), &told)
        }
        Purpose::OwnControl => add_control(session, form),
        Purpose::ExportFolder if text.is_empty() => Err(Refused::from("Say which folder.".to_owned())),
        Purpose::ExportFolder => Ok(done(|| session.export_to(text.into()))),
        Purpose::Template => Ok(done(|| session.look_as((!text.is_empty()).then(|| text.into())))),
        Purpose::Snapshot => take_snapshot(session, text),
        Purpose::Name => {
            let told = format!("It is called {text} now.");
            record(session, Change::rename(session.assessment(), text), &told)
        }
    }
}

/// Sets a field of the profile to what was chosen or typed. What is accepted as it stands is told from then on.
fn set_field(session: &mut Session, key: ProfileKey, form: &Form) -> Result<Step, Refused> {
    let chosen = form.chosen(0).into_iter();
    let value = if key == ProfileKey::Certificates {
        let held = chosen.filter_map(|index| Certificate::ALL.get(index).copied());
        let words = held.map(Certificate::word).collect::<Vec<_>>().join(",");
        if words.is_empty() { "none".to_owned() } else { words }
    } else if key.choices().is_empty() {
        form.text(0).trim().to_owned()
    } else {
        chosen.filter_map(|index| key.choices().get(index).copied()).collect()
    };
    Ok(profile::set(session, key, &value)?)
}

/// Does what nothing is recorded of.
fn done(it: impl FnOnce()) -> Step {
    it();
    Step::default()
}

fn take_snapshot(session: &mut Session, text: String) -> Result<Step, Refused> {
    let label = if text.is_empty() { session.history().usual_label(session.today()) } else { text };
    let effects = session.snapshot(&label)?;
    let told = format!("Snapshot “{label}” is kept. Enter on it shows the assessment as it is now, whatever comes.");
    Ok(Step { effects, notice: Some(Notice::done(told)), ..Step::default() })
}

fn add_control(session: &mut Session, form: &Form) -> Result<Step, Refused> {
    let field = |index: usize| form.text(index).trim().to_owned();
    if let Some(empty) = (0..3).find(|index| field(*index).is_empty()) {
        return Err(Refused { field: empty, why: "A control needs an id, a title and a reason.".to_owned() });
    }
    let id = RequirementId::from(field(0).as_str());
    if session.assessment().own_controls().any(|(known, _)| *known == id) {
        return Err(Refused::from(format!("There is a control {id} of your own already.")));
    }
    let status = form.chosen(4).first().and_then(|index| OWN_STATUSES.get(*index)).copied().unwrap_or_default();
    let own = OwnControl { title: field(1), reason: field(2), status, owner: field(3) };
    let change = Change::own_control(session.assessment(), &id, Some(own));
    record(session, change, &format!("{id} is part of the Statement of Applicability."))
}

fn add_evidence(session: &mut Session, question: &QuestionId, form: &Form) -> Result<Step, Refused> {
    let kind = form.chosen(1).first().and_then(|index| EvidenceKind::ALL.get(*index)).copied();
    let evidence = Evidence {
        kind: kind.unwrap_or(EvidenceKind::Document),
        what: form.text(0).trim().to_owned(),
        date: optional_date(&form.text(2), "the day").map_err(|why| Refused { field: 2, why })?,
        valid_until: optional_date(&form.text(3), "the last day").map_err(|why| Refused { field: 3, why })?,
    };
    if evidence.date.zip(evidence.valid_until).is_some_and(|(of, until)| until < of) {
        let why = "It would end before it begins: look at the two days.".to_owned();
        return Err(Refused { field: 3, why });
    }
    let change = Change::EvidenceAdded { question: question.clone(), evidence };
    if change.is_idle(session.assessment()) {
        return Err(Refused::from("This very item is recorded already.".to_owned()));
    }
    let told = format!("Evidence for {question} is kept.");
    record(session, change, &told)
}

/// Makes a change, and says so where it altered anything.
fn record(session: &mut Session, change: Change, told: &str) -> Result<Step, Refused> {
    let effects = session.change(change)?;
    let notice = (!effects.is_empty()).then(|| Notice::done(told));
    Ok(Step { effects, notice, ..Step::default() })
}

/// Makes a change for each question, as one step: all of them or none, and taken back together.
fn record_all(
    session: &mut Session,
    questions: &[QuestionId],
    change: impl Fn(&Assessment, &QuestionId) -> Change,
    told: &str,
) -> Result<Step, Refused> {
    let changes = questions.iter().map(|question| change(session.assessment(), question)).collect();
    let effects = session.change_all(changes)?;
    let notice = (!effects.is_empty()).then(|| Notice::done(told));
    Ok(Step { effects, notice, ..Step::default() })
}

fn optional_date(text: &str, what: &str) -> Result<Option<NaiveDate>, String> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    match date(text) {
        Some(date) => Ok(Some(date)),
        None => Err(sentence(&format!("{what} takes a date such as 2027-03-01, or nothing"))),
    }
}
