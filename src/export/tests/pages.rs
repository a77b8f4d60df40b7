//! The page for a browser and the PDF: self-contained, inert, structured, and the same each time.

use std::rc::Rc;

use crate::domain::report::{Audience, Names};
use crate::export::Format;
use crate::export::brand::Brand;
use crate::export::chart::Drawing;
use crate::export::document::{Block, Document, Run, Section, document};
use crate::export::palette::Palette;
use crate::export::pdf::pdf;
use crate::export::picture::Pictures;
use crate::export::tests::sample::{self, plain};

fn html() -> String {
    String::from_utf8(sample::only(Format::Html, &sample::report(&plain))).expect("it is UTF-8")
}

fn pictures(brand: &Brand) -> Rc<Pictures> {
    Rc::new(Pictures::new(&brand.faces))
}

#[test]
fn the_page_of_the_sample() {
    let page = html();
    // The style sheet has a snapshot of its own in the assets.
    let (before, rest) = page.split_once("<style>").expect("the page has a style");
    let (_, after) = rest.split_once("</style>").expect("it ends");
    insta::assert_snapshot!(format!("{before}<style></style>{after}"));
}

#[test]
fn the_page_loads_nothing_and_runs_nothing() {
    let page = html();
    let inert = page.replace("http://www.w3.org/2000/svg", "");
    for active in ["http:", "https:", "<script", "<link", "<iframe", "@import", "url(", " onload", "javascript:"] {
        assert!(!inert.contains(active), "{active}");
    }
    assert!(page.contains("default-src &#x27;none&#x27;; style-src &#x27;sha256-"), "{}", &page[..900]);
    assert!(!page.contains(" style=\""), "the policy would refuse a style at an element");
}

#[test]
fn whatever_a_text_says_the_page_stays_inert() {
    let hostile =
        |text: &str| format!("{text}<script>alert(1)</script>\"><img src=x onerror=alert(1)></style>{{{{7*7}}}}");
    let page = String::from_utf8(sample::only(Format::Html, &sample::report(&hostile))).expect("it is UTF-8");
    assert!(!page.contains("<script") && !page.contains("<img") && !page.contains("49&quot;"), "it acts");
    assert_eq!(page.matches("</style>").count(), 1);
    assert!(page.contains("&lt;script&gt;"));
}

#[test]
fn the_pdf_is_the_same_each_time_and_has_structure_bookmarks_and_no_action() {
    let report = sample::report(&plain);
    let (one, two) = (sample::only(Format::Pdf, &report), sample::only(Format::Pdf, &report));
    assert_eq!(one, two);
    let text = String::from_utf8_lossy(&one);
    for wanted in ["/StructTreeRoot", "/Outlines", "/Lang", "/MarkInfo", "/Metadata"] {
        assert!(text.contains(wanted), "{wanted}");
    }
    for unwanted in ["/JavaScript", "/Launch", "/URI", "/OpenAction", "/EmbeddedFile"] {
        assert!(!text.contains(unwanted), "{unwanted}");
    }
}

/// Returns what of a PDF is neither a text in brackets nor a stream, where any text may stand: its objects.
fn objects_of(pdf: &[u8]) -> String {
    const STREAM: &[u8] = b"stream\n";
    let (mut depth, mut at) = (0_u32, 0);
    let mut objects = String::new();
    while let Some(byte) = pdf.get(at) {
        match byte {
            b'\\' if depth > 0 => at += 1,
            b'(' => depth += 1,
            b')' => depth -= 1,
            b's' if depth == 0 && pdf[at..].starts_with(STREAM) && !objects.ends_with("end") => {
                let (_, length) = objects.rsplit_once("/Length ").expect("a stream has a length");
                let digits: String = length.chars().take_while(char::is_ascii_digit).collect();
                at += STREAM.len() + digits.parse::<usize>().expect("it is a number");
                continue;
            }
            _ if depth == 0 => objects.push(char::from(*byte)),
            _ => {}
        }
        at += 1;
    }
    assert!(objects.contains("/StructTreeRoot") && objects.trim_end().ends_with("%%EOF"), "it was read to its end");
    objects
}

#[test]
fn whatever_a_text_says_the_pdf_only_shows_it() {
    let hostile = |text: &str| {
        format!(
            ") Tj ET Q /JavaScript <</S/Launch/F(x)>> endstream endobj {text}\u{202e}\u{0}\u{1b}]0;x\u{7} \u{5e9}\u{5dc}\u{5d5}\u{5dd}"
        )
    };
    let rendered = sample::rendered(Format::Pdf, &sample::report(&hostile), Audience::Full, Names::Shown);
    let objects = objects_of(&rendered.files[0].bytes);
    for unwanted in ["/Launch", "/JavaScript", "/JS", "/OpenAction", "/EmbeddedFile", "/URI"] {
        assert!(!objects.contains(unwanted), "{unwanted}");
    }
    assert!(rendered.remarks.iter().any(|remark| remark.contains('ש')), "{:?}", rendered.remarks);
}

#[test]
fn the_board_reads_two_pages() {
    let report = sample::shared(Audience::Board, Names::Shown);
    let brand = Brand::default();
    let made = pdf(&document(&report, Audience::Board, Names::Shown, &brand), &brand, report.on, &pictures(&brand))
        .expect("it is made");
    assert_eq!(made.pages, 2);
}

/// Returns how many pages a board's document takes with a tall picture amid its text, and what follows the picture.
fn pages_with_a_picture(after: Block) -> usize {
    let report = sample::report(&plain);
    let brand = Brand::default();
    let mut section = Section::new("only", "Only");
    let paragraphs = |section: &mut Section, count: usize| (0..count).for_each(|_| section.say("word ".repeat(60)));
    paragraphs(&mut section, 10);
    section.figure("tall", Some(Drawing::new((100.0, 130.0), "Tall", Palette::default())), 1.0);
    section.add(after);
    paragraphs(&mut section, 3);
    let whole = document(&report, Audience::Board, Names::Shown, &brand);
    let made =
        pdf(&Document { sections: vec![section], ..whole }, &brand, report.on, &pictures(&brand)).expect("it is made");
    made.pages
}

#[test]
fn a_picture_without_room_waits_while_the_text_goes_on_unless_something_else_begins() {
    assert_eq!(pages_with_a_picture(Block::Paragraph(vec![Run::plain("It goes on.")])), 2);
    assert_eq!(pages_with_a_picture(Block::Heading(2, "Something else".to_owned())), 3);
}

#[test]
fn what_the_typeface_lacks_is_told() {
    let report = sample::report(&|text: &str| format!("{text} 東京"));
    let rendered = sample::rendered(Format::Pdf, &report, Audience::Full, Names::Shown);
    let [remark] = rendered.remarks.as_slice() else { panic!("{:?}", rendered.remarks) };
    assert!(remark.contains('東') && remark.contains("boxes"), "{remark}");
    let plain = sample::rendered(Format::Pdf, &sample::report(&plain), Audience::Full, Names::Shown);
    assert_eq!(plain.remarks, Vec::<String>::new());
}

#[test]
fn latin_greek_and_cyrillic_have_their_signs() {
    let report = sample::report(&|text: &str| format!("{text} Ærøskøbing Žižkov ὄλυμπος Αθήνα Ђорђе Київ №5 „ok“ → ✓"));
    let rendered = sample::rendered(Format::Pdf, &report, Audience::Full, Names::Shown);
    assert!(
        rendered.remarks.iter().all(|remark| !remark.contains(['Æ', 'Ž', 'Α', 'Ђ', '№', '→', '✓'])),
        "{:?}",
        rendered.remarks
    );
}
