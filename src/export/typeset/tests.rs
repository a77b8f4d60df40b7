//! Words one after the other come to the same as the whole text at once.

use proptest::prelude::*;

use super::*;
use crate::export::typeset::shape::Face;

fn stretch(content: &str) -> Vec<Stretch> {
    vec![Stretch { range: 0..content.len(), face: Face::Regular, colour: Colour(0, 0, 0) }]
}

/// Returns what stands on each line, and where each letter does.
fn told(lines: &[Line], content: &str) -> Vec<(String, Vec<(u32, f32)>)> {
    let line = |line: &Line| {
        let glyphs = || line.spans.iter().flat_map(|span| &span.glyphs);
        let text: String = glyphs().map(|glyph| &content[glyph.text.clone()]).collect();
        let mut x = line.offset;
        let places = glyphs().map(|glyph| {
            x += glyph.advance;
            (glyph.id, x)
        });
        (text, places.collect())
    };
    lines.iter().map(line).collect()
}

/// Compares both ways of setting a text; returns whether words would do.
fn is_same(typesetter: &mut Typesetter, content: &str, style: Type, width: f32) -> bool {
    let stretches = stretch(content);
    let mut missing = BTreeSet::new();
    let by_words = typesetter.words.set((content, &stretches), style, width, (&mut typesetter.shaper, &mut missing));
    let whole = typesetter.shaper.set((content, &stretches), style, width, &mut missing);
    let Some(by_words) = by_words else { return false };
    let (by_words_told, whole_told) = (told(&by_words, content), told(&whole, content));
    let lines = |told: &[(String, Vec<(u32, f32)>)]| told.iter().map(|(line, _)| line.clone()).collect::<Vec<_>>();
    assert_eq!(lines(&by_words_told), lines(&whole_told), "{content:?} at {width}");
    for ((_, by_words), (_, whole)) in by_words_told.iter().zip(&whole_told) {
        for (one, other) in by_words.iter().zip(whole) {
            assert!(
                one.0 == other.0 && (one.1 - other.1).abs() < 0.01,
                "{content:?} at {width}: {one:?}, not {other:?}"
            );
        }
    }
    for (one, other) in by_words.iter().zip(&whole) {
        let near = |one: f32, other: f32| (one - other).abs() < 0.01;
        assert!(near(one.top, other.top) && near(one.bottom, other.bottom) && near(one.baseline, other.baseline));
        assert!(near(one.width, other.width) && near(one.offset, other.offset), "{one:?}, not {other:?}");
    }
    true
}

#[test]
fn sentences_come_to_the_same() {
    let mut typesetter = Typesetter::new(&Brand::default()).unwrap();
    let sentences = [
        "A policy for AI, approved by top management (see 5.2) and known to everybody who works with AI systems.",
        "ISO/IEC 42001:2023, A.6.2.7: “Technical documentation” – what is it, and who reads it?",
        "Over-the-counter well-known state-of-the-art e-mail, 2026-11-29, +1.5 % of 12 000 € [sic] “quoted” ( odd ) ! x",
        "Straße, naïve, Ελλάδα και Москва: the same in Greek and Cyrillic, AVA To We Ty. Yo — Va — Te.",
        "fi ffi fl office 1/2 and/or http://example.org/a/b?c=d&e=f (long) 10\u{a0}days from 3\u{a0}to\u{a0}5",
    ];
    let mut by_words = 0;
    for sentence in sentences {
        for width in [60, 75, 90, 120, 200, 400, 1_000_000_u32] {
            for alignment in [Alignment::Start, Alignment::End] {
                #[expect(clippy::cast_precision_loss, reason = "a width")]
                let width = width as f32;
                let style = Type::new(9.2, 1.4).aligned(alignment);
                by_words += u32::from(is_same(&mut typesetter, sentence, style, width));
            }
        }
    }
    assert!(by_words > 40, "{by_words}");
}

#[test]
fn what_is_not_read_letter_by_letter_is_set_as_a_whole() {
    let mut typesetter = Typesetter::new(&Brand::default()).unwrap();
    for content in
        ["שלום world", "e\u{301}", "“λόγος” said", "Москва", "", "a\u{200f}b", "Donaudampfschifffahrtsgesellschaft"]
    {
        assert!(!is_same(&mut typesetter, content, Type::new(9.0, 1.4), 50.0), "{content}");
        assert!(!typesetter.set(&[Run::plain(content)], Type::new(9.0, 1.4), 50.0).lines.is_empty(), "{content}");
    }
}

#[test]
fn what_no_face_has_a_sign_for_is_noted_once() {
    let mut typesetter = Typesetter::new(&Brand::default()).unwrap();
    for text in ["A ⅏ here", "東京 there", "a plain one"] {
        typesetter.set(&[Run::plain(text)], Type::new(9.0, 1.4), 300.0);
    }
    assert_eq!(typesetter.without_glyph.iter().collect::<String>(), "⅏京東");
}

#[test]
fn the_way_of_setting_may_change_within_a_word_and_between_words() {
    let mut typesetter = Typesetter::new(&Brand::default()).unwrap();
    for runs in [
        vec![Run::strong("Strong "), Run::plain("and plain.")],
        vec![Run::strong("Strong"), Run::plain(" and plain.")],
        vec![Run::strong("St"), Run::plain("rong and plain.")],
    ] {
        let text = typesetter.set(&runs, Type::new(9.0, 1.4), 300.0);
        assert_eq!(text.lines.len(), 1);
        let fonts: Vec<u64> = text.lines[0].spans.iter().map(|span| span.font.data.id()).collect();
        assert!(fonts.len() == 2 && fonts[0] != fonts[1], "{fonts:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_text_comes_to_the_same(
        parts in proptest::collection::vec(
            prop_oneof![
                "[a-zA-Z]{1,9}",
                "[0-9]{1,4}",
                proptest::sample::select(vec![
                    " ", " ", " ", "  ", ", ", ". ", "-", "/", "(", ") ", "“", "”", "'", " – ", "—", "!", "?", ": ", "%",
                    "\u{a0}", "é", "ß", "λ", "Ж", "€", "…", "[", "]", "{", "}", "+", "=", "<", "#", "§", "→",
                ])
                .prop_map(str::to_owned),
            ],
            1..30,
        ),
        width in 60.0_f32..300.0,
    ) {
        let mut typesetter = Typesetter::new(&Brand::default()).unwrap();
        is_same(&mut typesetter, &parts.concat(), Type::new(8.0, 1.3), width);
    }
}
