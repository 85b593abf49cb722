//! How far two colors are apart for the eye, and what a wide color is in sRGB, reckoned from the
//! definitions and not by what is tested.

/// What one step that a trained eye just sees counts: 1 in CIE 1976.
pub fn distance(one: [u8; 3], other: [u8; 3]) -> f64 {
    let (one, other) = (lab(one), lab(other));
    let squares = one.iter().zip(other).map(|(a, b)| (a - b) * (a - b));
    squares.sum::<f64>().sqrt()
}

/// The color in sRGB that shows the same light as these numbers in Display P3.
pub fn of_display_p3(color: [u8; 3]) -> [u8; 3] {
    const TO_XYZ: [[f64; 3]; 3] = [
        [0.486_571, 0.265_668, 0.198_217],
        [0.228_975, 0.691_739, 0.079_287],
        [0.0, 0.045_113, 1.043_944],
    ];
    const TO_SRGB: [[f64; 3]; 3] = [
        [3.240_970, -1.537_383, -0.498_611],
        [-0.969_244, 1.875_968, 0.041_555],
        [0.055_630, -0.203_977, 1.056_972],
    ];
    times(TO_SRGB, times(TO_XYZ, color.map(light))).map(number)
}

/// How much light a number of sRGB, and of Display P3, stands for.
fn light(number: u8) -> f64 {
    let part = f64::from(number) / 255.0;
    if part <= 0.040_45 {
        part / 12.92
    } else {
        ((part + 0.055) / 1.055).powf(2.4)
    }
}

/// The number that stands for so much light.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "clamped to a byte"
)]
pub fn number(light: f64) -> u8 {
    let light = light.clamp(0.0, 1.0);
    let part = if light <= 0.003_130_8 {
        light * 12.92
    } else {
        1.055 * light.powf(1.0 / 2.4) - 0.055
    };
    (part * 255.0).round() as u8
}

fn times(matrix: [[f64; 3]; 3], color: [f64; 3]) -> [f64; 3] {
    matrix.map(|row| row.iter().zip(color).map(|(a, b)| a * b).sum())
}

fn lab(color: [u8; 3]) -> [f64; 3] {
    const TO_XYZ: [[f64; 3]; 3] = [
        [0.412_391, 0.357_584, 0.180_481],
        [0.212_639, 0.715_169, 0.072_192],
        [0.019_331, 0.119_195, 0.950_532],
    ];
    const WHITE: [f64; 3] = [0.950_456, 1.0, 1.089_058];
    let xyz = times(TO_XYZ, color.map(light));
    let bent = |part: f64| {
        if part > 0.008_856 {
            part.cbrt()
        } else {
            7.787 * part + 16.0 / 116.0
        }
    };
    let [x, y, z] = [0, 1, 2].map(|axis| bent(xyz[axis] / WHITE[axis]));
    [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
}

#[test]
fn the_ruler_is_right() {
    assert!(distance([10, 20, 30], [10, 20, 30]) < 1e-9);
    // Black and white are a hundred steps apart.
    assert!((distance([0; 3], [255; 3]) - 100.0).abs() < 0.1);
    assert_eq!(of_display_p3([128; 3]), [128; 3]);
    assert_eq!(of_display_p3([200, 60, 60]), [217, 42, 52]);
}
