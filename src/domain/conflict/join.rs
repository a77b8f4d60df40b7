//! Texts that were changed side by side, joined where the changes touch different lines.

/// The greatest number of lines of a text that is joined: the work grows with the square of it, at every reading.
const MOST_LINES: usize = 500;

/// Returns a text with the changes of all sides, each against the text that all of them began with; none where two of them
/// changed the same lines, or lines next to each other.
///
/// What one side took away is gone, where no other side touched it or the lines beside it. A line that a side wrote is
/// always in the text.
#[must_use]
pub fn join(base: &str, sides: &[&str]) -> Option<String> {
    let is_long = |text: &&str| text.lines().count() > MOST_LINES;
    if is_long(&base) || sides.iter().any(is_long) {
        return None;
    }
    // With its own end, the last line is a line like the others: another one below it doesn't change it.
    let ended = |text: &str| format!("{text}\n");
    let base = ended(base);
    let (first, rest) = sides.split_first()?;
    let mut joined = ended(first);
    for side in rest {
        joined = diffy::merge(&base, &joined, &ended(side)).ok()?;
    }
    joined.strip_suffix('\n').map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn paragraphs_that_two_changed_apart_are_joined() {
        let base = "Scope is drafted.\n\nIt names three systems.\n\nThe board has not seen it.";
        let one = "Scope is approved.\n\nIt names three systems.\n\nThe board has not seen it.";
        let two = "Scope is drafted.\n\nIt names three systems.\n\nThe board saw it in May.\n\nMinutes: 7.";
        let joined = "Scope is approved.\n\nIt names three systems.\n\nThe board saw it in May.\n\nMinutes: 7.";
        assert_eq!(join(base, &[one, two]).as_deref(), Some(joined));
        assert_eq!(join(base, &[two, one]).as_deref(), Some(joined));
        let three = base.replace("three systems", "four systems");
        assert_eq!(join(base, &[one, two, &three]), Some(joined.replace("three systems", "four systems")));
    }

    #[test]
    fn what_both_changed_and_what_lies_side_by_side_is_not() {
        assert_eq!(join("a", &["b", "c"]), None);
        assert_eq!(join("a", &["a\nb", "a\nc"]), None, "both went on at the end");
        assert_eq!(join("", &["b", "c"]), None);
        assert_eq!(join("a\nb", &["x\nb", "a\ny"]), None);
        assert_eq!(join("a\nb\nc", &["a\nc", "a\nb\nd\nc"]), None, "one went on where the other took away");
    }

    #[test]
    fn what_one_took_away_and_the_other_left_alone_is_gone() {
        assert_eq!(join("a\nb\nc\nd", &["a\nd", "a\nb\nc\nd\ne"]).as_deref(), Some("a\nd\ne"));
        assert_eq!(join("a\nb\nc\nd", &["a\nb\nc", "a\nb\nc\nd\ne"]), None, "it lies beside what is new");
    }

    #[test]
    fn the_same_change_twice_counts_once() {
        assert_eq!(join("a\nb\nc", &["x\nb\nc", "x\nb\nd"]).as_deref(), Some("x\nb\nd"));
    }

    #[test]
    fn a_text_of_very_many_lines_is_not_joined() {
        let long: Vec<String> = (0..MOST_LINES).map(|line| line.to_string()).collect();
        let base = long.join("\n");
        assert!(join(&base, &[&base, &base.replace("\n7\n", "\nx\n")]).is_some());
        assert_eq!(join(&base, &[&format!("{base}\nx"), &base]), None);
    }

    fn any_text() -> impl Strategy<Value = String> {
        let line = prop_oneof![3 => "[a-d]", 2 => Just(String::new()), 1 => ".{0,3}", 1 => "[a-c]\r?"];
        proptest::collection::vec(line, 0..9).prop_map(|lines| lines.join("\n"))
    }

    /// How often a line is in a text.
    fn count(text: &str, line: &str) -> usize {
        text.split('\n').filter(|other| *other == line).count()
    }

    /// A text, and others that somebody made from it by taking lines out and by writing lines that nobody else writes.
    fn any_sides() -> impl Strategy<Value = (String, Vec<String>)> {
        let edits = || proptest::collection::vec((any::<prop::sample::Index>(), any::<bool>()), 1..4);
        (any_text(), proptest::collection::vec(edits(), 2..4)).prop_map(|(base, sides)| {
            let edited = |(side, edits): (usize, &Vec<(prop::sample::Index, bool)>)| {
                let mut lines: Vec<String> = base.split('\n').map(str::to_owned).collect();
                for (number, (at, is_removal)) in edits.iter().enumerate() {
                    let at = at.index(lines.len() + 1);
                    if *is_removal && at < lines.len() {
                        lines.remove(at);
                    } else {
                        lines.insert(at, format!("written {side}.{number}"));
                    }
                }
                lines.join("\n")
            };
            (base.clone(), sides.iter().enumerate().map(edited).collect())
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(5000))]
        #[test]
        fn every_line_that_a_side_wrote_is_in_it_and_what_nobody_touched_too((base, sides) in any_sides()) {
            let sides: Vec<&str> = sides.iter().map(String::as_str).collect();
            if let Some(joined) = join(&base, &sides) {
                for line in sides.iter().copied().chain([base.as_str()]).flat_map(|text| text.split('\n')) {
                    let was = count(&base, line);
                    // One that a side wrote is not in the base, and nobody can have taken it out.
                    let taken: usize = sides.iter().map(|side| was.saturating_sub(count(side, line))).sum();
                    let most = sides.iter().map(|side| count(side, line)).max().unwrap().max(was);
                    prop_assert!(count(&joined, line) + taken >= most, "{line:?} of {sides:?} is not in {joined:?}");
                }
                prop_assert!(joined.split('\n').all(|line| sides.iter().any(|side| count(side, line) > 0)));
            }
        }

        #[test]
        fn it_does_not_matter_who_joins_whom_nor_how_often((base, sides) in any_sides()) {
            let (one, two) = (sides[0].as_str(), sides[1].as_str());
            let joined = join(&base, &[one, two]);
            prop_assert_eq!(&joined, &join(&base, &[two, one]));
            prop_assert_eq!(join(&base, &[one, one]), Some(one.to_owned()));
            prop_assert_eq!(join(&base, &[one, &base]), Some(one.to_owned()));
            if let Some(joined) = joined {
                // Who goes on with what was joined, and who hasn't seen it yet, come to it again.
                prop_assert_eq!(join(&base, &[&joined, &joined]), Some(joined.clone()));
                prop_assert_eq!(join(one, &[&joined, one]), Some(joined));
            }
        }

        #[test]
        fn any_texts_are_joined_or_not_and_never_panic(base in any_text(), one in any_text(), two in any_text()) {
            prop_assert_eq!(join(&base, &[&one, &two]), join(&base, &[&two, &one]));
        }
    }
}
