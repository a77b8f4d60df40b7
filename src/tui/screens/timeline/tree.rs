//! The plan as a tree that folds: a phase a line, opened to its packages, opened to their questions.

use std::collections::BTreeSet;

use crate::domain::id::{PackageId, QuestionId};
use crate::domain::roadmap::Phase;
use crate::domain::timeline::{Forecast, PackageForecast};

/// Which lines are open.
#[derive(Clone, Debug, Default)]
pub struct Folds {
    phases: BTreeSet<Phase>,
    packages: BTreeSet<PackageId>,
}

/// A line of the plan.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Row<'a> {
    /// A phase, whether it is open or not.
    Phase(Phase),
    /// A package or step of an open phase.
    Package(&'a PackageForecast),
    /// A question of an open package.
    Question(&'a PackageForecast, &'a QuestionId),
}

impl Row<'_> {
    /// Returns the phase that the line belongs to.
    pub fn phase(&self) -> Phase {
        match self {
            Self::Phase(phase) => *phase,
            Self::Package(package) | Self::Question(package, _) => package.phase,
        }
    }
}

impl Folds {
    /// Returns the lines that are seen, in order: by phase, then by start.
    pub fn rows<'a>(&self, forecast: &'a Forecast) -> Vec<Row<'a>> {
        let mut rows = vec![];
        for phase in Phase::ALL {
            let packages = of_phase(forecast, phase);
            if packages.is_empty() {
                continue;
            }
            rows.push(Row::Phase(phase));
            if !self.phases.contains(&phase) {
                continue;
            }
            for package in packages {
                rows.push(Row::Package(package));
                if self.packages.contains(&package.id) {
                    rows.extend(package.questions.iter().map(|question| Row::Question(package, question)));
                }
            }
        }
        rows
    }

    /// Returns whether the line is open.
    pub fn is_open(&self, row: &Row<'_>) -> bool {
        match row {
            Row::Phase(phase) => self.phases.contains(phase),
            Row::Package(package) => self.packages.contains(&package.id),
            Row::Question(..) => false,
        }
    }

    /// Opens a line.
    pub fn open(&mut self, row: &Row<'_>) {
        match row {
            Row::Phase(phase) => drop(self.phases.insert(*phase)),
            Row::Package(package) => drop(self.packages.insert(package.id.clone())),
            Row::Question(..) => {}
        }
    }

    /// Closes the line or, where it is closed, the one that it stands below; returns that one.
    pub fn close<'a>(&mut self, row: &Row<'a>) -> Row<'a> {
        let closed = match row {
            Row::Package(package) if !self.is_open(row) => Row::Phase(package.phase),
            Row::Question(package, _) => Row::Package(package),
            Row::Phase(_) | Row::Package(_) => *row,
        };
        match &closed {
            Row::Phase(phase) => drop(self.phases.remove(phase)),
            Row::Package(package) => drop(self.packages.remove(&package.id)),
            Row::Question(..) => {}
        }
        closed
    }
}

/// Returns the packages of a phase by their start.
pub fn of_phase(forecast: &Forecast, phase: Phase) -> Vec<&PackageForecast> {
    let mut packages: Vec<&PackageForecast> =
        forecast.packages.iter().filter(|package| package.phase == phase).collect();
    packages.sort_by(|a, b| a.months.0.total_cmp(&b.months.0).then(a.months.1.total_cmp(&b.months.1)));
    packages
}

/// Returns when the first of some packages starts and the last one finishes, in months; none where there is none.
pub fn span(forecast: &Forecast, packages: &[&PackageForecast]) -> Option<(f64, f64)> {
    packages
        .iter()
        .map(|package| forecast.months_of(package))
        .reduce(|(from, to), (start, finish)| (from.min(start), to.max(finish)))
}
