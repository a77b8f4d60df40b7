//! Panics on request, so that the tests can see what one leaves behind. Builds for users have none of it.

/// Panics where `READY42_PANIC` names this place.
pub fn drill(place: &str) {
    let asked_for = cfg!(debug_assertions) && std::env::var("READY42_PANIC").is_ok_and(|asked| asked == place);
    assert!(!asked_for, "a drill");
}
