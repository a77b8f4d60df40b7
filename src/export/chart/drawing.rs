//! An SVG that is being drawn.

use std::fmt::Write as _;

use crate::domain::text::visible;
use crate::export::palette::{Palette, Role};

/// The fonts of all charts, by name; the first is the one that ready42 brings along.
pub const FONTS: &str = "IBM Plex Sans, Segoe UI, Helvetica Neue, Arial, sans-serif";

/// Where a text stands in relation to its point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// It begins there.
    Start,
    /// It is centred there.
    Middle,
    /// It ends there.
    End,
}

/// How a text is set.
#[derive(Clone, Copy, Debug)]
pub struct Letters {
    /// The size, in units of the drawing.
    pub size: f64,
    /// The colour.
    pub role: Role,
    /// Where it stands.
    pub anchor: Anchor,
    /// Whether it is semi-bold.
    pub strong: bool,
}

/// How a line is drawn.
#[derive(Clone, Copy, Debug)]
pub struct Stroke {
    /// The colour.
    pub role: Role,
    /// The width.
    pub width: f64,
    /// The dashes, where it isn't solid.
    pub dashes: Option<&'static str>,
}

/// A picture with what it shows in words.
#[derive(Clone, Debug, PartialEq)]
pub struct Drawing {
    /// The width, in units of the drawing.
    pub width: f64,
    /// The height.
    pub height: f64,
    /// What it shows, in a few words.
    pub title: String,
    /// What one reads from it, for those who don't see it.
    pub description: String,
    palette: Palette,
    body: String,
}

impl Letters {
    /// Returns how plain text of a size is set.
    pub fn plain(size: f64) -> Self {
        Self { size, role: Role::Ink, anchor: Anchor::Start, strong: false }
    }

    /// Returns the same in a muted colour.
    pub fn muted(self) -> Self {
        Self { role: Role::Muted, ..self }
    }

    /// Returns the same, standing otherwise.
    pub fn at(self, anchor: Anchor) -> Self {
        Self { anchor, ..self }
    }

    /// Returns the same, semi-bold.
    pub fn strong(self) -> Self {
        Self { strong: true, ..self }
    }

    /// Returns the same in another colour.
    pub fn coloured(self, role: Role) -> Self {
        Self { role, ..self }
    }
}

impl Stroke {
    /// Returns a solid line.
    pub fn solid(role: Role, width: f64) -> Self {
        Self { role, width, dashes: None }
    }

    /// Returns a dashed line.
    pub fn dashed(role: Role, width: f64) -> Self {
        Self { role, width, dashes: Some("4 3") }
    }
}

impl Drawing {
    /// Returns an empty drawing.
    pub fn new(size: (f64, f64), title: impl Into<String>, palette: Palette) -> Self {
        let (width, height) = size;
        Self { width, height, title: title.into(), description: String::new(), palette, body: String::new() }
    }

    /// Draws a rectangle with rounded corners.
    pub fn rect(&mut self, (x, y): (f64, f64), (width, height): (f64, f64), round: f64, role: Role) {
        let (width, height) = (width.max(0.0), height.max(0.0));
        self.add(format_args!(
            r#"<rect x="{}" y="{}" width="{}" height="{}"{} {}/>"#,
            Number(x),
            Number(y),
            Number(width),
            Number(height),
            if round > 0.0 { format!(r#" rx="{}""#, Number(round)) } else { String::new() },
            self.fill(role)
        ));
    }

    /// Draws the frame of a rectangle.
    pub fn frame(&mut self, (x, y): (f64, f64), (width, height): (f64, f64), round: f64, stroke: Stroke) {
        self.add(format_args!(
            r#"<rect x="{}" y="{}" width="{}" height="{}" rx="{}" fill="none" {}/>"#,
            Number(x),
            Number(y),
            Number(width.max(0.0)),
            Number(height.max(0.0)),
            Number(round),
            self.line_of(stroke)
        ));
    }

    /// Draws a line.
    pub fn line(&mut self, from: (f64, f64), to: (f64, f64), stroke: Stroke) {
        self.add(format_args!(
            r#"<line x1="{}" y1="{}" x2="{}" y2="{}" {}/>"#,
            Number(from.0),
            Number(from.1),
            Number(to.0),
            Number(to.1),
            self.line_of(stroke)
        ));
    }

    /// Draws a shape through points: filled, with an opacity from 0 to 1, and framed where a stroke is given.
    pub fn shape(&mut self, points: &[(f64, f64)], fill: Option<(Role, f64)>, stroke: Option<Stroke>) {
        let path = points.iter().map(|(x, y)| format!("{},{}", Number(*x), Number(*y))).collect::<Vec<_>>().join(" ");
        let classes: Vec<String> = fill
            .iter()
            .map(|(role, _)| format!("f-{}", role.class()))
            .chain(stroke.iter().map(|stroke| format!("s-{}", stroke.role.class())))
            .collect();
        let fill = fill.map_or_else(
            || r#"fill="none""#.to_owned(),
            |(role, opacity)| format!(r#"fill="{}" fill-opacity="{}""#, self.palette.of(role), Number(opacity)),
        );
        let stroke = stroke.map(|stroke| format!(" {}", self.stroke(stroke))).unwrap_or_default();
        self.add(format_args!(r#"<polygon points="{path}" class="{}" {fill}{stroke}/>"#, classes.join(" ")));
    }

    /// Draws a dot.
    pub fn dot(&mut self, at: (f64, f64), radius: f64, role: Role) {
        self.add(format_args!(
            r#"<circle cx="{}" cy="{}" r="{}" {}/>"#,
            Number(at.0),
            Number(at.1),
            Number(radius),
            self.fill(role)
        ));
    }

    /// Draws a diamond, the mark of a milestone.
    pub fn diamond(&mut self, (x, y): (f64, f64), half: f64, role: Role) {
        self.shape(&[(x, y - half), (x + half, y), (x, y + half), (x - half, y)], Some((role, 1.0)), None);
    }

    /// Writes a text.
    pub fn text(&mut self, (x, y): (f64, f64), text: &str, letters: Letters) {
        let anchor = match letters.anchor {
            Anchor::Start => "",
            Anchor::Middle => r#" text-anchor="middle""#,
            Anchor::End => r#" text-anchor="end""#,
        };
        let weight = if letters.strong { r#" font-weight="600""# } else { "" };
        self.add(format_args!(
            r#"<text x="{}" y="{}" font-size="{}"{anchor}{weight} {}>{}</text>"#,
            Number(x),
            Number(y),
            Number(letters.size),
            self.fill(letters.role),
            escaped(text)
        ));
    }

    /// Returns the SVG, with its title and description for readers of the screen. The id sets it apart in a page.
    #[must_use]
    pub fn svg(&self, id: &str) -> String {
        format!(
            concat!(
                r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {}" width="{}" height="{}" role="img" "#,
                r#"aria-labelledby="{}-title {}-text" font-family="{}"><title id="{}-title">{}</title>"#,
                r#"<desc id="{}-text">{}</desc>{}</svg>"#
            ),
            Number(self.width),
            Number(self.height),
            Number(self.width),
            Number(self.height),
            id,
            id,
            FONTS,
            id,
            escaped(&self.title),
            id,
            escaped(&self.description),
            self.body
        )
    }

    fn fill(&self, role: Role) -> String {
        format!(r#"class="f-{}" fill="{}""#, role.class(), self.palette.of(role))
    }

    fn line_of(&self, stroke: Stroke) -> String {
        format!(r#"class="s-{}" {}"#, stroke.role.class(), self.stroke(stroke))
    }

    fn stroke(&self, stroke: Stroke) -> String {
        let dashes = stroke.dashes.map(|dashes| format!(r#" stroke-dasharray="{dashes}""#)).unwrap_or_default();
        let colour = self.palette.of(stroke.role);
        format!(r#"stroke="{colour}" stroke-width="{}"{dashes}"#, Number(stroke.width))
    }

    fn add(&mut self, element: std::fmt::Arguments<'_>) {
        let element = element.to_string();
        self.body.push_str(&element);
    }
}

/// Returns the colour role of text that stands on the shade of a level.
pub fn on_level(level: u8) -> Role {
    if level >= 3 { Role::Paper } else { Role::Dark }
}

/// Returns text that can stand in XML: control characters are made visible.
fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for letter in visible(text).chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\u{fffe}' | '\u{ffff}' => escaped.push('\u{fffd}'),
            letter => escaped.push(letter),
        }
    }
    escaped
}

/// A coordinate: one decimal at most, so that the last bit of a sine changes no byte.
struct Number(f64);

impl std::fmt::Display for Number {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut text = String::new();
        write!(text, "{:.2}", self.0 + 0.0)?;
        let trimmed = text.trim_end_matches('0').trim_end_matches('.');
        formatter.write_str(if trimmed == "-0" { "0" } else { trimmed })
    }
}
