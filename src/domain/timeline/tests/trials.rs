//! A handful of trials, played whole and as one activity changes them.

use chrono::NaiveDate;

use crate::domain::assessment::Seed;
use crate::domain::change::Change;
use crate::domain::timeline::draw::Dice;
use crate::domain::timeline::plan::{Plan, plan};
use crate::domain::timeline::tests::reader::{ISO42001, answer_all, assessment};
use crate::domain::timeline::trial::{Left, Trials};

#[test]
fn to_play_what_an_activity_changes_comes_to_the_same_as_to_play_all() {
    let mut assessment = assessment(&[]);
    answer_all(&mut assessment, &ISO42001, 1.4);
    // Some questions are open.
    for question in ISO42001.items().map(|item| &item.question.id).step_by(3) {
        assessment.apply(&Change::answer(&assessment, question, None));
    }
    let base = plan(&ISO42001, &assessment, NaiveDate::from_ymd_opt(2026, 12, 1).unwrap()).unwrap();
    let mut dice = Dice::of_plans([&base], base.layout, Seed(3));
    dice.roll(0..8);
    let mut as_it_is = Trials::new(&base);
    as_it_is.play(&dice);
    let mut tried = [0; 3];
    for (index, activity) in base.activities.iter().enumerate() {
        let mut closed = base.clone();
        closed.activities[index].known_gap = 0.0;
        closed.activities[index].shares = 0..0;
        is_same(&closed, (index, Left::nothing()), &as_it_is, &dice);
        tried[0] += 1;
        if activity.known_gap > 0.0 {
            let mut less = base.clone();
            less.activities[index].known_gap *= 0.5;
            is_same(&less, (index, Left::without_known(activity, activity.known_gap / 2.0)), &as_it_is, &dice);
            tried[1] += 1;
        }
        for place in activity.shares.clone() {
            let mut answered = base.clone();
            answered.shares[place].weight = 0.0;
            let open = base.shares[place].open;
            is_same(&answered, (index, Left::without_open(activity, open)), &as_it_is, &dice);
            tried[2] += 1;
        }
    }
    assert!(tried.iter().all(|tried| *tried > 20), "{tried:?}");
}

fn is_same(changed: &Plan, (index, left): (usize, Left), as_it_is: &Trials<'_>, dice: &Dice) {
    let (mut whole, mut rest) = (Trials::new(changed), as_it_is.anew());
    whole.play(dice);
    rest.play_changed((index, left), as_it_is, dice);
    for (whole, rest) in whole.played().zip(rest.played()) {
        assert_eq!(whole.milestones().map(f64::to_bits), rest.milestones().map(f64::to_bits));
        assert_eq!(whole.effort().to_bits(), rest.effort().to_bits());
    }
}
