//! Figures and days in words, the same in every report and on every screen.

use chrono::NaiveDate;

use crate::domain::flow::Progress;
use crate::domain::level::Level;
use crate::domain::scoring::Range;

/// Below so many person-days, how many exactly is nothing that anybody can plan by.
const LEAST_DAYS: f64 = 0.5;

/// Returns a share as whole percent, such as `58 %`. Only all of it is 100 %, and only none of it is 0 %.
#[must_use]
pub fn percent(share: f64) -> String {
    format!("{} %", number(share * 100.0, 100.0, 0))
}

/// Returns a share with its range and what it rests on: `58 % (41 to 77 %), 62 of 80 answered`.
#[must_use]
pub fn share(range: &Range) -> String {
    covered(range, &share_alone(range))
}

/// Returns a share with its range, for a place that says beside it what it rests on: `58 % (41 to 77 %)`.
#[must_use]
pub fn share_alone(range: &Range) -> String {
    figure(range, " %", |share| number(share * 100.0, 100.0, 0))
}

/// Returns a maturity, 0 to 5, with its range and what it rests on: `2.1 (1.5 to 3.0), 62 of 80 answered`.
#[must_use]
pub fn maturity(range: &Range) -> String {
    covered(range, &maturity_alone(range))
}

/// Returns a maturity with its range, for a place that says beside it what it rests on: `2.1 (1.5 to 3.0)`.
#[must_use]
pub fn maturity_alone(range: &Range) -> String {
    figure(range, "", |maturity| number(maturity, Level::MOST_POINTS, 1))
}

/// Returns a maturity, 0 to 5: `2.1`. Only all of it is 5.0, and only none of it is 0.0.
#[must_use]
pub fn points(maturity: f64) -> String {
    number(maturity, Level::MOST_POINTS, 1)
}

/// Returns person-days of one question: its share of a package, which to a tenth of a day would be false exactness.
#[must_use]
pub fn days(days: f64) -> String {
    if days < LEAST_DAYS { "under 0.5".to_owned() } else { format!("about {days:.1}") }
}

/// Returns person-days of one question for a column: `1.2`, or `< 0.5`.
#[must_use]
pub fn days_short(days: f64) -> String {
    if days < LEAST_DAYS { format!("< {LEAST_DAYS:.1}") } else { format!("{days:.1}") }
}

/// Returns what a figure rests on: `62 of 80`.
#[must_use]
pub fn coverage(progress: Progress) -> String {
    format!("{} of {}", progress.answered, progress.asked)
}

/// Returns how much of what is asked is answered, for a column of its own: `62 of 80`, or that nothing is asked.
#[must_use]
pub fn answered(progress: Progress) -> String {
    if progress.asked == 0 { "not asked".to_owned() } else { coverage(progress) }
}

/// Returns a number of months, such as `7.4 months`.
#[must_use]
pub fn months(months: f64) -> String {
    format!("{months:.1} months")
}

/// Returns a number of months for a place that says beside it what it is, such as `7.4`. Nothing is never `-0.0`.
#[must_use]
pub fn months_alone(months: f64) -> String {
    let told = format!("{months:.1}");
    if told == "-0.0" { "0.0".to_owned() } else { told }
}

/// Returns a day as it is written in a letter, such as `24 November 2026`.
#[must_use]
pub fn date(day: NaiveDate) -> String {
    day.format("%-d %B %Y").to_string()
}

/// Returns a day as it is written in a table, such as `24 Nov 2026`.
#[must_use]
pub fn short_date(day: NaiveDate) -> String {
    day.format("%-d %b %Y").to_string()
}

/// Returns the middle of a share, such as `58 %`; a dash where nothing of it is answered or counts.
#[must_use]
pub fn middle_share(range: &Range) -> String {
    range.known().map_or_else(|| "–".to_owned(), percent)
}

/// Returns the middle of a maturity, such as `2.1`; a dash where nothing of it is answered or counts.
#[must_use]
pub fn middle_maturity(range: &Range) -> String {
    range.known().map_or_else(|| "–".to_owned(), |maturity| number(maturity, Level::MOST_POINTS, 1))
}

/// Below this share of answered questions, the range of a figure is told before what is assumed of its middle.
const ENOUGH_ANSWERED: f64 = 0.5;

/// Returns a share for a place where it stands large: its range, such as `9 to 100 %`, where less than half of it is
/// answered, else its middle.
#[must_use]
pub fn headline_share(range: &Range) -> String {
    hardly_known(range).then(|| span_of_share(range)).flatten().unwrap_or_else(|| middle_share(range))
}

/// Returns a maturity for a place where it stands large: see [`headline_share`].
#[must_use]
pub fn headline_maturity(range: &Range) -> String {
    hardly_known(range).then(|| span_of_maturity(range)).flatten().unwrap_or_else(|| middle_maturity(range))
}

/// Returns what stands below a headline: how far the share can still go, or what it is if the open ones are like those
/// answered. None where it is one number, or nothing is answered.
#[must_use]
pub fn below_headline_of_share(range: &Range) -> Option<String> {
    Some(below(range, &span_of_share(range)?, &middle_share(range)))
}

/// Returns what stands below a headline of a maturity: see [`below_headline_of_share`].
#[must_use]
pub fn below_headline_of_maturity(range: &Range) -> Option<String> {
    Some(below(range, &span_of_maturity(range)?, &middle_maturity(range)))
}

fn below(range: &Range, span: &str, middle: &str) -> String {
    match (range.known(), hardly_known(range)) {
        (None, _) => format!("{span} is possible"),
        (Some(_), true) => format!("{middle} if the rest is like what is answered"),
        (Some(_), false) => format!("{span} with what is open"),
    }
}

/// Returns whether something of a figure is answered, and less than half.
fn hardly_known(range: &Range) -> bool {
    range.known().is_some() && range.coverage() < ENOUGH_ANSWERED
}

/// Returns how far a share can still go, such as `41 to 77 %`; none where it is one number.
#[must_use]
pub fn span_of_share(range: &Range) -> Option<String> {
    span(range, " %", |share| number(share * 100.0, 100.0, 0))
}

/// Returns how far a maturity can still go, such as `1.5 to 3.0`; none where it is one number.
#[must_use]
pub fn span_of_maturity(range: &Range) -> Option<String> {
    span(range, "", |maturity| number(maturity, Level::MOST_POINTS, 1))
}

/// Returns how many of something there are, such as `1 question` or `3 questions`.
#[must_use]
pub fn count(number: usize, one: &str) -> String {
    if number == 1 { format!("1 {one}") } else { format!("{number} {one}s") }
}

/// Returns our own words for use within a sentence: with a small letter, unless they begin with a name such as Stage 1 or
/// with an abbreviation such as ISO.
#[must_use]
pub fn within(text: &str) -> String {
    let mut letters = text.chars();
    let Some(first) = letters.next() else { return String::new() };
    let is_name = text.starts_with("Stage ")
        || letters.clone().next().is_some_and(|second| !second.is_lowercase() && second != ' ');
    if is_name { text.to_owned() } else { format!("{}{}", first.to_lowercase(), letters.as_str()) }
}

/// Returns a whole number with its thousands apart, such as `10,000`.
#[must_use]
pub fn whole(number: u32) -> String {
    let digits = number.to_string();
    let mut told = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            told.push(',');
        }
        told.push(digit);
    }
    told
}

/// Returns an amount of money in whole hundreds, such as `12,300`: an estimate is worth no more.
#[must_use]
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to what fits before")]
pub fn amount(amount: f64) -> String {
    whole(((amount / 100.0).round() * 100.0).clamp(0.0, f64::from(u32::MAX)) as u32)
}

fn span(range: &Range, unit: &str, number: impl Fn(f64) -> String) -> Option<String> {
    let (low, high) = (number(range.low), number(range.high));
    (range.applies() && low != high).then(|| format!("{low} to {high}{unit}"))
}

fn covered(range: &Range, figure: &str) -> String {
    if range.applies() { format!("{figure}, {} answered", coverage(range.answered)) } else { figure.to_owned() }
}

fn figure(range: &Range, unit: &str, number: impl Fn(f64) -> String) -> String {
    if !range.applies() {
        return "no question counts".to_owned();
    }
    let (low, high) = (number(range.low), number(range.high));
    match range.known().map(number) {
        None => format!("not known yet ({low} to {high}{unit})"),
        Some(middle) if low == high => format!("{middle}{unit}"),
        Some(middle) => format!("{middle}{unit} ({low} to {high}{unit})"),
    }
}

/// Returns a number so that it reads as the greatest or as 0 only where it is.
fn number(value: f64, most: f64, digits: usize) -> String {
    let step = if digits == 0 { 1.0 } else { 0.1 };
    let shown = if value > 0.0 && value < most { value.clamp(step, most - step) } else { value };
    format!("{shown:.digits$}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn range(low: f64, middle: Option<f64>, high: f64, answered: usize, asked: usize) -> Range {
        Range { low, middle, high, answered: Progress { answered, asked } }
    }

    #[test]
    fn a_figure_stands_with_its_range_and_its_coverage() {
        assert_eq!(share(&range(0.41, Some(0.58), 0.77, 62, 80)), "58 % (41 to 77 %), 62 of 80 answered");
        assert_eq!(share(&range(0.58, Some(0.58), 0.58, 80, 80)), "58 %, 80 of 80 answered");
        assert_eq!(share(&range(0.0, None, 1.0, 0, 80)), "not known yet (0 to 100 %), 0 of 80 answered");
        assert_eq!(share(&range(0.0, None, 0.0, 0, 0)), "no question counts");
        assert_eq!(maturity(&range(1.5, Some(2.1), 3.0, 62, 80)), "2.1 (1.5 to 3.0), 62 of 80 answered");
    }

    #[test]
    fn what_nobody_answered_is_a_dash_whatever_is_assumed_of_it() {
        let assumed = range(0.0, Some(0.58), 1.0, 0, 7);
        assert_eq!((middle_share(&assumed), middle_maturity(&assumed)), ("–".to_owned(), "–".to_owned()));
    }

    #[test]
    fn a_headline_is_a_range_until_half_is_answered() {
        let few = range(0.09, Some(1.0), 1.0, 6, 65);
        assert_eq!(headline_share(&few), "9 to 100 %");
        assert_eq!(below_headline_of_share(&few).as_deref(), Some("100 % if the rest is like what is answered"));
        let half = range(0.41, Some(0.58), 0.77, 40, 80);
        assert_eq!(headline_share(&half), "58 %");
        assert_eq!(below_headline_of_share(&half).as_deref(), Some("41 to 77 % with what is open"));
        let none = range(0.0, Some(0.4), 1.0, 0, 80);
        assert_eq!(headline_share(&none), "–");
        assert_eq!(headline_maturity(&range(0.1, Some(2.0), 4.8, 10, 187)), "0.1 to 4.8");
    }

    #[test]
    fn where_nothing_is_asked_nothing_is_open() {
        assert_eq!(answered(Progress { answered: 0, asked: 0 }), "not asked");
        assert_eq!(answered(Progress { answered: 0, asked: 2 }), "0 of 2");
    }

    #[test]
    fn only_all_of_it_is_100_percent() {
        let told: Vec<String> = [0.0, 0.001, 0.5, 0.996, 0.999_999, 1.0].into_iter().map(percent).collect();
        assert_eq!(told, ["0 %", "1 %", "50 %", "99 %", "99 %", "100 %"]);
        assert_eq!(maturity(&range(4.99, Some(4.99), 4.99, 2, 2)), "4.9, 2 of 2 answered");
    }

    #[test]
    fn thousands_stand_apart() {
        assert_eq!([7, 100, 1000, 1_234_567].map(whole), ["7", "100", "1,000", "1,234,567"]);
    }

    #[test]
    fn our_words_begin_small_within_a_sentence_and_names_do_not() {
        let told =
            ["One person more", "The help of a consultant", "ISO/IEC 27001 held", "Stage 1 reads a document here", ""];
        let within = told.map(within);
        assert_eq!(
            within,
            ["one person more", "the help of a consultant", "ISO/IEC 27001 held", "Stage 1 reads a document here", ""]
        );
    }

    #[test]
    fn days_and_counts_read_as_in_a_letter() {
        assert_eq!(date(crate::domain::testing::day(2027, 3, 1)), "1 March 2027");
        assert_eq!((count(1, "question"), count(0, "question")), ("1 question".into(), "0 questions".into()));
    }
}
