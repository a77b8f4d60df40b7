//! The interface on a stage: keys in, pictures out. The screenshots and the cast of the README are made here, from what
//! the program itself draws, in the made-up company, on a fixed day. Nothing touches the disk or the terminal.

mod cast;
mod scenes;
mod svg;

use std::path::PathBuf;

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use crate::domain::assessment::{Assessment, Depth, QuestionnaireRef, Seed};
use crate::domain::change::Change;
use crate::domain::history::{Deed, History, MADE, Made, Step, StepId};
use crate::domain::timeline::{compare, simulate};
use crate::storage::library::{self, Library};
use crate::storage::{Episode, demo};
use crate::tui::{
    Effect, Event, Keymap, Message, Opened, Outcome, Size, State, Theme, ThemeName, message, update, view,
};

pub use cast::cast;
pub use scenes::{Scene, scenes};

/// The day on which the pictures are made.
const TODAY: Option<NaiveDate> = NaiveDate::from_ymd_opt(2026, 11, 24);
const QUESTIONNAIRE: &str = "iso42001";

/// The interface on a stage.
pub struct Stage {
    state: State,
    keymap: Keymap,
    theme: Theme,
}

impl Stage {
    /// Returns the interface at its first start, in a size and a theme.
    ///
    /// # Errors
    ///
    /// Never, as the tests of the key table show.
    pub fn new(size: Size, theme: ThemeName) -> Result<Self, String> {
        let keymap = Keymap::built_in().map_err(|error| error.to_string())?;
        let (state, _) = State::new(size, TODAY.unwrap_or_default(), "eve");
        let mut set = Self { state, keymap, theme: Theme::named(theme) };
        set.finish(Outcome::Listed(Ok(vec![])))?;
        Ok(set)
    }

    /// Presses keys: letters, and others as `<enter>` or `<f3>`.
    ///
    /// # Errors
    ///
    /// Returns what of the company can't be made, or which key there isn't.
    pub fn press(&mut self, keys: &str) -> Result<(), String> {
        let mut rest = keys;
        while let Some(first) = rest.chars().next() {
            let named = rest.strip_prefix('<').and_then(|rest| rest.split_once('>'));
            let (code, after) = match named {
                Some((name, after)) => (named_key(name).ok_or_else(|| format!("there is no key <{name}>"))?, after),
                None => (KeyCode::Char(first), rest.get(first.len_utf8()..).unwrap_or_default()),
            };
            self.send(Event::Key(KeyEvent::new(code, KeyModifiers::NONE)))?;
            rest = after;
        }
        Ok(())
    }

    fn send(&mut self, event: Event) -> Result<(), String> {
        let effects = match message(&self.state, &self.keymap, event) {
            Some(message) => update(&mut self.state, message),
            None => vec![],
        };
        effects.into_iter().try_for_each(|effect| self.perform(effect))
    }

    fn finish(&mut self, outcome: Outcome) -> Result<(), String> {
        let effects = update(&mut self.state, Message::Finished(outcome));
        effects.into_iter().try_for_each(|effect| self.perform(effect))
    }

    /// Performs what the pictures need: the company is opened, changes count as saved, plans are played through.
    fn perform(&mut self, effect: Effect) -> Result<(), String> {
        match effect {
            Effect::Demo | Effect::Open { .. } => {
                let opened = opened()?;
                self.finish(Outcome::Opened(Ok(Box::new(opened))))
            }
            Effect::Record { ticket, .. } => self.finish(Outcome::Recorded { ticket, stored: vec![], result: Ok(()) }),
            Effect::Simulate { ticket, plan, seed, trials, against } => {
                let forecast = Box::new(simulate(&plan, seed, trials));
                let comparison = against.map(|base| compare(&base, &plan, seed, trials));
                self.finish(Outcome::Simulated { ticket, forecast, comparison })
            }
            _ => Ok(()),
        }
    }

    /// Returns what is drawn.
    ///
    /// # Errors
    ///
    /// Returns why it can't be drawn.
    pub fn buffer(&self) -> Result<Buffer, String> {
        let Size { width, height } = self.state.size;
        let mut terminal = Terminal::new(TestBackend::new(width, height)).map_err(|error| error.to_string())?;
        let drawn = terminal.draw(|frame| view(&self.state, &self.keymap, &self.theme, frame));
        drawn.map(|drawn| drawn.buffer.clone()).map_err(|error| error.to_string())
    }

    /// Returns a picture of what is drawn, as SVG.
    ///
    /// # Errors
    ///
    /// Returns why it can't be drawn.
    pub fn picture(&self, title: &str) -> Result<String, String> {
        Ok(svg::picture(&self.buffer()?, &self.theme, title))
    }
}

fn named_key(name: &str) -> Option<KeyCode> {
    Some(match name {
        "enter" => KeyCode::Enter,
        "esc" => KeyCode::Esc,
        "up" => KeyCode::Up,
        "down" => KeyCode::Down,
        "left" => KeyCode::Left,
        "right" => KeyCode::Right,
        _ => KeyCode::F(name.strip_prefix('f')?.parse().ok()?),
    })
}

/// Returns the made-up company.
fn opened() -> Result<Opened, String> {
    let loaded = Library::new(None).load(QUESTIONNAIRE).map_err(|error| error.to_string())?;
    let header = loaded.questionnaire.header();
    let reference = QuestionnaireRef { id: header.id.clone(), version: header.version.clone() };
    let mut assessment = Assessment::new("Lumen Analytics", reference, Depth::Full, Seed(42));
    let text = library::demo(&loaded).ok_or("there is no demo")?;
    let now = TODAY.unwrap_or_default().and_time(NaiveTime::MIN).and_utc() + TimeDelta::hours(9);
    let told = demo::read(text, &assessment, &loaded.questionnaire, now)?;
    told.profile.iter().for_each(|change| assessment.apply(change));
    let mut history = History::default();
    history.push(step(
        told.episodes.first().map_or(now, |first| first.at),
        Deed::Begin(Box::new(assessment.clone())),
        vec![],
    ));
    for Episode { at, changes, label } in told.episodes {
        for change in &changes {
            assessment.apply(change);
        }
        history.push(step(at, Deed::Change, changes));
        if let Some(label) = label {
            history.push(step(at, Deed::Snapshot(label), vec![]));
        }
    }
    Ok(Opened {
        key: "acme".to_owned(),
        questionnaire: loaded.questionnaire,
        assessment,
        history: Some(history),
        read_only: None,
        drafts: std::collections::BTreeMap::new(),
        notices: vec![],
        export_folder: PathBuf::from("/home/eve/reports"),
        template: None,
    })
}

/// Returns a step of the company's past.
fn step(at: DateTime<Utc>, deed: Deed, changes: Vec<Change>) -> Step {
    let id = StepId::Stored(format!("{at}").into());
    let because = matches!(deed, Deed::Begin(_)).then(|| MADE.to_owned());
    let made = changes.into_iter().map(|change| Made { id: id.clone(), change, because: None });
    Step { changes: made.collect(), id, at, who: "Eve".into(), because, deed }
}
