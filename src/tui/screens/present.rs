//! One question in large type, for a room that looks at a wall: the question, the levels, nothing else.
//!
//! ```text
//!     ▌ ▌ … the question in letters as high as four lines, where there is room for them
//!
//!   › ● 1  A few people follow AI law on their own.
//!
//!     ○ 2  An approved overview …
//! ```

#[cfg(test)]
mod tests;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;
use tui_big_text::{BigText, PixelSize};

use crate::domain::assessment::Answer;
use crate::domain::id::QuestionId;
use crate::domain::level::Level;
use crate::domain::questionnaire::Item;
use crate::domain::text::visible;
use crate::tui::action::Action;
use crate::tui::layout::keep_visible;
use crate::tui::message::Size;
use crate::tui::screens::assess;
use crate::tui::session::Session;
use crate::tui::state::{Exit, Step};
use crate::tui::theme::{Role, Theme};
use crate::tui::widgets::page::{Page, rows};
use crate::tui::widgets::wrap::wrap;

/// The cells of a large letter.
const LETTER: (u16, u16) = (4, 4);
/// The widest that the levels get: longer lines are hard to read from afar.
const MOST_WIDTH: u16 = 130;

/// What the screen remembers: the questions do the work.
#[derive(Clone, Debug)]
pub struct State {
    questions: assess::State,
}

impl State {
    /// Returns the screen at the question that is looked at.
    #[must_use]
    pub fn new(questions: assess::State) -> Self {
        Self { questions }
    }

    /// Shows a question, with the highlight on its answer.
    pub fn show(&mut self, session: &Session, question: &QuestionId) {
        self.questions.show(session, question);
    }

    /// Returns the questions, where one goes on without large type.
    #[must_use]
    pub fn questions(&self) -> &assess::State {
        &self.questions
    }
}

/// Takes an action: those of the questions, but for what needs more than the question and its levels to be seen.
pub fn update(state: &mut State, session: &mut Session, size: Size, action: Action) -> Step {
    match action {
        Action::Back | Action::Present => Step::exit(Exit::Back),
        _ => assess::update(&mut state.questions, session, size, action),
    }
}

/// Draws the screen over all of the area.
pub fn view(state: &State, session: &Session, theme: &Theme, frame: &mut Frame, area: Rect) {
    let Some(item) = session.questionnaire().item(state.questions.question()) else { return };
    let width = area.width.saturating_sub(8).min(MOST_WIDTH);
    let highlighted = state.questions.level();
    let wide = levels(session, &item, (highlighted, width), Spacing::Wide);
    let ((levels, end), gap) = if fits(&wide.0, 8, area) {
        (wide, 2)
    } else {
        (levels(session, &item, (highlighted, width), Spacing::Narrow), 1)
    };
    let ask = visible(&item.question.ask);
    let large = wrap(&ask, usize::from(area.width.saturating_sub(4) / LETTER.0));
    let height = u16::try_from(large.len()).unwrap_or(u16::MAX).saturating_mul(LETTER.1 + 1);
    let rest = u16::try_from(levels.len()).unwrap_or(u16::MAX).saturating_add(2 * gap);
    // Letters of a script that the large type hasn't are drawn by the terminal.
    let below = if height.saturating_add(rest) <= area.height && ask.chars().all(|c| c < '\u{100}') {
        for (line, y) in large.iter().zip((area.y + 1..).step_by(usize::from(LETTER.1 + 1))) {
            let place = Rect { x: area.x + 2, y, width: area.width.saturating_sub(2), height: LETTER.1 };
            let text = BigText::builder()
                .pixel_size(PixelSize::Quadrant)
                .style(theme.accent)
                .lines(vec![Line::from(line.as_str())])
                .build();
            frame.render_widget(text, place.intersection(area));
        }
        area.y + 1 + height
    } else {
        let mut page = Page::new(width);
        page.paragraph(Role::Accent, &ask);
        let height = u16::try_from(page.len()).unwrap_or(u16::MAX);
        let place = Rect { x: area.x + 4, y: area.y + gap.saturating_sub(1), width, height };
        page.draw(theme, frame, place.intersection(area), 0);
        place.bottom()
    };
    let height = u16::try_from(levels.len()).unwrap_or(u16::MAX);
    let y = below.saturating_add(gap);
    let place = Rect { x: area.x + 2, y, width: width + 2, height: height.min(area.bottom().saturating_sub(y)) };
    let place = place.intersection(area);
    // The highlighted level stays in sight.
    let offset = keep_visible(0, end, rows(levels.len(), usize::from(place.height)));
    levels.draw(theme, frame, place, offset.min(levels.most(usize::from(place.height))));
}

/// How far apart the levels stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Spacing {
    Wide,
    Narrow,
}

fn fits(levels: &Page, above: u16, area: Rect) -> bool {
    levels.len() + usize::from(above) <= usize::from(area.height)
}

/// Lays the levels out; returns them with the last line of the highlighted one.
fn levels(
    session: &Session,
    item: &Item<'_>,
    (highlighted, width): (Option<usize>, u16),
    spacing: Spacing,
) -> (Page, usize) {
    let mut end = 0;
    let chosen = session.assessment().answer(&item.question.id).and_then(Answer::level);
    let mut page = Page::new(width + 2);
    for level in Level::ALL {
        let is_here = Some(usize::from(level.number())) == highlighted;
        let role = if is_here || chosen == Some(level) { Role::Title } else { Role::Text };
        let lead = vec![
            (Role::Accent, if is_here { "› " } else { "  " }.to_owned()),
            (Role::Accent, if chosen == Some(level) { "● " } else { "○ " }.to_owned()),
            (Role::Key, format!("{}  ", level.number())),
        ];
        page.hanging(lead, role, item.question.level_text(level));
        if is_here {
            end = page.len().saturating_sub(1);
        }
        if spacing == Spacing::Wide {
            page.blank();
        }
    }
    (page, end)
}
