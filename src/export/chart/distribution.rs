//! How the months to the certificate are distributed, with P50, P80, what is typical, and the date that is wanted.

use crate::domain::report::words;
use crate::domain::roadmap::Milestone;
use crate::domain::timeline::{DAYS_PER_MONTH, Forecast, Percentiles, TYPICAL_MONTHS, day_after, told_day};
use crate::export::chart::drawing::{Anchor, Drawing, Letters, Stroke};
use crate::export::chart::width::width;
use crate::export::palette::{Palette, Role};

const SIZE: (f64, f64) = (640.0, 230.0);
const LEFT: f64 = 24.0;
const RIGHT: f64 = 24.0;
const TOP: f64 = 44.0;
const BASE: f64 = 176.0;
/// The size of all letters: the picture is set at half of a page's width too.
const SMALL: f64 = 9.6;

/// What the months of the axis are, and where they lie.
struct Axis {
    from: f64,
    to: f64,
}

/// Draws the distribution; none where nothing was drawn.
#[must_use]
pub fn distribution(forecast: &Forecast, palette: Palette) -> Option<Drawing> {
    let histogram = &forecast.histogram;
    let most = histogram.counts.iter().max().copied().filter(|most| *most > 0)?;
    let certificate = forecast.milestone(Milestone::Certificate)?;
    let mut drawing = Drawing::new(SIZE, "Months to the certificate: how likely each is", palette);
    drawing.description = described(forecast, certificate);
    let axis = axis(forecast);
    typical(&mut drawing, &axis);
    for (bin, count) in histogram.counts.iter().enumerate() {
        #[expect(clippy::cast_precision_loss, reason = "a small count")]
        let from = histogram.from + bin as f64 * histogram.width;
        let height = f64::from(*count) / f64::from(most) * (BASE - TOP);
        let (left, right) = (axis.place(from), axis.place(from + histogram.width));
        let role =
            if from + histogram.width <= certificate.p80 + histogram.width / 2.0 { Role::Accent } else { Role::Soft };
        drawing.rect((left + 0.5, BASE - height), ((right - left - 1.0).max(0.8), height), 0.0, role);
    }
    scale(&mut drawing, forecast, &axis);
    marks(&mut drawing, forecast, certificate, &axis);
    Some(drawing)
}

fn described(forecast: &Forecast, months: Percentiles) -> String {
    let day = |months: f64| words::date(told_day(forecast.start, months));
    format!(
        "Half of the trials end by {} ({}), 80 % by {} ({}). The darker bars are the trials up to P80.",
        day(months.p50),
        words::months(months.p50),
        day(months.p80),
        words::months(months.p80)
    )
}

fn target_month(forecast: &Forecast) -> Option<f64> {
    let days = (forecast.target?.date - forecast.start).num_days();
    #[expect(clippy::cast_precision_loss, reason = "days within the calendar")]
    let months = days as f64 / DAYS_PER_MONTH;
    Some(months)
}

fn axis(forecast: &Forecast) -> Axis {
    let histogram = &forecast.histogram;
    #[expect(clippy::cast_precision_loss, reason = "a small count")]
    let end = histogram.from + histogram.counts.len() as f64 * histogram.width;
    let mut axis = Axis { from: histogram.from, to: end };
    // What is typical belongs into the picture where it doesn't squeeze the bars.
    let room = (end - histogram.from).max(1.0);
    for month in [Some(TYPICAL_MONTHS.0), Some(TYPICAL_MONTHS.1), target_month(forecast)].into_iter().flatten() {
        if month > axis.from - 2.0 * room && month < axis.to + 2.0 * room {
            axis.from = axis.from.min(month.max(0.0) - 0.3);
            axis.to = axis.to.max(month + 0.3);
        }
    }
    axis.from = axis.from.max(0.0);
    axis
}

impl Axis {
    fn place(&self, month: f64) -> f64 {
        let share = (month - self.from) / (self.to - self.from).max(0.001);
        LEFT + share.clamp(0.0, 1.0) * (SIZE.0 - LEFT - RIGHT)
    }

    fn holds(&self, month: f64) -> bool {
        month >= self.from && month <= self.to
    }
}

fn typical(drawing: &mut Drawing, axis: &Axis) {
    let (from, to) = TYPICAL_MONTHS;
    if to < axis.from || from > axis.to {
        return;
    }
    let (left, right) = (axis.place(from), axis.place(to));
    drawing.rect((left, TOP - 6.0), (right - left, BASE - TOP + 6.0), 0.0, Role::Ground);
    // Below the axis, where no line of a percentile runs through it.
    let y = SIZE.1 - 10.0;
    drawing.rect((LEFT, y - 8.0), (18.0, 9.0), 0.0, Role::Ground);
    drawing.frame((LEFT, y - 8.0), (18.0, 9.0), 0.0, Stroke::solid(Role::Rule, 0.7));
    let text = format!("typical: {from:.0} to {to:.0} months");
    drawing.text((LEFT + 23.0, y), &text, Letters::plain(SMALL).muted());
}

fn scale(drawing: &mut Drawing, forecast: &Forecast, axis: &Axis) {
    drawing.line((LEFT, BASE), (SIZE.0 - RIGHT, BASE), Stroke::solid(Role::Ink, 0.9));
    let width = axis.to - axis.from;
    let step = [0.25, 0.5, 1.0, 2.0, 3.0, 6.0, 12.0, 24.0].into_iter().find(|step| width / step <= 9.0).unwrap_or(60.0);
    let mut month = (axis.from / step).ceil() * step;
    while month <= axis.to {
        let x = axis.place(month);
        drawing.line((x, BASE), (x, BASE + 4.0), Stroke::solid(Role::Ink, 0.8));
        let digits = usize::from(step < 1.0) * 2;
        let letters = Letters::plain(SMALL).at(Anchor::Middle);
        drawing.text((x, BASE + 14.5), &format!("{month:.digits$}"), letters);
        let day = day_after(forecast.start, month).format("%b %Y").to_string();
        drawing.text((x, BASE + 26.5), &day, letters.muted());
        month += step;
    }
    let (x, y) = (SIZE.0 / 2.0, SIZE.1 - 10.0);
    let text = format!("months from the start, {}", words::date(forecast.start));
    drawing.text((x, y), &text, Letters::plain(SMALL).at(Anchor::Middle).muted());
}

fn marks(drawing: &mut Drawing, forecast: &Forecast, months: Percentiles, axis: &Axis) {
    let mut lines: Vec<f64> = vec![];
    let mut mark = |month: f64, text: String, y: f64, stroke: Stroke| {
        if !axis.holds(month) {
            return;
        }
        let x = axis.place(month);
        drawing.line((x, y + 4.0), (x, BASE), stroke);
        // Strong letters are a little wider than those that the widths are of.
        let room = width(&text, SMALL) * 1.08 + 3.0;
        let anchor = if x + room > SIZE.0 { Anchor::End } else { Anchor::Start };
        let (shift, left) = if anchor == Anchor::End { (-3.0, x - room) } else { (3.0, x) };
        // A line of an earlier mark would run through the letters.
        let is_crossed = |line: &&f64| **line > left - 2.0 && **line < left + room + 2.0 && (**line - x).abs() > 1.0;
        for line in lines.iter().filter(is_crossed) {
            drawing.rect((line - 2.0, y - 0.5), (4.0, 11.5), 0.0, Role::Paper);
        }
        lines.push(x);
        drawing.text((x + shift, y + 8.5), &text, Letters::plain(SMALL).strong().at(anchor));
    };
    let day = |months: f64| words::date(told_day(forecast.start, months));
    mark(months.p50, format!("P50: {}", day(months.p50)), 2.0, Stroke::solid(Role::Ink, 1.2));
    mark(months.p80, format!("P80: {}", day(months.p80)), 14.0, Stroke::solid(Role::Ink, 1.2));
    if let (Some(outlook), Some(month)) = (forecast.target, target_month(forecast)) {
        let met = if outlook.probability < 1.0 {
            format!("{} of the trials", words::percent(outlook.probability))
        } else {
            "each trial".to_owned()
        };
        let text = format!("wanted: {}, met in {met}", words::date(outlook.date));
        mark(month, text, 26.0, Stroke::dashed(Role::Bad, 1.2));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::timeline::{Histogram, Outlook};
    use crate::export::tests::sample;

    fn svg(target: Option<&str>) -> String {
        let forecast = sample::forecast(&sample::plain);
        let target = target.map(|day| Outlook { date: day.parse().unwrap(), probability: 0.91 });
        let histogram = Histogram { from: 6.0, width: 0.5, counts: vec![1; 12] };
        distribution(&Forecast { histogram, target, ..forecast }, Palette::default()).unwrap().svg("months")
    }

    #[test]
    fn no_line_runs_through_the_label_of_another_mark() {
        // The label of a day at the right edge stands to its left, where P80 is.
        let svg = svg(Some("2028-02-28"));
        let gap = svg.find("f-paper").expect("the line of P80 has a gap");
        assert!(svg.find("P80").unwrap() < gap && gap < svg.find("wanted:").unwrap(), "{svg}");
    }

    #[test]
    fn a_line_that_crosses_nothing_has_no_gap() {
        let svg = svg(None);
        assert!(svg.contains("P80") && !svg.contains("f-paper"), "{svg}");
    }
}
