//! stub
pub mod json;
/// stub
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// a
    Markdown,
}
impl Format {
    pub const ALL: [Self; 1] = [Self::Markdown];
    pub fn word(self) -> &'static str {
        "md"
    }
    pub fn extension(self) -> &'static str {
        "md"
    }
    pub fn from_word(w: &str) -> Option<Self> {
        (w == "md").then_some(Self::Markdown)
    }
}
pub fn render(f: Format, r: &crate::domain::report::Report) -> Result<Vec<u8>, std::io::Error> {
    Ok(vec![])
}
