//! DOCX, XLSX, CSV and OSCAL: the same bytes each time, no formula, no name that was left out, nothing that XML forbids.

use std::io::{Cursor, Read};

use proptest::prelude::{any, prop_assert_eq, proptest};
use proptest::test_runner::Config;

use crate::domain::report::{Audience, Names};
use crate::export::Format;
use crate::export::plain::unguarded;
use crate::export::tests::sample::{self, plain};

/// Returns the parts of a file that is a ZIP archive, as (name, text).
fn parts(bytes: &[u8]) -> Vec<(String, String)> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("it is a ZIP archive");
    let mut parts = vec![];
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).expect("it can be read");
        let mut content = vec![];
        file.read_to_end(&mut content).expect("it can be unpacked");
        let name = file.name().expect("it has a name").into_owned();
        parts.push((name, String::from_utf8_lossy(&content).into_owned()));
    }
    parts
}

fn whole(format: Format, audience: Audience, names: Names) -> String {
    let report = sample::shared(audience, names);
    let files = sample::rendered(format, &report, audience, names).files;
    let text = |bytes: &[u8]| match format {
        Format::Docx | Format::Xlsx => parts(bytes).into_iter().map(|(name, text)| name + &text).collect(),
        _ => String::from_utf8_lossy(bytes).into_owned(),
    };
    files.iter().map(|file| text(&file.bytes)).collect()
}

#[test]
fn the_same_report_gives_the_same_bytes() {
    let report = sample::report(&plain);
    for format in Format::ALL {
        let made = || sample::rendered(format, &report, Audience::Full, Names::Shown);
        assert_eq!(made(), made(), "{format:?}");
    }
}

#[test]
fn no_name_is_left_in_any_part_of_an_anonymous_report() {
    for format in Format::ALL {
        for audience in Audience::ALL.into_iter().filter(|audience| format.suits(*audience)) {
            let text = whole(format, audience, Names::LeftOut);
            for name in ["Acme", "Toys", "Ana Silva", "The board asked", "An old note", "Minutes of 2025"] {
                assert!(!text.contains(name), "{name} in {format:?} for {audience:?}");
            }
        }
    }
}

#[test]
fn a_customer_gets_no_sheet_of_gaps() {
    for format in [Format::Xlsx, Format::Csv] {
        let text = whole(format, Audience::Customer, Names::Shown);
        for hidden in ["Answers", "Findings", "Actions", "The board asked", "not-implemented", "Not implemented"] {
            assert!(!text.contains(hidden), "{hidden} in {format:?}");
        }
        assert!(text.contains("A.2.2"));
    }
}

#[test]
fn majors_are_counted_one_way_an_area_that_fails_is_one() {
    let report = sample::systemic();
    assert_eq!(crate::domain::report::majors(&report.scorecard), (0, 1));
    let files = sample::rendered(Format::Csv, &report, Audience::Full, Names::Shown).files;
    let file = files.into_iter().find(|file| file.suffix == "-findings").expect("findings have a file");
    let text = String::from_utf8(file.bytes).expect("it is UTF-8");
    let grades: Vec<&str> = text.lines().skip(1).filter_map(|line| line.split(',').nth(2)).collect();
    assert_eq!(grades, ["major", "part-of-5", "part-of-5", "part-of-5", "part-of-5"]);
    let sheets: String =
        parts(&sample::only(Format::Xlsx, &report)).into_iter().map(|(name, text)| name + &text).collect();
    assert!(sheets.contains("Potential major nonconformity, systemic"), "the area is there");
    assert!(sheets.contains("Part of the systemic failure of 5"), "and what it is made of");
}

/// Texts that a spreadsheet would run, and such as XML forbids.
const HOSTILE: [&str; 12] = [
    "=1+1",
    "+1",
    "-1+1",
    "@SUM(A1)",
    "\t=1",
    "=HYPERLINK(\"http://x\")",
    "＝1",
    "]]>",
    "_x0000_",
    "a\u{0}\u{1b}b",
    "\u{fffe}\u{ffff}",
    "http://example.org/ mailto:a@b",
];

#[test]
fn a_workbook_has_no_formula_or_link_but_ours() {
    for hostile in HOSTILE {
        let report = sample::report(&|text: &str| format!("{hostile}{text}"));
        let bytes = sample::only(Format::Xlsx, &report);
        for (name, text) in parts(&bytes) {
            let acts = name.contains("_rels/") || name.starts_with("xl/worksheets/");
            assert!(!acts || !text.contains("http://x"), "{hostile:?}: an address in {name}");
            assert!(!text.contains("<hyperlink"), "{hostile:?}: a link in {name}");
            let formulas = text.split("<f>").skip(1).filter_map(|rest| rest.split("</f>").next());
            for formula in formulas {
                let is_ours =
                    ["IF", "SUM", "COUNTBLANK", "SUMPRODUCT", "IFERROR"].iter().any(|f| formula.starts_with(f));
                assert!(is_ours, "{hostile:?}: {formula}");
            }
            let forbidden = |c: char| (c.is_control() && !"\n\r\t".contains(c)) || c == '\u{ffff}' || c == '\u{fffe}';
            assert!(!text.chars().any(forbidden), "{hostile:?} in {name}");
        }
    }
}

#[test]
fn a_document_holds_nothing_that_xml_forbids() {
    for hostile in HOSTILE {
        let report = sample::report(&|text: &str| format!("{hostile}{text}<w:p>&amp;"));
        for (name, text) in parts(&sample::only(Format::Docx, &report)) {
            if std::path::Path::new(&name).extension().is_some_and(|ending| ending == "png") {
                continue;
            }
            let forbidden = |c: char| (c.is_control() && !"\n\r\t".contains(c)) || c == '\u{ffff}' || c == '\u{fffe}';
            assert!(!text.chars().any(forbidden), "{hostile:?} in {name}");
            assert!(!text.contains("]]>") && !text.contains("<w:p>&amp;<"), "{hostile:?} in {name}");
        }
    }
}

#[test]
fn a_document_says_who_wrote_it_repeats_heads_and_numbers_and_tells_its_pictures() {
    let report = sample::report(&|text: &str| format!("{text} <&\"> "));
    let parts = parts(&sample::only(Format::Docx, &report));
    let part = |wanted: &str| parts.iter().find(|(name, _)| name == wanted).map(|(_, text)| text.as_str()).unwrap();
    let core = part("docProps/core.xml");
    assert!(
        core.contains("<dc:creator>ready42</dc:creator>") && core.contains("<dc:language>en</dc:language>"),
        "{core}"
    );
    assert!(core.contains("<dc:title>Self-assessment of Acme GmbH &lt;&amp;&quot;&gt;"), "{core}");
    assert!(part("word/styles.xml").contains("<w:lang w:val=\"en\" />"));
    let body = part("word/document.xml");
    let pictures: Vec<&str> = body.split("<wp:docPr id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let numbers: Vec<String> = (1..=pictures.len()).map(|number| number.to_string()).collect();
    assert!(pictures.len() > 3 && pictures == numbers, "{pictures:?}");
    assert_eq!(body.matches("descr=\"").count(), pictures.len());
    let heads = body.matches("<w:tblHeader />").count();
    assert!(heads > 5 && heads < body.matches("<w:cantSplit />").count(), "{heads}");
}

#[test]
fn a_text_that_a_cell_cannot_hold_is_cut_and_told() {
    let long = "é".repeat(40_000);
    let report =
        sample::report(&|text: &str| if text.starts_with("The board") { long.clone() } else { text.to_owned() });
    let rendered = sample::rendered(Format::Xlsx, &report, Audience::Full, Names::Shown);
    assert!(
        rendered.remarks.iter().any(|remark| remark.starts_with("1 text of more than 32,767")),
        "{:?}",
        rendered.remarks
    );
    let text: String = parts(&rendered.files[0].bytes).into_iter().map(|(_, text)| text).collect();
    assert!(text.contains("… (cut)"));
}

#[test]
fn a_table_for_spreadsheets_begins_no_cell_with_a_formula() {
    for hostile in HOSTILE {
        let report = sample::report(&|text: &str| format!("{hostile}{text}"));
        for file in sample::rendered(Format::Csv, &report, Audience::Full, Names::Shown).files {
            let text = file.bytes.strip_prefix(b"\xef\xbb\xbf").expect("it begins with the mark");
            let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text);
            for cell in
                reader.records().flat_map(|row| row.expect("it is CSV").iter().map(str::to_owned).collect::<Vec<_>>())
            {
                assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r', '＝']), "{hostile:?}: {cell:?}");
            }
        }
    }
}

proptest! {
    #![proptest_config(Config { cases: Config::default().cases.min(48), ..Config::default() })]

    #[test]
    fn a_note_comes_back_from_the_table_as_it_was(note in any::<String>()) {
        let report = sample::report(&|text: &str| if text.starts_with("The board") { note.clone() } else { text.to_owned() });
        let files = sample::rendered(Format::Csv, &report, Audience::Full, Names::Shown).files;
        let text = files[0].bytes.strip_prefix(b"\xef\xbb\xbf").expect("it begins with the mark");
        let mut reader = csv::Reader::from_reader(text);
        let found = reader.records().map(|row| row.expect("it is CSV")).find(|row| &row[0] == "5.1-1").expect("it is there");
        prop_assert_eq!(unguarded(&found[2]), note);
    }
}

#[test]
fn the_oscal_of_the_sample() {
    let files = sample::rendered(Format::Oscal, &sample::report(&plain), Audience::Full, Names::Shown).files;
    for file in files {
        let text = String::from_utf8(file.bytes).expect("it is UTF-8");
        insta::assert_snapshot!(format!("the_oscal_of_the_sample{}", file.suffix), text);
    }
}

#[test]
fn partial_and_not_applicable_are_told_by_the_implementation_status() {
    let text = whole(Format::Oscal, Audience::Full, Names::Shown);
    for state in ["\"state\": \"partial\"", "\"state\": \"not-applicable\"", "\"state\": \"not-satisfied\""] {
        assert!(text.contains(state), "{state}");
    }
}

#[test]
fn an_open_question_is_reckoned_with_nothing_where_nobody_reckons() {
    let bytes = sample::only(Format::Xlsx, &sample::unanswered());
    let open: Vec<String> = parts(&bytes)
        .into_iter()
        .flat_map(|(_, text)| text.split("<f>").skip(1).map(str::to_owned).collect::<Vec<_>>())
        .filter(|formula| formula.starts_with("IF(") && formula.contains(",\"\","))
        .collect();
    assert!(!open.is_empty());
    assert!(open.iter().all(|formula| formula.contains("</f><v></v>")), "{open:?}");
}

#[test]
fn what_stands_off_the_edge_of_a_cell_is_set_to_a_side_without_which_no_reader_moves_it() {
    let bytes = sample::only(Format::Xlsx, &sample::report(&plain));
    let styles = parts(&bytes).into_iter().find(|(name, _)| name.ends_with("styles.xml")).expect("it has styles").1;
    let alignments: Vec<&str> = styles.split("<alignment ").skip(1).filter_map(|rest| rest.split('>').next()).collect();
    let indented: Vec<&&str> = alignments.iter().filter(|alignment| alignment.contains("indent=")).collect();
    assert!(!indented.is_empty());
    assert!(indented.iter().all(|alignment| alignment.contains("horizontal=")), "{indented:?}");
}

#[test]
fn an_auditor_is_given_nothing_to_fill_in() {
    let text = |audience| -> String {
        let report = sample::shared(audience, Names::Shown);
        let files = sample::rendered(Format::Xlsx, &report, audience, Names::Shown).files;
        files.iter().flat_map(|file| parts(&file.bytes)).map(|(name, text)| name + &text).collect()
    };
    assert!(text(Audience::Full).contains("Yellow cells") && text(Audience::Full).contains("<dataValidations"));
    let told = text(Audience::Auditor);
    assert!(!told.contains("Yellow cells") && !told.contains("<dataValidations") && !told.contains("locked=\"0\""));
}

/// Returns the body of the sample as a document.
fn body() -> String {
    let bytes = sample::only(Format::Docx, &sample::report(&plain));
    parts(&bytes).into_iter().find(|(name, _)| name == "word/document.xml").expect("it has a body").1
}

#[test]
fn the_contents_of_a_document_tell_the_page_of_each_section() {
    let body = body();
    let sections = body.matches("<w:pStyle w:val=\"Heading1\"").count();
    assert!(sections > 5, "{sections}");
    assert_eq!(body.matches("PAGEREF ").count(), sections);
}

#[test]
fn the_first_rows_of_a_table_stay_together_and_so_do_the_last_two() {
    let mut tables = 0;
    for table in body().split("<w:tbl>").skip(1).filter_map(|rest| rest.split("</w:tbl>").next()) {
        let rows: Vec<bool> = table.split("<w:tr>").skip(1).map(|row| row.contains("<w:keepNext")).collect();
        let is_of_rows = table.contains("\"TableHead\"") && rows.len() >= 3;
        if let ([first, second, ..], [.., last_but_one, _], true) = (rows.as_slice(), rows.as_slice(), is_of_rows) {
            tables += 1;
            assert!(*first && *second && *last_but_one, "{rows:?}");
        }
    }
    assert!(tables > 5, "{tables}");
}
