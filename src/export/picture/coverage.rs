//! How much of each point a shape covers, exactly: the areas that its edges cut off, summed up from the left.
//!
//! Each edge adds the area to its right to the points that it crosses (as font-rs does, R. Levien 2016). That costs a few
//! steps for each point of the outline, and a sum for each point of the shape's box.

/// How many shades between nothing and all are told apart, a divisor of 255: more can't be seen, and take room in a file.
const SHADES: f32 = 51.0;

/// Points that are looked at together.
pub const STRETCH: usize = 16;

/// A place in points of the picture.
pub type Place = (f32, f32);

/// Shapes as coverage, one after the other.
#[derive(Default)]
pub struct Coverage {
    /// The box's left upper corner, and its width.
    origin: (i32, i32),
    width: usize,
    /// What each point differs from the one on its left, line by line.
    cells: Vec<f32>,
}

impl Coverage {
    /// Fills closed outlines, each a list of corners from an origin. Where one goes around the other way, it cuts out. Tells
    /// each line of points that it covers: its first point, and from 0 to 255 how much of each is covered.
    pub fn fill(&mut self, outlines: &[Vec<Place>], origin: Place, mut tell: impl FnMut((i32, i32), &[u8])) {
        if !self.open(outlines, origin) {
            return;
        }
        let corner = self.corner();
        let inside = |place: Place| (place.0 + origin.0 - corner.0, place.1 + origin.1 - corner.1);
        for outline in outlines {
            let Some(last) = outline.last() else { continue };
            let mut from = inside(*last);
            for to in outline {
                let to = inside(*to);
                edge(&mut self.cells, self.width, from, to);
                from = to;
            }
        }
        let mut line = vec![0; self.width];
        for (down, cells) in (self.origin.1..).zip(self.cells.chunks_exact(self.width)) {
            let (mut sum, mut shade) = (0.0_f32, 0);
            for (covered, cells) in line.chunks_mut(STRETCH).zip(cells.chunks(STRETCH)) {
                // Most stretches of a large shape are crossed by no edge.
                if cells.iter().fold(0, |all, cell| all | cell.to_bits()) == 0 {
                    covered.fill(shade);
                    continue;
                }
                for (covered, cell) in covered.iter_mut().zip(cells) {
                    sum += cell;
                    shade = shade_of(sum);
                    *covered = shade;
                }
            }
            tell((self.origin.0, down), &line);
        }
    }

    /// Clears the box around some outlines; returns whether there is one.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "places within a picture")]
    fn open(&mut self, outlines: &[Vec<Place>], origin: Place) -> bool {
        let (mut least, mut most) = ((f32::MAX, f32::MAX), (f32::MIN, f32::MIN));
        for (x, y) in outlines.iter().flatten() {
            let (x, y) = (x + origin.0, y + origin.1);
            least = (least.0.min(x), least.1.min(y));
            most = (most.0.max(x), most.1.max(y));
        }
        if least.0 > most.0 || !(least.0.is_finite() && least.1.is_finite() && most.0.is_finite() && most.1.is_finite())
        {
            return false;
        }
        self.origin = (least.0.floor() as i32, least.1.floor() as i32);
        // One more on the right, for what the last edge hands on.
        self.width = (most.0.ceil() as i32 - self.origin.0 + 2).max(1) as usize;
        let height = (most.1.ceil() as i32 - self.origin.1).max(1) as usize;
        self.cells.clear();
        self.cells.resize(self.width * height, 0.0);
        true
    }

    /// Returns the left upper corner of the box.
    #[expect(clippy::cast_precision_loss, reason = "places within a picture")]
    fn corner(&self) -> Place {
        (self.origin.0 as f32, self.origin.1 as f32)
    }
}

/// Returns how much is covered from 0 to 255, of a sum whose sign says which way around the outline goes.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to SHADES")]
fn shade_of(sum: f32) -> u8 {
    // Cut to a whole number after a half is added: rounded.
    let shade = (sum.abs().min(1.0) * SHADES + 0.5) as u8;
    shade * (u8::MAX / SHADES as u8)
}

/// Adds an edge to the points of a box, line by line so wide.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "places within the box, which begins at 0"
)]
fn edge(cells: &mut [f32], width: usize, from: Place, to: Place) {
    let (direction, upper, lower) = if from.1 < to.1 { (1.0, from, to) } else { (-1.0, to, from) };
    let high = lower.1 - upper.1;
    if high <= 0.0 {
        return;
    }
    let slope = (lower.0 - upper.0) / high;
    let first = upper.1 as usize;
    let mut x = upper.0;
    let lines = cells.get_mut(first * width..).unwrap_or_default().chunks_exact_mut(width);
    for (down, cells) in (first..=lower.1 as usize).zip(lines) {
        let part = (down as f32 + 1.0).min(lower.1) - (down as f32).max(upper.1);
        let next = x + slope * part;
        cut(cells, x.min(next), x.max(next), part * direction);
        x = next;
    }
}

/// Adds a piece of an edge to the points of one line, from left to right, so high and with a sign.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "places within the box, which begins at 0"
)]
fn cut(cells: &mut [f32], left: f32, right: f32, high: f32) {
    let first = left as usize;
    let last = right as usize;
    let mut add = |at: usize, area: f32| {
        if let Some(cell) = cells.get_mut(at) {
            *cell += area;
        }
    };
    if first == last {
        // All within one point: what lies right of the middle of the piece is covered.
        let beyond = high * (left.midpoint(right) - first as f32);
        add(first, high - beyond);
        add(first + 1, beyond);
        return;
    }
    // The piece rises through several points: the covered part of each grows with the square of what was crossed.
    let steep = high / (right - left);
    let mut told = 0.0;
    let mut from = left;
    for at in first..=last {
        let to = ((at + 1) as f32).min(right);
        let wide = to - from;
        // What is cut off up to `from` counts whole, what is cut off within this point for what lies to its right.
        let all = steep * (from - left) + steep * wide * ((at + 1) as f32 - from.midpoint(to));
        add(at, all - told);
        told = all;
        from = to;
    }
    add(last + 1, high - told);
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns how much of each point of a picture is covered.
    fn covered(outlines: &[Vec<Place>], size: (usize, usize)) -> Vec<Vec<u8>> {
        let mut picture = vec![vec![0; size.0]; size.1];
        Coverage::default().fill(outlines, (0.0, 0.0), |(x, y), line| {
            for (at, covered) in (usize::try_from(x).unwrap()..).zip(line) {
                if *covered > 0 {
                    picture[usize::try_from(y).unwrap()][at] = *covered;
                }
            }
        });
        picture
    }

    #[test]
    fn a_rectangle_covers_the_parts_of_points_that_it_lies_on() {
        let rectangle = vec![(1.5, 1.0), (3.25, 1.0), (3.25, 2.5), (1.5, 2.5)];
        assert_eq!(
            covered(&[rectangle], (5, 4)),
            [[0, 0, 0, 0, 0], [0, 130, 255, 65, 0], [0, 65, 130, 30, 0], [0, 0, 0, 0, 0]]
        );
    }

    #[test]
    fn which_way_around_makes_no_difference_and_the_other_way_cuts_out() {
        let outer = vec![(0.0, 0.0), (4.0, 0.0), (4.0, 4.0), (0.0, 4.0)];
        let around: Vec<Place> = outer.iter().rev().copied().collect();
        assert_eq!(covered(std::slice::from_ref(&outer), (5, 5)), covered(&[around], (5, 5)));
        let hole = vec![(1.0, 3.0), (3.0, 3.0), (3.0, 1.0), (1.0, 1.0)];
        let told = covered(&[outer, hole], (5, 5));
        assert_eq!(told[0], [255, 255, 255, 255, 0]);
        assert_eq!(told[1], [255, 0, 0, 255, 0]);
    }

    #[test]
    fn the_area_of_any_triangle_is_what_is_covered() {
        for step in 0..200_u16 {
            let turn = f32::from(step) * 0.37;
            let corner = |number: f32| {
                let angle = turn + number * 2.1;
                (20.0 + 15.3 * angle.cos() + 0.01 * f32::from(step), 20.0 + 14.1 * angle.sin())
            };
            let corners = vec![corner(0.0), corner(1.0), corner(2.0)];
            let [a, b, c] = [corners[0], corners[1], corners[2]];
            let area = ((b.0 - a.0) * (c.1 - a.1) - (c.0 - a.0) * (b.1 - a.1)).abs() / 2.0;
            let sum: f32 = covered(&[corners], (42, 42)).iter().flatten().map(|part| f32::from(*part) / 255.0).sum();
            assert!((sum - area).abs() < 0.3, "{step}: {sum}, not {area}");
        }
    }
}
