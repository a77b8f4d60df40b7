//! Each chart of the sample, and the edges.

use crate::domain::report::Report;
use crate::export::brand::Brand;
use crate::export::chart::{Drawing, areas, distribution, gantt, heat, radar};
use crate::export::palette::Palette;
use crate::export::picture::{Lettered, Pictures};
use crate::export::tests::sample::{self, plain};
use crate::export::typeset::Typesetter;

use resvg::tiny_skia::Pixmap;

fn drawings(report: &Report) -> Vec<(&'static str, Option<Drawing>)> {
    let palette = Palette::default();
    let forecast = report.forecast.as_ref();
    vec![
        ("radar", radar(report, palette)),
        ("heat", heat(report, palette)),
        ("areas", areas(report, palette)),
        ("gantt", forecast.and_then(|forecast| gantt(forecast, palette))),
        ("distribution", forecast.and_then(|forecast| distribution(forecast, palette))),
    ]
}

#[test]
fn the_charts_of_the_sample() {
    for (name, drawing) in drawings(&sample::report(&plain)) {
        let svg = drawing.expect("the sample has each chart").svg(name);
        insta::assert_snapshot!(name, svg.replace("><", ">\n<"));
    }
}

#[test]
fn a_chart_is_painted_as_its_svg_would_be() {
    let brand = Brand::default();
    let (pictures, mut typesetter) = (Pictures::new(&brand.faces), Typesetter::new(&brand).unwrap());
    for (name, drawing) in drawings(&sample::report(&plain)) {
        let drawing = drawing.expect("the sample has each chart");
        let ours = pictures.chart(&Lettered::new(&drawing, &mut typesetter), 1100).unwrap();
        let theirs = pictures.png(&drawing.svg(name), 1100).unwrap();
        let [ours, theirs] = [ours, theirs].map(|png| Pixmap::decode_png(&png.bytes).unwrap());
        assert_eq!((ours.width(), ours.height()), (theirs.width(), theirs.height()), "{name}");
        let differences: Vec<u8> =
            ours.data().iter().zip(theirs.data()).map(|(one, other)| one.abs_diff(*other)).collect();
        let sum: u64 = differences.iter().map(|difference| u64::from(*difference)).sum();
        let clear = differences.iter().filter(|difference| **difference > 80).count();
        // The edges of letters are painted more exactly, by a shade.
        assert!(sum < differences.len() as u64 && clear * 100_000 < differences.len(), "{name}: {sum}, {clear}");
    }
}

#[test]
fn each_is_an_svg_with_a_title_and_a_description_whatever_its_texts() {
    let pictures = Pictures::new(&crate::export::brand::Faces::default());
    let hostile = |text: &str| format!("{text} <script> & \"quotes\" ]]> \u{1b}\u{0} 東京");
    for report in [sample::report(&plain), sample::report(&hostile), sample::all_excluded(), sample::unanswered()] {
        for (name, drawing) in drawings(&report) {
            let Some(drawing) = drawing else { continue };
            let svg = drawing.svg(name);
            assert!(pictures.tree(&svg).is_some(), "{name} is no SVG: {svg}");
            assert!(!drawing.description.is_empty() && svg.contains("<desc"), "{name}");
        }
    }
}

#[test]
fn an_empty_assessment_has_no_star() {
    assert_eq!(radar(&sample::unanswered(), Palette::default()), None);
}
