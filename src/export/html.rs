//! The report as one self-contained page: its style and its charts are in it, it runs nothing and loads nothing.

mod context;
mod line;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use minijinja::{AutoEscape, Environment, UndefinedBehavior, Value};
use sha2::{Digest, Sha256};

use crate::export::brand::{Brand, Logo};
use crate::export::document::Document;

/// The names of the two templates, as a template folder has them.
pub const PAGE_NAME: &str = "report.html";
/// The name of the style sheet.
pub const STYLE_NAME: &str = "style.css";

/// Returns the page.
///
/// # Errors
///
/// Returns the fault of a template of the brand, with file and line.
pub fn page(document: &Document, brand: &Brand) -> Result<String, TemplateFault> {
    let environment = environment(brand)?;
    Ok(render(&environment, document, brand)?)
}

fn environment(brand: &Brand) -> Result<Environment<'_>, minijinja::Error> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_auto_escape_callback(|name| if name == PAGE_NAME { AutoEscape::Html } else { AutoEscape::None });
    environment.add_template(PAGE_NAME, &brand.page)?;
    environment.add_template(STYLE_NAME, &brand.style)?;
    Ok(environment)
}

fn render(environment: &Environment<'_>, document: &Document, brand: &Brand) -> Result<String, minijinja::Error> {
    let style = environment.get_template(STYLE_NAME)?.render(context::of_style(brand))?;
    let digest = BASE64.encode(Sha256::digest(style.as_bytes()));
    let policy =
        format!("default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; form-action 'none'");
    let context = context::of_page(document, brand, &[("style", style), ("policy", policy), ("logo", logo(brand))]);
    let page = environment.get_template(PAGE_NAME)?.render(context)?;
    Ok(page)
}

/// Returns the address of the logo: the file itself; empty where there is none.
fn logo(brand: &Brand) -> String {
    match &brand.logo {
        None => String::new(),
        Some(Logo::Svg(text)) => format!("data:image/svg+xml;base64,{}", BASE64.encode(text)),
        Some(Logo::Png(bytes)) => format!("data:image/png;base64,{}", BASE64.encode(bytes)),
    }
}

/// Returns a value of texts by name.
fn texts(pairs: &[(&str, String)]) -> Vec<(String, Value)> {
    pairs.iter().map(|(name, text)| ((*name).to_owned(), Value::from(text.clone()))).collect()
}

/// A fault of a template: where, and what.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}{}: {message}", .line.map(|line| format!(", line {line}")).unwrap_or_default())]
pub struct TemplateFault {
    /// The file in the template folder.
    pub file: String,
    /// The line, where it is known.
    pub line: Option<usize>,
    /// What is wrong.
    pub message: String,
}

impl From<minijinja::Error> for TemplateFault {
    fn from(error: minijinja::Error) -> Self {
        let message = match error.detail() {
            Some(detail) => format!("{}: {detail}", error.kind()),
            None => error.kind().to_string(),
        };
        Self { file: error.name().unwrap_or(PAGE_NAME).to_owned(), line: error.line(), message }
    }
}
