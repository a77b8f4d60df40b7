//! What a word means, or the answer to what is often asked.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::widgets::{Block, Clear, Padding};

use crate::domain::text::visible;
use crate::tui::action::Action;
use crate::tui::layout::centred;
use crate::tui::overlay::{Overlay, Palette};
use crate::tui::theme::{Role, Theme};
use crate::tui::widgets::list::fit;
use crate::tui::widgets::page::{Page, rows};

const WIDTH: u16 = 76;

/// A word with what it means, and how far that is scrolled.
#[derive(Clone, Debug)]
pub struct Term {
    title: String,
    text: String,
    scroll: usize,
    /// What it was found in, and what is shown again when it is closed: who looks one thing up looks up the next.
    found_in: Option<Box<Palette>>,
}

impl Term {
    /// Returns a word with what it means.
    #[must_use]
    pub fn new(title: &str, text: &str) -> Self {
        Self { title: title.to_owned(), text: text.to_owned(), scroll: 0, found_in: None }
    }

    /// Returns it with the palette that closing it leads back to.
    #[must_use]
    pub fn found_in(self, palette: Box<Palette>) -> Self {
        Self { found_in: Some(palette), ..self }
    }

    /// Returns what closing it leads back to.
    #[must_use]
    pub fn close(self) -> Option<Overlay> {
        self.found_in.map(Overlay::Palette)
    }

    /// Takes an action; returns whether it stays open. `area` is what it may cover.
    pub fn act(&mut self, action: Action, area: Rect) -> bool {
        let (place, page) = self.lay_out(area);
        let step = rows(page.len(), usize::from(place.height.saturating_sub(2))).max(1);
        let most = page.len().saturating_sub(step);
        self.scroll = match action {
            Action::Up => self.scroll.saturating_sub(1),
            Action::Down => self.scroll + 1,
            Action::PageUp => self.scroll.saturating_sub(step),
            Action::PageDown => self.scroll + step,
            Action::First => 0,
            Action::Last => most,
            Action::Back | Action::Quit | Action::Confirm => return false,
            _ => self.scroll,
        }
        .min(most);
        true
    }

    /// Draws it over an area.
    pub fn view(&self, theme: &Theme, frame: &mut Frame, area: Rect) {
        let (place, page) = self.lay_out(area);
        let title = format!(" {} ", fit(&visible(&self.title), usize::from(place.width.saturating_sub(6))));
        let block = Block::bordered()
            .border_style(theme.border)
            .title(title)
            .title_style(theme.title)
            .padding(Padding::horizontal(2));
        frame.render_widget(Clear, place);
        frame.buffer_mut().set_style(place, theme.text);
        let inner = block.inner(place);
        frame.render_widget(block, place);
        page.draw(theme, frame, inner, self.scroll);
    }

    fn lay_out(&self, area: Rect) -> (Rect, Page) {
        let width = WIDTH.min(area.width);
        let mut page = Page::new(width.saturating_sub(6));
        page.paragraph(Role::Text, &self.text);
        (centred(area, width, u16::try_from(page.len() + 2).unwrap_or(u16::MAX)), page)
    }
}
