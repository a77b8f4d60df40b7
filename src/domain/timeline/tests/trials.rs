//! A handful of trials, played whole and from an activity on.

use chrono::NaiveDate;

use crate::domain::assessment::Seed;
use crate::domain::timeline::draw::Dice;
use crate::domain::timeline::plan::plan;
use crate::domain::timeline::tests::reader::{ISO42001, answer_all, assessment};
use crate::domain::timeline::trial::Trials;

#[test]
fn to_play_on_from_an_activity_that_is_closed_comes_to_the_same_as_to_play_all() {
    let mut assessment = assessment(&[]);
    answer_all(&mut assessment, &ISO42001, 1.4);
    let base = plan(&ISO42001, &assessment, NaiveDate::from_ymd_opt(2026, 12, 1).unwrap()).unwrap();
    let mut dice = Dice::new(base.layout, Seed(3));
    dice.roll(0..8);
    let mut as_it_is = Trials::new(&base);
    as_it_is.play(&dice);
    for index in 0..base.activities.len() {
        let mut closed = base.clone();
        closed.activities[index].known_gap = 0.0;
        let (mut whole, mut rest) = (Trials::new(&closed), Trials::new(&closed));
        whole.play(&dice);
        rest.play_on_from(index, &as_it_is, &dice);
        for (whole, rest) in whole.played().zip(rest.played()) {
            assert_eq!(whole.milestones().map(f64::to_bits), rest.milestones().map(f64::to_bits));
            assert_eq!(whole.effort().to_bits(), rest.effort().to_bits());
        }
    }
}
