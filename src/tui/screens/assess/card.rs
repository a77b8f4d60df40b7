//! The question, laid out for a width: where it belongs, what it asks, and its six levels to choose from.
//!
//! ```text
//! 4 Context of the organization › 4.1 Understanding the organization
//!
//! 4.1-1  Have you worked out which circumstances affect your work with AI?
//!
//!   ○ 0  Nobody has looked at what affects our work with AI.
//! › ● 1  A few people follow AI law on their own.
//! ```

use std::ops::Range;

use unicode_width::UnicodeWidthStr;

use crate::domain::assessment::Answer;
use crate::domain::level::Level;
use crate::domain::questionnaire::Item;
use crate::domain::text::visible;
use crate::tui::screens::assess::panes::Panes;
use crate::tui::screens::assess::walk::{Standing, standing};
use crate::tui::session::Session;
use crate::tui::theme::Role;
use crate::tui::widgets::list::fit;
use crate::tui::widgets::page::{Page, Piece};

/// The question, laid out.
pub(super) struct Card {
    /// Its lines.
    pub page: Page,
    /// The lines of each level; none where there is nothing to choose.
    pub levels: Vec<Range<usize>>,
}

/// Lays a question out. `highlighted` is the index of the level that the keys act on.
pub(super) fn card(session: &Session, item: &Item<'_>, highlighted: Option<usize>, panes: &Panes) -> Card {
    let width = panes.card.width;
    let mut page = Page::new(width);
    // Where what helps stands below, lines are dear; beside it, a second one hurts nobody.
    let most = if panes.side.is_none() { usize::from(width) } else { usize::MAX };
    page.paragraph(Role::Muted, &breadcrumb(item, most));
    page.blank();
    let id = (Role::Muted, format!("{}  ", item.question.id));
    page.hanging(vec![id], Role::Accent, &item.question.ask);
    if session.assessment().response(&item.question.id).is_some_and(|response| response.marked) {
        page.paragraph(Role::Caution, "◆ marked for review");
    }
    if let Some(conflict) = session.assessment().conflict(&item.question.id) {
        let told = conflict.told().join("; ");
        let remedy = "The lower level counts until you set it again.";
        page.paragraph(
            Role::Caution,
            &format!("! set side by side, and different, is {}: {told}. {remedy}", conflict.subject()),
        );
    }
    page.blank();
    let levels = match standing(session, item) {
        Standing::Excluded => {
            excluded(&mut page, session, item);
            vec![]
        }
        Standing::OtherRole => {
            let role = session.assessment().profile().ai_role.word();
            page.hanging(
                vec![mark("– ")],
                Role::Text,
                &format!("Not asked: the question doesn't concern you in the role of {role}. F5 leads to the profile."),
            );
            vec![]
        }
        Standing::BeyondQuick => {
            page.paragraph(Role::Muted, "The quick scan leaves this one out. An answer counts all the same.");
            page.blank();
            levels(&mut page, session, item, highlighted)
        }
        Standing::Asked => levels(&mut page, session, item, highlighted),
    };
    Card { page, levels }
}

/// Returns where the question belongs, on one line: the title of the requirement goes before that of the area.
fn breadcrumb(item: &Item<'_>, width: usize) -> String {
    let requirement = visible(&format!("{} {}", item.requirement.id, item.requirement.title)).into_owned();
    let area = visible(&format!("{} {}", item.area.id, item.area.title)).into_owned();
    let room = width.saturating_sub(requirement.width() + 3).max(item.area.id.as_str().width() + 2);
    fit(&format!("{} › {requirement}", fit(&area, room)), width)
}

fn levels(page: &mut Page, session: &Session, item: &Item<'_>, highlighted: Option<usize>) -> Vec<Range<usize>> {
    let answer = session.assessment().answer(&item.question.id);
    let chosen = answer.and_then(Answer::level);
    let ranges = Level::ALL.map(|level| {
        let from = page.len();
        let is_here = Some(usize::from(level.number())) == highlighted;
        let (dot, dot_role) = if chosen == Some(level) { ("● ", colour(level)) } else { ("○ ", Role::Muted) };
        let lead = vec![
            (Role::Accent, if is_here { "› " } else { "  " }.to_owned()),
            (dot_role, dot.to_owned()),
            (if is_here { Role::Title } else { Role::Key }, format!("{}  ", level.number())),
        ];
        let role = if is_here || chosen == Some(level) { Role::Title } else { Role::Text };
        page.hanging(lead, role, item.question.level_text(level));
        from..page.len()
    });
    if let Some(Answer::NotApplicable { because }) = answer {
        page.blank();
        page.hanging(vec![mark("  ● ")], Role::Text, &format!("Not applicable: {because}"));
    }
    ranges.to_vec()
}

fn excluded(page: &mut Page, session: &Session, item: &Item<'_>) {
    let id = &item.requirement.id;
    page.hanging(vec![mark("– ")], Role::Title, &format!("{id} is excluded: none of its questions is asked."));
    if let Some(because) = session.assessment().exclusion(id) {
        page.blank();
        page.hanging(vec![(Role::Muted, "  Because  ".to_owned())], Role::Text, because);
    }
    page.blank();
    page.hanging(vec![(Role::Key, "  x  ".to_owned())], Role::Muted, "includes it again");
}

fn mark(text: &str) -> Piece {
    (Role::Caution, text.to_owned())
}

/// Returns the role of a level: below 2 neither audit is passed, below 3 the second isn't.
fn colour(level: Level) -> Role {
    match level {
        Level::Absent | Level::AdHoc => Role::Bad,
        Level::Documented => Role::Caution,
        Level::Operating | Level::Measured | Level::Improving => Role::Good,
    }
}
