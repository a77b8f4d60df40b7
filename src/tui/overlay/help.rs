//! The keys of a screen, from the key table.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::widgets::{Block, Clear, Padding};

use crate::tui::action::Action;
use crate::tui::keymap::{Binding, Context, Keymap};
use crate::tui::layout::centred;
use crate::tui::theme::{Role, Theme};
use crate::tui::widgets::list::column;
use crate::tui::widgets::page::{Page, rows};

/// From this width on, the keys of the screen and those that hold everywhere stand side by side.
const TWO_COLUMNS: u16 = 100;
const LABEL: usize = 17;

/// The help of a screen: its bindings, and how far it is scrolled.
#[derive(Clone, Debug, Default)]
pub struct Help {
    /// As (keys, what they do): those of the screen.
    here: Vec<(String, String)>,
    /// Those that hold everywhere.
    everywhere: Vec<(String, String)>,
    scroll: usize,
}

impl Help {
    /// Returns the help of a screen.
    #[must_use]
    pub fn new(keymap: &Keymap, context: Context) -> Self {
        let told = |binding: &Binding| (binding.label(), binding.help.clone().unwrap_or_default());
        let (here, everywhere): (Vec<&Binding>, Vec<&Binding>) =
            keymap.help(context).partition(|binding| binding.context == context);
        let told = |bindings: Vec<&Binding>| bindings.into_iter().map(told).collect();
        Self { here: told(here), everywhere: told(everywhere), scroll: 0 }
    }

    /// Takes an action; returns whether the help stays open. `area` is what it may cover.
    pub fn act(&mut self, action: Action, area: Rect) -> bool {
        let (place, pages) = self.lay_out(area);
        let height = usize::from(place.height.saturating_sub(2));
        let len = pages.iter().map(Page::len).max().unwrap_or(0);
        let page = rows(len, height).max(1);
        let most = len.saturating_sub(page);
        self.scroll = match action {
            Action::Up => self.scroll.saturating_sub(1),
            Action::Down => self.scroll + 1,
            Action::PageUp => self.scroll.saturating_sub(page),
            Action::PageDown => self.scroll + page,
            Action::First => 0,
            Action::Last => most,
            Action::Help | Action::Back | Action::Quit | Action::Confirm => return false,
            _ => self.scroll,
        }
        .min(most);
        true
    }

    /// Draws it over an area.
    pub fn view(&self, theme: &Theme, frame: &mut Frame, area: Rect) {
        let (place, mut pages) = self.lay_out(area);
        let block = Block::bordered()
            .border_style(theme.border)
            .title_style(theme.title)
            .title(" Keys ")
            .padding(Padding::horizontal(2));
        frame.render_widget(Clear, place);
        frame.buffer_mut().set_style(place, theme.text);
        let inner = block.inner(place);
        frame.render_widget(block, place);
        // Columns of one length scroll together.
        let len = pages.iter().map(Page::len).max().unwrap_or(0);
        let width = inner.width / u16::try_from(pages.len()).unwrap_or(1).max(1);
        for (index, page) in (0..).zip(&mut pages) {
            while page.len() < len {
                page.blank();
            }
            let column = Rect { x: inner.x + index * width, width, ..inner };
            page.draw(theme, frame, column, self.scroll);
        }
    }

    /// Returns where the help stands, and its columns.
    fn lay_out(&self, area: Rect) -> (Rect, Vec<Page>) {
        let width = if area.width >= TWO_COLUMNS { 116 } else { 76 }.min(area.width);
        let inner = width.saturating_sub(6);
        let pages = if area.width >= TWO_COLUMNS {
            let mut pages = [Page::new(inner / 2 - 2), Page::new(inner / 2 - 2)];
            let [left, right] = &mut pages;
            list(left, "On this screen", &self.here);
            list(right, "Everywhere", &self.everywhere);
            pages.to_vec()
        } else {
            let mut page = Page::new(inner);
            list(&mut page, "On this screen", &self.here);
            page.blank();
            list(&mut page, "Everywhere", &self.everywhere);
            vec![page]
        };
        let len = pages.iter().map(Page::len).max().unwrap_or(0);
        (centred(area, width, u16::try_from(len + 2).unwrap_or(u16::MAX)), pages)
    }
}

fn list(page: &mut Page, title: &str, bindings: &[(String, String)]) {
    page.paragraph(Role::Title, title);
    for (keys, help) in bindings {
        page.hanging(vec![(Role::Key, column(keys, LABEL))], Role::Text, help);
    }
}
