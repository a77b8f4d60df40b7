//! Parts of screens that are drawn in several places. Each is a function of what it shows.
