//! From an offset in a file to line and column, with the line itself.

use unicode_width::UnicodeWidthStr;

use crate::domain::text::visible;
use crate::storage::library::files::File;
use crate::storage::library::flaw::{LocatedFlaw, Mark};
use crate::storage::library::notes::{Notes, Spot};

/// How many characters of a long line are shown before and after the start of what is meant.
const BEFORE: usize = 60;
const AFTER: usize = 60;
/// How many characters of a problem or remedy are shown: they can quote a text of any length.
const MOST_TEXT: usize = 400;

/// Returns the flaws with their places, by file and then from top to bottom.
///
/// One pass over each file, whatever the number of flaws: a file can be one line of 16 MB.
pub(super) fn locate(files: &[File], notes: Notes<'_>) -> Vec<LocatedFlaw> {
    let (mut raw, has_more) = notes.into_flaws();
    raw.sort_by_key(|flaw| (flaw.spot.file, flaw.spot.span));
    let mut cursor = Cursor::default();
    let mut file = usize::MAX;
    let mut located: Vec<LocatedFlaw> = raw
        .into_iter()
        .map(|flaw| {
            if flaw.spot.file != file {
                file = flaw.spot.file;
                cursor = Cursor::default();
            }
            let problem = match flaw.first {
                Some(first) => format!("{}; the first is at {}", flaw.problem, place(files, first)),
                None => flaw.problem,
            };
            let source = files.get(file);
            let mut located = whole(source.map_or("", |source| &source.shown), &problem, &flaw.remedy);
            if let (Some(source), Some(span)) = (source, flaw.spot.span) {
                cursor.advance(source.text(), span.0);
                (located.line, located.column) = (cursor.lines + 1, cursor.characters + 1);
                (located.source_line, located.mark) = show(source.text(), cursor.line_start, span);
            }
            located
        })
        .collect();
    if has_more {
        let file = located.last().map(|flaw| flaw.file.clone()).unwrap_or_default();
        located.push(whole(&file, "there are more problems than are shown", "Mend the others first."));
    }
    located
}

/// Returns a flaw of a file as a whole.
fn whole(file: &str, problem: &str, remedy: &str) -> LocatedFlaw {
    LocatedFlaw {
        file: visible(file).into_owned(),
        line: 0,
        column: 0,
        source_line: String::new(),
        problem: cut(&visible(problem), MOST_TEXT),
        remedy: cut(&visible(remedy), MOST_TEXT),
        mark: Mark::default(),
    }
}

/// Returns the text, or its beginning and a mark that there is more.
pub(super) fn cut(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

/// Returns the file and line of a spot.
fn place(files: &[File], spot: Spot) -> String {
    let Some(file) = files.get(spot.file) else { return String::new() };
    let before = spot.span.and_then(|span| file.text().get(..span.0)).unwrap_or_default();
    let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
    format!("{}:{line}", file.name)
}

/// How far a file has been gone through.
#[derive(Default)]
struct Cursor {
    offset: usize,
    lines: usize,
    line_start: usize,
    characters: usize,
}

impl Cursor {
    fn advance(&mut self, text: &str, to: usize) {
        let Some(between) = text.get(self.offset..to) else { return };
        let rest = if let Some(last) = between.rfind('\n') {
            self.lines += between.bytes().filter(|byte| *byte == b'\n').count();
            self.line_start = self.offset + last + 1;
            self.characters = 0;
            between.get(last + 1..).unwrap_or_default()
        } else {
            between
        };
        self.characters += rest.chars().count();
        self.offset = to;
    }
}

/// Returns the line, or a window of it around the span, and the mark below the span.
fn show(text: &str, line_start: usize, span: (usize, usize)) -> (String, Mark) {
    let before = text.get(line_start..span.0).unwrap_or_default();
    let rest = text.get(span.0..).unwrap_or_default();
    let rest = rest.split('\n').next().unwrap_or_default().trim_end_matches('\r');
    let (mut shown, mut width) = (String::new(), 0);
    match before.char_indices().rev().nth(BEFORE) {
        Some((start, first)) => {
            shown.push('…');
            shown.push_str(&visible(before.get(start + first.len_utf8()..).unwrap_or_default()));
        }
        None => shown.push_str(&visible(before)),
    }
    let mark = shown.width();
    let length = (span.1 - span.0).min(rest.len());
    for (offset, _) in rest.char_indices().take(AFTER).take_while(|(offset, _)| *offset < length) {
        let end = rest.get(offset..).and_then(|tail| tail.chars().next()).map_or(offset, |c| offset + c.len_utf8());
        width = visible(rest.get(..end).unwrap_or_default()).width();
    }
    shown.push_str(&cut(&visible(&cut(rest, AFTER)), AFTER));
    (shown, Mark { before: mark, width: width.max(1) })
}
