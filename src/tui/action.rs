//! What a user can mean by a key, a click or a line of the palette.

use crate::domain::level::Level;

/// What a user means. Each screen takes those that mean something there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    /// Show the keys of this screen.
    Help,
    /// Go to the next screen.
    NextScreen,
    /// Go to the previous screen.
    PreviousScreen,
    /// Go to the questions.
    GoAssess,
    /// Go to the dashboard.
    GoDashboard,
    /// Go to the timeline.
    GoTimeline,
    /// Go to the Statement of Applicability.
    GoSoa,
    /// Go to the action plan.
    GoPlan,
    /// Go to the crosswalks.
    GoCrosswalk,
    /// Go to the history.
    GoHistory,
    /// Show what words mean, and what people often ask.
    Terms,
    /// Give the state of this moment a label.
    Snapshot,
    /// Show what changed between two points.
    Compare,
    /// Go to the question that the line is about.
    OpenQuestion,
    /// Answer with a level that there isn't.
    BeyondScale,
    /// Say why the control is included.
    Reasons,
    /// Approve what is shown.
    Approve,
    /// Go to the profile.
    GoProfile,
    /// Go to the export.
    GoExport,
    /// Search for anything: commands, screens, questions, controls.
    Palette,
    /// Search for a question.
    Search,
    /// Show one question in large type, or no longer.
    Present,
    /// Go to the list of questions.
    Questions,
    /// Show the next filter, or the next kind of thing.
    NextFilter,
    /// Show the one before.
    PreviousFilter,
    /// Select the line, or no longer.
    Select,
    /// Select all that is shown, or nothing.
    SelectAll,
    /// Step back.
    Back,
    /// Leave the program.
    Quit,
    /// Put the program to sleep.
    Suspend,
    /// Change what another program had open, and has closed.
    TakeOver,
    /// Take the last change back.
    Undo,
    /// Make it again.
    Redo,
    /// Move up.
    Up,
    /// Move down.
    Down,
    /// Move left.
    Left,
    /// Move right.
    Right,
    /// Scroll up.
    PageUp,
    /// Scroll down.
    PageDown,
    /// Go to the beginning.
    First,
    /// Go to the end.
    Last,
    /// Choose what is highlighted.
    Confirm,
    /// Begin a new assessment.
    New,
    /// Open the made-up company.
    Demo,
    /// Call the assessment differently.
    Rename,
    /// Make an assessment that has all that this one has.
    Copy,
    /// Put the assessment into the archive.
    Archive,
    /// Put the assessment into the trash.
    Delete,
    /// Bring an assessment back from the archive or the trash.
    Restore,
    /// Answer with this level, and go on.
    Answer(Level),
    /// Go to the next open question.
    NextOpen,
    /// Go to the open question before.
    PreviousOpen,
    /// Go to the next area.
    NextArea,
    /// Go to the area before.
    PreviousArea,
    /// Write a note.
    Note,
    /// Add an item of evidence.
    Evidence,
    /// Take the last item of evidence away.
    RemoveEvidence,
    /// Say that the question doesn't apply.
    NotApplicable,
    /// Exclude the control, or include it again.
    Exclude,
    /// Leave the question open again.
    Clear,
    /// Mark the question for review.
    Mark,
    /// Say who owns the gap.
    Owner,
    /// Say by when it is to be closed.
    Due,
    /// Tell how a figure came about.
    Explain,
    /// Open the report that was written last.
    OpenReport,
    /// Try out other circumstances.
    WhatIf,
    /// Keep what was tried out.
    Keep,
    /// Show a shorter time.
    ZoomIn,
    /// Show a longer time.
    ZoomOut,
}

const WORDS: [(&str, Action); 74] = [
    ("help", Action::Help),
    ("explain", Action::Explain),
    ("next-screen", Action::NextScreen),
    ("previous-screen", Action::PreviousScreen),
    ("go-assess", Action::GoAssess),
    ("go-dashboard", Action::GoDashboard),
    ("go-timeline", Action::GoTimeline),
    ("go-soa", Action::GoSoa),
    ("go-plan", Action::GoPlan),
    ("go-crosswalk", Action::GoCrosswalk),
    ("go-history", Action::GoHistory),
    ("terms", Action::Terms),
    ("snapshot", Action::Snapshot),
    ("compare", Action::Compare),
    ("open-question", Action::OpenQuestion),
    ("answer-beyond", Action::BeyondScale),
    ("reasons", Action::Reasons),
    ("approve", Action::Approve),
    ("go-profile", Action::GoProfile),
    ("go-export", Action::GoExport),
    ("palette", Action::Palette),
    ("search", Action::Search),
    ("present", Action::Present),
    ("questions", Action::Questions),
    ("next-filter", Action::NextFilter),
    ("previous-filter", Action::PreviousFilter),
    ("select", Action::Select),
    ("select-all", Action::SelectAll),
    ("back", Action::Back),
    ("quit", Action::Quit),
    ("suspend", Action::Suspend),
    ("take-over", Action::TakeOver),
    ("undo", Action::Undo),
    ("redo", Action::Redo),
    ("up", Action::Up),
    ("down", Action::Down),
    ("left", Action::Left),
    ("right", Action::Right),
    ("page-up", Action::PageUp),
    ("page-down", Action::PageDown),
    ("first", Action::First),
    ("last", Action::Last),
    ("confirm", Action::Confirm),
    ("new", Action::New),
    ("demo", Action::Demo),
    ("rename", Action::Rename),
    ("copy", Action::Copy),
    ("archive", Action::Archive),
    ("delete", Action::Delete),
    ("restore", Action::Restore),
    ("answer-0", Action::Answer(Level::Absent)),
    ("answer-1", Action::Answer(Level::AdHoc)),
    ("answer-2", Action::Answer(Level::Documented)),
    ("answer-3", Action::Answer(Level::Operating)),
    ("answer-4", Action::Answer(Level::Measured)),
    ("answer-5", Action::Answer(Level::Improving)),
    ("next-open", Action::NextOpen),
    ("previous-open", Action::PreviousOpen),
    ("next-area", Action::NextArea),
    ("previous-area", Action::PreviousArea),
    ("note", Action::Note),
    ("evidence", Action::Evidence),
    ("remove-evidence", Action::RemoveEvidence),
    ("not-applicable", Action::NotApplicable),
    ("exclude", Action::Exclude),
    ("clear", Action::Clear),
    ("mark", Action::Mark),
    ("owner", Action::Owner),
    ("due", Action::Due),
    ("open-report", Action::OpenReport),
    ("what-if", Action::WhatIf),
    ("keep", Action::Keep),
    ("zoom-in", Action::ZoomIn),
    ("zoom-out", Action::ZoomOut),
];

impl Action {
    /// Returns the action with this word in the key table.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        WORDS.iter().find(|(known, _)| *known == word).map(|(_, action)| *action)
    }
}
