//! A questionnaire to begin with: small, sound, and with comments that teach the format.

/// The files, each with its path below the folder. `{id}` in the first stands for the id.
const FILES: [(&str, &str); 7] = [
    ("questionnaire.toml", include_str!("../../../assets/skeleton/questionnaire.toml")),
    ("area-1.toml", include_str!("../../../assets/skeleton/area-1.toml")),
    ("roadmap.toml", include_str!("../../../assets/skeleton/roadmap.toml")),
    ("checks.toml", include_str!("../../../assets/skeleton/checks.toml")),
    ("glossary.toml", include_str!("../../../assets/skeleton/glossary.toml")),
    ("documents.toml", include_str!("../../../assets/skeleton/documents.toml")),
    ("crosswalks/example.toml", include_str!("../../../assets/skeleton/crosswalks/example.toml")),
];

/// Returns the files of a questionnaire to begin with, by their path below its folder.
///
/// The id is made of what of the name can stand in one: lower-case letters, digits and dashes.
pub fn skeleton(name: &str) -> Vec<(&'static str, String)> {
    let slug: String = name
        .to_lowercase()
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '-' })
        .collect::<String>()
        .split('-')
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join("-");
    let id: String = if slug.is_empty() { "questionnaire".to_owned() } else { slug.chars().take(60).collect() };
    FILES.iter().map(|(path, text)| (*path, text.replace("{id}", &id))).collect()
}
