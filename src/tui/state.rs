//! Everything that the interface knows. What can be worked out from it is not kept beside it.

use chrono::NaiveDate;

use crate::domain::id::QuestionId;
use crate::tui::action::Action;
use crate::tui::effect::{Effect, Entry, Shelved};
use crate::tui::keymap::Context;
use crate::tui::message::Size;
use crate::tui::overlay::{Form, Help, Overlay};
use crate::tui::screens::{
    assess, crosswalk, dashboard, export, history, home, plan, present, profile, questions, soa, timeline,
};
use crate::tui::session::Session;

/// The state of the interface.
#[derive(Clone, Debug)]
pub struct State {
    /// The assessments that there are; none until they were read.
    pub entries: Option<Vec<Entry>>,
    /// What was put away from the list, the last one last: each can be brought back at once.
    pub put_away: Vec<Shelved>,
    /// The assessment that is open.
    pub session: Option<Session>,
    /// The assessment as it is now, set aside while the session is a past state of it.
    pub live: Option<Box<Session>>,
    /// The screen that is shown.
    pub screen: Screen,
    /// The screens that led here, which stepping back leads to again, the last one last.
    pub trail: Vec<Screen>,
    /// What lies over it.
    pub overlay: Option<Overlay>,
    /// What there is to say.
    pub notice: Option<Notice>,
    /// The size of the terminal.
    pub size: Size,
    /// Today's date.
    pub today: NaiveDate,
    /// The name of the one who sits here: what they own is theirs.
    pub user: String,
}

/// The screen that is shown, with what it remembers.
#[derive(Clone, Debug)]
pub enum Screen {
    /// The list of assessments.
    Home(home::State),
    /// The questions.
    Assess(assess::State),
    /// One question in large type.
    Present(present::State),
    /// The questions as a list.
    Questions(questions::State),
    /// Where one stands.
    Dashboard(dashboard::State),
    /// How long it takes.
    Timeline(timeline::State),
    /// The Statement of Applicability.
    Soa(soa::State),
    /// The action plan.
    Plan(plan::State),
    /// What other frameworks can use.
    Crosswalk(crosswalk::State),
    /// The organisation.
    Profile(profile::State),
    /// The reports.
    Export(export::State),
    /// What was done.
    History(history::State),
}

/// The screens of an open assessment, in the order of the tabs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tab {
    /// The questions.
    Assess,
    /// Where one stands.
    Dashboard,
    /// How long it takes.
    Timeline,
    /// The organisation.
    Profile,
    /// The reports.
    Export,
    /// The Statement of Applicability.
    Soa,
    /// The action plan.
    Plan,
    /// What other frameworks can use.
    Crosswalk,
    /// What was done.
    History,
}

/// Something that there is to say, until the next key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// How it is meant.
    pub tone: Tone,
    /// Full sentences: what happened, what was kept, what to do.
    pub text: String,
}

/// How a notice is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Something was done.
    Done,
    /// Something was not done, or needs a look.
    Problem,
}

/// What came of an action on a screen.
#[derive(Debug, Default)]
pub struct Step {
    /// What the shell shall do.
    pub effects: Vec<Effect>,
    /// Where to go; the parent decides how.
    pub exit: Option<Exit>,
    /// What there is to say.
    pub notice: Option<Notice>,
}

/// How a screen ended, or what it wants over it.
#[derive(Debug)]
pub enum Exit {
    /// Back to the list of assessments, or to the screen that led here.
    Home,
    /// Back to the questions, or to the screen that led here.
    Back,
    /// To a question.
    Ask(QuestionId),
    /// A form over the screen.
    Form(Box<Form>),
    /// Another look at the past: the state after so many steps.
    Past(usize),
    /// How the figures of a question, a requirement or an area came about, by its id.
    Explain(String),
    /// What is read over the screen.
    Read(Box<Help>),
}

impl State {
    /// Returns the state at the start, with the effect that reads the list of assessments.
    #[must_use]
    pub fn new(size: Size, today: NaiveDate, user: &str) -> (Self, Vec<Effect>) {
        let state = Self {
            entries: None,
            put_away: vec![],
            session: None,
            live: None,
            screen: Screen::Home(home::State::default()),
            trail: vec![],
            overlay: None,
            notice: None,
            size,
            today,
            user: user.to_owned(),
        };
        (state, vec![Effect::List])
    }

    /// Returns where key bindings are looked up.
    #[must_use]
    pub fn context(&self) -> Context {
        match self.screen {
            Screen::Home(_) => Context::Home,
            Screen::Assess(_) | Screen::Present(_) => Context::Assess,
            Screen::Questions(_) => Context::Questions,
            Screen::Dashboard(_) => Context::Dashboard,
            Screen::Timeline(_) => Context::Timeline,
            Screen::Soa(_) => Context::Soa,
            Screen::Plan(_) => Context::Plan,
            Screen::Crosswalk(_) => Context::Crosswalk,
            Screen::Profile(_) => Context::Profile,
            Screen::Export(_) => Context::Export,
            Screen::History(_) => Context::History,
        }
    }

    /// Returns the tab of the screen that is shown; none at home.
    #[must_use]
    pub fn tab(&self) -> Option<Tab> {
        match self.screen {
            Screen::Home(_) => None,
            Screen::Assess(_) | Screen::Present(_) | Screen::Questions(_) => Some(Tab::Assess),
            Screen::Dashboard(_) => Some(Tab::Dashboard),
            Screen::Timeline(_) => Some(Tab::Timeline),
            Screen::Soa(_) => Some(Tab::Soa),
            Screen::Plan(_) => Some(Tab::Plan),
            Screen::Crosswalk(_) => Some(Tab::Crosswalk),
            Screen::Profile(_) => Some(Tab::Profile),
            Screen::Export(_) => Some(Tab::Export),
            Screen::History(_) => Some(Tab::History),
        }
    }
}

impl Screen {
    /// Returns the question that is looked at, where one is.
    #[must_use]
    pub fn question(&self) -> Option<&QuestionId> {
        match self {
            Self::Assess(screen) => Some(screen.question()),
            Self::Present(screen) => Some(screen.questions().question()),
            _ => None,
        }
    }

    /// Returns its title, for the line that says where one is.
    #[must_use]
    pub fn title(&self) -> &'static str {
        match self {
            Self::Home(_) => "Assessments",
            Self::Assess(_) => "Assess",
            Self::Present(_) => "Present",
            Self::Questions(_) => "Questions",
            Self::Dashboard(_) => "Dashboard",
            Self::Timeline(_) => "Timeline",
            Self::Soa(_) => "Applicability",
            Self::Plan(_) => "Action plan",
            Self::Crosswalk(_) => "Crosswalk",
            Self::Profile(_) => "Profile",
            Self::Export(_) => "Export",
            Self::History(_) => "History",
        }
    }
}

impl Tab {
    /// All tabs, in order.
    pub const ALL: [Self; 9] = [
        Self::Assess,
        Self::Dashboard,
        Self::Timeline,
        Self::Profile,
        Self::Export,
        Self::Soa,
        Self::Plan,
        Self::Crosswalk,
        Self::History,
    ];

    /// Returns its title.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Assess => "Assess",
            Self::Dashboard => "Dashboard",
            Self::Timeline => "Timeline",
            Self::Profile => "Profile",
            Self::Export => "Export",
            Self::Soa => "SoA",
            Self::Plan => "Plan",
            Self::Crosswalk => "Crosswalk",
            Self::History => "History",
        }
    }

    /// Returns its title for where there is little room.
    #[must_use]
    pub fn short_title(self) -> &'static str {
        match self {
            Self::Assess => "Assess",
            Self::Dashboard => "Dash",
            Self::Timeline => "Time",
            Self::Profile => "Prof",
            Self::Export => "Export",
            Self::Soa => "SoA",
            Self::Plan => "Plan",
            Self::Crosswalk => "Cross",
            Self::History => "Hist",
        }
    }

    /// Returns what leads to it.
    #[must_use]
    pub fn action(self) -> Action {
        match self {
            Self::Assess => Action::GoAssess,
            Self::Dashboard => Action::GoDashboard,
            Self::Timeline => Action::GoTimeline,
            Self::Profile => Action::GoProfile,
            Self::Export => Action::GoExport,
            Self::Soa => Action::GoSoa,
            Self::Plan => Action::GoPlan,
            Self::Crosswalk => Action::GoCrosswalk,
            Self::History => Action::GoHistory,
        }
    }

    /// Returns where its key bindings are looked up.
    #[must_use]
    pub fn context(self) -> Context {
        match self {
            Self::Assess => Context::Assess,
            Self::Dashboard => Context::Dashboard,
            Self::Timeline => Context::Timeline,
            Self::Profile => Context::Profile,
            Self::Export => Context::Export,
            Self::Soa => Context::Soa,
            Self::Plan => Context::Plan,
            Self::Crosswalk => Context::Crosswalk,
            Self::History => Context::History,
        }
    }

    /// Returns the tab that an action leads to.
    #[must_use]
    pub fn of(action: Action) -> Option<Self> {
        Self::ALL.into_iter().find(|tab| tab.action() == action)
    }

    /// Returns the tab so many places further on, round and round.
    #[must_use]
    pub fn step(self, by: isize) -> Self {
        let here = Self::ALL.iter().position(|tab| *tab == self).unwrap_or(0);
        let there = here.cast_signed().wrapping_add(by).rem_euclid(Self::ALL.len().cast_signed());
        Self::ALL.get(there.cast_unsigned()).copied().unwrap_or(self)
    }
}

impl Step {
    /// Returns a step that only asks for effects.
    #[must_use]
    pub fn effects(effects: Vec<Effect>) -> Self {
        Self { effects, ..Self::default() }
    }

    /// Returns a step that leads somewhere.
    #[must_use]
    pub fn exit(exit: Exit) -> Self {
        Self { exit: Some(exit), ..Self::default() }
    }

    /// Returns a step that says what didn't work.
    #[must_use]
    pub fn problem(text: impl Into<String>) -> Self {
        Self { notice: Some(Notice::problem(text)), ..Self::default() }
    }
}

impl Notice {
    /// Returns a notice that something was done.
    #[must_use]
    pub fn done(text: impl Into<String>) -> Self {
        Self { tone: Tone::Done, text: text.into() }
    }

    /// Returns a notice that something was not done.
    #[must_use]
    pub fn problem(text: impl Into<String>) -> Self {
        Self { tone: Tone::Problem, text: text.into() }
    }
}
