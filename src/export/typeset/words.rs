//! Fills lines with words that were shaped before.
//!
//! A line may break after a space, but for a few signs (UAX 14): where one of these stands beside a space, the words on both
//! sides are shaped together, so that parley finds out. Where a word may be broken within, it consists of several pieces.

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;
use std::rc::Rc;

use parley::{Alignment, FontData};

use crate::export::typeset::shape::{Face, Shaper, Stretch};
use crate::export::typeset::{Glyph, Line, Span, Type};

/// The size that words are shaped at; what they come to grows with the size.
const UNIT: f32 = 1000.0;
/// How many words are shaped at once at most: a handful takes hardly longer than one.
const AT_ONCE: usize = 256;
/// What stands between words that are shaped at once.
const BETWEEN: char = '\n';

/// The words that were met.
#[derive(Default)]
pub struct Words {
    known: HashMap<Face, HashMap<String, Option<Rc<Word>>>>,
    /// Words that are to come, each once.
    coming: HashMap<Face, BTreeSet<String>>,
    /// The height of a line, and where in it the letters stand: of a face, a size and a distance of lines, as their bits.
    metrics: HashMap<(Face, u32, u32), (f32, f32)>,
}

/// A word with the space after it.
struct Word {
    font: FontData,
    /// What of it can't be broken.
    pieces: Vec<Piece>,
}

struct Piece {
    glyphs: Vec<Glyph>,
    /// How wide it is without the space at its end.
    width: f32,
    /// How wide it is with it.
    full: f32,
}

impl Words {
    /// Notes the words of a text that will be set: they are shaped together.
    pub fn expect(&mut self, content: &str, stretches: &[Stretch]) {
        for (range, stretch) in words(content, stretches).unwrap_or_default() {
            let Some(word) = content.get(range).filter(|word| word.chars().all(is_plain)) else { continue };
            let coming = self.coming.entry(stretch.face).or_default();
            if !coming.contains(word) {
                coming.insert(word.to_owned());
            }
        }
    }

    /// Sets a text in lines of a width; none where it takes more than to put one word after the other.
    pub fn set(
        &mut self,
        (content, stretches): (&str, &[Stretch]),
        style: Type,
        width: f32,
        (shaper, missing): (&mut Shaper, &mut BTreeSet<char>),
    ) -> Option<Vec<Line>> {
        // A space at the end counts as wide, but for where a line breaks.
        if content.is_empty() || content.ends_with(' ') || !content.chars().all(is_plain) {
            return None;
        }
        let words = words(content, stretches)?;
        for (range, stretch) in &words {
            let word = content.get(range.clone())?;
            if !self.known.get(&stretch.face).is_some_and(|known| known.contains_key(word)) {
                self.coming.entry(stretch.face).or_default().insert(word.to_owned());
            }
        }
        self.learn(shaper, missing);
        let mut lines = Filling { style, most: width, metrics: None, lines: vec![], x: 0.0 };
        for (range, stretch) in words {
            let word = self.known.get(&stretch.face)?.get(content.get(range.clone())?)?.as_ref()?;
            let key = (stretch.face, style.size.to_bits(), style.leading.to_bits());
            let metrics = self.metrics.entry(key).or_insert_with(|| shaper.metrics(stretch.face, style));
            lines.add(word, *metrics, range.start, stretch)?;
        }
        Some(lines.aligned())
    }

    /// Shapes the words that are to come.
    fn learn(&mut self, shaper: &mut Shaper, missing: &mut BTreeSet<char>) {
        for (face, words) in self.coming.drain() {
            let known = self.known.entry(face).or_default();
            let new: Vec<String> = words.into_iter().filter(|word| !known.contains_key(word)).collect();
            for words in new.chunks(AT_ONCE) {
                let lines = shaper.pieces(&words.join(&BETWEEN.to_string()), face, Type::new(UNIT, 1.0), missing);
                for (word, shaped) in words.iter().zip(shaped(words, lines)) {
                    known.insert(word.clone(), shaped.map(Rc::new));
                }
            }
        }
    }
}

/// Returns what some words came to that were shaped at once; none for a word that isn't of one font.
fn shaped(words: &[String], lines: Vec<Line>) -> Vec<Option<Word>> {
    let mut lines = lines.into_iter().peekable();
    let mut start = 0;
    let told = words.iter().map(|word| {
        let end = start + word.len();
        let mut fonts: Vec<FontData> = vec![];
        let mut pieces = vec![];
        while let Some(line) = lines.next_if(|line| begins(line) < end) {
            fonts.extend(line.spans.iter().map(|span| span.font.clone()));
            let glyphs = line.spans.into_iter().flat_map(|span| span.glyphs).filter(|glyph| glyph.text.start < end);
            pieces.push(piece(
                word,
                glyphs
                    .map(|glyph| Glyph {
                        text: glyph.text.start.saturating_sub(start)..glyph.text.end.saturating_sub(start),
                        ..glyph
                    })
                    .collect(),
            ));
        }
        start = end + BETWEEN.len_utf8();
        let font = fonts.first()?.clone();
        fonts.iter().all(|other| other.data.id() == font.data.id()).then_some(Word { font, pieces })
    });
    told.collect()
}

/// Returns the byte at which a line begins.
fn begins(line: &Line) -> usize {
    line.spans.iter().flat_map(|span| &span.glyphs).map(|glyph| glyph.text.start).min().unwrap_or(usize::MAX)
}

fn piece(word: &str, glyphs: Vec<Glyph>) -> Piece {
    let full: f32 = glyphs.iter().map(|glyph| glyph.advance).sum();
    let spaces = glyphs.iter().rev().take_while(|glyph| word.get(glyph.text.clone()) == Some(" "));
    Piece { width: full - spaces.map(|glyph| glyph.advance).sum::<f32>(), full, glyphs }
}

/// Lines that are being filled.
struct Filling {
    style: Type,
    most: f32,
    metrics: Option<(f32, f32)>,
    lines: Vec<Line>,
    /// Where the next piece stands.
    x: f32,
}

impl Filling {
    /// Adds a word that begins at a byte of the text. None where it is wider than a line, or stands higher than those before.
    fn add(&mut self, word: &Word, metrics: (f32, f32), start: usize, stretch: &Stretch) -> Option<()> {
        if *self.metrics.get_or_insert(metrics) != metrics {
            return None;
        }
        let scale = self.style.size / UNIT;
        for piece in &word.pieces {
            let width = piece.width * scale;
            if width > self.most {
                return None;
            }
            if self.lines.is_empty() || self.x + width > self.most {
                let top = self.lines.last().map_or(0.0, |line| line.bottom);
                let (bottom, baseline) = (top + metrics.0, top + metrics.1);
                self.lines.push(Line { top, bottom, baseline, ..Line::default() });
                self.x = 0.0;
            }
            let line = self.lines.last_mut()?;
            let glyphs = piece.glyphs.iter().map(|glyph| Glyph {
                id: glyph.id,
                advance: glyph.advance * scale,
                x: glyph.x * scale,
                y: glyph.y * scale,
                text: start + glyph.text.start..start + glyph.text.end,
            });
            let font = word.font.data.id();
            let is_same = |span: &&mut Span| span.colour == stretch.colour && span.font.data.id() == font;
            match line.spans.last_mut().filter(is_same) {
                Some(span) => span.glyphs.extend(glyphs),
                None => line.spans.push(Span {
                    font: word.font.clone(),
                    size: self.style.size,
                    colour: stretch.colour,
                    glyphs: glyphs.collect(),
                }),
            }
            line.width = self.x + width;
            self.x += piece.full * scale;
        }
        Some(())
    }

    fn aligned(mut self) -> Vec<Line> {
        let share = match self.style.alignment {
            Alignment::End | Alignment::Right => 1.0,
            Alignment::Center => 0.5,
            Alignment::Start | Alignment::Left | Alignment::Justify => 0.0,
        };
        for line in &mut self.lines {
            line.offset = (self.most - line.width) * share;
        }
        self.lines
    }
}

/// Returns the words of a text, each with the space after it and how it is set; none where the way of setting changes within
/// a word.
fn words<'s>(content: &str, stretches: &'s [Stretch]) -> Option<Vec<(Range<usize>, &'s Stretch)>> {
    let mut words = vec![];
    let mut stretches = stretches.iter().filter(|stretch| !stretch.range.is_empty()).peekable();
    let mut start = 0;
    let mut letters = content.char_indices().peekable();
    let mut before = None;
    while let Some((at, letter)) = letters.next() {
        let next = letters.peek().map(|(next, letter)| (*next, *letter));
        let end = next.map_or(content.len(), |(next, _)| next);
        let stretch = *stretches.peek()?;
        let ends_stretch = end == stretch.range.end;
        let ends_word = letter == ' '
            && match next {
                Some((_, next)) => next.is_alphanumeric() && before.is_some_and(goes_with_nothing),
                None => true,
            };
        if ends_word || (next.is_none() && at < end) {
            words.push((start..end, stretch));
            start = end;
        } else if ends_stretch {
            // The space after it is set in another way.
            if !goes_with_nothing(letter) || next.is_none_or(|(_, next)| next != ' ') {
                return None;
            }
            words.push((start..end, stretch));
            start = end;
        }
        if ends_stretch {
            stretches.next();
        }
        if letter != ' ' {
            before = Some(letter);
        }
    }
    Some(words)
}

/// Returns whether a line may break at a space after this character, before any letter or figure.
fn goes_with_nothing(letter: char) -> bool {
    letter.is_alphanumeric() || matches!(letter, '.' | ',' | ';' | ':' | ')' | '%' | '!' | '?' | '·' | '–')
}

/// Returns whether a character is read from left to right and by itself, and is a Latin letter or of no script. Beside the
/// letters of another script, signs belong to that: what they come to depends on what stands around them.
fn is_plain(letter: char) -> bool {
    matches!(letter,
        ' '..='~' | '\u{a0}'..='\u{ac}' | '\u{ae}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' | '\u{2010}'..='\u{2027}'
        | '\u{2030}'..='\u{205e}' | '\u{20a0}'..='\u{20bf}' | '\u{2100}'..='\u{2125}' | '\u{2127}'..='\u{22ff}')
}
