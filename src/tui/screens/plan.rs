//! The action plan: the gaps in the order in which to close them, with what each gains for what it takes.
//!
//! ```text
//!  34 gaps, 12 without an owner   The next hour: 4.3-1, write down which systems …
//!
//!    Begin  Id       Level Stage 1/2   Days   Owner     Due         Question
//!  › now    4.3-1    1→2   +3.2/+0.8   0.5 ◆  Eve       2027-03-01  Is it written down which …
//! ```

#[cfg(test)]
mod tests;

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};

use crate::domain::actions::{Action as Gap, Reason, Status};
use crate::domain::report::{gain, words};
use crate::domain::text::visible;
use crate::tui::action::Action;
use crate::tui::overlay::{Help, forms};
use crate::tui::session::{Gaps, SaveState, Session};
use crate::tui::state::{Exit, Step};
use crate::tui::theme::{Role, Theme};
use crate::tui::widgets::list::{self, Selection, column, fit};
use crate::tui::widgets::page::Page;
use crate::tui::widgets::paint;

/// How many lines a page of the list is taken for.
const PAGE: isize = 10;
/// The lines that tell of the gap that the keys act on.
const DETAILS: u16 = 5;
/// The most lines that the summary gets.
const MOST_SUMMARY: usize = 5;

/// What the screen remembers.
#[derive(Clone, Debug, Default)]
pub struct State {
    selection: Selection,
}

/// Takes an action.
pub fn update(state: &mut State, session: &mut Session, action: Action) -> Step {
    let gaps = session.gaps();
    let len = gaps.all.len();
    match action {
        Action::Up => state.selection.step(-1, len),
        Action::Down => state.selection.step(1, len),
        Action::PageUp => state.selection.step(-PAGE, len),
        Action::PageDown => state.selection.step(PAGE, len),
        Action::First => state.selection.set(0, len),
        Action::Last => state.selection.set(usize::MAX, len),
        Action::Back => return Step::exit(Exit::Home),
        Action::Explain | Action::Confirm | Action::Owner | Action::Due => {
            let Some(gap) = gaps.all.get(state.selection.of(len)) else {
                return Step::problem("There is no gap to close.");
            };
            return match (action, session.save_state()) {
                (Action::Confirm, _) => Step::exit(Exit::Ask(gap.question.clone())),
                (Action::Explain, _) => Step::exit(Exit::Read(Box::new(Help::action(gap)))),
                (_, SaveState::ReadOnly(why)) => Step::problem(why),
                (Action::Owner, _) => {
                    Step::exit(Exit::Form(Box::new(forms::owner(session, std::slice::from_ref(&gap.question)))))
                }
                _ => Step::exit(Exit::Form(Box::new(forms::due(session, std::slice::from_ref(&gap.question))))),
            };
        }
        _ => {}
    }
    Step::default()
}

/// Takes a click on a cell of the screen's area: it selects the gap, and opens its question when it was selected.
pub fn click(state: &mut State, session: &mut Session, area: Rect, at: (u16, u16)) -> Step {
    let gaps = session.gaps();
    let (len, told) = (gaps.all.len(), summary(session, &gaps, area.width.saturating_sub(2)));
    match state.selection.under(at.1, parts(area, told.len()).list, len) {
        Some(line) if line == state.selection.of(len) => update(state, session, Action::Confirm),
        Some(line) => {
            state.selection.set(line, len);
            Step::default()
        }
        None => Step::default(),
    }
}

/// The parts of the screen.
struct Parts {
    summary: Rect,
    heading: Rect,
    list: Rect,
    details: Rect,
}

fn parts(area: Rect, summary: usize) -> Parts {
    let area = Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area };
    let gap = u16::from(area.height > 16);
    // On the smallest screen the gaps come first: of what is above and below, the beginning is shown.
    let (most, details) = if gap > 0 { (MOST_SUMMARY, DETAILS) } else { (2, 3) };
    let [summary, heading, list, _, details] = Layout::vertical([
        Constraint::Length(u16::try_from(summary.min(most)).unwrap_or(0) + gap),
        Constraint::Length(1),
        Constraint::Min(1),
        Constraint::Length(gap),
        Constraint::Length(details),
    ])
    .areas(area);
    Parts { summary, heading, list, details }
}

/// Draws the screen.
pub fn view(state: &State, session: &Session, theme: &Theme, frame: &mut Frame, area: Rect) {
    let gaps = session.gaps();
    let told = summary(session, &gaps, area.width.saturating_sub(2));
    let parts = parts(area, told.len());
    told.draw_cut(theme, frame, parts.summary);
    let gaps = &gaps.all;
    if gaps.is_empty() {
        return;
    }
    let columns = Columns::new(usize::from(parts.list.width));
    paint::line(frame, Span::styled(columns.heading(), theme.muted), parts.heading);
    list::draw_table(frame, parts.list, (theme, WHEN + ID), (Some(state.selection), gaps.len()), |index| {
        gaps.get(index).map(|gap| columns.line(gap, theme)).unwrap_or_default()
    });
    if let Some(gap) = gaps.get(state.selection.of(gaps.len())) {
        details(gap, parts.details.width).draw_cut_to(": w ", theme, frame, parts.details);
    }
}

fn summary(session: &Session, gaps: &Gaps, width: u16) -> Page {
    let mut page = Page::new(width);
    if gaps.all.is_empty() {
        let is_open = session.scorecard().completion.answered == 0;
        let told = if is_open {
            "Nothing is answered yet, so no gap is known. F2 leads to the questions."
        } else {
            "No answer is below level 3 or without its evidence. Nothing is left to close."
        };
        page.paragraph(Role::Text, told);
        return page;
    }
    let Gaps { all, without_owner, overdue, hour } = gaps;
    let unproven = all.iter().filter(|gap| gap.reason == Reason::Unsupported).count();
    let unproven = if unproven == 0 { String::new() } else { format!(", {unproven} only without evidence") };
    let late = if *overdue == 0 { String::new() } else { format!(", {overdue} overdue") };
    let answered = session.scorecard().answered();
    page.hanging(
        vec![(Role::Title, words::count(all.len(), "gap"))],
        Role::Muted,
        &format!(
            "{unproven}, {without_owner} without an owner{late}, from {} of {} questions answered",
            answered.answered, answered.asked
        ),
    );
    if let Some(hour) = hour {
        page.hanging(vec![(Role::Accent, "The next hour  ".to_owned())], Role::Text, &hour.told());
    }
    page
}

/// How wide the columns are; 0 leaves one out, and the details tell of it.
struct Columns {
    owner: usize,
    due: usize,
    reason: usize,
    ask: usize,
}

/// Why a gap is pressing that others build on.
const OTHERS: &str = "Others build on it";
/// When to begin, question, levels, gains, effort.
const WHEN: usize = 7;
const ID: usize = 9;
const LEVELS: usize = 6;
const GAINS: usize = 12;
const DAYS: usize = 8;
/// They and the list's mark.
const FIXED: usize = 2 + WHEN + ID + LEVELS + GAINS + DAYS;
/// The width from which on owner and date have columns, and the one from which on the reason has.
const WIDE: usize = 96;
const WALL: usize = 150;

impl Columns {
    fn new(width: usize) -> Self {
        let rest = width.saturating_sub(FIXED);
        let (owner, due) = if width < WIDE { (0, 0) } else { ((rest / 5).min(22), 12) };
        let reason = if width < WALL { 0 } else { 32 };
        Self { owner, due, reason, ask: rest.saturating_sub(owner + due + reason) }
    }

    fn heading(&self) -> String {
        [
            ("  ", 2),
            ("Begin", WHEN),
            ("Id", ID),
            ("Level", LEVELS),
            ("Stage 1/2", GAINS),
            ("Days", DAYS),
            ("Owner", self.owner),
            ("Due", self.due),
            ("Why", self.reason),
            ("Question", self.ask),
        ]
        .map(|(title, width)| column(title, width))
        .concat()
    }

    fn line<'a>(&self, gap: &Gap, theme: &Theme) -> Line<'a> {
        let why = if gap.urgency == gap.reason { gap.reason.title() } else { OTHERS };
        let style = match gap.urgency {
            Reason::Showstopper | Reason::Undocumented => theme.bad,
            Reason::Operation | Reason::Major | Reason::Minor => theme.caution,
            Reason::Unsupported => theme.muted,
        };
        let when = if gap.step <= 1 { "now".to_owned() } else { format!("step {}", gap.step) };
        let is_late = gap.status == Status::Overdue;
        let days = gap.effort.map_or("–".to_owned(), words::days_short);
        let quick = if gap.quick_win { " ◆" } else { "" };
        let levels = match gap.reason {
            Reason::Unsupported => "prove".to_owned(),
            _ => format!("{}→{}", gap.level.number(), gap.next.number()),
        };
        let gains = format!("{:+.1}/{:+.1}", gap.gain.stage1, gap.gain.stage2);
        // A column ends with a space: what fills it doesn't touch the next one.
        let cell = |text: &str, width: usize| match width {
            0 => String::new(),
            width => column(&fit(text, width - 1), width),
        };
        Line::from(vec![
            Span::styled(cell(&when, WHEN), theme.muted),
            Span::styled(cell(gap.question.as_str(), ID), theme.text),
            Span::styled(cell(&levels, LEVELS), style),
            Span::styled(cell(&gains, GAINS), theme.good),
            Span::styled(cell(&format!("{days}{quick}"), DAYS), theme.text),
            Span::styled(cell(&visible(&gap.owner), self.owner), theme.text),
            Span::styled(cell(&due(gap), self.due), if is_late { theme.caution } else { theme.muted }),
            Span::styled(cell(why, self.reason), style),
            Span::styled(fit(&visible(&gap.ask), self.ask), theme.text),
        ])
    }
}

/// Returns by when a gap is to be closed, with a mark where that is over.
fn due(gap: &Gap) -> String {
    let mark = if gap.status == Status::Overdue { "!" } else { "" };
    gap.due.map_or(String::new(), |due| format!("{mark}{due}"))
}

fn details(gap: &Gap, width: u16) -> Page {
    let mut page = Page::new(width);
    page.hanging(vec![(Role::Muted, format!("{}  ", gap.question))], Role::Title, &gap.ask);
    let to = format!("To reach level {}  ", gap.next.number());
    page.hanging(vec![(Role::Key, to)], Role::Text, &gap.next_text);
    let passed_on = if gap.urgency == gap.reason {
        String::new()
    } else {
        format!("; with what builds on it: {}", gap.urgency.title())
    };
    page.hanging(vec![(Role::Muted, "Why  ".to_owned())], Role::Text, &format!("{}{passed_on}", gap.reason.title()));
    let owner = match (gap.owner.is_empty(), gap.due) {
        (true, None) => "nobody yet".to_owned(),
        (true, Some(_)) => format!("nobody yet, due {}", due(gap)),
        (false, None) => gap.owner.clone(),
        (false, Some(_)) => format!("{}, due {}", gap.owner, due(gap)),
    };
    page.hanging(vec![(Role::Muted, "Owner  ".to_owned())], Role::Text, &owner);
    page.paragraph(Role::Text, &gain(gap));
    if !gap.package.is_empty() {
        let after =
            if gap.builds_on.is_empty() { String::new() } else { format!(", after {}", gap.builds_on.join(", ")) };
        let quick = if gap.quick_win { ". ◆ a quick win" } else { "" };
        page.hanging(
            vec![(Role::Muted, "Package  ".to_owned())],
            Role::Text,
            &format!("{}{after}{quick}", gap.package),
        );
    }
    page
}
