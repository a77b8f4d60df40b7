use crate::export::markdown::text::{Page, plain};

#[test]
fn what_was_typed_can_not_break_out() {
    let cases = [
        ("a | b", "a \\| b"),
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("[x](javascript:alert(1))", "\\[x\\](javascript:alert(1))"),
        ("![](http://evil/t.png)", "!\\[\\](http&#58;//evil/t.png)"),
        ("# not a heading", "\\# not a heading"),
        ("- not a list", "\\- not a list"),
        ("1. not a list", "1\\. not a list"),
        ("`code` *bold* _under_", "\\`code\\` \\*bold\\* \\_under\\_"),
        ("two\r\nlines", "two<br>lines"),
        ("esc\u{1b}[31m", "esc␛\\[31m"),
        ("東京 & Café", "東京 &amp; Café"),
    ];
    for (typed, shown) in cases {
        assert_eq!(plain(typed), shown);
    }
}

#[test]
fn tables_keep_their_shape_whatever_is_in_them() {
    let mut page = Page::default();
    page.table(["A", "B"], &[[plain("x | y\nz"), plain("東京")]]);
    let text = page.text();
    let bars = |line: &str| line.replace("\\|", "").matches('|').count();
    assert!(text.lines().all(|line| bars(line) == 3), "{text}");
}
