//! Painted charts as PNG: flat colours by their number, which takes a third of the room and of the time of packing.

use std::collections::HashMap;
use std::ops::Range;

use resvg::tiny_skia::Pixmap;

/// Red, green and blue.
type Rgb = [u8; 3];
/// The same, and how much of it there is, as a picture keeps it.
type Point = [u8; 4];

/// The most colours that a picture has by their numbers: these are bytes.
const MOST: usize = 256;
/// How many colours are kept at hand.
const RECENT: usize = 1 << 12;
/// Beyond so many, a picture is no chart, and is kept as it is.
const TOO_MANY: usize = 4_096;

/// Returns a picture that nothing shines through as the bytes of a PNG.
///
/// A chart has some flat colours, and shades of them at the edges of its shapes. Where there are more shades than numbers,
/// the rarest take the nearest colour that has one: some points in ten thousand, each by a shade.
pub fn png(pixels: &Pixmap) -> Option<Vec<u8>> {
    let mut bytes = vec![];
    let mut encoder = png::Encoder::new(&mut bytes, pixels.width(), pixels.height());
    encoder.set_compression(png::Compression::Fast);
    encoder.set_depth(png::BitDepth::Eight);
    let data = if let Some(runs) = Runs::of(pixels) {
        let (palette, numbers) = runs.numbered();
        encoder.set_color(png::ColorType::Indexed);
        encoder.set_palette(palette.concat());
        // A line is mostly as the one above it.
        encoder.set_filter(png::Filter::Up);
        runs.points(&numbers)
    } else {
        encoder.set_color(png::ColorType::Rgb);
        pixels.pixels().iter().flat_map(|pixel| [pixel.red(), pixel.green(), pixel.blue()]).collect()
    };
    let mut writer = encoder.write_header().ok()?;
    writer.write_image_data(&data).ok()?;
    writer.finish().ok()?;
    Some(bytes)
}

/// The points of a picture as stretches of one colour, line by line.
struct Runs {
    /// The colours, in the order in which they come up, with how often each does.
    colours: Vec<(Rgb, usize)>,
    /// The stretches: a colour by its place, and how many points.
    stretches: Vec<(u16, u32)>,
    /// The lines: which stretches they are, and how many of them follow each other that are the same.
    lines: Vec<(Range<usize>, usize)>,
}

impl Runs {
    /// Returns the stretches of a picture; none where it has more colours than a chart.
    fn of(pixels: &Pixmap) -> Option<Self> {
        let (points, _) = pixels.data().as_chunks::<4>();
        let mut known = Known::default();
        let mut all = Self { colours: vec![], stretches: vec![], lines: vec![] };
        let mut above: &[Point] = &[];
        for line in points.chunks(pixels.width() as usize) {
            // Bars, cells and free space are many lines of the same.
            if let Some((_, times)) = all.lines.last_mut().filter(|_| line == above) {
                *times += 1;
                continue;
            }
            above = line;
            let (start, mut rest) = (all.stretches.len(), line);
            while let Some(point) = rest.first().copied() {
                let [red, green, blue, _] = point;
                let place = known.place([red, green, blue], &mut all.colours)?;
                let length = alike(rest, point);
                all.stretches.push((place, u32::try_from(length).ok()?));
                rest = rest.get(length..).unwrap_or_default();
            }
            all.lines.push((start..all.stretches.len(), 1));
        }
        for (range, times) in &all.lines {
            for (place, length) in all.stretches.get(range.clone()).unwrap_or_default() {
                if let Some((_, count)) = all.colours.get_mut(usize::from(*place)) {
                    *count += *length as usize * times;
                }
            }
        }
        Some(all)
    }

    /// Returns the colours that get a number, the commonest first, and the number of each colour by its place.
    fn numbered(&self) -> (Vec<Rgb>, Vec<u8>) {
        let mut order: Vec<usize> = (0..self.colours.len()).collect();
        let count = |place: &usize| self.colours.get(*place).map_or(0, |(_, count)| *count);
        order.sort_by(|one, other| count(other).cmp(&count(one)).then(one.cmp(other)));
        let colour = |place: &usize| self.colours.get(*place).map(|(colour, _)| *colour).unwrap_or_default();
        let palette: Vec<Rgb> = order.iter().take(MOST).map(colour).collect();
        let mut numbers = vec![0; self.colours.len()];
        for (index, place) in order.iter().enumerate() {
            let number = u8::try_from(index).unwrap_or_else(|_| nearest(&palette, colour(place)));
            if let Some(slot) = numbers.get_mut(*place) {
                *slot = number;
            }
        }
        (palette, numbers)
    }

    /// Returns the number of each point.
    fn points(&self, numbers: &[u8]) -> Vec<u8> {
        let mut points = vec![];
        for (range, times) in &self.lines {
            let start = points.len();
            for (place, length) in self.stretches.get(range.clone()).unwrap_or_default() {
                let number = numbers.get(usize::from(*place)).copied().unwrap_or_default();
                points.resize(points.len() + *length as usize, number);
            }
            let line = start..points.len();
            (1..*times).for_each(|_| points.extend_from_within(line.clone()));
        }
        points
    }
}

/// Where colours that were met have their place.
struct Known {
    places: HashMap<Rgb, u16>,
    recent: Vec<Option<(Rgb, u16)>>,
}

impl Default for Known {
    fn default() -> Self {
        Self { places: HashMap::new(), recent: vec![None; RECENT] }
    }
}

impl Known {
    /// Returns the place of a colour, a new one where it wasn't met; none where there are too many.
    fn place(&mut self, colour: Rgb, colours: &mut Vec<(Rgb, usize)>) -> Option<u16> {
        let [red, green, blue] = colour.map(usize::from);
        // Shades come again and again: where one was met before is looked up without a hash that withstands attacks.
        let recent = self.recent.get_mut((red * 31 + green * 7 + blue) % RECENT)?;
        if let Some((_, place)) = recent.filter(|(known, _)| *known == colour) {
            return Some(place);
        }
        let place = match self.places.get(&colour) {
            Some(place) => *place,
            None if colours.len() >= TOO_MANY => return None,
            None => {
                let place = u16::try_from(colours.len()).ok()?;
                self.places.insert(colour, place);
                colours.push((colour, 0));
                place
            }
        };
        *recent = Some((colour, place));
        Some(place)
    }
}

/// Returns how many points from the first on are like this one.
fn alike(points: &[Point], first: Point) -> usize {
    let (eights, _) = points.as_chunks::<8>();
    let whole = 8 * eights.iter().take_while(|eight| **eight == [first; 8]).count();
    whole + points.get(whole..).unwrap_or_default().iter().take_while(|point| **point == first).count()
}

/// Returns the number of the colour that is nearest to another; the first of several.
fn nearest(palette: &[Rgb], colour: Rgb) -> u8 {
    let distance = |other: &Rgb| -> u32 {
        other.iter().zip(colour).map(|(one, other)| u32::from(one.abs_diff(other)).pow(2)).sum()
    };
    let best = palette.iter().enumerate().min_by_key(|(_, other)| distance(other));
    best.and_then(|(index, _)| u8::try_from(index).ok()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use resvg::tiny_skia::{Color, Pixmap};

    use super::*;

    /// Returns a picture of these points, in lines of a width.
    fn picture(width: u32, points: &[Rgb]) -> Pixmap {
        let mut pixels = Pixmap::new(width, u32::try_from(points.len()).unwrap() / width).unwrap();
        for (place, point) in pixels.pixels_mut().iter_mut().zip(points) {
            *place = Color::from_rgba8(point[0], point[1], point[2], 255).premultiply().to_color_u8();
        }
        pixels
    }

    fn read(bytes: &[u8]) -> (png::ColorType, Vec<Rgb>) {
        let colour = png::Decoder::new(std::io::Cursor::new(bytes)).read_info().unwrap().info().color_type;
        let mut decoder = png::Decoder::new(std::io::Cursor::new(bytes));
        decoder.set_transformations(png::Transformations::EXPAND);
        let mut reader = decoder.read_info().unwrap();
        let mut data = vec![0; reader.output_buffer_size().unwrap()];
        reader.next_frame(&mut data).unwrap();
        (colour, data.as_chunks::<3>().0.to_vec())
    }

    #[test]
    fn a_picture_of_few_colours_is_the_same_when_it_is_read() {
        let points: Vec<Rgb> =
            (0..240_u8).map(|n| if n % 7 == 0 { [n, 255 - n, 9] } else { [255, 255, 255] }).collect();
        let (colour, told) = read(&png(&picture(24, &points)).unwrap());
        assert_eq!((colour, told), (png::ColorType::Indexed, points));
    }

    #[test]
    fn the_rarest_shades_take_the_nearest_colour() {
        let mut points: Vec<Rgb> = (0..=255_u8).flat_map(|n| [[n, n, n]; 4]).collect();
        // One shade more than there are numbers, once.
        points.extend([[100, 100, 101], [0, 0, 0], [0, 0, 0], [0, 0, 0]]);
        let (colour, told) = read(&png(&picture(4, &points)).unwrap());
        assert_eq!(colour, png::ColorType::Indexed);
        assert_eq!(told[1024], [100, 100, 100]);
        assert_eq!((&told[..1024], &told[1025..]), (&points[..1024], &points[1025..]));
    }

    #[test]
    fn a_picture_of_very_many_colours_keeps_them() {
        let points: Vec<Rgb> =
            (0..8_192_u16).map(|n| [n.to_be_bytes(), [7, 7]].concat()[..3].try_into().unwrap()).collect();
        let (colour, told) = read(&png(&picture(64, &points)).unwrap());
        assert_eq!((colour, told), (png::ColorType::Rgb, points));
    }
}
