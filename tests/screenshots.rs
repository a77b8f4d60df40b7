//! The pictures and the film of the README show the program as it is.

use std::path::Path;

const AGAIN: &str = "make them anew with `cargo run --example screenshots`, and look at them";

#[test]
fn the_pictures_show_the_program_as_it_is() {
    let folder = Path::new("assets/screens");
    let scenes = ready42::scenes().unwrap();
    for scene in &scenes {
        let kept = std::fs::read_to_string(folder.join(format!("{}.svg", scene.name))).unwrap_or_default();
        assert!(kept == scene.svg, "{} is another picture: {AGAIN}", scene.name);
    }
    assert_eq!(std::fs::read_dir(folder).unwrap().count(), scenes.len(), "a picture too many: {AGAIN}");
}

#[test]
fn the_film_shows_the_program_as_it_is() {
    let kept = std::fs::read_to_string("assets/demo.cast").unwrap_or_default();
    assert!(kept == ready42::cast().unwrap(), "it is another film: {AGAIN}");
}
