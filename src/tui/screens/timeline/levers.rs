//! What can be tried out: circumstances as sliders, with what is recorded kept in sight.
//!
//! ```text
//! What if    nothing of it is recorded until you say so
//! › People on the project    ────○──●────────   4     recorded: 3
//! ```

use chrono::{Months, NaiveDate};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::domain::profile::{Certificate, Profile, ProfileKey};
use crate::domain::text::visible;
use crate::tui::session::Session;
use crate::tui::theme::Theme;
use crate::tui::widgets::list::{self, Selection, column};
use crate::tui::widgets::paint;

const PEOPLE: [f64; 16] = [0.5, 1.0, 1.5, 2.0, 2.5, 3.0, 3.5, 4.0, 5.0, 6.0, 7.0, 8.0, 10.0, 12.0, 15.0, 20.0];
const DAYS: [f64; 10] = [0.5, 1.0, 1.5, 2.0, 2.5, 3.0, 3.5, 4.0, 4.5, 5.0];
const SYSTEMS: [u32; 20] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 15, 20, 25, 30, 40, 50, 75, 100, 200];
const WEEKS: [u32; 14] = [0, 2, 4, 6, 8, 10, 12, 14, 16, 20, 24, 30, 40, 52];
/// The targets that are offered, in months from the start.
const TARGETS: std::ops::RangeInclusive<u32> = 3..=30;

/// What can be moved, in order.
pub const KEYS: [ProfileKey; 7] = [
    ProfileKey::People,
    ProfileKey::DaysPerWeek,
    ProfileKey::Consultant,
    ProfileKey::AiSystems,
    ProfileKey::Certificates,
    ProfileKey::BookingWeeks,
    ProfileKey::Target,
];

/// Returns the texts that a field can be moved through, and where among them the recorded one and the supposed one are.
struct Steps {
    texts: Vec<String>,
    recorded: usize,
    supposed: usize,
}

impl Steps {
    fn of(session: &Session, key: ProfileKey) -> Self {
        let recorded = session.assessment().profile();
        let start = session.forecast().map_or(session.today(), |forecast| forecast.start);
        let texts = texts(recorded, key, start);
        let at = |text: &str| texts.iter().position(|one| one == text).unwrap_or(0);
        let supposed = session.supposed().profile().text(key);
        Self { recorded: at(&recorded.text(key)), supposed: at(&supposed), texts }
    }
}

/// Returns the text that a field has a step further on; none at the end.
pub fn moved(session: &Session, key: ProfileKey, by: isize) -> Option<String> {
    let steps = Steps::of(session, key);
    steps.texts.get(steps.supposed.checked_add_signed(by)?).cloned()
}

/// Returns the texts that a field can be moved through: the recorded one is always among them.
fn texts(recorded: &Profile, key: ProfileKey, start: NaiveDate) -> Vec<String> {
    match key {
        ProfileKey::People => amounts(&PEOPLE, recorded.people),
        ProfileKey::DaysPerWeek => amounts(&DAYS, recorded.days_per_week),
        ProfileKey::AiSystems => counts(&SYSTEMS, recorded.ai_systems),
        ProfileKey::BookingWeeks => counts(&WEEKS, recorded.booking_weeks),
        ProfileKey::Consultant => vec!["false".to_owned(), "true".to_owned()],
        ProfileKey::Certificates => certificates(recorded),
        ProfileKey::Target => targets(recorded, start),
        _ => vec![recorded.text(key)],
    }
}

fn amounts(offered: &[f64], recorded: f64) -> Vec<String> {
    let mut all: Vec<f64> = offered.iter().copied().chain([recorded]).collect();
    all.sort_by(f64::total_cmp);
    all.dedup_by(|a, b| a.to_bits() == b.to_bits());
    all.iter().map(f64::to_string).collect()
}

fn counts(offered: &[u32], recorded: u32) -> Vec<String> {
    let mut all: Vec<u32> = offered.iter().copied().chain([recorded]).collect();
    all.sort_unstable();
    all.dedup();
    all.iter().map(u32::to_string).collect()
}

/// Returns the certificates that are held, and then one more of each kind.
fn certificates(recorded: &Profile) -> Vec<String> {
    let mut texts = vec![recorded.text(ProfileKey::Certificates)];
    for more in Certificate::ALL {
        let mut profile = recorded.clone();
        if profile.certificates.insert(more) {
            texts.push(profile.text(ProfileKey::Certificates));
        }
    }
    texts
}

fn targets(recorded: &Profile, start: NaiveDate) -> Vec<String> {
    let mut days: Vec<NaiveDate> =
        TARGETS.filter_map(|months| start.checked_add_months(Months::new(months))).chain(recorded.target).collect();
    days.sort_unstable();
    days.dedup();
    std::iter::once(String::new()).chain(days.iter().map(NaiveDate::to_string)).collect()
}

/// Returns the area of the rows, below the title.
pub fn rows(area: Rect) -> Rect {
    Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area }
}

/// Draws the sliders; without a selection where the keys act on something else.
pub fn draw(frame: &mut Frame, area: Rect, session: &Session, selection: Option<Selection>, theme: &Theme) {
    let hint =
        if session.supposition().is_some() { "tried out, not recorded" } else { "←→ moves, nothing is recorded" };
    let title = Line::from(vec![Span::styled("What if", theme.title), Span::styled(format!("   {hint}"), theme.muted)]);
    paint::line(frame, title, area);
    let width = usize::from(area.width).saturating_sub(2);
    list::draw(frame, rows(area), theme, (selection, KEYS.len()), |index| {
        KEYS.get(index).map_or_else(Line::default, |key| slider(session, *key, width, theme))
    });
}

fn slider<'a>(session: &Session, key: ProfileKey, width: usize, theme: &Theme) -> Line<'a> {
    let steps = Steps::of(session, key);
    let told = |at: usize| steps.texts.get(at).map_or(String::new(), |text| told(key, text));
    // All tracks are of one length, so that their knobs can be compared.
    let (label, value) = (20, if width < 60 { 16 } else { 24 });
    let track = width.saturating_sub(label + value + 2).clamp(8, 40);
    let cell = |at: usize| at * track.saturating_sub(1) / steps.texts.len().saturating_sub(1).max(1);
    let mut cells = vec!['─'; track];
    if let Some(place) = cells.get_mut(cell(steps.recorded)) {
        *place = '○';
    }
    if let Some(place) = cells.get_mut(cell(steps.supposed)) {
        *place = '●';
    }
    let is_moved = steps.supposed != steps.recorded;
    let mut spans = vec![
        Span::styled(column(word(key), label), theme.text),
        Span::styled(cells.into_iter().collect::<String>(), if is_moved { theme.accent } else { theme.track }),
        Span::raw("  "),
    ];
    if is_moved {
        spans.push(Span::styled(visible(&told(steps.supposed)).into_owned(), theme.accent));
        spans.push(Span::styled(format!(", not {}", visible(&told(steps.recorded))), theme.muted));
    } else {
        spans.push(Span::styled(visible(&told(steps.recorded)).into_owned(), theme.text));
    }
    Line::from(spans)
}

fn word(key: ProfileKey) -> &'static str {
    match key {
        ProfileKey::People => "People",
        ProfileKey::DaysPerWeek => "Days a week of each",
        ProfileKey::AiSystems => "AI systems in scope",
        ProfileKey::Certificates => "Certificates held",
        ProfileKey::BookingWeeks => "Weeks to book",
        ProfileKey::Consultant => "Consultant",
        ProfileKey::Target => "Target",
        other => other.label(),
    }
}

/// Returns a text of the profile as people say it.
fn told(key: ProfileKey, text: &str) -> String {
    match (key, text) {
        (ProfileKey::Consultant, "true") => "yes".to_owned(),
        (ProfileKey::Consultant, _) => "no".to_owned(),
        (ProfileKey::Target | ProfileKey::Certificates, "") => "none".to_owned(),
        (ProfileKey::Certificates, words) => {
            let title =
                |word: &str| Certificate::ALL.into_iter().find(|one| one.word() == word).map(Certificate::title);
            words
                .split(',')
                .filter_map(title)
                .map(|title| title.trim_start_matches("ISO/IEC ").trim_start_matches("ISO "))
                .collect::<Vec<_>>()
                .join(" + ")
        }
        _ => text.to_owned(),
    }
}
