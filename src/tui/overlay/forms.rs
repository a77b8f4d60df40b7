//! The forms that there are: what each asks for, and what it begins with.

use crate::domain::assessment::{Answer, Depth, Response};
use crate::domain::id::{QuestionId, RequirementId};
use crate::domain::profile::{Certificate, ProfileKey};
use crate::domain::proposal::proposal;
use crate::domain::questionnaire::EvidenceKind;
use crate::domain::report::words;
use crate::domain::soa::Soa;
use crate::domain::statement::{InclusionReason, Status};
use crate::tui::overlay::field::Field;
use crate::tui::overlay::form::{Form, Purpose};
use crate::tui::screens::questions::told;
use crate::tui::session::{Session, sentence};

/// How far a control of the organisation's own can be put into practice: it has no questions that could be open.
pub const OWN_STATUSES: [Status; 3] = [Status::NotImplemented, Status::Partly, Status::Implemented];
const DATE: &str = "such as 2027-03-01";

/// Returns the form for a new assessment.
#[must_use]
pub fn new_assessment(draft: &str) -> Form {
    let depths = vec![
        "quick scan first: about 40 questions, half an hour".to_owned(),
        "everything: all questions, a few hours".to_owned(),
    ];
    let fields = vec![Field::line("Name", "such as Acme 2027", draft), Field::one("Depth", depths, 0)];
    let explanation =
        "Give it a name that you will know again. You can change both later; what you answer in a quick scan is kept.";
    Form::new(Purpose::New, "New assessment", explanation, fields)
}

/// Returns the form for the note of a question.
#[must_use]
pub fn note(session: &Session, question: &QuestionId) -> Form {
    let text = response(session, question, |response| response.note.clone());
    let form = Form::new(
        Purpose::Note(question.clone()),
        format!("Note on {question}"),
        "What was said, in your own words. Esc closes it and keeps the text.",
        vec![Field::lines("", "", &text)],
    );
    resumed(form, session)
}

/// Returns the form for an item of evidence.
#[must_use]
pub fn evidence(session: &Session, question: &QuestionId) -> Form {
    let kinds = EvidenceKind::ALL.map(|kind| format!("{}, carries up to level {}", kind.word(), kind.carries()));
    let form = Form::new(
        Purpose::Evidence(question.clone()),
        format!("Evidence for {question}"),
        "What can you put on the table? Say what it is and where it is to be found.",
        vec![
            Field::line("What", "such as Minutes of the management review, May 2026", ""),
            Field::one("Kind", kinds.to_vec(), 1),
            Field::line("Of the day", "optional, such as 2027-03-01", ""),
            Field::line("Valid until", "optional, such as 2027-03-01", ""),
        ],
    );
    resumed(form, session)
}

/// Returns the form that asks why a question doesn't apply.
#[must_use]
pub fn not_applicable(session: &Session, question: &QuestionId) -> Form {
    let because = match session.assessment().answer(question) {
        Some(Answer::NotApplicable { because }) => because.as_str(),
        Some(Answer::Level(_)) | None => "",
    };
    let form = Form::new(
        Purpose::NotApplicable(question.clone()),
        format!("{question} doesn't apply"),
        "Why not? The Statement of Applicability shows the justification, and an auditor will ask for it.",
        vec![Field::line("Because", "", because)],
    );
    resumed(form, session)
}

/// Returns the form that asks why a control is excluded.
#[must_use]
pub fn exclude(session: &Session, requirement: &RequirementId) -> Form {
    let control = session.questionnaire().requirement(requirement).map(|(_, control)| control);
    let proposed = control.and_then(|control| proposal(session.assessment(), control));
    let explanation = if proposed.is_some() {
        "In your role it is usually left out: make the proposed justification your own, or press Esc. Its questions are \
         no longer asked; what was recorded is kept."
    } else {
        "Why isn't the control needed? Its questions are no longer asked; what was recorded is kept. The Statement of \
         Applicability shows the justification."
    };
    let because = proposed.map_or("", |proposal| proposal.because);
    let form = Form::new(
        Purpose::Exclude(requirement.clone()),
        format!("Exclude {requirement}"),
        explanation,
        vec![Field::line("Because", "", because)],
    );
    resumed(form, session)
}

/// Returns the form for the owner of one gap, or of several. It begins with what all of them have in common.
#[must_use]
pub fn owner(session: &Session, questions: &[QuestionId]) -> Form {
    let owner = common(session, questions, |response| response.owner.clone());
    let explanation = match questions.len() {
        1 => "Who sees to it that the gap is closed? An empty field means nobody.".to_owned(),
        many => format!("Who sees to it that these {many} gaps are closed? An empty field means nobody, for all."),
    };
    let form = Form::new(
        Purpose::Owner(questions.to_vec()),
        format!("Owner of {}", told(questions)),
        explanation,
        vec![Field::line("Owner", "a person or a role", &owner)],
    );
    resumed(form, session)
}

/// Returns the form for the due date of one gap, or of several. It begins with what all of them have in common.
#[must_use]
pub fn due(session: &Session, questions: &[QuestionId]) -> Form {
    let due = common(session, questions, |response| response.due.map(|due| due.to_string()).unwrap_or_default());
    let explanation = match questions.len() {
        1 => "By when is the gap to be closed? An empty field means no date.".to_owned(),
        many => format!("By when are these {many} gaps to be closed? An empty field means no date, for all."),
    };
    let form = Form::new(
        Purpose::Due(questions.to_vec()),
        format!("Due date of {}", told(questions)),
        explanation,
        vec![Field::line("Due", DATE, &due)],
    );
    resumed(form, session)
}

/// Returns the form for a field of the profile.
#[must_use]
pub fn profile(session: &Session, key: ProfileKey) -> Form {
    let profile = session.assessment().profile();
    let (explanation, field) = if key == ProfileKey::Certificates {
        let held = Certificate::ALL.map(|it| (it.title().to_owned(), profile.certificates.contains(&it)));
        (key.changes().to_owned(), Field::any("Held", held.to_vec()))
    } else if !key.choices().is_empty() {
        let options = key.choices().iter().map(|choice| key.meaning(choice).to_owned()).collect();
        let now = profile.text(key);
        let chosen = key.choices().iter().position(|choice| *choice == now).unwrap_or(0);
        (key.changes().to_owned(), Field::one("", options, chosen))
    } else {
        let takes = sentence(&format!("it takes {}", key.takes()));
        (format!("{} {takes}", key.changes()), Field::line("Value", "", &profile.text(key)).selected())
    };
    resumed(Form::new(Purpose::Profile(key), key.label(), explanation, vec![field]), session)
}

/// Returns the form for how many of the questions are asked.
#[must_use]
pub fn depth(session: &Session) -> Form {
    let options = vec![
        "quick scan: about 40 questions, half an hour".to_owned(),
        "everything: all questions, a few hours".to_owned(),
    ];
    let chosen = usize::from(session.assessment().depth() == Depth::Full);
    let explanation = "How many of the questions are asked. No answer is lost when you change it.";
    resumed(Form::new(Purpose::Depth, "Depth", explanation, vec![Field::one("", options, chosen)]), session)
}

/// Returns the form that asks why a control is included.
#[must_use]
pub fn reasons(session: &Session, control: &RequirementId) -> Form {
    let given: Vec<InclusionReason> = session.assessment().inclusion(control).collect();
    let options = InclusionReason::ALL.map(|reason| (reason.title().to_owned(), given.contains(&reason)));
    let form = Form::new(
        Purpose::Reasons(control.clone()),
        format!("Why {control} is included"),
        "One reason is enough, several are possible. The Statement of Applicability shows them.",
        vec![Field::any("Because", options.to_vec())],
    );
    resumed(form, session)
}

/// Returns the form that asks who approves the Statement of Applicability.
#[must_use]
pub fn approve(session: &Session, soa: &Soa) -> Form {
    let undecided = soa.undecided();
    let open = match (undecided.undecided.len(), undecided.without_reason.len()) {
        (0, 0) => String::new(),
        (undecided, reasons) => {
            format!(
                " Still open: {} undecided, {reasons} included without a reason.",
                words::count(undecided, "control")
            )
        }
    };
    let explanation = format!(
        "Who is entitled to approve it, and does so today? Version {} is kept as it stands; later changes are shown \
         against it.{open}",
        soa.version
    );
    let form = Form::new(
        Purpose::Approve,
        "Approve the Statement of Applicability",
        explanation,
        vec![Field::line("Approved by", "a name and a role", "")],
    );
    resumed(form, session)
}

/// Returns the form for a control of the organisation's own.
#[must_use]
pub fn own_control(session: &Session) -> Form {
    let form = Form::new(
        Purpose::OwnControl,
        "A control of your own",
        "Where your risks ask for more than the controls of the standard.",
        vec![
            Field::line("Id", "such as X.1", ""),
            Field::line("Title", "such as Red team before each release", ""),
            Field::line("Because", "the risk, law or contract that asks for it", ""),
            Field::line("Owner", "a person or a role", ""),
            Field::one("Status", OWN_STATUSES.map(|status| status.title().to_owned()).to_vec(), 0),
        ],
    );
    resumed(form, session)
}

/// Returns the form for the name of the assessment.
#[must_use]
pub fn name(session: &Session) -> Form {
    let field = Field::line("Name", "", session.assessment().name());
    resumed(
        Form::new(Purpose::Name, "Name of the assessment", "It stands in the list and in reports.", vec![field]),
        session,
    )
}

/// Returns the form for the folder that reports are written to.
#[must_use]
pub fn export_folder(session: &Session) -> Form {
    let field = Field::line("Folder", "such as ~/Documents", &session.export_folder().display().to_string());
    let explanation = "Where shall reports be written? The folder is made where there is none; nothing in it is written \
                       over. ~/ stands for your home.";
    resumed(Form::new(Purpose::ExportFolder, "Folder of the reports", explanation, vec![field]), session)
}

/// Returns the form for the folder with the looks of reports.
#[must_use]
pub fn template(session: &Session) -> Form {
    let folder = session.template().map(|folder| folder.display().to_string()).unwrap_or_default();
    let field = Field::line("Template", "such as ~/our-template", &folder);
    let explanation = "The folder with your own looks: logo, colours, texts. `ready42 template new FOLDER` makes one to begin \
                       with. An empty field means the looks that ready42 comes with.";
    resumed(Form::new(Purpose::Template, "Looks of the reports", explanation, vec![field]), session)
}

/// Returns the form for the label of a snapshot of this moment.
#[must_use]
pub fn snapshot(session: &Session) -> Form {
    let usual = session.history().usual_label(session.today());
    let explanation = format!(
        "What is this moment called? Later you can look at everything as it is now, and at what changed since. An empty \
         field means: {usual}."
    );
    let field = Field::line("Label", "such as Before the kick-off", "");
    resumed(Form::new(Purpose::Snapshot, "Snapshot", explanation, vec![field]), session)
}

/// Returns the form with what was typed and left in it before.
fn resumed(mut form: Form, session: &Session) -> Form {
    let key = form.purpose.draft_key();
    for (index, field) in form.fields.iter_mut().enumerate() {
        if let Some(draft) = session.draft(&format!("{key}/{index}")) {
            field.resume(draft);
        }
    }
    form
}

/// Returns what all the questions have in common; an empty text where they differ.
fn common(session: &Session, questions: &[QuestionId], read: impl Fn(&Response) -> String) -> String {
    let mut texts = questions.iter().map(|question| response(session, question, &read));
    let first = texts.next().unwrap_or_default();
    if texts.all(|text| text == first) { first } else { String::new() }
}

fn response(session: &Session, question: &QuestionId, read: impl Fn(&Response) -> String) -> String {
    session.assessment().response(question).map(read).unwrap_or_default()
}
