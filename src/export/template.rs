//! A template folder read into a [`Brand`], or refused with file and line.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Deserialize;

use crate::export::brand::{Brand, Face, Faces, Logo, PAGE, README, SETTINGS, STYLE};
use crate::export::document::{Block, Document, Section};
use crate::export::html::{self, PAGE_NAME, STYLE_NAME, TemplateFault};
use crate::export::palette::{Colour, Palette};
use crate::export::pdf::is_font;
use crate::export::picture::Pictures;

/// The name of the file with colours, texts and the names of the others.
pub const SETTINGS_NAME: &str = "template.toml";
/// White text has to be readable on the accent: WCAG's contrast of 4.5 to white asks for at most this luminance.
const DARK_ENOUGH: f64 = 0.183;

/// What `template.toml` says.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Settings {
    colours: Colours,
    texts: Texts,
    files: Files,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Colours {
    accent: Option<String>,
    ink: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Texts {
    prepared_by: Option<String>,
    confidentiality: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Files {
    logo: Option<String>,
    font_regular: Option<String>,
    font_strong: Option<String>,
    font_emphasis: Option<String>,
}

/// Returns the files of ready42's own template, to be copied out.
#[must_use]
pub fn built_in() -> [(&'static str, &'static str); 4] {
    [(SETTINGS_NAME, SETTINGS), (PAGE_NAME, PAGE), (STYLE_NAME, STYLE), ("README.md", README)]
}

/// Returns the brand that the files of a template folder make. Files that it doesn't name are passed over.
///
/// # Errors
///
/// Returns every fault that can be found at once, each with its file, and with its line where it has one.
pub fn read(files: &BTreeMap<String, Vec<u8>>) -> Result<Brand, Vec<TemplateFault>> {
    let mut faults = vec![];
    let settings = settings(files, &mut faults);
    let mut brand = Brand::default();
    let mut reader = Reader { files, faults: &mut faults };
    reader.colours(&settings.colours, &mut brand.palette);
    if let Some(text) = settings.texts.prepared_by {
        text.trim().clone_into(&mut brand.texts.prepared_by);
    }
    if let Some(text) = settings.texts.confidentiality {
        text.trim().clone_into(&mut brand.texts.confidentiality);
    }
    reader.page(PAGE_NAME, &mut brand.page);
    reader.page(STYLE_NAME, &mut brand.style);
    if let Some(faces) = reader.faces(&settings.files) {
        brand.faces = faces;
    }
    brand.logo = settings.files.logo.and_then(|name| reader.logo(&name, &brand.faces));
    if faults.is_empty() {
        faults.extend(rehearse(&brand));
    }
    if faults.is_empty() { Ok(brand) } else { Err(faults) }
}

fn settings(files: &BTreeMap<String, Vec<u8>>, faults: &mut Vec<TemplateFault>) -> Settings {
    let Some(bytes) = files.get(SETTINGS_NAME) else { return Settings::default() };
    let Some(text) = utf8(SETTINGS_NAME, bytes, faults) else { return Settings::default() };
    toml::from_str(text).unwrap_or_else(|error: toml::de::Error| {
        let line = error.span().map(|span| text.get(..span.start).unwrap_or_default().matches('\n').count() + 1);
        faults.push(TemplateFault { file: SETTINGS_NAME.to_owned(), line, message: error.message().to_owned() });
        Settings::default()
    })
}

fn utf8<'a>(name: &str, bytes: &'a [u8], faults: &mut Vec<TemplateFault>) -> Option<&'a str> {
    if let Ok(text) = std::str::from_utf8(bytes) {
        Some(text)
    } else {
        faults.push(fault(name, "it is not UTF-8"));
        None
    }
}

fn fault(file: &str, message: impl Into<String>) -> TemplateFault {
    TemplateFault { file: file.to_owned(), line: None, message: message.into() }
}

/// Reads what the settings name.
struct Reader<'a> {
    files: &'a BTreeMap<String, Vec<u8>>,
    faults: &'a mut Vec<TemplateFault>,
}

impl Reader<'_> {
    fn colours(&mut self, colours: &Colours, palette: &mut Palette) {
        for (name, text, place) in
            [("accent", &colours.accent, &mut palette.accent), ("ink", &colours.ink, &mut palette.ink)]
        {
            let Some(text) = text else { continue };
            match Colour::parse(text.trim()) {
                None => self.faults.push(fault(SETTINGS_NAME, format!("the colour {name} looks like #1d4f6b"))),
                Some(colour) if colour.lightness() > DARK_ENOUGH => self.faults.push(fault(
                    SETTINGS_NAME,
                    format!("the colour {name} is too light: white text on it, or it on white, could not be read"),
                )),
                Some(colour) => *place = colour,
            }
        }
    }

    fn page(&mut self, name: &str, place: &mut String) {
        let Some(bytes) = self.files.get(name) else { return };
        if let Some(text) = utf8(name, bytes, self.faults) {
            text.clone_into(place);
        }
    }

    fn faces(&mut self, files: &Files) -> Option<Faces> {
        let (Some(regular), Some(strong), Some(emphasis)) =
            (&files.font_regular, &files.font_strong, &files.font_emphasis)
        else {
            if files.font_regular.is_some() || files.font_strong.is_some() || files.font_emphasis.is_some() {
                self.faults.push(fault(SETTINGS_NAME, "name all three fonts, or none"));
            }
            return None;
        };
        let (regular, strong, emphasis) = (self.face(regular), self.face(strong), self.face(emphasis));
        Some(Faces { regular: regular?, strong: strong?, emphasis: emphasis? })
    }

    fn face(&mut self, name: &str) -> Option<Face> {
        let face = Arc::new(self.bytes(name)?.clone());
        if is_font(&face) {
            return Some(face);
        }
        self.faults.push(fault(name, "it is no TrueType or OpenType font that can be embedded"));
        None
    }

    fn logo(&mut self, name: &str, faces: &Faces) -> Option<Logo> {
        let bytes = self.bytes(name)?.clone();
        let logo = match std::str::from_utf8(&bytes) {
            Ok(text) if text.contains("<svg") => Logo::Svg(text.to_owned()),
            _ => Logo::Png(bytes),
        };
        if logo.png(&Pictures::new(faces), 64).is_some() {
            return Some(logo);
        }
        self.faults.push(fault(name, "it is neither an SVG nor a PNG that can be drawn"));
        None
    }

    fn bytes(&mut self, name: &str) -> Option<&Vec<u8>> {
        let bytes = self.files.get(name);
        if bytes.is_none() {
            let told = format!("it names {name:?}, which isn't in the folder itself");
            self.faults.push(fault(SETTINGS_NAME, told));
        }
        bytes
    }
}

/// Makes a page with one of everything, so that a fault shows before a report is written.
fn rehearse(brand: &Brand) -> Option<TemplateFault> {
    let document = Document {
        title: "Rehearsal".to_owned(),
        kind: "Full report",
        organisation: "Rehearsal".to_owned(),
        date: String::new(),
        basis: String::new(),
        language: "en".to_owned(),
        prepared_by: brand.texts.prepared_by.clone(),
        confidentiality: brand.texts.confidentiality.clone(),
        note: crate::domain::report::SELF_ASSESSMENT,
        has_cover: true,
        sections: vec![Section { blocks: Block::one_of_each(), ..Section::new("rehearsal", "Rehearsal") }],
    };
    let page = match html::page(&document, brand) {
        Ok(page) => page,
        Err(error) => return Some(error),
    };
    if brand.style.contains("</") {
        return Some(fault(STYLE_NAME, "it holds a closing tag, which would end the style sheet early"));
    }
    if !page.contains("Content-Security-Policy") || !page.contains("default-src") {
        return Some(fault(
            PAGE_NAME,
            "the line with {{ policy }} is missing: it keeps a report from loading anything",
        ));
    }
    if !page.contains("accredited") {
        return Some(fault(PAGE_NAME, "{{ document.note }} is missing: a report says that it certifies nothing"));
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(pairs: &[(&str, &str)]) -> BTreeMap<String, Vec<u8>> {
        pairs.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec())).collect()
    }

    fn told(pairs: &[(&str, &str)]) -> Vec<String> {
        read(&files(pairs)).expect_err("it is refused").iter().map(ToString::to_string).collect()
    }

    #[test]
    fn the_template_that_is_copied_out_makes_our_own_looks() {
        assert_eq!(read(&files(&built_in())), Ok(Brand::default()));
        assert_eq!(read(&BTreeMap::new()), Ok(Brand::default()));
    }

    #[test]
    fn colours_and_texts_are_taken_over() {
        let settings =
            "[colours]\naccent = \"#5a1e4c\"\n[texts]\nprepared_by = \"Finch Consulting\"\nconfidentiality = \"\"\n";
        let brand = read(&files(&[(SETTINGS_NAME, settings)])).expect("it is a template");
        assert_eq!(brand.palette.accent, Colour(0x5a, 0x1e, 0x4c));
        assert_eq!((brand.texts.prepared_by.as_str(), brand.texts.confidentiality.as_str()), ("Finch Consulting", ""));
    }

    #[test]
    fn a_fault_is_told_with_its_file_and_line() {
        assert_eq!(
            told(&[(SETTINGS_NAME, "[colours]\n\naccent = 5\n")]),
            ["template.toml, line 3: invalid type: integer `5`, expected a string"]
        );
        assert!(told(&[(SETTINGS_NAME, "[colors]\n")])[0].starts_with("template.toml, line 1: unknown field `colors`"));
        assert!(
            told(&[(PAGE_NAME, "<p>\n{{ policy }}\n{% if %}")])[0].starts_with("report.html, line 3: syntax error")
        );
        let unknown = told(&[(PAGE_NAME, "\n{{ policy }} {{ document.nothing }}")]);
        assert!(unknown[0].starts_with("report.html, line 2: undefined value"), "{unknown:?}");
        assert!(told(&[(STYLE_NAME, "p { color: {{ colour.pink }}; }")])[0].starts_with("style.css, line 1"));
    }

    #[test]
    fn what_could_not_be_read_or_would_act_is_refused() {
        assert!(told(&[(SETTINGS_NAME, "[colours]\naccent = \"#ffff00\"")])[0].contains("too light"));
        assert!(told(&[(SETTINGS_NAME, "[colours]\naccent = \"blue\"")])[0].contains("looks like"));
        assert!(told(&[(PAGE_NAME, "<p>{{ document.note }}</p>")])[0].contains("policy"));
        assert!(told(&[(STYLE_NAME, "p {} </style><script>")])[0].contains("closing tag"));
        assert!(told(&[(SETTINGS_NAME, "[files]\nlogo = \"../../etc/passwd\"")])[0].contains("isn't in the folder"));
        assert!(told(&[(SETTINGS_NAME, "[files]\nlogo = \"a.png\""), ("a.png", "no picture")])[0].contains("a.png"));
        assert!(told(&[(SETTINGS_NAME, "[files]\nfont_regular = \"a.ttf\""), ("a.ttf", "")])[0].contains("all three"));
    }

    #[test]
    fn all_faults_are_told_at_once() {
        let settings = "[colours]\naccent = \"red\"\nink = \"#fff\"\n[files]\nlogo = \"no.svg\"\n";
        assert_eq!(told(&[(SETTINGS_NAME, settings)]).len(), 3);
    }
}
