//! Panics on request, so that the tests can see what one leaves behind. Builds for users have none of it.

/// Panics where `READY42_PANIC` names this place.
pub fn drill(place: &str) {
    #[cfg(debug_assertions)]
    {
        let asked_for = std::env::var("READY42_PANIC").is_ok_and(|asked| asked == place);
        assert!(!asked_for, "a drill");
    }
    #[cfg(not(debug_assertions))]
    drop(place);
}
