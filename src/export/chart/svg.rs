//! A drawing as SVG, for pages.

use std::fmt::{self, Display, Formatter, Write as _};

use crate::domain::text::visible;
use crate::export::chart::drawing::{Anchor, DASHES, Drawing, Letters, Piece, Point, Stroke};
use crate::export::palette::{Palette, Role};

/// The fonts of all charts, by name; the first is the one that ready42 brings along.
const FONTS: &str = "IBM Plex Sans, Segoe UI, Helvetica Neue, Arial, sans-serif";

impl Drawing {
    /// Returns the SVG, with its title and description for readers of the screen. The id sets it apart in a page.
    #[must_use]
    pub fn svg(&self, id: &str) -> String {
        let (width, height) = (Number(self.width), Number(self.height));
        let (title, description) = (escaped(&self.title), escaped(&self.description));
        let mut svg = format!(
            concat!(
                r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" "#,
                r#"role="img" aria-labelledby="{id}-title {id}-text" font-family="{FONTS}"><title id="{id}-title">{title}"#,
                r#"</title><desc id="{id}-text">{description}</desc>"#
            ),
            width = width,
            height = height,
            id = id,
            FONTS = FONTS,
            title = title,
            description = description
        );
        for piece in &self.pieces {
            // To write to a text can't fail.
            let _ = write!(svg, "{}", Element(piece, self.palette));
        }
        svg.push_str("</svg>");
        svg
    }
}

/// A piece as an element.
struct Element<'a>(&'a Piece, Palette);

impl Display for Element<'_> {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        let palette = self.1;
        match self.0 {
            Piece::Rect { at, size, round, role } => {
                write!(out, "<rect {}", Area(*at, *size))?;
                if *round > 0.0 {
                    write!(out, r#" rx="{}""#, Number(*round))?;
                }
                write!(out, " {}/>", Fill(*role, palette))
            }
            Piece::Frame { at, size, round, stroke } => {
                let (area, round) = (Area(*at, *size), Number(*round));
                write!(out, r#"<rect {area} rx="{round}" fill="none" {}/>"#, Line(*stroke, palette))
            }
            Piece::Line { from, to, stroke } => {
                let [x1, y1, x2, y2] = [from.0, from.1, to.0, to.1].map(Number);
                write!(out, r#"<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" {}/>"#, Line(*stroke, palette))
            }
            Piece::Shape { points, fill, stroke } => shape(out, points, (*fill, *stroke), palette),
            Piece::Dot { at, radius, role } => {
                let [x, y, radius] = [at.0, at.1, *radius].map(Number);
                write!(out, r#"<circle cx="{x}" cy="{y}" r="{radius}" {}/>"#, Fill(*role, palette))
            }
            Piece::Text { at, text, letters } => text_element(out, *at, (text, *letters), palette),
        }
    }
}

fn shape(
    out: &mut Formatter<'_>,
    points: &[Point],
    (fill, stroke): (Option<(Role, f64)>, Option<Stroke>),
    palette: Palette,
) -> fmt::Result {
    out.write_str(r#"<polygon points=""#)?;
    for (index, (x, y)) in points.iter().enumerate() {
        let space = if index > 0 { " " } else { "" };
        write!(out, "{space}{},{}", Number(*x), Number(*y))?;
    }
    out.write_str(r#"" class=""#)?;
    if let Some((role, _)) = fill {
        write!(out, "f-{}{}", role.class(), if stroke.is_some() { " " } else { "" })?;
    }
    if let Some(stroke) = stroke {
        write!(out, "s-{}", stroke.role.class())?;
    }
    match fill {
        Some((role, opacity)) => write!(out, r#"" fill="{}" fill-opacity="{}""#, palette.of(role), Number(opacity))?,
        None => out.write_str(r#"" fill="none""#)?,
    }
    match stroke {
        Some(stroke) => write!(out, " {}/>", Pen(stroke, palette)),
        None => out.write_str("/>"),
    }
}

fn text_element(out: &mut Formatter<'_>, at: Point, (text, letters): (&str, Letters), palette: Palette) -> fmt::Result {
    let anchor = match letters.anchor {
        Anchor::Start => "",
        Anchor::Middle => r#" text-anchor="middle""#,
        Anchor::End => r#" text-anchor="end""#,
    };
    let weight = if letters.strong { r#" font-weight="600""# } else { "" };
    let [x, y, size] = [at.0, at.1, letters.size].map(Number);
    let fill = Fill(letters.role, palette);
    write!(out, r#"<text x="{x}" y="{y}" font-size="{size}"{anchor}{weight} {fill}>{}</text>"#, escaped(text))
}

/// The place and the size of a rectangle.
struct Area(Point, Point);

impl Display for Area {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        let [x, y, width, height] = [self.0.0, self.0.1, self.1.0, self.1.1].map(Number);
        write!(out, r#"x="{x}" y="{y}" width="{width}" height="{height}""#)
    }
}

/// A colour that fills, with its class.
struct Fill(Role, Palette);

impl Display for Fill {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        write!(out, r#"class="f-{}" fill="{}""#, self.0.class(), self.1.of(self.0))
    }
}

/// How a line is drawn, with the class of its colour.
struct Line(Stroke, Palette);

impl Display for Line {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        write!(out, r#"class="s-{}" {}"#, self.0.role.class(), Pen(self.0, self.1))
    }
}

/// How a line is drawn.
struct Pen(Stroke, Palette);

impl Display for Pen {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        let Self(stroke, palette) = self;
        write!(out, r#"stroke="{}" stroke-width="{}""#, palette.of(stroke.role), Number(stroke.width))?;
        if stroke.is_dashed {
            let (dash, free) = DASHES;
            write!(out, r#" stroke-dasharray="{dash} {free}""#)?;
        }
        Ok(())
    }
}

/// Returns text that can stand in XML: control characters are made visible.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
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

/// A coordinate: two decimals at most, so that the last bit of a sine changes no byte.
struct Number(f64);

impl Display for Number {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        let text = format!("{:.2}", self.0 + 0.0);
        let trimmed = text.trim_end_matches('0').trim_end_matches('.');
        out.write_str(if trimmed == "-0" { "0" } else { trimmed })
    }
}
