//! What a report has to be told for a format, of what takes long to work out.

use crate::domain::report::{Audience, Part};
use crate::export::Format;

/// What takes long to work out, and is told by some formats alone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is asked for by itself")]
pub struct Asks {
    /// When the milestones are reached.
    pub forecast: bool,
    /// What closing each work package would save: by this, actions are ranked.
    pub work: bool,
    /// What would shorten the way.
    pub what_ifs: bool,
    /// How the assessment stood before.
    pub history: bool,
}

impl Asks {
    /// Returns what some formats ask for together.
    #[must_use]
    pub fn of(formats: &[Format], audience: Audience) -> Self {
        formats.iter().fold(Self::default(), |all, format| {
            let one = format.asks(audience);
            Self {
                forecast: all.forecast || one.forecast,
                work: all.work || one.work,
                what_ifs: all.what_ifs || one.what_ifs,
                history: all.history || one.history,
            }
        })
    }
}

impl Format {
    /// Returns what a report has to be told, so that this format leaves out nothing that the audience reads.
    #[must_use]
    pub fn asks(self, audience: Audience) -> Asks {
        let (reads_dates, is_full) = (audience.reads_dates(), audience == Audience::Full);
        match self {
            Self::Markdown | Self::Html | Self::Pdf | Self::Docx => Asks {
                forecast: reads_dates,
                work: reads_dates,
                what_ifs: matches!(audience, Audience::Full | Audience::Board),
                history: audience.parts().contains(&Part::Changes),
            },
            Self::Xlsx => Asks { forecast: reads_dates, work: reads_dates, what_ifs: is_full, history: is_full },
            Self::Csv => Asks { work: reads_dates, history: is_full, ..Asks::default() },
            Self::Json => Asks { forecast: true, work: true, what_ifs: true, history: true },
            Self::Oscal => Asks { history: true, ..Asks::default() },
            Self::Calendar => Asks { forecast: reads_dates, ..Asks::default() },
        }
    }
}
