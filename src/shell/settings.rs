//! The user's settings: `config.toml` in the config folder. What isn't set there is as the program comes.

use std::io;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::domain::text::visible;
use crate::shell::look::ThemeName;

/// The name of the file.
pub const NAME: &str = "config.toml";
/// The greatest number of bytes that is read.
const MOST_BYTES: u64 = 1 << 20;

/// What the user has set.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// The name under which changes are recorded.
    pub author: Option<String>,
    /// The interface's theme.
    pub theme: Option<ThemeName>,
    /// Whether the interface takes the mouse.
    pub mouse: Option<bool>,
    /// The folder with the assessments.
    pub data_dir: Option<PathBuf>,
    /// The language.
    pub lang: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    author: Option<String>,
    theme: Option<String>,
    mouse: Option<bool>,
    data_dir: Option<PathBuf>,
    lang: Option<String>,
}

impl Settings {
    /// Reads the settings of a config folder; where there is no file, there are none.
    ///
    /// # Errors
    ///
    /// Returns what is wrong with the file, with its path and line.
    pub fn find(folder: &Path) -> Result<Self, String> {
        let path = folder.join(NAME);
        let shown = visible(&path.display().to_string()).into_owned();
        match read(&path) {
            Ok(text) => Self::read(&text).map_err(|why| format!("{shown}: {why}")),
            Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
                Ok(Self::default())
            }
            Err(error) => Err(format!("{shown} can't be read: {error}")),
        }
    }

    /// Reads settings.
    ///
    /// # Errors
    ///
    /// Returns what is wrong, with the line.
    pub fn read(text: &str) -> Result<Self, String> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let file: File = toml::from_str(text).map_err(|error| {
            let line = error.span().map_or(1, |span| text.get(..span.start).unwrap_or_default().split('\n').count());
            format!("line {line}: {}", visible(error.message()))
        })?;
        let theme = file.theme.map(|word| {
            let known = || ThemeName::ALL.map(ThemeName::word).join(", ");
            ThemeName::from_word(&word).ok_or_else(|| format!("theme {:?} is none of {}", visible(&word), known()))
        });
        let File { author, mouse, data_dir, lang, .. } = file;
        if data_dir.as_ref().is_some_and(|folder| folder.is_relative()) {
            return Err("data_dir has to be a whole path, from the root".to_owned());
        }
        Ok(Self { author, theme: theme.transpose()?, mouse, data_dir, lang })
    }
}

fn read(path: &Path) -> io::Result<String> {
    use std::io::Read;

    let mut text = String::new();
    std::fs::File::open(path)?.take(MOST_BYTES).read_to_string(&mut text)?;
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_set_is_taken_and_the_rest_is_as_the_program_comes() {
        let text = "author = \"Zoë\"\nmouse = false\ndata_dir = \"/clients\"\n";
        let settings = Settings::read(text).unwrap();
        assert_eq!(settings.author.as_deref(), Some("Zoë"));
        assert_eq!((settings.mouse, settings.theme), (Some(false), None));
        assert_eq!(Settings::read(""), Ok(Settings::default()));
    }

    #[test]
    fn an_unknown_key_or_a_wrong_value_is_told_with_its_line_and_drives_no_terminal() {
        for (text, line) in
            [("author = \"a\"\nautor = \"b\"", "line 2"), ("mouse = \"yes\"", "line 1"), ("\u{1b}[2J", "line 1")]
        {
            let told = Settings::read(text).unwrap_err();
            assert!(told.contains(line) && !told.contains('\u{1b}'), "{told}");
        }
        assert!(Settings::read("theme = \"pink\"").unwrap_err().contains("none of"));
        assert!(Settings::read("data_dir = \"here\"").is_err());
    }
}
