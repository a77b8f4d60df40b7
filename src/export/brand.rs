//! How reports look for whoever hands them on: logo, colours, fonts, texts, and the page of the HTML.

use std::sync::Arc;

use crate::export::palette::Palette;

/// The regular face of the typeface that ready42 brings along.
const REGULAR: &[u8] = include_bytes!("../../assets/fonts/IBMPlexSans-Regular.ttf");
/// The semi-bold face.
const STRONG: &[u8] = include_bytes!("../../assets/fonts/IBMPlexSans-SemiBold.ttf");
/// The italic face.
const EMPHASIS: &[u8] = include_bytes!("../../assets/fonts/IBMPlexSans-Italic.ttf");
/// The page of the HTML report.
pub const PAGE: &str = include_str!("../../assets/templates/report.html");
/// Its style sheet.
pub const STYLE: &str = include_str!("../../assets/templates/style.css");
/// Colours and texts.
pub const SETTINGS: &str = include_str!("../../assets/templates/template.toml");
/// What the template folder is, and how to edit it.
pub const README: &str = include_str!("../../assets/templates/README.md");

/// How reports look.
#[derive(Clone, Debug, PartialEq)]
pub struct Brand {
    /// The colours.
    pub palette: Palette,
    /// The texts.
    pub texts: Texts,
    /// The logo, where there is one.
    pub logo: Option<Logo>,
    /// The faces of the PDF and of the charts in it.
    pub faces: Faces,
    /// The page of the HTML report: a template.
    pub page: String,
    /// Its style sheet: a template.
    pub style: String,
}

/// What a house says on its reports. Empty for nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Texts {
    /// Who made the report.
    pub prepared_by: String,
    /// How confidential it is.
    pub confidentiality: String,
}

/// A logo.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Logo {
    /// An SVG file.
    Svg(String),
    /// A PNG file.
    Png(Vec<u8>),
}

/// Font files.
#[derive(Clone, PartialEq, Eq)]
pub struct Faces {
    /// For text.
    pub regular: Face,
    /// For what matters.
    pub strong: Face,
    /// For what somebody said.
    pub emphasis: Face,
}

/// The bytes of a font file.
pub type Face = Arc<Vec<u8>>;

impl std::fmt::Debug for Faces {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Faces({}, {}, {})", self.regular.len(), self.strong.len(), self.emphasis.len())
    }
}

impl Default for Faces {
    fn default() -> Self {
        let face = |bytes: &[u8]| Arc::new(bytes.to_vec());
        Self { regular: face(REGULAR), strong: face(STRONG), emphasis: face(EMPHASIS) }
    }
}

impl Default for Brand {
    fn default() -> Self {
        Self {
            palette: Palette::default(),
            texts: Texts { prepared_by: String::new(), confidentiality: "Confidential".to_owned() },
            logo: None,
            faces: Faces::default(),
            page: PAGE.to_owned(),
            style: STYLE.to_owned(),
        }
    }
}
