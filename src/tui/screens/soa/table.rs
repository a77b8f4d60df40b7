//! The rows of the statement, and what is told of one.

use ratatui::text::{Line, Span};

use crate::domain::id::RequirementId;
use crate::domain::soa::{Control, Decision, Soa};
use crate::domain::statement::{OwnControl, Status};
use crate::domain::text::visible;
use crate::tui::theme::{Role, Theme};
use crate::tui::widgets::list::{column, fit};
use crate::tui::widgets::page::Page;

/// A row: a control of the questionnaire, or one of the organisation's own.
pub(super) enum Row<'a> {
    Control(&'a Control),
    Own(&'a RequirementId, &'a OwnControl),
}

impl Row<'_> {
    pub(super) fn id(&self) -> &RequirementId {
        match self {
            Row::Control(control) => &control.id,
            Row::Own(id, _) => id,
        }
    }
}

pub(super) fn row(soa: &Soa, index: usize) -> Option<Row<'_>> {
    match soa.controls.get(index) {
        Some(control) => Some(Row::Control(control)),
        None => soa.own.get(index.checked_sub(soa.controls.len())?).map(|(id, own)| Row::Own(id, own)),
    }
}

pub(super) fn len(soa: &Soa) -> usize {
    soa.controls.len() + soa.own.len()
}

/// The cells of a status with its mark and the gap after it.
const STATUS: usize = 21;
const ANSWERED: usize = 9;

/// How wide the columns are.
pub(super) struct Columns {
    title: usize,
    reasons: usize,
    status: usize,
    owner: usize,
}

impl Columns {
    pub(super) fn new(width: usize) -> Self {
        // The mark of the list, the id, whether it applies, the coverage, and the gaps between them.
        let fixed = 2 + 9 + 6 + ANSWERED + 1 + 1;
        let rest = width.saturating_sub(fixed);
        let status = if width >= 110 { STATUS } else { 0 };
        // What the control is comes before who owns it: the details tell that too.
        let owner = if width >= 100 { (rest / 8).clamp(8, 22) } else { 0 };
        let reasons = (rest / 6).clamp(8, 30);
        Self { title: rest.saturating_sub(reasons + owner + STATUS + status), reasons, status, owner }
    }

    pub(super) fn heading(&self) -> String {
        let mut heading = format!(
            "  {}{} {}{} {}",
            column("Control", 9),
            column("", self.title),
            column("Here", 6),
            column("Reasons", self.reasons),
            column("Claimed", STATUS)
        );
        if self.status > 0 {
            heading.push_str(&column("By the evidence", self.status));
        }
        heading.push_str(&column("Answered", ANSWERED));
        heading.push_str(&fit("Owner", self.owner));
        heading
    }

    pub(super) fn line<'a>(&self, row: &Row<'_>, theme: &Theme) -> Line<'a> {
        let (title, owner) = match row {
            Row::Control(control) => (control.title.as_str(), control.owners.join(", ")),
            Row::Own(_, own) => (own.title.as_str(), own.owner.clone()),
        };
        let mut line = vec![
            Span::styled(column(&visible(row.id().as_str()), 9), theme.text),
            Span::styled(column(&visible(title), self.title), theme.text),
            Span::raw(" "),
        ];
        match row {
            Row::Control(Control { decision: Decision::Excluded { because }, .. }) => {
                line.push(Span::styled(column("– no", 6), theme.muted));
                let room = self.reasons + 1 + STATUS + self.status + ANSWERED;
                line.push(Span::styled(column(&visible(because), room), theme.muted));
            }
            Row::Control(Control { decision: Decision::Undecided, .. }) => {
                line.push(Span::styled(column("? open", 6), theme.caution));
                let room = self.reasons + 1 + STATUS + self.status + ANSWERED;
                let told = " no question of it concerns your role: decide";
                line.push(Span::styled(column(told, room), theme.caution));
            }
            Row::Control(control @ Control { decision: Decision::Applicable { status, .. }, .. }) => {
                let reasons: Vec<&str> = control.reasons.iter().map(|reason| reason.word()).collect();
                let (told, style) = if reasons.is_empty() {
                    ("! none".to_owned(), theme.caution)
                } else {
                    (reasons.join(", "), theme.text)
                };
                line.push(Span::styled(column("✓ yes", 6), theme.good));
                line.push(Span::styled(column(&told, self.reasons), style));
                line.push(Span::raw(" "));
                line.push(Span::styled(column(&mark(status.claimed), STATUS), style_of(status.claimed, theme)));
                if self.status > 0 {
                    line.push(Span::styled(
                        column(&mark(status.evidenced), self.status),
                        style_of(status.evidenced, theme),
                    ));
                }
                let answered = match control.answered.asked {
                    0 => "n/a".to_owned(),
                    asked => format!("{}/{asked}", control.answered.answered),
                };
                line.push(Span::styled(column(&answered, ANSWERED), theme.muted));
            }
            Row::Own(_, own) => {
                line.push(Span::styled(column("✓ own", 6), theme.good));
                line.push(Span::styled(column(&visible(&own.reason), self.reasons), theme.text));
                line.push(Span::raw(" "));
                line.push(Span::styled(column(&mark(own.status), STATUS), style_of(own.status, theme)));
                line.push(Span::raw(" ".repeat(self.status + ANSWERED)));
            }
        }
        line.push(Span::styled(fit(&visible(&owner), self.owner), theme.text));
        Line::from(line)
    }
}

fn mark(status: Status) -> String {
    let mark = match status {
        Status::Open => "·",
        Status::NotImplemented => "○",
        Status::Partly => "◐",
        Status::Implemented => "●",
    };
    format!("{mark} {}", status.title())
}

fn style_of(status: Status, theme: &Theme) -> ratatui::style::Style {
    match status {
        Status::Open => theme.muted,
        Status::NotImplemented => theme.bad,
        Status::Partly => theme.caution,
        Status::Implemented => theme.good,
    }
}

pub(super) fn details(soa: &Soa, row: &Row<'_>, width: u16) -> Page {
    let mut page = Page::new(width);
    match row {
        Row::Control(control) => {
            page.hanging(vec![(Role::Muted, format!("{}  ", control.id))], Role::Title, &control.title);
            page.paragraph(Role::Text, &control.line());
            let evidence: Vec<&str> = control.evidence.iter().map(|item| item.what.as_str()).collect();
            if !evidence.is_empty() {
                page.hanging(vec![(Role::Muted, "Evidence  ".to_owned())], Role::Text, &evidence.join("; "));
            }
        }
        Row::Own(id, own) => {
            page.hanging(vec![(Role::Muted, format!("{id}  "))], Role::Title, &own.title);
            page.paragraph(Role::Text, &own.reason);
        }
    }
    if let Some(change) = soa.changes.iter().find(|change| &change.control == row.id()) {
        let old = change.old.as_deref().unwrap_or("not in it");
        page.hanging(vec![(Role::Caution, "! Approved was  ".to_owned())], Role::Text, old);
    }
    page
}
