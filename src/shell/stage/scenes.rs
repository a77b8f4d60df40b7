//! The pictures that the README shows: what is pressed for each.

use crate::shell::stage::Stage;
use crate::tui::{Size, ThemeName};

/// A picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scene {
    /// The name of its file, without the ending.
    pub name: &'static str,
    /// The picture, as SVG.
    pub svg: String,
}

const WIDE: Size = Size { width: 120, height: 36 };

/// What is pressed, after the company was opened, for each picture: its name, what it shows, the theme, the keys.
const SCRIPTS: [(&str, &str, ThemeName, &str); 10] = [
    ("assess", "One question with its six levels", ThemeName::Dark, "d"),
    ("palette", "The command palette", ThemeName::Dark, "d:impact"),
    ("dashboard", "Where one stands", ThemeName::Dark, "d<f3>"),
    ("requirements", "All requirements", ThemeName::Dark, "d<f3>v"),
    ("timeline", "How long it takes", ThemeName::Dark, "d<f4>"),
    ("applicability", "The Statement of Applicability", ThemeName::Dark, "d<f7>"),
    ("plan", "The action plan", ThemeName::Dark, "d<f8>"),
    ("crosswalk", "What helps with the EU AI Act", ThemeName::Light, "d<f9>"),
    ("history", "What was done, and any past state", ThemeName::Dark, "d<f10>"),
    ("present", "One question for the room", ThemeName::Contrast, "dp"),
];

/// Returns the pictures.
///
/// # Errors
///
/// Returns which one can't be made, and why.
pub fn scenes() -> Result<Vec<Scene>, String> {
    SCRIPTS
        .into_iter()
        .map(|(name, title, theme, keys)| {
            let mut stage = Stage::new(WIDE, theme)?;
            stage.press(keys).map_err(|why| format!("{name}: {why}"))?;
            Ok(Scene { name, svg: stage.picture(title)? })
        })
        .collect()
}
