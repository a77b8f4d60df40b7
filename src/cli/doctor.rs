//! `ready42 doctor`: where things are, whether they are whole, what the terminal can do. It changes nothing.
